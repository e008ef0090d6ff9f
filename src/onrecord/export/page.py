"""One page that shows a whole record: no network, no font from elsewhere, readable without its script.

The page is set like a printed record: speakers in the left margin, notes in the right one beside the words
they rest on, every character of the source between them. Autoescape is always on and a
Content-Security-Policy allows only this very style and this very script, so that nothing in a source can run.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from onrecord.export.sheet import Sheet, Spread
from onrecord.export.typesetting import ROOT, digest, template
from onrecord.model import Record
from onrecord.ui import words


def render(
    record: Record, *, language: str = "en", by: str | None = None, kinds: Collection[str] = ()
) -> str:
    """The page as HTML. `language` is that of the words around the source.

    `by` and `kinds` choose the lines of the ledger that are shown, as `findings.filtered` does.
    """
    said = words(language)
    spread = Spread(Sheet(record, said, by, kinds))
    style = (ROOT / "page.css").read_text("utf-8") + spread.rules + running_foot(record)
    script = (ROOT / "page.js").read_text("utf-8")
    return template("page.html").render(
        sheet=spread.sheet,
        spread=spread,
        said=said,
        record=record,
        source=record.sources[0],
        style=style,
        script=script,
        policy=f"default-src 'none'; style-src {digest(style)}; script-src {digest(script)}; "
        "base-uri 'none'; form-action 'none'",
    )


def running_foot(record: Record) -> str:
    """The hash of the text at the foot of every printed sheet. Only digits may enter a style sheet."""
    printed = record.sources[0].text_sha256
    if not re.fullmatch("[0-9a-f]{64}", printed):
        return ""
    return f'@page {{ @bottom-left {{ content: "sha256 {printed}"; font: 7pt monospace; }} }}\n'
