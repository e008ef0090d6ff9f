"""How much a sentence is worth checking: a score to rank by, never a gate, with the reasons for it.

Figures, shares, comparisons, deeds and the past raise it; opinion, plans and courtesies lower it. The lists and
their weights are `claims.toml` of the language.

>>> low, high = worth("I think we should all be proud.", "en"), worth("Exports fell by 12% in 2019.", "en")
>>> low.score < 0.2 and high.score > 0.7
True
>>> high.reasons
('figure', 'year', 'share: %', 'comparison: fell')
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from math import exp, sqrt
from typing import NamedTuple

from onrecord.lexicon import languages, load
from onrecord.text.matching import fold
from onrecord.text.vocabulary import words

_FIGURE = re.compile(r"(?<![\w.,])\d{1,3}(?:[.,  ]?\d{1,3}){0,6}(?!\d)")
_YEAR = re.compile(r"(?<![\d.,])(?:1[89]|20)\d\d(?![\d%])")
_NAME = re.compile(r"(?<=[\w,;:] )[A-ZÀ-Þ][\w'’.-]{2,40}")
_WORD = re.compile(r"\w+")
_TOKEN = re.compile(r"[^\W_]+|[%$€£]")

FIGURE, NAME, QUESTION, SHORT = 1.7, 0.2, -1.8, -1.5
CRISP = 15  # words; what a longer sentence holds is diluted, for rambling is not asserting
TELLING = 0.8  # the weight from which an entry is given as a reason
MIDDLE = 2.2  # the sum at which a sentence is as likely worth checking as not


class Worth(NamedTuple):
    """`score` lies between 0 and 1; `evidence` counts what points to a fact, opinion and plans left aside."""

    score: float
    reasons: tuple[str, ...]
    figures: int = 0


class _List(NamedTuple):
    name: str
    weight: float
    most: int


def worth(sentence: str, language: str | None) -> Worth:
    """The score of one sentence or clause; a language without `claims.toml` has figures, years and names only."""
    figures = len(_FIGURE.findall(sentence))
    years = len(_YEAR.findall(sentence))
    length = len(_WORD.findall(sentence))
    reasons = ["figure"] * bool(figures > years) + ["year"] * bool(years)
    total = FIGURE * min(figures - years, 2) + FIGURE * min(years, 1)
    total += NAME * min(len(_NAME.findall(sentence)), 3)
    total += SHORT * (length < 5) + QUESTION * sentence.rstrip(' »”"').endswith("?")
    listed, found = _listed(sentence, language)
    total += listed
    if total > 0:
        total /= sqrt(max(length, CRISP) / CRISP)
    return Worth(1 / (1 + exp(MIDDLE - total)), (*reasons, *found), figures)


def _listed(sentence: str, language: str | None) -> tuple[float, list[str]]:
    """What the lists of the language add, and the words that speak for a claim."""
    tokens = _TOKEN.findall(fold(sentence))
    lists = _lists(language)
    line = f" {' '.join(tokens)} "
    seen: Counter[_List] = Counter()
    reasons = []
    for key in sorted(lists.keys() & set(tokens)):
        for phrase, entry in lists[key]:
            if phrase in line:
                seen[entry] += 1
                if entry.weight >= TELLING:
                    reasons.append(f"{entry.name}: {phrase.strip()}")
    return sum(entry.weight * min(count, entry.most) for entry, count in seen.items()), reasons


@cache
def _lists(language: str | None) -> dict[str, list[tuple[str, _List]]]:
    """The entries of all lists, by their longest word: most sentences share few of them."""
    data = load(language, "claims") if language in languages() and language else {}
    found: dict[str, list[tuple[str, _List]]] = {}
    for name, listed in data.get("lists", {}).items():
        entry = _List(name, listed["weight"], listed["most"])
        for word in words(listed["words"]):
            tokens = _TOKEN.findall(fold(word))
            found.setdefault(max(tokens, key=len), []).append((f" {' '.join(tokens)} ", entry))
    return found
