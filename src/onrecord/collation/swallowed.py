"""Sentences that a merge has swallowed: is a bead of several for one better with one of them left out?

A cheap merge hides an omission: the sentence without counterpart is put to its neighbour, the alignment looks
whole, and its figures stay good. So every bead with several sentences on a side is asked again, and an end that adds
nothing is let go.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.collation.beads import Cut
from onrecord.collation.likeness import Likeness

_FOREIGN = 0.25  # cosine below which a sentence may be about something else than what it was put to
_UNSHARED = 0.12  # the same for the share of keys, where there is no meaning to ask
_BETTER = 0.02  # cosine that a bead must gain without the sentence that is let go


def released(cuts: Sequence[Cut], likeness: Likeness) -> list[Cut]:
    """The cuts, with every swallowed sentence standing alone before or behind its bead."""
    return [piece for cut in cuts for piece in _peeled(cut, likeness)]


def _peeled(cut: Cut, likeness: Likeness) -> Iterator[Cut]:
    before: list[Cut] = []
    after: list[Cut] = []
    while cut.n and cut.m and max(cut.n, cut.m) > 1:
        choice = max(_droppable(cut, likeness), default=None, key=lambda found: found[0])
        if choice is None:
            break
        _, alone, rest = choice
        if alone.i + alone.n <= rest.i and alone.j + alone.m <= rest.j:
            before.append(alone)
        else:
            after.append(alone)
        cut = rest
    yield from before
    yield cut
    yield from reversed(after)


def _droppable(cut: Cut, likeness: Likeness) -> Iterator[tuple[float, Cut, Cut]]:
    """(what is gained, the sentence let go, the bead without it) for each end that the bead is better without."""
    i, n, j, m = cut
    candidates = []
    if n > 1:
        candidates.append((Cut(i, 1, j, m), Cut(i, 1, j, 0), Cut(i + 1, n - 1, j, m)))
        candidates.append((Cut(i + n - 1, 1, j, m), Cut(i + n - 1, 1, j + m, 0), Cut(i, n - 1, j, m)))
    if m > 1:
        candidates.append((Cut(i, n, j, 1), Cut(i, 0, j, 1), Cut(i, n, j + 1, m - 1)))
        candidates.append((Cut(i, n, j + m - 1, 1), Cut(i + n, 0, j + m - 1, 1), Cut(i, n, j, m - 1)))
    for own, alone, rest in candidates:
        gain = _gain(cut, own, rest, likeness)
        if gain is not None:
            yield gain, alone, rest


def _gain(cut: Cut, own: Cut, rest: Cut, likeness: Likeness) -> float | None:
    """How much better the bead is without the sentence; None if the sentence belongs to it."""
    if likeness.meaning is not None:
        cosine = likeness.meaning.cosine
        gain = cosine(*rest) - cosine(*cut)
        return gain if gain > _BETTER and cosine(*own) < _FOREIGN else None
    gain = likeness.fits(*cut) - likeness.fits(*rest)
    return gain if gain > 0 and likeness.agreement(*own) < _UNSHARED else None
