# ruff: noqa: E501  (tables of whole sentences)
"""What a reader sees first: each sentence composed from the fields, and the filters of faces."""

from __future__ import annotations

from typing import Any

import pytest
from sample import AGREED, OPEN, flags, full, ledger, long_record, quotes, sample, stated

from onrecord.errors import UsageError
from onrecord.export import floor
from onrecord.export.findings import ALL_DAMAGE, filtered, findings, person, view
from onrecord.integrity.figures import figures
from onrecord.model import Event, Flag, Item, Quote, Record, Source, Statement, Words
from onrecord.spans import Span
from onrecord.ui import words

EN, FR = words("en"), words("fr")
BRIDGE = "the bridge at Ostwick stays open, to lorries and to people, day and night"


def agreed(number: int, speaker: str | None, what: str | None = None, **more: Any) -> Statement:
    place = {"p1": (BRIDGE, "t1"), "p2": ("then we will speak about money", "t2"), "p3": ("yes or no", "t3")}
    said, turn = place.get(speaker or "", ("They said that they had agreed on the bridge", None))
    content = {"content": what} if what else {}
    return stated("agreed", said, speaker, turn, number=number, **(content | more))


def sentence(kind: str, record: Record, said: Any = EN) -> list[str]:
    return [one.text for one in findings(record, said) if one.kind == kind]


ANSWERS: list[tuple[str, tuple[Statement, ...], str]] = [
    ("no ledger", (), ""),
    ("none", (stated("left_open", OPEN, "p1", "t1"),), "Nothing was found that anyone says was agreed."),
    ("a denial is no agreement", (agreed(1, "p1", polarity="negative"),), "Nothing was found that anyone says was agreed."),
    ("one side", (agreed(1, "p1"),), "Only Ilse Marrow says that something was agreed, but not what."),
    ("one side, what", (agreed(1, "p1", BRIDGE),), "Only Ilse Marrow says that something was agreed, and what."),
    ("both", (agreed(1, "p1"), agreed(2, "p2")), "Ilse Marrow and Tomas Arkell both say that things were agreed. Neither says what."),
    ("both, one what", (agreed(1, "p1", BRIDGE), agreed(2, "p2")), "Ilse Marrow and Tomas Arkell both say that things were agreed. Only Ilse Marrow says what."),
    ("both, what", (agreed(1, "p1", BRIDGE), agreed(2, "p2", "money")), "Ilse Marrow and Tomas Arkell both say that things were agreed, and what."),
    ("three", (agreed(1, "p1"), agreed(2, "p2"), agreed(3, "p3")), "Ilse Marrow, Tomas Arkell and Q say that things were agreed. None of them says what."),
    ("three, one what", (agreed(1, "p1", BRIDGE), agreed(2, "p2"), agreed(3, "p3")), "Ilse Marrow, Tomas Arkell and Q say that things were agreed. Only Ilse Marrow says what."),
    ("three, two what", (agreed(1, "p1", BRIDGE), agreed(2, "p2", "money"), agreed(3, "p3")), "Ilse Marrow, Tomas Arkell and Q say that things were agreed. Only Ilse Marrow and Tomas Arkell say what."),
    ("said twice, once with content", (agreed(1, "p1"), agreed(2, "p1", BRIDGE)), "Only Ilse Marrow says that something was agreed, and what."),
    ("the article", (agreed(1, None, "the bridge"),), "The article says that something was agreed, and what."),
    ("nobody known", (stated("agreed", AGREED, None, "t6"),), "Somebody who cannot be named says that something was agreed, but not what."),
    ("the article counts after the speakers", (agreed(1, None, "the bridge"), agreed(2, "p1")), "Only Ilse Marrow says that something was agreed, but not what."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("statements", "expected"), [row[1:] for row in ANSWERS], ids=[row[0] for row in ANSWERS]
)
def test_what_was_agreed(statements: tuple[Statement, ...], expected: str) -> None:
    assert sentence("agreed", sample(statements=statements)) == ([expected] if expected else [])


def test_a_single_speaker_is_not_the_only_one() -> None:
    record = long_record(1)
    turn = record.turns[0]
    said = Statement(
        **{
            **fields(stated("agreed", AGREED)),
            "span": turn.speech[0],
            "speaker": turn.speaker,
            "turn": turn.id,
        }
    )
    given = {name: getattr(record, name) for name in ("sources", "turns", "blocks")}
    alone = sample(**given, marks=(), flags=(), event=type(record.event)(), statements=(said,))
    assert sentence("agreed", alone) == ["Ilse Marrow says that something was agreed, but not what."]


def fields(struct: Any) -> dict[str, Any]:
    return {name: getattr(struct, name) for name in struct.__struct_fields__}


def test_in_french() -> None:
    record = sample(statements=(agreed(1, "p1"), agreed(2, "p2")))
    assert sentence("agreed", record, FR) == [
        "Ilse Marrow et Tomas Arkell disent que des choses ont été convenues. "
        "Aucune des deux parties ne dit lesquelles."
    ]


HELD: list[tuple[Words, list[str]]] = [
    (Words("machine_translated", "de", "likely"), ["The text is probably a machine translation: do not quote it as spoken."]),
    (Words("machine_translated", None, "certain"), ["The text is a machine translation: do not quote it as spoken."]),
    (Words("interpreted", None, "certain"), ["The words are an interpreter’s: do not quote them as the speaker’s own."]),
    (Words("original", None, "certain"), []),
    (Words(), []),
]  # fmt: skip


@pytest.mark.parametrize(("held", "expected"), HELD)
def test_whose_words_they_are(held: Words, expected: list[str]) -> None:
    source = Source(**{**fields(sample().sources[0]), "words": held})
    assert sentence("words", sample(sources=(source,))) == expected


def test_findings_come_in_the_order_of_need() -> None:
    assert [one.kind for one in findings(full(), EN)] == ["agreed", "words", "endings", "quotes", "damage"]


def test_two_endings_of_one_sentence() -> None:
    (found,) = [one for one in findings(full(), EN) if one.kind == "endings"]
    assert "“until there is a paper” and “because it is not finished”" in found.text
    assert [(spot.id, spot.line) for spot in found.spots] == [("f3", 10), ("f3e1", 10)]


def formula(name: str, words: str, cites: str) -> Flag:
    given = fields(flags()[2])
    text = sample().sources[0].text
    spans = [Span(text.index(one), text.index(one) + len(one)) for one in (words, cites)]
    evidence = (Item("s1", spans[1], cites),)
    return Flag(**given | {"id": name, "span": spans[0], "text": words, "evidence": evidence})


def test_flags_that_point_at_each_other_are_one_finding() -> None:
    here, there = "We have talked for nine hours", "then we will speak about money"
    pair = (formula("f1", "nine hours", there), formula("f2", "about money", here))
    (found,) = [one for one in findings(full(flags=pair), EN) if one.kind == "endings"]
    assert found.text.endswith(f"endings: “{here}” and “{there}”.")
    assert [spot.id for spot in found.spots] == ["f1", "f2"]


def test_damage_is_counted_by_tier_and_never_graded() -> None:
    assert sentence("damage", full()) == [
        "6 places were flagged: versions differ (1), visible damage (3), conflicts with known facts (1), worth a look (1). "
        "Visible damage: 10 per 1,000 words. Other damage remains that we cannot see, mostly wrong word senses."
    ]
    assert sentence("damage", full(flags=flags()[:1])) == [
        "1 place was flagged: versions differ (1). Other damage remains that we cannot see, mostly wrong word senses."
    ]
    assert sentence("damage", full(flags=())) == []


def test_the_measured_recall_of_a_language_is_told() -> None:
    source = Source(**{**fields(full().sources[0]), "language": "fr"})
    measured = [row.recall for row in figures((), 1, "fr").measured if row.kind == ALL_DAMAGE]
    assert measured, "the row that faces show is in the measured figures"
    (found,) = sentence("damage", full(sources=(source,)))
    assert f"In the test for this language, {measured[0]:.0f}% of all damage was found." in found


def test_quotations_of_the_article_are_counted_without_those_inside_speeches() -> None:
    assert sentence("quotes", full()) == [
        "The article quotes 2 passages, 1 with a known speaker. "
        "Against the transcript in this text: words differ (1)."
    ]
    assert sentence("quotes", full(quotes=quotes()[2:])) == []


def test_who_is_quoted_and_who_is_only_named() -> None:
    oake = next(one.id for one in full().people if one.name == "Wenna Oake")
    said = tuple(Quote(**{**fields(one), "speaker": oake}) for one in quotes())
    assert floor.also_there(full(), EN) == "Also named: Wenna Oake (her foreign minister)"
    assert floor.also_there(full(quotes=said), EN) == "Quoted in it: Wenna Oake (her foreign minister)"
    nobody = full(quotes=said, event=Event())
    assert floor.also_there(nobody, EN) == "Quoted in it: Wenna Oake"
    assert floor.also_there(full(turns=(), quotes=()), EN).startswith("Named in it: ")


# --------------------------------------------------------------------------------------------- filters

FILTERS: list[tuple[str | None, tuple[str, ...], list[str]]] = [
    (None, (), [one.id for one in ledger()]),
    ("Ilse Marrow", (), ["a3", "a4", "a5", "a6", "a12"]),
    ("marrow", ("promised",), ["a12"]),
    ("PRESIDNET MARROW", ("claim",), ["a3"]),
    ("p2", ("claim", "next_step"), ["a9", "a10"]),
    (None, ("demanded",), ["a11"]),
    ("Wenna Oake", (), []),
]


@pytest.mark.parametrize(("speaker", "kinds", "expected"), FILTERS)
def test_filtered(speaker: str | None, kinds: tuple[str, ...], expected: list[str]) -> None:
    record = full()
    kept = filtered(record, speaker, kinds)
    assert [one.id for one in kept.statements] == expected
    assert {one.a for one in kept.relations} | {one.b for one in kept.relations if one.b} <= set(expected)
    assert kept.turns == record.turns and kept.flags == record.flags, (
        "a filter hides statements, nothing else"
    )


def test_quotations_are_held_to_the_speaker() -> None:
    assert [one.id for one in filtered(full(), "Marrow").quotes] == ["q1"]
    assert filtered(full(), None, ("claim",)).quotes == full().quotes


REFUSED = [
    ("Nobody", (), "nobody here is called \"Nobody\"; the record knows: Ilse Marrow, Tomas Arkell, Q, Wenna Oake"),
    ("", (), "nobody here is called"),
    (None, ("promise",), '"promise" is no kind of statement: agreed, promised'),
]  # fmt: skip


@pytest.mark.parametrize(("speaker", "kinds", "message"), REFUSED)
def test_what_is_not_there_is_refused(speaker: str | None, kinds: tuple[str, ...], message: str) -> None:
    with pytest.raises(UsageError, match="^" + message.replace("(", r"\(")):
        filtered(full(), speaker, kinds)


def test_a_name_of_two_is_no_name() -> None:
    record = full()
    double = type(record.people[0])("p9", "Anders Marrow", "person")
    with pytest.raises(UsageError, match="may be any of: Ilse Marrow, Anders Marrow"):
        person(full(people=(*record.people, double)), "Marrow")
    assert person(full(people=(*record.people, double)), "ilse marrow") == "p1"


def test_a_face_says_what_it_leaves_out() -> None:
    assert view(full(), EN) == ""
    assert view(full(), EN, "arkell", ("claim", "promised")) == "Shown here: Tomas Arkell, promised, claim."
    assert view(full(), FR, None, ("claim",)) == "Montré ici\u00a0: affirmation."
