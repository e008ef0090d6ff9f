"""The correction desk of an archive: corrections stored, undone, and read again for the versions they are about."""

from __future__ import annotations

import msgspec

from onrecord.errors import NoInput, UsageError
from onrecord.model import Record
from onrecord.spans import Span, Text
from onrecord.store import corrections as mending
from onrecord.store import holdings, indexing
from onrecord.store.anchors import place
from onrecord.store.answers import Version
from onrecord.store.checks import damaged, seal
from onrecord.store.corrections import Correction, Kind, Signed
from onrecord.store.protocol import Engine, Row, Value


def corrections_of(engine: Engine, source: str) -> list[Correction]:
    """The corrections of a source in their order, those undone included."""
    sql = "SELECT number, id, source, body, undone, checksum FROM correction WHERE source = ? ORDER BY number"
    return [_read(row) for row in engine.rows(sql, (source,))]


def state(engine: Engine, source: str) -> tuple[int, ...]:
    """How the corrections of a source stand, in two numbers that change with every correction and every undoing."""
    sql = "SELECT count(*), count(undone) FROM correction WHERE source = ?"
    return tuple(int(count) for count in engine.rows(sql, (source,))[0])


def _read(row: Row) -> Correction:
    if seal(*row[:-1]) != row[-1] or not isinstance(row[3], bytes):
        raise damaged(f"correction {row[1]}")
    one = msgspec.json.decode(row[3], type=Correction)
    if isinstance(row[4], bytes):
        return msgspec.structs.replace(one, undone=msgspec.json.decode(row[4], type=Signed))
    return one


def corrected(engine: Engine, held: Version) -> tuple[Record, list[mending.Outcome]]:
    """A version's record with the corrections of its source, and what became of each."""
    return mending.apply(holdings.stored_record(engine, held), corrections_of(engine, held.source))


def correct(
    engine: Engine, held: Version, kind: Kind, span: Span, value: str, by: Signed, *, of: str, every: bool
) -> Correction:
    """Append a correction and show it in search at once; what its author has said already is answered with that."""
    with engine.transaction():
        if said := already(engine, held, kind, span, value, by, of=of, every=every):
            return said
        record, _ = corrected(engine, held)
        made = mending.correction(record, kind, span, value, by, of=of, every=every)
        if not engine.rows("SELECT 1 FROM correction WHERE id = ?", (made.id,)):
            write(engine, held.source, made)
            reindex(engine, held.source)
    return made


def already(
    engine: Engine, held: Version, kind: Kind, span: Span, value: str, by: Signed, *, of: str, every: bool
) -> Correction | None:
    """The standing correction in which the same author says the same of the same thing, if there is one."""
    known = corrections_of(engine, held.source)
    if not known:
        return None
    text = Text(holdings.stored_record(engine, held).sources[0].text)
    asked = Correction("", kind, place(text, span), value, of, every, by)
    return mending.already(text, known, asked)


def undo(engine: Engine, id: str, by: Signed) -> tuple[Correction, str]:
    """Mark a correction as undone; what it did is gone from the corrected record, and it is kept. With its source."""
    with engine.transaction():
        sql = "SELECT number, id, source, body, undone, checksum FROM correction WHERE id = ?"
        rows = engine.rows(sql, (holdings.plain(id),))
        if not rows:
            raise NoInput(f"{engine.address}: there is no correction {id[:60]!r}")
        one = _read(rows[0])
        if one.undone is not None:
            raise UsageError(f"correction {id} was undone by {one.undone.author} on {one.undone.time}")
        if not by.author.strip() or not by.time.strip():
            raise UsageError("an undoing is signed: it needs an author and a time")
        _mark_undone(engine, one.id, by)
        reindex(engine, str(rows[0][2]))
    return msgspec.structs.replace(one, undone=by), str(rows[0][2])


def _mark_undone(engine: Engine, id: str, by: Signed | None) -> None:
    ((number, *rest),) = engine.rows("SELECT number, id, source, body FROM correction WHERE id = ?", (id,))
    row: tuple[Value, ...] = (number, *rest, msgspec.json.encode(by))
    engine.run(
        "UPDATE correction SET undone = ?, checksum = ? WHERE number = ?", (row[4], seal(*row), number)
    )


def write(engine: Engine, source: str, one: Correction) -> None:
    """Store a correction; call inside a transaction."""
    undone = msgspec.json.encode(one.undone) if one.undone else None
    body = msgspec.json.encode(msgspec.structs.replace(one, undone=None))
    row = (holdings.next_number(engine, "correction"), one.id, source, body, undone)
    engine.run("INSERT INTO correction VALUES (?, ?, ?, ?, ?, ?)", (*row, seal(*row)))


def merge(engine: Engine, source: str, given: list[Correction]) -> None:
    """Add the corrections that the source does not have yet, and undo those that were undone elsewhere."""
    with engine.transaction():
        known = {one.id: one for one in corrections_of(engine, source)}
        missing = [one for one in given if one.id not in known]
        undone = [one for one in given if one.undone and one.id in known and not known[one.id].undone]
        for one in missing:
            write(engine, source, one)
        for one in undone:
            _mark_undone(engine, one.id, one.undone)
        if missing or undone:
            reindex(engine, source)


def reindex(engine: Engine, source: str) -> None:
    """Every version of the source, because a correction holds for all that still have its words."""
    for held in holdings.versions(engine, "source = ? AND removed IS NULL", (source,)):
        record, _ = corrected(engine, held)
        indexing.rewrite(engine, held.number, indexing.rows(record))
