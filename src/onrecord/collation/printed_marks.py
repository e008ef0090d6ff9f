"""Marks that one account prints and the other does not: applause, a clock line, (sic), an editor's brackets."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from onrecord.collation.account import Account
from onrecord.collation.edits import Thread
from onrecord.collation.findings import Finding
from onrecord.model import Mark

_WEIGHT = {
    "inaudible": 0.25,
    "interpretation": 0.2,
    "language": 0.2,
    "stage": 0.15,
    "sic": 0.15,
    "time": 0.05,
}
"""Kinds that are compared, and how much one matters; pages belong to the print, insertions to the words."""


def other_marks(found: Sequence[Thread], a: Account, b: Account) -> Iterator[Finding]:
    """Marks without a counterpart between the same words."""
    to_b = {run.a + at: run.b + at for thread in found for run in thread.runs for at in range(run.length)}
    to_a = {in_b: in_a for in_a, in_b in to_b.items()}
    kinds = set(_WEIGHT) - (_interpreted(a) & _interpreted(b))
    marks_a, marks_b = _placed(a, kinds), _placed(b, kinds)
    yield from _alone(marks_a, marks_b, to_b, a, b, "A")
    yield from _alone(marks_b, marks_a, to_a, b, a, "B")
    yield from _brackets(to_b, a, b)


def _interpreted(account: Account) -> set[str]:
    """Where both accounts say that they are interpreted, how often they print it is style."""
    return {"interpretation"} if account.source.words.value == "interpreted" else set()


def _placed(account: Account, kinds: set[str]) -> list[tuple[int, Mark]]:
    """Marks with the index of the first token behind them."""
    starts = [token.start for token in account.tokens]
    return [(bisect_left(starts, mark.span.start), mark) for mark in account.marks if mark.kind in kinds]


def _alone(
    marks: Sequence[tuple[int, Mark]],
    others: Sequence[tuple[int, Mark]],
    across: dict[int, int],
    account: Account,
    other: Account,
    side: str,
) -> Iterator[Finding]:
    there = {(place, mark.kind) for place, mark in others}
    for place, mark in marks:
        before, after = across.get(place - 1), across.get(place)
        if before is None and after is None:
            continue  # inside words that the other account does not have: part of that omission
        places = {before + 1} if before is not None else set()
        places |= {after} if after is not None else set()
        if any((at, mark.kind) in there for at in places):
            continue
        missing = other.text.span(*[other.place(min(places))] * 2)
        spans = (mark.span, missing) if side == "A" else (missing, mark.span)
        words = " ".join(mark.text.split())
        yield Finding("mark", *spans, "minor", _WEIGHT[mark.kind], f"printed in {side} only: {words}")


def _brackets(to_b: dict[int, int], a: Account, b: Account) -> Iterator[Finding]:
    """Words that one account gives as an editor's and the other as spoken; one finding for each bracket."""
    for account, other, across in ((a, b, to_b), (b, a, {in_b: in_a for in_a, in_b in to_b.items()})):
        starts = [token.start for token in account.tokens]
        for mark in account.marks:
            if mark.kind != "insertion":
                continue
            first = bisect_left(starts, mark.span.start)
            last = bisect_left(starts, mark.span.end)
            facing = [across[at] for at in range(first, last) if at in across]
            if not facing or any(other.tokens[at].inserted for at in facing):
                continue
            spoken = other.span(min(facing), max(facing) + 1)
            spans = (mark.span, spoken) if account is a else (spoken, mark.span)
            side = "A" if account is a else "B"
            message = f"in brackets in {side}, as spoken in the other account: {' '.join(mark.text.split())}"
            yield Finding("mark", *spans, "minor", 0.2, message)
