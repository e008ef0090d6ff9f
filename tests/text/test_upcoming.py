"""Words that name a time by its distance: as wide as they are, and only ahead."""

from __future__ import annotations

import pytest

from onrecord.text.upcoming import upcoming
from onrecord.text.vocabulary import vocabulary

AHEAD = [
    ("en", "tomorrow, the day after tomorrow", "2024-12-30", ["2024-12-31", "2025-01-01"]),
    ("en", "next week, the week after next", "2024-12-30", ["2025-W02", "2025-W03"]),
    ("en", "next month, by the end of the month", "2024-12-30", ["2025-01", "2024-12"]),
    ("en", "later this year, by the end of next year", "2024-12-30", ["2024", "2025"]),
    (
        "fr",
        "demain, à partir de demain, après-demain",
        "2024-02-28",
        ["2024-02-29", "2024-02-29", "2024-03-01"],
    ),
    ("fr", "la semaine prochaine, d’ici la fin de la semaine", "2024-12-30", ["2025-W02", "2025-W01"]),
    ("fr", "avant la fin de l’année prochaine, l’an prochain", "2024-12-30", ["2025", "2025"]),
    ("de", "morgen früh, übermorgen", "2024-12-30", ["2024-12-31", "2025-01-01"]),
    ("de", "nächste Woche, bis Ende des nächsten Jahres", "2024-12-30", ["2025-W02", "2025"]),
    ("de", "bis Jahresende, noch in diesem Monat", "2024-12-30", ["2024", "2024-12"]),
    ("es", "pasado mañana, mañana por la tarde", "2024-12-30", ["2025-01-01", "2024-12-31"]),
    (
        "es",
        "la semana que viene, el año próximo, antes de fin de año",
        "2024-12-30",
        ["2025-W02", "2025", "2024"],
    ),
    ("ru", "завтра, на следующей неделе, в следующем году", "2024-12-30", ["2024-12-31", "2025-W02", "2025"]),
    ("ru", "до конца года, в следующем месяце", "2024-12-30", ["2024", "2025-01"]),
]
NOT_AHEAD = [
    ("en", "today, yesterday, this week, last year"),
    ("en", "within the next year, over the next month, in the next week"),
    ("en", "the world of tomorrow, tomorrow’s children, a better tomorrow"),
    ("en", "by the end of the year 2040, in twenty years"),
    ("fr", "l’Europe de demain, d’ici la fin de l’année scolaire, hier, l’an dernier"),
    ("de", "innerhalb des nächsten Jahres, in den nächsten Jahren, heute morgen, letztes Jahr"),
    ("es", "en el próximo año, la mañana, los próximos años, hoy"),
    ("ru", "сегодня, вчера, в прошлом году, в ближайшие годы"),
    ("it", "l’anno prossimo"),
]


@pytest.mark.parametrize(("language", "text", "day", "values"), AHEAD)
def test_what_lies_ahead(language: str, text: str, day: str, values: list[str]) -> None:
    assert [found.value for found in upcoming(text, vocabulary(language).scan(text), day)] == values


@pytest.mark.parametrize(("language", "text"), NOT_AHEAD)
def test_what_does_not(language: str, text: str) -> None:
    assert list(upcoming(text, vocabulary(language).scan(text), "2024-12-30")) == []


@pytest.mark.parametrize("day", [None, "", "2024-13", "2024-02-30", "XXXX-05-04", "XXXX-WXX-5", "9999-12-31"])
def test_a_day_that_is_not_known(day: str | None) -> None:
    text = "next year, next month, next week, tomorrow"
    assert list(upcoming(text, vocabulary("en").scan(text), day)) == []


@pytest.mark.parametrize(
    ("day", "values"),
    [("2024", ["2025"]), ("2024-12", ["2025", "2025-01"]), ("2024-12-30", ["2025", "2025-01", "2025-W02"])],
)
def test_no_narrower_than_the_day_is_known(day: str, values: list[str]) -> None:
    text = "next year, next month, next week"
    assert [found.value for found in upcoming(text, vocabulary("en").scan(text), day)] == values
