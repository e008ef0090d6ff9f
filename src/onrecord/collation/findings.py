"""One difference before it is ranked: what kind, where, how grave, in a sentence."""

from __future__ import annotations

from typing import NamedTuple

from onrecord.model import DifferenceKind, Severity
from onrecord.spans import Span


class Finding(NamedTuple):
    """A difference between A and B; a span is empty where the words are missing. `weight`, 0 to 1, ranks it."""

    kind: DifferenceKind
    a: Span | None
    b: Span | None
    severity: Severity
    weight: float
    message: str
