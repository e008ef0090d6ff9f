"""Lines of a paged document become paragraphs again; running heads, feet and page numbers become page
marks.

A PDF knows no paragraphs, only lines with places. A line begins a new paragraph when it is indented, stands
further below than usual, begins bold, is set larger, or when the line before it stops short. Page marks
stay in the text, as lines of their own, but never inside a paragraph that runs on over the page.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from onrecord.sources.page import Page
from onrecord.sources.reading import Layout, ReaderNote

_NUMBER = re.compile(
    r"\W{0,4}(?:(?:page|seite|página|pagina|стр\.?|p\.)\s{1,3})?(\d{1,4})(?:\s{0,3}(?:/|of|de|sur|von|из)\s{0,3}\d{1,4})?\W{0,4}",
    re.I,
)
_DIGITS = re.compile(r"\d{1,9}")
_HYPHENS = "-\u00ad\u2010"
_SOFT = "\u00ad"  # never belongs to the word
_WORD_END = re.compile(r"[^\W\d_]{1,60}\Z")
_WORD_START = re.compile(r"[^\W\d_]{1,60}")
_LABELLED = re.compile(r"[^\W\d_][^:.!?]{0,60}:\s")  # a speaker may stand here, flush with the margin
_EDGE = 0.12  # of a page's height: where running heads and feet stand
_SENTENCE_END = (".", "!", "?", "…", ":", ";", "»", "”", '"', ")", "]")


class Line(NamedTuple):
    """One printed line: its characters, its box (left, bottom, right, top; None if unknown), the page's
    height.
    """

    text: str
    box: tuple[float, float, float, float] | None
    page_height: float
    bold: int = 0  # characters at its start that are bold


class _Measure(NamedTuple):
    """What is usual in the document, in points."""

    left: float
    right: float
    size: float
    leading: float


def compose(pages: list[list[Line]]) -> tuple[str, tuple[Layout, ...], list[ReaderNote]]:
    """The text of all pages with layout (paragraph, heading, bold, page), and notes on what was joined."""
    running = _running(pages)
    body = [line for number, page in enumerate(pages) for line in page if (number, line) not in running]
    measure = _measured(body)
    joiner = _Joiner(body)
    page_out = Page()
    open_lines: list[Line] = []
    waiting: list[tuple[str, str]] = []

    def close() -> None:
        if open_lines:
            _put(page_out, open_lines, joiner, measure)
            open_lines.clear()
        for text, number in waiting:
            page_out.line(text, "page", number)
        waiting.clear()

    for number, page in enumerate(pages):
        for line in page:
            if (number, line) in running:
                match = _NUMBER.fullmatch(line.text)
                waiting.append((line.text, match[1] if match else str(number + 1)))
            else:
                if not open_lines or _begins(open_lines[-1], line, measure):
                    close()
                open_lines.append(line)
    close()
    text, layout = page_out.done()
    return text, layout, joiner.notes()


def _put(page: Page, lines: list[Line], joiner: _Joiner, measure: _Measure | None) -> None:
    text = lines[0].text
    for line in lines[1:]:
        text = joiner.join(text, line.text)
    bold = [(0, lines[0].bold)] if lines[0].bold else []
    whole_bold = all(line.bold >= len(line.text) for line in lines)
    large = measure is not None and all(_size(line) > 1.25 * measure.size for line in lines)
    if (
        len(lines) <= 3
        and len(text) < 200
        and (large or (whole_bold and not text.rstrip().endswith((":", "."))))
    ):
        page.line(text, "heading", "1" if large else "2", bold)
    else:
        page.line(text, "paragraph", None, bold)


# ----------------------------------------------------------------------------------------- page furniture


def _running(pages: list[list[Line]]) -> set[tuple[int, Line]]:
    """Heads and feet: page numbers at the edge, and lines at the edge that return on other pages but for
    digits.
    """
    edges: dict[int, list[Line]] = {number: list(_edge(page)) for number, page in enumerate(pages)}
    seen: Counter[str] = Counter()
    for lines in edges.values():
        seen.update({_DIGITS.sub("#", line.text) for line in lines})
    often = max(2, min(3, len(pages)))
    return {
        (number, line)
        for number, lines in edges.items()
        for line in lines
        if (len(pages) > 1 and seen[_DIGITS.sub("#", line.text)] >= often) or _NUMBER.fullmatch(line.text)
    }


def _edge(page: list[Line]) -> Iterator[Line]:
    """The first and last lines of a page that stand near its edge (where places are unknown: the very first
    and last).
    """
    for line in dict.fromkeys(page[:3] + page[-3:]):
        if line.box is None:
            if line in (page[0], page[-1]):
                yield line
        elif line.box[1] > line.page_height * (1 - _EDGE) or line.box[3] < line.page_height * _EDGE:
            yield line


# ---------------------------------------------------------------------------------------------- paragraphs


def _measured(lines: list[Line]) -> _Measure | None:
    """The usual margins, size and leading; None when nothing is known about places."""
    boxes = [line.box for line in lines if line.box is not None]
    if len(boxes) < 2:
        return None
    size = statistics.median(top - bottom for _, bottom, _, top in boxes)
    gaps = [a[1] - b[1] for a, b in pairwise(boxes) if 0 < a[1] - b[1] < 4 * max(size, 1)]
    left = Counter(round(box[0]) for box in boxes).most_common(1)[0][0]
    rights = sorted(box[2] for box in boxes)
    leading = statistics.median_low(gaps) if gaps else size * 1.3
    return _Measure(float(left), rights[len(rights) * 9 // 10], size, leading)


def _size(line: Line) -> float:
    return line.box[3] - line.box[1] if line.box is not None else 0.0


def _begins(before: Line, line: Line, measure: _Measure | None) -> bool:
    """Whether `line` begins a new paragraph."""
    if measure is None or before.box is None or line.box is None:
        return before.text.endswith(_SENTENCE_END) or line.text[:1].isupper()
    if line.bold and before.bold < len(before.text):
        return True
    if before.text.endswith(_SENTENCE_END) and _LABELLED.match(line.text):
        return True
    if (before.bold >= len(before.text)) != (line.bold >= len(line.text)):
        return not line.bold and not _runs_on(before, line)
    drop = before.box[1] - line.box[1]
    if drop > measure.leading * 1.4 + 1:
        return True
    if abs(_size(line) - _size(before)) > 0.45 * measure.size:
        return True
    if line.box[0] - before.box[0] > 0.8 * measure.size and line.box[0] > measure.left + 0.8 * measure.size:
        return True
    short = before.box[2] < measure.right - 0.15 * (measure.right - measure.left)
    return short and (before.text.endswith(_SENTENCE_END) or not line.text[:1].islower())


def _runs_on(before: Line, line: Line) -> bool:
    return not before.text.endswith(_SENTENCE_END) and line.text[:1].islower()


class _Joiner:
    """Joins lines, and decides for each hyphen at a line's end whether it belongs to the word."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._words = Counter(
            re.findall(
                r"[^\W\d_]{2,60}(?:-[^\W\d_]{1,60}){0,6}", " ".join(line.text for line in lines).lower()
            )
        )
        self._joined = self._kept = 0

    def join(self, before: str, after: str) -> str:
        """Two lines as one, with a space, with the hyphen, or with the broken word made whole."""
        head = before.rstrip(_HYPHENS)
        end, start = _WORD_END.search(head), _WORD_START.match(after)
        if len(head) == len(before) or end is None or start is None:
            return f"{before} {after}"
        if before[-1] not in _SOFT and self._keeps(end[0], start[0]):
            self._kept += 1
            return f"{head}-{after}"
        self._joined += 1
        return head + after

    def _keeps(self, end: str, start: str) -> bool:
        """Whether the hyphen is the word's own: the document decides by how it prints the word elsewhere."""
        printed = self._words[f"{end}-{start}".lower()] - self._words[f"{end}{start}".lower()]
        return printed > 0 or (printed == 0 and start[0].isupper())  # "Jean-Marie", where nothing is known

    def notes(self) -> list[ReaderNote]:
        """How many words were made whole: the one place where a printed character is left out."""
        if not self._joined:
            return []
        many = "s" if self._joined > 1 else ""
        return [
            ReaderNote(
                "hyphen", f"{self._joined} word{many} broken at a line's end joined without the hyphen"
            )
        ]
