"""Files in folders and in archives, without ever writing anything: members are read in memory, one by one.

A member is named "archive.zip!/member.txt". Members that are no plain files inside the archive (links,
devices, "../", absolute paths, doubled names) are named too, and refused when they are opened, so that
nothing is skipped silently.
"""

from __future__ import annotations

import gzip
import io
import os
import re
import tarfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from onrecord.errors import NoInput, Refused
from onrecord.sources.limits import MAX_BYTES, MIB, Hostile, check_growth
from onrecord.sources.reading import Declined

GZIP = b"\x1f\x8b"
_MARK = "!/"
_SUFFIXES = (".zip", ".tar", ".tar.gz", ".tgz")
_MAX_MEMBERS = 100_000
_DRIVE = re.compile(r"[A-Za-z]:")


def expand(paths: Iterable[str]) -> Iterator[str]:
    """Every file that the paths stand for, folders and archives taken apart, in a stable order.

    Hidden files are skipped, and so are links that lead out of the folder given. "-" and addresses pass.
    """
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112  a name that is no Unicode must survive as it is
            yield from _walk(path)
        else:
            yield from _members(path)


def split_member(path: str) -> tuple[str, str | None]:
    """The archive and the member that a path names; member is None for an ordinary file."""
    outer, mark, member = path.partition(_MARK)
    while mark:
        if outer.lower().endswith(_SUFFIXES) and not os.path.lexists(path):
            return outer, member
        more, mark, member = member.partition(_MARK)
        outer += _MARK + more
    return path, None


def is_archive(data: bytes) -> bool:
    """Whether the bytes are a zip or tar archive of documents, not a document that is itself a zip."""
    if data[257:262] == b"ustar":
        return True
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "[Content_Types].xml" not in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
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
    shown = f"{name}{_MARK}{member}"
    if (reason := _unsafe(member)) is not None:
        raise Refused(f"{shown}: {reason}")
    try:
        if data.startswith(b"PK"):
            return _zip_member(shown, data, member)
        return _tar_member(shown, unzip(data) if data.startswith(GZIP) else data, member)
    except Declined as error:
        raise Refused(f"{shown}: {error.reason}") from None
    except (
        zipfile.BadZipFile,
        tarfile.TarError,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        RuntimeError,
    ) as error:
        raise Refused(f"{shown}: damaged archive ({error or 'it ends in the middle'})") from None


def _walk(root: str) -> Iterator[str]:
    """Depth first in the order of names. `os.walk` follows no links to folders; links to files must stay
    inside.
    """
    inside = Path(root).resolve()
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = os.path.join(folder, name)  # noqa: PTH118
            if name.startswith("."):
                continue
            if os.path.islink(path) and not Path(path).resolve().is_relative_to(inside):  # noqa: PTH114
                continue
            yield from _members(path)


def _members(path: str) -> Iterator[str]:
    """The members of an archive, or the path itself where it is none (or cannot be listed: opening it will
    say why).
    """
    names: list[str] = []
    if path.lower().endswith(_SUFFIXES) and os.path.isfile(path):  # noqa: PTH113
        try:
            names = _listed(path)
        except (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, OSError, ValueError):
            names = []
    if not names:
        yield path
    for name in names:
        yield f"{path}{_MARK}{name}"


def _listed(path: str) -> list[str]:
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
