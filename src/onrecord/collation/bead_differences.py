"""Differences that whole sentences can tell: across languages no word equals another, but sentences go missing,
move, change their speaker, and figures are worth the same in every language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from onrecord.collation.account import Account
from onrecord.collation.alignment import Alignment, Bead
from onrecord.collation.classes import classify_change, stands_elsewhere
from onrecord.collation.clauses import holding, printed
from onrecord.collation.edits import Change
from onrecord.collation.figures import changed_values, term
from onrecord.collation.findings import Finding
from onrecord.collation.speakers import other_speakers


def of_beads(alignment: Alignment, a: Account, b: Account) -> Iterator[Finding]:
    """Omissions, additions, moves, numbers and speakers, from the beads alone."""
    for lone in _lone(alignment, a, b):
        yield from classify_change(lone, a, b)
    turns: Counter[tuple[int, int]] = Counter()
    for bead in alignment.beads:
        if not (bead.a and bead.b):
            continue
        change = _words(bead, a, b)
        turns[a.turn_of(change.a1), b.turn_of(change.b1)] += change.a2 - change.a1
        if bead.moved:
            yield stands_elsewhere(change, a, b)
        yield from _numbers(change, a, b)
    yield from other_speakers(turns, a, b)


def _words(bead: Bead, a: Account, b: Account) -> Change:
    """The tokens of a bead with two sides."""
    return Change(
        a.sentences[bead.a[0]].first,
        a.sentences[bead.a[-1]].last,
        b.sentences[bead.b[0]].first,
        b.sentences[bead.b[-1]].last,
    )


def _lone(alignment: Alignment, a: Account, b: Account) -> Iterator[Change]:
    """Sentences on one side only, neighbours of one turn together, with the place where they should stand."""
    at_a = at_b = 0
    for key, group in groupby(alignment.beads, key=lambda bead: _side(bead, a, b)):
        beads = list(group)
        if key[0] == "A":
            first, last = a.sentences[beads[0].a[0]].first, a.sentences[beads[-1].a[-1]].last
            yield Change(first, last, at_b, at_b)
            at_a = last
        elif key[0] == "B":
            first, last = b.sentences[beads[0].b[0]].first, b.sentences[beads[-1].b[-1]].last
            yield Change(at_a, at_a, first, last)
            at_b = last
        else:
            for bead in beads:
                at_a = a.sentences[bead.a[-1]].last
                if not bead.moved:
                    at_b = b.sentences[bead.b[-1]].last


def _side(bead: Bead, a: Account, b: Account) -> tuple[str, int]:
    """Which account alone has the bead, and in which turn."""
    if not bead.b:
        return "A", a.sentences[bead.a[0]].turn
    return ("both", 0) if bead.a else ("B", b.sentences[bead.b[0]].turn)


def _numbers(change: Change, a: Account, b: Account) -> Iterator[Finding]:
    """Figures of one bead that have no counterpart on either side and measure alike."""
    left, right = holding(a, change.a1, change.a2).figures, holding(b, change.b1, change.b2).figures
    for in_a, in_b in changed_values(a, left, b, right):
        words = printed(a, in_a, in_a + 1), printed(b, in_b, in_b + 1)
        grave = term(a.keys[in_a]) or term(b.keys[in_b])
        spans = a.span(in_a, in_a + 1), b.span(in_b, in_b + 1)
        yield Finding(
            "number", *spans, "major", 0.8 if grave else 0.7, f"another number: {words[0]} → {words[1]}"
        )
