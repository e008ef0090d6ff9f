"""Dates and times that cannot be are found in five languages, and clean ones raise no alarm."""

from __future__ import annotations

import pytest

from onrecord.text.impossible import impossible

FOUND = [
    ("fr", "Le ⟦vendredi 16 août 2025⟧, à Brindel."),
    ("fr", "Le ⟦30 février 2025⟧, à Brindel."),
    ("fr", "Réunion à ⟦25 h 70⟧, puis à ⟦25h70⟧."),
    ("en", "On ⟦Friday, August 16, 2025⟧ they met."),
    ("en", "They met at ⟦25:61⟧, or at ⟦10:75 am⟧."),
    ("en", "Sent 2025-08-15 and again ⟦2025-08-15T25:61:61⟧."),
    ("en", "Sent ⟦2025-08-15T10:00:00+99:99⟧."),
    ("de", "Am ⟦Freitag, 16. August 2025⟧, um ⟦25:10⟧ Uhr."),
    ("es", "El ⟦viernes 16 de agosto de 2025⟧ a las ⟦25:70⟧."),
    ("ru", "В ⟦пятницу, 16 августа 2025 года⟧, в ⟦25:70⟧."),
    ("fr", "Port Harlan, ⟦Friday 16 August 2025⟧."),
    ("fr", "Le 15 août.\n⟦Friday 16 August 2025⟧."),
    ("fr", "Port Harlan, ⟦Freitag, 16. August 2025⟧."),
    ("en", "Port Harlan, ⟦vendredi 16 août 2025⟧."),
    (None, "Le ⟦31 novembre 2025⟧."),
    (None, "Sent ⟦2025-02-30⟧; the next of 2025-02-28."),
]


@pytest.mark.parametrize(("language", "marked"), FOUND)
def test_what_cannot_be_is_found_with_its_place(language: str | None, marked: str) -> None:
    text = marked.replace("⟦", "").replace("⟧", "")
    expected = [piece.partition("⟧")[0] for piece in marked.split("⟦")[1:]]
    found = impossible(text, language)
    assert [one.text for one in found] == expected
    assert [text[one.start : one.end] for one in found] == expected


CLEAN = [
    ("en", "On Saturday, August 16, 2025, at 10:45, by 52:48, as Psalm 78:65 says, after 36 h 20."),
    ("en", "The film lasts 120:30; the score stood at 40:60; 12:30:45 and 23:59:60 are times."),
    ("en", "In May 2025 they may march; 2025-08-15T10:00:00+02:00 and 10.75 am a share."),
    ("fr", "Samedi 16 août 2025, à 18 h 45 ; le 29 février 2024 ; durée 48h30."),
    ("fr", "Saturday 16 August 2025, 00:1b:63:84:45:e6 et 25:61:10:99."),
    ("de", "Am Samstag, 16. August 2025, um 24:00 Uhr; der Vers 78:65."),
    ("es", "El sábado 16 de agosto de 2025 a las 10:45, por 52:48."),
    ("ru", "В субботу, 16 августа 2025 года, в 10:45."),
]


@pytest.mark.parametrize(("language", "text"), CLEAN)
def test_clean_dates_and_times_raise_no_alarm(language: str, text: str) -> None:
    assert impossible(text, language) == []
