"""Whether two texts about one thing contradict each other: the words that say so.

Embeddings find the same topic and cannot see contradiction; what can be seen are a negation on one side only,
figures that differ, opposite words, and words that call another account untrue.

>>> opposed("Le pont est ouvert depuis 1990.", "Le pont est fermé.", "fr")
['opposite words: ouvert / fermé']
>>> opposed("The bridge cost 40 million.", "The bridge cost 65 million.", "en")
['figures differ: 40 / 65']
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from onrecord.lexicon import languages, load
from onrecord.statements.firmness import cues
from onrecord.text.matching import fold
from onrecord.text.vocabulary import table, words

_WORD = re.compile(r"[^\W\d_]+")
_FIGURE = re.compile(r"(?<![\w.,])(?P<value>\d+(?:[.,   ]?\d+){0,6})[  -]?(?P<unit>%|[^\W\d_]{2,30})")
_STEM = 5
_NEAR = 0.6  # so much alike are two wordings of one sentence


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
        *_figures(a, b),
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
    found = [{entry for entry in entries if entry in _line(text)} for text in (a, b)]
    only = found[0] ^ found[1]
    return [f"one side says: {min(only).strip()}"] if only and bool(found[0]) != bool(found[1]) else []


def _antonyms(a: str, b: str, language: str | None) -> list[str]:
    left, right = set(_WORD.findall(fold(a))), set(_WORD.findall(fold(b)))
    only_a, only_b = left - right, right - left
    for one, other in _opposition(language).antonyms:
        for first, second, shown in ((only_a, only_b, False), (only_b, only_a, True)):
            x, y = _begins(first, one), _begins(second, other)
            if x and y:
                return [f"opposite words: {y} / {x}" if shown else f"opposite words: {x} / {y}"]
    return []


def _begins(found: set[str], entry: str) -> str | None:
    if not entry.endswith("~"):
        return entry if entry in found else None
    return min((word for word in found if word.startswith(entry[:-1])), default=None)


def _figures(a: str, b: str) -> list[str]:
    """Figures for one and the same thing that differ: what is counted is the next word."""
    left, right = _counted(a), _counted(b)
    for unit in sorted(left.keys() & right.keys()):
        if not left[unit] & right[unit]:
            return [f"figures differ: {min(left[unit])} / {min(right[unit])}"]
    return []


def _counted(text: str) -> dict[str, set[str]]:
    """Figures by the beginning of the word that they count."""
    found: dict[str, set[str]] = {}
    for figure in _FIGURE.finditer(text):
        found.setdefault(figure["unit"].casefold()[:_STEM], set()).add(figure["value"])
    return found


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
