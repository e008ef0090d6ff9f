"""Numbers and dates of two renderings in two languages: which of them say different things.

Most numbers that differ in print are the same ("the 1960s", "les années 60"; "3 p.m.", "15 h"; "half", "50 %"), or
stand in one rendering only. So a number is said to differ only where, after everything that may be the same is set
aside, both sides have as many left over, of one kind, and no measure was converted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from decimal import Decimal, InvalidOperation

from onrecord.collation.tokens import Token

_VALUE = re.compile(r"-?\d[\d.]*(?:/\d[\d.]*)?")
_UNIT = re.compile(r"[%‰$]|[A-Z]{3}$")
_SMALL = 10  # numbers below it, in words on both sides, are as often articles and idioms
_MOST = 3  # values left over on a side; where there are more, the renderings differ and not the numbers
_YEARS = (1000, 2199)
_CONVERTED = (0.3048, 0.4536, 0.6214, 1.609, 2.205, 2.54, 3.281, 0.3937)
"""Ratios of miles and kilometres, feet and metres, pounds and kilograms, inches and centimetres."""
_ROUGHLY = 0.015  # how far a converted measure may be rounded


def unequal(
    mine: Sequence[Token], others: Sequence[Token], text_a: str, text_b: str
) -> Iterator[tuple[Token, Token]]:
    """Numbers or dates of A with those that stand in their place in B and are worth something else.

    `mine` and `others` are the tokens of two renderings, `text_a` and `text_b` the accounts' characters.
    """
    left = [token for token in mine if token.kind in {"number", "date"}]
    right = [token for token in others if token.kind in {"number", "date"}]
    for may_be_one in (lambda one, other: one.key == other.key, _same):
        for one in list(left):
            other = next((other for other in right if may_be_one(one, other)), None)
            if other is not None:
                left.remove(one)
                right.remove(other)
    digits_a, digits_b = _digits(mine, text_a), _digits(others, text_b)
    for kind in ("number", "date"):
        rest_a = [token for token in left if token.kind == kind and not _printed(token, text_a, digits_b)]
        rest_b = [token for token in right if token.kind == kind and not _printed(token, text_b, digits_a)]
        pairs = list(zip(rest_a, rest_b, strict=False))
        if len(rest_a) == len(rest_b) <= _MOST and all(_contrary(*pair, text_a, text_b) for pair in pairs):
            yield from pairs


def _same(one: Token, other: Token) -> bool:
    """Whether two values may be one, whatever they are printed like."""
    if one.kind == other.kind == "date":
        return _compatible(one.key[1:], other.key[1:])
    clock = "T" in one.key + other.key
    return any(_may_be(a, b, clock) for a in _worth(one) for b in _worth(other))


def _compatible(one: str, other: str) -> bool:
    """Whether two dates in ISO 8601 say nothing against each other: the same parts, as far as both give them.

    >>> _compatible("2015-10", "XXXX-10-21"), _compatible("2015-10", "2016-10")
    (True, False)
    """
    if not (one[0].isdigit() or one[0] == "X") or not (other[0].isdigit() or other[0] == "X"):
        figures = [[int(digits) % 12 for digits in re.findall(r"\d+", date)] for date in (one, other)]
        return figures[0] == figures[1]
    parts = list(zip(one.split("-"), other.split("-"), strict=False))
    return all("X" in a + b or a == b for a, b in parts) and any("X" not in a + b for a, b in parts)


def _may_be(a: Decimal, b: Decimal, clock: bool) -> bool:
    """Equal; hours of two clocks; the last digits of a year or decade; or a century and its years."""
    low, high = min(a, b), max(a, b)
    if a == b or (clock and high - low == 12):
        return True
    return _YEARS[0] <= high <= _YEARS[1] and low in {high % 100, high // 100 + 1}


def _worth(token: Token) -> list[Decimal]:
    """Every figure that a token is worth or made of, without signs and leading zeros."""
    found = []
    for value in _VALUE.findall(token.key.replace("-", " ")):
        above, _, below = value.rstrip(".").replace("..", " ").partition("/")
        for part in above.split():
            with suppress(InvalidOperation, ZeroDivisionError):  # "1.2.3" is a number of a paragraph
                found.append(Decimal(part) / Decimal(below or 1))
    return found


def _digits(tokens: Sequence[Token], text: str) -> str:
    """The digits that a rendering prints, runs apart."""
    if not tokens:
        return ""
    return " ".join(re.findall(r"\d+", text[tokens[0].start : tokens[-1].end]))


def _printed(token: Token, text: str, digits: str) -> bool:
    """Whether the digits of a token stand on the other side in whatever grouping."""
    own = "".join(re.findall(r"\d+", text[token.start : token.end]))
    return bool(own) and (f" {own} " in f" {digits} " or (own in digits.replace(" ", "") and len(own) > 3))


def _contrary(one: Token, other: Token, text_a: str, text_b: str) -> bool:
    """Whether two left-over values of one kind are really two: comparable, certain, not converted."""
    mine, others = _worth(one), _worth(other)
    if one.kind == "date":
        return _shape(one) == _shape(other) and bool(mine and others)  # "in May" may be "on Friday"
    if len(mine) != 1 or len(others) != 1 or _unit(one) != _unit(other) or ".." in one.key + other.key:
        return False  # a range, a list, or "tens of billions"
    a, b = mine[0], others[0]
    spelled = [
        not any(c.isdigit() for c in text[t.start : t.end]) for t, text in ((one, text_a), (other, text_b))
    ]
    if (any(spelled) and min(a, b) < _SMALL) or not a or not b:
        return False
    if one.key.endswith((".", "×")) != other.key.endswith((".", "×")):
        return False
    ratio = float(b / a)
    return not any(abs(ratio / known - 1) < _ROUGHLY for known in _CONVERTED)


def _shape(token: Token) -> str:
    """What a date gives: "XXXX-00-00" for a day without a year."""
    return re.sub(r"\d", "0", token.key)


def _unit(token: Token) -> str:
    found = _UNIT.search(token.key)
    return found[0] if found else ""
