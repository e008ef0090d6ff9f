"""Text in composed form, with the way back: NFC and NFD print the same, so they must compare the same.

>>> text = Composed("cafe\\u0301 noir")
>>> text.characters, text.there(4), text.back(4)
('café noir', 3, 5)
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator


class Composed:
    """The characters in Unicode's composed form (NFC); most texts already are, and cost nothing then."""

    __slots__ = ("_starts", "characters")

    def __init__(self, text: str) -> None:
        self._starts: list[int] | None = None
        self.characters = text
        if not unicodedata.is_normalized("NFC", text):
            pieces, starts = [], []
            for at, piece in _clusters(text):
                composed = unicodedata.normalize("NFC", piece)
                pieces.append(composed)
                starts.extend([at] * len(composed))
            self.characters = "".join(pieces)
            self._starts = [*starts, len(text)]

    def back(self, at: int) -> int:
        """The offset in the original text of an offset in the composed one."""
        return at if self._starts is None else self._starts[at]

    def there(self, at: int) -> int:
        """The offset in the composed text of an offset in the original (inside a cluster: of the cluster)."""
        if self._starts is None:
            return at
        index = bisect_right(self._starts, at) - 1
        while index and self._starts[index - 1] == self._starts[index]:
            index -= 1  # one cluster may stay several characters, all of which stand where it begins
        return index


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """The text cut before every character that no composition can join to the one before it."""
    begin = 0
    for at in range(1, len(text)):
        if text[at] < "\u0300" or not (unicodedata.combining(text[at]) or "\u1160" <= text[at] <= "\u11ff"):
            yield begin, text[begin:at]
            begin = at
    if text:
        yield begin, text[begin:]
