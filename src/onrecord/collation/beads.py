"""The cheapest way to cut two texts into beads: dynamic programming inside a corridor.

A bead is one passage alone, or up to four of one side for one of the other, or two for two, two for three. Time is
the number of cells of the corridor.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import NamedTuple

from onrecord.collation.likeness import Likeness

MERGES = ((1, 2), (2, 1), (1, 3), (3, 1), (2, 2), (1, 4), (4, 1), (2, 3), (3, 2))
"""Beads beyond one for one, as (passages of A, passages of B)."""


class Cut(NamedTuple):
    """`n` passages of A from `i` on and `m` of B from `j` on; one of the two may be 0."""

    i: int
    n: int
    j: int
    m: int

    @property
    def whole(self) -> bool:
        """Whether both sides have something."""
        return bool(self.n and self.m)


def cheapest(likeness: Likeness, rows: int, columns: int, allowed: Sequence[tuple[int, int]]) -> list[Cut]:
    """The cheapest beads from the beginning of both texts to their ends; `allowed` is a corridor."""
    costs: list[list[float]] = [[inf] * (high - low) for low, high in allowed]
    steps: list[list[tuple[int, int]]] = [[(0, 0)] * (high - low) for low, high in allowed]
    costs[0][0] = 0.0
    for i in range(rows + 1):
        _gather(likeness, i, rows, allowed)
        _row(likeness, i, rows, columns, allowed, costs, steps)
        if i >= 1:
            costs[i - 1] = []  # behind us; only the steps are needed again
    return _back(steps, allowed, rows, columns)


def _gather(likeness: Likeness, i: int, rows: int, allowed: Sequence[tuple[int, int]]) -> None:
    """The evidence of the rows that beads from row `i` on reach."""
    ahead = range(4) if i == 0 else (3,)
    for x in (i + step for step in ahead if i + step < rows):
        likeness.see(x, allowed[max(0, x - 3)][0], allowed[x][1] + 4)


def _row(
    likeness: Likeness,
    i: int,
    rows: int,
    columns: int,
    allowed: Sequence[tuple[int, int]],
    costs: list[list[float]],
    steps: list[list[tuple[int, int]]],
) -> None:
    """Relax every bead that begins in row `i`."""
    low, high = allowed[i]
    skip, merge = likeness.costs.skip, likeness.costs.merge
    for j in range(low, high):
        here = costs[i][j - low]
        if here == inf:
            continue

        def beats(n: int, m: int, least: float, j: int = j, here: float = here) -> bool:
            """Whether a bead that costs `least` could improve on how its end is reached by now."""
            first, last = allowed[i + n]
            return first <= j + m < last and here + least < costs[i + n][j + m - first]

        def reach(n: int, m: int, cost: float, j: int = j, here: float = here) -> None:
            if beats(n, m, cost):
                at = j + m - allowed[i + n][0]
                costs[i + n][at] = here + cost
                steps[i + n][at] = (n, m)

        if i < rows:
            reach(1, 0, skip)
        if j < columns:
            reach(0, 1, skip)
        if i == rows or j == columns:
            continue
        reach(1, 1, likeness.cost(i, 1, j, 1))
        for n, m in MERGES:
            if i + n > rows or j + m > columns or not beats(n, m, merge * (n + m - 2)):
                continue
            if likeness.close(i, n, j, m):
                reach(n, m, likeness.cost(i, n, j, m))


def _back(
    steps: Sequence[Sequence[tuple[int, int]]], allowed: Sequence[tuple[int, int]], rows: int, columns: int
) -> list[Cut]:
    cuts: list[Cut] = []
    i, j = rows, columns
    while i or j:
        n, m = steps[i][j - allowed[i][0]]
        i, j = i - n, j - m
        cuts.append(Cut(i, n, j, m))
    return cuts[::-1]
