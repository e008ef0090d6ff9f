"""Passages of two accounts put together, whatever they were cut from: the method of aligning across languages.

1. anchors: pairs that know each other by rare keys (and by meaning, with the extra)
2. a corridor around them, and in it the cheapest beads
3. what merges have swallowed is let go
4. what is left over on both sides is matched again, out of order: moves
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from onrecord.collation import semantic
from onrecord.collation.alignment import Bead
from onrecord.collation.beads import Cut, cheapest
from onrecord.collation.corridor import Pair, anchors, corridor, in_order, without_detours
from onrecord.collation.leftovers import moves
from onrecord.collation.likeness import LEXICAL, SEMANTIC, Likeness
from onrecord.collation.passages import Passage
from onrecord.collation.swallowed import released

_MEANT = 0.5  # cosine from which two sentences that are each other's nearest may be an anchor
_ALL_PAIRS = 50_000_000  # cosines that may be computed to find anchors; beyond it rare keys must do
_PLAIN = 0.45  # cosine from which a bead of one for one needs no second look at its neighbours
_LOOSE = 0.3  # likeness below which a pair is let go if one of the two is found elsewhere
_UNSHARED = 0.05  # the same where only keys are known: next to nothing in common
_AROUND = 1  # sentences around a doubtful bead whose neighbours are read as one text


class Pairing(NamedTuple):
    """All passages in beads, in the order of A, and whether meaning was read."""

    beads: tuple[Bead, ...]
    semantic: bool


def wanted(semantically: bool | None) -> bool:
    """Whether to read meaning: as asked, or if the extra is there. `MissingExtra` if asked for without it."""
    if semantically:
        semantic.require()
    return semantic.available() if semantically is None else semantically


def pair(
    a: Sequence[Passage],
    b: Sequence[Passage],
    *,
    semantically: bool | None = None,
    points: Sequence[Pair] = (),
) -> Pairing:
    """Beads of the passages of A and B; every passage is in exactly one.

    `points` are pairs in order on both sides that are known to belong together, if any are. `semantically`: with
    meaning (needs the extra), without, or None for whatever is installed.
    """
    with_meaning = wanted(semantically) and bool(a) and bool(b)
    if not a or not b:
        alone = [Bead((i,), (), 0.0) for i in range(len(a))] + [Bead((), (j,), 0.0) for j in range(len(b))]
        return Pairing(tuple(alone), with_meaning)
    meaning = None
    if with_meaning:
        meaning = semantic.Meaning([passage.text for passage in a], [passage.text for passage in b])
    found = anchors(a, b)
    if meaning is not None:
        found = max(found, _meant(meaning, len(a), len(b)), key=len)
    likeness = Likeness(a, b, LEXICAL if meaning is None else SEMANTIC, meaning, found)
    if points:
        found = without_detours(in_order(sorted({*points, *found})))
    allowed = corridor(found, len(a), len(b))
    cuts = cheapest(likeness, len(a), len(b), allowed)
    if meaning is not None and _read_closely(meaning, cuts, len(a), len(b)):
        cuts = cheapest(likeness, len(a), len(b), allowed)
    return Pairing(tuple(_beads(released(cuts, likeness), likeness)), with_meaning)


def _meant(meaning: semantic.Meaning, rows: int, columns: int) -> list[Pair]:
    """Anchors by meaning: each other's nearest, in order."""
    if rows * columns > _ALL_PAIRS:
        return []
    nearest = meaning.nearest(range(rows), range(columns))
    return without_detours(in_order([(i, j) for i, j, cosine in nearest if cosine >= _MEANT]))


def _read_closely(meaning: semantic.Meaning, cuts: Sequence[Cut], rows: int, columns: int) -> bool:
    """Read neighbours as one text wherever the first cuts are not plainly one for one; whether any were read."""
    doubtful = [not (cut.n == cut.m == 1 and meaning.cosine(cut.i, 1, cut.j, 1) >= _PLAIN) for cut in cuts]
    near = [any(doubtful[max(0, at - _AROUND) : at + _AROUND + 1]) for at in range(len(cuts))]
    for doubt, group in groupby(zip(near, cuts, strict=True), key=lambda item: item[0]):
        if doubt:
            stretch = [cut for _, cut in group]
            meaning.read(0, stretch[0].i, stretch[-1].i + stretch[-1].n)
            meaning.read(1, stretch[0].j, stretch[-1].j + stretch[-1].m)
    return any(near)


def _beads(cuts: Sequence[Cut], likeness: Likeness) -> list[Bead]:
    """The beads in the order of A; sentences that turn up elsewhere are marked as moved.

    A pair that is hardly alike may only be what two moves and omissions left side by side, so its sentences may
    move as well, and the pair is then no pair.
    """
    limit = _UNSHARED if likeness.meaning is None else _LOOSE
    loose = {cut for cut in cuts if cut.n == cut.m == 1 and likeness.score(*cut) < limit}
    alone_a = [cut.i for cut in cuts if cut.n and (not cut.m or cut in loose)]
    alone_b = [cut.j for cut in cuts if cut.m and (not cut.n or cut in loose)]
    moved = moves(alone_a, alone_b, likeness)
    for cut in loose:
        if moved.get(cut.i, (-1, 0.0))[0] == cut.j:
            del moved[cut.i]
    taken = {j for j, _ in moved.values()}
    beads: list[Bead] = []
    for cut in cuts:
        left, right = tuple(range(cut.i, cut.i + cut.n)), tuple(range(cut.j, cut.j + cut.m))
        if cut.whole and not (cut in loose and (cut.i in moved or cut.j in taken)):
            beads.append(Bead(left, right, round(likeness.score(*cut), 4)))
            continue
        for i in left:
            to, score = moved.get(i, (-1, 0.0))
            beads.append(Bead((i,), (to,), round(score, 4), True) if to >= 0 else Bead((i,), (), 0.0))
        beads += [Bead((), (j,), 0.0) for j in right if j not in taken]
    return beads
