"""Every character has an owner: the counts that a reader is shown, and that must sum to the whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.model import Coverage, Turn
from onrecord.structure import RawBlock, RawMark

_Piece = tuple[int, int]


def count_coverage(
    text: str,
    blocks: Sequence[RawBlock],
    turns: Sequence[Turn],
    marks: Sequence[RawMark],
    scaffold: Sequence[tuple[int, int]] = (),
) -> Coverage:
    """Characters by owner. Blanks are `blank` wherever they stand; of what overlaps, marks come first, then labels,
    speech, headings. Speech is all of the transcript that is neither label nor mark: `attributed` where its speaker
    is known, else `unattributed`. `speech`, `labels`, `marks`, `headings`, `furniture`, `frame` and `blank` sum to
    `characters`.
    """
    total = dict.fromkeys(
        ("attributed", "unattributed", "labels", "marks", "headings", "furniture", "frame"), 0
    )
    blank = 0
    for start, end, owner in _paint(blocks, turns, marks, scaffold):
        inked = _inked(text, start, end)
        blank += end - start - inked
        total[owner] += inked
    speech = total["attributed"] + total["unattributed"]
    return Coverage(characters=len(text), speech=speech, blank=blank, **total)


def _inked(text: str, start: int, end: int) -> int:
    """Characters that are not white space."""
    return sum(map(len, text[start:end].split()))


_SEPARATOR = 6
"""Characters between a label and its speech: a separator, blanks, emphasis marks."""

_OWNERS = {"frame": "frame", "transcript": "unattributed", "heading": "headings", "furniture": "furniture"}


def _paint(
    blocks: Sequence[RawBlock],
    turns: Sequence[Turn],
    marks: Sequence[RawMark],
    scaffold: Sequence[tuple[int, int]],
) -> list[tuple[int, int, str]]:
    """Disjoint stretches with their owner: what is laid over a block takes its characters from it."""
    over: list[tuple[int, int, str]] = [(mark.start, mark.end, "marks") for mark in marks]
    for turn in turns:
        owner = "attributed" if turn.speaker else "unattributed"
        if turn.label:  # with its separator, which nobody speaks
            after = turn.speech[0].start if turn.speech else turn.label.end
            end = after if after - turn.label.end <= _SEPARATOR else turn.label.end
            over.append((turn.label.start, end, "labels"))
        over += [(piece.start, piece.end, owner) for piece in turn.speech]
    over.sort()
    painted: list[tuple[int, int, str]] = []
    at = 0
    for ground, end_of_ground, below in _ground(blocks, scaffold):
        while at < len(over) and over[at][0] < end_of_ground:
            start, end, owner = over[at]
            start = max(start, ground)
            if start > ground:
                painted.append((ground, start, below))
            stop = min(end, end_of_ground)
            if stop > start:
                painted.append((start, stop, owner))
                ground = stop
            if end > end_of_ground:
                break
            at += 1
        if ground < end_of_ground:
            painted.append((ground, end_of_ground, below))
    return painted


def _ground(
    blocks: Sequence[RawBlock], scaffold: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int, str]]:
    """The blocks with the scaffold of captions and tags cut out of them; tiles the text."""
    at = 0
    for block in blocks:
        start = block.start
        while at < len(scaffold) and scaffold[at][0] < block.end:
            cut, end = max(scaffold[at][0], start), min(scaffold[at][1], block.end)
            if cut > start:
                yield start, cut, _OWNERS[block.kind]
            if end > cut:
                yield cut, end, "furniture"
                start = end
            if scaffold[at][1] > block.end:
                break
            at += 1
        if start < block.end:
            yield start, block.end, _OWNERS[block.kind]
