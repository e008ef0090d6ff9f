"""Times of day and durations: "1:07 P.M. EDT", "13 h 45", "two hours and 45 minutes".

"15 heures" is a time after "à", a duration after "pendant", and ambiguous alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from onrecord.text.digits import plain
from onrecord.text.number_words import amount, grammar
from onrecord.text.timex import Date
from onrecord.text.vocabulary import Hit, alternatives, vocabulary

_ZONE = (
    r"(?:\s(?:utc|gmt|msk|cest|cet|bst|e[ds]?t|c[ds]t|m[ds]t|p[ds]t|ak[ds]t)"
    r"(?:[+-]\d{1,2}(?::\d\d)?)?(?!\w))?"
)
_HALF_DAY = re.compile(rf"(?<![\d:.,])(\d{{1,2}})(?:[:.](\d\d))?\s?([ap])(?:\.\s?m\.|m\.?)(?!\w){_ZONE}")
_FIGURES = re.compile(r"(?<![\d.,])(\d{1,6}(?:[.,]\d{1,3})?)[ -]?$")
_YEAR = re.compile(r"1[0-9]\d\d|2[01]\d\d")
_HOUR = re.compile(r"(\d{1,2})(?:[.:](\d\d))?(?!\w)")
_ORDER = ("Y", "M", "W", "D", "TH", "TM", "TS")


class _Part(NamedTuple):
    """One number with its unit."""

    start: int
    end: int
    unit: str
    value: str


class _Rules:
    """The patterns of one language; all of them are for folded text."""

    def __init__(self, language: str | None) -> None:
        words = vocabulary(language)
        marks = alternatives(words.date_words("hour_marks"))
        clock = alternatives(words.date_words("clock_words"))
        self.marked = re.compile(rf"(?<![\d:.,])(\d{{1,2}})\s?{marks}(?:\s?(\d\d)(?!\w|[.,:]\d))?(?!\w)")
        self.worded = re.compile(rf"(?<![\d:.,])(\d{{1,2}})(?:[.:](\d\d))?\s{clock}(?:\s(\d\d)(?!\w))?(?!\w)")
        self.led_by = behind(words.date_words("clock_before"))
        self.colon = re.compile(
            rf"(?<![\d:.,])([01]?\d|2[0-4]):([0-5]\d)(?::[0-5]\d)?(?![\d:])(?:\s?(?:{clock}|{marks})(?!\w))?{_ZONE}"
        )
        self.clock_after = behind(words.date_words("clock_prepositions"))
        self.lasts_after = behind(words.date_words("duration_prepositions"))
        self.half = re.compile(rf"\s{alternatives(words.date_words('half'))}(?!\w)")
        self.joiner = re.compile(rf",?\s?(?:{alternatives(words.date_words('unit_joiner'))}\s)?")
        self.behind_a_year = words.date_words("after_year")
        self.hours_tell_time = words.date_words("hour_marks") != frozenset({"h"}) and bool(
            words.date_words("hour_marks")
        )


def behind(entries: frozenset[str]) -> re.Pattern[str]:
    """Folded text that ends in one of these words and a space: what stands right before a time."""
    return re.compile(rf"\b{alternatives(entries)}\s$")


@cache
def _rules(language: str | None) -> _Rules:
    return _Rules(language)


def times(folded: str, figures: list[int], language: str | None) -> Iterator[Date]:
    """Times of day in folded text; `figures` are the offsets at which a run of digits begins in it."""
    rules = _rules(language)
    for at in figures:
        if found := _HALF_DAY.match(folded, at):
            hour, minute = int(found[1]), int(found[2] or 0)
            if 1 <= hour <= 12 and minute < 60:
                yield _time(at, found.end(), hour % 12 + (12 if found[3] == "p" else 0), minute)
        if found := rules.colon.match(folded, at):
            yield _time(at, found.end(), int(found[1]), int(found[2]))
        if found := rules.marked.match(folded, at):
            yield from _marked(found, folded, rules)
        yield from _worded(folded, at, rules)


def _worded(folded: str, at: int, rules: _Rules) -> Iterator[Date]:
    """ "15 Uhr 30", "ore 13.45"."""
    start, found = at, rules.worded.match(folded, at)
    if not found and (before := rules.led_by.search(folded, max(0, at - 12), at)):
        start, found = before.start(), _HOUR.match(folded, at)
    if found and int(found[1]) <= 24:
        minutes = next((group for group in found.groups()[1:] if group), "0")
        yield _time(start, found.end(), int(found[1]), int(minutes))


def _time(start: int, end: int, hour: int, minute: int) -> Date:
    impossible = hour > 24 or minute > 59 or (hour == 24 and minute > 0)
    shown = f"{hour:02}:{minute:02}"
    return Date(
        start, end, "time", f"T{shown}", "certain", (f"{shown} is no time of day",) if impossible else ()
    )


def _marked(found: re.Match[str], folded: str, rules: _Rules) -> Iterator[Date]:
    """ "13 h 45" and "15 heures": a time, or how long something takes."""
    hour, minute = int(found[1]), found[2]
    before = folded[max(0, found.start() - 24) : found.start()]
    time = _time(found.start(), found.end(), hour, int(minute or 0))
    lasts = f"PT{hour}H" + (f"{int(minute)}M" if minute and int(minute) else "")
    duration = Date(found.start(), found.end(), "duration", lasts)
    if rules.clock_after.search(before) and (hour <= 24 or minute):
        yield time
    elif rules.lasts_after.search(before) or hour >= 24 or time.problems:
        yield duration
    elif minute:
        yield time._replace(certainty="likely")
    else:
        yield (time if hour >= 6 else duration)._replace(certainty="ambiguous")


def durations(folded: str, hits: list[Hit], language: str | None) -> Iterator[Date]:
    """Durations in folded text, from the hits of the vocabulary in it."""
    rules = _rules(language)
    row: list[_Part] = []
    for part in _parts(folded, hits, language):
        if row and not _continues(row[-1], part, folded, rules):
            yield _duration(row, folded, rules)
            row = []
        row.append(part)
    if row:
        yield _duration(row, folded, rules)


def _parts(folded: str, hits: list[Hit], language: str | None) -> Iterator[_Part]:
    for index, hit in enumerate(hits):
        if (unit := hit.value("unit")) is None:
            continue
        left = max(0, hit.start - 12)
        if figures := _FIGURES.search(folded[left : hit.start]):
            value = plain(figures[1].replace(",", "."))
            if _YEAR.fullmatch(figures[1]) and folded[hit.start : hit.end] in _rules(language).behind_a_year:
                continue  # "к 2035 году": the year itself
            yield _Part(left + figures.start(), hit.end, unit, value)
        elif number := _number_before(folded, hits, index, language):
            yield _Part(number[0], hit.end, unit, number[1])


def _number_before(folded: str, hits: list[Hit], index: int, language: str | None) -> tuple[int, str] | None:
    """Start and value of the number that ends right before `hits[index]` in words; the longest such number."""
    gap_end = hits[index].start
    if not index or hits[index - 1].end + 1 != gap_end or _is_rate(folded, hits, index, language):
        return None
    for first in range(max(0, index - 8), index):
        if gap_end - hits[first].start > 80:
            continue
        number = amount(folded, hits, first, language)
        if number and number.end < gap_end and folded[number.end : gap_end] in {" ", "-"}:
            left = max(0, number.start - 12)
            if figures := _FIGURES.search(folded[left : number.start]):  # "600 million years"
                times_it = Decimal(figures[1].replace(",", ".")) * Decimal(number.value)
                return left + figures.start(), plain(f"{times_it:f}")
            return number.start, number.value
    return None


def _is_rate(folded: str, hits: list[Hit], index: int, language: str | None) -> bool:
    """Whether an article stands between a number and its unit: "600 billion a year" is no time."""
    if index < 2 or hits[index - 1].value("unit") is not None:
        return False
    article, before = hits[index - 1], hits[index - 2]
    return (
        folded[article.start : article.end] in grammar(language).articles
        and folded[before.end : article.start] == " "
        and amount(folded, hits, index - 2, language) is not None
    )


def _continues(a: _Part, b: _Part, folded: str, rules: _Rules) -> bool:
    gap = folded[a.end : b.start]
    return len(gap) <= 8 and bool(rules.joiner.fullmatch(gap)) and _ORDER.index(a.unit) < _ORDER.index(b.unit)


def _duration(row: list[_Part], folded: str, rules: _Rules) -> Date:
    end = row[-1].end
    values = {part.unit: part.value for part in row}
    if half := rules.half.match(folded, end):
        end, unit = half.end(), row[-1].unit
        smaller = {"TH": ("TM", "30"), "Y": ("M", "6"), "TM": ("TS", "30")}.get(unit)
        if smaller:
            values[smaller[0]] = smaller[1]
        else:
            values[unit] = plain(f"{values[unit].partition('.')[0]}.5")
    day = "".join(f"{values[unit]}{unit}" for unit in _ORDER[:4] if unit in values)
    time = "".join(f"{values[unit]}{unit[1]}" for unit in _ORDER[4:] if unit in values)
    date = Date(row[0].start, end, "duration", f"P{day}T{time}" if time else f"P{day}")
    return _or_time(date, row, folded, rules) if len(row) == 1 and end == row[0].end else date


def _or_time(date: Date, row: list[_Part], folded: str, rules: _Rules) -> Date:
    """A lone "15 heures" in a language that tells the time so."""
    hour = row[0].value
    if (
        row[0].unit != "TH"
        or not rules.hours_tell_time
        or not hour.isdigit()
        or len(hour) > 2
        or int(hour) > 24
    ):
        return date
    before = folded[max(0, date.start - 24) : date.start]
    time = _time(date.start, date.end, int(hour), 0)
    if rules.clock_after.search(before):
        return time
    if rules.lasts_after.search(before) or hour == "24":
        return date
    return (time if int(hour) >= 6 else date)._replace(certainty="ambiguous")
