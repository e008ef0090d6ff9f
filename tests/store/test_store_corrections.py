"""Corrections: what each kind does, and that none of them ever lands on other words than it was made for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from samples import NOON, PIER, debate, record

from onrecord.errors import UsageError
from onrecord.model import Flag, Record, Turn
from onrecord.spans import Span, Text
from onrecord.store.anchors import anchor, place
from onrecord.store.corrections import Correction, Kind, Signed, apply, correction
from onrecord.verification import verify

BY = Signed("Desk", NOON, "on the tape")
TEXT = record(PIER)


def span_of(words: str, text: str = PIER) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def turn(number: int) -> Turn:
    return TEXT.turns[number - 1]


def speakers(made: Record) -> list[str]:
    names = {person.id: person.name for person in made.people}
    return [f"{one.id}={names.get(one.speaker or '', '-')}" for one in made.turns]


TAIL = PIER[PIER.index("and nobody should") : turn(2).span.end]
CASES: list[tuple[Kind, Span, str, bool, str]] = [
    ("speaker", turn(2).span, "Alva Reuss", False, "t1=Ida Morel · t2=Alva Reuss · t3=Ida Morel · t4=Teodor Brask"),
    ("speaker", turn(2).span, "ALVA REUSS", True, "t1=Ida Morel · t2=ALVA REUSS · t3=Ida Morel · t4=ALVA REUSS"),
    ("speaker", turn(2).span, "ida morel", False, "t1=Ida Morel · t2=Ida Morel · t3=Ida Morel · t4=Teodor Brask"),
    ("speaker", turn(2).span, "", False, "t1=Ida Morel · t2=- · t3=Ida Morel · t4=Teodor Brask"),
    ("label", turn(1).label or turn(1).span, "Odile Castagne", False,
     "t1=Odile Castagne · t2=Teodor Brask · t3=Odile Castagne · t4=Teodor Brask"),
    ("split", span_of(TAIL), "Hugo Brenner", False,
     "t1=Ida Morel · t2=Teodor Brask · t2.2=Hugo Brenner · t3=Ida Morel · t4=Teodor Brask"),
    ("merge", turn(2).span, "", False, "t1=Ida Morel · t3=Ida Morel · t4=Teodor Brask"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "span", "value", "every", "expected"), CASES)
def test_turns(kind: Kind, span: Span, value: str, every: bool, expected: str) -> None:
    made = correction(TEXT, kind, span, value, BY, every=every)
    mended, outcomes = apply(TEXT, [made])
    assert speakers(mended) == expected.split(" · ")
    assert [one.state for one in outcomes] == ["ok"]
    assert verify(mended) == []
    assert mended.sources == TEXT.sources
    assert apply(TEXT, [replace(made, undone=BY)]) == (TEXT, [])


def test_coverage_follows_the_speakers() -> None:
    nobody = correction(TEXT, "speaker", turn(2).span, "", BY)
    mended, _ = apply(TEXT, [nobody])
    ink = sum(len("".join(PIER[one.start : one.end].split())) for one in turn(2).speech)
    assert mended.coverage.unattributed - TEXT.coverage.unattributed == ink
    back = correction(mended, "speaker", turn(2).span, "Teodor Brask", BY)
    assert apply(TEXT, [nobody, back])[0].coverage == TEXT.coverage


def test_what_a_turn_states_is_its_speakers() -> None:
    (statement,) = [one for one in TEXT.statements if one.kind == "promised"]
    mended, _ = apply(TEXT, [correction(TEXT, "speaker", turn(1).span, "Alva Reuss", BY)])
    (moved,) = [one for one in mended.statements if one.id == statement.id]
    names = {person.id: person.name for person in mended.people}
    assert (names[moved.speaker or ""], [names[id] for id in moved.chain]) == ("Alva Reuss", ["Alva Reuss"])


def test_a_statement_has_another_kind_or_is_none() -> None:
    (one,) = [one for one in TEXT.statements if one.kind == "promised"]
    other = correction(TEXT, "statement", one.span, "proposed", BY, of="promised")
    mended, _ = apply(TEXT, [other])
    assert [now.kind for now in mended.statements if now.id == one.id] == ["proposed"]
    gone = correction(TEXT, "statement", one.span, "", BY, of="promised")
    mended, _ = apply(TEXT, [gone])
    assert one.id not in {now.id for now in mended.statements}
    assert verify(mended) == []


def test_a_wrong_flag_is_dropped_wherever_it_stands() -> None:
    text = "Vance: the ditPlus of it, the ditPlus of that.\n"
    read = record(text, ledger=False)
    flags = [
        Flag(f"f{n}", "s1", Span(at, at + 7), "ditPlus", "glued", "form", "minor", "glued", None, (), "test")
        for n, at in enumerate((11, 30), 1)
    ]
    flagged = replace(read, flags=tuple(flags))
    for every, left in ((False, ["f2"]), (True, [])):
        made = correction(flagged, "flag", flags[0].span, "wrong", BY, of="glued", every=every)
        assert [one.id for one in apply(flagged, [made])[0].flags] == left
    right = correction(flagged, "flag", flags[0].span, "right", BY)
    assert apply(flagged, [right])[0].flags == flagged.flags


REFUSED: list[tuple[str, Span, str, str]] = [
    ("speaker", Span(0, 5), "X", "no turn has exactly"),
    ("label", turn(1).span, "X", "no label has exactly"),
    ("split", turn(2).span, "X", "no turn goes on"),
    ("merge", turn(1).span, "", "no turn with one before"),
    ("statement", turn(1).span, "agreed", "no statement of that kind"),
    ("statement", turn(1).span, "sworn", "is not one of"),
    ("flag", turn(1).span, "perhaps", "is not one of"),
    ("song", turn(1).span, "", "there is no correction"),
]


@pytest.mark.parametrize(("kind", "span", "value", "reason"), REFUSED)
def test_what_cannot_be_meant_is_refused(kind: Kind, span: Span, value: str, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        correction(TEXT, kind, span, value, BY)


# ------------------------------------------------------------------------------------------- the text moves on

MOVED: list[tuple[str, Callable[[str], str], str]] = [
    ("the same text", lambda text: text, "ok"),
    ("words before", lambda text: "New.\n" + text, "moved"),
    ("words after", lambda text: text + "New.\n", "moved"),
    ("another word inside", lambda text: text.replace("fishing", "fish"), "lost"),
    ("twice", lambda text: text + "\n" + text, "ambiguous"),
    ("nothing", lambda text: "", "lost"),
]


@pytest.mark.parametrize(("what", "change", "state"), MOVED, ids=[case[0] for case in MOVED])
def test_a_place_in_another_text(what: str, change: Callable[[str], str], state: str) -> None:
    assert anchor(Text(change(PIER)), place(Text(PIER), turn(2).span)).state == state


LONG = (
    "\n".join(debate(seed, 40) for seed in range(5))
    + "\nIda Morel: Yes.\nHugo Brenner: No.\nIda Morel: Yes.\n"
)
SPANS = [Span(at, at + 1 + at * 7 % 60) for at in range(0, len(LONG) - 60, len(LONG) // 1000)][:1000]
PLACES = [place(Text(LONG), span) for span in SPANS]


@settings(max_examples=30, deadline=None)
@given(
    st.integers(0, len(LONG)), st.sampled_from("xeé \nY"), st.sampled_from(["insert", "delete", "replace"])
)
def test_one_character_edited_under_a_thousand_places(at: int, character: str, how: str) -> None:
    """Each place is ok, moved, ambiguous or lost, and what is anchored reads the same where it was shifted to."""
    kept = LONG[at:] if how == "insert" else LONG[at + 1 :]
    edited = LONG[:at] + ("" if how == "delete" else character) + kept
    shift = len(edited) - len(LONG)
    text = Text(edited)
    for made in PLACES:
        state, span = anchor(text, made)
        assert (span is not None) == (state in ("ok", "moved"))
        if span is None:
            untouched = made.span.end <= at or made.span.start > at
            assert not (untouched and made.once) or state == "ambiguous"
            continue
        assert text.read(span) == made.text
        expected = {made.span.start, made.span.start + shift}
        assert span.start in expected or edited == LONG


def test_a_thousand_corrections_of_an_edited_text() -> None:
    """The same through records: every turn corrected, one character edited, read again."""
    text = debate(7, 200)
    before = record(text, ledger=False)
    made = [correction_of(before, one, number) for number, one in enumerate(before.turns)]
    at = text.index(":", len(text) // 2) + 5
    after = record(text[:at] + "é" + text[at + 1 :], ledger=False)
    mended, outcomes = apply(after, made)
    states = [one.state for one in outcomes]
    assert (states.count("moved"), states.count("lost")) == (len(made) - 1, 1)
    names = {person.id: person.name for person in mended.people}
    for number, one in enumerate(mended.turns):
        if states[number] == "moved":
            assert names[one.speaker or ""] == f"Person Number{number}"
    assert verify(mended) == []


def correction_of(read: Record, one: Turn, number: int) -> Correction:
    return correction(read, "speaker", one.span, f"Person Number{number}", BY)
