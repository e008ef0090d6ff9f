"""The text of a record cut for printing: paragraphs, and inside them pieces that differ in what they are.

Pieces of a paragraph put together again are exactly its characters; what is between paragraphs is blank.
Every layer (labels, marks, languages …) is sorted once and asked by bisection, so the cut stays
linear even when one paragraph holds a whole sitting. What may overlap (statements, quotations, flags) is cut at all
boundaries: a piece lies under all of an overlay or under nothing of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import accumulate, islice, pairwise
from typing import Any, Generic, NamedTuple, TypeVar

from onrecord.model import BlockKind, Mark, Record, Source, Turn
from onrecord.spans import Span

T = TypeVar("T")
Laid = TypeVar("Laid", Turn, Mark, "Overlay")
_BLANK_LINE = re.compile(r"\n[ \t]{0,80}\r?\n")
DEPTH = 12  # overlays shown on one character; beyond that a text is built to be slow, not written
_LINE_END = re.compile(r"\r\n|[\n\r\u2028\u2029]")
_OTHER_ENDS = "\v\f\x1c\x1d\x1e\x85"  # Python ends lines with these too, editors do not


class Layer(Generic[T]):
    """Values on stretches of a text that do not overlap each other."""

    def __init__(self, stretches: Iterable[tuple[Span, T]]) -> None:
        self.stretches = sorted(stretches, key=lambda stretch: stretch[0])
        self.starts = [span.start for span, _ in self.stretches]
        self.edges = sorted({edge for span, _ in self.stretches for edge in (span.start, span.end)})

    def at(self, place: int) -> T | None:
        """The value at a character."""
        found = bisect_right(self.starts, place) - 1
        if found >= 0 and place < self.stretches[found][0].end:
            return self.stretches[found][1]
        return None

    def between(self, start: int, end: int) -> list[int]:
        """The edges strictly inside a range."""
        return self.edges[bisect_right(self.edges, start) : bisect_left(self.edges, end)]


class Overlay(NamedTuple):
    """Characters that something rests on: the address of the item, and style names of it."""

    source: str
    span: Span
    id: str
    styles: tuple[str, ...] = ()


class Overlaps:
    """Overlays that may overlap each other, asked by place; the one that begins first is the outermost."""

    def __init__(self, overlays: Iterable[Overlay]) -> None:
        found = sorted(overlays, key=lambda one: (one.span.start, -one.span.end, one.id))
        begin: dict[int, list[Overlay]] = {}
        finish: dict[int, list[Overlay]] = {}
        for one in found:
            if len(one.span):
                begin.setdefault(one.span.start, []).append(one)
                finish.setdefault(one.span.end, []).append(one)
        self.edges = sorted({*begin, *finish})
        self.held: list[tuple[Overlay, ...]] = []
        active: dict[Overlay, None] = {}
        for edge in self.edges:
            for one in finish.get(edge, ()):
                active.pop(one, None)
            active |= dict.fromkeys(begin.get(edge, ()))
            self.held.append(tuple(islice(active, DEPTH)))

    def at(self, place: int) -> tuple[Overlay, ...]:
        """The overlays on a character, outermost first."""
        found = bisect_right(self.edges, place) - 1
        return self.held[found] if found >= 0 else ()

    def between(self, start: int, end: int) -> list[int]:
        """The edges strictly inside a range."""
        return self.edges[bisect_right(self.edges, start) : bisect_left(self.edges, end)]


class Piece(NamedTuple):
    """Characters of one nature; `language` only where not the source's; `owned` by a turn, or not speech.

    `overlays` are outermost first; `opens` are the ids of those that begin to be shown here.
    """

    start: int
    text: str
    label: bool
    mark: Mark | None
    language: str | None
    owned: bool
    overlays: tuple[Overlay, ...]
    opens: frozenset[str]


class Paragraph(NamedTuple):
    """A printed paragraph: no blanks at its ends, one block, at most one turn."""

    source: str
    start: int
    end: int
    kind: BlockKind
    turn: Turn | None
    pieces: tuple[Piece, ...]


def paragraphs(record: Record, overlays: Iterable[Overlay] = ()) -> Iterator[Paragraph]:
    """All paragraphs of all blocks, in order, cut at the edges of the overlays too."""
    return Cutter(record, overlays).paragraphs()


class Cutter:
    """The layers of a record, laid where they are shown: on a stretch of its sources, or on all of them.

    What of `overlays` stands elsewhere is left out. An overlay opens where it is first shown in the stretch.
    """

    def __init__(
        self,
        record: Record,
        overlays: Iterable[Overlay] = (),
        within: Span | None = None,
        lines: Mapping[str, Lines] | None = None,
    ) -> None:
        laid = tuple(overlays)
        lines = lines or lines_of(record)
        self.within = within
        self.blocks = [one for one in record.blocks if within is None or one.span.meets(within)]
        self._sheets = {one.id: _Sheet(record, one, laid, within, lines[one.id]) for one in record.sources}

    def spans(self) -> Iterator[Span]:
        """Where the paragraphs stand."""
        for block in self.blocks:
            yield from self._sheets[block.source].cut(block.span, self.within)

    def paragraphs(self) -> Iterator[Paragraph]:
        """The paragraphs of the stretch, once."""
        for block in self.blocks:
            sheet = self._sheets[block.source]
            for span in sheet.cut(block.span, self.within):
                yield sheet.paragraph(span, block.kind)


def _touching(items: Iterable[Laid], source: str, stretch: Span) -> list[Laid]:
    """What stands in a stretch of a source or touches it: an empty item has no character to share."""
    start, end = stretch.start, stretch.end
    return [one for one in items if one.span.start <= end and one.span.end >= start and one.source == source]


class _Sheet:
    """One source with its layers; those on what is not shown are never laid."""

    def __init__(
        self,
        record: Record,
        source: Source,
        overlays: Iterable[Overlay],
        within: Span | None,
        lines: Lines,
    ) -> None:
        self.id = source.id
        self.text = source.text
        stretch = within if within is not None else Span(0, len(source.text))
        self._turns = _touching(record.turns, source.id, stretch)
        self._marks = _touching(record.marks, source.id, stretch)
        self._overlays = _touching(overlays, source.id, stretch)
        self.starts = sorted(one.span.start for one in self._turns)
        self._languages = [(one.span, one.value) for one in source.languages if one.value != source.language]
        self.opened: set[str] = set()
        self.breaks = lines.breaks

    @cached_property
    def turns(self) -> Layer[Turn]:
        return Layer((turn.span, turn) for turn in self._turns)

    @cached_property
    def labels(self) -> Layer[bool]:
        return Layer((turn.label, True) for turn in self._turns if turn.label)

    @cached_property
    def marks(self) -> Layer[Mark]:
        return Layer((mark.span, mark) for mark in self._marks)

    @cached_property
    def languages(self) -> Layer[str]:
        return Layer(self._languages)

    @cached_property
    def overlays(self) -> Overlaps:
        return Overlaps(self._overlays)

    def cut(self, block: Span, within: Span | None = None) -> Iterator[Span]:
        """The paragraphs of a block: cut at line ends and where a turn starts, blanks taken off."""
        low = max(block.start, within.start) if within is not None else block.start
        high = min(block.end, within.end) if within is not None else block.end
        breaks = self.breaks[bisect_right(self.breaks, low) : bisect_left(self.breaks, high)]
        first, last = bisect_right(self.starts, low), bisect_left(self.starts, high)
        for start, end in pairwise(sorted({low, *breaks, *self.starts[first:last], high})):
            piece = self.text[start:end]
            if bare := piece.strip():
                start += len(piece) - len(piece.lstrip())
                yield Span(start, start + len(bare))

    def paragraph(self, span: Span, kind: BlockKind) -> Paragraph:
        """The paragraph at a span, in pieces."""
        start, end = span.start, span.end
        layers: tuple[Layer[Any] | Overlaps, ...] = (
            self.turns, self.labels, self.marks, self.languages, self.overlays,
        )  # fmt: skip
        edges = sorted({start, end, *(edge for layer in layers for edge in layer.between(start, end))})
        pieces = tuple(self._piece(a, b, kind) for a, b in pairwise(edges))
        return Paragraph(self.id, start, end, kind, self.turns.at(start), pieces)

    def _piece(self, start: int, end: int, kind: BlockKind) -> Piece:
        text, mark = self.text[start:end], self.marks.at(start)
        owned = (
            kind != "transcript" or mark is not None or not text.strip() or self.turns.at(start) is not None
        )
        label = self.labels.at(start) is not None
        overlays = self.overlays.at(start)
        opens = frozenset(one.id for one in overlays) - self.opened
        self.opened |= opens
        return Piece(start, text, label, mark, self.languages.at(start), owned, overlays, opens)


def hard_wrapped(text: str) -> bool:
    """Whether line ends inside paragraphs are those of a typewriter, to be read as blanks.

    So it is when the text has blank lines and the lines before a further line of their paragraph are long and
    nearly equal: their median fills 45 to 100 columns and is at least three quarters of the longest tenth.
    """
    lines = text.splitlines()
    inner = sorted(len(here) for here, after in pairwise(lines) if here.strip() and after.strip())
    if len(inner) < 5 or all(here.strip() for here in lines):
        return False
    median, long = inner[len(inner) // 2], inner[len(inner) * 9 // 10]
    return 45 <= median <= long <= 100 and median >= 0.75 * long


class Lines:
    """Line numbers of a text, from 1, as editors count them.

    >>> Lines("one\\ntwo").number(4)
    2
    """

    def __init__(self, text: str) -> None:
        self.text = text
        if any(end in text for end in _OTHER_ENDS):
            self.ends = [end.end() for end in _LINE_END.finditer(text)]
        else:  # the same, in a tenth of the time
            lines = text.splitlines(keepends=True)
            self.ends = list(accumulate(map(len, lines)))
            if lines and lines[-1][-1] not in "\n\r\u2028\u2029":
                self.ends.pop()

    @cached_property
    def breaks(self) -> list[int]:
        """Where a printed paragraph may end: at every line end, or at blank lines where lines are a typewriter's."""
        held = [] if hard_wrapped(self.text) else self.ends
        return held or [end.end() for end in _BLANK_LINE.finditer(self.text)]

    def number(self, place: int) -> int:
        """The line in which a character stands."""
        return bisect_right(self.ends, place) + 1


def lines_of(record: Record) -> dict[str, Lines]:
    """The line numbers of every source of a record, by its id."""
    return {source.id: Lines(source.text) for source in record.sources}
