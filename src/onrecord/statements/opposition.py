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
from functools import cache
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


def opposed(a: str, b: str, language: str | None) -> list[str]:
    """The reasons to think that two texts contradict each other; none where nothing in their words says so."""
    return [
        *_negation(a, b, language),
        *_untruth(a, b, language),
        *_antonyms(a, b, language),
        *_figures(a, b, language),
    ]


def alike(a: str, b: str, language: str | None) -> float:
    """Shared content words over those of the shorter text, 0 to 1; words are compared by their first letters."""
    left, right = stems(a, language), stems(b, language)
    return len(left & right) / min(len(left), len(right)) if left and right else 0.0


def stems(text: str, language: str | None) -> frozenset[str]:
    """The beginnings of the content words: enough to hold inflections together."""
    common = _opposition(language).common
    return frozenset(
        word[:_STEM] for word in _WORD.findall(fold(text)) if len(word) > 3 and word not in common
    )


def _negation(a: str, b: str, language: str | None) -> list[str]:
    """One side is negated more often: an odd number of times more, for two negations may cancel out."""
    full = _opposition(language).negation
    found = ([cue for cue in cues(text, language) if cue.kind == "negation"] for text in (a, b))
    negative = [sum(fold(cue.text) in full for cue in one) for one in found]
    if not all(negative) and any(negative):
        return ["a negation on one side"]
    if negative[0] != negative[1] and alike(a, b, language) >= _NEAR:
        return ["one side is negated once more"]
    return []


def _untruth(a: str, b: str, language: str | None) -> list[str]:
    entries = _opposition(language).untruth
    found = [{entry for entry in entries if entry in line} for line in (_line(a), _line(b))]
    only = found[0] ^ found[1]
    return [f"one side says: {min(only).strip()}"] if only and bool(found[0]) != bool(found[1]) else []


def _antonyms(a: str, b: str, language: str | None) -> list[str]:
    left, right = set(_WORD.findall(fold(a))), set(_WORD.findall(fold(b)))
    only_a, only_b = sorted(left - right), sorted(right - left)
    for one, other in _opposition(language).antonyms:
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


def _figures(a: str, b: str, language: str | None) -> list[str]:
    """Figures for one and the same thing that differ: what is counted is the unit, or else the next word."""
    left, right = _counted(a, language), _counted(b, language)
    for unit in sorted(left.keys() & right.keys()):
        if not any(_close(one, other) for one in left[unit] for other in right[unit]):
            return [f"figures differ: {left[unit][min(left[unit])]} / {right[unit][min(right[unit])]}"]
    return []


def _close(one: float, other: float) -> bool:
    """Whether one may be the other, rounded."""
    return abs(one - other) <= _ROUNDED * max(abs(one), abs(other))


def _counted(text: str, language: str | None) -> dict[str, dict[float, str]]:
    """Figures outside dates, with how they are printed, by the beginning of the word that they count."""
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


def _line(text: str) -> str:
    return f" {' '.join(_WORD.findall(fold(text)))} "


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
