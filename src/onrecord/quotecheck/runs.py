"""Where the words of a quotation stand: maximal runs of equal words, chained into pieces.

A chain pays little for a small gap inside one turn (words changed there) and much for a jump (words joined from
elsewhere), so that the cheapest chain says by itself whether a quotation was altered or put together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from onrecord.quotecheck.quotation import Quotation
from onrecord.quotecheck.speech import Speech

OFTEN = 200  # a phrase that stands more often in one record starts no run; it only goes on with one
MOST = 240  # runs that are chained; longer ones are kept
NEAR = 10  # words of a source that may be missing inside one passage
JUMP, DECLARED_JUMP = 2.6, 1.1  # what it costs, in words, to go on elsewhere; less where a cut is declared
GAP, PER_WORD = 0.3, 0.08  # what it costs to go on nearby


class Run(NamedTuple):
    """`length` words of the quotation from `at` on, equal to those of the stream from `place` on."""

    at: int
    place: int
    length: int

    @property
    def end(self) -> int:
        return self.at + self.length

    @property
    def stop(self) -> int:
        return self.place + self.length

    def without(self, words: int) -> Run:
        """The run without its first `words`."""
        return Run(self.at + words, self.place + words, self.length - words)


Chain = tuple[tuple[Run, ...], ...]
"""Pieces, each of runs that lie near each other in one unit of the stream."""


def find_runs(quotation: Quotation, speech: Speech) -> list[Run]:
    """Maximal runs of two words and more (of one, where the quotation has only one), in order of the quotation.

    Work is bounded by words times `OFTEN`, whatever repeats.
    """
    keys = quotation.keys
    if len(keys) == 1:
        return [Run(0, place, 1) for place in speech.places.get(keys[0], ())[:OFTEN]]
    stream, pairs = speech.keys, speech.pairs
    starts: dict[int, tuple[int, int]] = {}  # diagonal: where its run begins and ends in the quotation
    live: set[int] = set()
    done: list[Run] = []
    for at in range(len(keys) - 1):
        going = set()
        for diagonal in live:
            begin, _ = starts[diagonal]
            if stream[at + 1 + diagonal] == keys[at + 1]:
                starts[diagonal] = (begin, at + 2)
                going.add(diagonal)
            else:
                done.append(Run(begin, begin + diagonal, at + 1 - begin))
        for place in pairs.get((keys[at], keys[at + 1]), ())[:OFTEN]:
            if place - at not in going:
                starts[place - at] = (at, at + 2)
                going.add(place - at)
        live = going
    done += [Run(starts[d][0], starts[d][0] + d, starts[d][1] - starts[d][0]) for d in live]
    return sorted(done)


def chain(
    quotation: Quotation, speech: Speech, runs: Sequence[Run], liked: Callable[[int], float] | None = None
) -> Chain:
    """The best chain of runs as pieces; empty without runs. `liked` adds to the worth of a run at a place.

    Deterministic: of equal chains the one that stands first in the text.
    """
    kept = sorted(sorted(runs, key=lambda run: (-run.length, run.place))[:MOST])
    worth: list[float] = []
    came: list[tuple[int, Run]] = []
    for index, run in enumerate(kept):
        extra = liked(run.place) if liked else 0.0
        best, before, trimmed = run.length + extra, -1, run
        for earlier in range(index):
            step = _step(quotation, speech, kept[earlier], run)
            if step is None:
                continue
            cost, rest = step
            total = worth[earlier] + rest.length - cost + (extra if cost > 2 else 0.0)
            if total > best + 1e-9:
                best, before, trimmed = total, earlier, rest
        worth.append(best)
        came.append((before, trimmed))
    if not kept:
        return ()
    at = max(range(len(kept)), key=lambda index: (worth[index], -kept[index].place))
    path: list[Run] = []
    while at >= 0:
        before, run = came[at]
        path.append(run)
        at = before
    return _pieces(speech, path[::-1])


def _step(quotation: Quotation, speech: Speech, a: Run, b: Run) -> tuple[float, Run] | None:
    """What it costs to go on from `a` with `b`, and what is left of `b` then; None where it cannot follow."""
    if b.end <= a.end or b.at <= a.at:
        return None
    rest = b.without(max(0, a.end - b.at))
    if near(speech, a, rest):
        return GAP + PER_WORD * max(rest.at - a.end, abs(rest.place - a.stop)), rest
    declared = any(word.cut for word in quotation.words[a.end : rest.at + 1])
    return (DECLARED_JUMP if declared else JUMP), rest


def near(speech: Speech, a: Run, b: Run) -> bool:
    """Whether `b` goes on where `a` ends: in the same unit, a few words later at most."""
    ahead = b.place - a.stop
    if not 0 <= ahead <= NEAR + (b.at - a.end):
        return False
    return speech.unit(a.place).first == speech.unit(b.place).first


def _pieces(speech: Speech, path: list[Run]) -> Chain:
    found: list[list[Run]] = []
    for run in path:
        if found and near(speech, found[-1][-1], run):
            found[-1].append(run)
        else:
            found.append([run])
    return tuple(tuple(piece) for piece in found)
