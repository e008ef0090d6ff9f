"""Two accounts beside each other, on a terminal and in Markdown: what differs, worst first, in words.

The first line sums up ("1 negation differs, 2 passages missing in B"); then one entry a difference, with both wordings
and their lines. Kinds and severities are words; colour only repeats them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from typing import NamedTuple, get_args

import click

from onrecord.export import visible
from onrecord.export.columns import clipped, wrap
from onrecord.export.markdown import escape
from onrecord.export.passages import Lines
from onrecord.model import Comparison, Difference, DifferenceKind, Source
from onrecord.spans import Span
from onrecord.ui import Words, words
from onrecord.ui.told import because

KINDS = get_args(DifferenceKind)
SHOWN = 20  # differences on the first screen; everything graver than minor is always shown
_QUOTED = 220  # columns of one wording; the comparison has all of it
_SHORT, _AROUND = (
    48,
    44,
)  # characters up to which words are shown with their neighbours, and how many of those
_CLOSING = (*",.;:!?)]…", "")  # what is printed without a blank before it
_COLOURS = {"critical": "red", "major": "magenta", "minor": None}  # legible on light ground and on dark


class Cited(NamedTuple):
    """Words of one account (empty where nothing stands) with what is printed around them."""

    before: str
    text: str
    after: str

    def shown(self, said: Words) -> str:
        """On one line, the words in quotation marks; in brackets that nothing stands there, which nobody printed."""
        text = said.quote(self.text) if self.text else f"[{said('compare.missing')}]"
        after = self.after if self.after[:1] in _CLOSING else f" {self.after}"
        return f"{self.before} {text}{after}".strip()


class Row(NamedTuple):
    """One difference as a reader sees it: its words in both accounts, and where they stand."""

    difference: Difference
    a: Cited
    b: Cited
    place: str
    why: str
    language: str


def rows(comparison: Comparison, said: Words) -> list[Row]:
    """Every difference with its words and lines, in the order of the comparison."""
    sources = {source.id: source for source in comparison.sources}
    lines = {source.id: Lines(source.text) for source in comparison.sources}
    found = []
    for one in comparison.differences:
        first, second = pair(comparison, one)
        a = lines[first].number(one.a.start) if one.a is not None else None
        b = lines[second].number(one.b.start) if one.b is not None else None
        told = because([one.message], said.language)
        named = "" if len(sources) == 2 else f"{_name(sources[first])} · {_name(sources[second])} · "
        cited = _cited(sources[first].text, one.a), _cited(sources[second].text, one.b)
        found.append(Row(one, *cited, named + _place(a, b, said), told.text, told.language))
    return found


def pair(comparison: Comparison, one: Difference) -> tuple[str, str]:
    """The ids of the two sources that a difference speaks of."""
    if isinstance(one.pair, tuple):
        return one.pair
    return comparison.sources[0].id, comparison.sources[1].id


def summary(comparison: Comparison, said: Words) -> str:
    """How much of what kind differs, in one line; the kinds in the order of the worst of each."""
    if comparison.one_event.judgement == "unresolved":
        why = because(comparison.one_event.reasons, said.language).text
        return said("compare.unrelated", why=why)
    counts = Counter(one.kind for one in comparison.differences)
    parts = [_counted(kind, count, said) for kind, count in counts.items()]
    if not parts:
        return said("compare.summary_none")
    line = said.enumerate(parts)
    return f"{line[0].upper()}{line[1:]}."


def reached(comparison: Comparison, kinds: Collection[str]) -> bool:
    """Whether a difference of one of these kinds was found."""
    return any(one.kind in kinds for one in comparison.differences)


def render(comparison: Comparison, *, width: int = 80, colour: bool = False, language: str = "en") -> str:
    """The comparison for a terminal of so many columns; ends in a line end."""
    said = words(language)
    written = [*wrap(_title(comparison, said), width), *wrap(summary(comparison, said), width)]
    found = rows(comparison, said)
    graver = sum(row.difference.severity != "minor" for row in found)
    shown = max(SHOWN, graver)
    severity = None
    for row in found[:shown]:
        if row.difference.severity != severity:
            severity = row.difference.severity
            title = said(f"severity.{severity}")
            written += ["", click.style(title, bold=True, fg=_COLOURS[severity]) if colour else title]
        written += _entry(row, width, said)
    if len(found) > shown:
        written += ["", *wrap(said("compare.more", n=said.number(len(found) - shown)), width, "  ", "  ")]
    if found:
        written += ["", *wrap(said("compare.never"), width)]
    return "\n".join(written) + "\n"


def markdown(comparison: Comparison, *, language: str = "en") -> str:
    """The comparison as Markdown: a table of every difference, worst first."""
    said = words(language)
    lines = [f"# {escape(_title(comparison, said))}", "", escape(summary(comparison, said)), ""]
    found = rows(comparison, said)
    if found:
        lines += [said("compare.table"), "|---|---|---|---|---|"]
    for row in found:
        one = row.difference
        kind = f"{said(f'severity.{one.severity}')}: {said(f'difference.{one.kind}')}"
        cells = (kind, row.why, row.a.shown(said), row.b.shown(said), row.place)
        lines.append(f"| {' | '.join(escape(cell) for cell in cells)} |")
    if found:
        lines += ["", said("compare.never")]
    return "\n".join(lines).rstrip() + "\n"


def _counted(kind: str, count: int, said: Words) -> str:
    form = "one" if count in said.table["grammar"]["singular"] else "many"
    return said(f"differences.{kind}.{form}", n=said.number(count))


def _title(comparison: Comparison, said: Words) -> str:
    names = [_name(source) for source in comparison.sources]
    if len(names) == 2:
        return said("compare.versus", a=names[0], b=names[1])
    return said.enumerate(names)


def _entry(row: Row, width: int, said: Words) -> Iterator[str]:
    one = row.difference
    yield from wrap(f"{said(f'difference.{one.kind}')} · {row.place}", width, "  ", "    ")
    for side, cited in (("A", row.a), ("B", row.b)):
        yield from wrap(f"{side}  {clipped(cited.shown(said), _QUOTED)}", width, "    ", "       ")
    if one.kind not in ("omission", "addition", "mark"):  # there the two wordings say it all
        yield from wrap(row.why, width, "    ", "    ")


def _cited(text: str, span: Span | None) -> Cited:
    """The words of a span; short ones with some of their line before and behind, cut between words."""
    if span is None:
        return Cited("", "", "")
    words = visible.line(text[span.start : span.end])
    if len(words) > _SHORT:
        return Cited("", words, "")
    before = text[max(0, span.start - _AROUND) : span.start].rpartition("\n")[2]
    after = text[span.end : span.end + _AROUND].partition("\n")[0]
    if len(before) == _AROUND:
        before = "…" + before.partition(" ")[2]
    if len(after) == _AROUND:
        after = after.rpartition(" ")[0] + "…"
    return Cited(visible.line(before), words, visible.line(after))


def _place(a: int | None, b: int | None, said: Words) -> str:
    if a is None or b is None:
        return (
            said("compare.place_a", a=said.number(a))
            if a is not None
            else said("compare.place_b", b=said.number(b or 0))
        )
    return said("compare.place", a=said.number(a), b=said.number(b))


def _name(source: Source) -> str:
    return visible.line(source.name)
