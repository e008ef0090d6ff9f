"""What lies ahead and is named by its distance from the day of the words: "tomorrow", "next week", "by the year's end".

The value is as wide as the words: a year, a month, a week of the calendar, or a day, and no narrower than the day
itself is known. So "next year" needs a year only, and "next week" a whole date.

>>> from onrecord.text.vocabulary import vocabulary
>>> text = "Wir liefern nächste Woche, und nächstes Jahr noch einmal."
>>> hits = vocabulary("de").scan(text)
>>> [(text[found.start:found.end], found.value) for found in upcoming(text, hits, "2031-12-29")]
[('nächste Woche', '2032-W02'), ('nächstes Jahr', '2032')]
>>> [found.value for found in upcoming(text, hits, "2031")]
['2032']
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from onrecord.text.timex import Date, problems, written
from onrecord.text.vocabulary import Hit

_KNOWN = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_FIGURE_BEHIND = re.compile(r"[ \u00a0\u202f]\d")
_LAST_YEAR = 9990  # of the calendar, less what is ever counted on


def upcoming(text: str, hits: Iterable[Hit], day: str | None) -> Iterator[Date]:
    """Those among the `hits` of the text's vocabulary, counted from a day, a month or a year; none where it is unknown.

    A figure behind the words names the year itself ("by the end of the year 2040") and nothing is counted.
    """
    known = _KNOWN.fullmatch(day or "")
    if not known or int(known[1]) > _LAST_YEAR:
        return
    year, month, on = (int(part) if part else None for part in known.groups())
    if problems(year, month or 1, on or 1):
        return
    for hit in hits:
        distance, unit = _distance(hit)
        if distance is None or _FIGURE_BEHIND.match(text, hit.end):
            continue
        if value := _counted(year or 0, month, on, distance, unit):
            yield Date(hit.start, hit.end, "date", value, "likely")


def _distance(hit: Hit) -> tuple[int | None, str]:
    """How many of which unit the words count on; None where they do not lead ahead."""
    if (days := hit.value("relative")) is not None:
        return (int(days), "D") if days.isdigit() and int(days) else (None, "")
    if (row := hit.value("upcoming")) is not None and row[:-1].isdigit():
        return int(row[:-1]), row[-1]
    return None, ""


def _counted(year: int, month: int | None, day: int | None, distance: int, unit: str) -> str | None:
    """The day, week, month or year so far ahead, as ISO 8601; None where so much is not known."""
    if unit == "Y":
        return written(year + distance)
    if unit == "M" and month is not None:
        years, month = divmod(month - 1 + distance, 12)
        return written(year + years, month + 1)
    if month is None or day is None:
        return None
    ahead = date(year, month, day) + timedelta(days=distance * (7 if unit == "W" else 1))
    if unit == "D":
        return ahead.isoformat()
    week = ahead.isocalendar()
    return f"{week.year:04}-W{week.week:02}" if unit == "W" else None
