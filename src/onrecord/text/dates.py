"""Dates, weekdays, times, durations and periods in a text, as ISO 8601 values.

>>> text = "Vendredi 15 août 2025, à 13 h 45, pendant 2 heures et 45 minutes"
>>> [(text[d.start:d.end], d.value) for d in dates(text, "fr")]
[('Vendredi 15 août 2025', '2025-08-15'), ('13 h 45', 'T13:45'), ('2 heures et 45 minutes', 'PT2H45M')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from onrecord.errors import UsageError
from onrecord.lexicon import building
from onrecord.text.clock import durations, times
from onrecord.text.expressions import later
from onrecord.text.matching import fold
from onrecord.text.timex import Date, nearest_weekday, nearest_year, problems, written
from onrecord.text.vocabulary import Hit, alternatives, table, vocabulary

__all__ = ["Date", "dates"]

_DIGITS = re.compile(r"\d+")
_ISO = re.compile(r"(?<![\d./-])(\d{4})-(\d\d)-(\d\d)([t ]\d\d:\d\d(?!\d))?(?![\d-])")
_YEAR_FIRST = re.compile(r"(?<![\d./-])(\d{4})([/.])(\d\d)\2(\d\d)(?![\d/-])")
_FIGURES = re.compile(r"(?<![\d./-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)(?![\d/-]|\.\d)")
_YEAR = re.compile(r"(?<![\w.,:/-])(1[4-9]\d\d|20\d\d)(?![\w%]|[.,:/-]\d| %)")
_BEHIND = 48  # characters before a month that may belong to its date


_NO_DAY = "-"  # the row of what only looks like "tomorrow"
_CALENDAR = frozenset({"month", "weekday", "relative"})


class _Rules:
    """The patterns of one language; all of them are for folded text."""

    def __init__(self, language: str | None) -> None:
        words = vocabulary(language)
        data = words.dates
        self.weekdays = {fold(form): int(n) for n, forms in table(data.get("weekdays", "")) for form in forms}
        self.day_words = {
            fold(form): int(n) for n, forms in table(data.get("day_words", "")) for form in forms
        }
        suffix = alternatives(words.date_words("day_suffix"))
        parts = alternatives(words.date_words("between_parts"))
        to = rf"(?:\s?[-–]\s?|\s{alternatives(words.date_words('day_range'))}\s)"
        weekday = rf"(?:(?<!\w)({alternatives(list(self.weekdays))}),?\s(?:\w{{2,3}}\s)?)?"
        day = rf"(\d{{1,2}}|\b{alternatives(list(self.day_words))})"
        self.day_before = later(
            rf"{weekday}(?:(?<![\w.,])(\d{{1,2}})(?:{suffix})?{to})?(?<![\w,:/]){day}(?:{suffix})?\s(?:{parts}\s)?$"
        )
        self.weekday_before = later(rf"(?<!\w)({alternatives(list(self.weekdays))}),?\s(?:\w{{2,3}}\s)?$")
        year = r"(1[0-9]\d\d|2[01]\d\d)(?!\w|[.,:]\d)"
        after = rf"(?:\s?{alternatives(words.date_words('after_year'))}(?!\w))?"
        self.year_after = later(rf"\.?,?\s(?:{parts}\s)?{year}{after}")
        self.month_first = bool(data.get("month_first"))
        self.day_after = later(rf"\s(\d{{1,2}})(?:{suffix})?(?:\s?[-–]\s?(\d{{1,2}}))?(?![\w%]|[.,:/]\d|\s%)")
        self.order: str = data.get("order", "")
        self.doubtful = words.date_words("doubtful_months")
        self.month_behind = later(rf"(?<!\w){alternatives(words.date_words('month_prepositions'))}\s$")
        self.doubtful_weekdays = words.date_words("doubtful_weekdays")
        self.weekday_behind = later(rf"(?<!\w){alternatives(words.date_words('weekday_articles'))}\s$")
        self.year_behind = later(rf"(?<!\w){alternatives(words.date_words('year_prepositions'))}\s$")


@cache
def _rules(language: str | None) -> _Rules:
    with building(language, "text"):
        return _Rules(language)


def dates(
    text: str,
    language: str | None,
    start: int = 0,
    end: int | None = None,
    anchor: str | None = None,
    *,
    hits: list[Hit] | None = None,
) -> list[Date]:
    """All time expressions of the slice, in order, none overlapping; see `Date`.

    `anchor` is the day the text was written ("2025-08-16"): with it a missing year, a weekday and "yesterday"
    get the nearest day that fits, never as `certain`. A malformed anchor is a `UsageError`. `hits` are what
    `vocabulary(language).scan` finds in the slice taken for a text of its own, for a caller who has them.
    """
    reading = _Reading(text[start:end], language, _day(anchor), hits)
    candidates = sorted(reading.all(), key=lambda found: (found.start, -found.end))
    kept: list[Date] = []
    for found in candidates:
        if not kept or found.start + start >= kept[-1].end:
            kept.append(found._replace(start=found.start + start, end=found.end + start))
    return kept


def _day(anchor: str | None) -> date | None:
    try:
        return date.fromisoformat(anchor) if anchor else None
    except ValueError:
        raise UsageError(f"{anchor!r} is not a date: write it like 2025-08-16") from None


class _Reading:
    """One slice of a text, folded, with its date words."""

    def __init__(
        self, text: str, language: str | None, anchor: date | None, hits: list[Hit] | None = None
    ) -> None:
        self.text, self.folded, self.language, self.anchor = text, fold(text), language, anchor
        self.rules = _rules(language)
        self.hits = vocabulary(language).scan(text) if hits is None else hits
        self.figures = [found.start() for found in _DIGITS.finditer(self.folded)]

    def all(self) -> Iterator[Date]:
        """Every candidate; they may overlap."""
        yield from times(self.folded, self.figures, self.language)
        yield from durations(self.folded, self.hits, self.language)
        yield from self._in_figures()
        for hit in self.hits:
            if not hit.among(_CALENDAR):
                continue
            if (month := hit.value("month")) is not None:
                yield from self._around_month(hit, int(month))
            if (weekday := hit.value("weekday")) is not None:
                yield from self._weekday(hit, int(weekday))
            if self.anchor and (days := hit.value("relative")) not in (None, _NO_DAY):
                value = (self.anchor + timedelta(days=int(days))).isoformat()
                yield Date(hit.start, hit.end, "date", value, "likely")

    # -------------------------------------------------------------------------------- months in words

    def _around_month(self, hit: Hit, month: int) -> Iterator[Date]:
        left = max(0, hit.start - _BEHIND)
        before = self.folded[left : hit.start]
        if (found := self.rules.day_before.search(before)) and (day := self._day_of(found[3])) <= 31:
            first = int(found[2]) if found[2] else None
            yield self._dated(left + found.start(), hit.end, found[1], first, day, month)
            return
        if self.rules.month_first and (after := self.rules.day_after.match(self.folded, hit.end)):
            first, last = int(after[1]), int(after[2]) if after[2] else None
            if 1 <= first <= 31 and self._capital(hit):
                weekday = self.rules.weekday_before.search(before)
                start = left + weekday.start() if weekday else hit.start
                begin, day = (first, last) if last else (None, first)
                yield self._dated(start, after.end(), weekday[1] if weekday else None, begin, day, month)
                return
        yield from self._month_alone(hit, month, before)

    def _day_of(self, printed: str) -> int:
        return int(printed) if printed.isdigit() else self.rules.day_words[printed]

    def _dated(
        self, start: int, end: int, weekday: str | None, first: int | None, day: int, month: int
    ) -> Date:
        year = None
        if found := self.rules.year_after.match(self.folded, end):
            year, end = int(found[1]), found.end()
        certain = year is not None or self.anchor is None
        if year is None and self.anchor is not None:
            year = nearest_year(month, day, self.anchor)
        number = self.rules.weekdays[weekday] if weekday else None
        wrong = problems(year, month, day, number if first is None else None)
        if first is None:
            return Date(
                start, end, "date", written(year, month, day), "certain" if certain else "likely", wrong
            )
        wrong = problems(year, month, first, number) + wrong
        value = f"{written(year, month, first)}/{written(year, month, day)}"
        return Date(start, end, "period", value, "certain" if certain else "likely", wrong)

    def _month_alone(self, hit: Hit, month: int, before: str) -> Iterator[Date]:
        """ "août 2025", "en août"; a month that is also a word needs a year or a preposition."""
        doubtful = self.folded[hit.start : hit.end] in self.rules.doubtful
        if found := self.rules.year_after.match(self.folded, hit.end):
            yield Date(hit.start, found.end(), "date", written(int(found[1]), month))
        elif not doubtful or (self.rules.month_behind.search(before) and self._capital(hit)):
            year = nearest_year(month, None, self.anchor) if self.anchor else None
            certain = not doubtful and year is None
            yield Date(hit.start, hit.end, "date", written(year, month), "certain" if certain else "likely")

    def _capital(self, hit: Hit) -> bool:
        """English prints months with a capital: "may" and "march" are verbs."""
        doubtful = self.rules.month_first and self.folded[hit.start : hit.end] in self.rules.doubtful
        return not doubtful or self.text[hit.start].isupper()

    def _weekday(self, hit: Hit, weekday: int) -> Iterator[Date]:
        if self.folded[hit.start : hit.end] in self.rules.doubtful_weekdays:
            before = self.folded[max(0, hit.start - 16) : hit.start]
            if not self.rules.weekday_behind.search(before):
                return
        if self.anchor is None:
            yield Date(hit.start, hit.end, "weekday", f"XXXX-WXX-{weekday}")
        else:
            value = nearest_weekday(weekday, self.anchor).isoformat()
            yield Date(hit.start, hit.end, "weekday", value, "ambiguous")

    # -------------------------------------------------------------------------------- dates in figures

    def _in_figures(self) -> Iterator[Date]:
        for at in self.figures:
            if found := _ISO.match(self.folded, at):
                year, month, day = map(int, found.group(1, 2, 3))
                value = written(year, month, day) + (f"T{found[4][1:]}" if found[4] else "")
                yield Date(at, found.end(), "date", value, "certain", problems(year, month, day))
            elif found := _YEAR_FIRST.match(self.folded, at):
                year, month, day = map(int, found.group(1, 3, 4))
                yield self._figures(found, year, month, day, ambiguous=False)
            elif found := _FIGURES.match(self.folded, at):
                if len(found[4]) == 4 or found[2] == "/" or (found[2] == "." and len(found[3]) == 2):
                    yield self._ordered(found)  # a short year behind "-" or "1.2." is more often a version
            elif (found := _YEAR.match(self.folded, at)) and self.rules.year_behind.search(
                self.folded, max(0, at - 16), at
            ):
                yield Date(at, found.end(), "date", written(int(found[1])), "likely")

    def _ordered(self, found: re.Match[str]) -> Date:
        """Day before month, unless only the other order exists; ambiguous where the language has both."""
        a, b = int(found[1]), int(found[3])
        order = self.rules.order or ("dmy" if found[2] == "." else "")
        month_first = b > 12 >= a and b <= 31
        day, month = (b, a) if month_first else (a, b)
        both = not order and a <= 12 and b <= 12 and a != b
        short = len(found[4]) == 2
        year = int(found[4]) + (0 if not short else 2000 if int(found[4]) < 70 else 1900)
        return self._figures(found, year, month, day, ambiguous=both or short)

    def _figures(self, found: re.Match[str], year: int, month: int, day: int, *, ambiguous: bool) -> Date:
        left = max(0, found.start() - 24)
        weekday = self.rules.weekday_before.search(self.folded[left : found.start()])
        number = self.rules.weekdays[weekday[1]] if weekday else None
        start = left + weekday.start() if weekday else found.start()
        wrong = problems(year, month, day, number)
        return Date(
            start,
            found.end(),
            "date",
            written(year, month, day),
            "ambiguous" if ambiguous else "certain",
            wrong,
        )
