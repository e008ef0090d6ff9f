"""What a rule says, and what a rule is: named, with an example and a counter-example that run as tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple

from onrecord.integrity.document import Document
from onrecord.model import FlagKind, Severity, Suggestion

Tier = Literal["form", "facts", "hint"]


class Finding(NamedTuple):
    """Damage in `text[start:end]`: one plain sentence, and the places that prove it.

    `message` quotes the text between “ and ” only. `suggestion` comes from another occurrence, from the cast or is a
    mechanical repair; else there is none.
    """

    start: int
    end: int
    severity: Severity
    message: str
    suggestion: Suggestion | None = None
    evidence: tuple[tuple[int, int], ...] = ()


Find = Callable[[Document], Iterable[Finding]]


class Example(NamedTuple):
    """A text in a language with the flagged characters between ⟦ and ⟧; none in a counter-example."""

    language: str
    text: str


class Rule(NamedTuple):
    """One way of seeing damage. `everywhere`: it also looks at labels, headings and page furniture."""

    name: str
    kind: FlagKind
    tier: Tier
    find: Find
    example: Example
    counter: Example
    everywhere: bool = False


def repair(text: str) -> Suggestion:
    """A mechanical repair: nothing but spaces, capitals or look-alike letters changed."""
    return Suggestion(text, "repair")
