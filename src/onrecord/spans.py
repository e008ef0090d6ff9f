"""Characters and where they are. The ground that everything else stands on.

A `Text` is frozen characters with their hash. A `Span` is a half-open range `[start, end)` of Unicode code
points. Only a `Text` makes spans, and it refuses any that do not lie inside it, so that a span which cannot
re-read its own text cannot exist:

>>> text = Text("Trump: pas d’accord.")
>>> label = text.span(0, 5)
>>> text.read(label)
'Trump'
>>> text.span(0, 99)
Traceback (most recent call last):
    ...
onrecord.errors.SpanError: span [0, 99) does not lie in a text of 20 characters

Code points are what Python counts and what the W3C Web Annotation model prescribes; a browser counts UTF-16
units, so faces convert at their border, never here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cached_property

import msgspec

from onrecord.errors import SpanError


class Span(msgspec.Struct, frozen=True, array_like=True, gc=False, order=True):
    """Half-open range of code points; JSON form `[start, end]`. Made by `Text.span`, or read from a record."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise SpanError(f"[{self.start}, {self.end}) is not a half-open range of characters")

    def __len__(self) -> int:
        return self.end - self.start

    def holds(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


class Text:
    """The frozen characters of one source, and the only maker of spans into it."""

    __slots__ = ("__dict__", "characters")
    characters: str

    def __init__(self, characters: str) -> None:
        self.characters = characters

    def __len__(self) -> int:
        return len(self.characters)

    def __repr__(self) -> str:
        head = self.characters[:40]
        return f"Text({head!r}{'…' if len(self) > 40 else ''}, {len(self)} characters)"

    @cached_property
    def sha256(self) -> str:
        """Hash of the characters as UTF-8 (lone surrogates, which UTF-8 has no form for, by `surrogatepass`)."""
        return hashlib.sha256(self.characters.encode("utf-8", "surrogatepass")).hexdigest()

    def span(self, start: int, end: int) -> Span:
        """The span `[start, end)`; `SpanError` if it does not lie in the text."""
        if not 0 <= start <= end <= len(self.characters):
            raise SpanError(f"span [{start}, {end}) does not lie in a text of {len(self)} characters")
        return Span(start, end)

    def trimmed(self, start: int, end: int) -> Span:
        """Like `span`, without white space at either end (an all-blank range becomes empty at `start`)."""
        self.span(start, end)
        piece = self.characters[start:end]
        left = len(piece) - len(piece.lstrip())
        if left == len(piece):
            return Span(start, start)
        return Span(start + left, start + len(piece.rstrip()))

    def read(self, span: Span) -> str:
        """The exact characters of a span; `SpanError` if the span is of another, longer text."""
        if span.end > len(self.characters):
            raise SpanError(
                f"span [{span.start}, {span.end}) does not lie in a text of {len(self)} characters"
            )
        return self.characters[span.start : span.end]

    def check(self, span: Span, claimed: str) -> None:
        """Refuse a span whose characters are not the `claimed` ones."""
        if (found := self.read(span)) != claimed:
            raise SpanError(
                f"[{span.start}, {span.end}) reads {_short(found)}, the record claims {_short(claimed)}"
            )


def tile(spans: Iterable[Span], length: int) -> None:
    """Check that spans, in order, cover `[0, length)` without gap or overlap; `SpanError` names the first fault."""
    at = 0
    for span in spans:
        if span.start != at:
            raise SpanError(f"{'gap' if span.start > at else 'overlap'} at character {min(at, span.start)}")
        at = span.end
    if at != length:
        raise SpanError(f"covered to character {at} of {length}")


def _short(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:39] + "…")
