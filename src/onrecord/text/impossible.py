"""Dates and times of day that cannot be: no such day, the wrong weekday, 25:61.

A date in another language than its text's is asked, too ("Friday 16 August 2025" in a French page), where a month and a
year leave no doubt. Times speak only where the form leaves none: a score is "52:48", a verse "78:65".

>>> [(found.text, found.why) for found in impossible("Réunion à 25 h 70, Friday 16 August 2025", "fr")]
[('25 h 70', '25:70 is no time of day'), ('Friday 16 August 2025', '2025-08-16 is a Saturday, not a Friday')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from onrecord import lexicon
from onrecord.text.clock import behind
from onrecord.text.dates import dates
from onrecord.text.matching import fold
from onrecord.text.vocabulary import table, vocabulary

# The first digit first, here and below: a search skips from one to the next, and only then looks behind it.
_FIRST = r"(?<![\w.,:/-].)"
_YEAR = re.compile(rf"(?:1{_FIRST}[4-9]\d\d|2{_FIRST}0\d\d)(?![\w%]|[.,:/-]\d)")
_BEFORE = 48  # characters of a date before its year
_LEAD = 16  # characters before a time that are looked at
_WORD = re.compile(r"[^\W\d_]{3,20}")
_HOUR, _RIGHT = rf"(\d{_FIRST}\d?)", r"(?![\w:]|[.,]\d)"
_ISO = re.compile(
    rf"\d{_FIRST}\d{{3}}-\d\d-\d\d[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d{{1,9}})?)?(?:Z|([+-])(\d\d):?(\d\d))?(?![\w:])"
)
_THREE = re.compile(rf"{_HOUR}:(\d\d):(\d\d){_RIGHT}")
_HOURS = re.compile(rf"{_HOUR}\s?[hH]\s?(\d\d){_RIGHT}")
_HALF_DAY = re.compile(rf"{_HOUR}(?::(\d\d))?\s?[ap]\.?\s?m\b", re.I)
_TWO = re.compile(rf"{_HOUR}:(\d\d){_RIGHT}")
_NEVER = "no clock shows that"
_LATEST = 29  # hours; behind that "at 40:60" is a score
_WIDEST = 14  # hours between a place and UTC


class Impossible(NamedTuple):
    """`text[start:end]` as printed, and why it cannot be."""

    start: int
    end: int
    text: str
    why: str


def impossible(text: str, language: str | None, start: int = 0, end: int | None = None) -> list[Impossible]:
    """All in the slice, in order, none overlapping."""
    end = len(text) if end is None else end
    found = [*_own(text, language, start, end), *_foreign(text, language, start, end)]
    found += _times(text, language, start, end)
    kept: list[Impossible] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _own(text: str, language: str | None, start: int, end: int) -> Iterator[Impossible]:
    for item in dates(text, language, start, end):
        if item.problems:
            yield Impossible(item.start, item.end, text[item.start : item.end], item.problems[0])


def _foreign(text: str, language: str | None, start: int, end: int) -> Iterator[Impossible]:
    """Dates that end in a year, where the nearest month before it is none in the language of the text."""
    for year in _YEAR.finditer(text, start, end):
        left = max(start, year.start() - _BEFORE)
        before = (_months().get(fold(word)) for word in reversed(_WORD.findall(text[left : year.start()])))
        spoken = next(filter(None, before), ())
        for code in spoken if language not in spoken else ():
            for item in _own(text, code, left, year.end()):
                if item.end == year.end():
                    yield item


@cache
def _months() -> dict[str, tuple[str, ...]]:
    """For each name of a month, the languages that have it."""
    known: dict[str, set[str]] = {}
    for code in lexicon.languages():
        for _, names in table(str(vocabulary(code).dates.get("months", ""))):
            for name in names:
                if len(name) > 2:
                    known.setdefault(fold(name), set()).add(code)
    return {name: tuple(sorted(codes)) for name, codes in known.items()}


def _times(text: str, language: str | None, start: int, end: int) -> Iterator[Impossible]:
    for found in _ISO.finditer(text, start, end):
        hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
        far = found[4] is not None and (int(found[5]) > _WIDEST or int(found[6]) > 59)
        if far or hour > 24 or minute > 59 or second > 60:
            yield _never(text, found)
    for pattern in (_THREE, _HOURS):  # more than a day may be how long it took; 61 minutes are an hour
        for found in pattern.finditer(text, start, end):
            minute, second = int(found[2]), int(found[3] if found.re is _THREE else 0)
            if minute > 59 or second > 60:
                yield _never(text, found)
    for found in _HALF_DAY.finditer(text, start, end):
        if int(found[2] or 0) > 59:
            yield _never(text, found)
    told = _clock_behind(language)
    for found in _TWO.finditer(text, start, end):
        odd = int(found[1]) <= _LATEST and (int(found[1]) > 24 or int(found[2]) > 59)
        if odd and told.search(fold(text[max(0, found.start() - _LEAD) : found.start()])):
            yield _never(text, found)


def _never(text: str, found: re.Match[str]) -> Impossible:
    return Impossible(found.start(), found.end(), text[found.start() : found.end()], _NEVER)


@cache
def _clock_behind(language: str | None) -> re.Pattern[str]:
    """What stands before a time of day and before nothing else, as far as the language says it."""
    return behind(vocabulary(language).date_words("clock_prepositions"))
