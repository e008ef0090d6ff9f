"""Dates and times: `expected` lists "printed = kind value certainty" for each expression of the text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import UsageError
from onrecord.text.dates import dates

EXAMPLES = [
    # dates in words
    ("fr", "vendredi 15 août 2025", ["vendredi 15 août 2025 = date 2025-08-15 certain"]),
    ("fr", "le 1er mai", ["1er mai = date XXXX-05-01 certain"]),
    ("fr", "en août 2025", ["août 2025 = date 2025-08 certain"]),
    ("fr", "du 15 au 17 août 2025", ["15 au 17 août 2025 = period 2025-08-15/2025-08-17 certain"]),
    ("fr", "depuis 2022", ["2022 = date 2022 likely"]),
    (
        "en",
        "15 August 2025; August 15, 2025",
        ["15 August 2025 = date 2025-08-15 certain", "August 15, 2025 = date 2025-08-15 certain"],
    ),
    ("en", "Friday, August 15th", ["Friday, August 15th = date XXXX-08-15 certain"]),
    ("en", "the first of May", ["first of May = date XXXX-05-01 certain"]),
    ("en", "Aug. 5-7, 2025", ["Aug. 5-7, 2025 = period 2025-08-05/2025-08-07 certain"]),
    (
        "de",
        "am 15. August; Freitag, den 3. Mai 2024",
        ["15. August = date XXXX-08-15 certain", "Freitag, den 3. Mai 2024 = date 2024-05-03 certain"],
    ),
    ("es", "el viernes 15 de agosto de 2025", ["viernes 15 de agosto de 2025 = date 2025-08-15 certain"]),
    ("ru", "в пятницу, 15 августа 2025 года", ["пятницу, 15 августа 2025 года = date 2025-08-15 certain"]),
    ("it", "il 3 maggio 2024", ["3 maggio 2024 = date 2024-05-03 certain"]),
    ("pt", "15 de agosto de 2025", ["15 de agosto de 2025 = date 2025-08-15 certain"]),
    ("uk", "15 серпня 2025 року", ["15 серпня 2025 року = date 2025-08-15 certain"]),
    ("ar", "15 أغسطس 2025", ["15 أغسطس 2025 = date 2025-08-15 certain"]),
    # words that look like dates
    ("fr", "Je dis que sept hommes sont sur mars, et je pars", []),
    ("en", "It may be 5; we march 5 miles; an august man", []),
    ("en", "In May, on May 5", ["May = date XXXX-05 likely", "May 5 = date XXXX-05-05 certain"]),
    ("fr", "en mars, le 3 mars", ["mars = date XXXX-03 likely", "3 mars = date XXXX-03-03 certain"]),
    ("es", "Plácido Domingo", []),
    # dates in figures
    (
        "fr",
        "15/08/2025, 03/04/2025",
        ["15/08/2025 = date 2025-08-15 certain", "03/04/2025 = date 2025-04-03 certain"],
    ),
    (
        "en",
        "03/04/2025, 25/12/2025, 12/25/2025",
        [
            "03/04/2025 = date 2025-04-03 ambiguous",
            "25/12/2025 = date 2025-12-25 certain",
            "12/25/2025 = date 2025-12-25 certain",
        ],
    ),
    ("de", "15.08.2025", ["15.08.2025 = date 2025-08-15 certain"]),
    (
        "en",
        "2025-08-15, 2025-08-15T13:07",
        ["2025-08-15 = date 2025-08-15 certain", "2025-08-15T13:07 = date 2025-08-15T13:07 certain"],
    ),
    ("en", "version 1.2.34 at 10.0.0.1, 1/2, 25:61", []),
    # times of day
    ("en", "1:07 P.M. EDT, 12 am", ["1:07 P.M. EDT = time T13:07 certain", "12 am = time T00:00 certain"]),
    ("fr", "à 13 h 45, à 15 heures", ["13 h 45 = time T13:45 certain", "15 heures = time T15:00 certain"]),
    (
        "fr",
        "pendant 15 heures; 15 heures",
        ["15 heures = duration PT15H certain", "15 heures = time T15:00 ambiguous"],
    ),
    (
        "de",
        "um 13:45 Uhr, 13.45 Uhr, 15 Uhr 30",
        [
            "13:45 Uhr = time T13:45 certain",
            "13.45 Uhr = time T13:45 certain",
            "15 Uhr 30 = time T15:30 certain",
        ],
    ),
    ("it", "alle ore 13.45", ["ore 13.45 = time T13:45 certain"]),
    ("ru", "в 13 часов", ["13 часов = time T13:00 certain"]),
    # durations
    ("fr", "2 heures et 45 minutes", ["2 heures et 45 minutes = duration PT2H45M certain"]),
    (
        "fr",
        "deux heures et demie, cinq ans, 48h",
        [
            "deux heures et demie = duration PT2H30M certain",
            "cinq ans = duration P5Y certain",
            "48h = duration PT48H certain",
        ],
    ),
    (
        "en",
        "two hours and 45 minutes, two-hour talks, 1.5 hours",
        [
            "two hours and 45 minutes = duration PT2H45M certain",
            "two-hour = duration PT2H certain",
            "1.5 hours = duration PT1.5H certain",
        ],
    ),
    ("es", "dos horas y media", ["dos horas y media = duration PT2H30M certain"]),
    ("ru", "два часа сорок пять минут", ["два часа сорок пять минут = duration PT2H45M certain"]),
    ("de", "zwei Wochen", ["zwei Wochen = duration P2W certain"]),
    # A rate is no time, a figure multiplies its word, and a year behind its word is the year.
    ("en", "600 billion a year", []),
    ("en", "20 million a month", []),
    ("en", "twenty-one days", ["twenty-one days = duration P21D certain"]),
    ("en", "1.5 million years", ["1.5 million years = duration P1500000Y certain"]),
    ("ru", "к 2035 году", ["2035 = date 2035 likely"]),
    ("ru", "25 лет", ["25 лет = duration P25Y certain"]),
    # weekdays
    ("fr", "vendredi", ["vendredi = weekday XXXX-WXX-5 certain"]),
    ("uk", "у п’ятницю", ["п’ятницю = weekday XXXX-WXX-5 certain"]),
]


@pytest.mark.parametrize(("language", "text", "expected"), EXAMPLES)
def test_dates(language: str, text: str, expected: list[str]) -> None:
    found = dates(text, language)
    assert [f"{text[d.start : d.end]} = {d.kind} {d.value} {d.certainty}" for d in found] == expected
    assert not any(d.problems for d in found)


PROBLEMS = [
    ("fr", "le 30 février", "XXXX-02-30", "30 February does not exist"),
    ("fr", "31/11/2025", "2025-11-31", "31 November does not exist"),
    ("en", "Friday 16 August 2025", "2025-08-16", "2025-08-16 is a Saturday, not a Friday"),
    ("en", "February 29, 2025", "2025-02-29", "29 February does not exist in 2025"),
    ("en", "2025-13-01", "2025-13-01", "2025-13-01 does not exist"),
    ("fr", "à 25 h 30", "T25:30", "25:30 is no time of day"),
]


@pytest.mark.parametrize(("language", "text", "value", "problem"), PROBLEMS)
def test_what_the_calendar_forbids(language: str, text: str, value: str, problem: str) -> None:
    (found,) = dates(text, language)
    assert (found.value, found.problems) == (value, (problem,))


ANCHORED = [
    ("15 August", "2025-08-15", "likely"),
    ("30 December", "2025-12-30", "likely"),
    ("Friday", "2026-01-02", "ambiguous"),
    ("yesterday", "2026-01-01", "likely"),
]


@pytest.mark.parametrize(("text", "value", "certainty"), ANCHORED)
def test_an_anchor_fills_what_is_missing_but_never_for_certain(text: str, value: str, certainty: str) -> None:
    (found,) = dates(text, "en", anchor="2026-01-02")
    assert (found.value, found.certainty) == (value, certainty)


def test_without_an_anchor_yesterday_is_no_date() -> None:
    assert dates("yesterday", "en") == []


def test_a_bad_anchor_says_how_to_write_one() -> None:
    with pytest.raises(UsageError, match="write it like 2025-08-16"):
        dates("yesterday", "en", anchor="16/08/2025")


def test_an_unknown_language_still_has_figures() -> None:
    assert [d.value for d in dates("2025-08-15, 13:45, 25/12/2025", None)] == [
        "2025-08-15",
        "T13:45",
        "2025-12-25",
    ]


def test_slices_keep_the_offsets_of_the_whole_text() -> None:
    text = "Le 3 mai 2024 et le 4 mai 2024."
    assert [d[:2] for d in dates(text, "fr", 14)] == [(20, 30)]


PIECES = [
    "15",
    "1er",
    " ",
    ", ",
    "mai",
    "2025",
    "lundi",
    "/",
    "-",
    ":",
    "heures",
    "h",
    " et ",
    "deux",
    "45",
    ".",
    "au",
]


@given(
    st.lists(st.sampled_from(PIECES)),
    st.sampled_from(["fr", "en", "de", "ru"]),
    st.sampled_from([None, "0001-01-01"]),
)
def test_dates_lie_in_order_in_the_text(pieces: list[str], language: str, anchor: str | None) -> None:
    text = "".join(pieces)
    at = 0
    for found in dates(text, language, anchor=anchor):
        assert at <= found.start < found.end <= len(text)
        assert found.value
        at = found.end


@pytest.mark.parametrize(
    "text",
    [
        "1," * 50_000,
        "a.a." * 50_000,
        "« dit-il, " * 20_000,
        "9" * 1_000_000,
        "1 mai " * 20_000,
        "lundi " * 20_000,
        "deux cent trente " * 10_000,
        "2 heures " * 20_000,
        "1/1/" * 50_000,
        "1:" * 50_000,
        " " * 200_000,
    ],
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    began = time.process_time()
    for language in ("fr", "de"):
        dates(text, language)
    assert time.process_time() - began < 6
