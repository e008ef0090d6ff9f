"""A document joins the archive: is it here already, is it a later version, which event is it of? Then one transaction.

What costs time (hashes, sketch, keys, the comparison with the version before) is done before the pen is taken. If
somebody else's document changes the answer meanwhile, it is asked again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

import msgspec

from onrecord.errors import RecordError
from onrecord.model import Comparison, Record
from onrecord.record import encode
from onrecord.store import corrections as mending
from onrecord.store import holdings, indexing, likeness, permalinks
from onrecord.store.answers import Added, Event, Source, Version
from onrecord.store.checks import sha256
from onrecord.store.desk import corrections_of
from onrecord.store.holdings import plain
from onrecord.store.likeness import Portrait
from onrecord.store.protocol import Engine, Value
from onrecord.verification import verify

Compare = Callable[[Sequence[Record]], Comparison]
"""What tells two records apart; `onrecord.collation.compare` unless the caller has another."""


class Document(NamedTuple):
    """A record with everything that can be known of it without the archive."""

    record: Record
    encoded: bytes
    data: bytes
    portrait: Portrait
    address: str | None
    added: str
    rows: indexing.Rows


class Spot(NamedTuple):
    """Where a document belongs. None: it opens a new event, or a new source."""

    status: Literal["new", "version", "revision", "same", "removed"]
    event: str | None
    source: str | None
    previous: Version | None


def prepare(record: Record, data: bytes, *, address: str | None, added: str) -> Document:
    """All that can be done before the archive is asked; `RecordError` if record and bytes do not belong together."""
    faults = verify(record)
    if faults:
        raise RecordError(f"{record.sources[0].name}: the record does not hold: {faults[0]}")
    if record.sources[0].sha256 != sha256(data):
        raise RecordError(f"{record.sources[0].name}: the record was not made from these bytes")
    rows = indexing.rows(record)
    portrait = likeness.portrait(record, indexing.words(rows))
    return Document(record, encode(record), data, portrait, plain(address), added, rows)


def store(
    engine: Engine, document: Document, event: str | None, compare: Compare | None, *, again: bool
) -> Added:
    """Put a document where it belongs."""
    while True:
        stamp = holdings.stamp(engine)
        spot = find(engine, document, event, again=again)
        if spot.status in ("same", "removed") and spot.previous:
            return _answer(spot.status, spot.previous, spot.previous)
        difference = _difference(engine, document, spot.previous, compare)
        with engine.transaction():
            if holdings.stamp(engine) == stamp or find(engine, document, event, again=again) == spot:
                return _write(engine, document, spot, event, difference)


def _answer(
    status: Literal["new", "version", "revision", "same", "removed"], held: Version, previous: Version | None
) -> Added:
    return Added(
        status,
        held.event,
        held.source,
        held.id,
        previous.id if previous else None,
        permalinks.link(held.event, held.id),
    )  # fmt: skip


def _collation() -> Compare:
    """Comparing is costly to import, and most documents have no version before them."""
    from onrecord.collation import compare

    return compare


def _difference(
    engine: Engine, document: Document, previous: Version | None, compare: Compare | None
) -> bytes | None:
    if previous is None or previous.text_sha256 == document.record.sources[0].text_sha256:
        return None
    tell = compare or _collation()
    return msgspec.json.encode(tell([holdings.stored_record(engine, previous), document.record]))


# ------------------------------------------------------------------------------------------------- where it belongs


def find(engine: Engine, document: Document, event: str | None, *, again: bool) -> Spot:
    """Where the document belongs, as the archive stands now."""
    source = document.record.sources[0]
    held = holdings.versions(engine, "sha256 = ?", (source.sha256,))
    for one in held if not again else [one for one in held if not one.removed]:
        if one.removed:
            return Spot("removed", one.event, one.source, one)
        if one.record_sha256 == sha256(document.encoded) or _same_reading(engine, one, document.record):
            return Spot("same", one.event, one.source, one)
    if held:
        return Spot("revision", held[-1].event, held[-1].source, _current(engine, held[-1].source))
    for one in _alike(engine, document):
        if event is None or one.event == event:
            return Spot("version", one.event, one.source, _current(engine, one.source))
    if event is not None:
        known = engine.rows("SELECT 1 FROM event WHERE id = ?", (event,))
        return Spot("new", event if known else None, None, None)
    return Spot("new", _event(engine, document.portrait), None, None)


def _same_reading(engine: Engine, held: Version, record: Record) -> bool:
    """The same record but for the name under which the file was found."""
    stored = holdings.stored_record(engine, held)
    first = msgspec.structs.replace(stored.sources[0], name=record.sources[0].name)
    return msgspec.structs.replace(stored, sources=(first, *stored.sources[1:])) == record


def _current(engine: Engine, source: str) -> Version | None:
    """The last version of a source that was not removed."""
    last = "number = (SELECT max(number) FROM version WHERE source = ? AND removed IS NULL)"
    return next(iter(holdings.versions(engine, last, (source,))), None)


def _alike(engine: Engine, document: Document) -> Iterator[Version]:
    """Versions of which this may be a later one, surest first: of the same address, then of the same wording."""
    sketch = document.portrait.sketch
    if document.address:
        for (id,) in engine.rows("SELECT id FROM source WHERE address = ? ORDER BY id", (document.address,)):
            one = _current(engine, str(id))
            if one and _resembles(one, sketch) >= likeness.ADDRESSED:
                yield one
    for one in _neighbours(engine, sketch):
        if (
            one.language == document.portrait.language
            and _resembles(one, sketch) >= likeness.VERSION
            and not _published_elsewhere(engine, one, document.address)
        ):
            yield one


def _resembles(held: Version, sketch: tuple[int, ...]) -> float:
    return likeness.resemblance(likeness.unpacked(held.sketch), sketch)


def _published_elsewhere(engine: Engine, held: Version, address: str | None) -> bool:
    """Two addresses are two accounts, however alike they are: one may change without the other."""
    known = engine.rows("SELECT address FROM source WHERE id = ?", (held.source,))[0][0]
    return address is not None and known is not None and known != address


_MOST_NEIGHBOURS = 64
"""Texts that are looked at more closely. A shingle that all pages of a site print may be shared by thousands."""


def _neighbours(engine: Engine, sketch: tuple[int, ...]) -> list[Version]:
    """Versions that share small hashes with a sketch: most in common first, then the latest."""
    looked_up = sketch[: likeness.LOOKED_UP]
    if not looked_up:
        return []
    marks = ", ".join("?" for _ in looked_up)
    rows = engine.rows(
        f"SELECT version, count(*) AS common FROM shingle WHERE hash IN ({marks})"
        " GROUP BY version ORDER BY common DESC, version DESC LIMIT ?",
        (*looked_up, _MOST_NEIGHBOURS),
    )
    return [
        one
        for number, _ in rows
        for one in holdings.versions(engine, "number = ?", (number,))
        if not one.removed
    ]


def _event(engine: Engine, portrait: Portrait) -> str | None:
    """The event of which this is another account; None if that is not sure."""
    near = _neighbours(engine, portrait.sketch)
    if portrait.date:
        same_day = (
            "number IN (SELECT number FROM version WHERE date = ? AND removed IS NULL"
            " ORDER BY number DESC LIMIT ?)"
        )
        near += holdings.versions(engine, same_day, (portrait.date, _MOST_NEIGHBOURS))
    for held in near:
        people = frozenset(msgspec.json.decode(held.people, type=list[str]))
        sketch = likeness.unpacked(held.sketch)
        if likeness.same_event(Portrait(sketch, held.date, held.language, people, held.turns), portrait):
            return held.event
    return None


# --------------------------------------------------------------------------------------------------------- writing


def _write(
    engine: Engine, document: Document, spot: Spot, named: str | None, difference: bytes | None
) -> Added:
    event = spot.event or _open_event(engine, document, named)
    source = spot.source or _open_source(engine, document, event)
    first, portrait = document.record.sources[0], document.portrait
    record_sha256 = sha256(document.encoded)
    title = document.record.event.title
    held = Version(
        number=holdings.next_number(engine, "version"),
        id=permalinks.version_name(first.text_sha256, record_sha256, _taken(engine, "version")),
        event=event,
        source=source,
        sha256=first.sha256,
        text_sha256=first.text_sha256,
        record_sha256=record_sha256,
        title=plain(title.value or title.text) if title else None,
        date=plain(portrait.date),
        language=first.language,
        turns=portrait.turns,
        people=msgspec.json.encode(sorted(plain(one) or "" for one in portrait.people)).decode(),
        sketch=likeness.packed(portrait.sketch),
        added=document.added,
        removed=None,
        reason=None,
    )
    holdings.write_stamp(engine)
    holdings.write_version(engine, held)
    holdings.write_content(engine, held.number, document.encoded, document.data, difference)
    engine.run_many(
        "INSERT INTO shingle VALUES (?, ?)",
        [(value, held.number) for value in portrait.sketch[: likeness.LOOKED_UP]],
    )
    indexing.write(engine, held.number, _corrected_rows(engine, document, source))
    return _answer(spot.status, held, spot.previous)


def _corrected_rows(engine: Engine, document: Document, source: str) -> indexing.Rows:
    """What is searched is what is shown: the record with the corrections of earlier versions, if there are any."""
    known = corrections_of(engine, source)
    if not known:
        return document.rows
    return indexing.rows(mending.apply(document.record, known)[0])


def _open_event(engine: Engine, document: Document, named: str | None) -> str:
    title, date = document.record.event.title, document.record.event.date
    id = named or permalinks.name_of("event", document.record.sources[0].text_sha256, _taken(engine, "event"))
    holdings.write_event(
        engine,
        Event(
            id,
            plain(title.value or title.text) if title else None,
            plain(date.value) if date else None,
            document.added,
        ),
    )
    return id


def _open_source(engine: Engine, document: Document, event: str) -> str:
    first = document.record.sources[0]
    content = f"{event}\0{document.address or ''}\0{first.sha256}"
    id = permalinks.name_of("source", content, _taken(engine, "source"))
    holdings.write_source(engine, Source(id, event, plain(first.name) or "", document.address))
    return id


def _taken(engine: Engine, table: str) -> Callable[[str], bool]:
    def taken(id: str) -> bool:
        values: list[Value] = [id]
        return bool(engine.rows(f"SELECT 1 FROM {table} WHERE id = ?", values))

    return taken
