"""Flags from another account, and what flags mean for statements and quotations."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.integrity.state import Flags, judge_items, text_state
from onrecord.integrity.versions import flags_from
from onrecord.model import (
    Comparison,
    Difference,
    Flag,
    LayoutJudgement,
    OneEvent,
    Quote,
    Source,
    Statement,
    Tool,
    Words,
)
from onrecord.spans import Span

A = "We will not sign. The line opens on 1 May."
B = "We will sign. The line opens on 1 June. It is late."


def source(name: str, text: str, language: str = "en") -> Source:
    layout = LayoutJudgement("transcript", None, "certain")
    return Source(name, f"{name}.txt", "text/plain", "", "", "plain 1", language, (), text, layout, Words())


def span(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def comparison(*differences: Difference, language: str = "en") -> Comparison:
    sources = (source("s1", A), source("s2", B, language))
    return Comparison(
        1,
        Tool("onrecord", "0", ""),
        sources,
        OneEvent("certain", ("they share their words",)),
        (),
        differences,
    )


def difference(kind: Any, a: Span | None, b: Span | None, severity: Any = "critical") -> Difference:
    a_text = A[a.start : a.end] if a else None
    b_text = B[b.start : b.end] if b else None
    return Difference("d1", kind, a, b, a_text, b_text, severity, "they differ", 1.0)


END = Span(len(A), len(A))
CASES = [
    ("negation", span(A, "will not sign"), span(B, "will sign"), "negation", "will not sign", "will sign"),
    ("number", span(A, "1 May"), span(B, "1 June"), "number", "1 May", "1 June"),
    ("omission", span(A, "The line"), Span(5, 5), "addition", "The line", None),
    ("addition", END, span(B, "It is late."), "omission", "", "It is late."),
    ("wording", span(A, "sign"), span(B, "sign"), "sense", "sign", "sign"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "a", "b", "flagged", "here", "there"), CASES)
def test_one_difference(kind: str, a: Span, b: Span, flagged: str, here: str, there: str | None) -> None:
    (flag,) = flags_from(comparison(difference(kind, a, b)), "s1")
    assert (flag.kind, flag.tier, flag.text, flag.severity) == (flagged, "versions", here, "critical")
    assert (flag.suggestion.text if flag.suggestion else None) == there
    assert [(item.source, item.text) for item in flag.evidence] == [("s2", B[b.start : b.end])]


def test_the_other_account_sees_it_the_other_way_round() -> None:
    (flag,) = flags_from(comparison(difference("omission", span(A, "The line"), Span(5, 5))), "s2")
    assert (flag.source, flag.kind, flag.span) == ("s2", "omission", Span(5, 5))


@pytest.mark.parametrize("kind", ["moved", "speaker", "mark", "wording"])
def test_style_is_no_flag(kind: str) -> None:
    assert flags_from(comparison(difference(kind, span(A, "sign"), span(B, "sign"), "minor")), "s1") == []


def test_no_words_are_suggested_in_another_language() -> None:
    found = flags_from(
        comparison(difference("number", span(A, "1 May"), span(B, "1 June")), language="fr"), "s1"
    )
    assert found[0].suggestion is None
    assert found[0].evidence[0].text == "1 June"


# ------------------------------------------------------------------------------------------- text state


def flag(start: int, end: int, tier: Any = "form", severity: Any = "major") -> Flag:
    return Flag("f1", "s1", Span(start, end), "x" * (end - start), "glued", tier, severity, "", None, (), "r")


STATES = [
    ([], "no_damage_found"),
    ([flag(0, 4)], "no_damage_found"),
    ([flag(14, 16)], "damaged"),
    ([flag(0, 100)], "damaged"),
    ([flag(14, 16, severity="minor")], "no_damage_found"),
    ([flag(14, 16, "facts", "critical")], "damaged"),
    ([flag(14, 16, "hint", "critical")], "no_damage_found"),
    ([flag(14, 16, "versions", "minor")], "disputed"),
    ([flag(15, 15, "versions")], "disputed"),
    ([flag(20, 20, "versions")], "no_damage_found"),
    ([flag(14, 16, "versions"), flag(18, 30)], "damaged"),
]


@pytest.mark.parametrize(("flags", "state"), STATES)
def test_state_of_ten_to_twenty(flags: list[Flag], state: str) -> None:
    assert text_state(Flags(flags), [Span(10, 20)]) == state


def statement(firmness: Any = "firm") -> Statement:
    return Statement(
        "a1", "s1", Span(10, 20), "x" * 10, "agreed", None, (), None, None, (), (), firmness, "positive",
        "asserted", "core", None, (), None, 1.0, ("“agree” is a deed",), "r",
    )  # fmt: skip


FIRM = [
    ([flag(12, 14, severity="critical")], "hedged", "damaged"),
    ([flag(12, 14, severity="major")], "firm", "damaged"),
    ([flag(12, 14, "versions", "critical")], "hedged", "disputed"),
    ([flag(12, 14, "hint", "critical")], "firm", "no_damage_found"),
]


@pytest.mark.parametrize(("flags", "firmness", "state"), FIRM)
def test_a_critical_flag_forbids_firm(flags: list[Flag], firmness: str, state: str) -> None:
    (judged,) = judge_items([], [statement()], flags).statements
    assert (judged.firmness, judged.text_state) == (firmness, state)
    assert any("cannot be trusted" in reason for reason in judged.reasons) == (firmness == "hedged")


def test_what_was_not_firm_stays_as_it_was() -> None:
    (judged,) = judge_items([], [statement("conditional")], [flag(12, 14, severity="critical")]).statements
    assert (judged.firmness, judged.reasons) == ("conditional", statement().reasons)


def test_a_quotation_is_judged_by_its_own_words() -> None:
    said = Quote(
        "q1",
        "s1",
        Span(0, 30),
        "x" * 30,
        (Span(10, 20),),
        "direct",
        None,
        None,
        None,
        (),
        "certain",
        None,
        "r",
    )
    assert judge_items([said], [], [flag(2, 5)]).quotes[0].text_state == "no_damage_found"
    assert judge_items([said], [], [flag(12, 15)]).quotes[0].text_state == "damaged"


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 12)), max_size=12),
    st.integers(0, 40),
    st.integers(1, 9),
)
def test_touching_misses_none(places: list[tuple[int, int]], start: int, length: int) -> None:
    flags = [flag(at, at + size) for at, size in places]
    asked = Span(start, start + length)
    touching = Flags(flags).touching(asked)
    inside = [
        one
        for one in flags
        if one.span.meets(asked) or (not len(one.span) and asked.start < one.span.start < asked.end)
    ]
    assert sorted(touching, key=lambda one: one.span) == sorted(inside, key=lambda one: one.span)
