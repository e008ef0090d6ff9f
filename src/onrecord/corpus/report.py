"""The quality report of a dataset, as a page for people and as a table for programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from onrecord import __version__
from onrecord.corpus.quality import COUNTS, Tally
from onrecord.export.delivery import write_whole
from onrecord.export.ledger_csv import safe

if TYPE_CHECKING:
    from onrecord.corpus.flow import Summary

SHOWN = 200
"""Of what is in quarantine, so many are told on the page; the table `quarantine` has all."""

_STYLE = """
body { font: 1rem/1.5 Georgia, "Times New Roman", serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
  color: #1a1a1a; background: #fdfdfb }
h1, h2 { font-weight: normal; line-height: 1.2 } h2 { margin-top: 2.5rem }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; width: 100% }
th, td { padding: .2rem .6rem .2rem 0; text-align: right; border-bottom: 1px solid #ccc; font-weight: normal }
th { font-style: italic; vertical-align: bottom } thead th { border-bottom: 1px solid #1a1a1a }
th:first-child, td:first-child, table.words td, table.words th { text-align: left }
.wide { overflow-x: auto } code { overflow-wrap: anywhere }
@media (prefers-color-scheme: dark) { body { color: #e6e4df; background: #161616 }
  th, td { border-color: #444 } thead th { border-color: #e6e4df } }
"""

_HEADS = (
    "documents", "words", "speech", "with its speaker", "without", "unresolved turns", "statements", "flags",
    "flags per 1,000 words",
)  # fmt: skip

_KINDS = {
    "damaged": "damaged in the input",
    "unreadable": "no reader takes it",
    "refused": "hostile, or over a limit",
    "missing": "a library is not installed",
    "time": "over the time limit",
    "memory": "over the memory limit",
    "killed": "the worker died of it",
    "fault": "a fault of ours",
}


def write(summary: Summary) -> None:
    """Put `report.html` and `report.csv` into the dataset; both depend on its content alone, not on the run."""
    write_whole(summary.out / "report.html", page(summary).encode())
    write_whole(summary.out / "report.csv", table(summary.quality.tallies()).encode())


def table(tallies: Iterable[Tally]) -> str:
    """One line for each language, layout and convention (RFC 4180), with counts that add up."""
    written = io.StringIO(newline="")
    lines = csv.writer(written, lineterminator="\r\n")
    lines.writerow(["language", "layout", "convention", *COUNTS, "flags"])
    for one in tallies:
        names = [safe(one.language), safe(one.layout), safe(one.convention)]
        lines.writerow([*names, *(getattr(one, name) for name in COUNTS), one.flagged])
    return written.getvalue()


def page(summary: Summary) -> str:
    """One self-contained page without script; numbers first, then what is not in the dataset and why."""
    whole = summary.quality.total()
    held = sum(summary.quarantined.values())
    body = [
        f"<h1>{whole.documents:,} documents, {whole.words:,} words</h1>",
        f"<p>{_share(whole.speech, whole.characters)} of the characters are speech; "
        f"{_share(whole.attributed, whole.speech)} of the speech has a speaker, and {whole.unattributed:,} "
        f"characters of it have none. {whole.flagged:,} flags, {whole.per_thousand:.2f} per 1,000 words. "
        f"{whole.partial:,} documents were read in part, {held:,} places of the input are in quarantine.</p>",
        "<h2>By language</h2>",
        _sums(summary.quality.by("language"), "language"),
        "<h2>By convention of labels</h2>",
        "<p>“unknown” and “none” together are what nobody could attribute by its form.</p>",
        _sums(summary.quality.by("convention"), "convention"),
        "<h2>By layout</h2>",
        _sums(summary.quality.by("layout"), "layout"),
        *_flags(whole),
        *_quarantine(summary),
        f"<p><small>onrecord {escape(__version__)}. Speech and speakers are counted in characters. The same numbers, "
        "for each language, layout and convention: <code>report.csv</code>.</small></p>",
    ]
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Quality of the dataset</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<style>{_STYLE}</style></head><body>\n" + "\n".join(body) + "\n</body></html>\n"
    )


def _sums(tallies: Sequence[Tally], field: str) -> str:
    lines = [
        [
            getattr(one, field), f"{one.documents:,}", f"{one.words:,}", _share(one.speech, one.characters),
            _share(one.attributed, one.speech), _share(one.unattributed, one.speech),
            _share(one.unresolved, one.turns), f"{one.statements:,}", f"{one.flagged:,}", f"{one.per_thousand:.2f}",
        ]
        for one in tallies
    ]  # fmt: skip
    return _table([field, *_HEADS], lines)


def _flags(whole: Tally) -> list[str]:
    if not whole.flags:
        return []
    lines = [
        [kind.replace("_", " "), f"{count:,}", f"{1000 * count / max(whole.words, 1):.2f}"]
        for kind, count in sorted(whole.flags.items(), key=lambda item: (-item[1], item[0]))
    ]
    return ["<h2>Flags by kind</h2>", _table(["kind", "flags", "per 1,000 words"], lines)]


def _quarantine(summary: Summary) -> list[str]:
    if not summary.quarantined:
        return []
    kinds = [[_KINDS[kind], f"{count:,}"] for kind, count in summary.quarantined.items()]
    places = [[one.source, _KINDS[one.kind], one.reason] for one in summary.examples]
    told = f"<p>The first {len(places):,}; all are in the table <code>quarantine</code>.</p>"
    more = len(places) < sum(summary.quarantined.values())
    shown = _table(["place", "kind", "reason"], places, "words")
    return ["<h2>In quarantine</h2>", _table(["why", "places"], kinds), told if more else "", shown]


def _table(heads: Sequence[str], lines: Sequence[Sequence[str]], style: str = "numbers") -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    body = "\n".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>" for cells in lines
    )
    return f'<div class="wide"><table class="{style}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"
