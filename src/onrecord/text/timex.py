"""A time expression, and whether the calendar allows it.

>>> problems(2025, 8, 16, weekday=5)
('2025-08-16 is a Saturday, not a Friday',)
>>> problems(None, 2, 30)
('30 February does not exist',)
"""

from __future__ import annotations

from calendar import day_name, isleap, month_name, monthrange
from datetime import date, timedelta
from typing import Literal, NamedTuple

from onrecord.model import Judgement

Kind = Literal["date", "time", "duration", "weekday", "period"]


class Date(NamedTuple):
    """One expression of time.

    `value` is ISO 8601, with X for digits that the text does not give (ISO 8601-2): "2025-08-15", "2025-08",
    "XXXX-08-15", "XXXX-WXX-5" for a Friday, "T13:07", "PT2H45M", "2025-08-15/2025-08-17" for a period.
    `problems` are sentences on what cannot be right; the value is then still what the text says.
    """

    start: int
    end: int
    kind: Kind
    value: str
    certainty: Judgement = "certain"
    problems: tuple[str, ...] = ()


def written(year: int | None, month: int | None = None, day: int | None = None) -> str:
    """The ISO form of a date of which parts may be unknown.

    >>> written(None, 8, 15), written(2025, 8), written(2025)
    ('XXXX-08-15', '2025-08', '2025')
    """
    parts = [f"{year:04}" if year is not None else "XXXX"]
    parts += [f"{part:02}" for part in (month, day) if part is not None]
    return "-".join(parts)


def problems(year: int | None, month: int, day: int, weekday: int | None = None) -> tuple[str, ...]:
    """What the calendar says against a date; `weekday` is 1 (Monday) to 7."""
    shown = written(year, month, day)
    if not 1 <= month <= 12 or day < 1:
        return (f"{shown} does not exist",)
    if day > monthrange(2000 if year is None else max(year, 1), month)[1]:
        if month == 2 and day == 29:
            return (f"29 February does not exist in {year}",)
        return (f"{day} {month_name[month]} does not exist",)
    if year and weekday and (true := date(year, month, day).isoweekday()) != weekday:
        return (f"{shown} is a {day_name[true - 1]}, not a {day_name[weekday - 1]}",)
    return ()


def nearest_year(month: int, day: int | None, anchor: date) -> int:
    """The year in which a date without one comes nearest to the anchor."""

    def distance(year: int) -> int:
        last = 28 if month == 2 and not isleap(year) else 31
        return abs((date(year, month, min(day or 15, last, monthrange(year, month)[1])) - anchor).days)

    years = [year for year in (anchor.year, anchor.year - 1, anchor.year + 1) if 1 <= year <= 9999]
    return min(years, key=distance)


def nearest_weekday(weekday: int, anchor: date) -> date:
    """The day of that name within three days of the anchor."""
    ahead = (weekday - anchor.isoweekday()) % 7
    return anchor + timedelta(days=ahead if ahead <= 3 else ahead - 7)
