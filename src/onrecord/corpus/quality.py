"""How good a dataset is, in counts that add up: a tally of one document, of a shard, of the whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from onrecord.model import Record

_OWNED = frozenset({"certain", "likely"})


class Tally(msgspec.Struct):
    """Counts over documents of one language, layout and convention; characters are code points, words those of print.

    `unknown` is 1 for a document with speech whose convention nobody knows.
    """

    language: str = ""
    layout: str = ""
    convention: str = ""
    documents: int = 0
    partial: int = 0
    words: int = 0
    characters: int = 0
    speech: int = 0
    attributed: int = 0
    unattributed: int = 0
    frame: int = 0
    turns: int = 0
    unresolved: int = 0
    quotes: int = 0
    statements: int = 0
    relations: int = 0
    flags: dict[str, int] = {}

    def add(self, other: Tally) -> None:
        """Add the counts of another; its language, layout and convention are left aside."""
        for name in COUNTS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.flags = dict(sorted((Counter(self.flags) + Counter(other.flags)).items()))

    @property
    def flagged(self) -> int:
        """How many flags there are, of all kinds."""
        return sum(self.flags.values())

    @property
    def per_thousand(self) -> float:
        """Flags per 1,000 words."""
        return 1000 * self.flagged / self.words if self.words else 0.0


COUNTS = tuple(
    field.name for field in msgspec.structs.fields(Tally) if field.type is int or field.type == "int"
)
"""The fields of a tally that are numbers."""


def tally(record: Record, *, partial: bool = False) -> Tally:
    """The tally of one record."""
    source, coverage = record.sources[0], record.coverage
    return Tally(
        source.language or "unknown",
        source.layout.kind,
        source.layout.convention or "none",
        documents=1,
        partial=int(partial),
        words=len(source.text.split()),
        characters=coverage.characters,
        speech=coverage.speech,
        attributed=coverage.attributed,
        unattributed=coverage.unattributed,
        frame=coverage.frame,
        turns=len(record.turns),
        unresolved=sum(turn.judgement not in _OWNED for turn in record.turns),
        quotes=len(record.quotes),
        statements=len(record.statements),
        relations=len(record.relations),
        flags=dict(sorted(Counter(flag.kind for flag in record.flags).items())),
    )


class Quality:
    """Tallies by language, layout and convention; as many as there are of these, however long the corpus is."""

    def __init__(self, tallies: Iterable[Tally] = ()) -> None:
        self._found: dict[tuple[str, str, str], Tally] = {}
        for one in tallies:
            self.add(one)

    def add(self, one: Tally) -> None:
        """Count one more."""
        key = (one.language, one.layout, one.convention)
        self._found.setdefault(key, Tally(*key)).add(one)

    def tallies(self) -> list[Tally]:
        """All of them, sorted by name."""
        return [self._found[key] for key in sorted(self._found)]

    def by(self, field: str) -> list[Tally]:
        """Sums over one of `language`, `layout` or `convention`, most words first."""
        sums: dict[str, Tally] = {}
        for one in self.tallies():
            name = getattr(one, field)
            sums.setdefault(name, Tally(**{field: name})).add(one)
        return sorted(sums.values(), key=lambda one: (-one.words, getattr(one, field)))

    def total(self) -> Tally:
        """The sum of all."""
        whole = Tally()
        for one in self.tallies():
            whole.add(one)
        return whole
