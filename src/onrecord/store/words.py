"""What the search index holds of a text: folded words and signs, with their places.

The same cut serves both databases, the query that a person types, the ranking and the likeness of texts, so that
nothing can be stored that cannot be found. A database's own tokeniser never sees raw text.

>>> [(word.key, word.start, word.end) for word in words("L’été, à Čapek")]
[('l', 0, 1), ('ete', 2, 5), ('a', 7, 8), ('capek', 9, 14)]
>>> signs("C++ 100 %!")
['!', '%', '+']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from onrecord.people.names import fold

LONGEST = 64
"""Characters of a key; what a longer word has beyond is not looked at (no language needs it, a hostile file might)."""

_CACHED = (
    4 * LONGEST
)  # beyond, a word is cut before it is folded: folding may make it shorter, and hostile files long

# What may stand inside a word without ending it: combining marks (a text in NFD), invisible joiners, soft hyphens.
_JOINED = (
    "\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u0b82-\u0bcd\u0e31-\u0e3a\u0e47-\u0e4e"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200d\u2060\u20d0-\u20f0\ufe00-\ufe0f\ufe20-\ufe2f\ufeff"
)
# Scripts without spaces between words: each character is a word, and a typed word becomes a phrase of them.
_UNSPACED = (
    "\u0e01-\u0e30\u0e40-\u0e46\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}](?:[^\W_{_UNSPACED}]|[{_JOINED}])*")
_ASCII_WORD = re.compile(r"[A-Za-z0-9]+")
_NOT_SIGNS = re.compile(rf"[\w\s{_JOINED}]+")
SIGN_MARK = "\ue000"  # private use: no word of a text folds to it


class Word(NamedTuple):
    """A word of a text: its folded `key` and its place in code points."""

    key: str
    start: int
    end: int


def words(text: str, offset: int = 0) -> Iterator[Word]:
    """The words of a text in order; `offset` is added to their places."""
    pattern = _ASCII_WORD if text.isascii() else _WORD
    for found in pattern.finditer(text):
        start, end = found.span()
        yield Word(key(found[0]), offset + start, offset + end)


def keys(text: str) -> list[str]:
    """The folded words of a text in order, without their places."""
    found = (_ASCII_WORD if text.isascii() else _WORD).findall(text)
    if max(map(len, found), default=0) > _CACHED:
        return [key(word) for word in found]
    return list(map(_key, found))  # the way of nearly every text, so without a step of Python for each word


def key(word: str) -> str:
    """One word folded: no case, no diacritics, compatibility letters in their plain form."""
    return _key(word[:_CACHED])


@lru_cache(maxsize=1 << 16)
def _key(word: str) -> str:
    """Folding may leave signs ("½" is "1⁄2") or nothing at all; a key has letters and digits only."""
    plain = "".join(c for c in fold(word) if c.isalnum())[:LONGEST]
    return plain or word[:LONGEST].encode("utf-8", "surrogatepass").hex()


def signs(text: str) -> list[str]:
    """The distinct characters that are neither of a word nor blank, in order of their code points."""
    rest = _NOT_SIGNS.sub("", text) if not text.isascii() else re.sub(r"[A-Za-z0-9\s]+", "", text)
    return sorted(set(rest))


def sign_key(sign: str) -> str:
    """A sign as a key: letters and digits only, and never equal to the key of a word."""
    return f"{SIGN_MARK}{ord(sign):x}"


def index_keys(text: str) -> list[str]:
    """What is indexed of a text: its words in order, so that phrases can be found, and then its signs."""
    return [*keys(text), *(sign_key(sign) for sign in signs(text))]
