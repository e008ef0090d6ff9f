"""Speakers that the file itself names (JSONL, TEI, Akoma Ntoso): nothing is guessed, printed labels are kept.

Between two speeches, or inside one, such a file may print the speaker's label, or what nobody says (a narrative,
laughter). Where the file says what such a line is (`mark`), it is that; a speech without a speaker is one all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, cast, get_args

from onrecord.model import MarkKind
from onrecord.sources.reading import JOINT, Layout
from onrecord.structure.conventions import Convention
from onrecord.structure.exact import speakers
from onrecord.structure.grammars import Candidate
from onrecord.structure.labels import parse
from onrecord.structure.lines import Lines
from onrecord.structure.marks import RawMark
from onrecord.structure.printed import STRONG, LabelParts, Parsed


class Given(NamedTuple):
    """The labels of a file that names its speakers, the stretches that are nobody's words, marks among them, and where
    the lines of speeches begin."""

    convention: Convention
    labels: list[Candidate]
    gaps: list[tuple[int, int]]
    marks: list[RawMark]
    spoken: list[int]


def read_given(text: str, lines: Lines, layout: Sequence[Layout], one_turn_each: bool) -> Given:
    """Read the `speaker` spans of a layout; paragraphs of one speech are one turn unless each is `one_turn_each`."""
    items = [item for item in layout if item.kind == "speaker"]
    begins = {item.start: item for item in layout if item.kind == "turn"}
    headings = {item.start for item in layout if item.kind == "heading"}
    marked = {item.start: _kind(item) for item in layout if item.kind == "mark"}
    labels: list[Candidate] = []
    gaps: list[tuple[int, int]] = []
    marks: list[RawMark] = []
    at = 0
    before: str | None = None
    for item in items:
        between = _lines_between(lines, at, item.start)
        if begins:
            opens = item.start in begins
        else:
            opens = before != item.value or bool(between) or one_turn_each or not item.value
        labelled = opens and between and between[-1][0] not in marked
        printed = _label(text, between[-1]) if labelled else None
        if opens:
            labels.append(_candidate(text, begins.get(item.start, item), printed))
        rest = between[:-1] if printed else between
        marks += [
            RawMark(start, end, marked.get(start, "stage"))
            for start, end in rest
            if start in marked or (at and start not in headings)
        ]
        gaps.append((at, item.start))
        at, before = item.end, item.value
    gaps.append((at, len(text)))
    reason = f"the file names the speaker of {len(items)} utterances"
    spoken = [start for item in items for start, _ in _lines_between(lines, item.start, item.end)]
    return Given(Convention("given", ("given",), "certain", (reason,)), labels, gaps, marks, spoken)


def _lines_between(lines: Lines, start: int, end: int) -> list[tuple[int, int]]:
    """The non-blank lines that lie wholly between two speeches."""
    first = max(lines.at(start), 0)
    found = []
    for index in range(first, len(lines.starts)):
        if lines.starts[index] >= end:
            break
        if lines.starts[index] >= start and lines.ends[index] <= end:
            found.append((lines.starts[index], lines.ends[index]))
    return found


def _label(text: str, line: tuple[int, int]) -> tuple[int, int] | None:
    """The printed label in the line before a speech, without its separator."""
    label = text[slice(*line)].rstrip(" \t\u00a0:.")
    return (line[0], line[0] + len(label)) if parse(label) else None


def _kind(item: Layout) -> MarkKind:
    return cast(MarkKind, item.value) if item.value in get_args(MarkKind) else "stage"


def _candidate(text: str, item: Layout, printed: tuple[int, int] | None) -> Candidate:
    name = item.value or ""
    if printed and " " not in name:  # an id of the file; a reader knows the speaker by the printed label
        name = text[slice(*printed)]
    if JOINT in name:
        parsed = Parsed(speakers(name), STRONG)
    else:
        parsed = parse(name) or Parsed(LabelParts("person" if name else "unnamed", name, name=name), STRONG)
    start, end = printed or (item.start, item.start)
    return Candidate(start, end, item.start, "given", parsed, -1)
