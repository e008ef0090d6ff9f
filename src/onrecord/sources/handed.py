"""What a program hands over to be read: a path, bytes, a file that is open, or what was opened already."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Protocol

from onrecord.errors import NoInput, UsageError
from onrecord.sources.limits import MAX_BYTES
from onrecord.sources.opening import Opened, open_bytes, open_path, printable
from onrecord.sources.paths import is_address

UNNAMED = "document"
"""The name of bytes to which nobody gave one."""


class File(Protocol):
    """A file that is open, for bytes or for text."""

    def read(self, size: int = -1, /) -> bytes | str:
        """The next `size` bytes or characters."""
        ...


Readable = str | os.PathLike[str] | bytes | bytearray | memoryview | File | Opened


def open_handed(thing: Readable, name: str | None = None) -> Opened:
    """Read one document; `name` is what the record calls one that has no path.

    `UsageError` for what is none of these, and for a text where a path is wanted; `NoInput` for an address, since
    nothing is fetched. Otherwise as `open_path`.

    >>> open_handed("Moderator: Bonsoir.".encode()).name
    'document'
    """
    if isinstance(thing, Opened):
        return thing
    if isinstance(thing, bytes | bytearray | memoryview):
        return open_bytes(name or UNNAMED, bytes(thing))
    if isinstance(thing, str | os.PathLike):
        return _at(os.fspath(thing))
    if callable(getattr(thing, "read", None)):
        return _file(thing, name)
    raise UsageError(f"what is read is a path, bytes or an open file, not {_kind(thing)}")


def _at(path: str) -> Opened:
    if is_address(path):
        told = f"nothing is fetched; onrecord.read(onrecord.sources.fetch({printable(path)!r})) does"
        raise NoInput(f"{printable(path)}: an address: {told}")
    if "\n" in path.strip():
        first = printable(path.strip().split("\n", 1)[0][:60])
        raise UsageError(f"{first} …: a text, where a path is wanted; give its bytes: text.encode()")
    return open_path(path)


def _file(file: File, name: str | None) -> Opened:
    data = file.read(MAX_BYTES + 1)
    told = getattr(file, "name", None)
    called = name or (Path(told).name if isinstance(told, str) else UNNAMED)
    if not isinstance(data, bytes | str):
        raise UsageError(f"{called}: its read() gives {_kind(data)}, not bytes or text")
    try:
        return open_bytes(called, data if isinstance(data, bytes) else data.encode())
    except UnicodeEncodeError as error:
        raise UsageError(f"{called}: half a character at {error.start}; open the file for bytes") from None


def _kind(thing: Any) -> str:
    return "None" if thing is None else f"a {type(thing).__name__}"
