"""Packed files as streams: what can be unpacked is given, and then `damage` says why there is no more.

Memory does not grow with the file, and a truncated file is never taken for a whole one.
"""

from __future__ import annotations

import io
import zlib
from typing import IO, Any

from onrecord.sources.limits import MIB

_CHUNK = 256 * 1024


class Unpacked(io.BufferedReader):
    """A file, unpacked while it is read. `damage` is told once the stream has ended; `position` is in the file."""

    def __init__(self, raw: _Raw) -> None:
        super().__init__(raw, MIB)
        self._unpacking = raw

    @property
    def damage(self) -> str | None:
        """Why the stream ended before its end, in a few words."""
        return self._unpacking.damage

    @property
    def position(self) -> int:
        """Bytes of the packed file that were used."""
        return self._unpacking.position()


def unpacked(file: IO[bytes], name: str) -> Unpacked:
    """The stream inside a file, by its name: ".gz", ".zst", or the file as it is."""
    lower = name.lower()
    if lower.endswith(".gz"):
        return Unpacked(_Gzip(file))
    return Unpacked(_Zstandard(file) if lower.endswith(".zst") else _Raw(file))


class _Raw(io.RawIOBase):
    """A file as it is, and what its packed kin share."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.damage: str | None = None

    def readable(self) -> bool:
        return True

    def position(self) -> int:
        return self._file.tell()

    def readinto(self, buffer: Any) -> int:
        piece = self._next(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)

    def _next(self, most: int) -> bytes:
        return self._file.read(most)


class _Gzip(_Raw):
    """Members of gzip one after the other, as WARC files have them; never more memory than a chunk asks for."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__(file)
        self._inflater: Any = None
        self._packed = b""
        self._used = 0

    def _next(self, most: int) -> bytes:
        while self.damage is None:
            if not self._packed:
                self._packed = self._file.read(_CHUNK)
                self._used += len(self._packed)
            if not self._packed:
                if self._inflater is not None:
                    self.damage = f"truncated gzip: it ends in the middle, at byte {self._used}"
                return b""
            if self._inflater is None:
                # Zeros after the last member are padding of tapes, and allowed by gzip itself.
                self._packed = self._packed.lstrip(b"\0")
                self._inflater = zlib.decompressobj(wbits=31) if self._packed else None
                continue
            piece = self._inflate(most)
            if piece:
                return piece
        return b""

    def _inflate(self, most: int) -> bytes:
        try:
            piece: bytes = self._inflater.decompress(self._packed, most)
        except zlib.error as error:
            self.damage = f"damaged gzip near byte {self._used - len(self._packed)} ({error})"
            return b""
        if self._inflater.eof:
            self._packed, self._inflater = self._inflater.unused_data, None
        else:
            self._packed = self._inflater.unconsumed_tail
        return piece


class _Zstandard(_Raw):
    def __init__(self, file: IO[bytes]) -> None:
        from onrecord.export.tables import zstandard

        super().__init__(file)
        self._stream = zstandard(file)

    def _next(self, most: int) -> bytes:
        try:
            piece: bytes = self._stream.read(min(most, _CHUNK))
        except OSError as error:
            self.damage = f"damaged Zstandard file near byte {self.position()} ({error})"
            return b""
        return piece
