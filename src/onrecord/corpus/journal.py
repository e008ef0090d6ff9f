"""What a shard has so far, kept after every document, so that an interruption costs one document and not a shard.

    length (4 bytes)  CRC-32 (4 bytes)  msgpack        first the claim, then one entry for each document, in order

One process appends, and another waits until it is gone. An entry that was cut off in the middle does not count, and is
written over.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Literal

import msgspec

from onrecord.corpus.quality import Tally
from onrecord.errors import BadData

Kind = Literal["damaged", "unreadable", "refused", "missing", "time", "memory", "killed", "fault"]
"""Why something is in quarantine.

damaged      its place in the input is not what it should be: a broken line, a truncated file, a length that lies
unreadable   no reader takes it                      refused   hostile, or over a limit of the readers
missing      a library for its format is not installed
time         it took longer than the limit           memory    it wanted more than the limit
killed       the worker died of it, twice            fault     ours: please report
"""

HEAD = 8


class Claim(msgspec.Struct, frozen=True):
    """What a part is made from and by; equal claims give equal bytes."""

    fingerprint: str
    version: str
    lexicons: str
    reading: str


class Quarantined(msgspec.Struct, frozen=True):
    """One place of the input that is not in the dataset, and why."""

    source: str
    kind: Kind
    reason: str


class Entry(msgspec.Struct, array_like=True):
    """What became of one document: its rows by table and its tally, or its place in quarantine."""

    index: int
    tables: dict[str, list[dict[str, Any]]] = {}
    tally: Tally | None = None
    quarantined: Quarantined | None = None


class Journal:
    """The entries of one shard in one file; opened for appending, after all that is whole and of the same claim."""

    def __init__(self, path: Path, claim: Claim) -> None:
        self.path = path
        self.next = 0
        """The index of the first document that has no entry yet."""
        path.touch()
        self._file = path.open("r+b")
        _lock(self._file)
        end = 0
        for body in _bodies(self._file):
            if not end and msgspec.msgpack.decode(body) != msgspec.to_builtins(claim):
                break
            self.next += 1 if end else 0
            end += HEAD + len(body)
        self._file.seek(end)
        self._file.truncate()
        if not end:
            self._put(msgspec.msgpack.encode(claim))

    def append(self, entry: Entry) -> None:
        """Keep one more; when this returns it outlives the death of this process."""
        self._put(msgspec.msgpack.encode(entry))
        self.next = entry.index + 1

    def entries(self) -> Iterator[Entry]:
        """All of them, one in memory at a time; `BadData` if one is no longer what was written."""
        self._file.seek(0)
        bodies = _bodies(self._file)
        next(bodies, None)
        decoder = msgspec.msgpack.Decoder(Entry)
        count = 0
        for count, body in enumerate(bodies, 1):  # noqa: B007  it is asked after the loop
            yield decoder.decode(body)
        if count != self.next:
            raise BadData(
                f"{self.path}: damaged after {count} of {self.next} documents; remove it and run again"
            )

    def close(self) -> None:
        """Let go of the file; it stays."""
        self._file.close()

    def remove(self) -> None:
        """Let go of the file, and remove it: its part is written."""
        self.close()
        self.path.unlink(missing_ok=True)

    def _put(self, body: bytes) -> None:
        self._file.write(len(body).to_bytes(4, "big") + zlib.crc32(body).to_bytes(4, "big") + body)
        self._file.flush()


def _lock(file: IO[bytes]) -> None:
    """Wait for a worker whose parent was killed: it notices with its next document, or its alarm ends it."""
    try:
        import fcntl
    except ImportError:
        return
    fcntl.flock(file, fcntl.LOCK_EX)


def _bodies(file: IO[bytes]) -> Iterator[bytes]:
    while len(head := file.read(HEAD)) == HEAD:
        body = file.read(int.from_bytes(head[:4], "big"))
        if len(body) < int.from_bytes(head[:4], "big") or zlib.crc32(body).to_bytes(4, "big") != head[4:]:
            return
        yield body
