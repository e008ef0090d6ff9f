"""One version of an account, opened by its permalink: its record, and its characters with hash and link."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from onrecord.errors import NoInput
from onrecord.mcp.answers import Account, Quoted
from onrecord.model import Item, Record, Words
from onrecord.people.names import fold
from onrecord.quotecheck.citation import CAVEAT
from onrecord.spans import Span
from onrecord.store import Archive, Place, Version
from onrecord.store.permalinks import link

LONGEST = 4_000
"""Characters of one item that an answer shows; the rest is under its own link (`…/c4000-8000`)."""
SCHEME = "onrecord:/"
"""Before a permalink it makes the address of a resource."""


class Reading:
    """A version with its record as it reads today, corrections included."""

    def __init__(self, archive: Archive, version: Version, current: bool) -> None:
        self.archive = archive
        self.version = version
        self.current = current
        self.record: Record = archive.record(version.id)
        self.text = self.record.sources[0].text

    @cached_property
    def names(self) -> dict[str, str]:
        """The people of the record by their ids."""
        return {person.id: person.name for person in self.record.people}

    def name(self, person: str | None) -> str | None:
        """Somebody's name; None for nobody."""
        return None if person is None else self.names.get(person)

    def named(self, people: Iterable[str]) -> tuple[str, ...]:
        """The names of those whom the record knows."""
        return tuple(self.names[one] for one in people if one in self.names)

    def speaks(self, wanted: str | None, person: str | None) -> bool:
        """Whether a person's name holds every part of the wanted one, as in search."""
        if wanted is None:
            return True
        folded = fold(self.name(person) or "")
        return all(part in folded for part in fold(wanted).split()) and bool(folded)

    def quoted(self, span: Span, item: str | None = None, most: int = LONGEST) -> Quoted:
        """The characters of a span, under the link of an item or of themselves; cut, and saying so, if too many."""
        end = min(span.end, span.start + most)
        return Quoted(
            text=self.text[span.start : end],
            span=Span(span.start, end),
            text_sha256=self.version.text_sha256,
            link=link(self.version.event, self.version.id, item or f"c{span.start}-{span.end}"),
            whole=span if end < span.end else None,
        )

    def said(self, item: Item) -> Quoted:
        """The characters of an item of the event card."""
        return self.quoted(item.span)

    def account(self) -> Account:
        """Which text this is, and whose words it holds."""
        held, words = self.version, self.record.sources[0].words
        source = next(one for one in self.archive.sources(held.event) if one.id == held.source)
        return Account(
            event=held.event,
            version=held.id,
            link=link(held.event, held.id),
            name=source.name,
            address=source.address,
            title=held.title,
            date=held.date,
            language=held.language,
            current=self.current,
            sha256=held.sha256,
            text_sha256=held.text_sha256,
            words=words,
            caveat=caveat(words),
        )


def caveat(words: Words) -> str | None:
    """What must be said with a quotation from a text that is not known to hold the words as they were spoken."""
    return None if words.value == "original" else CAVEAT


def resolve(archive: Archive, path: str) -> Place:
    """Where a permalink leads, also one written as a resource; `NoInput` for what was removed."""
    place = archive.resolve(path.strip().removeprefix(SCHEME))
    if place.removed:
        raise NoInput(f"this version was removed on {place.removed}; only its names and hashes are left")
    return place


def opened(archive: Archive, path: str) -> tuple[Reading, Place]:
    """The version that a permalink leads to, and the place in it."""
    place = resolve(archive, path)
    return Reading(archive, archive.version(place.version), place.current), place


def version_read(archive: Archive, id: str) -> Reading:
    """A version by its name."""
    held = archive.version(id)
    return Reading(archive, held, archive.resolve(link(held.event, held.id)).current)
