"""The text of the page in leaves: passages with the names and notes that stand beside them.

A passage is one turn, or a run of one kind of block outside turns. Passages are bound by the two dozen, so that a
browser need only lay out what it shows.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Literal, NamedTuple
from unicodedata import bidirectional

from onrecord.export import floor, visible
from onrecord.export.columns import wrap
from onrecord.export.passages import Cutter, Lines, Overlay, Paragraph
from onrecord.export.remarks import Remark
from onrecord.model import BlockKind, Record, Turn
from onrecord.spans import Span
from onrecord.ui import Words

LEAF = 24  # passages that a browser lays out, or leaves alone, together
_NAME = 16  # columns of a name that the left margin holds


class Passage(NamedTuple):
    """Paragraphs that stand together: one turn, or a run of one kind of block outside turns."""

    kind: BlockKind
    turn: Turn | None
    opens: bool  # the first passage of its turn: it has the turn's address
    speaker: str
    style: int
    owned: bool
    tall: int  # lines of the margin that the name takes
    paragraphs: tuple[tuple[Paragraph, tuple[Remark, ...]], ...]


Direction = Literal["ltr", "rtl"]
_ENOUGH = 4_000  # characters that tell which way a text runs


def direction(leaves: Iterable[Iterable[Passage]]) -> Direction:
    """Which way most of the letters run at the head of a text, as the Unicode Character Database has it."""
    pieces = (
        piece.text[:_ENOUGH]
        for leaf in leaves
        for passage in leaf
        for paragraph, _ in passage.paragraphs
        for piece in paragraph.pieces
    )
    counted = Counter(map(bidirectional, islice(chain.from_iterable(pieces), _ENOUGH)))
    return "rtl" if counted["R"] + counted["AL"] > counted["L"] else "ltr"


class Binder:
    """Binds a stretch of the text of a record, or all, its notes and what lies on its words into leaves."""

    def __init__(
        self, record: Record, said: Words, styles: Mapping[tuple[str, ...], int], remarks: Iterable[Remark],
        overlays: Iterable[Overlay], within: Span | None = None, lines: Mapping[str, Lines] | None = None,
    ) -> None:  # fmt: skip
        self.record = record
        self.said = said
        self.styles = styles
        self.remarks = tuple(remarks)
        self.within = within
        self.cutter = Cutter(record, overlays, within, lines)
        self.known = floor.people(record)
        self._placed = {
            source.id: [remark for remark in self.remarks if remark.source == source.id and remark.span]
            for source in record.sources
        }

    def leaves(self) -> Iterator[tuple[Passage, ...]]:
        """Passages by the two dozen, so that a browser need only lay out what it shows."""
        leaf: list[Passage] = []
        for passage in self._passages():
            leaf.append(passage)
            if len(leaf) == LEAF:
                yield tuple(leaf)
                leaf = []
        if leaf:
            yield tuple(leaf)

    def _passages(self) -> Iterator[Passage]:
        seen: set[str] = set()
        together: list[tuple[Paragraph, tuple[Remark, ...]]] = []
        for paragraph, beside in self._annotated():
            if together and not _together(together[-1][0], paragraph):
                yield self._passage(together, seen)
                together = []
            together.append((paragraph, beside))
        if together:
            yield self._passage(together, seen)

    def _passage(self, together: list[tuple[Paragraph, tuple[Remark, ...]]], seen: set[str]) -> Passage:
        first = together[0][0]
        turn = first.turn if first.kind == "transcript" else None
        opens = turn is not None and turn.id not in seen
        if turn is not None:
            seen.add(turn.id)
        owned = all(piece.owned for paragraph, _ in together for piece in paragraph.pieces)
        speaker = floor.speaker_of(turn, self.known, self.said) if turn else ""
        return Passage(
            first.kind,
            turn,
            opens,
            speaker,
            self.styles[floor.voices(turn)] if turn and turn.speaker else 0,
            owned and (turn is None or turn.speaker is not None),
            self._tall(turn, speaker, opens),
            tuple(together),
        )

    def _tall(self, turn: Turn | None, speaker: str, opens: bool) -> int:
        """Lines that the name, the judgement and the number take in the margin; the style sheet keeps them free."""
        if turn is None:
            return 0
        judged = turn.judgement in ("likely", "unresolved")
        return min(len(wrap(visible.line(speaker), _NAME)) + opens + judged, 5)

    def _annotated(self) -> Iterator[tuple[Paragraph, tuple[Remark, ...]]]:
        """Paragraphs with the remarks that start in them (or in the blanks before them)."""
        begun = self.within.start if self.within is not None else 0
        taken = {
            source: bisect_left(placed, begun, key=_start) if begun else 0
            for source, placed in self._placed.items()
        }
        for paragraph in self.cutter.paragraphs():
            waiting, first = self._placed[paragraph.source], taken[paragraph.source]
            last = first
            while last < len(waiting) and _start(waiting[last]) < paragraph.end:
                last += 1
            taken[paragraph.source] = last
            yield paragraph, tuple(waiting[first:last])


def _start(remark: Remark) -> int:
    return remark.span.start if remark.span else -1


def _together(before: Paragraph, after: Paragraph) -> bool:
    """Whether a paragraph goes on with what the one before began."""
    if before.kind != after.kind or before.source != after.source or before.kind == "heading":
        return False
    return before.turn is after.turn
