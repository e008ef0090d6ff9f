"""What the faces share: paragraphs, shares, the ribbon, remarks, citations."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample import hostile, long_record, sample

from onrecord.export import card, citation, floor
from onrecord.export.passages import Layer, Lines, Overlay, hard_wrapped, paragraphs
from onrecord.export.remarks import remarks
from onrecord.export.ribbon import SEGMENTS, WIDTH, ribbon
from onrecord.model import Block, Mark, Record, Turn
from onrecord.spans import Span
from onrecord.ui import words

EN, FR = words("en"), words("fr")


# ------------------------------------------------------------------------------------------- paragraphs


def printed(record: Record) -> str:
    return "".join(piece.text for paragraph in paragraphs(record) for piece in paragraph.pieces)


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_every_character_is_printed_once_and_in_order() -> None:
    record = sample()
    assert squeezed(printed(record)) == squeezed(record.sources[0].text)


@given(st.lists(st.integers(0, 60), min_size=6, max_size=6), st.text("ab \n", min_size=60, max_size=60))
def test_no_character_is_lost_wherever_spans_fall(cuts: list[int], text: str) -> None:
    a, b, c, d, e, f = sorted(cuts)
    base = sample()
    turn = Turn("t1", "s1", Span(a, e), text[a:e], Span(a, b), (Span(b, e),), "p1")
    source = type(base.sources[0])(**{**fields(base.sources[0]), "text": text, "languages": (), "notes": ()})
    record = sample(
        sources=(source,), turns=(turn,), marks=(Mark("s1", Span(d, f), text[d:f], "stage"),), flags=(),
        blocks=(Block("s1", Span(0, c), text[:c], "frame"), Block("s1", Span(c, 60), text[c:], "transcript")),
        statements=(),
    )  # fmt: skip
    assert squeezed(printed(record)) == squeezed(text)
    for paragraph in paragraphs(record):
        assert "".join(piece.text for piece in paragraph.pieces) == text[paragraph.start : paragraph.end]


def fields(struct: object) -> dict[str, object]:
    return {name: getattr(struct, name) for name in struct.__struct_fields__}  # type: ignore[attr-defined]


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=12),
    st.text("ab \n", min_size=40, max_size=40),
)
def test_overlapping_overlays_are_cut_at_every_edge(ranges: list[tuple[int, int]], text: str) -> None:
    base = sample().sources[0]
    source = type(base)(**{**fields(base), "text": text, "languages": (), "notes": ()})
    laid = [Overlay("s1", Span(*sorted(pair)), f"a{number}") for number, pair in enumerate(ranges)]
    record = sample(
        sources=(source,), turns=(), marks=(), flags=(), statements=(),
        blocks=(Block("s1", Span(0, 40), text, "frame"),),
    )  # fmt: skip
    under: dict[str, str] = {}
    opened: list[str] = []
    for paragraph in paragraphs(record, laid):
        assert "".join(piece.text for piece in paragraph.pieces) == text[paragraph.start : paragraph.end]
        for piece in paragraph.pieces:
            opened += piece.opens
            for over in piece.overlays:
                under[over.id] = under.get(over.id, "") + piece.text
    for over in laid:
        assert squeezed(under.get(over.id, "")) == squeezed(text[over.span.start : over.span.end])
    assert sorted(opened) == sorted(under), "each is opened once, where it is first printed"


def test_pieces_say_what_they_are() -> None:
    pieces = [piece for paragraph in paragraphs(sample()) for piece in paragraph.pieces]
    assert [piece.text for piece in pieces if piece.label][:2] == [
        "PRESIDENT MARROW",
        "PRIME MINISTER ARKELL ",
    ]
    assert [(piece.text, piece.mark.kind) for piece in pieces if piece.mark][-2:] == [
        ("(sic)", "sic"),
        ("(They shake hands.)", "stage"),
    ]
    assert [piece.text for piece in pieces if piece.language] == ["Fred og fisk"]


def test_speech_outside_every_turn_is_not_owned() -> None:
    record = sample()
    lost = [p.text for g in paragraphs(sample(turns=record.turns[1:])) for p in g.pieces if not p.owned]
    assert lost[0].startswith("PRESIDENT MARROW: Good evening")
    assert all(piece.owned for paragraph in paragraphs(record) for piece in paragraph.pieces)


WRAPPED = "A paragraph that a typewriter broke at the edge of its paper, line\n" * 6 + "\nand another.\n"
UNWRAPPED = [
    ("A line is a paragraph here.\n" * 9, "lines are short and alike"),
    (WRAPPED.replace("\n\n", "\n"), "no blank line"),
    ("Short.\n" + "x" * 300 + "\n\n" + "Yes.\nNo.\nMaybe so.\nNever.\nGo.\n", "lines of every length"),
]


def test_a_typewriter_s_line_ends_are_blanks() -> None:
    assert hard_wrapped(WRAPPED)


@pytest.mark.parametrize("text", [text for text, _ in UNWRAPPED], ids=[why for _, why in UNWRAPPED])
def test_other_line_ends_end_paragraphs(text: str) -> None:
    assert not hard_wrapped(text)


def test_line_numbers_are_those_of_an_editor() -> None:
    text = "one\r\ntwo\rthree\n\nfive"
    assert [Lines(text).number(text.index(word)) for word in ("one", "two", "three", "five")] == [1, 2, 3, 5]


def test_a_layer_answers_at_its_edges() -> None:
    layer = Layer([(Span(2, 4), "a"), (Span(4, 6), "b")])
    assert [layer.at(place) for place in range(1, 7)] == [None, "a", "a", "b", "b", None]
    assert layer.between(2, 6) == [4]


# ----------------------------------------------------------------------------------------------- shares


def test_floors_are_sorted_and_nobody_comes_last() -> None:
    held = floor.floors(sample())
    assert [one.people for one in held] == [("p1",), ("p2",), ("p3",), ("p1", "p2"), ()]
    assert [one.words for one in held[:-1]] == sorted((one.words for one in held[:-1]), reverse=True)


def test_marks_are_not_counted_as_words() -> None:
    assert floor.spoken_words(sample())["t7"] == 2  # "Good night!", not the handshake


NAMES = [
    ("t1", "Ilse Marrow"),
    ("t6", "Tomas Arkell or Wenna Oake?"),
    ("t7", "Ilse Marrow and Tomas Arkell"),
    ("t8", "No speaker"),
]


@pytest.mark.parametrize(("turn", "expected"), NAMES)
def test_the_name_in_the_margin(turn: str, expected: str) -> None:
    record = sample()
    held = next(one for one in record.turns if one.id == turn)
    assert floor.speaker_of(held, floor.people(record), EN) == expected


@pytest.mark.parametrize("count", [3, SEGMENTS, SEGMENTS + 1, 5000])
def test_the_ribbon_stays_within_its_frame(count: int) -> None:
    bars = sorted(bar for held in ribbon(long_record(count)).values() for bar in held)
    assert len(bars) <= SEGMENTS
    assert bars[0].start == 0 and bars[-1].end == WIDTH
    assert all(before.end <= after.start + 0.2 for before, after in pairwise(bars))


def test_a_voice_of_one_word_is_still_on_the_ribbon() -> None:
    record = long_record(2000)
    turn = record.turns[999]
    short = Turn(
        turn.id,
        "s1",
        turn.span,
        turn.text,
        turn.label,
        (Span(turn.speech[0].start, turn.speech[0].start + 3),),
        "p4",
    )
    turns = (*record.turns[:999], short, *record.turns[1000:])
    changed = sample(
        sources=record.sources, blocks=record.blocks, turns=turns, marks=(), flags=(), statements=()
    )
    assert ribbon(changed)[("p4",)]


# ---------------------------------------------------------------------------------------------- remarks


def test_remarks_stand_in_the_order_of_the_text() -> None:
    found = [(one.kind, one.word, one.lead) for one in remarks(sample(), EN)]
    assert found == [
        ("statement", "promised", "“We will send engineers in…”"),
        ("flag", "versions differ", "“all eleven of them”"),
        ("speaker", "probably", "“PRESIDNET MARROW” is probably Ilse Marrow"),
        ("unattributed", "one of several", "“MINISTER” may be Tomas Arkell or Wenna Oake"),
        ("unattributed", "no speaker known", "no label is printed and nothing tells who speaks"),
        ("note", "reader’s note", "“<b>Ten bridges</b>”"),
    ]


def test_the_same_doubt_is_said_once() -> None:
    record = sample()
    doubtful = record.turns[3]
    again = Turn(*(getattr(doubtful, name) if name != "id" else "t9" for name in doubtful.__struct_fields__))
    found = remarks(sample(turns=(*record.turns, again)), EN)
    assert [one.turns for one in found if one.kind == "speaker"] == [("t4", "t9")]


# ------------------------------------------------------------------------------------ card and citation


def test_the_card_shows_only_what_is_known() -> None:
    assert [(fact.name, fact.value) for fact in card.facts(sample().event, FR)] == [
        ("kind", "conférence de presse conjointe"),
        ("date", "14 mars 2031"),
        ("place", "Ostwick"),
        ("duration", "forty minutes"),
    ]
    assert card.facts(type(sample().event)(), EN) == ()


def test_a_citation_says_where_and_in_what_state() -> None:
    record = sample()
    digest = record.sources[0].text_sha256[:12]
    assert citation.cite(record, record.turns[3], EN) == (
        "Ilse Marrow (probably) (“The bridge stays open”: the Ostwick press conference in full, Ostwick, "
        f"14 March 2031), turn 4, characters 1320–1428 of text sha256 {digest}, probably interpreted"
    )


def test_a_citation_survives_braces_and_controls() -> None:
    record = hostile("{turn} \x1b[1m{0}")
    cited = citation.cite(record, record.turns[0], EN)
    assert cited.startswith("{turn} ␛[1m{0} (probably) ({turn} ␛[1m{0}), turn 1, ")


def test_the_parts_of_a_citation_alternate_with_fields() -> None:
    assert citation.parts(sample(), "s1", FR)[1::2] == ["speaker", "turn", "start", "end"]


def test_a_label_that_names_nobody_is_quoted() -> None:
    turn = sample().turns[2]
    nobody = Turn(turn.id, "s1", turn.span, turn.text, turn.label, turn.speech, None)
    assert floor.speaker_of(nobody, {}, FR) == "«\u00a0Q\u00a0»"
    assert citation.speaker(nobody, {}, EN) == "“Q”"
