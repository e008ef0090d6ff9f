"""Where two aligned accounts part: the stretches between their equal words, cut to what can be judged at once.

An equal word here and there does not make two sentences the same: only runs between sentences that belong
together count, and a lone "the" between two long stretches of other words is coincidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from onrecord.collation.account import Account
from onrecord.collation.alignment import Alignment, Run
from onrecord.collation.same_language import segments

_COINCIDENCE = 2  # longest run of function words that may be coincidence
_LONG = 3  # tokens on both sides of it from which it is
_SLIDE = 30  # tokens by which a stretch may slide to begin with a sentence
_ANSWER = 2  # tokens up to which two lone sentences in one place are taken for one another
_SHORT = 4  # tokens of a phrase that is put differently
_NEAR = 12  # tokens between two moved runs that still belong to one move


class Change(NamedTuple):
    """Tokens `[a1, a2)` of A against `[b1, b2)` of B; an empty side is the place where the words are missing.

    `bead` is the bead both belong to, -1 for whole sentences that stand on one side only.
    """

    a1: int
    a2: int
    b1: int
    b2: int
    bead: int = -1

    @property
    def whole(self) -> bool:
        """Whether these are whole sentences without a counterpart."""
        return self.bead < 0


class Thread(NamedTuple):
    """Runs in one order: the main course of the account, or one passage that moved."""

    runs: tuple[Run, ...]
    moved: bool


class Beads(NamedTuple):
    """For each sentence of A and of B the index of its bead."""

    of_a: list[int]
    of_b: list[int]


def beads_of(alignment: Alignment, a: Account, b: Account) -> Beads:
    """The alignment's beads by sentence."""
    found = Beads([-1] * len(a.sentences), [-1] * len(b.sentences))
    for index, bead in enumerate(alignment.beads):
        for at in bead.a:
            found.of_a[at] = index
        for at in bead.b:
            found.of_b[at] = index
    return found


def threads(alignment: Alignment, a: Account, b: Account, beads: Beads) -> list[Thread]:
    """The main thread first, then each moved passage; only runs inside beads, without coincidences."""
    main: list[Run] = []
    moved: list[Run] = []
    for in_a, in_b, piece in segments(a, b, alignment.runs):
        if piece.moved:
            moved.append(piece)
        elif beads.of_a[in_a] == beads.of_b[in_b]:
            main.append(piece)
    firm = _without_coincidences(_joined(main), a)
    return [Thread(tuple(firm), False), *_passages(moved)]


def _joined(pieces: Sequence[Run]) -> list[Run]:
    found: list[Run] = []
    for piece in pieces:
        last = found[-1] if found else None
        if last and last.a + last.length == piece.a and last.b + last.length == piece.b:
            found[-1] = last._replace(length=last.length + piece.length)
        elif last is None or piece.b >= last.b + last.length:
            found.append(piece)
    return found


def _without_coincidences(runs: list[Run], a: Account) -> list[Run]:
    little = a.phrasebook.function_words
    kept: list[Run] = []
    for at, run in enumerate(runs):
        if kept and at + 1 < len(runs) and run.length <= _COINCIDENCE:
            before, after = kept[-1], runs[at + 1]
            left = max(run.a - before.a - before.length, run.b - before.b - before.length)
            right = max(after.a - run.a - run.length, after.b - run.b - run.length)
            if min(left, right) >= _LONG and all(key in little for key in a.keys[run.a : run.a + run.length]):
                continue
        kept.append(run)
    return kept


def _passages(runs: Sequence[Run]) -> Iterator[Thread]:
    passage: list[Run] = []
    for run in runs:
        if passage:
            last = passage[-1]
            step_a, step_b = run.a - last.a - last.length, run.b - last.b - last.length
            if not (0 <= step_a <= _NEAR and 0 <= step_b <= _NEAR):
                yield Thread(tuple(_joined(passage)), True)
                passage = []
        passage.append(run)
    if passage:
        yield Thread(tuple(_joined(passage)), True)


def changes(found: Sequence[Thread], a: Account, b: Account, beads: Beads) -> Iterator[Change]:
    """Every stretch of words that is not the same, in the order of A, moved passages last."""
    moved_a, moved_b = _taken(found[1:], len(a.tokens), len(b.tokens))
    whole = Run(len(a.tokens), len(b.tokens), 0)
    for before, after in pairwise([Run(0, 0, 0), *found[0].runs, whole]):
        gap = (before.a + before.length, after.a, before.b + before.length, after.b)
        yield from _cut(_slid(gap, before, after, a, b), a, b, beads, moved_a, moved_b)
    equal_a, equal_b = _equal(found, len(a.tokens), len(b.tokens))
    for thread in found[1:]:
        for before, after in pairwise(thread.runs):
            gap = (before.a + before.length, after.a, before.b + before.length, after.b)
            yield from _cut(gap, a, b, beads, equal_a, equal_b)


def rephrased(every: Iterable[Change]) -> Iterator[Change]:
    """Changes, where words gone on one side and come on the other around a word or two are made one change.

    "The floor is yours" against "you have the floor": the two equal words between are no frame.
    """
    held: Change | None = None
    for change in every:
        if held is not None and _one_phrase(held, change):
            held = Change(held.a1, change.a2, held.b1, change.b2, held.bead)
            continue
        if held is not None:
            yield held
        held = change
    if held is not None:
        yield held


def _one_phrase(left: Change, right: Change) -> bool:
    if (
        left.bead != right.bead
        or left.whole
        or not 0 < right.a1 - left.a2 == right.b1 - left.b2 <= _COINCIDENCE
    ):
        return False
    gone, come = (left.a2 - left.a1, left.b2 - left.b1), (right.a2 - right.a1, right.b2 - right.b1)
    crossed = (gone[0] == 0 and come[1] == 0) or (gone[1] == 0 and come[0] == 0)
    return crossed and 1 < max(gone) <= _SHORT and 1 < max(come) <= _SHORT


def _taken(moved: Sequence[Thread], length_a: int, length_b: int) -> tuple[bytearray, bytearray]:
    """Tokens that belong to a moved passage, its own changes included."""
    in_a, in_b = bytearray(length_a), bytearray(length_b)
    for thread in moved:
        first, last = thread.runs[0], thread.runs[-1]
        for taken, start, end in (
            (in_a, first.a, last.a + last.length),
            (in_b, first.b, last.b + last.length),
        ):
            taken[start:end] = b"\1" * (end - start)
    return in_a, in_b


def _equal(found: Sequence[Thread], length_a: int, length_b: int) -> tuple[bytearray, bytearray]:
    """Tokens that have their equal somewhere: between the runs of one passage another may stand."""
    in_a, in_b = bytearray(length_a), bytearray(length_b)
    for thread in found:
        for run in thread.runs:
            in_a[run.a : run.a + run.length] = in_b[run.b : run.b + run.length] = b"\1" * run.length
    return in_a, in_b


Gap = tuple[int, int, int, int]


def _slid(gap: Gap, before: Run, after: Run, a: Account, b: Account) -> Gap:
    """A stretch on one side only, slid along equal words so that it begins where a sentence begins."""
    a1, a2, b1, b2 = gap
    if (a1 == a2) == (b1 == b2):
        return gap
    account, first, last = (a, a1, a2) if a1 < a2 else (b, b1, b2)
    keys, tokens = account.keys, account.tokens
    for step in range(0, -min(before.length, _SLIDE) - 1, -1):
        if step and keys[first + step] != keys[last + step]:
            break
        if _opens(account, first + step):
            return a1 + step, a2 + step, b1 + step, b2 + step
    for step in range(1, min(after.length, _SLIDE, len(tokens) - last) + 1):
        if keys[first + step - 1] != keys[last + step - 1]:
            break
        if _opens(account, first + step):
            return a1 + step, a2 + step, b1 + step, b2 + step
    return gap


def _opens(account: Account, token: int) -> bool:
    return token < len(account.tokens) and account.sentences[account.tokens[token].sentence].first == token


def _cut(
    gap: Gap, a: Account, b: Account, beads: Beads, moved_a: bytearray, moved_b: bytearray
) -> Iterator[Change]:
    """One gap as changes: what shares a bead faces each other, the rest stands on one side only."""
    a1, a2, b1, b2 = gap
    left = list(_pieces(a, a1, a2, beads.of_a, moved_a))
    right = list(_pieces(b, b1, b2, beads.of_b, moved_b))
    if not left and not right:
        return
    if len(left) == len(right) == 1 and max(a2 - a1, b2 - b1) <= _ANSWER:
        yield Change(*left[0][:2], *right[0][:2], beads.of_a[a.tokens[a1].sentence])
        return
    facing = {bead: (first, last) for first, last, bead in right if bead >= 0}
    paired: set[int] = set()
    at_b = b1
    for first, last, bead in left:
        if bead >= 0 and bead in facing and bead not in paired:
            paired.add(bead)
            at_b = facing[bead][1]
            yield Change(first, last, *facing[bead], bead)
        else:
            yield Change(first, last, at_b, at_b, bead)
    at_a = a1
    for first, last, bead in right:
        at_a = next((end for _, end, own in left if own == bead and bead >= 0), at_a)
        if bead not in paired:
            yield Change(at_a, at_a, first, last, bead)


def _pieces(
    account: Account, first: int, last: int, bead_of: Sequence[int], moved: bytearray
) -> Iterator[tuple[int, int, int]]:
    """A range of tokens cut by bead and turn: (first, last, bead); lone sentences of one turn stay together."""
    start, owner = first, (-2, -2)
    for at in range(first, last):
        sentence = account.tokens[at].sentence
        bead = bead_of[sentence]
        here = (bead, -1)
        if (moved and moved[at]) or bead < 0:
            here = (-2, -2)
        elif _alone(account, sentence, first, last):
            here = (-1, account.sentences[sentence].turn)
        if here != owner:
            if owner[0] > -2:
                yield start, at, owner[0]
            start, owner = at, here
    if owner[0] > -2:
        yield start, last, owner[0]


def _alone(account: Account, sentence: int, first: int, last: int) -> bool:
    """Whether a whole sentence lies in the range: then no word of it has a counterpart."""
    return first <= account.sentences[sentence].first and account.sentences[sentence].last <= last
