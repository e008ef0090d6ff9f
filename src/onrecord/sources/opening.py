"""One document: from a path or from bytes to a reading, through the first reader that takes it."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from typing import NamedTuple

from onrecord.errors import Excuse, Fault, NoInput, Refused, Unreadable
from onrecord.sources import characters, escapes, fence, readers
from onrecord.sources.files import bytes_of, printable
from onrecord.sources.limits import MAX_BYTES, MIB, Hostile
from onrecord.sources.paths import split_member
from onrecord.sources.reading import Declined, ReaderNote, Reading
from onrecord.sources.sniff import expected, foreign, is_archive, sniff

__all__ = ["Opened", "load", "open_bytes", "open_path", "printable"]

# Formats whose libraries have hung or crashed on hostile files are read in a child process with limits.
_FENCED = frozenset({"html", "docx", "pdf", "xml"})


class Opened(NamedTuple):
    """One document as it came in (`sha256` and `size` of the original bytes) and what was read from it."""

    name: str
    sha256: str
    size: int
    reading: Reading


def open_bytes(name: str, data: bytes, *, declared_type: str | None = None) -> Opened:
    """Read one document from memory.

    `declared_type` is a media type that came with it ("text/html; charset=utf-8"). `Unreadable` lists every
    reader's excuse; `Refused` names a danger; `MissingExtra` has the pip command.

    >>> open_bytes("note.txt", "Moderator: Bonsoir.".encode()).reading.text
    'Moderator: Bonsoir.'
    """
    shown = printable(name)
    if len(data) > MAX_BYTES:
        raise Refused(f"{shown}: larger than {MAX_BYTES // MIB} MB; split it")
    try:
        reading = _read(shown, data, declared_type)
    except Hostile as error:
        raise Refused(f"{shown}: {error.reason}") from None
    except Declined as error:
        raise Unreadable(shown, [Excuse("any reader", error.reason)]) from None
    return Opened(shown, hashlib.sha256(data).hexdigest(), len(data), reading)


def open_path(path: str) -> Opened:
    """Read one file, "-" (standard input), or an archive's member as `expand` names it ("a.zip!/b.txt")."""
    return open_loaded(path, *load(path))


def open_loaded(path: str, name: str, data: bytes) -> Opened:
    """Read what `load` gave for a path; a document out of an archive says what of the archive was refused."""
    opened = open_bytes(name, data)
    if path == "-" or split_member(path)[1] is None:
        return opened
    from onrecord.sources.packed import neighbours

    return opened._replace(reading=opened.reading._replace(notes=(*neighbours(path), *opened.reading.notes)))


def load(path: str) -> tuple[str, bytes]:
    """The name and the bytes of what `open_path` reads, for whoever has to keep the bytes."""
    if path == "-":
        if sys.stdin is None:
            raise NoInput("standard input is closed")
        return "standard input", sys.stdin.buffer.read(MAX_BYTES + 1)
    outer, member = split_member(path)
    if member is None:
        return path, bytes_of(path)
    from onrecord.sources.packed import read_member

    return path, read_member(outer, member)


def _read(name: str, data: bytes, declared_type: str | None) -> Reading:
    """Ask the readers of other packages, that of the content, and the one for plain text where that left a doubt."""
    if not data:
        raise Declined("empty input")
    if data.startswith(b"\x1f\x8b"):
        name, data = name.removesuffix(".gz"), fence.unzip(name, data)
        if data.startswith(b"\x1f\x8b"):
            raise Declined("a gzip file inside a gzip file; unpack it first")
    excuses: list[Excuse] = []
    for reader in _asked(name, data, declared_type):
        try:
            return _finished(name, reader, _ask(reader, name, data, declared_type), declared_type)
        except Hostile:
            raise
        except Declined as error:
            excuses.append(Excuse(reader, error.reason))
            if error.final:
                break
    raise Unreadable(name, excuses)


def _asked(name: str, data: bytes, declared_type: str | None) -> Iterator[str]:
    """The readers worth asking, the likeliest first. Those of other packages know formats that we only refuse."""
    yield from readers.takers(name, data)
    if (what := foreign(data)) is not None:
        raise Declined(what)
    if is_archive(data):
        from onrecord.sources.packed import why_not

        raise Declined(why_not(name, data))
    first, sure = sniff(name, data, declared_type)
    yield from (first,) if sure or first == "plain" else (first, "plain")


def _ask(reader: str, name: str, data: bytes, declared_type: str | None) -> Reading:
    if offer := readers.offered().get(reader):
        try:
            return fence.run(reader, name, data, declared_type)
        except Fault as error:
            raise offer.unusable(str(error).removesuffix("; please report it")) from None
    if reader in _FENCED:
        return fence.run(reader, name, data, declared_type)
    return readers.reader(reader)(name, data, declared_type)


def _finished(name: str, reader: str, reading: Reading, declared_type: str | None) -> Reading:
    """The checks and remarks that every format shares."""
    if not reading.text or reading.text.isspace():
        raise Declined("no text", final=True)
    length = len(reading.text)
    if any(not 0 <= layout.start <= layout.end <= length for layout in reading.layout):
        raise Declined("its layout does not lie in its text", final=True)
    notes = list(reading.notes)
    hint = expected(name, declared_type)
    if hint is not None and hint != reader and reader not in readers.offered():
        said = "declared as" if declared_type else "named as"
        found = readers.title(reader)
        message = f"{said} {readers.title(hint)}, but the content is {found}; read as {found}"
        notes.append(ReaderNote("type", message))
    notes += (*characters.remarks(reading.text), *escapes.remarks(reading.text))
    # What a note cites of the source must not act on a terminal.
    return reading._replace(notes=tuple(note._replace(message=printable(note.message)) for note in notes))
