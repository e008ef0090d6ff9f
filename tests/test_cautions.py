"""What a reader is told beforehand: each caution where it is due, with its place, and nowhere else."""

from __future__ import annotations

import pytest

from onrecord.record import read_source
from onrecord.sources import open_bytes

TALK = "MARROW: Good evening.\n\nARKELL: Thank you.\n\nMARROW: {}\n\nARKELL: We did.\n"

CAUTIONS = [
    ("We agreed.", None, ""),
    ("See you on Friday, 3 May 2031.", "date", "Friday, 3 May 2031"),
    ("See you on Saturday, 3 May 2031.", None, ""),
    ("It was " + "9" * 400 + ".", "number", "9" * 400),
    ("It was " + "9" * 399 + ".", None, ""),
    ("a" * 2000, "long_word", "a" * 2000),
    ("e" + "\u0301" * 8, "combining", "\u0301" * 8),
    ("one (two (three (four (five", "brackets", "("),
    ("one (two) (three)", None, ""),
]


@pytest.mark.parametrize(("words", "kind", "place"), CAUTIONS, ids=[str(kind) for _, kind, _ in CAUTIONS])
def test_shapes_of_the_text(words: str, kind: str | None, place: str) -> None:
    record = read_source(open_bytes("talk.txt", TALK.format(words).encode()), language="en")
    source = record.sources[0]
    found = [(note.kind, source.text[note.span.start : note.span.end]) for note in source.notes if note.span]
    assert found == ([(kind, place)] if kind else [])


def test_labels_in_two_alphabets() -> None:
    text = TALK.format("We agreed.") + "\nMARROW: So.\n\nARKЕLL: Yes.\n"  # a Cyrillic letter
    record = read_source(open_bytes("talk.txt", text.encode()))
    (note,) = [note for note in record.sources[0].notes if note.kind == "mixed_script"]
    assert note.span and text[note.span.start : note.span.end] == "ARKЕLL"
    assert record.turns[-1].speaker == record.turns[1].speaker
    assert record.turns[-1].judgement == "likely" and "another script" in record.turns[-1].reasons[0]


@pytest.mark.parametrize(
    ("label", "says"),
    [
        ("СОХ", "looks like “COX”"),
        ("ΜACKE", "two alphabets"),
        ("MᎪCKE", "two alphabets"),
        ("ИВАН", None),
        ("ÇÖX", None),
    ],
)
def test_labels_that_look_like_others(label: str, says: str | None) -> None:
    talk = "COX: Good evening.\n\nMACKE: Thanks.\n\nCOX: So.\n\nMACKE: Ok.\n\n{0}: We met.\n\nMACKE: No.\n\n{0}: Yes.\n"
    record = read_source(open_bytes("talk.txt", talk.format(label).encode()))
    told = [note.message for note in record.sources[0].notes if note.kind == "mixed_script"]
    assert len(told) == (says is not None) and all(str(says) in message for message in told)


def test_one_word_labels_in_other_letters_are_one_person() -> None:
    text = TALK.format("We agreed.") + "\nMarrow: So.\n\nArkell: Yes.\n\nMarrow: So.\n\nArkell: Yes.\n"
    record = read_source(open_bytes("talk.txt", text.encode()))
    assert len(record.people) == 2 and {turn.judgement for turn in record.turns} == {"certain"}


def test_a_text_without_speakers_says_why() -> None:
    (note,) = read_source(open_bytes("t.txt", b"They met and they parted.\n")).sources[0].notes
    assert (note.kind, note.message) == ("no_speakers", "no turns: no line begins like a speaker’s label")
