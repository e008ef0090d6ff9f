"""Whether two texts about one thing contradict each other: the words that say so.

Embeddings find the same topic and cannot see contradiction; what can be seen are a negation on one side only,
figures that differ, opposite words, and words that call another account untrue.

>>> opposed("Le pont est ouvert depuis 1990.", "Le pont est fermé.", "fr")
['opposite words: ouvert / fermé']
>>> opposed("The bridge cost 40 million.", "The bridge cost 65 million.", "en")
['figures differ: 40 million / 65 million']
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache, cached_property
from typing import NamedTuple

from onrecord.lexicon import languages, load
from onrecord.statements.firmness import cues
from onrecord.text.dates import dates
from onrecord.text.matching import fold
from onrecord.text.numbers import numbers
from onrecord.text.vocabulary import table, words

_WORD = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")
_STEM = 5
_ROUNDED = 0.05  # "more than 200" and "207" are one figure
_NEAR = 0.9  # so much alike are two wordings of one sentence


class _Opposition(NamedTuple):
    negation: frozenset[str]
    untruth: tuple[str, ...]
    antonyms: tuple[tuple[str, str], ...]
    common: frozenset[str]


class Words:
    """What opposes a text to others, each found when a comparison first asks for it: a text may stand in many pairs."""

    def __init__(self, text: str, language: str | None) -> None:
        self.text, self._language = text, language
        self.known = _opposition(language)

    @cached_property
    def negations(self) -> int:
        """How many negations of full strength there are."""
        found = (cue for cue in cues(self.text, self._language) if cue.kind == "negation")
        return sum(fold(cue.text) in self.known.negation for cue in found)

    @cached_property
    def untruths(self) -> frozenset[str]:
        """The words in it that call another account untrue."""
        line = f" {' '.join(self._words)} "
        return frozenset(entry for entry in self.known.untruth if entry in line)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The beginnings of the content words: enough to hold inflections together."""
        common = self.known.common
        return frozenset(word[:_STEM] for word in self._words if len(word) > 3 and word not in common)

    @cached_property
    def distinct(self) -> frozenset[str]:
        """Its words."""
        return frozenset(self._words)

    @cached_property
    def counted(self) -> dict[str, dict[float, str]]:
        """Figures outside dates, with how they are printed, by the beginning of the word that they count."""
        return _counted(self.text, self._language)

    @cached_property
    def _words(self) -> list[str]:
        return _WORD.findall(fold(self.text))


def opposed(a: str, b: str, language: str | None) -> list[str]:
    """The reasons to think that two texts contradict each other; none where nothing in their words says so."""
    return contradictions(Words(a, language), Words(b, language))


def contradictions(a: Words, b: Words) -> list[str]:
    """The same of texts whose words may have been looked at before."""
    return [] if a.text == b.text else [*_negation(a, b), *_untruth(a, b), *_antonyms(a, b), *_figures(a, b)]


def alike(a: str, b: str, language: str | None) -> float:
    """Shared content words over those of the shorter text, 0 to 1; words are compared by their first letters."""
    return _alike(Words(a, language), Words(b, language))


def _alike(a: Words, b: Words) -> float:
    left, right = a.stems, b.stems
    return len(left & right) / min(len(left), len(right)) if left and right else 0.0


def stems(text: str, language: str | None) -> frozenset[str]:
    """The beginnings of the content words of a text."""
    return Words(text, language).stems


def _negation(a: Words, b: Words) -> list[str]:
    """One side is negated more often: an odd number of times more, for two negations may cancel out."""
    if bool(a.negations) != bool(b.negations):
        return ["a negation on one side"]
    if a.negations != b.negations and _alike(a, b) >= _NEAR:
        return ["one side is negated once more"]
    return []


def _untruth(a: Words, b: Words) -> list[str]:
    only = a.untruths ^ b.untruths
    return [f"one side says: {min(only).strip()}"] if only and bool(a.untruths) != bool(b.untruths) else []


def _antonyms(a: Words, b: Words) -> list[str]:
    only_a, only_b = sorted(a.distinct - b.distinct), sorted(b.distinct - a.distinct)
    for one, other in a.known.antonyms:
        for first, second, shown in ((only_a, only_b, False), (only_b, only_a, True)):
            if (x := _begins(first, one)) and (y := _begins(second, other)):
                return [f"opposite words: {y} / {x}" if shown else f"opposite words: {x} / {y}"]
    return []


def _begins(found: list[str], entry: str) -> str | None:
    """The first of some words in order that an entry of the lexicon means."""
    word = entry.removesuffix("~")
    at = bisect_left(found, word)
    if at == len(found) or not (found[at] == word if entry == word else found[at].startswith(word)):
        return None
    return found[at]


def _figures(a: Words, b: Words) -> list[str]:
    """Figures for one and the same thing that differ: what is counted is the unit, or else the next word."""
    left, right = a.counted, b.counted
    for unit in sorted(left.keys() & right.keys()):
        if not any(_close(one, other) for one in left[unit] for other in right[unit]):
            return [f"figures differ: {left[unit][min(left[unit])]} / {right[unit][min(right[unit])]}"]
    return []


def _close(one: float, other: float) -> bool:
    """Whether one may be the other, rounded."""
    return abs(one - other) <= _ROUNDED * max(abs(one), abs(other))


def _counted(text: str, language: str | None) -> dict[str, dict[float, str]]:
    if not _DIGIT.search(text):
        return {}
    dated = [(date.start, date.end) for date in dates(text, language) if date.kind != "duration"]
    found: dict[str, dict[float, str]] = {}
    for number in numbers(text, language):
        unit = number.unit or _counted_word(text, number.start, number.end)
        plain = number.value.replace(".", "", 1).isdigit()
        if plain and unit and not any(start <= number.start < end for start, end in dated):
            found.setdefault(unit, {})[float(number.value)] = text[number.start : number.end]
    return found


def _counted_word(text: str, start: int, end: int) -> str:
    """The beginning of the word behind a figure, or of the one before it where none follows."""
    behind = _WORD.match(text, end + 1)
    before = _WORD.findall(text, max(0, start - 24), start)
    word: str = behind[0] if behind else before[-1] if before else ""
    return word.casefold()[:_STEM]


@cache
def _opposition(language: str | None) -> _Opposition:
    known = language is not None and language in languages()
    data = load(language, "relations").get("opposition", {}) if known and language else {}
    common = load(language, "text")["language"]["function_words"] if known and language else ""
    return _Opposition(
        frozenset(words(data.get("negation", ""))),
        tuple(f" {' '.join(_WORD.findall(fold(entry)))} " for entry in words(data.get("untruth", ""))),
        tuple((one, others[0]) for one, others in table(data.get("antonyms", ""))),
        frozenset(words(common)),
    )
