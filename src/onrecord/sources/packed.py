"""Archives from outside: what is in them, and one document out of them; the work is done behind the fence.

Members that are no documents are refused by name, and every document out of the archive carries a note of them.
"""

from __future__ import annotations

import os

from onrecord.errors import BadData, NoInput, Refused
from onrecord.sources import fence
from onrecord.sources.files import bytes_of, printable
from onrecord.sources.limits import NOTES
from onrecord.sources.paths import MARK, split_member
from onrecord.sources.reading import Declined, ReaderNote


def listed(path: str) -> list[str]:
    """The names of an archive's documents, sorted; empty where it cannot be read or has none: opening it says why."""
    try:
        return list(_contents(path).names)
    except (Declined, BadData, NoInput):
        return []


def why_not(name: str, data: bytes) -> str:
    """Why an archive that was given as a document is none."""
    found = fence.contents(name, None, lambda: data)
    if found.names and MARK in name:
        return "an archive inside an archive; unpack it first"
    if found.names:
        return "an archive: give its path, named .zip or .tar, and its members are read one by one"
    if not found.refused:
        return "an empty archive"
    return f"an archive with nothing to read in it: {_told(found)}"


def read_member(path: str, wanted: str) -> bytes:
    """The bytes of one document in an archive; `Refused` for what is no plain file inside it, `NoInput` when it is not
    there.
    """
    shown = f"{printable(path)}{MARK}{printable(wanted)}"
    try:
        data = fence.member(printable(path), _key(path), lambda: bytes_of(path), wanted)
    except Declined as error:
        raise Refused(f"{shown}: {error.reason}") from None
    if data is None:
        raise NoInput(f"{shown}: no such member")
    return data


def neighbours(path: str) -> tuple[ReaderNote, ...]:
    """What must be said with a document out of an archive: what else is in there and was refused."""
    outer, _ = split_member(path)
    found = _contents(outer)
    if not found.refused:
        return ()
    many = f"{len(found.refused)} member{'s' if len(found.refused) > 1 else ''}"
    message = f"{many} of the archive refused, nothing of them read: {_told(found)}"
    return (ReaderNote("unread", message),)


def _told(found: fence.Contents) -> str:
    told = [
        f"{printable(name)[:80]} ({why.removesuffix('; refused')})" for name, why in found.refused[:NOTES]
    ]
    return ", ".join(told) + (", …" if len(found.refused) > NOTES else "")


def _key(path: str) -> tuple[str, int, int, int] | None:
    """Which archive this is, as far as its folder knows; one that is written anew is another."""
    try:
        seen = os.stat(path)  # noqa: PTH116  a name that is no Unicode must survive as it is
    except (OSError, ValueError):
        return None
    return path, seen.st_ino, seen.st_size, seen.st_mtime_ns


def _contents(path: str) -> fence.Contents:
    return fence.contents(printable(path), _key(path), lambda: bytes_of(path))
