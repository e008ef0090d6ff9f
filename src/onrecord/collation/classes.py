"""What kind of difference a change is: rules from the gravest kind to the least, each on the words of the change.

A kind is only claimed where the rest of the clause agrees on both sides. Everything else is an omission, an
addition or wording, so that what is called a number, a negation or a name is one.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.collation.account import Account
from onrecord.collation.clauses import printed
from onrecord.collation.edits import Change
from onrecord.collation.findings import Finding
from onrecord.collation.kinds import answer, apostrophe, modality, names, negation, numbers
from onrecord.collation.losses import one_sided, other_words
from onrecord.collation.same_print import surface, trimmed_change
from onrecord.collation.sides import Sides


def classify_change(change: Change, a: Account, b: Account) -> Iterator[Finding]:
    """The findings of one change; none where both sides print the same thing in two ways."""
    trimmed = trimmed_change(change, a, b)
    if trimmed is None:
        return
    sides = Sides(trimmed, a, b)
    if surface(a, trimmed.a1, trimmed.a2) == surface(b, trimmed.b1, trimmed.b2):
        return  # "one year" may be read as a duration here and as two words there
    if (mark := apostrophe(sides)) is not None:
        yield mark
        return
    if trimmed.whole or not (sides.size_a and sides.size_b):
        yield from one_sided(sides)
        return
    if (reply := answer(sides)) is not None:
        yield reply
        return
    found = [*negation(sides), *modality(sides), *numbers(sides), *names(sides)]
    yield from found
    yield from other_words(sides, found)


def stands_elsewhere(change: Change, a: Account, b: Account) -> Finding:
    """The finding of a passage that both accounts have, at other places."""
    weight = 0.2 + min(0.3, 0.01 * (change.a2 - change.a1))
    message = f"stands elsewhere: {printed(a, change.a1, change.a2)}"
    spans = a.span(change.a1, change.a2), b.span(change.b1, change.b2)
    return Finding("moved", *spans, "minor", weight, message)
