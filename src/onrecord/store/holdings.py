"""The shelves of an archive: rows of events, sources and versions, read with their seals checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.errors import NoInput
from onrecord.model import Record
from onrecord.record import decode
from onrecord.store.answers import Event, Source, Version
from onrecord.store.checks import damaged, pack, seal, sha256, unpack
from onrecord.store.protocol import Engine, Row, Value

EVENT = "id, title, date, added"
SOURCE = "id, event, name, address"
VERSION = (
    "number, id, event, source, sha256, text_sha256, record_sha256, title, date, language, turns, people, sketch,"
    " added, removed, reason"
)


def plain(text: str | None) -> str | None:
    """Text that every database can hold: no NUL, no lone surrogates; cut where a name would be no name any more."""
    if text is None:
        return None
    return text[:1000].replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def event(row: Row) -> Event:
    """A row of `EVENT, checksum`; `BadData` if it is not what was stored."""
    return Event(*_sealed(row, "event"))


def source(row: Row) -> Source:
    """A row of `SOURCE, checksum`."""
    return Source(*_sealed(row, "source"))


def version(row: Row) -> Version:
    """A row of `VERSION, checksum`."""
    return Version(*_sealed(row, "version"))


def _sealed(row: Row, what: str) -> Row:
    if seal(*row[:-1]) != row[-1]:
        raise damaged(f"{what} {row[0]}")
    return row[:-1]


def events(engine: Engine) -> Iterator[Event]:
    """All events, by their names."""
    return map(event, engine.rows(f"SELECT {EVENT}, checksum FROM event ORDER BY id"))


def sources(engine: Engine, event: str) -> list[Source]:
    """The accounts of an event, in the order in which they came."""
    rows = engine.rows(
        f"SELECT {SOURCE}, checksum FROM source WHERE event = ?"
        " ORDER BY (SELECT min(number) FROM version WHERE version.source = source.id), id",
        (event,),
    )
    return [source(row) for row in rows]


def versions(engine: Engine, where: str, values: Sequence[Value]) -> list[Version]:
    """Versions in the order of their arrival."""
    sql = f"SELECT {VERSION}, checksum FROM version WHERE {where} ORDER BY number"
    return [version(row) for row in engine.rows(sql, values)]


def named(engine: Engine, id: str) -> Version:
    """The version of a name; `NoInput` if there is none."""
    found = versions(engine, "id = ?", (plain(id),))
    if not found:
        raise NoInput(f"{engine.address}: there is no version {id[:60]!r}")
    return found[0]


def stored_record(engine: Engine, held: Version) -> Record:
    """The record as it was stored; `BadData` if a bit of it has changed since."""
    return decode(_content(engine, held, "record", held.record_sha256))


def stored_bytes(engine: Engine, held: Version) -> bytes:
    """The bytes of the source as they came in."""
    return _content(engine, held, "data", held.sha256)


def encoded_record(engine: Engine, held: Version) -> bytes:
    """The record's JSON as it was stored."""
    return _content(engine, held, "record", held.record_sha256)


def _content(engine: Engine, held: Version, column: str, expected: str) -> bytes:
    rows = engine.rows(f"SELECT {column} FROM content WHERE version = ?", (held.number,))
    if held.removed:
        raise NoInput(f"version {held.id} was removed on {held.removed}: {held.reason}")
    if not rows or not isinstance(rows[0][0], bytes):
        raise damaged(f"version {held.id}")
    whole = unpack(rows[0][0], f"version {held.id}")
    if sha256(whole) != expected:
        raise damaged(f"version {held.id}")
    return whole


def write_event(engine: Engine, row: Event) -> None:
    """Add an event."""
    engine.run("INSERT INTO event VALUES (?, ?, ?, ?, ?)", (*row, seal(*row)))


def write_source(engine: Engine, row: Source) -> None:
    """Add a source."""
    engine.run("INSERT INTO source VALUES (?, ?, ?, ?, ?)", (*row, seal(*row)))


def write_version(engine: Engine, row: Version) -> None:
    """Add a version, or put another row in its place."""
    engine.run("DELETE FROM version WHERE number = ?", (row.number,))
    marks = ", ".join("?" for _ in range(len(row) + 1))
    engine.run(f"INSERT INTO version ({VERSION}, checksum) VALUES ({marks})", (*row, seal(*row)))


def write_content(engine: Engine, number: int, record: bytes, data: bytes, difference: bytes | None) -> None:
    """Add what a version holds, packed."""
    row = (number, pack(record), pack(data), None if difference is None else pack(difference))
    engine.run("INSERT INTO content VALUES (?, ?, ?, ?, ?)", (*row, seal(*row)))


def stamp(engine: Engine) -> int:
    """A number that changes whenever a version comes or goes."""
    found = engine.rows("SELECT value FROM meta WHERE key = 'stamp'")
    return int(found[0][0]) if found else 0


def write_stamp(engine: Engine) -> None:
    """Say that a version comes or goes; call inside a transaction."""
    following = str(stamp(engine) + 1)
    engine.run("DELETE FROM meta WHERE key = 'stamp'")
    engine.run("INSERT INTO meta VALUES ('stamp', ?)", (following,))


def next_number(engine: Engine, table: str, column: str = "number") -> int:
    """The number after the last of a table; only meaningful inside a transaction, which holds the only pen."""
    return int(engine.rows(f"SELECT coalesce(max({column}), 0) + 1 FROM {table}")[0][0])
