"""Dates in the formats of others: what a text leaves open, or what no calendar has, is not a date to them."""

from __future__ import annotations

import re
from datetime import date

from onrecord.model import Item

_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


def day(item: Item | None) -> str | None:
    """The date of an event as a year, a month or a day of ISO 8601 that there is; else None.

    >>> from onrecord.spans import Span
    >>> [day(Item("s1", Span(0, 1), "x", value)) for value in ("2031-05", "2031-02-30", "XXXX-WXX-1")]
    ['2031-05', None, None]
    """
    match = _ISO.fullmatch(item.value or "") if item else None
    if match is None:
        return None
    year, month, of_month = (int(part) if part else 1 for part in match.groups())
    try:
        date(year, month, of_month)
    except ValueError:
        return None
    return match[0]
