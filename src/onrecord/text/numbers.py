"""Numbers in a text: figures and words, with percent, money, ranges and what is only roughly said.

>>> text = "de 10 à 15 % des 3,5 millions de roubles"
>>> [(text[n.start:n.end], n.kind, n.value or (n.low, n.high), n.unit) for n in numbers(text, "fr")]
[('10 à 15 %', 'range', ('10', '15'), '%'), ('3,5 millions de roubles', 'money', '3500000', 'RUB')]
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple

from onrecord.model import Judgement
from onrecord.text.digits import Numeral, less, numerals, shift
from onrecord.text.expressions import later
from onrecord.text.matching import fold
from onrecord.text.number_words import amount, compounds
from onrecord.text.vocabulary import Hit, alternatives, vocabulary

Kind = Literal[
    "cardinal", "ordinal", "percent", "money", "range", "list", "fraction", "multiplier", "approximate"
]

_SYMBOLS = {"$": "$", "€": "EUR", "£": "GBP", "¥": "JPY", "₽": "RUB", "₴": "UAH"}  # whose dollar is not said
_CODES = r"USD|EUR|GBP|CHF|RUB|UAH|CNY|JPY|PLN|CAD|AUD"
_BEFORE = re.compile(rf"(?:(?:US|CA|C|A|HK)?([$€£¥₽₴])|\b({_CODES}))[ \u00a0\u202f]?$")
_AFTER = re.compile(rf"[ \u00a0\u202f]?(?:([%‰])|([$€£¥₽₴])(?!\d)|({_CODES})\b)")
_SCALE_GAP = re.compile(r"[ \u00a0\u202f-]?")
_GLUED_SCALE = later(r"(bn|tn|mn|[kKmMB])\b")
_GLUED_ZEROS = {"k": 3, "K": 3, "m": 6, "M": 6, "mn": 6, "B": 9, "bn": 9, "tn": 12}
_GLUED_UNIT = later(r"[a-zà-ÿа-я]{1,3}\b")  # 15km; but neither 737MAX nor 4G
_DASH = re.compile(r"[–-]|[ \u00a0\u202f]–[ \u00a0\u202f]")
_COMMA = later(r",[ \u00a0\u202f]")
_NUMERALS = frozenset(
    {
        "compound", "cardinal", "hundred", "scale", "ordinal", "fraction", "multiplier", "collective", "plural",
    }
)  # fmt: skip
"""Kinds of words that a number can begin with; the others are units, dates and currencies."""
_VULGAR = {"½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4"}


class Number(NamedTuple):
    """One number of a text.

    `value` is an exact decimal ("3500000", "0.25"; "n/d" for a fraction), "" where it is not one value; `low`
    and `high` bound it then, as far as they are known. `unit` is "%", "‰", a currency code, or a bare "$" if
    the text does not say whose dollar. `reasons` say why a number is not `certain`. Numbers inside dates are
    numbers too ("15 août"): who wants none drops those inside `dates`.
    """

    start: int
    end: int
    kind: Kind
    value: str
    low: str | None = None
    high: str | None = None
    unit: str | None = None
    certainty: Judgement = "certain"
    reasons: tuple[str, ...] = ()
    head: str = ""  # "7" of "7 000" and of "seven thousand": what a list of spoken numbers repeats
    zeros: int = 0  # of the scale words and groups behind the head


class _Rules:
    """The patterns that join numbers in one language."""

    def __init__(self, language: str | None) -> None:
        words = vocabulary(language)
        self.decimal: str = words.numbers.get("decimal", "")
        # Where a language has no such word an ordinal in figures needs its full stop ("15. August").
        self.ordinal = later(alternatives(words.number_words("ordinal_suffixes")) + r"(?!\w)")
        self.ordinal_dot = not words.number_words("ordinal_suffixes") and "months" in words.dates
        self.doubtful_ordinals = words.number_words("doubtful_ordinals")
        space = r"[ \u00a0\u202f]"
        self.to_unit = later(rf"{space}(?:{alternatives(words.number_words('money_joiner'))}{space}?)?|-")
        self.range = later(rf"{space}{alternatives(words.number_words('range_words'))}{space}")
        self.between = later(rf"\b{alternatives(words.number_words('between'))}{space}$")
        self.between_joiner = later(rf"{space}{alternatives(words.number_words('between_joiner'))}{space}")
        self.approximately = later(rf"(?:^|[\W]){alternatives(words.number_words('approximately'))}{space}$")


@cache
def _rules(language: str | None) -> _Rules:
    return _Rules(language)


def numbers(
    text: str,
    language: str | None,
    start: int = 0,
    end: int | None = None,
    *,
    hits: Sequence[Hit] | None = None,
) -> list[Number]:
    """All numbers of the slice, in order, none overlapping; see `Number`.

    `hits` are what `vocabulary(language).scan` finds in the slice, for a caller who has them.
    """
    stop = len(text) if end is None else min(end, len(text))
    if hits is None:
        hits = vocabulary(language).scan(text, start, stop)
    return list(_Reading(text, language, start, stop, hits).joined())


class _Reading:
    """One slice of a text, its figures and its number words."""

    def __init__(self, text: str, language: str | None, start: int, end: int, hits: Sequence[Hit]) -> None:
        self.text, self.language, self.start, self.end = text, language, start, end
        self.rules = _rules(language)
        found = [*hits, *compounds(text, language, start, end)]
        self.hits = sorted(found)
        self.at = {hit.start: index for index, hit in enumerate(self.hits)}
        self.used: set[int] = set()

    # ------------------------------------------------------------------------------ single numbers

    def _single(self) -> list[Number]:
        figures = [
            self._figures(numeral)
            for numeral in numerals(self.text, self.rules.decimal, self.start, self.end)
        ]
        found = [number for number in figures if number is not None]
        found += self._vulgar()
        index = 0
        while index < len(self.hits):
            number, step = (None, 1) if index in self.used else self._words(index)
            if number is not None:
                found.append(number)
            index += step
        found.sort(key=lambda number: (number.start, -number.end))
        return [self._with_unit(number) for number in found]

    def _figures(self, numeral: Numeral) -> Number | None:
        """A number in figures with sign, ordinal ending and scale words; None if letters make it a name."""
        start, end = numeral.start, numeral.end
        reasons = (numeral.reason,) if numeral.reason else ()
        low, high = (numeral.value, numeral.other) if numeral.other else (None, None)
        kind: Kind = "fraction" if "/" in numeral.value else "cardinal"
        zeros = len(numeral.value.partition(".")[0]) - len(numeral.head) if numeral.head else 0
        number = Number(
            start, end, kind, numeral.value, low, high, None, numeral.certainty, reasons, numeral.head, zeros
        )
        if suffix := self.rules.ordinal.match(self.text, end, self.end):
            return number._replace(kind="ordinal", end=suffix.end())
        if self.rules.ordinal_dot and self._dotted(end):
            return number._replace(kind="ordinal", end=end + 1, certainty="likely")
        if end < self.end and self.text[end].isalpha():
            return self._glued(number)
        return self._scaled(self._signed(number))

    def _dotted(self, end: int) -> bool:
        following = self.text[end : min(end + 4, self.end)]
        return following[:2] == ". " and following[2:3].islower()

    def _glued(self, number: Number) -> Number | None:
        text, end = self.text, number.end
        if found := _GLUED_SCALE.match(text, end, self.end):
            money = _BEFORE.search(text[max(self.start, number.start - 5) : number.start])
            if money or len(found[1]) == 2:
                return self._times_ten(number, _GLUED_ZEROS[found[1]], found.end())
        return self._signed(number) if _GLUED_UNIT.match(text, end, self.end) else None

    def _signed(self, number: Number) -> Number:
        before = self.text[max(self.start, number.start - 2) : number.start]
        if before[-1:] not in {"-", "−"} or before[:-1].strip("( \u00a0\u202f\n"):
            return number
        certainty: Judgement = "certain" if before[-1] == "−" else "likely"
        return number._replace(start=number.start - 1, value=f"-{number.value}", certainty=certainty)

    def _scaled(self, number: Number) -> Number:
        """With the scale words behind it: "5 millions", "3 Mrd."."""
        while number.kind == "cardinal" and (gap := _SCALE_GAP.match(self.text, number.end, self.end)):
            index = self.at.get(gap.end(), -1)
            scale = self.hits[index].value("scale") if index >= 0 else None
            if scale is None:
                break
            self.used.add(index)
            number = self._times_ten(number, len(scale) - 1, self.hits[index].end)
        return number

    @staticmethod
    def _times_ten(number: Number, zeros: int, end: int) -> Number:
        def scaled(value: str | None) -> str | None:
            if not value:
                return value
            sign = "-" if value[0] == "-" else ""
            return sign + shift(value.lstrip("-"), zeros)

        return number._replace(
            end=end,
            value=scaled(number.value) or "",
            low=scaled(number.low),
            high=scaled(number.high),
            head=number.head or number.value,
            zeros=number.zeros + zeros,
        )

    def _words(self, index: int) -> tuple[Number | None, int]:
        """The number that begins with a word, and how many words it takes."""
        hit = self.hits[index]
        if not hit.among(_NUMERALS):
            return None, 1
        if (value := hit.value("compound")) is not None:
            return self._scaled(Number(hit.start, hit.end, "cardinal", value)), 1
        if (written := amount(self.text, self.hits, index, self.language)) is not None:
            return self._amount(written, index)
        for kind in ("ordinal", "fraction", "multiplier"):
            if (value := hit.value(kind)) is not None:
                return self._named(hit, kind, value), 1
        if (value := hit.value("collective")) is not None:
            reason = (f"roughly {value}",)
            return Number(hit.start, hit.end, "approximate", value, None, None, None, "likely", reason), 1
        if (value := hit.value("plural")) is not None:
            reason = (f"several times {value}, not said how many",)
            return Number(hit.start, hit.end, "approximate", "", value, None, None, "likely", reason), 1
        return None, 1

    def _named(self, hit: Hit, kind: str, value: str) -> Number:
        doubtful = kind == "ordinal" and fold(self.text[hit.start : hit.end]) in self.rules.doubtful_ordinals
        if doubtful:
            reasons = ("the word has another meaning",)
            return Number(hit.start, hit.end, "ordinal", value, certainty="ambiguous", reasons=reasons)
        named: dict[str, Kind] = {"ordinal": "ordinal", "fraction": "fraction", "multiplier": "multiplier"}
        return Number(hit.start, hit.end, named[kind], value)

    def _amount(self, written: tuple[int, int, str, Judgement, str, int], index: int) -> tuple[Number, int]:
        start, end, value, certainty, reason, used = written
        reasons = (reason,) if reason else ()
        number = Number(start, end, "cardinal", value, certainty=certainty, reasons=reasons)
        following = self.hits[index + used] if index + used < len(self.hits) else None
        if following and following.start - end == 1 and value.endswith("0"):
            unit = following.value("ordinal")
            if unit is not None and len(unit) == 1:  # twenty-first
                return number._replace(end=following.end, kind="ordinal", value=value[:-1] + unit), used + 1
        last = self.hits[index + used - 1].value("scale")
        if last is not None and used > 1 and value.endswith(last[1:]):
            number = number._replace(head=value[: -len(last) + 1], zeros=len(last) - 1)
        return number, used

    def _vulgar(self) -> list[Number]:
        found = []
        for sign, value in _VULGAR.items():
            at = self.text.find(sign, self.start, self.end)
            while at >= 0:
                found.append(Number(at, at + 1, "fraction", value))
                at = self.text.find(sign, at + 1, self.end)
        return found

    # ------------------------------------------------------------------------------------ units

    def _with_unit(self, number: Number) -> Number:
        if number.kind in {"ordinal", "multiplier"}:
            return number
        number = self._unit_before(self._unit_after(number))
        before = fold(self.text[max(self.start, number.start - 20) : number.start])
        if number.kind in {"cardinal", "percent", "money"} and self.rules.approximately.search(before):
            kind: Kind = "approximate" if number.kind == "cardinal" else number.kind
            return number._replace(kind=kind, reasons=(*number.reasons, "the text says roughly"))
        return number

    def _unit_after(self, number: Number) -> Number:
        text, end = self.text, number.end
        if found := _AFTER.match(text, end, self.end):
            percent, symbol, code = found.groups()
            if percent:
                return number._replace(kind="percent", unit=percent, end=found.end())
            return number._replace(kind="money", unit=_SYMBOLS[symbol] if symbol else code, end=found.end())
        gap = self.rules.to_unit.match(text, end, self.end)
        for left in (gap.end(), end + 1) if gap else ():
            hit = self.hits[self.at[left]] if left in self.at else None
            if hit is None:
                continue
            if hit.value("percent") is not None:
                return number._replace(kind="percent", unit="%", end=hit.end)
            if (currency := hit.value("currency")) is not None:
                return number._replace(kind="money", unit=currency, end=hit.end)
            if hit.value("times") is not None and number.kind == "cardinal":
                return number._replace(kind="multiplier", end=hit.end)
        return number

    def _unit_before(self, number: Number) -> Number:
        left = max(self.start, number.start - 5)
        found = _BEFORE.search(self.text[left : number.start]) if number.unit is None else None
        if not found or number.kind == "fraction":
            return number
        return number._replace(
            kind="money", unit=_SYMBOLS.get(found[1]) or found[2], start=left + found.start()
        )

    # ----------------------------------------------------------------------------------- ranges

    def joined(self) -> list[Number]:
        """The numbers, with ranges and spoken lists made one."""
        found: list[Number] = []
        for number in self._single():
            if found and found[-1].end > number.start:
                continue  # a fraction sign inside, or a word that two tables claim
            joined = self._range(found[-1], number) if found else None
            if joined:
                found[-1] = joined
            else:
                found.append(number)
                self._join_list(found)
        return found

    def _range(self, a: Number, b: Number) -> Number | None:
        kinds = {"cardinal", "approximate", "percent", "money"}
        if b.start - a.end > 12 or a.kind not in kinds or b.kind not in kinds or not (a.value and b.value):
            return None
        gap = fold(self.text[a.end : b.start])
        certainty: Judgement | None = None
        if _DASH.fullmatch(gap) or self.rules.range.fullmatch(gap):
            certainty = "likely"
        elif self.rules.between_joiner.fullmatch(gap):
            before = fold(self.text[max(self.start, a.start - 12) : a.start])
            certainty = "certain" if self.rules.between.search(before) else None
        if certainty is None or (a.unit and b.unit and a.unit != b.unit):
            return None
        low, reasons = a.value, (*a.reasons, *b.reasons)
        if b.zeros and not a.zeros and b.head and less(a.value, b.head):
            low, reasons = shift(a.value, b.zeros), (*reasons, "the scale of the second counts for both")
        if low.startswith("-") or b.value.startswith("-") or not less(low, b.value):
            return None
        worst: Judgement = "ambiguous" if "ambiguous" in {a.certainty, b.certainty} else certainty
        return Number(a.start, b.end, "range", "", low, b.value, b.unit or a.unit, worst, reasons)

    def _join_list(self, found: list[Number]) -> None:
        """ "5, 6, 7 000": three numbers, or 5,000 to 7,000 as people say it. Made one `list`, ambiguous."""
        last = found[-1]
        if not (last.zeros >= 3 and last.head and last.kind in {"cardinal", "money", "approximate"}):
            return
        first, above = len(found) - 1, last.head
        while first and self._before_in_list(found[first - 1], found[first], above):
            first -= 1
            above = found[first].value
        spoken = found[first].value
        count = len(found) - first
        if count < 3 and not (count == 2 and above.isdigit() and int(spoken) + 1 == int(last.head)):
            return
        low = shift(spoken, last.zeros)
        reasons = (f"one number of {low} to {last.value}, or {count} numbers",)
        start = found[first].start
        found[first:] = [
            Number(start, last.end, "list", "", low, last.value, last.unit, "ambiguous", reasons)
        ]

    def _before_in_list(self, a: Number, b: Number, above: str) -> bool:
        small = a.value.isdigit() and len(a.value) <= 3 and len(above) <= 3 and above.isdigit()
        near = b.start - a.end == 2 and _COMMA.fullmatch(self.text, a.end, b.start) is not None
        return (
            near
            and small
            and a.kind in {"cardinal", "approximate"}
            and a.unit is None
            and less(a.value, above)
        )
