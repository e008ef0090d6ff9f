"""The one-pass matcher: whole words, leftmost-longest, offsets that survive folding."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text.matching import Matcher, fold

# lexicon, text, matches as printed
WORDS = [
    (["feu"], "Le feu, les feux, le pare-feu", ["feu", "feu"]),
    (["accord", "don"], "L’accord, d'accord; I don't", ["accord", "accord"]),
    (["orlova"], "Orlova’s plan, ORLOVA, Orlovas", ["Orlova", "ORLOVA"]),
    (
        ["new york", "new york times", "times"],
        "The New York\u00a0Times of New\nYork",
        ["New York\u00a0Times", "New\nYork"],
    ),
    (["pas", "pas d'accord d"], "pas d’accord du tout", ["pas"]),
    (["été"], "L’ÉTÉ, étés, été\u0301", ["ÉTÉ"]),
    (["dit"], "dit-il, inédit", ["dit"]),
    (["straße", "istanbul"], "STRASSE, Straße, İstanbul", ["Straße", "İstanbul"]),
    (["п’ять"], "п'ять, п’ятьох", ["п'ять"]),
    ([], "anything", []),
]


@pytest.mark.parametrize(("lexicon", "text", "expected"), WORDS)
def test_whole_words(lexicon: list[str], text: str, expected: list[str]) -> None:
    matcher = Matcher([(word, word) for word in lexicon])
    assert [text[s:e] for s, e, _ in matcher.scan(text)] == expected


def test_options() -> None:
    text = "Jean-Pierre a vu Pierre; pierre"
    pairs = [("Pierre", 1)]
    assert len(list(Matcher(pairs).scan(text))) == 3
    assert [s for s, _, _ in Matcher(pairs, hyphen_joins=True).scan(text)] == [17, 25]
    assert [s for s, _, _ in Matcher(pairs, ignore_case=False).scan(text)] == [5, 17]
    assert len(list(Matcher([("ier", 1)], whole_words=False).scan(text))) == 3
    assert list(Matcher([("a b", 1), ("b", 2)]).scan("a b", overlapping=True)) == [(0, 3, 1), (2, 3, 2)]
    assert list(Matcher([("b", 1), ("b", 2)]).scan("a b")) == [(2, 3, 1), (2, 3, 2)]
    assert list(Matcher([("b", 1)]).scan("ab b", 1)) == [(1, 2, 1), (3, 4, 1)], "a slice's edge is an edge"


@given(st.text("aé’'- \nIİx.,", max_size=40))
def test_a_folded_text_is_not_folded_again(text: str) -> None:
    matcher = Matcher([("aé", 1), ("x", 2), ("i", 3), ("aé x", 4)])
    assert list(matcher.scan(fold(text), folded=True)) == list(matcher.scan(text))


def test_folding_keeps_the_length_of_every_character() -> None:
    for code in range(sys.maxunicode + 1):
        assert len(fold(chr(code))) == 1, hex(code)


@given(st.text(), st.lists(st.text(min_size=1, max_size=4), max_size=8, unique_by=fold))
def test_matches_read_their_pattern(text: str, patterns: list[str]) -> None:
    at = 0
    for start, end, pattern in Matcher([(p, p) for p in patterns], whole_words=False).scan(text):
        assert at <= start < end <= len(text)
        assert fold(text)[start:end] == fold(pattern)
        at = end
