"""Inside zip, tar and gzip: plain files are read in memory, one by one, and nothing is ever written.

Members that are no plain files in the archive (links, devices, "../", absolute paths, doubled names) are
listed like the others and refused when they are opened, so that nothing is skipped silently.
"""

from __future__ import annotations

import gzip
import io
import re
import tarfile
import zipfile
import zlib
from pathlib import Path
from typing import IO

from onrecord.errors import NoInput, Refused
from onrecord.sources.limits import MAX_BYTES, MIB, Hostile, check_growth
from onrecord.sources.paths import MARK
from onrecord.sources.reading import Declined

# All that the standard library raises for archives that are not what they seem.
DAMAGED = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, OSError, ValueError, RuntimeError,
)  # fmt: skip
USUAL = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_MAX_MEMBERS = 100_000
_DRIVE = re.compile(r"[A-Za-z]:")


def listed(path: str) -> list[str]:
    """The names of all members but folders, each once, sorted; empty where the archive cannot be read."""
    try:
        return _names(path)
    except DAMAGED:
        return []  # opening it as a file will say why


def _names(path: str) -> list[str]:
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            names = [entry.filename for entry in archive.infolist()[:_MAX_MEMBERS] if not entry.is_dir()]
    else:
        names = []
        with tarfile.open(path) as tar:
            for entry in tar:
                if len(names) >= _MAX_MEMBERS or tar.offset > MAX_BYTES:
                    break
                if not entry.isdir():
                    names.append(entry.name)
    return sorted(set(names))


def is_archive(data: bytes) -> bool:
    """Whether the bytes are a zip or tar archive of documents, not a document that is itself a zip."""
    if data[257:262] == b"ustar":
        return True
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "[Content_Types].xml" not in archive.namelist()
    except DAMAGED:
        return False


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


def read_member(name: str, data: bytes, member: str) -> bytes:
    """The bytes of one plain file inside an archive; `Refused` for anything else, `NoInput` when it is not
    there.
    """
    shown = f"{name}{MARK}{member}"
    if (reason := _unsafe(member)) is not None:
        raise Refused(f"{shown}: {reason}")
    try:
        if data.startswith(b"PK"):
            return _zip_member(shown, data, member)
        return _tar_member(shown, unzip(data) if data.startswith(b"\x1f\x8b") else data, member)
    except Declined as error:
        raise Refused(f"{shown}: {error.reason}") from None
    except DAMAGED as error:
        raise Refused(f"{shown}: damaged archive ({error or 'it ends in the middle'})") from None


def _unsafe(member: str) -> str | None:
    """Why a member's name is refused, or None."""
    parts = member.replace("\\", "/").split("/")
    if ".." in parts or "\\" in member:
        return "leads out of the archive; refused"
    if member.startswith("/") or _DRIVE.match(member):
        return "an absolute path in an archive; refused"
    return None


def _zip_member(shown: str, data: bytes, member: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = [entry for entry in archive.infolist() if entry.filename == member]
        if not entries:
            raise NoInput(f"{shown}: no such member")
        if len(entries) > 1:
            raise Refused(f"{shown}: stands twice in the archive; two readers would see two texts")
        entry = entries[0]
        mode = entry.external_attr >> 16
        if entry.create_system == 3 and mode & 0o170000 not in {0, 0o100000}:
            raise Refused(f"{shown}: a link or special file in an archive; refused")
        if entry.flag_bits & 1:
            raise Refused(f"{shown}: encrypted; unpack it first")
        if entry.compress_type not in USUAL:
            raise Refused(f"{shown}: compressed in an unusual way; unpack it first")
        check_growth(entry.compress_size, entry.file_size)
        with archive.open(entry) as stream:
            return _bounded(stream, entry.compress_size)


def _tar_member(shown: str, data: bytes, member: str) -> bytes:
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
        entries = [entry for entry in archive if entry.name == member]
        if not entries:
            raise NoInput(f"{shown}: no such member")
        if not entries[-1].isreg():
            raise Refused(f"{shown}: a link or special file in an archive; refused")
        if len(entries) > 1:
            raise Refused(f"{shown}: stands twice in the archive; two readers would see two texts")
        links = {entry.name for entry in archive if not entry.isreg() and not entry.isdir()}
        if any(parent.as_posix() in links for parent in Path(member).parents):
            raise Refused(f"{shown}: lies behind a link of the archive; refused")
        stream = archive.extractfile(entries[0])
        return _bounded(stream, entries[0].size) if stream is not None else b""


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
