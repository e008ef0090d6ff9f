"""What kind of difference an edit is: the same rules by which two accounts are compared, asked about a few words.

A passage and a quotation are two very short accounts in one language; here they are made such, and their words are
handed to the classifier of `collation/`.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from msgspec.structs import replace

from onrecord.collation.account import Account
from onrecord.collation.classes import classify_change
from onrecord.collation.edits import Change
from onrecord.model import DifferenceKind, Record, Severity

Characters = tuple[int, int]


class Kind(NamedTuple):
    """What kind of difference, how grave, and its weight (0 to 1) among those as grave."""

    kind: DifferenceKind
    severity: Severity
    weight: float


class Pair:
    """A passage (`a`) and a quotation (`b`) as accounts, with the people of the record they are asked of."""

    def __init__(self, record: Record, passage: str, quotation: str) -> None:
        self.a, self.b = Account(_alone(record, passage)), Account(_alone(record, quotation))
        self._starts = [[token.start for token in side.tokens] for side in (self.a, self.b)]
        self._ends = [[token.end for token in side.tokens] for side in (self.a, self.b)]

    def kinds(self, a: Characters, b: Characters) -> list[Kind]:
        """The kinds of what differs between characters of the passage and of the quotation, gravest first.

        Either may be an empty place. Empty where both say the same in two ways.
        """
        a1, a2 = self._tokens(0, a)
        b1, b2 = self._tokens(1, b)
        found = classify_change(Change(a1, a2, b1, b2, 0), self.a, self.b)
        kinds: dict[DifferenceKind, Kind] = {}
        for one in sorted(found, key=lambda one: -one.weight):
            kinds.setdefault(one.kind, Kind(one.kind, one.severity, one.weight))
        return list(kinds.values())

    def _tokens(self, side: int, where: Characters) -> tuple[int, int]:
        """The tokens that touch the characters, or the place between two where there are none."""
        first = bisect_left(self._ends[side], where[0] + 1)
        if where[0] == where[1]:
            return (place := bisect_left(self._starts[side], where[0])), place
        return first, max(first, bisect_left(self._starts[side], where[1]))


def _alone(record: Record, text: str) -> Record:
    """A record of these words only: no turns, no marks, the same language and people."""
    source = replace(record.sources[0], text=text)
    return replace(record, sources=(source,), turns=(), marks=(), blocks=(), quotes=())
