"""Everything that a page shows of a record (`Sheet`), and of its text (`Spread`): worked out before it is set.

The self-contained page shows the whole text; the reader in a browser shows long ones a stretch at a time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple, get_args

from onrecord.export import apparatus, card, floor
from onrecord.export.findings import Finding, FindingKind, filtered, findings, view
from onrecord.export.leaves import Binder, Direction, Passage, direction
from onrecord.export.ledger import FOLDED, Group, Ledger, groups
from onrecord.export.passages import Lines, Overlay, lines_of
from onrecord.export.remarks import Remarks, remarks, warnings
from onrecord.export.ribbon import Bar, ribbon
from onrecord.export.shown import Caution, Lane, Parted, Shown
from onrecord.model import Item, Record, Turn
from onrecord.spans import Span
from onrecord.ui import Words

_LANES = 12  # speakers with a line of their own in the figure of the floor
_FIRST = {"agreed": 6, "claims": 3}  # lines of a group of the ledger that stand open; of others:
_OPEN = 4
_STYLES = 4  # rules in the margin that can be told apart without colour


class Onward(NamedTuple):
    """A link to another page of the same text: its relation (`prev`, `next`), its address and its words."""

    rel: str
    address: str
    words: str


class Sheet(Shown):
    """Everything the template shows of a record, worked out from all of it, once, and when a page first shows it."""

    lines: dict[str, Lines]

    def __init__(
        self,
        whole: Record,
        said: Words,
        by: str | None = None,
        kinds: Collection[str] = (),
        styles: Mapping[tuple[str, ...], int] | None = None,
    ) -> None:
        """`styles` are those that were worked out before, if they are known."""
        self.lines = lines_of(whole)
        self._whole, self._styles = whole, styles
        self.record = record = filtered(whole, by, kinds)
        self.said = said
        self.shown = view(whole, said, by, kinds)
        self.speakers = apparatus.speakers(record, said)
        self.kinds = apparatus.kinds(record, said)
        self.switches = apparatus.switches(record, said)
        self.known = floor.people(record)
        self.anchors = {
            item.span.start: f"e-{name}" for name, item in self._items() if card.stands_in_text(item, record)
        }

    @cached_property
    def findings(self) -> dict[str, list[Finding]]:
        """The answer, by kind: it speaks of the whole record, whatever is shown of it."""
        found = findings(self._whole, self.said, self.lines)
        return {kind: [one for one in found if one.kind == kind] for kind in get_args(FindingKind)}

    @cached_property
    def _book(self) -> Ledger:
        return Ledger(self.record, self.said, self.lines)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The groups of the ledger that hold anything."""
        return groups(self.record, self.said, self._book)

    @cached_property
    def remarks(self) -> Remarks:
        """What stands in the margin."""
        return remarks(self.record, self.said, self._book)

    @cached_property
    def counts(self) -> dict[str, int]:
        """The words of each turn, by its id."""
        return floor.spoken_words(self.record)

    @cached_property
    def floors(self) -> tuple[floor.Floor, ...]:
        """Who held the floor."""
        return floor.floors(self.record, self.counts)

    @cached_property
    def styles(self) -> Mapping[tuple[str, ...], int]:
        """The rule in the margin by which each speaker is told apart."""
        return self._styles or {one.people: min(place, _STYLES) for place, one in enumerate(self.floors, 1)}

    def overlays(self, within: Span | None = None) -> Iterator[Overlay]:
        """What lies on the words of a stretch, or of all."""
        return apparatus.overlays(self.record, self.remarks.of({"note"}), self.address, within)

    def leaves(
        self, within: Span | None = None, lit: Iterable[Overlay] = ()
    ) -> Iterator[tuple[Passage, ...]]:
        """A stretch of the text, or all, in leaves; `lit` lies on its words too."""
        laid = (*self.overlays(within), *lit)
        beside = self.remarks if within is None else self.remarks.within(within)
        binder = Binder(self.record, self.said, self.styles, beside, laid, within, self.lines)
        return binder.leaves()

    def _items(self) -> Iterator[tuple[str, Item]]:
        for fact in card.facts(self.record.event, self.said):
            yield fact.name, fact.item

    @cached_property
    def warnings(self) -> tuple[Caution, ...]:
        """What to beware of, the gravest first; the ledger is no warning."""
        return tuple(Caution(one, self.line_of(one), self.address(one)) for one in warnings(self.remarks))

    @cached_property
    def also_there(self) -> str:
        """One sentence with those who are there and do not speak."""
        return floor.also_there(self.record, self.said)

    @property
    def marks(self) -> int:
        """How many marks stand in the text."""
        return len(self.record.marks)

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


class Spread:
    """The text that one page shows, whole or a stretch of it, and where its links lead."""

    front = True  # whether what a reader sees first stands before the text
    titled = True  # whether the text has its heading
    history = ""  # where corrections are told, if they are

    def __init__(self, sheet: Shown, within: Span | None = None) -> None:
        self.sheet = sheet
        self.leaves = tuple(self.bind(within))
        self.pieces: Counter[str] = apparatus.shown(
            paragraph for leaf in self.leaves for passage in leaf for paragraph, _ in passage.paragraphs
        )
        self.rules = apparatus.rules((*sheet.speakers, *sheet.kinds), sheet.switches, self.pieces)

    def bind(self, within: Span | None) -> Iterable[tuple[Passage, ...]]:
        """The text in leaves."""
        return self.sheet.leaves(within)

    @cached_property
    def direction(self) -> Direction:
        """Which way the text of the page runs; its margins are mirrored where that is from right to left."""
        return direction(self.leaves)

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
