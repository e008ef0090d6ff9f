"""The body of an XML format: the pieces of a record as elements, in the order of the text.

Three things may be open over several pieces: somebody's floor, a printed label, a block (an article's frame, a
heading). What their elements are called is the format's own; when they open and close is not.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator

from onrecord.export.markup import characters
from onrecord.export.sequence import Piece, pieces
from onrecord.model import Block, Mark, Record, Turn
from onrecord.sources.exact import JUDGEMENT, LABEL_END, SILENT


class Body(ABC):
    """One walk over a record; a format says how each thing is written."""

    floor_holds_label = False
    """Whether the label's element lies inside that of the floor (Akoma Ntoso) or before it (TEI)."""

    def __init__(self, record: Record) -> None:
        self.text = record.sources[0].text
        self.pieces = list(pieces(record))
        inked = (piece for piece in self.pieces if piece.kind != "blank" and piece.block)
        self.last = {piece.block: piece.end for piece in inked}  # where the ink of each block ends
        self.floor: Turn | None = None
        self.label: Turn | None = None
        self.separated = False
        self.block: Block | None = None
        self.begun = False  # whether anything but blanks was written

    def written(self) -> Iterator[str]:
        """The content, element by element."""
        for piece in self.pieces:
            yield from self._closed(piece)
            if piece.kind != "blank":
                yield from self._opened(piece)
            yield self._content(piece, characters(self.text[piece.start : piece.end]))
            self.begun = self.begun or piece.kind != "blank"
        yield from self._closed(None)

    def _closed(self, piece: Piece | None) -> Iterator[str]:
        """The ends of what is over before this piece."""
        beside = piece is not None and piece.kind in ("label", "separator", "mark")
        if self.label and not (beside and piece and piece.turn in (self.label, None)):
            yield self.label_end(self.label)
            self.label = None
        over = self.floor is not None and (piece is None or piece.start >= self.floor.span.end)
        if self.block and (over or piece is None or piece.start >= self.last[self.block]):
            yield self.block_end(self.block)  # a block that is open beside a floor lies in it
            self.block = None
        if over:
            yield self.floor_end()
            self.floor = None

    def _opened(self, piece: Piece) -> Iterator[str]:
        """The beginnings of what this piece is the first of."""
        turn, block = piece.turn, piece.block
        if self.block and piece.kind in ("label", "speech"):  # whatever a record says, elements nest
            yield self.block_end(self.block)
            self.block = None
        if piece.kind == "label" and turn and self.label is None:
            if self.floor_holds_label and turn.speech:
                yield from self._take_floor(turn)
            self.label, self.separated = turn, False
            yield self.label_start(turn) + _silent(turn)
        elif piece.kind == "speech" and turn:
            yield from self._take_floor(turn)
        elif block and block.kind != "transcript" and not (self.block or self.label):
            self.block = block
            yield self.block_start(block)

    def _take_floor(self, turn: Turn) -> Iterator[str]:
        if self.floor is None:
            self.floor = turn
            yield self.floor_start(turn)

    def _content(self, piece: Piece, content: str) -> str:
        """A piece of what is open, or an element of its own."""
        if piece.mark:
            return self.mark(piece.mark, content)
        if piece.kind == "speech":
            return self.speech(content)
        if piece.kind == "separator" and self.label:
            ending = "" if self.separated else f"<?{LABEL_END}?>"
            self.separated = True
            return ending + content
        if piece.kind in ("stray", "separator"):
            return self.stray(content)
        return content

    @abstractmethod
    def floor_start(self, turn: Turn) -> str:
        """Somebody begins to speak."""

    @abstractmethod
    def floor_end(self) -> str:
        """The last spoken character is behind."""

    @abstractmethod
    def label_start(self, turn: Turn) -> str:
        """A printed label begins; a turn without speech has nothing but this."""

    @abstractmethod
    def label_end(self, turn: Turn) -> str:
        """The label, its separator and marks beside it are behind."""

    @abstractmethod
    def block_start(self, block: Block) -> str:
        """A stretch that nobody speaks begins: a frame, a heading, furniture."""

    @abstractmethod
    def block_end(self, block: Block) -> str:
        """That stretch is behind."""

    @abstractmethod
    def mark(self, mark: Mark, content: str) -> str:
        """Printed, not spoken."""

    @abstractmethod
    def speech(self, content: str) -> str:
        """A spoken stretch."""

    @abstractmethod
    def stray(self, content: str) -> str:
        """Words of a transcript that no turn owns."""


def references(turn: Turn) -> str:
    """Everybody who speaks in a turn, as references to ids."""
    return " ".join(f"#{one}" for one in (turn.speaker, *turn.others) if one)


def judged(turn: Turn) -> str:
    """How sure the speaker is, where that is not certain: who reads the file again must not believe more."""
    return "" if turn.judgement == "certain" else f"<?{JUDGEMENT} {turn.judgement}?>"


def _silent(turn: Turn) -> str:
    """A turn of which only the label is printed has no element of its own to carry its speaker."""
    return "" if turn.speech else f"<?{SILENT} {references(turn)}?>{judged(turn)}"
