"""Where quotations are sought: any archive that can name candidates, and the one in memory.

An archive on disk answers the same two questions from its own index; the check never walks through all of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import NamedTuple, Protocol, runtime_checkable

from onrecord.errors import NoInput
from onrecord.model import Record
from onrecord.people.names import fold
from onrecord.quotecheck.speech import Speech

LIMIT = 12  # records that are read for one quotation; in memory more cost only time


class Candidate(NamedTuple):
    """A record that may hold the words, by its id in the corpus, and the turns worth reading (none given: all)."""

    record: str
    turns: frozenset[str] | None = None


class Candidates(NamedTuple):
    """The likeliest places first, and how many texts they were chosen from."""

    places: tuple[Candidate, ...]
    searched: int


@runtime_checkable
class Corpus(Protocol):
    """What the check asks of an archive."""

    def candidates(
        self, words: Sequence[str], *, since: str | None = None, event: str | None = None
    ) -> Candidates:
        """Where the words of a quotation (folded, in order) probably stand: events on or after the ISO date `since`,
        or whose title holds `event`. An undated event is left out where `since` is given."""

    def record(self, name: str) -> Record:
        """The record of a candidate."""


class Library:
    """Records in memory as a corpus; each is indexed once, when a quotation first leads to it."""

    def __init__(self, records: Sequence[Record]) -> None:
        self.records = tuple(records)
        self._speeches: dict[str, Speech] = {}
        self._holders: dict[str, list[int]] | None = None

    def record(self, name: str) -> Record:
        """The record with that place in the library; `NoInput` if there is none."""
        if not name.isdecimal() or int(name) >= len(self.records):
            raise NoInput(f"there is no record {name!r} in a library of {len(self.records)}")
        return self.records[int(name)]

    def speech(self, name: str) -> Speech:
        """The indexed words of a record."""
        if name not in self._speeches:
            self._speeches[name] = Speech(self.record(name))
        return self._speeches[name]

    def candidates(
        self, words: Sequence[str], *, since: str | None = None, event: str | None = None
    ) -> Candidates:
        """Records by the weight of the words they share with the quotation."""
        allowed = [at for at, record in enumerate(self.records) if _fits(record, since, event)]
        if len(allowed) <= LIMIT:
            return Candidates(tuple(Candidate(str(at)) for at in allowed), len(allowed))
        holders, among = self._index(), set(allowed)
        weights: dict[int, float] = {}
        for word in dict.fromkeys(words):
            held = holders.get(word, [])
            weight = log(1 + len(self.records) / (1 + len(held)))
            for at in held:
                if at in among:
                    weights[at] = weights.get(at, 0.0) + weight
        best = sorted(weights, key=lambda at: (-weights[at], at))[:LIMIT]
        return Candidates(tuple(Candidate(str(at)) for at in best), len(allowed))

    def _index(self) -> dict[str, list[int]]:
        """Which records hold a word."""
        if self._holders is None:
            self._holders = {}
            for at in range(len(self.records)):
                for word in self.speech(str(at)).places:
                    self._holders.setdefault(word, []).append(at)
        return self._holders


def _fits(record: Record, since: str | None, event: str | None) -> bool:
    if since and not (record.event.date and (record.event.date.value or "") >= since):
        return False
    if not event:
        return True
    title = record.event.title
    return fold(event) in fold(f"{title.value or title.text if title else ''} {record.sources[0].name}")
