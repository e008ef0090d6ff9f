"""Translated labels: named only with evidence, and each piece of evidence is a sentence."""

from __future__ import annotations

import pytest
from dialogue import Line, Play, person

# A summit of two, whose second speaker is Brown in the original; the translation calls him "Brun" at the end.
LIND, BROWN, BRUN = person("Vera Lind"), person("Gordon Brown"), person("Brun")


def summit(*last: Line, frame: str = "") -> Play:
    start: list[Line] = [(LIND, "Bonjour."), (BROWN, "Bonjour à tous."), (LIND, "Venez à Aue.")]
    return Play([*start, *last], "fr", frame)


def test_a_translated_label_is_likely_the_one_who_stopped() -> None:
    play = summit((BRUN, "Peut-être. Merci beaucoup, Vera, et merci à tous."))
    found = play["Brun"]
    assert (play.name("Brun"), found.judgement) == ("Gordon Brown", "likely")
    assert [reason for word in ("translator", "stops where", "alternate", "addresses 'Vera'", "missing")
            for reason in found.reasons if word in reason] == list(found.reasons)  # fmt: skip
    (alias,) = [a for a in play.who("Gordon Brown").aliases if a.text == "Brun"]
    assert (alias.kind, alias.judgement, alias.reasons) == ("translated", "likely", found.reasons)


CONTRADICTED = [
    ((BRUN, "Merci, Gordon."), "addresses 'Gordon'"),
    ((BRUN, "Oui."), "speaks directly before or after"),
]


@pytest.mark.parametrize(("line", "reason"), CONTRADICTED)
def test_contrary_evidence_keeps_it_open(line: Line, reason: str) -> None:
    after: list[Line] = [(BROWN, "Moi aussi.")] if "directly" in reason else []
    play = summit(line, *after)
    assert (play["Brun"].person, play["Brun"].judgement) == (None, "ambiguous")
    assert play.candidates("Brun") == ["Gordon Brown"]
    assert any(reason in said for said in play["Brun"].reasons)


def test_another_language_has_another_word() -> None:
    start: list[Line] = [(LIND, "Hallo."), (BROWN, "Hallo."), (LIND, "Ja."), (person("Brun"), "Danke, Vera.")]
    assert Play(start, "de").name("Brun") == "Brun"
    start[-1] = (person("Braun"), "Danke, Vera.")
    assert Play(start, "de").name("Braun") == "Gordon Brown"


def test_the_text_may_name_the_person_where_no_label_does() -> None:
    lines: list[Line] = [(LIND, "Bonjour."), (BRUN, "Bonjour."), (LIND, "Oui."), (BRUN, "Non.")]
    play = Play(lines, "fr", "La chancelière Vera Lind et le ministre Gordon Brown se sont vus à Aue.")
    assert (play.name("Brun"), play["Brun"].judgement) == ("Gordon Brown", "likely")
    assert "no other label" in " ".join(play["Brun"].reasons)


def test_a_label_that_nothing_else_explains_is_a_person_and_the_table_a_remark() -> None:
    play = Play([(LIND, "Bonjour."), (person("Atout"), "Oui."), (LIND, "Non.")], "fr")
    assert (play.name("Atout"), play["Atout"].judgement) == ("Atout", "certain")
    assert "Donald Trump" in play["Atout"].reasons[0]


def test_two_bearers_are_two_candidates() -> None:
    lines: list[Line] = [
        (person("Samantha Rice"), "Bonjour."),
        (person("Susan Power"), "Bonjour."),
        (LIND, "Oui."),
    ]
    play = Play([*lines, (person("Riz"), "a"), (person("Pouvoir"), "b"), (person("Rose"), "c")], "fr")
    assert play.candidates("Riz") in ([], ["Samantha Rice"])
    assert play.name("Rose") == "Rose"


def test_without_a_table_the_missing_speaker_is_only_a_candidate() -> None:
    falk = person("Otto Falk")
    lines: list[Line] = [
        (LIND, "Bonjour."),
        (falk, "Le faucon vole."),
        (LIND, "Oui."),
        (person("Faucon"), "Merci, Vera."),
    ]
    play = Play(lines, "fr")
    assert (play["Faucon"].person, play["Faucon"].judgement) == (None, "ambiguous")
    assert play.candidates("Faucon") == ["Otto Falk"]


def test_a_new_name_is_a_new_person() -> None:
    falk = person("Otto Falk")
    lines: list[Line] = [
        (LIND, "Bonjour."),
        (falk, "Le faucon vole."),
        (LIND, "Oui."),
        (person("Dupont"), "Merci, Vera."),
    ]
    assert Play(lines, "fr").name("Dupont") == "Dupont"
