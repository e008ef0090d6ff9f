"""The pattern language of the cues, and the clauses they are looked for in."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import Fault
from onrecord.statements import patterns
from onrecord.statements.clauses import clauses
from onrecord.statements.patterns import Needs, Patterns, even
from onrecord.text.matching import apart, fold

LISTS = {"will": "will shall", "act": "build fund set_up", "lead": "and but so"}


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("we {will} * {act}", "we will at long last build it", "we will at long last build"),
        ("we {will} * {act}", "we will at long last and then build it", None),
        (
            "we {will} ** {act}",
            "we will at long last and then build it",
            "we will at long last and then build",
        ),
        ("we {act}", "we set up a school", "we set up"),
        ("we {act}", "we, build a school", None),
        ("threaten~ to", "he threatened to go", "threatened to"),
        ("den~ that", "she denied that it fell", "denied that"),
        ("l accord", "de l’accord", "l'accord"),
        ("no deal until? we", "no deal we", "no deal we"),
        ("deal that?", "a deal that holds", "deal that"),
        ("^ must go", "and, so must go", "and, so must go"),
        ("^ must go", "they must go", None),
        ("ready|willing to_do", "willing to do", "willing to do"),
        ("act", "actor", None),
        ("^^ {act} a", "build a school", "build a"),
        ("^^ {act} a", "they came to build a school", None),
        ("# {act}", "$1,200.50 fund", "$1,200.50 fund"),
        ("# {act}", "many fund", None),
    ],
)
def test_patterns(pattern: str, text: str, expected: str | None) -> None:
    compiled = Patterns(LISTS).compile(pattern)
    found = compiled.search(fold(text))
    assert (found[0] if found else None) == expected
    if found:
        needs = Needs()
        assert needs.bits(compiled) & ~needs.met(apart(text).split()) == 0, (
            "what a pattern needs stands in every match"
        )


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("we {would}", "no list 'would'"),
        ("we !!", "holds no word"),
        ("we *", "must end in a word"),
        ("we? ", "not optional"),
    ],
)
def test_a_pattern_that_cannot_be_read(pattern: str, message: str) -> None:
    with pytest.raises(Fault, match=message):
        Patterns(LISTS).compile(pattern)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "We met; they left.", ["We met", "they left."]),
        ("en", "We met and they left.", ["We met", "and they left."]),
        ("en", "We met and left.", ["We met and left."]),
        ("en", "“No deal”, he said.", ["No deal", "he said."]),
        ("fr", "Nous partons, mais ils restent.", ["Nous partons", "mais ils restent."]),
        ("fr", "Nous partons et ils restent.", ["Nous partons", "et ils restent."]),
        (None, "Uno: dos.", ["Uno", "dos."]),
    ],
)
def test_clauses(language: str | None, text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in clauses(text, language)] == expected


@given(st.text(alphabet="ab,;: «»–\nand we", max_size=120), st.sampled_from(["en", "fr", None]))
def test_clauses_are_in_order_and_apart(text: str, language: str | None) -> None:
    found = clauses(text, language)
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(found))


@pytest.mark.parametrize(
    "piece",
    [
        "we will ",
        "a, ",
        "“",
        "not ",
        "we agreed that ",
        # Each cue looks back: for what takes its force, for who acts, and for what only looks like it.
        "if we refuse to go ",
        "party that refuses to pay and ",
        "the rain of the rain threatens to ",
        "I hope we will build ",
    ],
)
def test_hostile_repetition_is_linear(piece: str) -> None:
    from onrecord.statements.acts import acts

    acts(piece * 100, "en")
    began = time.process_time()
    acts(piece * 3_000, "en")
    assert time.process_time() - began < 1


def test_the_words_met_so_far_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "_MOST_WORDS", 8)
    asked: list[str] = []

    def find(word: str) -> int:
        asked.append(word)
        return len(word)

    remembered = patterns._Remembered(find)
    for number in range(100):
        assert remembered[f"w{number}"] == len(f"w{number}")
        assert len(remembered) <= 8
    assert remembered["w99"] == 3 and len(asked) == 100, "a word met lately is not sought again"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We will “build” it.", ["will “build"]),
        ("We will (build) it.", ["will (build"]),
        ("They will pay €40 to build it.", ["will pay €40 to build"]),
        ("They will pay €40, and build it.", []),
    ],
)
def test_quotation_marks_and_currencies_stand_between_words(text: str, found: list[str]) -> None:
    pattern = Patterns({}).compile("will * build")
    assert [text[slice(*one.span())] for one in pattern.each(even(text))] == found
