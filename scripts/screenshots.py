"""Pictures of every page type of the reader, from our own example: `make screenshots`, for eyes and for docs/reader.md.

python scripts/screenshots.py FOLDER      every page, wide and narrow, light and dark
python scripts/screenshots.py --docs      the few that docs/reader.md shows
"""

from __future__ import annotations

import re
import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, NamedTuple

import httpx2
from playwright.sync_api import Page, sync_playwright

from onrecord import web

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "src" / "onrecord" / "examples"
DOCS = ROOT / "docs" / "pictures"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
TEXTS = ("official.en.txt", "article.en.txt", "article.fr.txt", "article.fr-mt.txt", "transcript.ru.txt")
ARABIC = (
    "محادثات الميناء، 14 مارس 2031\n\n"
    "إيلسه مارو: اتفقنا على فتح الرصيف رقم 12. سننشر الخريطة (Pier 12) في أبريل.\n\n"
    "توماس أركل: لم أوافق على الرسوم. هذا السؤال ما زال مفتوحا.\n\n"
    "إيلسه مارو: شكرا لكم. نطلب من المجلس أن ينشر الأرقام قبل شهر يونيو.\n"
)
"""A text from right to left, with a word and figures from left to right in it."""
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
SIZES = {"wide": (1280, 900), "narrow": (320, 720)}


class Shot(NamedTuple):
    """A page type, where it is, and what to scroll to."""

    name: str
    path: str
    to: str = ""


@contextmanager
def served(archive: Path, *, port: int = 0, **options: Any) -> Iterator[str]:
    """An archive served on the loopback address; port 0 is any that is free."""
    import uvicorn

    with socket.socket() as plug:
        plug.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        plug.bind(("127.0.0.1", port))
        port = plug.getsockname()[1]
    server = uvicorn.Server(
        uvicorn.Config(web.application(archive, **options), port=port, log_level="error", ws="none")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


def filled(address: str) -> dict[str, str]:
    """Give the example and a text from right to left to a reader; the permalink of each text."""
    found: dict[str, str] = {}
    with httpx2.Client(base_url=address, headers={"Accept-Language": "en"}) as client:
        for name in TEXTS:
            event = next(iter(found.values()), "").split("/")[2:3]
            fields = {"date": "2024-06-14", "event": event[0] if event else ""}
            found[name] = given(client, fields, {"file": (name, (EXAMPLES / name).read_bytes())})
        found["arabic"] = given(client, {"text": ARABIC})
    return found


def given(client: httpx2.Client, fields: dict[str, str], files: Any = None) -> str:
    """Send the form of the first page; the permalink of what was read."""
    token = re.search(r'name="csrf" value="([^"]+)"', client.get("/").text)
    assert token, "the first page has no form"
    answer = client.post("/read", data={"csrf": token[1], **fields}, files=files)
    return str(answer.headers["Location"]).partition("?")[0]


def shots(places: dict[str, str]) -> list[Shot]:
    """Every page type."""
    article, official, translated = (
        places[name] for name in ("article.en.txt", "official.en.txt", "article.fr-mt.txt")
    )
    event = article.partition("/v/")[0]
    a, b = official.rpartition("/")[2], article.rpartition("/")[2]
    quoted = "/check?quote=Today+we+agreed+to+close+the+ferry+line+between+Lindhavn+and+Port+Harlan&by=Brask"
    return [
        Shot("home", "/"),
        Shot("events", "/events"),
        Shot("event", event),
        Shot("reading", article),
        Shot("reading-text", article, "#text"),
        Shot("reading-translated", translated),
        Shot("reading-translated-text", translated, "#text"),
        Shot("reading-arabic", places["arabic"]),
        Shot("reading-arabic-text", places["arabic"], "#text"),
        Shot("turn", f"{article}/t4"),
        Shot("ledger", f"{article}/ledger"),
        Shot("version", f"{article}/about"),
        Shot("compare", f"/compare?a={a}&b={b}"),
        Shot("compare-in-step", f"/compare?a={a}&b={b}&view=text"),
        Shot("matrix", f"{event}/compare"),
        Shot("check", quoted),
        Shot("check-empty", "/check"),
        Shot("search", "/search?q=islands"),
        Shot("search-narrowed", "/search?q=islands&language=en&statement=refused"),
        Shot("speakers", "/speaker"),
        Shot("speaker", "/speaker?name=Teodor+Brask"),
        Shot("open", "/open"),
        Shot("alerts", "/alerts"),
        Shot("correct", f"{article}/correct/t4"),
        Shot("problem", "/no-such-page"),
    ]


def find_browser() -> str | None:
    """The browser that is installed."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def take(page: Page, address: str, shot: Shot, target: Path, *, whole: bool = False) -> None:
    """One picture."""
    page.goto(address + shot.path)
    if shot.to:
        page.locator(shot.to).evaluate("one => one.scrollIntoView()")
    page.screenshot(path=str(target), full_page=whole)


def main(arguments: list[str]) -> int:
    """Take all pictures, or with `--docs` those of the manual."""
    docs = arguments == ["--docs"]
    program = find_browser()
    if program is None:
        raise SystemExit("no chromium here: apt install chromium")
    folder = DOCS if docs else Path(arguments[0] if arguments else "build/screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, served(Path(place) / "example.onrecord") as address:
        places = filled(address)
        wanted = shots(places)
        if docs:
            wanted = [
                one for one in wanted if one.name in ("home", "reading", "reading-text", "compare", "check")
            ]
        with sync_playwright() as playwright:
            started = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
            for size, (width, height) in {"docs": (1120, 680)}.items() if docs else SIZES.items():
                for scheme in SCHEMES[:1] if docs else SCHEMES:
                    context = started.new_context(
                        viewport={"width": width, "height": height},
                        color_scheme=scheme,
                        locale="en",
                    )
                    page = context.new_page()
                    for shot in wanted:
                        name = f"{shot.name}.png" if docs else f"{shot.name}-{size}-{scheme}.png"
                        take(page, address, shot, folder / name)
                    context.close()
            started.close()
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
