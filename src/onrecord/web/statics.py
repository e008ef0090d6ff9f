"""The files that pages load: style sheets, scripts and an icon of ours, and htmx where parts of a page are swapped."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from onrecord.export.typesetting import ROOT as EXPORT
from onrecord.web.exchange import File

ROOT = Path(__file__).parent
CACHE = "public, max-age=3600"
_STYLE, _SCRIPT = "text/css; charset=utf-8", "text/javascript; charset=utf-8"
_FILES = {
    "/static/page.css": (EXPORT / "page.css", _STYLE),
    "/static/page.js": (EXPORT / "page.js", _SCRIPT),
    "/static/reader.css": (ROOT / "reader.css", _STYLE),
    "/static/reader.js": (ROOT / "reader.js", _SCRIPT),
    "/static/icon.svg": (ROOT / "icon.svg", "image/svg+xml"),
    "/static/htmx.js": (ROOT / "vendor" / "htmx.min.js", _SCRIPT),
}


def find(path: str) -> File | None:
    """A file by its address; None if that is not the address of one."""
    return _read(path) if path in _FILES else None


@cache
def _read(path: str) -> File:
    place, media_type = _FILES[path]
    return File(place.read_bytes(), media_type)
