"""Quotation marks: pairs, nesting, paragraphs, and what is left over. The texts are ours; nobody in them exists."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.statements.quote_marks import read_marks

PAIRS = [
    ("“We sail,” she said.", ["We sail,"]),
    ("« Nous partons », dit-elle.", ["Nous partons"]),
    ("„Wir fahren“, sagte sie, »morgen«.", ["Wir fahren", "morgen"]),
    ("''We sail,'' she said. ''Soon.''", ["We sail,", "Soon."]),
    ('"We sail," she said. "Soon."', ["We sail,", "Soon."]),
    ("‘We sail,’ she said, ‘if the crew’s ready.’", ["We sail,", "if the crew’s ready."]),
    ("'We sail,' she said.", ["We sail,"]),
]

NESTED = [
    ("“She told me ‘never’ and left.”", ["She told me ‘never’ and left."]),
    ("« Il a crié “au feu” deux fois. »", ["Il a crié “au feu” deux fois."]),
    ('"He called it “a farce” twice."', ["He called it “a farce” twice."]),
]

APOSTROPHES = [
    "The workers’ rights and the crew’s pay aren’t in the ’24 accord.",
    "The workers' rights and the crew's pay aren't in the '24 accord.",
    "L’accord n’est pas prêt, qu’on le dise.",
]

BROKEN = [
    # text, words found, how they end
    ("He said: “We sail.", ["We sail."], ["unclosed"]),
    ("We sail at noon”, she added.", ["We sail at noon"], ["unopened"]),
    ("“One.\n“Two.\n“Three.” She sat down.", ["One.", "Two.", "Three."], ["reopened", "reopened", "closed"]),
    ("“One.\nNo marks here.\n“Two.”", ["One.", "Two."], ["unclosed", "closed"]),
    ('a "b" c "d', ["b", "d"], ["closed", "unclosed"]),
]


@pytest.mark.parametrize(("text", "expected"), PAIRS + NESTED)
def test_pairs(text: str, expected: list[str]) -> None:
    found = read_marks(text)
    assert [text[quote.start : quote.end] for quote in found] == expected
    assert {quote.closing for quote in found} == {"closed"}


@pytest.mark.parametrize("text", APOSTROPHES)
def test_apostrophes_are_no_marks(text: str) -> None:
    assert read_marks(text) == []


@pytest.mark.parametrize(("text", "expected", "closings"), BROKEN)
def test_an_odd_mark_costs_its_paragraph_at_most(text: str, expected: list[str], closings: list[str]) -> None:
    found = read_marks(text)
    assert [text[quote.start : quote.end] for quote in found] == expected
    assert [quote.closing for quote in found] == closings


@given(st.text(alphabet="ab .,\n“”„«»\"'’‘"))
def test_quotations_lie_in_order_and_apart(text: str) -> None:
    found = read_marks(text)
    for quote in found:
        assert 0 <= quote.left <= quote.start < quote.end <= quote.right <= len(text)
    assert all(a.right <= b.left for a, b in itertools.pairwise(found))


@pytest.mark.parametrize("piece", ["“", "”", '"', "«»", "« ", "'", "''", "“a\n", "‘a ", "„“”"])
def test_marks_are_read_in_linear_time(piece: str) -> None:
    started = time.process_time()
    read_marks(piece * 100_000)
    assert time.process_time() - started < 5
