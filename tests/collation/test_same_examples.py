"""The shipped example: a newspaper's and a government's transcript, and every deliberate difference of the two."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import pytest

from onrecord import read
from onrecord.collation import compare
from onrecord.model import Comparison
from onrecord.spans import Span

EXAMPLES = files("onrecord") / "examples"
PLANTED: dict[str, list[dict[str, Any]]] = tomllib.loads((EXAMPLES / "differences.toml").read_text("utf-8"))
RANK = ("minor", "major", "critical")


@cache
def answer() -> Comparison:
    """The two accounts compared."""
    return compare([read(str(EXAMPLES / name)) for name in ("article.en.txt", "official.en.txt")])


def place(account: int, words: str) -> Span | None:
    """Where planted words stand; None where the account has nothing there."""
    start = answer().sources[account].text.find(words)
    return Span(start, start + len(words)) if words else None


def fits(span: Span | None, planted: Span | None) -> bool:
    """Whether a difference points into the planted words (or anywhere, where nothing stands)."""
    return planted is None or (span is not None and (span.meets(planted) or planted.holds(span)))


@pytest.mark.parametrize(
    "planted", PLANTED["difference"], ids=lambda item: item["article"][:30] or item["official"][:30]
)
def test_every_planted_difference_is_found_with_its_kind(planted: dict[str, Any]) -> None:
    here, there = place(0, planted["article"]), place(1, planted["official"])
    met = [d for d in answer().differences if fits(d.a, here) and fits(d.b, there)]
    assert planted["kind"] in {difference.kind for difference in met}
    gravest = max(RANK.index(d.severity) for d in met if d.kind == planted["kind"])
    assert abs(gravest - RANK.index(planted["severity"])) <= 1


def test_the_gravest_stand_first() -> None:
    kinds = [difference.kind for difference in answer().differences if difference.severity == "critical"]
    planted = [item["kind"] for item in PLANTED["difference"] if item["severity"] == "critical"]
    assert sorted(kinds) == sorted(planted)


def test_nothing_else_is_called_grave() -> None:
    grave = [d for d in answer().differences if d.severity != "minor"]
    planted = list(PLANTED["difference"])
    for difference in grave:
        assert any(
            fits(difference.a, place(0, item["article"])) and fits(difference.b, place(1, item["official"]))
            for item in planted
        ), difference.message


@pytest.mark.parametrize("pair", PLANTED["contraction"], ids=lambda pair: pair["article"])
def test_contractions_that_are_written_out_are_no_difference(pair: dict[str, str]) -> None:
    here, there = place(0, pair["article"]), place(1, pair["official"])
    assert [d.message for d in answer().differences if fits(d.a, here) and fits(d.b, there)] == []


@pytest.mark.parametrize(
    ("other", "kinds"),
    [
        ("article.html", set()),
        (
            "captions.vtt",
            {"omission", "mark", "wording"},
        ),  # the first minutes only; numbers and times of cues
        ("utterances.jsonl", {"omission", "mark"}),  # a selection of turns
    ],
)
def test_the_same_event_in_another_format(other: str, kinds: set[str]) -> None:
    found = compare([read(str(EXAMPLES / name)) for name in ("article.en.txt", other)])
    assert {difference.kind for difference in found.differences} <= kinds
    assert found.one_event.judgement == "certain"
    assert "only_b" not in {stretch.kind for stretch in found.alignment}


def test_another_language_is_compared_by_what_belongs_to_no_language() -> None:
    found = compare([read(str(EXAMPLES / f"article.{code}.txt")) for code in ("en", "fr")], semantic=False)
    assert found.one_event.judgement == "certain"
    assert [difference.message for difference in found.differences if difference.severity == "critical"] == []
