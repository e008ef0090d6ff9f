"""A version as it reads today: which record it is, and which corrections stand in it."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord import store
from onrecord.errors import NoInput
from onrecord.model import Record
from onrecord.store import corrections as mending


@dataclass(frozen=True)
class Held:
    """A version of an account, and the corrections of its source: as much as is known without reading its record."""

    version: store.Version
    corrections: tuple[store.Correction, ...]

    @property
    def path(self) -> str:
        """Its permalink."""
        return f"/e/{self.version.event}/v/{self.version.id}"

    @property
    def standing(self) -> tuple[store.Correction, ...]:
        """The corrections that were not undone."""
        return mending.standing(self.corrections)

    @property
    def state(self) -> tuple[str, ...]:
        """Which corrections stand: a name for what the record says now."""
        return (self.version.id, *(one.id for one in self.standing))

    def read(self, archive: store.Archive) -> tuple[Record, list[store.Outcome]]:
        """The record in this state and in no other, whatever is corrected meanwhile, and what became of each."""
        return mending.apply(archive.record(self.version.id, corrected=False), self.corrections)


def holding(archive: store.Archive, version: store.Version) -> Held:
    """A version with what was corrected in it; a tombstone has no record and is `NoInput`."""
    if version.removed:
        raise NoInput(f"this version was removed on {version.removed}: {version.reason}")
    return Held(version, tuple(archive.corrections(version.source)))
