"""Which tokens of two sequences are the same: anchors, their chain, moves, and exact matching in the gaps.

Near-linear: anchors and chain are linear but for a logarithm, and a gap is matched exactly only up to a cap; a
larger one is first cut by rarer anchors, then by equal sentences, and at last along its diagonal, so that any
two inputs end in bounded time and memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.collation.alignment import Run
from onrecord.collation.chain import anchors, chained
from onrecord.collation.gaps import Match, common, joined

GRAM = 4  # tokens of an anchor: three are too often a turn of phrase
FINER = (2, 1)  # grams tried inside a gap that is too large to match exactly
CELLS = 100_000_000  # largest gap matched exactly, in pairs of tokens: 12 MB
MOVED = 6  # fewest tokens that count as moved rather than as a turn of phrase

Gap = tuple[int, int, int, int]


def match(a: Sequence[int], b: Sequence[int], starts_a: Sequence[int], starts_b: Sequence[int]) -> list[Run]:
    """Runs of equal tokens in the order of `a`; `starts_…` are the tokens at which sentences begin."""
    on, off = chained(anchors(a, b, GRAM))
    taken_a, taken_b = bytearray(len(a)), bytearray(len(b))
    _take(on, taken_a, taken_b)
    moved = _moves(a, b, off, taken_a, taken_b)
    found = list(on)
    for gap in _gaps(on, len(a), len(b)):
        found += _fill(a, b, gap, taken_a, taken_b, (starts_a, starts_b))
    runs = [Run(i, j, length) for i, j, length in joined(sorted(found))]
    return sorted([*runs, *(Run(i, j, length, moved=True) for i, j, length in moved)])


def _take(runs: Sequence[Match], taken_a: bytearray, taken_b: bytearray) -> None:
    for i, j, length in runs:
        taken_a[i : i + length] = taken_b[j : j + length] = b"\1" * length


def _moves(
    a: Sequence[int], b: Sequence[int], off: Sequence[Match], taken_a: bytearray, taken_b: bytearray
) -> list[Match]:
    """Anchors off the chain, longest first, each as far as the tokens agree and nobody else has them."""
    found = []
    for i, j, length in sorted(off, key=lambda run: (-run[2], run)):
        end_i, end_j = i + length, j + length
        while i and j and a[i - 1] == b[j - 1] and not (taken_a[i - 1] or taken_b[j - 1]):
            i, j = i - 1, j - 1
        while end_i < len(a) and end_j < len(b) and a[end_i] == b[end_j]:
            if taken_a[end_i] or taken_b[end_j]:
                break
            end_i, end_j = end_i + 1, end_j + 1
        free = not (any(taken_a[i:end_i]) or any(taken_b[j:end_j]))
        if free and end_i - i >= MOVED:
            found.append((i, j, end_i - i))
            _take(found[-1:], taken_a, taken_b)
    return found


def _gaps(on: Sequence[Match], length_a: int, length_b: int) -> Iterator[Gap]:
    i = j = 0
    for next_i, next_j, length in [*on, (length_a, length_b, 0)]:
        if next_i > i and next_j > j:
            yield i, next_i, j, next_j
        i, j = next_i + length, next_j + length


def _fill(
    a: Sequence[int],
    b: Sequence[int],
    gap: Gap,
    taken_a: bytearray,
    taken_b: bytearray,
    starts: tuple[Sequence[int], Sequence[int]],
) -> list[Match]:
    """Matches inside one gap, of the tokens that did not move."""
    first_a, last_a, first_b, last_b = gap
    if not (any(taken_a[first_a:last_a]) or any(taken_b[first_b:last_b])):
        return list(_matches(a, b, gap, starts))
    own_a = [at for at in range(first_a, last_a) if not taken_a[at]]
    own_b = [at for at in range(first_b, last_b) if not taken_b[at]]
    left, right = [a[at] for at in own_a], [b[at] for at in own_b]
    inside = _matches(left, right, (0, len(left), 0, len(right)), ((), ()))
    return [(own_a[i + n], own_b[j + n], 1) for i, j, length in inside for n in range(length)]


def _matches(
    a: Sequence[int], b: Sequence[int], gap: Gap, starts: tuple[Sequence[int], Sequence[int]]
) -> Iterator[Match]:
    """Exact where the gap is small; otherwise cut first, by a list of gaps that are still to do."""
    waiting = [(gap, 0)]
    while waiting:
        (i, end_i, j, end_j), level = waiting.pop()
        if (end_i - i) * (end_j - j) <= CELLS:
            yield from ((i + x, j + y, length) for x, y, length in common(a[i:end_i], b[j:end_j]))
            continue
        frame, inner = _cut(a, b, (i, end_i, j, end_j), level, starts)
        yield from frame
        waiting += [(cut, level + 1) for cut in inner]


def _cut(
    a: Sequence[int], b: Sequence[int], gap: Gap, level: int, starts: tuple[Sequence[int], Sequence[int]]
) -> tuple[list[Match], list[Gap]]:
    """A frame of matches in a gap that is too large, and the gaps it leaves."""
    i, end_i, j, end_j = gap
    if level < len(FINER):
        frame, _ = chained(anchors(a[i:end_i], b[j:end_j], FINER[level]))
    elif level == len(FINER):
        frame = _equal_sentences(a, b, gap, starts)
    else:
        return [], list(_along_diagonal(gap))
    frame = [(x + i, y + j, length) for x, y, length in frame]
    inner = _gaps([(x - i, y - j, length) for x, y, length in frame], end_i - i, end_j - j)
    return frame, [(x + i, end_x + i, y + j, end_y + j) for x, end_x, y, end_y in inner]


def _equal_sentences(
    a: Sequence[int], b: Sequence[int], gap: Gap, starts: tuple[Sequence[int], Sequence[int]]
) -> list[Match]:
    """Sentences that are equal word for word, as matches relative to the gap; none where they are too many."""
    sides = []
    for sequence, first, last, begins in ((a, gap[0], gap[1], starts[0]), (b, gap[2], gap[3], starts[1])):
        inside = [at for at in begins if first <= at < last]
        cuts = [*inside, last]
        sides.append(
            [(at - first, tuple(sequence[at:end])) for at, end in zip(inside, cuts[1:], strict=True)]
        )
    left, right = sides
    if len(left) * len(right) > CELLS:
        return []
    same = common([words for _, words in left], [words for _, words in right])
    return [
        (left[x + n][0], right[y + n][0], len(left[x + n][1])) for x, y, length in same for n in range(length)
    ]


def _along_diagonal(gap: Gap) -> Iterator[Gap]:
    """The gap in pieces small enough, corresponding pieces of both sides facing each other."""
    i, end_i, j, end_j = gap
    pieces = int(((end_i - i) * (end_j - j) / CELLS) ** 0.5) + 1
    for n in range(pieces):
        yield (
            i + (end_i - i) * n // pieces,
            i + (end_i - i) * (n + 1) // pieces,
            j + (end_j - j) * n // pieces,
            j + (end_j - j) * (n + 1) // pieces,
        )
