"""Is every stored character, hash and span still what it was? Four checks, because none of them finds everything.

The database looks at its own pages, the search index at itself; then every row is held against its seal, every text
and record against its hash, every span against its characters, and the index against the records it was made from.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.errors import OnrecordError
from onrecord.store import desk, fronts, holdings, indexing, likeness, meaning
from onrecord.store.answers import Version
from onrecord.store.checks import seal, sha256
from onrecord.store.protocol import Engine
from onrecord.verification import verify


def faults(engine: Engine) -> Iterator[str]:
    """Everything that is not as it was stored, one line each; nothing if all of it is."""
    yield from engine.faults()
    for table, columns in (
        ("event", holdings.EVENT),
        ("source", holdings.SOURCE),
        ("content", "version, record, data, difference"),
        ("correction", "number, id, source, body, undone"),
        ("search", "name, body, seen"),
        ("speaker", "id, name, folded"),
    ):
        yield from _trying(_sealed(engine, table, columns))
    yield from _trying(_versions(engine))
    yield from _trying(meaning.faults(engine))
    yield from _trying(fronts.faults(engine))
    yield from _trying(_orphans(engine))


def _trying(found: Iterator[str]) -> Iterator[str]:
    """A damaged file fails while it is read; that is a finding, and the other checks go on."""
    try:
        yield from found
    except OnrecordError as error:
        yield str(error)


def _sealed(engine: Engine, table: str, columns: str) -> Iterator[str]:
    for row in engine.each(f"SELECT {columns}, checksum FROM {table} ORDER BY 1"):
        if seal(*row[:-1]) != row[-1]:
            yield f"{table} {row[0]}: not what was stored"


def _versions(engine: Engine) -> Iterator[str]:
    numbers = [int(row[0]) for row in engine.rows("SELECT number FROM version ORDER BY number")]
    for number in numbers:
        yield from _trying(_version(engine, number))


def _version(engine: Engine, number: int) -> Iterator[str]:
    found = holdings.versions(engine, "number = ?", (number,))
    if not found:
        yield f"version number {number}: it is counted and cannot be read"
        return
    held = found[0]
    if held.removed:
        return
    record = holdings.stored_record(engine, held)
    if sha256(holdings.stored_bytes(engine, held)) != record.sources[0].sha256:
        yield f"version {held.id}: its bytes are not those of its record"
    yield from (f"version {held.id}: {fault}" for fault in verify(record))
    corrected, _ = desk.corrected(engine, held)
    if wrong := indexing.differs(engine, number, indexing.rows(corrected)):
        yield f"version {held.id}: {wrong}"
    shingles = engine.rows("SELECT hash FROM shingle WHERE version = ? ORDER BY hash", (number,))
    if [row[0] for row in shingles] != list(likeness.unpacked(held.sketch)[: likeness.LOOKED_UP]):
        yield f"version {held.id}: what it is recognised by is damaged"
    yield from _belongs(engine, held)


def _belongs(engine: Engine, held: Version) -> Iterator[str]:
    if not engine.rows("SELECT 1 FROM source WHERE id = ? AND event = ?", (held.source, held.event)):
        yield f"version {held.id}: its source is not of its event, or is gone"


_ORPHANS = (
    (
        "passages of no version",
        "SELECT count(*) FROM passage WHERE version NOT IN (SELECT number FROM version)",
    ),
    ("indexed words of no passage", "SELECT count(*) FROM words WHERE rowid NOT IN (SELECT id FROM passage)"),
    (
        "findings of no version",
        "SELECT count(*) FROM finding WHERE version NOT IN (SELECT number FROM version)",
    ),
    (
        "contents of no version",
        "SELECT count(*) FROM content WHERE version NOT IN (SELECT number FROM version)",
    ),
    ("sources of no event", "SELECT count(*) FROM source WHERE event NOT IN (SELECT id FROM event)"),
)


def _orphans(engine: Engine) -> Iterator[str]:
    for what, sql in _ORPHANS:
        count = engine.rows(sql)[0][0]
        if count:
            yield f"{count} {what}"
