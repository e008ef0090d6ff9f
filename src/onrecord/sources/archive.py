"""Inside zip, tar and gzip: plain files are read in memory, one by one, and nothing is ever written.

Members that are no plain files inside the archive (links, devices, "../", absolute paths) are nobody's documents: they
are named with the reason, and every document out of that archive says so. This runs in the child process (`fence`);
`packed` is what the rest of the room asks.
"""

from __future__ import annotations

import codecs
import gzip
import io
import re
import tarfile
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import IO

from onrecord.sources.limits import MAX_BYTES, MAX_MEMBERS, MIB, Hostile, check_growth
from onrecord.sources.reading import Declined

# All that the standard library raises for archives that are not what they seem.
DAMAGED = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, OSError, ValueError, RuntimeError, KeyError,
    IndexError, OverflowError,
)  # fmt: skip
USUAL = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DRIVE = re.compile(r"[A-Za-z]:")
_LINK = "a link or special file in an archive; refused"
_LOCAL_HEAD = 30  # bytes before the name of a member of a zip
_BROKEN_OFF = "damaged: what follows is no member, and nothing of it was read"
_TWICE = "stands twice in the archive; two readers would see two texts"


def prepare() -> None:
    """Load all that reading needs, before files are out of reach: the codecs of member names."""
    for codec in ("cp437", "utf-8", "latin-1", "ascii"):
        codecs.lookup(codec)


class Absent(Exception):
    """The archive has no member of that name."""


class Archive:
    """A zip or tar archive in memory. `names` are its documents, sorted; `refused` has (name, why) of all else."""

    def __init__(self, data: bytes) -> None:
        try:
            self._members: _Zip | _Tar = _Zip(data) if data.startswith(b"PK") else _Tar(data)
        except DAMAGED as error:
            raise Declined(_damage(error), final=True) from None
        why = {name: _unsafe(name) or self._members.why_refused(name) for name in sorted(self._members.names)}
        self.names = tuple(name for name, reason in why.items() if reason is None)
        self.refused = tuple((name, reason) for name, reason in why.items() if reason is not None)
        self._why = dict(self.refused)
        if self._members.broken_off:
            self.refused += ((f"after {next(reversed(self._members.names), 'the start')}", _BROKEN_OFF),)

    def member(self, name: str) -> bytes:
        """The bytes of one plain file; `Absent` when it is not there, `Declined` with the reason for anything else."""
        if (reason := self._why.get(name) or _unsafe(name)) is not None:
            raise Hostile(reason)
        if name not in self._members.names:
            raise Absent(name)
        try:
            return self._members.read(name)
        except DAMAGED as error:
            raise Declined(_damage(error), final=True) from None


def _damage(error: Exception) -> str:
    return f"damaged archive ({str(error)[:100] or 'it ends in the middle'})"


def _check_count(count: int) -> None:
    if count > MAX_MEMBERS:
        raise Hostile(f"an archive of more than {MAX_MEMBERS} members; split it")


class _Zip:
    """The members of a zip archive, by name; folders are none."""

    def __init__(self, data: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        _check_count(len(self._archive.infolist()))
        self.broken_off = False  # its directory stands at the end
        self.names: dict[str, list[zipfile.ZipInfo]] = {}
        for entry in self._archive.infolist():
            if not entry.is_dir():
                self.names.setdefault(entry.filename, []).append(entry)
        _check_overlap(self._archive.infolist())
        check_beginning(self._archive.infolist())

    def why_refused(self, name: str) -> str | None:
        entries = self.names[name]
        special = any(
            entry.create_system == 3 and (entry.external_attr >> 16) & 0o170000 not in {0, 0o100000}
            for entry in entries
        )
        return _LINK if special else None

    def read(self, name: str) -> bytes:
        entry, *others = self.names[name]
        if others:
            raise Hostile(_TWICE)
        if entry.flag_bits & 1:
            raise Declined("encrypted; unpack it first", final=True)
        if entry.compress_type not in USUAL:
            raise Declined("compressed in an unusual way; unpack it first", final=True)
        check_growth(entry.compress_size, entry.file_size)
        with self._archive.open(entry) as stream:
            return _bounded(stream, entry.compress_size)


def _check_overlap(entries: Sequence[zipfile.ZipInfo]) -> None:
    """Refuse members that share their packed bytes: a small file of that kind unpacks to any size."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise Hostile("members of the archive overlap, like a bomb; refused")
        end = entry.header_offset + _LOCAL_HEAD + entry.compress_size


def check_beginning(entries: Sequence[zipfile.ZipInfo]) -> None:
    """Refuse an archive that stands behind another one: who reads from the start would see the other's members."""
    if min((entry.header_offset for entry in entries), default=0):
        raise Hostile("something stands before the archive, as another archive would; refused")


class _Tar:
    """The members of a tar archive, packed by gzip or not, by name; folders are none."""

    def __init__(self, data: bytes) -> None:
        plain = unzip(data) if data.startswith(b"\x1f\x8b") else data
        self._archive = tarfile.open(fileobj=io.BytesIO(plain), mode="r:")  # noqa: SIM115  as long as we live
        self.names: dict[str, list[tarfile.TarInfo]] = {}
        for count, entry in enumerate(self._archive, 1):
            _check_count(count)
            if not entry.isdir():
                self.names.setdefault(entry.name, []).append(entry)
        self._links = {name for name in self.names if not self.names[name][-1].isreg()}
        # Behind a head that is broken, or an end that is none, the library stops without a word; a whole archive ends
        # in blocks of zeros.
        self.broken_off = bool(plain[self._archive.offset :].strip(b"\0"))

    def why_refused(self, name: str) -> str | None:
        if name in self._links:
            return _LINK
        if not self._links.isdisjoint(map(str, PurePosixPath(name[:4096]).parents)):
            return "lies behind a link of the archive; refused"
        return None

    def read(self, name: str) -> bytes:
        entry, *others = self.names[name]
        if others:
            raise Hostile(_TWICE)
        stream = self._archive.extractfile(entry)
        return _bounded(stream, entry.size) if stream is not None else b""


def unzip(data: bytes) -> bytes:
    """Unpack a gzip file wholly; one that stops in the middle is refused, never silently short."""
    pieces: list[bytes] = []
    size = 0
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            while piece := stream.read(MIB):
                size += len(piece)
                check_growth(len(data), size)
                pieces.append(piece)
    except EOFError:
        raise Declined("truncated gzip file: it ends in the middle; fetch it again", final=True) from None
    except (gzip.BadGzipFile, zlib.error) as error:
        raise Declined(f"damaged gzip file ({error})", final=True) from None
    return b"".join(pieces)


def _unsafe(member: str) -> str | None:
    """Why a member's name is refused, or None."""
    parts = member.replace("\\", "/").split("/")
    if ".." in parts or "\\" in member:
        return "leads out of the archive; refused"
    if member.startswith("/") or _DRIVE.match(member):
        return "an absolute path in an archive; refused"
    if any(part.startswith(".") and part != "." for part in parts) or parts[0] == "__MACOSX":
        return "hidden, as in a folder; refused"
    return None


def _bounded(stream: IO[bytes], packed: int) -> bytes:
    """Read a member whole, trusting no declared size."""
    pieces: list[bytes] = []
    size = 0
    while piece := stream.read(MIB):
        size += len(piece)
        if size > MAX_BYTES:
            raise Hostile(f"larger than {MAX_BYTES // MIB} MB")
        check_growth(packed, size)
        pieces.append(piece)
    return b"".join(pieces)
