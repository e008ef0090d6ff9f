"""A record in reading order: pieces that tile the whole text, each with what it is.

Formats that carry a text (TEI, Akoma Ntoso, JSONL) walk this sequence, so that none of them drops a character and
all of them agree on what is label, speech, mark, heading, frame or furniture.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from onrecord.export.passages import Layer
from onrecord.model import Block, Mark, Record, Turn
from onrecord.sources.reading import JOINT, Layout
from onrecord.spans import Span

PieceKind = Literal["blank", "label", "separator", "speech", "mark", "heading", "frame", "furniture", "stray"]


_BLANK = " \t\n\r"
"""What XML calls white space; other blanks (no-break spaces) may not stand between its elements."""


class Piece(NamedTuple):
    """Characters of one nature. `turn` is the turn whose span they lie in; `mark` the mark they are."""

    kind: PieceKind
    start: int
    end: int
    turn: Turn | None
    block: Block | None
    mark: Mark | None = None


def pieces(record: Record) -> Iterator[Piece]:
    """The pieces of the first source, in order; put together they are its text.

    `separator` is what stands between a label and its speech; `stray` are words of a transcript that no turn owns.
    """
    source = record.sources[0]
    turns = [turn for turn in record.turns if turn.source == source.id]
    layers = _Layers(record, turns)
    edges = sorted(
        {0, len(source.text)}
        | {edge for layer in layers for edge in layer.edges}
        | {turn.span.end for turn in turns}
        | {turn.span.start for turn in turns}
    )
    for start, end in pairwise(edges):
        for piece in _inked(source.text, layers.piece(start, end)):
            if piece.start < piece.end:
                yield piece


def layout(record: Record) -> list[Layout]:
    """The structure of the first source as a reader of it would hand it over (`sources/reading.py`)."""
    source = record.sources[0]
    names = {person.id: person.name for person in record.people}
    found = [
        Layout("block", block.span.start, block.span.end, block.kind)
        for block in record.blocks
        if block.source == source.id
    ]
    for turn in record.turns:
        if turn.source != source.id:
            continue
        speakers = [names[one] for one in (turn.speaker, *turn.others) if one in names]
        found.append(Layout("turn", turn.span.start, turn.span.end, JOINT.join(speakers)))
        if turn.judgement != "certain":
            found.append(Layout("judgement", turn.span.start, turn.span.end, turn.judgement))
        if turn.time:
            seconds = " ".join(f"{second:.3f}".removesuffix(".000") for second in turn.time)
            found.append(Layout("time", turn.span.start, turn.span.end, seconds))
        if turn.label:
            found.append(Layout("label", turn.label.start, turn.label.end))
        found += [Layout("speech", piece.start, piece.end) for piece in turn.speech]
    found += [
        Layout("mark", mark.span.start, mark.span.end, mark.kind)
        for mark in record.marks
        if mark.source == source.id
    ]
    return found


class _Layers:
    """What lies on the text, each layer without overlaps of its own."""

    def __init__(self, record: Record, turns: Sequence[Turn]) -> None:
        here = record.sources[0].id
        self.marks = Layer((mark.span, mark) for mark in record.marks if mark.source == here)
        self.labels = Layer((turn.label, turn) for turn in turns if turn.label)
        self.separators = Layer(
            (Span(turn.label.end, turn.speech[0].start), turn)
            for turn in turns
            if turn.label and turn.speech and turn.label.end < turn.speech[0].start
        )
        self.speech = Layer((piece, turn) for turn in turns for piece in turn.speech)
        self.turns = Layer((turn.span, turn) for turn in turns)
        self.blocks = Layer((block.span, block) for block in record.blocks if block.source == here)

    def __iter__(self) -> Iterator[Layer[Mark] | Layer[Turn] | Layer[Block]]:
        yield from (self.marks, self.labels, self.separators, self.speech, self.turns)
        yield self.blocks

    def piece(self, start: int, end: int) -> Piece:
        """What stretches between two neighbouring edges; marks come first, then labels, then speech."""
        turn, block, mark = self.turns.at(start), self.blocks.at(start), self.marks.at(start)
        kind: PieceKind = "stray" if block is None or block.kind == "transcript" else block.kind
        if mark:
            kind = "mark"
        elif self.labels.at(start):
            kind = "label"
        elif self.speech.at(start):
            kind = "speech"
        elif kind == "stray" and self.separators.at(start):
            kind = "separator"
        return Piece(kind, start, end, turn, block, mark)


def _inked(text: str, piece: Piece) -> Iterator[Piece]:
    """The piece with the blanks at its ends apart; spoken stretches, labels and marks keep their own characters."""
    if piece.kind in ("speech", "label", "mark", "separator"):
        yield piece
        return
    characters = text[piece.start : piece.end]
    left = piece.start + len(characters) - len(characters.lstrip(_BLANK))
    right = max(left, piece.start + len(characters.rstrip(_BLANK)))
    yield piece._replace(kind="blank", end=left)
    yield piece._replace(start=left, end=right)
    yield piece._replace(kind="blank", start=right)
