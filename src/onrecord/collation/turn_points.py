"""Turns first: where turns of two accounts begin and end together, sentences need not be sought elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from onrecord.collation.account import Account
from onrecord.collation.beads import cheapest
from onrecord.collation.corridor import Pair, anchors, corridor
from onrecord.collation.likeness import LEXICAL, Likeness
from onrecord.collation.passages import Passage, joined

_ALIKE = 0.25  # likeness of two turns, 0 to 1, from which they hold the same words


def turn_points(
    a: Account, b: Account, sentences_a: Sequence[Passage], sentences_b: Sequence[Passage]
) -> list[Pair]:
    """Pairs of sentence numbers where turns that belong together begin, and those where they end; in order.

    The evidence is who speaks, how long, in which order, and what the turns can be recognised by.
    """
    starts_a, starts_b = _starts(a), _starts(b)
    if len(starts_a) < 3 or len(starts_b) < 3:
        return []
    left, right = _turns(sentences_a, starts_a), _turns(sentences_b, starts_b)
    known = anchors(left, right)
    likeness = Likeness(left, right, LEXICAL, None, known)
    allowed = corridor(known, len(left), len(right))
    points: list[Pair] = []
    for cut in cheapest(likeness, len(left), len(right), allowed):
        if cut.whole and not likeness.stranger(cut.i, cut.j) and likeness.score(*cut) >= _ALIKE:
            points.append((starts_a[cut.i], starts_b[cut.j]))
            points.append((starts_a[cut.i + cut.n], starts_b[cut.j + cut.m]))
    return points


def _starts(account: Account) -> list[int]:
    """The first sentence of each turn that has any, and the number of all sentences."""
    numbered = enumerate(sentence.turn for sentence in account.sentences)
    return [next(group)[0] for _, group in groupby(numbered, key=lambda item: item[1])] + [
        len(account.sentences)
    ]


def _turns(sentences: Sequence[Passage], starts: Sequence[int]) -> list[Passage]:
    return [joined(sentences[start:end])._replace(turn=-1) for start, end in pairwise(starts)]
