"""A long text a page at a time, so that a record of 20,000 turns opens as soon as one of 200."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from onrecord.export.ledger import Group
from onrecord.export.passages import Cutter
from onrecord.export.sheet import Onward, Sheet, Spread
from onrecord.export.shown import Parted, Shown
from onrecord.model import Turn
from onrecord.spans import Span
from onrecord.ui import Words
from onrecord.web.exchange import link

TURNS = 200
CHARACTERS = 120_000
"""A page ends with the turn that reaches either."""
_FOLDED = (
    40  # lines of a group of the ledger that are folded into the page; the others have a page of their own
)


class Pages(NamedTuple):
    """Where each page of a text begins, and where everything that has an address stands."""

    starts: tuple[int, ...]
    length: int
    places: dict[str, int]

    def page_of(self, place: int) -> int:
        """The number of the page, from 1, on which a character stands."""
        return max(1, bisect_right(self.starts, place))

    def span(self, number: int) -> Span:
        """The characters of a page."""
        ends = (*self.starts[1:], self.length)
        return Span(self.starts[number - 1], ends[number - 1])


def paginate(sheet: Sheet) -> Pages:
    """The pages of a record's first source: cut where a turn begins, or inside a speech longer than a page."""
    record = sheet.record
    turns = sorted(turn.span.start for turn in record.turns if turn.source == record.sources[0].id)
    opening = set(turns)
    starts, held = [0], 0
    for span in Cutter(record, lines=sheet.lines).spans():
        opens = span.start in opening
        full = (opens and held >= TURNS) or span.end - starts[-1] > CHARACTERS
        if full and span.start > starts[-1]:
            starts.append(span.start)
            held = 0
        held += opens
    return Pages(tuple(starts), len(record.sources[0].text), _places(sheet))


def _places(sheet: Sheet) -> dict[str, int]:
    record = sheet.record
    places = {name: at for at, name in sheet.anchors.items()}
    places |= {f"h{block.span.start}": block.span.start for block in record.blocks if block.kind == "heading"}
    places |= {f"n{number}": start for number, start in sheet.remarks.places()}
    places |= {one.id: one.span.start for one in sheet.overlays()}
    places |= {turn.id: turn.span.start for turn in record.turns}
    return places


class Leaf(Spread):
    """One page of a text in the archive: its links lead to the page on which a thing stands."""

    def __init__(
        self, sheet: Shown, pages: Pages, number: int, path: str, said: Words, *, readonly: bool = False
    ) -> None:
        self.pages = pages
        self.number = min(number, len(pages.starts))
        self.path = path
        self.said = said
        self.readonly = readonly
        self.history = f"{path}/about#history"
        self.front = self.number == 1
        whole = len(pages.starts) == 1
        super().__init__(sheet, None if whole else pages.span(self.number))

    def to(self, name: str) -> str:
        """The address of anything named, on the page on which it stands."""
        page = self.pages.page_of(self.pages.places.get(name, 0))
        return f"#{name}" if page == self.number else f"{self._address(page)}#{name}"

    def href(self, name: str) -> str | None:
        """The address of an item's characters, on whatever page they are printed."""
        if self.pieces[name]:
            return f"#{name}"
        return self.to(name) if name in self.pages.places and len(self.pages.starts) > 1 else None

    def permalink(self, turn: Turn) -> str:
        """The address of a turn by itself, which never changes."""
        return f"{self.path}/{turn.id}"

    def desk(self, item: str) -> str | None:
        """Where an item is corrected."""
        return None if self.readonly else f"{self.path}/correct/{item}"

    def parted(self, group: Group) -> Parted:
        """The lines of a group; of a long one only the first are in the page."""
        part = super().parted(group)
        if len(part.folded) <= _FOLDED:
            return part
        address = link(f"{self.path}/ledger", group=group.name)
        return Parted(part.open, part.folded[:_FOLDED], len(part.folded) - _FOLDED, address)

    @property
    def onward(self) -> tuple[Onward, ...]:
        """Links to the pages before and after."""
        found = []
        if self.number > 1:
            found.append(Onward("prev", self._address(self.number - 1), self.said("web.page.before")))
        if self.number < len(self.pages.starts):
            found.append(Onward("next", self._address(self.number + 1), self.said("web.page.after")))
        return tuple(found)

    def _address(self, page: int) -> str:
        return link(self.path, page=page if page > 1 else "")
