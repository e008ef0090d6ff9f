"""What has no counterpart in its place may have one elsewhere: moves across languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from onrecord.collation.likeness import Likeness

_MEANT = 0.55  # cosine from which two leftovers are one sentence
_MEANT_BESIDE = 0.25  # the same for the neighbours of two that are: blocks move as a whole
_SHARED = 0.3  # share of keys from which two leftovers are one sentence, where there is no meaning to ask
_SHARED_BESIDE = 0.06
_BLOCK = 0.75  # likeness, summed over sentences that moved together, from which keys alone prove a move
_SHORTEST = 25  # letters of a sentence that can be recognised away from its place
_TELLING = 9.0  # weight of shared keys by which it can be: three or four rare ones
_MOST = 40_000_000  # pairs of leftovers that may be compared
_COMMON = 40  # leftovers that share a key, from which it says nothing


def moves(alone_a: Sequence[int], alone_b: Sequence[int], likeness: Likeness) -> dict[int, tuple[int, float]]:
    """For sentences of A that stand elsewhere in B: which one, and how alike (0 to 1); one for one."""
    if not alone_a or not alone_b or len(alone_a) * len(alone_b) > _MOST:
        return {}
    if likeness.meaning is not None:
        found, sure, beside = likeness.meaning.nearest(alone_a, alone_b), _MEANT, _MEANT_BESIDE
    else:
        found, sure, beside = _nearest(alone_a, alone_b, likeness), _SHARED, _SHARED_BESIDE
    moved = {i: (j, score) for i, j, score in found if score >= sure and not likeness.stranger(i, j)}
    _extend(moved, set(alone_a), set(alone_b) - {j for j, _ in moved.values()}, likeness, beside)
    return moved if likeness.meaning is not None else _in_blocks(moved)


def _in_blocks(moved: dict[int, tuple[int, float]]) -> dict[int, tuple[int, float]]:
    """Only what moved together with enough else: one sentence alone shares a few words with many."""
    kept: dict[int, tuple[int, float]] = {}
    block: list[int] = []
    for i in [*sorted(moved), -1]:
        if block and not (i == block[-1] + 1 and abs(moved[i][0] - moved[block[-1]][0]) <= 2):
            if sum(moved[at][1] for at in block) >= _BLOCK:
                kept.update((at, moved[at]) for at in block)
            block = []
        block.append(i)
    return kept


def _telling(i: int, j: int, likeness: Likeness) -> bool:
    """Whether two leftovers say enough to be known by it: "Thank you all" stands in many places."""
    if likeness.stranger(i, j) or min(likeness.a[i].letters, likeness.b[j].letters) < _SHORTEST:
        return False
    return likeness.meaning is not None or likeness.common(i, j) >= _TELLING


def _extend(
    moved: dict[int, tuple[int, float]],
    free_a: set[int],
    free_b: set[int],
    likeness: Likeness,
    enough: float,
) -> None:
    """Take in the neighbours of what moved, as long as they are left over on both sides and not unlike."""
    waiting = sorted(moved)
    while waiting:
        i = waiting.pop()
        j = moved[i][0]
        for step in (1, -1):
            at, to = i + step, j + step
            if at not in free_a or at in moved or to not in free_b or likeness.stranger(at, to):
                continue
            score = likeness.meaning.cosine(at, 1, to, 1) if likeness.meaning else likeness.sharing(at, to)
            if score >= enough:
                moved[at] = (to, score)
                free_b.discard(to)
                waiting.append(at)


def _nearest(
    alone_a: Sequence[int], alone_b: Sequence[int], likeness: Likeness
) -> list[tuple[int, int, float]]:
    """Pairs that are each other's nearest by shared keys."""
    places: dict[str, list[int]] = {}
    for j in alone_b:
        for key in likeness.b[j].keys & likeness.weights.keys():
            places.setdefault(key, []).append(j)
    best_a: dict[int, tuple[float, int]] = {}
    best_b: dict[int, tuple[float, int]] = {}
    for i in alone_a:
        shared: Counter[int] = Counter()
        for key in likeness.a[i].keys & likeness.weights.keys():
            if len(there := places.get(key, ())) <= _COMMON:
                shared.update(dict.fromkeys(there, 1))
        for j in shared:
            score = likeness.sharing(i, j)
            best_a[i] = max(best_a.get(i, (0.0, -1)), (score, j))
            best_b[j] = max(best_b.get(j, (0.0, -1)), (score, i))
    return [(i, j, score) for i, (score, j) in sorted(best_a.items()) if best_b[j][1] == i]
