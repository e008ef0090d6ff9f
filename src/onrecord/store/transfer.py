"""A whole archive as one zip file of JSON lines, and back: lossless, and the same archive gives the same bytes.

    events.jsonl  sources.jsonl  versions.jsonl  corrections.jsonl  searches.jsonl  manifest.json

A line of `versions.jsonl` has the record as it was stored and the bytes of the source in base64; the manifest has the
schema and a hash of each member. Nothing else is needed to rebuild an archive, here or without onrecord. Vectors of
meanings are left out, and the manifest says so: `Archive.encode` makes them again.
"""

from __future__ import annotations

import base64
import hashlib
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import IO

import msgspec

from onrecord.errors import BadData, CannotWrite, NoInput
from onrecord.model import Comparison, Record
from onrecord.record import decode
from onrecord.sources.opening import printable
from onrecord.store import alerts, desk, holdings, indexing, likeness, schema
from onrecord.store import corrections as mending
from onrecord.store.alerts import Saved
from onrecord.store.answers import Event, Source, Version
from onrecord.store.checks import sha256, unpack
from onrecord.store.corrections import Correction
from onrecord.store.protocol import Engine
from onrecord.verification import verify

FORMAT = 1
_EPOCH = (
    1980,
    1,
    1,
    0,
    0,
    0,
)  # the earliest a zip file knows: when an archive was exported is not of its content
_MOST_LINE = 1 << 31
_LEFT_OUT = ("meaning",)  # tables that are large and can be made again only by an encoder


class _Version(msgspec.Struct):
    """One line of `versions.jsonl`; a tombstone has neither record nor data."""

    version: Version
    record: str | None
    data: str | None
    difference: str | None


class _Mended(msgspec.Struct):
    source: str
    correction: Correction


class _Search(msgspec.Struct):
    saved: Saved
    seen: int


class _Manifest(msgspec.Struct):
    format: int
    needs: str
    members: dict[str, str]
    left_out: tuple[str, ...] = ()


def export(engine: Engine, path: str) -> None:
    """Write the archive to a new file; it is whole or not there."""
    target, shown = Path(path), printable(path)
    if target.exists():
        raise CannotWrite(f"{shown}: there is already such a file")
    part = target.with_name(target.name + ".part")
    try:
        with engine.snapshot(), zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as file:
            hashes = {name: _put(file, name, lines(engine)) for name, lines in _MEMBERS.items()}
            manifest = _Manifest(FORMAT, schema.newest().needs, hashes, _LEFT_OUT)
            _put(file, "manifest.json", [msgspec.json.encode(manifest)])
        part.replace(target)
    except OSError as error:
        raise CannotWrite(f"{shown}: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)


def _put(file: zipfile.ZipFile, name: str, lines: Iterable[bytes]) -> str:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    total = hashlib.sha256()
    with file.open(info, "w", force_zip64=True) as member:
        for line in lines:
            total.update(line + b"\n")
            member.write(line + b"\n")
    return total.hexdigest()


def _events(engine: Engine) -> Iterator[bytes]:
    yield from map(msgspec.json.encode, holdings.events(engine))


def _sources(engine: Engine) -> Iterator[bytes]:
    for row in engine.each(f"SELECT {holdings.SOURCE}, checksum FROM source ORDER BY id"):
        yield msgspec.json.encode(holdings.source(row))


def _versions(engine: Engine) -> Iterator[bytes]:
    numbers = engine.rows("SELECT number FROM version ORDER BY number")
    for row in numbers:
        (held,) = holdings.versions(engine, "number = ?", row)
        line = _Version(held, None, None, None)
        if not held.removed:
            line.record = holdings.encoded_record(engine, held).decode()
            line.data = base64.b64encode(holdings.stored_bytes(engine, held)).decode()
            line.difference = (held_difference(engine, held) or b"").decode() or None
        yield msgspec.json.encode(line)


def held_difference(engine: Engine, held: Version) -> bytes | None:
    """How a version differs from the one before, as JSON; None where there is none before or nothing was compared."""
    rows = engine.rows("SELECT difference FROM content WHERE version = ?", (held.number,))
    packed = rows[0][0] if rows else None
    return unpack(packed, f"version {held.id}") if isinstance(packed, bytes) else None


def _corrections(engine: Engine) -> Iterator[bytes]:
    for (source,) in engine.rows("SELECT source FROM correction GROUP BY source ORDER BY min(number)"):
        for one in desk.corrections_of(engine, str(source)):
            yield msgspec.json.encode(_Mended(str(source), one))


def _searches(engine: Engine) -> Iterator[bytes]:
    for saved, seen in alerts.saved(engine):
        yield msgspec.json.encode(_Search(saved, seen))


_MEMBERS: dict[str, Callable[[Engine], Iterator[bytes]]] = {
    "events.jsonl": _events,
    "sources.jsonl": _sources,
    "versions.jsonl": _versions,
    "corrections.jsonl": _corrections,
    "searches.jsonl": _searches,
}


# --------------------------------------------------------------------------------------------------------- and back


def import_(engine: Engine, path: str) -> int:
    """Bring everything of an exported archive into this one; how many versions were new.

    One transaction a version, and what is here already is left as it is: an import that was interrupted is simply
    run again. `BadData` if the file is not whole, before anything is stored.
    """
    with _opened(path) as file:
        return _bring(engine, file)


def check(path: str) -> None:
    """Refuse, as `import_` does, what is not a whole exported archive: before one is made to bring it into."""
    with _opened(path):
        pass


@contextmanager
def _opened(path: str) -> Iterator[zipfile.ZipFile]:
    """An exported archive, whole, with every fault of it told in one line."""
    shown = printable(path)
    try:
        with zipfile.ZipFile(path) as file:
            _check(file, shown)
            yield file
    except FileNotFoundError as error:
        raise NoInput(f"{shown}: there is no such file") from error
    except IsADirectoryError as error:
        raise NoInput(f"{shown}: a folder, not an exported archive; name a file in it") from error
    except OSError as error:
        raise NoInput(f"{shown}: {error.strerror or error}") from error
    except (zipfile.BadZipFile, msgspec.DecodeError, KeyError, ValueError, EOFError) as error:
        raise BadData(f"{shown}: not an exported archive, or damaged ({printable(str(error))})") from error


def _check(file: zipfile.ZipFile, shown: str) -> None:
    manifest = msgspec.json.decode(file.read("manifest.json"), type=_Manifest)
    if manifest.format != FORMAT:
        raise BadData(f"{shown}: exported by a later onrecord; it needs version {manifest.needs} or later")
    for name in _MEMBERS:
        with file.open(name) as member:
            total = hashlib.sha256()
            while block := member.read(1 << 20):
                total.update(block)
            if total.hexdigest() != manifest.members[name]:
                raise BadData(f"{shown}: {name} is not what was exported")


def _bring(engine: Engine, file: zipfile.ZipFile) -> int:
    corrections: dict[str, list[Correction]] = {}
    for line in _lines(file, "corrections.jsonl"):
        one = msgspec.json.decode(line, type=_Mended)
        corrections.setdefault(one.source, []).append(one.correction)
    events = {
        row.id: row
        for line in _lines(file, "events.jsonl")
        for row in [msgspec.json.decode(line, type=Event)]
    }
    sources = {
        row.id: row
        for line in _lines(file, "sources.jsonl")
        for row in [msgspec.json.decode(line, type=Source)]
    }
    new = 0
    for line in _lines(file, "versions.jsonl"):
        one_version = msgspec.json.decode(line, type=_Version)
        source = sources[one_version.version.source]
        new += _version(engine, one_version, events[source.event], source, corrections.get(source.id, []))
    for id, given in corrections.items():
        desk.merge(engine, id, given)
    with engine.transaction():
        known = {saved.name for saved, _ in alerts.saved(engine)}
        for line in _lines(file, "searches.jsonl"):
            search = msgspec.json.decode(line, type=_Search)
            if search.saved.name not in known:
                alerts.write(
                    engine, search.saved, min(search.seen, holdings.next_number(engine, "version") - 1)
                )
    return new


def _lines(file: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with file.open(name) as member:
        yield from _whole_lines(member)


def _whole_lines(member: IO[bytes]) -> Iterator[bytes]:
    while line := member.readline(_MOST_LINE):
        yield line


def _version(
    engine: Engine, line: _Version, event: Event, source: Source, corrections: list[Correction]
) -> bool:
    """One version with what it needs; whether it was new."""
    held = line.version
    record = data = b""
    rows = None
    if held.event != source.event or not _sketched(held):
        raise BadData(f"version {held.id}: not what was exported")
    if line.record is not None and line.data is not None:
        record, data = line.record.encode(), base64.b64decode(line.data, validate=True)
        made = decode(record)
        if sha256(record) != held.record_sha256 or sha256(data) != held.sha256 or not _fits(held, made):
            raise BadData(f"version {held.id}: not what was exported")
        rows = indexing.rows(mending.apply(made, corrections)[0])
        if line.difference:
            msgspec.json.decode(line.difference, type=Comparison)
    with engine.transaction():
        if engine.rows("SELECT 1 FROM version WHERE id = ?", (held.id,)):
            return False
        if not engine.rows("SELECT 1 FROM event WHERE id = ?", (event.id,)):
            holdings.write_event(engine, event)
        known = engine.rows("SELECT event FROM source WHERE id = ?", (source.id,))
        if known and known[0][0] != held.event:
            raise BadData(f"version {held.id}: its source is of another event here")
        if not known:
            holdings.write_source(engine, source)
            for one in corrections:
                desk.write(engine, source.id, one)
        held = held._replace(number=holdings.next_number(engine, "version"))
        holdings.write_stamp(engine)
        holdings.write_version(engine, held)
        if rows is not None:
            difference = line.difference.encode() if line.difference else None
            holdings.write_content(engine, held.number, record, data, difference)
            write_shingles(engine, held)
            indexing.write(engine, held.number, rows)
    return True


def _fits(held: Version, record: Record) -> bool:
    """Whether a line says of its record what the record says: whoever made the file could make its hashes, too."""
    first = record.sources[0] if record.sources else None
    return (
        first is not None
        and (first.sha256, first.text_sha256) == (held.sha256, held.text_sha256)
        and not verify(record)
    )


def _sketched(held: Version) -> bool:
    """Whether the sketch of a version is one: smallest hashes in their order."""
    if len(held.sketch) % likeness.BYTES:
        return False
    hashes = likeness.unpacked(held.sketch)
    return all(a < b for a, b in pairwise(hashes))


def write_shingles(engine: Engine, held: Version) -> None:
    """What a version is looked up by when another may be like it."""
    sketch = likeness.unpacked(held.sketch)[: likeness.LOOKED_UP]
    engine.run_many("INSERT INTO shingle VALUES (?, ?)", [(value, held.number) for value in sketch])
