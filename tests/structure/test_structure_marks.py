"""Marks, blocks and turns: what is printed and not spoken, what is frame, and where a turn ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.sources.reading import Layout, Reading
from onrecord.spans import Span, tile
from onrecord.structure import read_structure
from onrecord.structure.brackets import find_brackets
from onrecord.structure.lines import find_lines
from onrecord.structure.marks import classify

MARKS = [
    # text, the bracket in it, kind (None: speech)
    ("Yes. (Applause.)", "(Applause.)", "stage"),
    ("Oui (rires).", "(rires)", "stage"),
    ("Sehr gut. (Beifall bei der XYZ – Zuruf: Ja!)", "(Beifall bei der XYZ – Zuruf: Ja!)", "stage"),
    ("Non. (« Oh ! » sur les bancs du groupe XYZ.)", "(« Oh ! » sur les bancs du groupe XYZ.)", "stage"),
    ("celui-ci (pointe vers Lind) est connu", "(pointe vers Lind)", "stage"),
    ("d’Amérique (sic).", "(sic)", "sic"),
    ("I said (inaudible) and left", "(inaudible)", "inaudible"),
    ("(1005) Mr. Lind", "(1005)", "time"),
    ("[10:05 a.m.] Mr. Lind", "[10:05 a.m.]", "time"),
    ("[Page 12] Thank you", "[Page 12]", "page"),
    ("[Seite 12] Danke", "[Seite 12]", "page"),
    ("[Translation] Thank you", "[Translation]", "language"),
    ("(ES) Señora Presidenta", "(ES)", "language"),
    ("the markets (UK) fell", "(UK)", "insertion"),
    ("(As interpreted.) Thank you", "(As interpreted.)", "interpretation"),
    ("(through interpreter) Thank you", "(through interpreter)", "interpretation"),
    ("Marco (Rubio) est venu", "(Rubio)", "insertion"),
    ("de plus, (nous) considérerait", "(nous)", "insertion"),
    ("we sent it [to Russia] again", "[to Russia]", "insertion"),
    ("the article (see annex 3) says", "(see annex 3)", None),
    ("les articles (12, 13 et 14) disent", "(12, 13 et 14)", None),
]


@pytest.mark.parametrize(("text", "bracket", "kind"), MARKS, ids=[row[1] for row in MARKS])
def test_kind_of_a_bracket(text: str, bracket: str, kind: str | None) -> None:
    start = text.index(bracket)
    assert classify(text, start, start + len(bracket), owns_line=False) == kind


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a (b (c) d) [e] (f", [(2, 11), (12, 15)]),
        ("(" * 5000 + "x" + ")" * 3, []),
        ("(a\n\nb)", []),
        (")(", []),
    ],
)
def test_brackets(text: str, found: list[tuple[int, int]]) -> None:
    assert [
        pair for pair in find_brackets(text) if pair[1] - pair[0] > 2 and text[pair[0] + 1] != "("
    ] == found


def read(text: str, *layout: Layout):  # type: ignore[no-untyped-def]
    return read_structure(Reading(text, "text/plain", "test", layout))


ARTICLE = """Two leaders meet in the harbour

PORT HARLAN, 14 June — They met for two hours and parted without a word on what was agreed.

Below is the full transcript.

Marlen Castle: Good afternoon.
We had a good talk. (Applause.)

It went on for two hours.

The islands

Teodor Brask: Thank you, Marlen.
(Laughter)
Castle: Thank you.

END

Related: The islands, a history
© Port Harlan Post
"""


def test_blocks_of_an_article() -> None:
    found = read(ARTICLE)
    assert found.kind == "transcript" or found.kind == "both"
    assert [(block.kind, ARTICLE[block.start : block.end].split("\n")[0]) for block in found.blocks] == [
        ("heading", "Two leaders meet in the harbour"),
        (
            "frame",
            "PORT HARLAN, 14 June — They met for two hours and parted without a word on what was agreed.",
        ),
        ("transcript", "Marlen Castle: Good afternoon."),
        ("heading", "The islands"),
        ("transcript", "Teodor Brask: Thank you, Marlen."),
        ("heading", "END"),
        ("furniture", "Related: The islands, a history"),
    ]


def test_speech_of_a_turn_leaves_marks_and_headings_out() -> None:
    found = read(ARTICLE)
    assert [[ARTICLE[a:b] for a, b in turn.speech] for turn in found.turns] == [
        ["Good afternoon.\nWe had a good talk.", "It went on for two hours."],
        ["Thank you, Marlen."],
        ["Thank you."],
    ]


def test_a_turn_ends_with_its_last_spoken_character() -> None:
    found = read(ARTICLE)
    assert [ARTICLE[turn.start : turn.end][-12:] for turn in found.turns] == [
        "r two hours.",
        "you, Marlen.",
        ": Thank you.",
    ]


def test_voices_of_captions_are_joined_and_timed() -> None:
    text = (
        "WEBVTT\n\n00:01.000 --> 00:02.500\n<v Ada>One.\n\n"
        "00:02.500 --> 00:04.000\n<v Ada>Two.\n\n00:04.000 --> 00:05.000\n<v Bo>Three.\n"
    )
    cues = [Layout("time", text.index(cue), text.index(cue) + len(cue), value) for cue, value in
            (("<v Ada>One.", "1.0 2.5"), ("<v Ada>Two.", "2.5 4.0"), ("<v Bo>Three.", "4.0 5.0"))]  # fmt: skip
    found = read(text, *cues)
    assert [(turn.parts.name, [text[a:b] for a, b in turn.speech], turn.time) for turn in found.turns] == [
        ("Ada", ["One.", "Two."], (1.0, 4.0)),
        ("Bo", ["Three."], (4.0, 5.0)),
    ]


def test_a_heckle_in_a_bracket_keeps_its_voice() -> None:
    text = (
        "Präsidentin Ada Lind:\nDas Wort hat Herr Muster.\n(Dr. Bo Ruas [XYZ]: Unsinn!)\n"
        "Bo Muster (ABC):\nDanke.\nPräsidentin Ada Lind:\nBitte.\n"
    )
    found = read(text)
    assert [text[slice(*mark.voice)] for mark in found.marks if mark.voice] == ["Dr. Bo Ruas [XYZ]"]


PIECES = """Ada Lind: yes.|Q: why?|(Applause)|[to Korvat]|Bo Ruas: no. |Heading|>> |<v Ada>|…|(| |\n|\n\n"""
pieces = st.sampled_from(PIECES.split("|"))


@given(st.lists(pieces, max_size=40).map("".join))
def test_whatever_the_text_blocks_tile_and_turns_hold_their_parts(text: str) -> None:
    found = read(text)
    if found.blocks:
        tile([Span(block.start, block.end) for block in found.blocks], len(text))
    last = 0
    for turn in found.turns:
        assert last <= turn.start <= turn.end <= len(text)
        inner = [*turn.speech, *([turn.label] if turn.label else [])]
        assert all(turn.start <= start <= end <= turn.end for start, end in inner)
        assert all(a[1] <= b[0] for a, b in zip(turn.speech, turn.speech[1:], strict=False))
        last = turn.end
    assert all(a.end <= b.start for a, b in zip(found.marks, found.marks[1:], strict=False))


@given(st.text(alphabet="ab :\n\r\u2028\x0b", max_size=60))
def test_lines_are_trimmed_and_in_order(text: str) -> None:
    lines = find_lines(text)
    assert "".join(text[a:b] for a, b in zip(lines.starts, lines.ends, strict=True)) == "".join(
        line.strip() for line in text.splitlines()
    )


AROUND_LABELS = {
    "emphasis belongs to the label": (
        "**Castle:** Good.\n\n**Q** (in Russian): And *you*?\n\n**Castle:** No. *(Laughter.)*\n\n**Brask:** Yes.",
        ["Good.", "And *you*?", "No.", "Yes."],
    ),
    "a dash that opens": (
        "O Sr. Presidente: — Tem a palavra.\nO Sr. Lind: — Obrigado.\n",
        ["Tem a palavra.", "Obrigado."],
    ),
    "a dash that goes on": (
        "Castle: We said that\nBrask: No.\nCastle: — the ferry is ours.\n",
        ["We said that", "No.", "— the ferry is ours."],
    ),
    "in any alphabet": (
        "Nowak: Otwieram.\nLis: Nie.\nNowak: — łódź jest nasza.\n",
        ["Otwieram.", "Nie.", "— łódź jest nasza."],
    ),
    "a bullet opens the next turn": (
        "○議長　これより開きます。\n○鈴木花子君　はい。\n○議長　散会します。",
        ["これより開きます。", "はい。", "散会します。"],
    ),
    "the first words of the last speaker end no page": (
        "PRESIDENT CASTLE\nWell?\nMR. BRASK\nNo.\nPRESIDENT CASTLE\nAnd you?\nMR. BRASK\nFine.\nEND",
        ["Well?", "No.", "And you?", "Fine."],
    ),
    "a hyphen opens the next turn": (
        "- Castle: One in 5.\n- Brask: Two.\n- Castle: Three.",
        ["One in 5.", "Two.", "Three."],
    ),
    "a reaction has a line of its own": (
        "O Sr. Lind: Não.\n\nAplausos do GMC e XYZ.\n\nA Sr.ª Lis: Sim.\n\nRisos.\n\nO Sr. Lind: Risos não bastam.",
        ["Não.", "Sim.", "Risos não bastam."],
    ),
    "a bracket in which somebody begins to speak is none": (
        "[00:0 Castle: One.\n[00:09] Brask: Two.\nCastle: Three] of them.\nBrask: Four.",
        ["Two.", "Three] of them.", "Four."],
    ),
    "the number of a line opens the next turn": (
        "CHAIR: Begin.\n  12   LIND:  It was in 2015.\n  13   CHAIR:  Go on.",
        ["Begin.", "It was in 2015.", "Go on."],
    ),
}
"""What a line has beside a label and words that somebody speaks, and who then says what."""


@pytest.mark.parametrize(("text", "spoken"), AROUND_LABELS.values(), ids=AROUND_LABELS)
def test_what_stands_around_a_label_is_no_speech(text: str, spoken: list[str]) -> None:
    made = read_structure(Reading(text, "text/plain", "test"))
    assert ["".join(text[a:b] for a, b in turn.speech) for turn in made.turns] == spoken
