"""What the pages read from: the archive, one for each thread, and what was worked out already.

An archive belongs to one thread; what is made from it (a record with its corrections, the sheet of a page, a
comparison) is never changed and is shared. Records are kept under the corrections that they were made with, so a
correction by another process is seen at once.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TypeVar

from onrecord import store
from onrecord.errors import NoInput
from onrecord.export.sheet import Sheet
from onrecord.model import Comparison, Record
from onrecord.ui import Words
from onrecord.web import opening
from onrecord.web.held import Held, holding
from onrecord.web.keeping import Kept
from onrecord.web.opening import Opened
from onrecord.web.words import core

T = TypeVar("T")
KEPT = 80_000
"""How much is kept, in turns of records: what was worked out of a long sitting weighs more than that of a short one."""
PRINTED = 24_000_000
"""How much is kept of texts that are set already, in characters: a page has a fifth of a million at most."""


@dataclass(frozen=True)
class Reading(Held):
    """A version with its record as it reads today, after the corrections that made it so."""

    source: store.Source
    record: Record
    outcomes: tuple[store.Outcome, ...]


def _weight(version: store.Version) -> int:
    """What something made of a version weighs; even a record without turns has a text."""
    return 100 + version.turns


def _compared(readings: tuple[Reading, ...]) -> Hashable:
    return ("comparison", *(one.state for one in readings))


class Shelf:
    """The archive at an address, for all threads of a server."""

    def __init__(self, address: str, *, readonly: bool = False) -> None:
        self.address = address
        self.readonly = readonly
        self._own = threading.local()
        self._kept = Kept(KEPT)
        self._printed = Kept(PRINTED)

    @property
    def archive(self) -> store.Archive:
        """The archive of this thread."""
        if not hasattr(self._own, "archive"):
            self._own.archive = store.open(self.address, create=not self.readonly, readonly=self.readonly)
        held: store.Archive = self._own.archive
        return held

    def version(self, id: str, event: str | None = None) -> store.Version:
        """A version by its name; `NoInput` if there is none, or not of that event."""
        held = self.archive.version(id)
        if event is not None and held.event != event:
            raise NoInput("that event has no such version")
        return held

    def held(self, id: str, event: str | None = None) -> Held:
        """A version with what was corrected in it; a tombstone has no record and is `NoInput`."""
        return holding(self.archive, self.version(id, event))

    def reading(self, id: str, event: str | None = None) -> Reading:
        """A version with its record and what was corrected in it; a tombstone has no record and is `NoInput`."""
        return self.read(self.held(id, event))

    def read(self, held: Held) -> Reading:
        """The record of what is held, as it reads today."""
        key = ("reading", held.version.id, tuple((one.id, one.undone is None) for one in held.corrections))
        return self._kept.get(key, _weight(held.version), lambda: self._read(held))

    def _read(self, held: Held) -> Reading:
        version = held.version
        record, outcomes = held.read(self.archive)
        source = next(one for one in self.archive.sources(version.event) if one.id == version.source)
        return Reading(version, held.corrections, source, record, tuple(outcomes))

    def sheet(self, reading: Reading, said: Words) -> Sheet:
        """What a page shows of a record, in the reader's language."""
        key = ("sheet", reading.state, said.language)
        return self._kept.get(key, _weight(reading.version), lambda: self._sheet(reading, said))

    def _sheet(self, reading: Reading, said: Words) -> Sheet:
        """The sheet of a record; of a long one, what was kept with its first page is not worked out again."""
        opened = self.opened(reading, said)
        if opened is None:
            return Sheet(reading.record, core(said))
        self.kept(("pages", said.language), reading, lambda: opened.pages)
        return Sheet(reading.record, core(said), styles=opened.styles)

    def comparison(self, readings: tuple[Reading, ...]) -> Comparison:
        """How accounts differ."""
        from onrecord.collation import compare

        weight = sum(_weight(one.version) for one in readings)
        return self._kept.get(_compared(readings), weight, lambda: compare([one.record for one in readings]))

    def kept_comparison(self, readings: tuple[Reading, ...]) -> Comparison | None:
        """How accounts differ, if somebody asked lately."""
        found: Comparison | None = self._kept.peek(_compared(readings))
        return found

    def kept(self, key: Hashable, reading: Reading, make: Callable[[], T]) -> T:
        """Anything else of a record that is worth keeping."""
        return self._kept.get((key, reading.state), _weight(reading.version), make)

    def printed(self, key: Hashable, held: Held, make: Callable[[], T], weight: Callable[[T], int]) -> T:
        """What was set of a version as it reads today; `weight` is in characters."""
        return self._printed.get((key, held.state), weight, make)

    def lasting(self, key: Hashable, make: Callable[[], T], weight: Callable[[T], int]) -> T:
        """What is the same for everybody until the archive changes; `weight` is in characters."""
        return self._printed.get((key, self.archive.state()), weight, make)

    def opened(self, held: Held, said: Words) -> Opened | None:
        """The first page of a long record, if the archive keeps it as it reads today."""
        return opening.find(self.archive, held, core(said))
