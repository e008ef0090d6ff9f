"""Versions and events are recognised, and what only looks alike is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import COUNCIL, PIER, debate

import onrecord
from onrecord.record import read_source
from onrecord.sources import open_path
from onrecord.store.likeness import (
    EVENT,
    KEPT,
    VERSION,
    Portrait,
    packed,
    portrait,
    resemblance,
    same_event,
    sketch,
    unpacked,
)

ALIKE = [
    # two texts, the least and the most they may resemble each other
    (PIER, PIER, 1.0, 1.0),
    (PIER, PIER.replace("every", "each"), VERSION, 0.99),
    (PIER, PIER.upper(), 1.0, 1.0),
    (PIER + COUNCIL, PIER, EVENT, VERSION + 0.1),
    (PIER, COUNCIL, 0.0, 0.05),
    (debate(1), debate(2), 0.0, 0.05),
    ("", PIER, 0.0, 0.0),
    ("", "", 0.0, 0.0),
]


@pytest.mark.parametrize(("a", "b", "least", "most"), ALIKE)
def test_resemblance(a: str, b: str, least: float, most: float) -> None:
    assert least <= resemblance(sketch(a), sketch(b)) <= most


@settings(deadline=None)  # the clock of a shared machine says nothing
@given(st.integers(0, 30), st.integers(0, 30))
def test_the_estimate_is_near_the_truth(first: int, second: int) -> None:
    a = " ".join(debate(seed) for seed in range(first, first + 5))
    b = " ".join(debate(seed) for seed in range(second, second + 5))
    common = max(0, 5 - abs(first - second))
    assert abs(resemblance(sketch(a), sketch(b)) - common / (10 - common)) < 0.2


@given(st.text(max_size=300))
def test_a_sketch_survives_storage(text: str) -> None:
    made = sketch(text)
    assert unpacked(packed(made)) == made == tuple(sorted(set(made)))
    assert len(made) <= KEPT and all(0 <= value < 1 << 63 for value in made)


BOTH = frozenset({"ida morel", "teodor brask"})
OTHER = tuple(range(5))
EVENTS = [
    # another account against (sketch of PIER, 2031-05-04, English, both, 10 turns)
    (Portrait(sketch(PIER), None, "en", BOTH, 10), True),
    (Portrait(sketch(PIER), "2031-05-05", "en", BOTH, 10), False),  # the same words on another day: a habit
    (Portrait(OTHER, "2031-05-04", "fr", BOTH, 10), True),
    (Portrait(OTHER, "2031-05-04", "fr", BOTH, 8), True),
    (Portrait(OTHER, "2031-05-04", "fr", BOTH, 5), False),  # too few turns
    (Portrait(OTHER, "2031-05-04", "en", BOTH, 10), False),  # one language, other words: another conversation
    (Portrait(OTHER, "2031-05", "fr", BOTH, 10), False),
    (Portrait(OTHER, None, "fr", BOTH, 10), False),
    (Portrait(OTHER, "2031-05-04", "fr", frozenset({"ida morel"}), 10), False),
    (Portrait(OTHER, "2031-05-04", "fr", BOTH | {"a b", "c d"}, 10), False),
]


@pytest.mark.parametrize(("other", "expected"), EVENTS)
def test_the_same_event(other: Portrait, expected: bool) -> None:
    held = Portrait(sketch(PIER), "2031-05-04", "en", BOTH, 10)
    assert same_event(held, other) is same_event(other, held) is expected


def test_a_translation_of_an_account_is_of_its_event() -> None:
    """A chair is called otherwise in every language; those with a name are not."""
    examples = Path(onrecord.__file__).parent / "examples"
    texts = (read_source(open_path(str(examples / f"article.{code}.txt"))) for code in ("en", "fr"))
    english, french = (portrait(one, one.sources[0].text.split()) for one in texts)
    assert english.people == french.people == {"marlen castle", "teodor brask"}
    assert same_event(english, french)
