"""An archive with the shipped example in it, and a reader who can fill in forms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from onrecord import web

EXAMPLES = Path(__file__).resolve().parents[2] / "src" / "onrecord" / "examples"
SHORT = (
    "Harbour talks, 14 March 2031\n\n"
    "Ilse Marrow: We agreed to open the pier. The fee is 12 crowns.\n\n"
    "Tomas Arkell: I did not agree to a fee. We will publish the map in April.\n\n"
    "Ilse Marrow: The question of the lighthouse remains open.\n\n"
    "Tomas Arkell: Thank you.\n"
)


class Reader(TestClient):
    """A browser without script: it follows links and fills in forms."""

    def __init__(self, archive: Path, *, language: str = "en", **options: Any) -> None:
        super().__init__(web.application(archive, **options), follow_redirects=False)
        self.headers["Accept-Language"] = language

    def token(self, page: str = "/") -> str:
        """The secret that the form of a page carries."""
        found = re.search(r'name="csrf" value="([^"]+)"', self.get(page).text)
        assert found, f"{page} has no form"
        return found[1]

    def fill_in(self, path: str, fields: Mapping[str, str], *, page: str = "/", **more: Any) -> Any:
        """Send the form of a page."""
        return self.post(path, data={"csrf": self.token(page), **fields}, **more)

    def give(self, text: str, **fields: str) -> str:
        """Paste a text; the permalink of its version."""
        answer = self.fill_in("/read", {"text": text, **fields})
        assert answer.status_code == 303, said(answer.text)
        return str(answer.headers["Location"]).partition("?")[0]

    def example(self, name: str, **fields: str) -> str:
        """Give a text of the shipped example as a file."""
        data = (EXAMPLES / name).read_bytes()
        answer = self.fill_in("/read", fields, files={"file": (name, data)})
        assert answer.status_code == 303, said(answer.text)
        return str(answer.headers["Location"]).partition("?")[0]


def said(html: str) -> str:
    """The words of a page."""
    main = html.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main or html).split())


def fields(html: str) -> dict[str, str]:
    """The hidden fields of the first form of a page that has a token."""
    form = next(one for one in re.findall(r"<form.*?</form>", html, re.DOTALL) if 'name="csrf"' in one)
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
