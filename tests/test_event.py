"""The event card: what a text itself says of its event, and nothing more."""

from __future__ import annotations

import pytest

from onrecord.model import Event, Item
from onrecord.record import read_source
from onrecord.sources import open_bytes

TALK = "MARROW: Good evening.\n\nARKELL: Thank you.\n\nMARROW: We agreed.\n\nARKELL: We did.\n"
LETTERHEAD = "OFFICE OF THE CHANCELLOR\nREPUBLIC OF VELDANIA\n\nMay 3, 2031\n\n"

TITLES = [
    # Of the headings before an official record, the one that names an event is its title, with all its lines.
    (f"{LETTERHEAD}REMARKS BY CHANCELLOR MARROW\nIN JOINT PRESS CONFERENCE\n\n", "IN JOINT PRESS CONFERENCE"),
    # Lines in other letters are other headings.
    ("Joint press conference\nREMARKS BY CHANCELLOR MARROW\n\n", "Joint press conference"),
    # Where none does, the first.
    (LETTERHEAD, "OFFICE OF THE CHANCELLOR"),
    ("", None),
]


def event(text: str, language: str = "en") -> Event:
    return read_source(open_bytes("talk.txt", text.encode()), language=language).event


def value(item: Item | None) -> str | None:
    return item.value if item else None


@pytest.mark.parametrize(("head", "expected"), TITLES)
def test_the_title(head: str, expected: str | None) -> None:
    title = value(event(head + TALK).title)
    assert title == expected if expected is None else title and expected in title


ARTICLE = "{}\n\nBelow is the full transcript.\n\n" + TALK

PLACES = [
    ("OSTWICK, 3 May — The leaders met in Ostwick.", "OSTWICK", "Ostwick"),
    ("OSTWICK, 3 May — The leaders met.", "OSTWICK", "OSTWICK"),
    ("They met in Ostwick. In Ostwick it rained.", "Ostwick", "Ostwick"),
    ("They met in Ostwick.", None, None),
    ("They met in Marrow. In Marrow it rained.", None, None),  # a speaker is no place
]


@pytest.mark.parametrize(("frame", "printed", "place"), PLACES)
def test_the_place(frame: str, printed: str | None, place: str | None) -> None:
    found = event(ARTICLE.format(frame)).place
    assert (found.text if found else None, value(found)) == (printed, place)


KINDS = [
    ("en", "After talks and an interview they held a press conference.", "press_conference"),
    ("en", "They gave an interview after the summit.", "interview"),
    ("fr", "Après un entretien, ils ont tenu une conférence de presse.", "press_conference"),
    ("en", "They met.", None),
]


@pytest.mark.parametrize(("language", "frame", "kind"), KINDS)
def test_the_kind(language: str, frame: str, kind: str | None) -> None:
    text = f"{frame}\n\n{TALK}"
    assert value(event(text, language).kind) == kind


DATES = [
    ("They met on Friday.", "XXXX-WXX-5"),
    ("They met on Saturday, 3 May 2031.", "2031-05-03"),
    ("They met last year, as they said.", None),
    ("They met on Friday, 3 May 2031.", None),  # it was a Saturday
]


@pytest.mark.parametrize(("frame", "date"), DATES)
def test_the_date(frame: str, date: str | None) -> None:
    assert value(event(f"{frame}\n\n{TALK}").date) == date


def test_an_article_without_a_transcript_still_names_people() -> None:
    text = (
        "Fleets wait for an answer\n\nLINDHAVN, 3 May 2031 — Prime Minister Otto Falk of Ruritania said on Saturday "
        "that the ferry would not sail. Falk left at noon.\n\nThe special envoy, Vera Lind, will not attend.\n"
    )
    record = read_source(open_bytes("a.txt", text.encode()))
    names = {person.id: person.name for person in record.people}
    assert record.turns == ()
    assert [names[one.person] for one in record.event.participants] == ["Otto Falk"]
