"""One document: from a path or from bytes to a reading, through the first reader that takes it."""

from __future__ import annotations

import hashlib
import importlib
import os
import stat
import sys
from typing import NamedTuple

from onrecord.errors import BadData, Excuse, NoInput, Refused, Unreadable
from onrecord.sources import fence
from onrecord.sources.characters import remarks
from onrecord.sources.limits import MAX_BYTES, MIB, Hostile
from onrecord.sources.paths import split_member
from onrecord.sources.reading import Declined, ReaderNote, Reading
from onrecord.sources.sniff import TITLES, expected, foreign, sniff

# Formats whose libraries have hung or crashed on hostile files are read in a child process with limits.
_FENCED = frozenset({"html", "docx", "pdf"})
_PACKED = (b"\x1f\x8b", b"PK\x03\x04", b"PK\x05\x06")


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
    return open_bytes(*load(path))


def load(path: str) -> tuple[str, bytes]:
    """The name and the bytes of what `open_path` reads, for whoever has to keep the bytes."""
    if path == "-":
        if sys.stdin is None:
            raise NoInput("standard input is closed")
        return "standard input", sys.stdin.buffer.read(MAX_BYTES + 1)
    outer, member = split_member(path)
    if member is None:
        return path, _bytes_of(path)
    from onrecord.sources.archive import read_member

    return path, read_member(printable(outer), _bytes_of(outer), member)


def printable(name: str) -> str:
    """A name that is safe on a terminal and in a file: control, unwritable and direction characters escaped.

    >>> printable("a\\nb.txt")
    'a\\\\x0ab.txt'
    """
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape").decode() if ord(c) > 255 else f"\\x{ord(c):02x}"
        for c in name
    )


def _read(name: str, data: bytes, declared_type: str | None) -> Reading:
    """Ask the reader that the content calls for, then plain text where that left a doubt."""
    if not data:
        raise Declined("empty input")
    if data.startswith(_PACKED) or data[257:262] == b"ustar":
        from onrecord.sources.archive import is_archive, unzip

        if data.startswith(b"\x1f\x8b"):
            name, data = name.removesuffix(".gz"), unzip(data)
        if is_archive(data):
            raise Declined("an archive: give its path, and its members are read one by one")
    if (what := foreign(data)) is not None:
        raise Declined(what)
    first, sure = sniff(name, data, declared_type)
    excuses: list[Excuse] = []
    for reader in (first,) if sure or first == "plain" else (first, "plain"):
        try:
            return _finished(name, reader, _ask(reader, name, data, declared_type), declared_type)
        except Hostile:
            raise
        except Declined as error:
            excuses.append(Excuse(reader, error.reason))
            if error.final:
                break
    raise Unreadable(name, excuses)


def _ask(reader: str, name: str, data: bytes, declared_type: str | None) -> Reading:
    if reader in _FENCED:
        return fence.run(reader, name, data, declared_type)
    module = importlib.import_module(f"onrecord.sources.{reader}")
    reading: Reading = module.read(name, data, declared_type)
    return reading


def _finished(name: str, reader: str, reading: Reading, declared_type: str | None) -> Reading:
    """The checks and remarks that every format shares."""
    if not reading.text or reading.text.isspace():
        raise Declined("no text", final=True)
    length = len(reading.text)
    if any(not 0 <= layout.start <= layout.end <= length for layout in reading.layout):
        raise Declined("its layout does not lie in its text", final=True)
    notes = list(reading.notes)
    hint = expected(name, declared_type)
    if hint is not None and hint != reader:
        said = "declared as" if declared_type else "named as"
        message = f"{said} {TITLES[hint]}, but the content is {TITLES[reader]}; read as {TITLES[reader]}"
        notes.append(ReaderNote("type", message))
    notes += remarks(reading.text)
    return reading._replace(notes=tuple(notes))


def _bytes_of(path: str) -> bytes:
    """The bytes of a regular file that did not change meanwhile."""
    shown = printable(path)
    try:
        # Opening a named pipe for reading would wait for its writer; O_NONBLOCK looks first.
        with open(  # noqa: PTH123  a descriptor
            os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)), "rb"
        ) as file:
            before = os.fstat(file.fileno())
            if not stat.S_ISREG(before.st_mode):
                raise Refused(f"{shown}: {_kind(before.st_mode)}, not a file")
            if before.st_size > MAX_BYTES:
                raise Refused(f"{shown}: larger than {MAX_BYTES // MIB} MB; split it")
            data = file.read(MAX_BYTES + 1)
            after = os.fstat(file.fileno())
    except FileNotFoundError:
        raise NoInput(f"{shown}: no such file") from None
    except NotADirectoryError:
        raise NoInput(f"{shown}: a part of this path is a file, not a folder") from None
    except IsADirectoryError:
        raise Refused(f"{shown}: a folder, not a file") from None
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the path
        raise BadData(f"{shown}: cannot be opened ({getattr(error, 'strerror', None) or error})") from None
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(
        data
    ) != after.st_size:
        raise BadData(f"{shown}: changed while it was read; try again")
    return data


def _kind(mode: int) -> str:
    kinds = ((stat.S_ISDIR, "a folder"), (stat.S_ISFIFO, "a named pipe"), (stat.S_ISSOCK, "a socket"))
    return next((kind for test, kind in kinds if test(mode)), "a device")
