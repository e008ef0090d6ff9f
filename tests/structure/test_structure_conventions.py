"""Conventions: a table of small transcripts, with their lines and without, and documents that are none."""

from __future__ import annotations

import itertools
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

from onrecord.sources.reading import Layout, Reading
from onrecord.structure import NAMES, Structure, read_structure
from onrecord.structure.acceptance import _without_headings
from onrecord.structure.grammars import Candidate
from onrecord.structure.lines import find_lines
from onrecord.structure.printed import GOOD, LabelParts, Parsed

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "conventions.toml").read_text("utf-8"))[
    "case"
]


def structure(text: str, *layout: Layout, without: str = "") -> Structure:
    return read_structure(Reading(text, "text/plain", "test", layout), frozenset(without.split()))


def labels(text: str, **options: str) -> list[str]:
    return [text[slice(*turn.label)] if turn.label else "" for turn in structure(text, **options).turns]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_labels_of_a_convention(case: dict[str, Any]) -> None:
    assert labels(case["text"]) == case["labels"]


@pytest.mark.parametrize(
    "case", [c for c in CASES if c.get("flat")], ids=[c["name"] for c in CASES if c.get("flat")]
)
def test_labels_where_line_breaks_are_lost(case: dict[str, Any]) -> None:
    assert labels(" ".join(case["text"].split("\n"))) == case["labels"]


EXCHANGE = "\n".join(
    [
        "PRESIDENT OSTLIND: Good morning. The work is not finished.",
        "Q: What did you promise?",
        "PRESIDENT OSTLIND: Nothing that is not written.",
        "It will be published in March.",
        "MR. BRASK: We agree on that.",
        "Q: And the fish?",
        "MR. BRASK: Next year.",
    ]
)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Now, here is my question: who pays?", "a clause before the colon"),
        ("Note: the lift is out of order.", "a field"),
        ("http://example.org: see there.", "an address"),
        ("It is 10:30 now.", "a time"),
        ("Luke 3:16 says otherwise.", "a verse"),
        ("He said this: no.", "a sentence"),
        ("Working together: it can be done, working together.", "words the text also writes small"),
    ],
)
def test_traps_in_speech_stay_speech(line: str, why: str) -> None:
    text = EXCHANGE.replace("It will be published", f"{line}\nIt will be published")
    assert labels(text) == labels(EXCHANGE), why


@pytest.mark.parametrize(
    "text",
    [
        "",
        "One sentence without any speaker.",
        "\n\n".join(f"Paragraph {n} of a report that names nobody." for n in range(40)),
        "Address: 12 Quay Street\nOpening hours: 9 to 5\nTickets: 10 crowns\nContact: the harbour office\n",
        "Ada Korvin arrived. She left. Ada Korvin returned. She stayed. Teodor Brask went. He came.\n" * 5,
        "Castle: no deal on the ferry\n\nThe president spoke for an hour.\n\nNobody asked why.",
        "The minister was clear: “Nothing is signed.” She added: “We shall come back.”\n" * 4,
    ],
)
def test_what_is_no_transcript_has_no_turns(text: str) -> None:
    found = structure(text)
    assert (found.turns, found.convention.name) == ([], None)
    assert found.convention.reasons


def test_a_label_glued_behind_a_sentence_is_found_once_it_is_known() -> None:
    text = EXCHANGE.replace(
        "Nothing that is not written.\n", "Nothing that is not written. MR. BRASK: Indeed.\n"
    )
    assert labels(text) == [*labels(EXCHANGE)[:3], "MR. BRASK", *labels(EXCHANGE)[3:]]


def test_a_frequent_label_is_found_in_flat_text_without_full_stops() -> None:
    turns = "OSTLIND: We went on. BRASK: Yes we did. "
    text = turns * 6 + "OSTLIND: and then they said BRASK: no they did not OSTLIND: But yes. "
    assert labels(text) == ["OSTLIND", "BRASK"] * 6 + ["OSTLIND", "BRASK", "OSTLIND"]


def test_an_exchange_quoted_in_a_longer_text_does_not_carry_it() -> None:
    prose = "The committee went through the accounts of the harbour and found nothing new in them. " * 60
    quoted = "\n".join(f"Hansa: Is that so?\nReeve: Yes, number {n}.\nHansa: Since when?" for n in range(3))
    found = structure(f"{prose}\n{quoted}\n{prose * 4}")
    assert found.convention.judgement == "unresolved"
    assert "one part of the text only" in found.convention.reasons[-1]


def test_questions_alone_prove_no_answers() -> None:
    found = structure("Q  Is it so?\nYes, it is.\nQ  Since when?\nSince March.\nQ  Why?\nNobody knows.\n")
    assert found.convention.judgement == "unresolved"


@pytest.mark.parametrize("name", ["colon", "stop", "chevron"])
def test_a_grammar_that_is_switched_off_gives_no_labels(name: str) -> None:
    texts = {
        "colon": EXCHANGE,
        "stop": next(case["text"] for case in CASES if case["name"] == "italy"),
        "chevron": ">> OSTLIND: GOOD MORNING.\n>> THANK YOU.\n>> BRASK: WE AGREE.\n>> OSTLIND: GOOD.\n",
    }
    assert name in NAMES
    assert structure(texts[name]).convention.name == name
    assert labels(texts[name], without=name) == []


def test_chevrons_change_the_speaker_without_a_name() -> None:
    text = ">> OSTLIND: GOOD MORNING.\nWELCOME.\n>> THANK YOU.\n>> BRASK: WE AGREE.\n"
    found = structure(text)
    assert [turn.parts.text for turn in found.turns] == ["OSTLIND", "", "BRASK"]
    assert [text[turn.start : turn.end] for turn in found.turns][1] == "THANK YOU."


def test_bold_names_are_labels_without_a_separator() -> None:
    text = "Mira Ostlind We went on.\nTeodor Brask We did.\nMira Ostlind And now?\nTeodor Brask Now we stop."
    bold = [Layout("bold", at, at + 12) for at in (0, 25, 46, 68)]
    assert [text[a.start : a.end] for a in bold] == [
        "Mira Ostlind",
        "Teodor Brask",
        "Mira Ostlind",
        "Teodor Brask",
    ]
    found = structure(text, *bold)
    assert found.convention.name == "bold"
    assert [text[slice(*turn.label)] for turn in found.turns if turn.label] == [
        text[a.start : a.end] for a in bold
    ]


def test_speakers_that_the_file_gives_are_not_guessed() -> None:
    text = "Note: yes.\nNo."
    found = structure(text, Layout("speaker", 0, 10, "Ada"), Layout("speaker", 11, 14, "Bo"))
    assert [(turn.parts.text, turn.label, turn.speech) for turn in found.turns] == [
        ("Ada", None, ((0, 10),)),
        ("Bo", None, ((11, 14),)),
    ]


def test_a_file_that_names_its_speakers_may_print_labels_and_narrative() -> None:
    text = "Ms Lind:\nYes.\nMore.\nLaughter\nMs Lind:\nAgain."
    spans = [(9, 13, "Ada Lind"), (14, 19, "Ada Lind"), (38, 44, "Ada Lind")]
    found = structure(text, *(Layout("speaker", *span) for span in spans))
    assert [(turn.parts.name, [text[a:b] for a, b in turn.speech]) for turn in found.turns] == [
        ("Ada Lind", ["Yes.", "More."]),
        ("Ada Lind", ["Again."]),
    ]
    assert [text[slice(*turn.label)] for turn in found.turns if turn.label] == ["Ms Lind", "Ms Lind"]
    assert [(text[mark.start : mark.end], mark.kind) for mark in found.marks] == [("Laughter", "stage")]


def test_a_page_mark_of_the_file_is_a_mark() -> None:
    text = "Ada Lind: One.\n12\nBo Ruas: Two.\nAda Lind: Three."
    found = structure(text, Layout("page", 15, 17, "12"))
    assert [(text[mark.start : mark.end], mark.kind) for mark in found.marks] == [("12", "page")]
    assert [[text[a:b] for a, b in turn.speech] for turn in found.turns] == [["One."], ["Two."], ["Three."]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Castle: Good morning.\nBrask: Yes.\nCastle: Fine.", ["Castle", "Brask", "Castle"]),
        (
            "OSTLIND: One.\nQ: Two?\nOSTLIND: Three. Q: Four?\nOSTLIND: Five.",
            ["OSTLIND", "Q", "OSTLIND", "Q", "OSTLIND"],
        ),
        (
            "OSTLIND: One." + "\n" * 200_000 + "BRASK: Two.\nOSTLIND: Three.\nBRASK: Four.",
            ["OSTLIND", "BRASK", "OSTLIND", "BRASK"],
        ),
        ("Address: 1 Quay\nHours: two\nAddress: 2 Quay\nParking: none", []),
    ],
)
def test_short_exchanges(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


def test_names_that_nobody_follows_are_headings_in_linear_time() -> None:
    names = itertools.islice(itertools.product("abcdefghijkl", repeat=4), 20_000)
    text = "\n".join("".join(letters).capitalize() for letters in names) + "\nCastle\nWe go."
    lines = find_lines(text)
    parts = LabelParts("person", "")
    chosen = [
        Candidate(start, end, end, "line", Parsed(parts._replace(text=text[start:end]), GOOD), number)
        for number, (start, end) in enumerate(zip(lines.starts[:-1], lines.ends[:-1], strict=True))
    ]
    began = time.process_time()
    assert [text[one.start : one.end] for one in _without_headings(text, chosen, lines)] == ["Castle"]
    assert time.process_time() - began < 1
