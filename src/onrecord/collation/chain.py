"""Anchors that two sequences share, and the heaviest chain of them that keeps the order.

An anchor is a run of grams that occur exactly once in each sequence. Those on the chain are the frame of the
alignment; those off it stand elsewhere in the other order.

>>> chained([(0, 5, 3), (3, 0, 5)])
([(3, 0, 5)], [(0, 5, 3)])
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from onrecord.collation.gaps import Match, joined


def anchors(a: Sequence[int], b: Sequence[int], size: int) -> list[Match]:
    """Runs of grams of `size` symbols that are unique in both sequences, in the order of `a`; linear."""
    in_a, in_b = _unique(a, size), _unique(b, size)
    pairs = sorted((at, in_b[gram]) for gram, at in in_a.items() if at >= 0 and in_b.get(gram, -1) >= 0)
    found: list[Match] = []
    for i, j in pairs:
        if found:
            first_i, first_j, length = found[-1]
            if i - first_i == j - first_j and i <= first_i + length:
                found[-1] = (first_i, first_j, i - first_i + size)
                continue
        found.append((i, j, size))
    return found


def _unique(sequence: Sequence[int], size: int) -> dict[tuple[int, ...], int]:
    """Each gram with its place, -1 where it occurs again."""
    places: dict[tuple[int, ...], int] = {}
    for at, gram in enumerate(zip(*(sequence[shift:] for shift in range(size)), strict=False)):
        places[gram] = -1 if gram in places else at
    return places


def chained(runs: Sequence[Match]) -> tuple[list[Match], list[Match]]:
    """Runs (in the order of the first sequence) on the heaviest increasing chain, and the others.

    Neighbours on the chain do not overlap: where grams of two runs do, the later run gives way.
    """
    if all(left[1] < right[1] for left, right in pairwise(runs)):
        return _apart(runs), []
    chosen = _heaviest(runs)
    on = [runs[at] for at in chosen]
    keep = set(chosen)
    return _apart(on), [run for at, run in enumerate(runs) if at not in keep]


def _heaviest(runs: Sequence[Match]) -> list[int]:
    """Indexes of the increasing chain with most symbols: a Fenwick tree of best weights by place in B."""
    ranks = {j: rank for rank, j in enumerate(sorted({run[1] for run in runs}), 1)}
    size = len(ranks) + 1
    best: list[tuple[int, int]] = [(0, -1)] * size  # weight, index of the run that ends there
    before = [-1] * len(runs)
    for at, (_, j, length) in enumerate(runs):
        rank = ranks[j] - 1
        top = (0, -1)
        while rank > 0:
            top = max(top, best[rank])
            rank -= rank & -rank
        before[at] = top[1]
        ending = (top[0] + length, at)
        rank = ranks[j]
        while rank < size:
            best[rank] = max(best[rank], ending)
            rank += rank & -rank
    at = max(best)[1]
    chosen = []
    while at >= 0:
        chosen.append(at)
        at = before[at]
    return chosen[::-1]


def _apart(runs: Iterable[Match]) -> list[Match]:
    kept: list[Match] = []
    end_i = end_j = 0
    for i, j, length in runs:
        over = max(end_i - i, end_j - j, 0)
        if over < length:
            kept.append((i + over, j + over, length - over))
            end_i, end_j = i + length, j + length
    return joined(kept)
