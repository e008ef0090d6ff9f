"""What comes in and what goes out: plain values, so that no page knows the web framework.

A page is a function of an `Ask` that returns a `Page` (shown as HTML, JSON, Markdown or XML, as the address asks), a
`Redirect` or a `File`. What goes wrong is an exception of errors.py, or a `Problem` with its own status.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple
from urllib.parse import quote, urlencode

from onrecord.errors import OnrecordError
from onrecord.ui import Words

Form = Literal["html", "json", "md", "xml"]
"""How an answer is written; the address says it by its suffix, and HTML needs none."""


class Upload(NamedTuple):
    """A file that was sent with a form."""

    name: str
    data: bytes
    media_type: str | None


class Ask(NamedTuple):
    """One request. `path` is without suffix, `address` is where the archive is served (`http://host:port`)."""

    method: str
    path: str
    form: Form
    query: Mapping[str, str]
    posted: Mapping[str, str]
    uploads: tuple[Upload, ...]
    said: Words
    csrf: str
    address: str
    now: str

    def asked(self, name: str, longest: int = 2000) -> str:
        """A field of the query without blanks around it, empty if it is not there."""
        return self.query.get(name, "").strip()[:longest]

    def number(self, name: str, default: int = 1) -> int:
        """A positive whole number of the query, `default` where it is none."""
        given = self.query.get(name, "")
        return max(1, int(given)) if given.isascii() and given.isdigit() and len(given) < 8 else default

    @property
    def here(self) -> str:
        """The address of this page with its query, in HTML."""
        return link(self.path, **self.query)


class Page(NamedTuple):
    """A page: the template and what it shows, and the same as plain data for programs."""

    template: str
    title: str
    shown: Mapping[str, Any]
    data: Any
    status: int = 200
    style: str = ""  # rules for this page alone; only what we wrote ourselves may stand in it


class Redirect(NamedTuple):
    """Go on to a path of ours."""

    to: str


class File(NamedTuple):
    """Bytes as they are; with a `name` they are saved, not shown."""

    data: bytes
    media_type: str
    name: str | None = None


Answer = Page | Redirect | File


class Problem(OnrecordError):
    """An answer that is no page: its HTTP status, and a key of the words that say what to do."""

    def __init__(self, status: int, key: str, **values: object) -> None:
        super().__init__(key)
        self.status = status
        self.key = key
        self.values = values


def link(path: str, **query: object) -> str:
    """A path with its query; what is empty is left out.

    >>> link("/search", q="pas d’accord", speaker="")
    '/search?q=pas+d%E2%80%99accord'
    """
    given = {name: str(value) for name, value in query.items() if value not in (None, "")}
    safe = quote(path, safe="/:@!$&'()*+,;=~", errors="surrogatepass")
    return f"{safe}?{urlencode(given, errors='surrogatepass')}" if given else safe
