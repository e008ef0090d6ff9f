"""The ledger as a reader asks for it: every kind in one group, every statement in one place."""

from __future__ import annotations

import random
from typing import get_args

import pytest
from sample import full, ledger, sample, stated

from onrecord.export.ledger import FOLDED, GROUPS, ORDER, Entry, groups
from onrecord.model import Record, Relation, StatementKind
from onrecord.ui import words

EN, FR = words("en"), words("fr")


def entries(record: Record) -> dict[str, Entry]:
    return {one.statement.id: one for group in groups(record, EN) for one in group.entries}


def shown(record: Record) -> dict[str, list[str]]:
    return {group.name: [one.statement.id for one in group.entries] for group in groups(record, EN)}


def test_every_kind_is_in_exactly_one_group() -> None:
    filed = [kind for kinds in GROUPS.values() for kind in kinds]
    assert sorted(filed) == sorted(get_args(StatementKind))
    assert set(ORDER) == {*GROUPS, "but", "silent"} and set(ORDER) >= FOLDED


def test_the_groups_of_the_sample() -> None:
    assert shown(full()) == {
        "agreed": ["a1", "a4", "a13"],
        "but": ["a2", "a6"],  # they contest something that is said to be agreed
        "open": ["a5"],
        "asks": ["a11"],
        "steps": ["a8", "a12"],  # a10 says a8 again and is folded under it
        "silent": ["a14"],
        "claims": ["a9", "a3"],  # the more checkable first
        "views": ["a7"],
    }


@pytest.mark.parametrize("seed", range(20))
def test_every_statement_stands_in_exactly_one_place(seed: int) -> None:
    chance = random.Random(seed)
    ids = [one.id for one in ledger()]
    kinds = ("contested", "agreeing", "unanswered", "repeated", "silent")
    relations = tuple(
        Relation(f"r{n}", kind, *chance.sample(ids, 2)) if kind not in ("unanswered", "silent")
        else Relation(f"r{n}", kind, chance.choice(ids), None)
        for n, kind in enumerate(chance.choices(kinds, k=15))
    )  # fmt: skip
    held = entries(full(relations=relations))
    places = [*held, *(place.id for one in held.values() for place in one.again)]
    assert sorted(places) == sorted(ids)


QUALITIES = [
    ("a1", ("reported",)),
    ("a4", ("not said what", "speakers disagree", "presupposed")),
    ("a2", ("hedged",)),
    ("a6", ("visible damage", "on a condition")),
    ("a9", ("versions differ",)),
    ("a11", ("not said what", "never taken up")),
    ("a8", ()),
]


@pytest.mark.parametrize(("name", "expected"), QUALITIES)
def test_what_is_said_beside_the_words(name: str, expected: tuple[str, ...]) -> None:
    assert entries(full())[name].qualities == expected


def test_a_dispute_and_damage_never_share_a_word() -> None:
    for said in (EN, FR):
        dispute, damage = said("ledger.disputed"), said("text_state.damaged")
        assert not set(dispute.split()) & set(damage.split())
        assert dispute not in {said("text_state.disputed"), said("tier.versions")}


WHO = [
    (stated("claim", "We have talked for nine hours", "p1", "t1"), "Ilse Marrow"),
    (stated("claim", "Nobody looses", "p1", "t4"), "Ilse Marrow (probably)"),
    (stated("claim", "It is", None, "t6"), "Tomas Arkell or Wenna Oake?"),
    (stated("claim", "the ferry runs as well", None, "t8"), "No speaker"),
    (stated("claim", "kept silent beside them"), "in the article"),
    (stated("claim", "Fred og fisk", "p4", "t2", chain=("p2", "p4")), "Wenna Oake, as told by Tomas Arkell"),
]


@pytest.mark.parametrize(("statement", "expected"), WHO, ids=[who for _, who in WHO])
def test_whose_it_is(statement: object, expected: str) -> None:
    assert entries(sample(statements=(statement,)))["a1"].who == expected


def test_places_and_partners() -> None:
    held = entries(full())
    assert held["a6"].place == ("a6", 10, "t1") and [place.id for place in held["a6"].against] == ["a13"]
    assert [place.id for place in held["a8"].again] == ["a10"]
    assert held["a14"].because and held["a14"].because.text == "the transcript never mentions “ferry”"


def test_a_row_of_repetitions_is_folded_under_its_first() -> None:
    said = [stated("claim", "We have talked for nine hours", "p1", "t1", number=n) for n in (1, 2, 3)]
    pairs = (("a2", "a3"), ("a1", "a3"), ("a1", "a2"))
    relations = tuple(Relation(f"r{n}", "repeated", a, b) for n, (a, b) in enumerate(pairs))
    held = entries(sample(statements=tuple(said), relations=relations))
    assert list(held) == ["a1"] and [place.id for place in held["a1"].again] == ["a2", "a3"]


BRIEF = [
    (80, "the bridge at Ostwick stays open, to lorries and to people, day and night"),
    (40, "…to lorries and to people, day and night"),
    (24, "…to lorries and to…"),
]


@pytest.mark.parametrize(("room", "expected"), BRIEF)
def test_a_long_clause_keeps_what_it_is_about(room: int, expected: str) -> None:
    clause = "the bridge at Ostwick stays open, to lorries and to people, day and night"
    one = stated("agreed", clause, "p1", "t1", content="to lorries and to people, day and night")
    assert entries(sample(statements=(one,)))["a1"].brief(room) == expected


def test_an_end_that_says_nothing_by_itself_is_not_shown_alone() -> None:
    clause = "the bridge at Ostwick stays open, to lorries and to people, day and night"
    one = stated("agreed", clause, "p1", "t1", content="and night")
    assert entries(sample(statements=(one,)))["a1"].brief(40) == "the bridge at Ostwick stays open, to…"
