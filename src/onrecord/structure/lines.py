"""Where the lines of a text lie. A line is a paragraph for most readers, a piece of one in hard-wrapped texts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple


class Lines(NamedTuple):
    """Non-blank lines as parallel sequences: `starts[i]:ends[i]` are the characters of line i without the blanks
    around them, `indents[i]` the number of blanks before them."""

    starts: list[int]
    ends: list[int]
    indents: list[int]

    def __len__(self) -> int:
        raise TypeError("ask len(lines.starts): a NamedTuple's length is its number of fields")

    def at(self, offset: int) -> int:
        """Index of the last line that starts at or before `offset`; -1 before the first."""
        return bisect_right(self.starts, offset) - 1


def find_lines(text: str, windows: Sequence[tuple[int, int]] | None = None) -> Lines:
    """The non-blank lines of `text`, or of its `windows` only (the payloads of captions).

    Every line end that `str.splitlines` knows counts, so that old Mac, Unicode and vertical-tab breaks do too.

    >>> find_lines("a\\r\\n\\n  b c \\u2028d").starts
    [0, 6, 11]
    """
    starts: list[int] = []
    ends: list[int] = []
    indents: list[int] = []
    for begin, end in windows if windows is not None else ((0, len(text)),):
        at = begin
        for line in text[begin:end].splitlines(keepends=True):
            left = len(line) - len(line.lstrip())
            if left < len(line):
                starts.append(at + left)
                ends.append(at + len(line.rstrip()))
                indents.append(left)
            at += len(line)
    return Lines(starts, ends, indents)
