"""Numbers printed in figures: "1 234,5", "1,234.5", "1.234,5", "1’234", "٣٤". Exact, of any length.

>>> [numeral.value for numeral in numerals("1 234,5 puis 7.000 puis 13:45", ",")]
['1234.5', '7000']
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from onrecord.model import Judgement

_TOKEN = re.compile(r"\d+(?:[.,:/'’٫٬]\d+)*")
_SPACED = re.compile(r"\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3}(?!\d))+(?:[.,]\d+)?(?![.,:/]?\d)")
_COMMAS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_DOTS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_APOSTROPHES = re.compile(r"\d{1,3}(?:['’]\d{3})+(?:[.,]\d+)?")
_ARABIC = re.compile(r"\d{1,3}(?:٬\d{3})*(?:٫\d+)?|\d+٫\d+")
_MARKS = {",": "comma", ".": "full stop"}
_NOT_DIGIT = re.compile(r"\D+")


class Numeral(NamedTuple):
    """A number in figures; `value` is an exact decimal, or "n/d" for a fraction.

    `head` is the number without its groups of thousands ("7" of "7 000"), "" where it has none.
    """

    start: int
    end: int
    value: str
    certainty: Judgement = "certain"
    reason: str = ""
    other: str = ""  # the value by the other reading of its separator
    head: str = ""


def numerals(text: str, decimal: str, start: int = 0, end: int | None = None) -> Iterator[Numeral]:
    """Numbers in figures, left to right; `decimal` is the language's decimal mark, "" if unknown.

    Clock times, dates, addresses of machines ("13:45", "15/08/2025", "10.0.0.1") and names ("F-16") are none.
    """
    at, stop = start, len(text) if end is None else end
    for found in _TOKEN.finditer(text, start, stop):
        if found.start() < at or _in_name(text, start, found.start()):
            continue
        spaced = _SPACED.match(text, found.start(), stop) if found.end() - found.start() <= 3 else None
        numeral = _spaced(spaced) if spaced else _read(found, decimal)
        if numeral is not None:
            at = numeral.end
            yield numeral


def plain(digits: str) -> str:
    """A decimal in its shortest exact form, with a full stop.

    >>> plain("007.50")
    '7.5'
    """
    if not digits.isascii():
        digits = "".join(c if c == "." else str(unicodedata.decimal(c)) for c in digits)
    whole, _, fraction = digits.partition(".")
    whole, fraction = whole.lstrip("0") or "0", fraction.rstrip("0")
    return f"{whole}.{fraction}" if fraction else whole


def shift(value: str, zeros: int) -> str:
    """A decimal times ten to the power of `zeros`, exactly.

    >>> shift("1.25", 6)
    '1250000'
    """
    whole, _, fraction = value.partition(".")
    fraction = fraction.ljust(zeros, "0")
    return plain(f"{whole}{fraction[:zeros]}.{fraction[zeros:]}")


def less(a: str, b: str) -> bool:
    """Whether decimal `a` is less than `b`; both as `plain` gives them, of any length."""
    (whole_a, _, rest_a), (whole_b, _, rest_b) = a.partition("."), b.partition(".")
    return (len(whole_a), whole_a, rest_a) < (len(whole_b), whole_b, rest_b)


def _in_name(text: str, start: int, at: int) -> bool:
    """Whether figures hang on letters: "S300", "F-16"."""
    before = text[max(start, at - 2) : at]
    if not before:
        return False
    if before[-1].isalpha() or before[-1] == "_":
        return True
    return len(before) == 2 and before[-1] in "-‑" and before[0].isalnum() and not before[0].isdigit()


def _spaced(found: re.Match[str]) -> Numeral:
    printed = found[0].replace(",", ".")
    whole, _, fraction = printed.partition(".")
    value = plain(f"{_NOT_DIGIT.sub('', whole)}.{fraction}")
    return Numeral(found.start(), found.end(), value, head=plain(re.split(r"\D", whole, maxsplit=1)[0]))


def _read(found: re.Match[str], decimal: str) -> Numeral | None:
    """The value of one unbroken token, or None if it is no number."""
    printed, (start, end) = found[0], found.span()
    if printed.isdigit():
        return Numeral(start, end, plain(printed))
    head = plain(_NOT_DIGIT.split(printed, maxsplit=1)[0])
    if _COMMAS.fullmatch(printed) and (printed.count(",") > 1 or "." in printed or decimal == "."):
        return Numeral(start, end, plain(printed.replace(",", "")), head=head)
    if _DOTS.fullmatch(printed) and (printed.count(".") > 1 or "," in printed or decimal == ","):
        return Numeral(start, end, plain(printed.replace(".", "").replace(",", ".")), head=head)
    if _APOSTROPHES.fullmatch(printed):
        return Numeral(start, end, plain(re.sub(r"['’]", "", printed).replace(",", ".")), head=head)
    if _ARABIC.fullmatch(printed):
        return Numeral(start, end, plain(printed.replace("٬", "").replace("٫", ".")))
    if printed.count("/") == 1 and _NOT_DIGIT.sub("", printed) == printed.replace("/", ""):
        above, below = map(plain, printed.split("/"))
        if not less(above, below) or len(below) > 3:
            return None  # "24/7", "50/50", a date
        return Numeral(start, end, f"{above}/{below}", "likely" if less(below, "11") else "ambiguous")
    return _one_mark(printed, start, end, head, decimal)


def _one_mark(printed: str, start: int, end: int, head: str, decimal: str) -> Numeral | None:
    """A token with one full stop or comma: a decimal, unless other countries would read thousands."""
    if len(marks := _NOT_DIGIT.findall(printed)) != 1 or marks[0] not in {".", ","}:
        return None
    mark = marks[0]
    value = plain(printed.replace(mark, "."))
    if (
        len(printed.partition(mark)[2]) == 3
        and (mark == "," or not decimal)
        and head != "0"
        and len(head) <= 3
    ):
        thousands = plain(printed.replace(mark, ""))
        return Numeral(
            start, end, value, "ambiguous", f"{_MARKS[mark]} of decimals or of thousands", thousands, head
        )
    certainty: Judgement = "certain" if mark == decimal else "likely"
    return Numeral(start, end, value, certainty)
