"""What is answered about records: how accounts compare, and whether a quotation was spoken.

The same contract as the record itself (docs/record-format.md): frozen types, half-open spans, exact characters.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from onrecord.model.record import Item, Judgement, Severity, Source, Struct, Tool, Words
from onrecord.spans import Span

# -------------------------------------------------------------------------------------------- comparisons

DifferenceKind = Literal[
    "omission", "addition", "number", "name", "negation", "modality", "moved", "speaker", "mark", "wording",
]  # fmt: skip

Pair = tuple[str, str] | msgspec.UnsetType
"""The ids of the two sources an item of a comparison speaks of; left out where there are only two."""


class Stretch(Struct, frozen=True):
    """One step of an alignment, a sentence or smaller; `score` is its likeness, 0 to 1."""

    kind: Literal["same", "changed", "moved", "only_a", "only_b"]
    a: Span | None
    b: Span | None
    score: float
    pair: Pair = msgspec.UNSET


class Difference(Struct, frozen=True):
    """One difference between two accounts; ranked lists of these are what `compare` gives.

    An omission's `b` is the empty span where the words of `a` should stand in the other account, where that place
    is known; an addition's `a` likewise.
    """

    id: str
    kind: DifferenceKind
    a: Span | None
    b: Span | None
    a_text: str | None
    b_text: str | None
    severity: Severity
    message: str
    score: float
    pair: Pair = msgspec.UNSET


class OneEvent(Struct, frozen=True):
    """Do the accounts look like accounts of one event, and why?"""

    judgement: Judgement
    reasons: tuple[str, ...]


class Comparison(Struct, frozen=True):
    """The answer of `compare`: two or more accounts, how they align, and where they differ, worst first."""

    schema_version: int
    tool: Tool
    sources: tuple[Source, ...]
    one_event: OneEvent
    alignment: tuple[Stretch, ...]
    differences: tuple[Difference, ...]

    def _repr_html_(self) -> str:
        from onrecord.model.notebook import comparison_html

        return comparison_html(self)


# --------------------------------------------------------------------------------------- quotation checks


class Match(Struct, frozen=True):
    """Where the words of a quotation stand, or the nearest place (`role` says which), and whose words they are."""

    role: Literal["passage", "part", "nearest"]
    source: str
    span: Span
    text: str
    turn: str | None
    speaker: str | None
    chain: tuple[str, ...]
    words: Words
    score: float
    differences: tuple[Difference, ...]
    citation: str
    document: str = ""
    """The hash of the text it stands in: every record calls its own source `s1`, and a search has many records."""


class Verdict(Struct, frozen=True):
    """The answer of `check` on one quotation; `verdict` is the headline, by the precedence of docs/check.md."""

    schema_version: int
    quote: str
    by: str | None
    searched: int
    verdict: Literal["exact", "altered", "spliced", "context_cut", "misattributed", "translated", "absent"]
    wording: Literal["same", "differs", "joined", "other_language", "none"]
    speaker_match: bool | None
    context: Literal["kept", "cut"] | None
    setting: Item | None
    matches: tuple[Match, ...]
    printed: Item | None = None
    """Where an article prints the quotation; null where nobody gave an article."""

    def _repr_html_(self) -> str:
        from onrecord.model.notebook import verdict_html

        return verdict_html(self)
