"""Web archives (WARC 1.x, ISO 28500): each page that a server answered with, and each record that lies, by its place.

No length is believed: what follows a block must be the next record or the end. Where it is not, the record is
reported, and reading goes on at the next line that begins one; the work stays linear however many of them lie.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from onrecord.corpus.streams import Unpacked
from onrecord.sources.archive import unzip
from onrecord.sources.limits import MIB
from onrecord.sources.reading import Declined
from onrecord.sources.sniff import expected

MAX_BLOCK = 64 * MIB
"""Of one record. A longer one is taken for a lie; Common Crawl cuts pages at 1 MiB."""

_HEADERS = 64 * 1024
_CHUNK = MIB
_BEGIN = re.compile(rb"\n(?=WARC/1\.\d)")
_ENDS = b"\r\n"
_KINDS = frozenset(
    {"response", "resource", "conversion"}
)  # the others hold no page, or point to one elsewhere


class Page(NamedTuple):
    """The body of a page, with its address and the type that came with it."""

    number: int
    address: str
    body: bytes
    declared: str | None


class Lie(NamedTuple):
    """A record that is not what it says, with the reason; nothing of it is used."""

    number: int
    reason: str


class _Window:
    """A stream through which one can look ahead; `at` is the place of its first byte."""

    def __init__(self, stream: Unpacked) -> None:
        self._stream = stream
        self._buffer = bytearray()
        self._start = 0
        self._dropped = 0

    @property
    def at(self) -> int:
        return self._dropped + self._start

    def fill(self, size: int) -> int:
        """How many bytes there are, at most `size`."""
        while len(self._buffer) - self._start < size:
            piece = self._stream.read(max(_CHUNK, size - (len(self._buffer) - self._start)))
            if not piece:
                break
            self._buffer += piece
        return min(len(self._buffer) - self._start, size)

    def peek(self, start: int, end: int) -> bytes:
        return bytes(self._buffer[self._start + start : self._start + end])

    def skip(self, size: int) -> None:
        self._start += size
        if self._start > 16 * _CHUNK:  # seldom, so that moving what is left costs little
            del self._buffer[: self._start]
            self._dropped, self._start = self.at, 0

    def find(self, what: bytes, most: int) -> int:
        """Where `what` begins within the next `most` bytes, or -1."""
        have = self.fill(most)
        return self._buffer.find(what, self._start, self._start + have) - self._start if have else -1

    def seek_record(self) -> bool:
        """Go to the next line that begins a record, past the first byte; False at the end of the stream."""
        self.skip(min(1, self.fill(1)))
        while self.fill(_CHUNK):
            found = _BEGIN.search(self._buffer, self._start)
            if found is not None:
                self.skip(found.end() - self._start)
                return True
            # The end of what was searched may be the beginning of the line that is looked for.
            more = len(self._buffer) - self._start
            if self.fill(more + 1) <= more:
                self.skip(more)
                return False
            self.skip(max(more - 16, 0))
        return False


def read(stream: Unpacked) -> Iterator[Page | Lie]:
    """Every page and every lie of a WARC file, in its order."""
    window = _Window(stream)
    number = 0
    while _at_record(window):
        number += 1
        found = _record(window, number)
        if found is not None:
            yield found
        if isinstance(found, Lie) and not window.seek_record():
            return


def _at_record(window: _Window) -> bool:
    """Past the line ends between two records; whether there is one more."""
    while window.fill(_CHUNK):
        ahead = window.peek(0, 4096)
        left = len(ahead.lstrip(_ENDS))
        window.skip(len(ahead) - left)
        if left:
            return True
    return False


def _record(window: _Window, number: int) -> Page | Lie | None:
    """One record; the window is behind it, or still at its beginning when it lies."""
    at = window.at
    if window.fill(5) < 5 or window.peek(0, 5) != b"WARC/":
        return Lie(number, f"no WARC record begins at byte {at}")
    gap = window.find(b"\r\n\r\n", _HEADERS)
    if gap < 0:
        return Lie(number, f"the headers of the record at byte {at} do not end")
    headers = _headers(window.peek(0, gap))
    said = headers.get("content-length", "")
    if not (said.isascii() and said.isdigit()) or len(said) > 15:
        return Lie(number, f'the record at byte {at} says no length but "{said[:20]}"')
    length = int(said)
    if length > MAX_BLOCK:
        return Lie(
            number,
            f"the record at byte {at} says {length} bytes; more than {MAX_BLOCK // MIB} MB is not read",
        )
    start = gap + 4
    have = window.fill(start + length + 64) - start
    if have < length:
        return Lie(number, f"the record at byte {at} says {length} bytes, but only {have} follow")
    behind = window.peek(start + length, start + length + 64)
    if behind.strip(_ENDS) and not (
        behind.startswith((b"\r\n", b"\n")) and behind.lstrip(_ENDS).startswith(b"WARC/")
    ):
        return Lie(number, f"the record at byte {at} says {length} bytes, but no record begins behind these")
    page: Page | Lie | None = None
    if headers.get("warc-type", "").lower() in _KINDS:
        page = _page(number, headers, window.peek(start, start + length), at)
    if not isinstance(page, Lie):
        window.skip(start + length)
    return page


def _headers(block: bytes) -> dict[str, str]:
    lines = block.decode("utf-8", "replace").split("\r\n")[1:]
    pairs = (line.partition(":") for line in lines)
    return {name.strip().lower(): value.strip() for name, colon, value in pairs if colon}


def _page(number: int, headers: dict[str, str], block: bytes, at: int) -> Page | Lie | None:
    """The page inside a record; None where it holds none that a reader takes."""
    address = headers.get("warc-target-uri", "").strip("<>")
    declared: str | None = headers.get("content-type")
    if (declared or "").replace(" ", "").startswith("application/http"):
        head, gap, block = block.partition(b"\r\n\r\n")
        if not gap or not head.startswith(b"HTTP/"):
            return Lie(number, f"the record at byte {at} says it is an answer by HTTP, and is none")
        if head.split(b" ", 2)[1:2] != [b"200"]:
            return None
        answer = _headers(head)
        declared = answer.get("content-type")
        try:
            block = _plain(block, answer)
        except (Declined, ValueError) as error:
            return Lie(number, f"the page at byte {at} cannot be unpacked ({error})")
    if declared is not None and expected("", declared) is None:
        return None  # a picture, a script
    return Page(number, address, block, declared)


def _plain(body: bytes, headers: dict[str, str]) -> bytes:
    """A body without the packing of its transport; crawlers differ in what they leave of it."""
    if headers.get("transfer-encoding", "").lower() == "chunked":
        body = _joined(body)
    packing = headers.get("content-encoding", "identity").lower()
    if body.startswith(b"\x1f\x8b"):
        return unzip(body)
    if packing == "br" and not body.lstrip().startswith(b"<"):
        raise ValueError("packed with br, which is not read")
    return body


def _joined(body: bytes) -> bytes:
    """Chunks of HTTP/1.1 put together; a body that is not chunked in spite of its header is taken as it is."""
    pieces: list[bytes] = []
    at = 0
    while True:
        end = body.find(b"\r\n", at, at + 64)
        size = body[at:end].partition(b";")[0].strip() if end >= 0 else b""
        if not re.fullmatch(rb"[0-9A-Fa-f]{1,8}", size):
            return body if not pieces else b"".join(pieces)
        length = int(size, 16)
        if not length:
            return b"".join(pieces)
        pieces.append(body[end + 2 : end + 2 + length])
        at = end + 2 + length + 2
