"""What an archive answers: events, sources, versions, hits, places."""

from __future__ import annotations

from typing import Literal, NamedTuple

import msgspec

from onrecord.model import StatementKind
from onrecord.spans import Span


class Event(NamedTuple):
    """A public event: title and date (ISO 8601) as its first account gives them."""

    id: str
    title: str | None
    date: str | None
    added: str


class Source(NamedTuple):
    """One account of an event that may change over time; `address` is where it was published, if that was said."""

    id: str
    event: str
    name: str
    address: str | None


class Version(NamedTuple):
    """One text of a source and the record made from it; both are for ever. `number` is the order of arrival.

    `sha256` is of the bytes, `text_sha256` of the characters, `record_sha256` of the record as it was made.
    `removed` is the time of removal of what is now a tombstone, and `reason` why.
    """

    number: int
    id: str
    event: str
    source: str
    sha256: str
    text_sha256: str
    record_sha256: str
    title: str | None
    date: str | None
    language: str | None
    turns: int
    people: str
    sketch: bytes
    added: str
    removed: str | None
    reason: str | None


class Added(NamedTuple):
    """What became of a document that was added.

    new       an event or an account that was not here; version: the source has changed; revision: the same bytes,
              read otherwise by another program or with other options; same: nothing changed; removed: a tombstone
              stands for these bytes, and nothing was stored
    """

    status: Literal["new", "version", "revision", "same", "removed"]
    event: str
    source: str
    version: str
    previous: str | None
    link: str


class Filters(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Which passages count; what is None does not matter.

    `speaker` is part of a name, in any spelling of case and accents; `statement` and `flag` want a finding of that
    kind in the passage; dates are those of the event (ISO 8601, may be only a year or a month), both inclusive.
    """

    speaker: str | None = None
    statement: StatementKind | None = None
    flag: str | None = None
    event: str | None = None
    since: str | None = None
    until: str | None = None
    language: str | None = None


class Passage(NamedTuple):
    """Characters of a version that are searched together; `item` is the turn's id, None outside of turns."""

    id: int
    event: str
    version: str
    item: str | None
    span: Span
    text: str
    speaker: str | None
    language: str | None
    date: str | None
    link: str


class Hit(NamedTuple):
    """A passage that answers a query, best first: where the words stand (`matches`, in characters of the source),
    and a stretch of the passage around the first of them (`excerpt`) that fits on a few lines.

    A hit by meaning has no such places; its excerpt is the nearest part, and its score the cosine (-1 to 1).
    """

    passage: Passage
    matches: tuple[Span, ...]
    excerpt: Span
    score: float
    by: Literal["words", "meaning"] = "words"


class Page(NamedTuple):
    """Hits, and what is known of the others.

    `total` counts them all, or is the least there are if `more`. `next` asks for the page that follows. `cut`: the
    query was longer than what is looked for. `unencoded`: passages that a search by meaning could not compare.
    """

    hits: tuple[Hit, ...]
    total: int
    more: bool
    next: str | None
    cut: bool
    unencoded: int = 0

    @property
    def truncated(self) -> bool:
        """Whether there are hits that this page does not show."""
        return self.next is not None


class Place(NamedTuple):
    """Where a permalink leads: the characters at `span`, if it names an item.

    `current`: no later version of the source is here. `removed`: the time of removal, for a tombstone. `link` is the
    permanent form of the link.
    """

    event: str
    version: str
    item: str | None
    span: Span | None
    text: str | None
    current: bool
    removed: str | None
    link: str
