"""The longest common subsequence of two short stretches, exactly, a machine word of cells at a time.

The bit-parallel algorithm of Hyyrö (2004), "Bit-parallel LCS-length computation revisited", on Python's unbounded
integers; the rows are kept so that the way back can be read off them. Time is rows times words of a row, memory one
bit a cell, so callers cap the cells.

>>> common("the quick fox".split(), "the slow quick fox".split())
[(0, 0, 1), (1, 2, 2)]
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

Symbol = TypeVar("Symbol", bound=Hashable)
Match = tuple[int, int, int]
"""Start in the first sequence, start in the second, length."""


def common(a: Sequence[Symbol], b: Sequence[Symbol]) -> list[Match]:
    """One longest common subsequence as maximal runs, in order."""
    head = 0
    shorter = min(len(a), len(b))
    while head < shorter and a[head] == b[head]:
        head += 1
    tail = 0
    while tail < shorter - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    matches = [(0, 0, head)] if head else []
    if shorter > head + tail:
        inner = _between(a[head : len(a) - tail], b[head : len(b) - tail])
        matches += [(i + head, j + head, length) for i, j, length in inner]
    if tail:
        matches.append((len(a) - tail, len(b) - tail, tail))
    return joined(matches)


def joined(matches: Sequence[Match]) -> list[Match]:
    """Matches in order, those that touch on one diagonal made one."""
    found: list[Match] = []
    for i, j, length in matches:
        if found and found[-1][0] + found[-1][2] == i and found[-1][1] + found[-1][2] == j:
            found[-1] = (found[-1][0], found[-1][1], found[-1][2] + length)
        else:
            found.append((i, j, length))
    return found


def _between(a: Sequence[Symbol], b: Sequence[Symbol]) -> list[Match]:
    masks: dict[Symbol, int] = {}
    for at, symbol in enumerate(a):
        masks[symbol] = masks.get(symbol, 0) | 1 << at
    full = (1 << len(a)) - 1
    row, rows = full, []
    for symbol in b:
        if hits := masks.get(symbol):
            met = row & hits
            row = ((row + met) | (row - met)) & full
        rows.append(row)  # rows without a hit share one object: unlike stretches cost no memory
    return _read_back(rows, len(a), len(b))


def _read_back(rows: Sequence[int], i: int, j: int) -> list[Match]:
    """The way through the rows from their end; a bit that is clear is a step of the subsequence."""
    found: list[Match] = []
    while i and j:
        if rows[j - 1] >> (i - 1) & 1:
            i -= 1
            continue
        j -= 1
        if j == 0 or rows[j - 1] >> (i - 1) & 1:
            i -= 1
            found.append((i, j, 1))
    found.reverse()
    return joined(found)
