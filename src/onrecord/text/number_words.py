"""Numbers written in words: a run of number words added up by one small grammar for all languages.

Units fill the room that tens leave, tens the room that hundreds leave, a scale word closes a group:
"deux cent trente-cinq mille six" is (2·100 + 30 + 5)·1000 + 6.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from onrecord.model import Judgement
from onrecord.text.matching import fold
from onrecord.text.vocabulary import Entry, Hit, Vocabulary, alternatives, vocabulary

_GAP = re.compile(r"[ \t\u00a0\u202f]*[-‑]?\s?")


class Amount(NamedTuple):
    """Number words that make one value; `hits` counts the words used up."""

    start: int
    end: int
    value: str
    certainty: Judgement
    reason: str
    hits: int


_BEGINS = frozenset({"cardinal", "hundred", "scale"})
_APART = 8  # characters; further apart two words are no part of one number


class _Grammar:
    """What of one language's data the sum needs."""

    def __init__(self, language: str | None) -> None:
        words: Vocabulary = vocabulary(language)
        numbers = words.numbers
        self.teens_after = frozenset(map(int, numbers.get("teens_after", "").split()))
        self.joiner_after = numbers.get("joiner_after", "")
        joiner = alternatives(words.number_words("joiner"))
        self.joined = re.compile(rf"[ \u00a0\u202f-]{joiner}[ \u00a0\u202f-]")
        self.articles = words.number_words("articles")
        self.doubtful = words.number_words("doubtful") | words.number_words("doubtful_scales")


@cache
def grammar(language: str | None) -> _Grammar:
    """The rules by which a language builds numbers, compiled once."""
    return _Grammar(language)


class _Sum:
    """The value of the words so far, and whether one more word fits."""

    def __init__(self, rules: _Grammar) -> None:
        self.rules = rules
        self.total = self.group = 0
        self.scale = 0  # the last scale word; the next must be smaller
        self.empty = True  # nothing in the group yet

    def add(self, hit: Hit, joined: bool) -> bool:
        """Take the word if it fits; `joined` says that "and" stands before it."""
        if joined and not self._joins():
            return False
        for kind, fits in (("cardinal", self._cardinal), ("hundred", self._hundred), ("scale", self._scale)):
            if (value := hit.value(kind)) is not None and fits(int(value), joined):
                return True
        return False

    def _joins(self) -> bool:
        tens = self.group % 100
        if self.rules.joiner_after == "tens":
            return tens >= 20 and tens % 10 == 0
        return (self.group > 0 and tens == 0) or (self.empty and self.scale > 0)

    def _cardinal(self, value: int, joined: bool) -> bool:
        low = self.group % 100
        fits = (
            (self.empty and (value > 0 or not self.scale))
            or (value < 100 and self.group > 0 and low == 0 and value > 0)
            or (0 < value < 10 and low >= 20 and low % 10 == 0)
            or (10 <= value < 20 and low in self.rules.teens_after)
        )
        if fits:
            self.group, self.empty = self.group + value, False
        return fits

    def _hundred(self, value: int, joined: bool) -> bool:
        if joined or not (self.empty or 0 < self.group < 100):
            return False
        self.group, self.empty = max(self.group, 1) * value, False
        return True

    def _scale(self, value: int, joined: bool) -> bool:
        if joined or (not self.empty and not self.group):
            return False
        if self.scale == 1000 < value and self.total < 1_000_000:  # cinco mil millones
            self.total, self.scale = (self.total + self.group) * value, value
            self.group, self.empty = 0, True
            return True
        if self.scale and (self.empty or value >= self.scale):
            return False
        self.total += max(self.group, 1) * value
        self.scale, self.group, self.empty = value, 0, True
        return True


_folded = lru_cache(maxsize=1 << 12)(fold)
"""A word of the vocabulary, folded: few are printed, and these again and again."""


def amount(text: str, hits: list[Hit], index: int, language: str | None) -> Amount | None:
    """The longest number that the words from `hits[index]` on make, or None."""
    if not hits[index].among(_BEGINS):
        return None
    rules = grammar(language)
    alone = index + 1 == len(hits) or hits[index + 1].start - hits[index].end > _APART
    if alone and _folded(text[hits[index].start : hits[index].end]) in rules.articles:
        return None  # "un", "one": by far the most frequent word, and no number
    so_far = _Sum(rules)
    last = index
    if not so_far.add(hits[index], joined=False):
        return None
    while (
        last + 1 < len(hits) and (gap := _gap(text, hits[last].end, hits[last + 1].start, rules)) is not None
    ):
        if not so_far.add(hits[last + 1], joined=gap):
            break
        last += 1
    start, end = hits[index].start, hits[last].end
    certainty, reason = _certainty(fold(text[start:end]), hits[index], rules)
    if not certainty:
        return None
    return Amount(start, end, str(so_far.total + so_far.group), certainty, reason, last + 1 - index)


def _gap(text: str, left: int, right: int, rules: _Grammar) -> bool | None:
    """False if two words stand side by side, True if "and" joins them, None if they are apart."""
    if right - left > _APART:
        return None
    between = fold(text[left:right])
    if right > left and _GAP.fullmatch(between):
        return False
    return True if rules.joined.fullmatch(between) else None


def _certainty(printed: str, first: Hit, rules: _Grammar) -> tuple[Judgement, str] | tuple[None, str]:
    if printed in rules.articles:
        return None, ""
    if printed in rules.doubtful:
        return "ambiguous", "the word has another meaning"
    if first.value("scale") is not None and first.end - first.start == len(printed):
        return "ambiguous", "a scale word without a number"
    if any(printed.endswith(word) for word in rules.doubtful if len(word) > 4):
        return "likely", "the scale word means another number in some languages"
    return "certain", ""


@cache
def _compound_words(language: str | None) -> re.Pattern[str] | None:
    """German words that hold "hundert" or "tausend" inside: the scan for whole words cannot see them."""
    if not vocabulary(language).numbers.get("compound"):
        return None
    return re.compile(r"\b[a-zäöüß]{0,60}?(?:hundert|tausend)[a-zäöüß]{0,60}\b")


def compounds(text: str, language: str | None, start: int, end: int) -> Iterator[Hit]:
    """Numbers of 100 and more that are one word: "zweihundertfünftausend"."""
    if (pattern := _compound_words(language)) is None:
        return
    for found in pattern.finditer(fold(text[start:end])):
        if (value := _compound_value(found[0], language)) is not None:
            left = start + found.start()
            yield Hit(left, left + len(found[0]), (Entry("compound", str(value)),))


def _compound_value(word: str, language: str | None) -> int | None:
    """The sum of the parts of a compound; None if letters are left over."""
    words, rules = vocabulary(language), grammar(language)
    so_far, at, used = _Sum(rules), 0, 0
    scales = {"hundert": "hundred", "tausend": "scale"}
    sizes = {"hundert": "100", "tausend": "1000"}
    while at < len(word):
        if used and word.startswith(words.numbers["compound"], at):
            at += len(words.numbers["compound"])
        for length in range(min(24, len(word) - at), 2, -1):
            part = word[at : at + length]
            if part in scales:
                hit = Hit(at, at + length, (Entry(scales[part], sizes[part]),))
            elif part in words.values:
                hit = Hit(at, at + length, (Entry("cardinal", str(words.values[part])),))
            else:
                continue
            if so_far.add(hit, joined=False):
                at, used = at + length, used + 1
                break
        else:
            return None
    return so_far.total + so_far.group if used > 1 else None
