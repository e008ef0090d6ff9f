"""From a shard to its documents, one at a time, and to what of it is damaged, each by its place."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from onrecord.corpus import warc
from onrecord.corpus.shards import Shard
from onrecord.corpus.streams import unpacked
from onrecord.errors import BadData, OnrecordError
from onrecord.sources import Opened, open_bytes, open_path
from onrecord.sources.characters import whole
from onrecord.sources.limits import MIB
from onrecord.sources.opening import printable
from onrecord.sources.paths import split_member

if TYPE_CHECKING:
    from onrecord.model import Record

MAX_LINE = 64 * MIB
"""Of JSONL; a longer line is skipped and named."""

COLUMNS = ("html", "text", "content")
"""Where a row of JSONL or Parquet has its document, in this order."""

NAMES = ("url", "address", "id", "name")
"""What a row calls its document, in this order; else its place does."""

_SPOKEN = ("speaker", "utterances", "segments", "turns", "speeches", "schema_version")


class Document(NamedTuple):
    """One document: where it stands in the inputs, and its bytes, its path, or its record.

    `at` tells how much of the shard is behind once it is read, in the measure of `Shard.size`.
    """

    place: str
    at: int
    name: str
    data: bytes | None = None
    declared: str | None = None
    record: Record | None = None


class Damage(NamedTuple):
    """A stretch of the input that holds no document any more: where, and why."""

    place: str
    at: int
    reason: str


def opened(document: Document) -> Opened:
    """The document in the hands of its reader; raises what `open_bytes` and `open_path` raise."""
    if document.data is None:
        return open_path(document.name)
    return open_bytes(document.name, document.data, declared_type=document.declared)


def documents(shard: Shard) -> Iterator[Document | Damage]:
    """All of a shard, in a stable order, so that the n-th is the n-th again after an interruption."""
    if shard.kind == "files":
        at = 0
        for path in shard.places:
            at += shard.size // len(shard.places)
            yield Document(shard.name(path), at, path)
    elif shard.kind == "archive":
        yield from _stored(shard)
    elif shard.kind == "parquet":
        yield from _rows(shard)
    elif shard.kind == "warc":
        yield from _pages(shard)
    else:
        yield from _lines(shard)


def fingerprint(shard: Shard) -> str:
    """SHA-256 over all that the shard is made of: a resumed run does nothing again for the same input."""
    total = hashlib.sha256()
    if shard.kind == "archive":
        from onrecord.record import encode

        for document in _stored(shard):
            total.update(document.place.encode() + b"\0")
            if isinstance(document, Document) and document.record is not None:
                total.update(encode(document.record))
        return total.hexdigest()
    last = ""
    for path in shard.places:
        total.update(shard.name(path).encode() + b"\0")
        outer, _ = split_member(path)
        if outer != last:  # the members of one archive stand one after the other
            _hash_file(total, outer, shard.start, shard.end)
        last = outer
    return total.hexdigest()


def _hash_file(total: Any, path: str, start: int, end: int) -> None:
    try:
        if not Path(path).is_file():  # a named pipe would wait for its writer
            raise OSError("no file")
        with Path(path).open("rb") as file:
            file.seek(start)
            left = end - start if end else None
            while piece := file.read(MIB if left is None else min(MIB, left)):
                total.update(piece)
                left = None if left is None else left - len(piece)
    except (OSError, ValueError) as error:  # it goes to the quarantine with its own reason
        total.update(str(error).encode(errors="replace"))


# ------------------------------------------------------------------------------------------------ JSONL, Parquet


def _lines(shard: Shard) -> Iterator[Document | Damage]:
    path = shard.places[0]
    name = shard.name(path)
    with Path(path).open("rb") as file:
        file.seek(shard.start)
        stream = unpacked(file, path)
        number, left = shard.line - 1, shard.end - shard.start if shard.end else None
        while left is None or left > 0:
            line = stream.readline(MAX_LINE)
            if not line:
                break
            number += 1
            length = len(line)
            if length == MAX_LINE and not line.endswith(b"\n"):
                length += _skip_line(stream)
                line = b""
            left = None if left is None else left - length
            at = stream.position - shard.start if left is None else shard.size - left
            if not line:
                yield Damage(
                    f"{name}:{number}", at, f"a line of more than {MAX_LINE // MIB} MB; {length} bytes"
                )
            elif not line.isspace():
                yield _of_line(f"{name}:{number}", at, line)
        if stream.damage:
            yield Damage(name, shard.size, f"{stream.damage}; {number} lines before it were read")


def _skip_line(stream: IO[bytes]) -> int:
    length = 0
    while piece := stream.readline(MIB):
        length += len(piece)
        if piece.endswith(b"\n"):
            break
    return length


def _of_line(place: str, at: int, line: bytes) -> Document | Damage:
    try:
        row = json.loads(line.rstrip())
    except json.JSONDecodeError as error:
        return Damage(place, at, f"not JSON at column {error.colno} ({error.msg})")
    except (ValueError, RecursionError) as error:  # no UTF-8; a number of thousands of digits; too deep
        return Damage(place, at, f"not JSON ({str(error)[:80]})")
    if isinstance(row, str):
        row = {"text": row}
    if not isinstance(row, dict):
        return Damage(place, at, "neither an object nor a text")
    return of_row(place, at, row, line)


def of_row(place: str, at: int, row: dict[str, Any], line: bytes | None = None) -> Document | Damage:
    """The document of one row: its HTML, its text, or the whole line where that is a transcript or a record."""
    named = next((row[key] for key in NAMES if isinstance(row.get(key), (str, int)) and row[key] != ""), None)
    name = printable(str(named)[:2000]) if named is not None else place
    if line is not None and any(key in row for key in _SPOKEN):
        return Document(place, at, name, line, "application/json")
    column = next((key for key in COLUMNS if isinstance(row.get(key), (str, bytes))), None)
    if column is None:
        return Damage(place, at, f"none of the fields {', '.join(COLUMNS)} holds a text")
    value = row[column]
    data = whole(value)[0].encode() if isinstance(value, str) else value
    declared = {"html": "text/html; charset=utf-8", "text": "text/plain; charset=utf-8"}.get(column)
    return Document(place, at, name, data, declared if isinstance(value, str) else None)


def _rows(shard: Shard) -> Iterator[Document | Damage]:
    from onrecord.export.tables import stored_rows

    path = shard.places[0]
    name = shard.name(path)
    number = 0
    try:
        for number, (share, row) in enumerate(stored_rows(path, (*COLUMNS, *NAMES)), 1):
            yield of_row(f"{name}:{number}", int(shard.size * share), row)
    except BadData as error:
        yield Damage(name, shard.size, f"{error}; {number} rows before it were read")


# ------------------------------------------------------------------------------------------------ WARC, archives


def _pages(shard: Shard) -> Iterator[Document | Damage]:
    path = shard.places[0]
    name = shard.name(path)
    count = 0
    with Path(path).open("rb") as file:
        stream = unpacked(file, path)
        for found in warc.read(stream):
            place, at = f"{name}:{found.number}", stream.position
            count += 1
            if isinstance(found, warc.Lie):
                yield Damage(place, at, found.reason)
            else:
                yield Document(place, at, printable(found.address) or place, found.body, found.declared)
        if stream.damage:
            yield Damage(name, shard.size, f"{stream.damage}; {count} pages before it were read")


def _stored(shard: Shard) -> Iterator[Document | Damage]:
    from onrecord import store

    with store.open(shard.base, readonly=True) as archive:
        for at, id in enumerate(shard.places, 1):
            try:
                yield Document(id, at, id, record=archive.record(id))
            except OnrecordError as error:
                yield Damage(id, at, str(error))
