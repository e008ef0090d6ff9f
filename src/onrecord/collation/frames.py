"""What one account keeps outside its turns but the other has as speech.

A label that nobody could read leaves speech in the frame; an article's narrative around its transcript stays out of
the comparison. The words of the other account tell which is which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.collation.account import Account

_WORD = re.compile(r"\w+")
_GRAM = 5  # words: a phrase of the event, not of the language
_SPOKEN = 0.5  # share of a block's phrases that the other account must have as speech


def spoken_frames(account: Account, other: Account) -> frozenset[int]:
    """Indexes of frame blocks of `account` most of which is speech in `other`; linear in both texts."""
    blocks = [(index, block) for index, block in enumerate(account.record.blocks) if block.kind == "frame"]
    if not blocks:
        return frozenset()
    spoken = {gram for turn in other.turns for span in turn.speech for gram in _grams(other.text.read(span))}
    found = set()
    for index, block in blocks:
        grams = list(_grams(block.text))
        if grams and sum(gram in spoken for gram in grams) >= _SPOKEN * len(grams):
            found.add(index)
    return frozenset(found)


def _grams(text: str) -> Iterator[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    yield from zip(*(words[shift:] for shift in range(_GRAM)), strict=False)
