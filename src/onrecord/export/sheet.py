"""Everything that a page shows of a record (`Sheet`), and of its text (`Spread`): worked out before it is set.

The self-contained page shows the whole text; the reader in a browser shows long ones a stretch at a time.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple, get_args

from onrecord.export import apparatus, card, citation, floor, visible
from onrecord.export.findings import FindingKind, evidence_ids, filtered, findings, view
from onrecord.export.leaves import Binder
from onrecord.export.ledger import FOLDED, Entry, Group, Ledger, groups
from onrecord.export.passages import Overlay, Piece, lines_of
from onrecord.export.remarks import Remark, remarks, warnings
from onrecord.export.ribbon import Bar, ribbon
from onrecord.model import Item, Person, Record, Turn
from onrecord.spans import Span
from onrecord.ui import Words
from onrecord.ui.told import Because, because

_LANES = 12  # speakers with a line of their own in the figure of the floor
_FIRST = {"agreed": 6, "claims": 3}  # lines of a group of the ledger that stand open; of others:
_OPEN = 4
_STYLES = 4  # rules in the margin that can be told apart without colour


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


class Onward(NamedTuple):
    """A link to another page of the same text: its relation (`prev`, `next`), its address and its words."""

    rel: str
    address: str
    words: str


class Sheet:
    """Everything the template shows of a record, worked out once; which of its text is shown is for a `Spread`."""

    def __init__(
        self, whole: Record, said: Words, by: str | None = None, kinds: Collection[str] = ()
    ) -> None:
        self.lines = lines_of(whole)
        found = findings(
            whole, said, self.lines
        )  # the answer speaks of the whole record, whatever is shown of it
        self.record = record = filtered(whole, by, kinds)
        self.said = said
        self.findings = {kind: [one for one in found if one.kind == kind] for kind in get_args(FindingKind)}
        self.shown = view(whole, said, by, kinds)
        book = Ledger(record, said, self.lines)
        self.groups = groups(record, said, book)
        self.speakers = apparatus.speakers(record, said)
        self.kinds = apparatus.kinds(record, said)
        self.switches = apparatus.switches(record, said)
        self.known = floor.people(record)
        self.counts = floor.spoken_words(record)
        self.floors = floor.floors(record, self.counts)
        self.styles = {one.people: min(place, _STYLES) for place, one in enumerate(self.floors, 1)}
        self.remarks = remarks(record, said, book)
        self.places = {remark: place for place, remark in enumerate(self.remarks, 1)}
        self.anchors = {
            item.span.start: f"e-{name}" for name, item in self._items() if card.stands_in_text(item, record)
        }

    def overlays(self, within: Span | None = None) -> Iterator[Overlay]:
        """What lies on the words of a stretch, or of all."""
        return apparatus.overlays(self.record, self.remarks, self.address, within)

    def binder(self, within: Span | None = None, lit: Iterable[Overlay] = ()) -> Binder:
        """What binds a stretch, or all, into leaves; `lit` lies on its words too. Each is used once."""
        laid = (*self.overlays(within), *lit)
        return Binder(self.record, self.said, self.styles, self.remarks, laid, within, self.lines)

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

    def _items(self) -> Iterator[tuple[str, Item]]:
        for fact in card.facts(self.record.event, self.said):
            yield fact.name, fact.item

    def address(self, remark: Remark) -> str:
        """The address of a remark in the margin."""
        return f"n{self.places[remark]}"

    @cached_property
    def warnings(self) -> tuple[Caution, ...]:
        """What to beware of, the gravest first; the ledger is no warning."""
        return tuple(Caution(one, self.line_of(one), self.address(one)) for one in warnings(self.remarks))

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
    def also_there(self) -> str:
        return floor.also_there(self.record, self.said)

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

    def number(self, turn: Turn) -> str:
        return floor.number_of(turn)

    @cached_property
    def lanes(self) -> tuple[Lane, ...]:
        """Speakers by share; beyond the first dozen they share one line, and so do turns of nobody."""
        total, bars = sum(one.words for one in self.floors), ribbon(self.record, self.counts)
        owned = [one for one in self.floors if one.people]
        shown, rest = owned[:_LANES], owned[_LANES:]
        nobody = [one for one in self.floors if not one.people]
        lanes = [self._lane([one], total, bars) for one in shown]
        if rest:
            more = self.said("record.more", n=self.said.count("voices", len(rest)))
            lanes.append(self._lane(rest, total, bars)._replace(name=more, style=_STYLES, labels=()))
        return (*lanes, *(self._lane([one], total, bars) for one in nobody))

    def _lane(self, held: list[floor.Floor], total: int, bars: dict[tuple[str, ...], list[Bar]]) -> Lane:
        first, spoken = held[0], sum(one.words for one in held)
        name = floor.name_of(first.people, self.known, self.said)
        return Lane(
            name=name,
            labels=tuple(label for label in floor.labels_of(self.record, first) if label != name),
            bars=tuple(bar for one in held for bar in bars.get(one.people, [])),
            share=self.said.percent(spoken, total),
            words=self.said.number(spoken),
            turns=self.said.number(sum(len(one.turns) for one in held)),
            owned=bool(first.people),
            style=self.styles[first.people],
        )

    def anchors_in(self, piece: Piece) -> list[str]:
        """The addresses of card entries that stand in a piece."""
        end = piece.start + len(piece.text)
        return [name for place, name in self.anchors.items() if piece.start <= place < end]

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


class Spread:
    """The text that one page shows, whole or a stretch of it, and where its links lead."""

    front = True  # whether what a reader sees first stands before the text
    titled = True  # whether the text has its heading

    def __init__(self, sheet: Sheet, within: Span | None = None) -> None:
        self.sheet = sheet
        self.leaves = tuple(self.bind(within).leaves())
        self.pieces: Counter[str] = apparatus.shown(
            paragraph for leaf in self.leaves for passage in leaf for paragraph, _ in passage.paragraphs
        )
        self.rules = apparatus.rules((*sheet.speakers, *sheet.kinds), sheet.switches, self.pieces)

    def bind(self, within: Span | None) -> Binder:
        """What binds the text into leaves."""
        return self.sheet.binder(within)

    def to(self, name: str) -> str:
        """The address of a turn, a note, a heading or an entry of the card."""
        return f"#{name}"

    def href(self, name: str) -> str | None:
        """The address of an item's characters, where any of them are printed."""
        return f"#{name}" if self.pieces[name] else None

    def permalink(self, turn: Turn) -> str:
        """The address by which a turn is to be known."""
        return f"#{turn.id}"

    def desk(self, item: str) -> str | None:
        """Where an item can be corrected; None on a page that is only read."""
        return None

    def parted(self, group: Group) -> Parted:
        """The lines of a group that stand open, those that are folded, and where the others are."""
        shown = 0 if group.name in FOLDED else _FIRST.get(group.name, _OPEN)
        if shown and len(group.entries) == shown + 1:  # a fold for one line hides more than it saves
            shown += 1
        return Parted(group.entries[:shown], group.entries[shown:])

    @property
    def onward(self) -> tuple[Onward, ...]:
        """Links to the pages before and after this one."""
        return ()
