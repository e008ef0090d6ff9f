"""Whose a quotation is in a whole record: names, pronouns, floating marks, and chains inside turns."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.model import Record
from onrecord.record import read_source
from onrecord.sources import open_path

ARTICLE = """The mayor of Torv, Vera Lind, met the head of the ferry line, Ole Brand, on Monday.

“The quay stays open,” Lind said. “It will stay so until the winter.”

Brand left without a word. He later said that the line would “think again”.

A spokesman for Lind said that nobody had been told.

Lind and Brand said that they would meet again in May.
"""

TRANSCRIPT = """The two leaders met in Torv. “A good day,” Vera Lind said before the meeting.

VERA LIND: Good evening. Mr. Brand told me that the ferry would sail on Monday. I said that I would be there.

OLE BRAND: Thank you. And I said to her: “The quay belongs to everybody.” President Lind has said that the line is safe.

VERA LIND: Thank you, and good night to you all.

OLE BRAND: Good night.
"""


def read(text: str, folder: Path, language: str = "en") -> Record:
    path = folder / "text.txt"
    path.write_text(text, "utf-8")
    return read_source(open_path(str(path)), language=language, ledger=True)


def told(record: Record) -> list[tuple[str, str | None, list[str]]]:
    """The first words of each quotation, its speaker and its chain, by name."""
    names = {person.id: person.name.title() for person in record.people}
    return [
        (
            " ".join(quote.text.split()[:3]),
            names.get(quote.speaker or ""),
            [names[person] for person in quote.chain],
        )
        for quote in record.quotes
    ]


def test_an_article(tmp_path: Path) -> None:
    assert told(read(ARTICLE, tmp_path)) == [
        ("The quay stays", "Vera Lind", ["Vera Lind"]),
        ("It will stay", "Vera Lind", ["Vera Lind"]),
        ("the line would", "Ole Brand", ["Ole Brand"]),
        ("nobody had been", None, []),  # a spokesman for Lind is not Lind
        ("they would meet", None, []),  # two people: neither alone
    ]


def test_speech_reported_in_a_turn_has_a_chain(tmp_path: Path) -> None:
    record = read(TRANSCRIPT, tmp_path)
    assert told(record) == [
        ("A good day,", "Vera Lind", ["Vera Lind"]),
        ("the ferry would", "Ole Brand", ["Vera Lind", "Ole Brand"]),
        ("The quay belongs", "Ole Brand", ["Ole Brand", "Ole Brand"]),
        ("the line is", "Vera Lind", ["Ole Brand", "Vera Lind"]),
    ]


def test_judgements_tell_names_from_pronouns(tmp_path: Path) -> None:
    judged = [quote.judgement for quote in read(ARTICLE, tmp_path).quotes]
    assert judged == ["certain", "likely", "likely", "unresolved", "ambiguous"]


def test_spans_read_their_own_text(tmp_path: Path) -> None:
    record = read(TRANSCRIPT, tmp_path)
    text = record.sources[0].text
    for quote in record.quotes:
        assert text[quote.span.start : quote.span.end] == quote.text
        assert all(quote.span.holds(segment) for segment in quote.segments)


@pytest.mark.parametrize("text", ["“", "Lind.", "“Open,” said.", "“It is open,” he said."])
def test_nobody_is_invented(text: str, tmp_path: Path) -> None:
    assert [quote.speaker for quote in read(text, tmp_path).quotes if quote.speaker] == []


KIN = """Die Bürgermeisterin von Torv, Vera Lind, hat am Montag den Reeder Ole Brand empfangen. Es gab Kaffee.

„Der Kai bleibt offen für alle“, sagte Lind. Die Torver Rundschau war dabei. Auch die Fischer kamen in großer Zahl.

Ole und Vera Lind zeigten sich froh und sagten: „Wir sind erleichtert.“ Kurt Lind sagte: „Ich war gar nicht dabei.“

Hafenministerin Vera Lind schrieb später an alle: „Wir danken.“ Lind und ihr Sprecher sagten: „Es war ein guter Tag.“
"""


def test_kin_and_company_stay_open(tmp_path: Path) -> None:
    assert told(read(KIN, tmp_path, "de")) == [
        ("Der Kai bleibt", "Vera Lind", ["Vera Lind"]),
        ("Wir sind erleichtert.", None, []),  # two people
        ("Ich war gar", None, []),  # a surname alone settles nobody where the first name is another
        ("Wir danken.", "Vera Lind", ["Vera Lind"]),  # her role has a capital, too
        ("Es war ein", None, []),
    ]


def test_an_elided_article_is_no_first_name(tmp_path: Path) -> None:
    text = (
        "Rurik Stahl, amiral de Torvenie, attendait au port avec ses hommes ce matin-là.\n\n"
        "« Les feux seront rallumés avant l’hiver », a dit l’amiral Stahl aux pêcheurs du port.\n"
    )
    assert told(read(text, tmp_path, "fr"))[0][1] == "Rurik Stahl"
