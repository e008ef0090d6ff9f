"""What search is over: a record as passages (a turn's speech, a paragraph of an article) and findings in them.

Both are an index: they are made from the record alone, so they can be thrown away and made again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from onrecord.model import Flag, Quote, Record, Statement
from onrecord.spans import Span

LONGEST = 16_000
"""Characters of one passage. A longer speech is several passages of one turn: a search index has its limits
(16,383 positions in PostgreSQL), and a person wants the place, not the hour-long speech."""


class Passage(NamedTuple):
    """Characters that are searched together. `item` is the turn's id, empty outside of turns."""

    item: str
    start: int
    end: int
    speaker: str | None
    text: str


class Finding(NamedTuple):
    """A statement, a quotation or a flag: `passage` is the index of the passage that holds its beginning."""

    sort: str
    item: str
    kind: str
    start: int
    end: int
    speaker: str | None
    passage: int | None


def passages(record: Record) -> list[Passage]:
    """The passages of the first source, in the order of the text, none overlapping."""
    source = record.sources[0]
    names = {person.id: person.name for person in record.people}
    found: list[Passage] = []
    taken: list[Span] = [block.span for block in record.blocks if block.kind == "furniture"]
    for turn in record.turns:
        if turn.source != source.id:
            continue
        taken.append(turn.span)
        if turn.speech:
            speaker = names.get(turn.speaker or "")
            for start, end in _pieces(source.text, turn.speech[0].start, turn.speech[-1].end):
                found.append(Passage(turn.id, start, end, speaker, source.text[start:end]))
    for start, end in _free(sorted(taken), len(source.text)):
        for left, right in _paragraphs(source.text, start, end):
            found.append(Passage("", left, right, None, source.text[left:right]))
    return sorted(found, key=lambda passage: (passage.start, passage.end))


def findings(record: Record, row: list[Passage]) -> list[Finding]:
    """The statements, quotations and flags of the first source, each with the passage it begins in."""
    starts = [passage.start for passage in row]
    names = {person.id: person.name for person in record.people}
    source = record.sources[0].id

    def place(span: Span) -> int | None:
        at = bisect_right(starts, span.start) - 1
        return at if at >= 0 and span.start < row[at].end else None

    def made(sort: str, one: Statement | Quote | Flag, kind: str, speaker: str | None) -> Finding:
        name = names.get(speaker or "")
        return Finding(sort, one.id, kind, one.span.start, one.span.end, name, place(one.span))

    return [
        *(made("statement", one, one.kind, one.speaker) for one in record.statements if one.source == source),
        *(made("quote", one, one.type, one.speaker) for one in record.quotes if one.source == source),
        *(made("flag", one, one.kind, None) for one in record.flags if one.source == source),
    ]


def _free(taken: list[Span], length: int) -> Iterator[tuple[int, int]]:
    at = 0
    for span in taken:
        if span.start > at:
            yield at, span.start
        at = max(at, span.end)
    if at < length:
        yield at, length


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The lines of a stretch that hold anything, without blanks at their ends."""
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        line = text[at:stop]
        left = at + len(line) - len(line.lstrip())
        right = at + len(line.rstrip())
        if right > left:
            yield from _pieces(text, left, right)
        at = stop + 1


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A stretch in pieces of at most `LONGEST` characters, cut after a line or a word where there is one."""
    while end - start > LONGEST:
        limit, least = start + LONGEST, start + LONGEST // 2
        cut = text.rfind("\n", least, limit)
        cut = cut if cut > 0 else text.rfind(" ", least, limit)
        cut = cut + 1 if cut > 0 else limit
        yield start, cut
        start = cut
    if end > start:
        yield start, end
