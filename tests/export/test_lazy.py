"""What of a long record is worked out only where it is shown says there what it would say if all of it were."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample import full, long_record

from onrecord.export.ledger import Entries, Ledger
from onrecord.export.passages import Cutter, Lines, Overlay, Paragraph
from onrecord.export.sheet import Sheet
from onrecord.model import Flag, Quote, Record, Statement
from onrecord.spans import Span
from onrecord.ui import words

EN = words("en")
RECORDS = {"by hand": full(), "long": long_record(60)}

# ---------------------------------------------------------------------------------------------------- lines

LINE_END = re.compile(r"\r\n|[\n\r\u2028\u2029]")
ENDS = [
    # text, the line of each of its letters
    ("a\nb\nc", "a1 b2 c3"),
    ("a\r\nb\rc", "a1 b2 c3"),
    ("a\n\rb\r\r\nc", "a1 b3 c5"),
    ("\na", "a2"),
    ("a\u2028b\u2029c", "a1 b2 c3"),
    ("a\vb\fc\x1cd\x85e", "a1 b1 c1 d1 e1"),
    ("a\x85b\nc\vd\r\ne", "a1 b1 c2 d2 e3"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "expected"), ENDS)
def test_lines_are_those_of_an_editor(text: str, expected: str) -> None:
    lines = Lines(text)
    letters = [(place, letter) for place, letter in enumerate(text) if letter.isalpha()]
    assert " ".join(f"{letter}{lines.number(place)}" for place, letter in letters) == expected


@given(st.text(alphabet="ab \n\r\u2028\u2029\v\f\x1c\x1d\x1e\x85", max_size=40))
def test_a_line_is_one_more_than_the_line_ends_before_it(text: str) -> None:
    lines, ends = Lines(text), [end.end() for end in LINE_END.finditer(text)]
    assert list(lines.ends) == ends
    for place in range(len(text) + 1):
        assert lines.number(place) == 1 + sum(end <= place for end in ends)


# ------------------------------------------------------------------------------------------------ paragraphs


def overlays(record: Record) -> Iterator[Overlay]:
    items: tuple[Statement | Flag | Quote, ...] = (*record.statements, *record.flags, *record.quotes)
    for one in items:
        yield Overlay(one.source, one.span, one.id)


def plain(paragraph: Paragraph) -> object:
    """A paragraph without the ids that it opens: an overlay opens where a stretch first shows it."""
    return paragraph._replace(pieces=tuple(one._replace(opens=frozenset()) for one in paragraph.pieces))


@pytest.mark.parametrize("name", RECORDS)
@given(data=st.data())
def test_stretches_are_the_whole_cut_in_pieces(name: str, data: st.DataObject) -> None:
    record = RECORDS[name]
    whole = list(Cutter(record, overlays(record)).paragraphs())
    starts = sorted(one.start for one in whole if one.source == record.sources[0].id)
    cuts = sorted({0, *data.draw(st.lists(st.sampled_from(starts), max_size=4)), len(record.sources[0].text)})
    cut: list[Paragraph] = []
    for low, high in pairwise(cuts):
        cut += Cutter(record, overlays(record), Span(low, high)).paragraphs()
    assert list(map(plain, cut)) == list(map(plain, whole))


@pytest.mark.parametrize("name", RECORDS)
@given(data=st.data())
def test_a_stretch_cut_anywhere_shows_its_characters_and_no_others(name: str, data: st.DataObject) -> None:
    record = RECORDS[name]
    text = record.sources[0].text
    low = data.draw(st.integers(0, len(text)))
    high = data.draw(st.integers(low, len(text)))
    cutter = Cutter(record, overlays(record), Span(low, high))
    shown = [(one.start, one.end) for one in cutter.paragraphs()]
    assert shown == [(one.start, one.end) for one in cutter.spans()]
    inside = "".join(text[max(low, start) : min(high, end)] for start, end in shown)
    assert "".join(inside.split()) == "".join(text[low:high].split())
    assert all(low <= start < end <= high for start, end in shown)


def test_an_empty_stretch_is_empty_and_not_everything() -> None:
    for name, record in RECORDS.items():
        assert list(Cutter(record, overlays(record), Span(3, 3)).paragraphs()) == [], name
        assert list(Sheet(record, EN).leaves(Span(3, 3))) == [], name


def test_each_overlay_opens_once_in_a_stretch() -> None:
    record = RECORDS["by hand"]
    half = len(record.sources[0].text) // 2
    for within in (None, Span(0, half), Span(half, 2 * half)):
        found = [
            id
            for paragraph in Cutter(record, overlays(record), within).paragraphs()
            for piece in paragraph.pieces
            for id in piece.opens
        ]
        assert len(found) == len(set(found)) > 0


@pytest.mark.parametrize("name", RECORDS)
def test_notes_stand_on_one_page_each(name: str) -> None:
    sheet = Sheet(RECORDS[name], EN)
    text = RECORDS[name].sources[0].text
    starts = [turn.span.start for turn in RECORDS[name].turns]
    middle = starts[bisect_left(starts, len(text) // 2)]

    def beside(within: Span | None) -> list[int]:
        return [
            remark.number
            for leaf in sheet.leaves(within)
            for passage in leaf
            for _, found in passage.paragraphs
            for remark in found
        ]

    assert beside(Span(0, middle)) + beside(Span(middle, len(text))) == beside(None)
    assert [one.number for one in sheet.remarks] == list(range(1, len(sheet.remarks) + 1))


# ---------------------------------------------------------------------------------------------------- ledger


class Counting(Ledger):
    """A ledger that knows which of its lines were written."""

    def __init__(self, record: Record) -> None:
        super().__init__(record, EN)
        self.written: list[str] = []

    def entry(self, statement: Statement):  # type: ignore[no-untyped-def]
        self.written.append(statement.id)
        return super().entry(statement)


def test_a_line_is_written_when_it_is_asked_for() -> None:
    record = RECORDS["by hand"]
    book = Counting(record)
    entries = Entries(book, record.statements)
    assert (len(entries), book.written) == (len(record.statements), [])
    some = entries[2:5][1:]
    assert (len(some), book.written) == (2, [])
    assert some[0].statement is record.statements[3]
    assert book.written == [record.statements[3].id]
    assert entries[-1].statement is record.statements[-1]
    book.written.clear()
    assert [one.statement for one in entries] == list(record.statements)
    assert len(book.written) == len(record.statements)
    with pytest.raises(IndexError):
        entries[len(record.statements)]
