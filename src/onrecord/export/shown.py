"""What a page shows of a record, from whatever it was worked out: the values and the words that the template asks for.

A `Sheet` (sheet.py) works all of it out from the whole record. What the first page of a long record shows can also be
kept and read again; then `record` is that record without its long lists.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple, Protocol

from onrecord.export import apparatus, card, citation, floor, visible
from onrecord.export.findings import Finding, evidence_ids
from onrecord.export.leaves import Passage
from onrecord.export.ledger import Entry, Group
from onrecord.export.passages import Overlay, Piece
from onrecord.export.remarks import Remark
from onrecord.export.ribbon import Bar
from onrecord.model import Person, Record, Turn
from onrecord.spans import Span
from onrecord.store.corrections import BY
from onrecord.ui import Words
from onrecord.ui.told import Because, because


class Lane(NamedTuple):
    """One line of the figure: a speaker, the bars of the floor they held, and their share."""

    name: str
    labels: tuple[str, ...]
    bars: tuple[Bar, ...]
    share: str
    words: str
    turns: str
    owned: bool
    style: int


class Caution(NamedTuple):
    """A remark in the list of what to beware of: its line in the source and its address in the text."""

    remark: Remark
    line: int | None
    address: str


class Clause(NamedTuple):
    """The words of an entry in three parts; `what` is the part that says what, and may be empty."""

    before: str
    what: str
    after: str


class Parted(NamedTuple):
    """The lines of a group of the ledger: open, folded, and how many more stand at an address."""

    open: Sequence[Entry]
    folded: Sequence[Entry]
    more: int = 0
    address: str = ""


class Numbered(Protocol):
    """The line numbers of a text."""

    def number(self, place: int) -> int:
        """The line in which a character stands."""


class Shown(ABC):
    """Everything the template shows of a record; which of its text is shown is for a `Spread`."""

    record: Record
    said: Words
    lines: Mapping[str, Numbered]
    known: dict[str, Person]
    shown: str
    speakers: tuple[apparatus.Choice, ...]
    kinds: tuple[apparatus.Choice, ...]
    switches: tuple[apparatus.Choice, ...]
    anchors: Mapping[int, str]

    @abstractmethod
    def leaves(
        self, within: Span | None = None, lit: Iterable[Overlay] = ()
    ) -> Iterable[tuple[Passage, ...]]:
        """A stretch of the text, or all, in leaves; `lit` lies on its words too."""

    @property
    @abstractmethod
    def findings(self) -> Mapping[str, Sequence[Finding]]:
        """The answer, by kind."""

    @property
    @abstractmethod
    def groups(self) -> Sequence[Group]:
        """The groups of the ledger that hold anything."""

    @property
    @abstractmethod
    def warnings(self) -> Sequence[Caution]:
        """What to beware of, the gravest first; the ledger is no warning."""

    @property
    @abstractmethod
    def lanes(self) -> Sequence[Lane]:
        """Speakers by share; beyond the first dozen they share one line, and so do turns of nobody."""

    @property
    @abstractmethod
    def also_there(self) -> str:
        """One sentence with those who are there and do not speak."""

    @property
    @abstractmethod
    def marks(self) -> int:
        """How many marks stand in the text."""

    @property
    def title(self) -> str:
        return card.title(self.record, self.said)

    @property
    def facts(self) -> tuple[tuple[card.Fact, str | None], ...]:
        """The lines of the card, each with the address of its place in the text."""
        return tuple(
            (fact, f"e-{fact.name}" if card.stands_in_text(fact.item, self.record) else None)
            for fact in card.facts(self.record.event, self.said)
        )

    @property
    def language(self) -> str:
        return card.language(self.record.sources[0], self.said)

    @property
    def status(self) -> str:
        return card.status(self.record.sources[0], self.said)

    @property
    def unattributed(self) -> str:
        return floor.unattributed(self.record, self.said)

    @cached_property
    def names(self) -> tuple[Person, ...]:
        """People who are not always printed by the name shown: how they are printed, and why it is they."""
        return tuple(one for one in self.record.people if any(a.text != one.name for a in one.aliases))

    @property
    def citation(self) -> str:
        """The parts of a citation, for the script to fill in."""
        return json.dumps(
            citation.parts(self.record, self.record.sources[0].id, self.said), ensure_ascii=False
        )

    def cited(self, turn: Turn) -> str:
        return visible.line(citation.speaker(turn, self.known, self.said))

    def corrected(self, turn: Turn) -> bool:
        """Whether somebody corrected who speaks in a turn, or where it begins or ends."""
        return any(reason.startswith(BY) for reason in turn.reasons)

    def number(self, turn: Turn) -> str:
        return floor.number_of(turn)

    @cached_property
    def outline(self) -> tuple[tuple[str, str], ...]:
        """Printed headings with their addresses, where there are enough of them to need a list."""
        found = [
            (f"h{block.span.start}", block.text)
            for block in self.record.blocks
            if block.kind == "heading" and block.text.strip()
        ]
        return tuple(found) if 2 < len(found) <= 60 else ()

    def because(self, reasons: tuple[str, ...]) -> Because:
        """Reasons of the record in the reader's language, as far as it is known there."""
        return because(reasons, self.said.language)

    @property
    def mark_kinds(self) -> tuple[str, ...]:
        """The kinds of marks that stand in the text, in the order of the vocabulary: a key to their styles."""
        found = {mark.kind for mark in self.record.marks}
        return tuple(kind for kind in self.said.table["mark"] if kind in found)

    @cached_property
    def coverage(self) -> list[tuple[str, int]]:
        """The owners of the text's characters, each with how many it has."""
        counts = [(name, getattr(self.record.coverage, name)) for name in self.said.table["coverage"]]
        return [(self.said(f"coverage.{name}"), count) for name, count in counts if count]

    def address(self, remark: Remark) -> str:
        """The address of a remark in the margin."""
        return f"n{remark.number}"

    def styles_of(self, remark: Remark) -> str:
        """The style names of a note: what it is, and by what it can be chosen or hidden."""
        names = {
            "statement": f"entry k-{remark.sort} {apparatus.voice(remark.by)}",
            "flag": f"f-{remark.sort}",
        }
        return f"note {remark.kind} {names.get(remark.kind, '')}".rstrip()

    def voice(self, entry: Entry) -> str:
        return apparatus.voice(entry.statement.speaker)

    def line_of(self, remark: Remark) -> int | None:
        return self.lines[remark.source].number(remark.span.start) if remark.span else None

    def evidence(self, remark: Remark) -> list[tuple[str, int, str]]:
        """The address, the line and the words of each piece of evidence of a flag."""
        names = evidence_ids(remark.item, len(remark.evidence))
        return [
            (name, self.lines[item.source].number(item.span.start), self.said.quote(visible.line(item.text)))
            for name, item in zip(names, remark.evidence, strict=True)
        ]

    def clause(self, entry: Entry) -> Clause:
        """The exact characters of an entry, with those that say what apart."""
        statement = entry.statement
        span, content = statement.span, statement.content
        if content is None or not span.holds(content) or content == span:
            return Clause(statement.text, "", "")
        start, end = content.start - span.start, content.end - span.start
        return Clause(statement.text[:start], statement.text[start:end], statement.text[end:])

    def anchors_in(self, piece: Piece) -> list[str]:
        """The addresses of card entries that stand in a piece."""
        end = piece.start + len(piece.text)
        return [name for place, name in self.anchors.items() if piece.start <= place < end]
