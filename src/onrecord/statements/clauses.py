"""Clauses: the unit of the ledger. One clause holds at most one act; a quotation is never joined with its frame.

>>> text = "We agreed on the bridge, but there is no deal: “Nothing is settled”, he said."
>>> [text[start:end] for start, end in clauses(text, "en")]
['We agreed on the bridge', 'but there is no deal', 'Nothing is settled', 'he said.']
"""

from __future__ import annotations

import re
from functools import cache

from onrecord.lexicon import languages, load
from onrecord.text.matching import fold
from onrecord.text.vocabulary import alternatives, words

_HARD = r"[;«»“”„\"]|:(?=\s)|\s[–—-](?=\s)"
_TRIM = " \t\n\u00a0\u202f,;:–—-•·*"
_LETTER = re.compile(r"\w")
SHORTEST = 2
"""Words: a piece with fewer belongs to no clause of its own ("Now", "dit-il" keep their neighbours apart)."""


def clauses(
    text: str, language: str | None, start: int = 0, end: int | None = None, *, folded: str | None = None
) -> list[tuple[int, int]]:
    """The clauses of a sentence, as spans without the punctuation between them.

    They are found by punctuation and by the language's conjunctions, so that they also hold in translated text
    that no parser can read. `folded` spares folding the text again. Pieces without a letter are left out.
    """
    folded = fold(text) if folded is None else folded
    stop = len(text) if end is None else end
    found, at = [], start
    for cut in _cuts(language).finditer(folded, start, stop):
        found.append((at, cut.start()))
        at = cut.end()
    found.append((at, stop))
    trimmed = (_trimmed(text, left, right) for left, right in found)
    return [(left, right) for left, right in trimmed if left < right and _LETTER.search(text, left, right)]


def _trimmed(text: str, left: int, right: int) -> tuple[int, int]:
    while left < right and text[left] in _TRIM:
        left += 1
    while left < right and text[right - 1] in _TRIM:
        right -= 1
    return left, right


@cache
def _cuts(language: str | None) -> re.Pattern[str]:
    data = load(language, "acts").get("clauses", {}) if language in languages() and language else {}
    listed = {name: alternatives(words(data.get(name, ""))) for name in ("after_comma", "joints", "subjects")}
    elided = r"(?:\b|(?<='))"
    return re.compile(
        rf"{_HARD}|,\s(?={listed['after_comma']}{elided})"
        rf"|\s(?={listed['joints']}\s{listed['subjects']}{elided})"
    )
