"""One change seen from both sides: what either holds, and where it stands in its sentence."""

from __future__ import annotations

from onrecord.collation.account import Account
from onrecord.collation.clauses import Holding, holding, weighty
from onrecord.collation.edits import Change
from onrecord.collation.findings import Finding
from onrecord.model import DifferenceKind, Severity

TIGHT = 6  # tokens on either side up to which what stands in a change faces what stands opposite
SAID = 3  # content words from which a stretch says something of its own


class Sides:
    """One change with what either side holds."""

    def __init__(self, change: Change, a: Account, b: Account) -> None:
        self.change, self.a, self.b = change, a, b
        self.in_a: Holding = holding(a, change.a1, change.a2)
        self.in_b: Holding = holding(b, change.b1, change.b2)
        self.size_a, self.size_b = change.a2 - change.a1, change.b2 - change.b1

    @property
    def longer(self) -> int:
        return max(self.size_a, self.size_b)

    def weighty(self) -> bool:
        """Whether the sentence on either side settles or binds something."""
        change = self.change
        return weighty(self.a, change.a1, change.a2) or weighty(self.b, change.b1, change.b2)

    def before(self) -> bool:
        """Whether the words follow a word of their own sentence; it is the same on both sides."""
        change = self.change
        return self._within((change.a1 - 1, change.a1), (change.b1 - 1, change.b1))

    def after(self) -> bool:
        """Whether the words stand before a word of their own sentence; it is the same on both sides."""
        change = self.change
        return self._within((change.a2 - 1, change.a2), (change.b2 - 1, change.b2))

    def _within(self, left: tuple[int, int], right: tuple[int, int]) -> bool:
        # An empty side is a place: where it is follows from the other side.
        return (not self.size_a or inside(self.a, *left)) and (not self.size_b or inside(self.b, *right))

    def finding(
        self,
        kind: DifferenceKind,
        severity: Severity,
        weight: float,
        message: str,
        change: Change | None = None,
    ) -> Finding:
        """A finding on the change, or on the part of it that `change` names."""
        at = change or self.change
        return Finding(kind, self.a.span(at.a1, at.a2), self.b.span(at.b1, at.b2), severity, weight, message)


def inside(account: Account, left: int, right: int) -> bool:
    """Whether two neighbouring tokens stand in one sentence; false at the ends of the text."""
    tokens = account.tokens
    return left >= 0 and right < len(tokens) and tokens[left].sentence == tokens[right].sentence


def widened(sides: Sides) -> Change:
    """The change with the word before it (or behind it): a negation is read with its verb."""
    change = sides.change
    if sides.before():
        return change._replace(a1=change.a1 - 1, b1=change.b1 - 1)
    return change._replace(a2=change.a2 + 1, b2=change.b2 + 1) if sides.after() else change


def common_head(a: str, b: str) -> int:
    """How many letters two words have in common at their beginning."""
    return next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
