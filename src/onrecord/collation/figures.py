"""Figures and dates that face each other: same kind, other value.

Keys are those of `tokens.values`; only what measures alike is compared, a duration with a duration, dollars with
dollars. Where that fails the words differ, but no number is said to be changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.collation.account import Account
from onrecord.text.vocabulary import vocabulary

_NUMBER = re.compile(r"#(-?[\d.]*\d(?:/\d+)?|[\d.]*\.\.[\d.]*)(.*)", re.DOTALL)
_TERMS = ("@P", "$", "%", "EUR")  # durations, money and shares are what terms are made of


def same_value(a: str, b: str) -> bool:
    """Whether two keys can be one value: equal, or one gives less of a date.

    >>> same_value("@XXXX-06-14", "@2024-06-14"), same_value("#14", "@XXXX-06-14"), same_value("#40", "#14")
    (True, True, False)
    """
    if a == b:
        return True
    if a[0] == b[0] == "@" and _measure(a) == _measure(b) == "date":
        left, right = a[1:].split("-"), b[1:].split("-")
        return all(x == y or "X" in x + y for x, y in zip(left, right, strict=False))
    if {a[0], b[0]} == {"#", "@"} and "date" in {_measure(a), _measure(b)}:
        number, date = sorted((a, b))
        return date.rpartition("-")[2].lstrip("0") == number[1:]  # "15 and 16 July"
    bare = {a.removesuffix(".."), b.removesuffix("..")}
    return len(bare) == 1


def changed_values(a: Account, in_a: Sequence[int], b: Account, in_b: Sequence[int]) -> list[tuple[int, int]]:
    """Pairs of tokens whose values differ though they measure alike, in order; none where the counts disagree."""
    left = [at for at in in_a if not any(same_value(worth(a, at), worth(b, other)) for other in in_b)]
    right = [at for at in in_b if not any(same_value(worth(b, at), worth(a, other)) for other in in_a)]
    if len(left) != len(right):
        return []
    pairs = list(zip(left, right, strict=True))
    return [(x, y) for x, y in pairs if _measure(worth(a, x)) == _measure(worth(b, y))]


def worth(account: Account, at: int) -> str:
    """The value of a token: its key, or that of a word that can be a number ("one", which is also a pronoun)."""
    key = account.keys[at]
    return f"#{vocabulary(account.language).values[key]}" if counted(account, at) else key


def counted(account: Account, at: int) -> bool:
    """Whether a word that is doubtful as a number can be one: then it may face a number."""
    words = vocabulary(account.language)
    key = account.keys[at]
    return key in words.values and key not in words.number_words("articles")


def term(key: str) -> bool:
    """Whether a value is a duration, a sum of money or a share: what an agreement turns on."""
    return any(sign in key for sign in _TERMS)


def _measure(key: str) -> str:
    if found := _NUMBER.fullmatch(key):
        return f"number {found[2]}"
    if key.startswith("@P"):
        return "duration"
    if key.startswith("@T"):
        return "time"
    if key.startswith("@"):
        return "weekday" if "-W" in key else "date"
    return "number "
