"""Stage 3: the article apart from the transcript, the label convention, turns and marks.

`read_structure` is the whole stage. First the convention is detected from the document itself, then labels are
accepted, then the floor is cut into turns. Nobody is resolved here: labels stay printed text (`people/` comes next).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from onrecord.sources.reading import Layout, Reading
from onrecord.structure import acceptance, conventions, frame, inline, marks, turns
from onrecord.structure.brackets import find_brackets
from onrecord.structure.conventions import NAMES, Convention
from onrecord.structure.exact import EXACT, is_exact, listed_people, read_exact
from onrecord.structure.frame import RawBlock
from onrecord.structure.given import Given, read_given
from onrecord.structure.grammars import Candidate
from onrecord.structure.lines import Lines, find_lines
from onrecord.structure.marks import RawMark
from onrecord.structure.printed import LabelParts
from onrecord.structure.turns import RawTurn

__all__ = [
    "EXACT",
    "NAMES",
    "Convention",
    "LabelParts",
    "RawBlock",
    "RawMark",
    "RawTurn",
    "Structure",
    "is_exact",
    "listed_people",
    "read_structure",
]

_CUE_TIME = re.compile(
    r"(?:\d{1,2}:)?\d{1,2}:\d{2}[.,]\d{3} {1,4}--> {1,4}(?:\d{1,2}:)?\d{1,2}:\d{2}[.,]\d{3}"
)

DocumentKind = Literal["article", "transcript", "both", "other"]


class Structure(NamedTuple):
    """Where everything stands, before anybody is resolved. Offsets are code points of the reading's text."""

    convention: Convention
    kind: DocumentKind
    blocks: list[RawBlock]
    turns: list[RawTurn]
    marks: list[RawMark]
    lines: Lines
    scaffold: list[tuple[int, int]]  # tags and cue numbers: printed for machines, nobody's words


def read_structure(reading: Reading, without: frozenset[str] = frozenset()) -> Structure:
    """Blocks, turns and marks of a reading; `without` switches label grammars off by name (for evaluation)."""
    text = reading.text
    if is_exact(reading.layout):
        return _said(text, reading.layout)
    cues = [item for item in reading.layout if item.kind == "time"]
    captions = bool(cues) and "json" not in reading.media_type  # where more is printed than what is said
    lines = find_lines(text, [(cue.start, cue.end) for cue in cues] if captions else None)
    brackets = find_brackets(text)
    given: Given | None = None
    if "given" not in without and any(item.kind == "speaker" for item in reading.layout):
        given = read_given(text, lines, reading.layout, one_turn_each="json" in reading.media_type)
        convention, labels = given.convention, given.labels
    else:
        convention, labels = _detected(text, lines, brackets, reading.layout, without)
    printed = [(label.start, label.end) for label in labels]
    pages = [RawMark(item.start, item.end, "page") for item in reading.layout if item.kind == "page"]
    found_marks = marks.find_marks(text, lines, brackets, printed, pages + (given.marks if given else []))
    hidden = [(item.start, item.end) for item in reading.layout if item.kind == "hidden"]
    scaffold = _merge(_scaffold(text, lines, labels, captions))
    page = frame.Page(
        labels=[label.start for label in labels],
        after=labels[-1].after if labels else 0,
        marks=[(mark.start, mark.end) for mark in found_marks],
        headings=frozenset(item.start for item in reading.layout if item.kind == "heading"),
        spoken=frozenset(given.spoken) if given else frozenset(),
        wrapped=frame.is_wrapped(text, lines) or captions,
    )
    blocks = frame.find_blocks(text, lines, page)
    cuts = _merge(
        [(mark.start, mark.end) for mark in found_marks]
        + hidden
        + scaffold
        + (given.gaps if given else [])
        + [(block.start, block.end) for block in blocks if block.kind != "transcript"]
    )
    cut = turns.cut_turns(text, labels, cuts, len(text))
    timed = _timed(cut, cues)
    return Structure(convention, _kind(text, blocks, labels), blocks, timed, found_marks, lines, scaffold)


def _said(text: str, layout: Sequence[Layout]) -> Structure:
    """The structure that a file of our own says in full."""
    convention, blocks, turns, marks = read_exact(layout)
    kind = _kind(text, blocks, turns)
    return Structure(convention, kind, blocks, turns, marks, find_lines(text, None), [])


def _detected(
    text: str,
    lines: Lines,
    brackets: Sequence[tuple[int, int]],
    layout: Sequence[Layout],
    without: frozenset[str],
) -> tuple[Convention, list[Candidate]]:
    bold = {item.start: item.end for item in layout if item.kind == "bold"}
    flat = inline.is_flat(lines)
    glued = inline.scan_inline(text, lines, brackets) if flat else ()
    found = conventions.candidates(text, lines, without, bold, glued)
    convention, proofs = conventions.decide(text, found, lines)
    labels = acceptance.accept(text, convention, proofs, lines)
    if labels:
        labels = inline.with_glued(text, lines, brackets, labels, flat)
    return conventions.settle(convention, labels, len(text)), labels


def _scaffold(text: str, lines: Lines, labels: Sequence[Candidate], captions: bool) -> list[tuple[int, int]]:
    """Tags around labels, and what lies between the payloads of captions: neither speech nor mark."""
    pieces = []
    if "-->" in text:
        pieces += [match.span() for match in _CUE_TIME.finditer(text)]
    for label in labels:
        if label.grammar in ("tag", "voice"):
            pieces.append((text.rfind("<", 0, label.start), label.after))
    if labels and labels[0].grammar == "tag":
        pieces += [
            (start, end)
            for start, end in zip(lines.starts, lines.ends, strict=True)
            if text[start] == "<" and text[end - 1] == ">" and end - start < 300
        ]
    if captions:
        at = 0
        for start, end in zip(lines.starts, lines.ends, strict=True):
            pieces.append((at, start))
            at = end
        pieces.append((at, len(text)))
    return pieces


def _merge(pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted, disjoint stretches."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(pieces):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return merged


def _timed(cut: list[RawTurn], cues: Sequence[Layout]) -> list[RawTurn]:
    """Give each turn the time from its first cue to its last."""
    if not cues:
        return cut
    timed, at = [], 0
    for turn in cut:
        while at < len(cues) and cues[at].end <= turn.start:
            at += 1
        last = at
        while last + 1 < len(cues) and cues[last + 1].start < turn.end:
            last += 1
        if at < len(cues) and cues[at].start < turn.end and cues[at].value and cues[last].value:
            begin = float(str(cues[at].value).split()[0])
            finish = float(str(cues[last].value).split()[1])
            turn = turn._replace(time=(begin, finish))
        timed.append(turn)
        at = last
    return timed


def _kind(
    text: str, blocks: Sequence[RawBlock], labels: Sequence[Candidate] | Sequence[RawTurn]
) -> DocumentKind:
    prose = sum(len(text[block.start : block.end].split()) for block in blocks if block.kind == "frame")
    if labels:
        return "both" if prose >= 60 else "transcript"
    return "article" if prose >= 12 else "other"
