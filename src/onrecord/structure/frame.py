"""The article apart from the transcript: frame, headings, furniture. The blocks tile the source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from onrecord import lexicon
from onrecord.model import BlockKind
from onrecord.structure.lines import Lines
from onrecord.text.expressions import later

HEADING = 150
"""Characters in the longest line taken for a heading."""


class RawBlock(NamedTuple):
    """`text[start:end]` has one function."""

    start: int
    end: int
    kind: BlockKind


class Page(NamedTuple):
    """What the frame is told: the offsets where labels begin, where speech may begin after the last, stretches that
    are marks, headings the file declares, lines that it gives to a speaker, and whether lines are pieces of
    paragraphs (hard-wrapped text, captions)."""

    labels: Sequence[int]
    after: int
    marks: Sequence[tuple[int, int]]
    headings: frozenset[int]
    spoken: frozenset[int]
    wrapped: bool


@cache
def _openings(key: str) -> re.Pattern[str]:
    phrases = {
        phrase.strip().casefold()
        for language in lexicon.languages()
        for phrase in lexicon.load(language, "marks").get(key, "").split("|")
        if phrase.strip()
    }
    return later("|".join(re.escape(phrase) for phrase in sorted(phrases, key=lambda p: (-len(p), p))))


def find_blocks(text: str, lines: Lines, page: Page) -> list[RawBlock]:
    """Blocks in order; every character of `text` lies in exactly one."""
    kinds = _line_kinds(text, lines, page)
    blocks: list[RawBlock] = []
    start = 0
    first = page.labels[0] if page.labels else len(text)
    current: BlockKind | None = None
    for index, kind in enumerate(kinds):
        begin = lines.starts[index]
        if current is None:
            current = kind
        elif kind != current or kind == "heading":
            if current == "frame" and start < first < begin:  # a label between two captions, in none of them
                blocks.append(RawBlock(start, first, "frame"))
                start, current = first, "transcript"
            if kind != current or kind == "heading":
                blocks.append(RawBlock(start, begin, current))
                start, current = begin, kind
        if kind == "frame" and begin < first < lines.ends[index]:
            blocks.append(RawBlock(start, first, "frame"))
            start, current = first, "transcript"
    if start < len(text):
        blocks.append(RawBlock(start, len(text), current or "furniture"))
    return blocks


def _line_kinds(text: str, lines: Lines, page: Page) -> list[BlockKind]:
    count = len(lines.starts)
    labelled = {lines.at(offset) for offset in page.labels}
    first = min(labelled, default=count)
    last = max(labelled, default=-1)
    marked = {index for start, end in page.marks for index in _marked(lines, start, end)}
    kinds: list[BlockKind] = ["frame" if index < first else "transcript" for index in range(count)]
    if first < count and page.labels[0] > lines.starts[first]:
        kinds[first] = "frame"
    # Whoever has a label says something: "Fine." behind a label on a line of its own is no end of the page.
    bare = 0 <= last < count and not text[page.after : lines.ends[last]].strip()
    spoken = {lines.at(offset) for offset in page.spoken}
    _furnish(text, lines, kinds, first, max(last + bare, *spoken, -1))
    _head(text, lines, kinds, page, labelled | spoken, marked)
    return kinds


def _marked(lines: Lines, start: int, end: int) -> range:
    """The lines that begin with a mark, or inside one that began on a line before."""
    first = lines.at(start)
    return range(first + (first < 0 or lines.starts[first] != start), lines.at(end - 1) + 1)


def _furnish(text: str, lines: Lines, kinds: list[BlockKind], first: int, last: int) -> None:
    """Furniture lines before the first label, and everything after the transcript has ended."""
    furniture, ends = _openings("furniture"), _openings("ends")
    for index in range(min(first, len(kinds))):
        if lines.ends[index] - lines.starts[index] < 200 and furniture.match(_folded(text, lines, index)):
            kinds[index] = "furniture"
    for index in range(max(last + 1, 0), len(kinds)):
        folded = _folded(text, lines, index)
        ended = ends.match(folded)
        if last >= 0 and ended and len(folded) <= len(ended[0]) + 3:
            kinds[index] = "heading"
            kinds[index + 1 :] = ["furniture"] * (len(kinds) - index - 1)
            return
        if furniture.match(folded) and lines.ends[index] - lines.starts[index] < 200:
            if last >= 0:
                kinds[index:] = ["furniture"] * (len(kinds) - index)
                return
            kinds[index] = "furniture"


def _folded(text: str, lines: Lines, index: int) -> str:
    return text[lines.starts[index] : lines.starts[index] + 60].split("\n")[0].lstrip("#*-–— ").casefold()


def _head(
    text: str, lines: Lines, kinds: list[BlockKind], page: Page, labelled: set[int], marked: set[int]
) -> None:
    """Headings: declared by the file, or a short line without a full stop that leads to a label or another heading."""
    leads = True  # whether the line after this one is a label, a heading or the end
    for index in range(len(kinds) - 1, -1, -1):
        start, _end = lines.starts[index], lines.ends[index]
        if index in labelled:
            leads = True
        elif index in marked:
            continue
        elif kinds[index] in ("frame", "transcript") and (
            start in page.headings or _looks_like_heading(text, lines, index, page, leads, kinds[index])
        ):
            kinds[index] = "heading"
            leads = True
        else:
            leads = False


_ENDINGS = ".!?…:;,»”\"'’—–-"


def _looks_like_heading(
    text: str, lines: Lines, index: int, page: Page, leads: bool, kind: BlockKind
) -> bool:
    start, end = lines.starts[index], lines.ends[index]
    if end - start > HEADING or text[end - 1] in _ENDINGS:
        return False
    line = text[start:end]
    if line.startswith("#") and line.lstrip("#").startswith(" "):
        return True
    if line[0].islower():
        return False
    if page.wrapped:
        return lines.indents[index] >= 5 and line.isupper()
    if kind == "frame":
        return (
            index == 0 or (leads and end - start <= 100) or (end - start <= 80 and _ended(text, lines, index))
        )
    return leads and _ended(text, lines, index)


def _ended(text: str, lines: Lines, index: int) -> bool:
    """Whether the line before is complete: a heading never interrupts a sentence."""
    return (
        index == 0
        or text[lines.ends[index - 1] - 1] in '.!?…:»”")]’'
        or lines.ends[index - 1] - lines.starts[index - 1] <= HEADING
    )


def is_wrapped(text: str, lines: Lines) -> bool:
    """Whether lines are pieces of paragraphs: most longer lines end without the end of a sentence."""
    longer = [end for start, end in zip(lines.starts, lines.ends, strict=True) if 24 < end - start < 100]
    if len(longer) < 12 or len(longer) < 0.4 * len(lines.starts):
        return False
    return sum(text[end - 1] in _ENDINGS + ")]" for end in longer) < 0.5 * len(longer)
