"""The bytes of an SQLite file that hold nothing: in a compact copy they are zero, and one that is not tells damage.

A tenth of a living archive is unused: gaps in pages, ends of overflow chains. No integrity check looks there, and in
a file that is written to they keep remains of older rows. `VACUUM INTO` writes the leaves of tables and the overflow
chains of a copy one after the other, and roots start from zeros, so that nothing remains in them; these are nearly
all of the file, and in a copy at rest nearly every flipped bit can be found. (What is below the root of an index, and
inner nodes, grow by splitting; they are not looked at.)

Layout: https://www.sqlite.org/fileformat2.html, sections 1.3 to 1.6.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from mmap import ACCESS_READ, mmap
from pathlib import Path

_INTERIOR = {2: 12, 5: 12}
_TABLE_LEAF = 13
_LEAF = {10: 8, _TABLE_LEAF: 8}
_HEADERS = _INTERIOR | _LEAF
_MOST = 20
_RESERVED = range(72, 92)  # of the file's header, "must be zero"


def faults(path: str, roots: Iterable[int]) -> list[str]:
    """Pages with unused bytes that are not zero, of the b-trees with these roots; at most `_MOST` are named."""
    with (
        Path(path).open("rb") as file,
        mmap(file.fileno(), 0, access=ACCESS_READ) as whole,
        memoryview(whole) as raw,
    ):
        return _faults(raw, roots)


def _faults(raw: memoryview, roots: Iterable[int]) -> list[str]:
    size = int.from_bytes(raw[16:18], "big")
    size = 65536 if size == 1 else size
    found = (
        ["database: reserved bytes of the header are set"]
        if any(raw[slice(_RESERVED.start, _RESERVED.stop)])
        else []
    )
    waiting = list(roots)
    tops = set(waiting)
    seen: set[int] = set()
    while waiting and len(found) < _MOST:
        number = waiting.pop()
        if number in seen or not 0 < number * size <= len(raw):
            continue  # what leads nowhere is for the integrity check to tell
        seen.add(number)
        page = raw[(number - 1) * size : number * size]
        if (number in tops or page[0] == _TABLE_LEAF) and _unused(page):
            found.append(f"database: unused bytes of page {number} are not zero")
        for child, chain in _followed(page, size):
            if chain is None:
                waiting.append(child)
            elif end := _chain(raw, child, chain, size, seen):
                found.append(f"database: unused bytes of page {end} are not zero")
    return found


def _number(page: memoryview, at: int, length: int) -> int:
    return int.from_bytes(page[at : at + length], "big")


def _cells(page: memoryview) -> list[int]:
    """Where the cells of a page begin."""
    kind = page[0]
    first = _HEADERS.get(kind, 0)
    count = _number(page, 3, 2) if kind in _HEADERS else 0
    return [_number(page, at, 2) for at in range(first, min(first + 2 * count, len(page) - 1), 2)]


def _unused(page: memoryview) -> bool:
    """Whether the gap between the cell pointers and the cells of a page, or a free block, holds anything."""
    if page[0] not in _HEADERS:
        return False
    begin = _HEADERS[page[0]] + 2 * _number(page, 3, 2)
    end = _number(page, 5, 2) or 65536
    if any(page[begin:end]):
        return True
    block, last = _number(page, 1, 2), 0
    while last < block <= len(page) - 4:
        length = _number(page, block + 2, 2)
        if any(page[block + 4 : block + length]):
            return True
        last, block = block, _number(page, block, 2)
    return False


def _followed(page: memoryview, size: int) -> Iterator[tuple[int, int | None]]:
    """Pages that a page names: children, and the first pages of overflow chains with the bytes that lie in them."""
    kind = page[0]
    if kind in _INTERIOR:
        yield _number(page, 8, 4), None
    for at in _cells(page):
        if at + 4 > size:
            continue
        if kind in _INTERIOR:
            yield _number(page, at, 4), None
            at += 4
        if kind == 5:
            continue
        payload, at = _varint(page, at)
        if kind == _TABLE_LEAF:
            _, at = _varint(page, at)
        local = _local(payload, kind, size)
        if local < payload and at + local + 4 <= size:
            yield _number(page, at + local, 4), payload - local


def _local(payload: int, kind: int, size: int) -> int:
    """Bytes of a payload that lie in the page itself."""
    most = size - 35 if kind == _TABLE_LEAF else (size - 12) * 64 // 255 - 23
    if payload <= most:
        return payload
    least = (size - 12) * 32 // 255 - 23
    kept = least + (payload - least) % (size - 4)
    return kept if kept <= most else least


def _chain(raw: memoryview, number: int, left: int, size: int, seen: set[int]) -> int:
    """The last page of an overflow chain, if bytes after the payload are not zero; else 0."""
    while 0 < number * size <= len(raw) and number not in seen:
        seen.add(number)
        page = raw[(number - 1) * size : number * size]
        if left <= size - 4:
            return number if any(page[4 + left :]) or any(page[:4]) else 0
        left -= size - 4
        number = _number(page, 0, 4)
    return 0


def _varint(page: memoryview, at: int) -> tuple[int, int]:
    """A variable-length integer, seven bits a byte, nine bytes at most; and where it ends."""
    value = 0
    for count in range(9):
        if at >= len(page):
            break
        byte = page[at]
        at += 1
        if count == 8:
            return value << 8 | byte, at
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            break
    return value, at
