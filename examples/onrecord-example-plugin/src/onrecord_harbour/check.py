"""A check: what an editor wrote to fill in later, and nobody did."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.integrity.document import Document
from onrecord.integrity.findings import Example, Finding, Rule

_TO_COME = re.compile(r"(?<![\w-])(?:TK|TKTK|XXX)(?![\w-])")


def find(document: Document) -> Iterator[Finding]:
    """Every place holder; one sentence says what is wrong with it."""
    for match in _TO_COME.finditer(document.text):
        yield Finding(
            match.start(), match.end(), "major", f"“{match[0]}” holds the place of words that never came"
        )


# The kind is one of those of the record format: a face knows how to show it, and a reader what it means.
TO_COME = Rule(
    "to-come",
    "truncated",
    "form",
    find,
    Example("en", "The talks lasted ⟦TK⟧ hours."),
    Example("en", "The tanker TK-5 left the pier."),
)
