"""How much a sentence is worth checking: a score to rank by, never a gate, with the reasons for it.

Figures, shares, comparisons, deeds and the past raise it; opinion, plans and courtesies lower it. The lists and
their weights are `claims.toml` of the language.

>>> low, high = worth("I think we should all be proud.", "en"), worth("Exports fell by 12% in 2019.", "en")
>>> low.score < 0.2 and high.score > 0.7
True
>>> high.reasons
('it gives a figure', 'it names a year', 'it names a share: “%”', 'it compares: “fell”')
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from math import exp, sqrt
from typing import NamedTuple

from onrecord.lexicon import languages, load
from onrecord.statements import reasons
from onrecord.text.matching import fold
from onrecord.text.vocabulary import words

_FIGURE = re.compile(r"(?<![\w.,])\d{1,3}(?:[.,  ]?\d{1,3}){0,6}(?!\d)")
_YEAR = re.compile(r"(?<![\d.,])(?:1[89]|20)\d\d(?![\d%])")
_NAME = re.compile(r"[A-ZÀ-Þ](?<!\w.)[\w'’.-]{2,40}")  # the capital first: a search skips to it
_DIGIT = re.compile(r"\d")
_TOKEN = re.compile(r"[^\W_]+|[%$€£]")

FIGURE, NAME, QUESTION, SHORT = 1.7, 0.2, -1.8, -1.5
CRISP = 15  # words; what a longer sentence holds is diluted, for rambling is not asserting
TELLING = 0.8  # the weight from which an entry is given as a reason
MIDDLE = 2.2  # the sum at which a sentence is as likely worth checking as not


class Worth(NamedTuple):
    """`score` lies between 0 and 1 and is there to rank by; `reasons` are the words that raise it."""

    score: float
    reasons: tuple[str, ...]


class _List(NamedTuple):
    name: str
    weight: float
    most: int


def worth(
    sentence: str, language: str | None, *, folded: str | None = None, pieces: Sequence[str] | None = None
) -> Worth:
    """The score of one sentence or clause; a language without `claims.toml` has figures, years and names only.

    `folded` is the same sentence folded, and `pieces` are its words `apart`, for a caller who has them.
    """
    figures = years = 0
    if _DIGIT.search(sentence):  # most sentences have none
        figures, years = len(_FIGURE.findall(sentence)), len(_YEAR.findall(sentence))
    tokens = pieces
    # A sign is a token of its own; most sentences have none.
    if tokens is None or "%" in sentence or "$" in sentence or "€" in sentence or "£" in sentence:
        tokens = _TOKEN.findall(fold(sentence) if folded is None else folded)
    why = [reasons.FIGURE] * bool(figures > years) + [reasons.YEAR] * bool(years)
    total = FIGURE * min(figures - years, 2) + FIGURE * min(years, 1)
    total += NAME * min(max(len(_NAME.findall(sentence)) - sentence[:1].isupper(), 0), 3)
    total += SHORT * (len(tokens) < 5) + QUESTION * sentence.rstrip(' »”"').endswith("?")
    listed, found = _listed(tokens, language)
    total += listed
    if total > 0:
        total /= sqrt(max(len(tokens), CRISP) / CRISP)
    return Worth(1 / (1 + exp(MIDDLE - total)), (*why, *found))


def _listed(tokens: Sequence[str], language: str | None) -> tuple[float, list[str]]:
    """What the lists of the language add, and the words that speak for a claim."""
    lists = _lists(language)
    called = lists.keys() & set(tokens)
    if not called:
        return 0.0, []
    line = f" {' '.join(tokens)} "
    seen: dict[str, int] = {}
    total, why = 0.0, []
    for key in sorted(called):
        for phrase, (name, weight, most) in lists[key]:
            count = seen.get(name, 0)
            if phrase not in line:
                continue
            seen[name] = count + 1
            total += weight if count < most else 0
            if weight >= TELLING:
                why.append(reasons.worth(name, phrase.strip()))
    return total, why


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
