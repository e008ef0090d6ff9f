"""Checked quotations as one self-contained HTML page: a table that can be printed, without script or network."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from hashlib import sha256
from html import escape

from onrecord.export import visible
from onrecord.export.typesetting import ROOT
from onrecord.export.verdicts import Row, Shown, face_words, rows
from onrecord.model import Verdict
from onrecord.ui import words

_STYLE = """
main.checked { width: min(72rem, 100% - 2rem); padding: 3rem 0; }
.checked h1 { margin: 0 0 .6rem; }
.checked table { border-collapse: collapse; width: 100%; font-size: .95em; }
.checked th, .checked td { text-align: left; vertical-align: top; padding: .7rem 1rem .7rem 0; }
.checked th, .checked td { border-top: 1px solid var(--hair); }
.checked thead th { border: 0; color: var(--soft); }
.checked .verdict { width: 11rem; color: var(--rubric); }
.checked .exact .verdict, .checked .elsewhere .verdict { color: inherit; font-weight: 400; }
.checked blockquote { margin: 0; }
.checked .place + .place { margin-top: .8rem; }
.checked p, .checked ul { margin: .2rem 0; }
.checked ul { padding-left: 1.1rem; }
.checked small { color: var(--soft); font-size: .8em; }
@media (max-width: 46rem) {
  .checked thead { position: absolute; clip-path: inset(50%); }
  .checked table, .checked tbody, .checked tr, .checked td, .checked th { display: block; width: auto; }
  .checked td, .checked th { border: 0; padding: .2rem 0; }
  .checked tr { border-top: 1px solid var(--hair); padding: .8rem 0; }
}
"""


def render(verdicts: Sequence[Verdict], *, language: str = "en") -> str:
    """The page as HTML, quotations in the order given. `language` is that of the words around the sources."""
    said = face_words(language)
    style = (ROOT / "page.css").read_text("utf-8") + _STYLE
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    head = "".join(
        f'<th scope="col">{escape(said(f"check.{key}"))}</th>' for key in ("verdict", "quotation", "passage")
    )
    body = "".join(_row(row, language) for row in rows(verdicts, language))
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(said('check.title'))}</title><style>{style}</style></head>"
        f'<body><main class="checked"><h1>{escape(said("check.title"))}</h1>'
        f"<p>{escape(said('check.standfirst' if verdicts else 'check.none'))}</p>"
        f"{table if verdicts else ''}</main></body></html>\n"
    )


def _row(row: Row, language: str) -> str:
    said, check = words(language), face_words(language)
    by = (
        f"<p><small>{escape(check('check.by'))}{escape(said.colon)}{_text(row.by)}</small></p>"
        if row.by
        else ""
    )
    places = "".join(_place(place, language) for place in row.places)
    kind = "elsewhere" if row.elsewhere else row.verdict
    return (
        f'<tr class="{escape(kind)}"><th scope="row" class="verdict">{_text(row.headline)}</th>'
        f"<td><blockquote>{_text(said.quote(row.quote))}</blockquote>{by}</td><td>{places}</td></tr>"
    )


def _place(place: Shown, language: str) -> str:
    return f'<div class="place">{"".join(_pieces(place, language))}</div>'


def _pieces(place: Shown, language: str) -> Iterator[str]:
    said = words(language)
    yield f"<p><small>{escape(place.role)}{escape(said.colon)}</small>{_text(said.quote(place.text))}</p>"
    if place.lines:
        items = (f"<li>{_text(line.told(said.colon))}</li>" for line in place.lines)
        yield f"<ul>{''.join(items)}</ul>"
    yield f"<p><small>{_text(place.cited(said))}</small></p>"


def _text(text: str) -> str:
    """Words of a source, which may hold anything, as the content of an element."""
    return escape(visible.line(text))
