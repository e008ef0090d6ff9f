"""All entries of a lexicon in one pass over a text (Aho-Corasick), with offsets that stay true.

>>> matcher = Matcher([("cessez-le-feu", "truce"), ("feu", "fire"), ("l'accord", "deal")])
>>> list(matcher.scan("L’accord de cessez-le-feu"))
[(0, 8, 'deal'), (12, 25, 'truce')]
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    import ahocorasick

Payload = TypeVar("Payload")

# Shapes of one character that nobody means as a difference: same length, so that offsets survive.
_SHAPES = (
    ("’", "'"), ("ʼ", "'"), ("‘", "'"), ("‑", "-"), ("‐", "-"),
    ("\u00a0", " "), ("\u202f", " "), ("\u2009", " "),
)  # fmt: skip
_NO_WORD = re.compile(r"[^\w ]")
# pyahocorasick frees its trie by recursion, a level a character: a name of a million characters ended the process.
_LONGEST = 1000
# What most matches stand between. The characters on which the edge of a word depends are not among them.
_EDGES = frozenset(' ,.;:!?()[]"«»“”…–—')


def fold(text: str, *, ignore_case: bool = True) -> str:
    """The text with one shape of apostrophe, hyphen and space, in lower case; never longer or shorter.

    >>> fold("L’ÉTÉ\u00a0!")
    "l'été !"
    """
    if not text.isascii():
        for shape, plain in _SHAPES:
            text = text.replace(shape, plain)
        if ignore_case:
            text = text.replace("İ", "i")  # the only character whose lower case is longer
    text = text.replace("\n", " ").replace("\t", " ")
    return text.lower() if ignore_case else text


def apart(text: str) -> str:
    """The folded text with a blank for all that is no letter and no digit; never longer or shorter.

    The words of any slice are then a `split` away, which takes a tenth of the time that an expression needs.

    >>> print(apart("L’accord (final), 12%"))
    l accord  final   12\x20
    """
    return _NO_WORD.sub(" ", fold(text).replace("_", " "))


class Matcher(Generic[Payload]):
    """Finds every pattern of a lexicon; built on first use, then shared by all scans.

    `whole_words` wants a match to stand alone: no letter, digit or combining mark on either side. An
    apostrophe before it is an edge ("l’accord"), one after it only as a possessive ("Orlova’s", not "don’t").
    A hyphen is an edge ("dit-il") unless `hyphen_joins`. A pattern given twice is found with each payload; one of
    more than 1,000 characters is nobody's name, and is not looked for.
    """

    def __init__(
        self,
        patterns: Iterable[tuple[str, Payload]],
        *,
        ignore_case: bool = True,
        whole_words: bool = True,
        hyphen_joins: bool = False,
    ) -> None:
        self._ignore_case = ignore_case
        self._whole_words = whole_words
        self._hyphen_joins = hyphen_joins
        self._payloads: dict[str, list[Payload]] = {}
        for pattern, payload in patterns:
            if (key := fold(pattern[: _LONGEST + 1], ignore_case=ignore_case)) and len(key) <= _LONGEST:
                self._payloads.setdefault(key, []).append(payload)

    @cached_property
    def _automaton(self) -> ahocorasick.Automaton:
        import ahocorasick

        automaton = ahocorasick.Automaton()
        for key, payloads in self._payloads.items():
            automaton.add_word(key, (len(key), payloads))
        automaton.make_automaton()
        return automaton

    def scan(
        self,
        text: str,
        start: int = 0,
        end: int | None = None,
        *,
        overlapping: bool = False,
        folded: bool = False,
    ) -> Iterator[tuple[int, int, Payload]]:
        """Each match as `(start, end, payload)`: leftmost first, of those the longest, none overlapping.

        With `overlapping` every match is given. `folded` says that the text comes from `fold`, which need not be
        done again. The edges of the slice count as edges of words.
        """
        if not self._payloads:
            return
        at = 0
        piece = text[start:end]
        for left, right, payloads in self._hits(
            piece if folded else fold(piece, ignore_case=self._ignore_case)
        ):
            if left >= at or overlapping:
                for payload in payloads:
                    yield start + left, start + right, payload
                at = right

    def _hits(self, folded: str) -> list[tuple[int, int, list[Payload]]]:
        """Matches that stand alone, leftmost first, longest first.

        The automaton's own leftmost-longest mode would choose before words are checked, and so lose the short
        match inside a long one that turns out to be part of a word.
        """
        hits = []
        whole, padded = self._whole_words, f" {folded} "  # so that the edges of the text are edges of words
        for last, (length, payloads) in self._automaton.iter(folded):
            left, right = last + 1 - length, last + 1
            if whole:
                before, after = padded[left], padded[right + 1]
                # Inside a word, or between two edges: nearly every case, so settled before any call.
                if before not in _EDGES and before.isalnum() and folded[left].isalnum():
                    continue
                if after not in _EDGES and after.isalnum() and folded[last].isalnum():
                    continue
                if not (before in _EDGES and after in _EDGES) and not self._stands_alone(folded, left, right):
                    continue
            hits.append((left, -right, payloads))
        hits.sort(key=itemgetter(0, 1))
        return [(left, -right, payloads) for left, right, payloads in hits]

    def _stands_alone(self, text: str, left: int, right: int) -> bool:
        if left and _in_word(text[left]):
            before = text[left - 1]
            if _in_word(before) or (self._hyphen_joins and before == "-" and _letter_at(text, left - 2)):
                return False
        if right == len(text) or not _in_word(text[right - 1]):
            return True
        after = text[right]
        if after == "'" and _letter_at(text, right + 1):
            return text[right + 1] == "s" and not _letter_at(text, right + 2)
        return not (_in_word(after) or (self._hyphen_joins and after == "-" and _letter_at(text, right + 1)))


def _in_word(character: str) -> bool:
    return character.isalnum() or (character > "\u02ff" and unicodedata.category(character).startswith("M"))


def _letter_at(text: str, at: int) -> bool:
    return 0 <= at < len(text) and _in_word(text[at])
