"""Files of this machine: their bytes, if they are plain files that stay as they are, and their names fit to print."""

from __future__ import annotations

import os
import stat

from onrecord.errors import BadData, NoInput, Refused
from onrecord.sources.limits import MAX_BYTES, MIB


def printable(name: str) -> str:
    """A name that is safe on a terminal and in a file: control, unwritable and direction characters escaped.

    >>> printable("a\\nb.txt")
    'a\\\\x0ab.txt'
    """
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape").decode() if ord(c) > 255 else f"\\x{ord(c):02x}"
        for c in name
    )


def bytes_of(path: str) -> bytes:
    """The bytes of a regular file that did not change meanwhile; `BadData`, `Refused` or `NoInput` say why not."""
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
