"""What one worker does at a time: inputs become shards, one after the other, in a stable order.

A shard names its input and never holds it, so a plan of any length costs the parent nothing. Loose files go into
shards together; a file of many documents is one shard, and plain JSONL is cut at the ends of lines. Its `key` is made
from the names inside the input alone, so the same input has the same parts on every machine.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec

from onrecord.errors import NoInput, UsageError
from onrecord.sources import expand, is_address
from onrecord.sources.limits import MIB
from onrecord.sources.opening import printable
from onrecord.sources.paths import split_member
from onrecord.store.protocol import SERVERS

Kind = Literal["files", "lines", "packed", "warc", "parquet", "archive"]

SHARD_SIZE = 500
"""Documents of a shard, where that can be chosen: some seconds of work, so that a part is worth its files."""
SHARD_BYTES = 4_000_000
"""And bytes, after which a shard ends whatever it holds: long documents would make the last one of a run so long that
all workers but one are idle while it is read."""

_LINES = (".jsonl", ".ndjson")
_PACKING = (".gz", ".zst")
_WARC = (".warc", ".warc.gz", ".warc.zst", ".wet.gz", ".wet")
_ARCHIVES = (".onrecord", ".sqlite", ".db")
_SQLITE = b"SQLite format 3\0"
_PEEKED = MIB
_OPENING = 20
"""Lines of a file that are asked what its lines are: the first may be broken."""
_SPOKEN = (
    "speaker",
    "speaker_name",
    "speaker_id",
)  # a line with one of these is an utterance, not a document


class Shard(msgspec.Struct, frozen=True):
    """One unit of work. `places` are paths, or the versions of an archive whose address is `base`.

    Names of documents are told from `base`. `start` and `end` are bytes of a file of lines, `line` the number of the
    first one. `size` weighs it against the others: bytes, or one for each version of an archive.
    """

    key: str
    kind: Kind
    base: str
    places: tuple[str, ...]
    size: int
    start: int = 0
    end: int = 0
    line: int = 1

    def name(self, path: str) -> str:
        """A path as the dataset shows it, without its place on this machine."""
        return relative(path, self.base)


def relative(path: str, base: str) -> str:
    """A path from `base`, with "/" on every system, and safe to print.

    >>> relative("/srv/news/2031/may.txt", "/srv/news")
    '2031/may.txt'
    """
    return printable(os.path.relpath(path, base).replace(os.sep, "/"))


class Plan:
    """The shards of some inputs; iterating twice gives the same ones as long as nothing changes on disk."""

    def __init__(self, inputs: Sequence[str], shard_size: int = SHARD_SIZE) -> None:
        if shard_size < 1:
            raise UsageError("a shard holds at least one document")
        self.inputs = _outermost([_checked(path) for path in inputs])
        if not self.inputs:
            raise NoInput("no input was given")
        self.shard_size = shard_size
        files = [os.path.dirname(os.path.abspath(path)) for path in self.inputs if not is_archive(path)]  # noqa: PTH100, PTH120
        self.base = os.path.commonpath(files) if files else os.getcwd()  # noqa: PTH109

    def size(self) -> int:
        """The weight of all shards together, without opening a file."""
        return sum(
            _archive_size(path) if is_archive(path) else sum(_size(file) for file in expand([path]))
            for path in self.inputs
        )

    def __iter__(self) -> Iterator[Shard]:
        """Every shard; loose files wait until there are enough of them, or there are no more."""
        loose: list[str] = []
        weight = 0
        for path in self._files():
            kind = _kind(path)
            if kind == "files":
                loose.append(path)
                weight += _size(path)
                if weight >= SHARD_BYTES or self._cut(loose):
                    yield self._shard("files", loose, weight)
                    loose, weight = [], 0
            elif kind == "lines":
                yield from self._lines(path)
            elif kind == "archive":
                yield from self._versions(path)
            else:
                yield self._shard(kind, [path], _size(path))
        if loose:
            yield self._shard("files", loose, weight)

    def _files(self) -> Iterator[str]:
        for path in self.inputs:
            if is_archive(path):
                yield path
            else:
                yield from expand([path])

    def _cut(self, loose: Sequence[str]) -> bool:
        """Whether a shard ends here: by the name of its last file, so that a new file changes few shards, not all."""
        half = max(self.shard_size // 2, 1)
        if len(loose) < half or len(loose) >= self.shard_size:
            return len(loose) >= self.shard_size
        name = relative(loose[-1], self.base)
        return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big") % half == 0

    def _shard(self, kind: Kind, places: Sequence[str], size: int, **where: int) -> Shard:
        names = [relative(path, self.base) for path in places]
        return Shard(_key(kind, names, where), kind, self.base, tuple(places), size, **where)

    def _lines(self, path: str) -> Iterator[Shard]:
        number = 1
        for start, end, lines in _cuts(path, self.shard_size):
            yield self._shard("lines", [path], end - start, start=start, end=end, line=number)
            number += lines

    def _versions(self, address: str) -> Iterator[Shard]:
        name = "archive" if address.startswith(SERVERS) else relative(address, self.base)
        for ids in _chunks(_version_ids(address), self.shard_size):
            yield Shard(_key("archive", [name, *ids], {}), "archive", address, tuple(ids), len(ids))


def _checked(path: str) -> str:
    if path == "-" or (is_address(path) and not path.startswith(SERVERS)):
        raise UsageError(f"{printable(path)}: a corpus is made of files; save it first")
    if not path.startswith(SERVERS) and not os.path.lexists(split_member(path)[0]):
        raise NoInput(f"{printable(path)}: no such file or folder")
    return path


def _outermost(paths: Sequence[str]) -> list[str]:
    """Each input once: neither given twice, nor inside a folder that is given as well."""
    places: dict[str, str] = {}
    for path in paths:
        places.setdefault(path if path.startswith(SERVERS) else os.path.realpath(path), path)
    return [
        path
        for place, path in places.items()
        if not any(str(folder) in places for folder in Path(place).parents)
    ]


def _key(kind: str, names: Sequence[str], where: dict[str, int]) -> str:
    said = json.dumps([kind, names, sorted(where.items())], ensure_ascii=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _kind(path: str) -> Kind:
    name = path.lower()
    if name.endswith(_WARC):
        return "warc"
    if name.endswith(".parquet"):
        return "parquet"
    if is_archive(path):
        return "archive"
    bare = name.removesuffix(".gz").removesuffix(".zst")
    if bare.endswith(_LINES) and split_member(path)[1] is None and _documents_a_line(path):
        return "packed" if name.endswith(_PACKING) else "lines"
    return "files"


def is_archive(path: str) -> bool:
    """Whether a path is an archive of onrecord, or the address of one."""
    if path.startswith(SERVERS):
        return True
    if not path.lower().endswith(_ARCHIVES):
        return False
    try:
        with Path(path).open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return False  # read as a file, and refused with the reason


def _documents_a_line(path: str) -> bool:
    """Whether each line of a JSONL file is a document. A file of utterances is one document, a transcript."""
    from onrecord.corpus.streams import unpacked

    try:
        with Path(path).open("rb") as file:
            stream = unpacked(file, path)
            rows = (_row(stream.readline(_PEEKED)) for _ in range(_OPENING))
            first = next((row for row in rows if row is not None), None)
    except OSError:
        return False
    return not (isinstance(first, dict) and any(key in first for key in _SPOKEN))


def _row(line: bytes) -> Any:
    """What a line holds; None for a broken one: that is one bad document, or one bad utterance, as the others tell."""
    try:
        return json.loads(line) if line.strip() else None
    except (ValueError, RecursionError):
        return None


def _cuts(path: str, lines: int) -> Iterator[tuple[int, int, int]]:
    """Ranges of a file that end after so many lines or `SHARD_BYTES`, as start, end and lines, from one quick pass."""
    start = at = count = 0
    with Path(path).open("rb") as file:
        while chunk := file.read(MIB):
            position = 0
            while (found := chunk.find(b"\n", position)) >= 0:
                position = found + 1
                count += 1
                if count == lines or at + position - start >= SHARD_BYTES:
                    yield start, at + position, count
                    start, count = at + position, 0
            at += len(chunk)
    if at > start:
        yield start, at, count


def _size(path: str) -> int:
    """Bytes of a file; a member of an archive, or what cannot be asked, weighs as little as possible."""
    try:
        return max(os.stat(path).st_size, 1)  # noqa: PTH116
    except (OSError, ValueError):
        return 1


def _archive_size(address: str) -> int:
    return sum(1 for _ in _version_ids(address))


def _version_ids(address: str) -> Iterator[str]:
    from onrecord import store

    with store.open(address, readonly=True) as archive:
        for event in archive.events():
            yield from (one.id for one in archive.versions(event.id) if not one.removed)


def _chunks(items: Iterable[str], size: int) -> Iterator[list[str]]:
    chunk: list[str] = []
    for item in items:
        chunk.append(item)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
