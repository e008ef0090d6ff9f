"""Where a counterpart may stand: a corridor around anchors, so that aligning stays near-linear in the texts.

Anchors are pairs that recognise each other by rare keys, far better than either recognises anything else; those on
the longest chain that keeps the order are the middle of the corridor.

>>> corridor([(50, 80)], 100, 100)[49:51]
[(22, 101), (54, 101)]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from onrecord.collation.chain import chained
from onrecord.collation.likeness import postings, weights
from onrecord.collation.passages import Passage
from onrecord.collation.same_people import strangers

_RARE = 8  # places beyond which a key is too common to anchor anything
_CLEARLY = 1.5  # times better than the second best
_TELLING = 4.0  # weight of shared keys from which a pair may be an anchor: about two rare words
_DETOUR = 16  # passages that a single anchor may lead off the way and back
_MARGIN = 6  # passages on either side that the corridor always leaves
_WIDEST = 50  # passages on either side where anchors are far apart
_CELLS = 600_000  # what one alignment may look at, whatever the texts; above it the corridor narrows

Pair = tuple[int, int]


def anchors(a: Sequence[Passage], b: Sequence[Passage]) -> list[Pair]:
    """Pairs of passages, in order on both sides, that rare keys put together; linear in the number of keys."""
    weighing = weights(a, b)
    here, there = postings(a, weighing), postings(b, weighing)
    rare = {key for key in weighing if len(here[key]) <= _RARE and len(there[key]) <= _RARE}
    shared: Counter[Pair] = Counter()
    for key in sorted(rare):
        for i in here[key]:
            for j in there[key]:
                if not strangers(a[i].speaker, b[j].speaker):
                    shared[i, j] += weighing[key]  # type: ignore[assignment]
    best_a, best_b = _best(shared, 0), _best(shared, 1)
    pairs = sorted(
        (i, j)
        for (i, j), weight in shared.items()
        if weight >= _TELLING and _clear(weight, (i, j), best_a[i]) and _clear(weight, (i, j), best_b[j])
    )
    return without_detours(in_order(pairs))


def without_detours(points: Sequence[Pair]) -> list[Pair]:
    """The chain without single points that lead far off the way and back: two omissions, one on each side.

    >>> without_detours([(0, 0), (30, 4), (40, 40)])
    [(0, 0), (40, 40)]
    """
    kept: list[Pair] = []
    for index, point in enumerate(points):
        following = points[index + 1] if index + 1 < len(points) else point
        before = kept[-1] if kept else (0, 0)
        straight = _detour(before, following)
        if _detour(before, point) + _detour(point, following) - straight <= _DETOUR:
            kept.append(point)
    return kept


def _detour(a: Pair, b: Pair) -> int:
    return abs((b[0] - a[0]) - (b[1] - a[1]))


def in_order(pairs: Sequence[Pair]) -> list[Pair]:
    """The longest chain of pairs that keeps the order of both sides."""
    on, _ = chained([(i, j, 1) for i, j in pairs])
    return [(i + step, j + step) for i, j, length in on for step in range(length)]


def _best(shared: Counter[Pair], side: int) -> dict[int, tuple[float, float]]:
    """For each passage of one side the best weight and the second best."""
    found: dict[int, tuple[float, float]] = {}
    for pair, weight in shared.items():
        first, second = found.get(pair[side], (0.0, 0.0))
        found[pair[side]] = (weight, first) if weight > first else (first, max(second, weight))
    return found


def _clear(weight: float, pair: Pair, best: tuple[float, float]) -> bool:
    return weight == best[0] and weight >= _CLEARLY * best[1]


def corridor(points: Sequence[Pair], rows: int, columns: int) -> list[tuple[int, int]]:
    """For each row 0 … `rows` the half-open range of columns 0 … `columns` that a path may touch.

    `points` are anchors in order. Between two of them the corridor follows the straight line, as wide as the
    shorter side of the gap (within limits), and it never tears: neighbouring rows share a column.
    """
    widest = max(_MARGIN, min(_WIDEST, _CELLS // (2 * (rows + 1))))
    known = [(0, 0), *((i, j) for i, j in points if 0 < i < rows and 0 < j < columns), (rows, columns)]
    ranges: list[tuple[int, int]] = []
    half = _MARGIN
    for (i, j), (next_i, next_j) in pairwise(known):
        half = _MARGIN + min(widest, next_i - i, next_j - j)
        rise = (next_j - j) / max(1, next_i - i)
        for row in range(i, next_i):
            low, high = j + (row - i) * rise, j + (row + 1 - i) * rise
            ranges.append((max(0, int(low) - half), min(columns, int(high) + half) + 1))
    ranges.append((max(0, columns - half), columns + 1))
    return _reaching(ranges)


def _reaching(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Both limits made to grow only, so that a path along either wall can always go on."""
    low = ranges[-1][0]
    for row in range(len(ranges) - 1, -1, -1):
        low = min(low, ranges[row][0])
        ranges[row] = (low, ranges[row][1])
    high = 0
    for row, (first, last) in enumerate(ranges):
        high = max(high, last)
        ranges[row] = (first, high)
    return ranges
