"""Which ideas a word may stand for, in any language of the concept table (lexicon/concepts.toml).

>>> concepts("guerres", "fr") & concepts("войну", "ru")
frozenset({'war'})
>>> concepts("Krieg", "tlh")
frozenset()
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from onrecord.lexicon import shared
from onrecord.people.names import fold

COLUMNS = ("en", "fr", "de", "es", "ru")
"""The languages of the table, in the order of its columns."""

_Ideas = dict[str, frozenset[str]]
_NONE: frozenset[str] = frozenset()


@lru_cache(maxsize=65536)
def concepts(word: str, language: str | None) -> frozenset[str]:
    """The ideas of a word: of the whole word if the table has it, else of its longest known beginning."""
    whole, beginnings = _column(language)
    key = fold(word)
    if key in whole:
        return whole[key]
    ends = range(len(key), 1, -1)
    return next((beginnings[key[:end]] for end in ends if key[:end] in beginnings), _NONE)


@cache
def _column(language: str | None) -> tuple[_Ideas, _Ideas]:
    """Whole words and beginnings of one language, folded."""
    whole: dict[str, set[str]] = {}
    beginnings: dict[str, set[str]] = {}
    for idea, columns in _rows():
        for entry in dict(zip(COLUMNS, columns, strict=True)).get(language or "", "").split():
            where = beginnings if entry.endswith("*") else whole
            where.setdefault(fold(entry.rstrip("*")), set()).add(idea)
    return _frozen(whole), _frozen(beginnings)


def _rows() -> Iterator[tuple[str, list[str]]]:
    for block in shared("concepts").values():
        for line in block.strip().splitlines():
            idea, *columns = (cell.strip() for cell in line.split("|"))
            yield idea, columns


def _frozen(ideas: dict[str, set[str]]) -> _Ideas:
    return {word: frozenset(found) for word, found in ideas.items()}
