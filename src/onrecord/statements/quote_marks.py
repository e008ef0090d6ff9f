"""Quotation marks become quotations: typed pairs, nesting, paragraphs re-opened, orphans and unclosed marks.

>>> text = '“One,” she said. “Two ‘inner’ words.”'
>>> [text[q.start:q.end] for q in read_marks(text)]
['One,', 'Two ‘inner’ words.']

The reading never fails and never looks back further than a paragraph: an odd mark costs its own paragraph at most.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

Closing = Literal["closed", "reopened", "unclosed", "unopened"]


class Quotation(NamedTuple):
    """What stands between two marks of one paragraph; `[start, end)` is without the marks, `[left, right)` with.

    closed     both marks are there
    reopened   no closing mark, but the next paragraph opens again: the speech goes on there
    unclosed   the closing mark is missing; the quotation ends with its paragraph
    unopened   the opening mark is missing; the quotation begins with its paragraph
    """

    left: int
    start: int
    end: int
    right: int
    closing: Closing = "closed"

    @property
    def sure(self) -> bool:
        """Whether both ends are printed, or the page's own habit accounts for the one that is not."""
        return self.closing in ("closed", "reopened")


PAIRS = {
    "“": "”",
    "„": "“”",
    "«": "»",
    "»": "«",
    "''": "''",
    "``": "''",
    '"': '"',
    "‘": "’‘",
    "‚": "‘’",
    "'": "'",
    "‹": "›",
}
"""Opening marks with their closing ones. German prints „so“ and »so«, others « so »: what is open decides."""

_SINGLE = {"‘", "‚", "'", "‹"}
# Any mark, and only then whether it is doubled or an apostrophe: a search skips from one to the next.
_MARK = re.compile(
    r"[“”„«»\"‘‚‹›‟'’`](?:(?<=[“”„«»\"‘‚‹›‟])|(?<=')'|(?<=`)`|(?<=’)’"
    r"|(?<=')(?:(?<![^\W_]')|(?![^\W_]))|(?<=’)(?![^\W_]))"
)
_PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029]*[^\s]")
_OPENS = frozenset(" \t\u00a0\u202f([{—–-/\u2009'\"“‘«„")
_CLOSES = frozenset(" \t\u00a0\u202f)]}.,;:!?…—–-\n'\"”’»")
_SPACES = " \t\u00a0\u202f\u2009"
_SINGLE_LIMIT = 600  # characters; single marks further apart are apostrophes
_DEEPEST = 8  # nested marks that are kept track of; no real text needs more


def read_marks(text: str, start: int = 0, end: int | None = None) -> list[Quotation]:
    """The outermost quotations of a slice in order, none overlapping; linear in the text."""
    stop = len(text) if end is None else end
    found: list[Quotation] = []
    for left, right in paragraphs(text, start, stop):
        marks = list(_MARK.finditer(text, left, right))
        if not marks:
            continue
        if found and found[-1].closing == "unclosed" and _opens_again(text, found[-1], left):
            found[-1] = found[-1]._replace(closing="reopened")
        found += _Paragraph(text, left, right, marks).quotations()
    return found


def paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The lines of the slice that hold more than white space, without their line ends."""
    for line in _PARAGRAPH.finditer(text, start, end):
        yield line.start(), line.end()


def _opens_again(text: str, before: Quotation, at: int) -> bool:
    """Whether a paragraph begins with the mark that the quotation before it never closed."""
    mark = text[before.left : before.start].rstrip(_SPACES)
    return bool(mark) and text.startswith(mark, at) and not text[before.right : at].strip()


class _Paragraph:
    """The state machine over the marks of one paragraph."""

    def __init__(self, text: str, left: int, right: int, marks: Sequence[re.Match[str]]) -> None:
        self.text, self.left, self.right, self.marks = text, left, right, marks
        self.open: list[tuple[str, int, int]] = []  # mark, its start, its end
        self.found: list[Quotation] = []
        self.straight = self._straight()

    def quotations(self) -> list[Quotation]:
        """All outermost quotations; those within straight marks that only one reading allows."""
        for number, match in enumerate(self.marks):
            mark = "''" if match[0] == "’’" else match[0]
            self._take(mark, match.start(), match.end(), number)
        if self.open:
            self._leave()
        return self.found

    def _take(self, mark: str, at: int, after: int, number: int) -> None:
        depth = self._closes(mark, at, after, number)
        if depth is not None:
            _opener, left, inner = self.open[depth]
            del self.open[depth:]
            if not self.open:
                self._add(left, inner, at, after, "closed")
        elif self._may_open(mark, at, after, number):
            if len(self.open) < _DEEPEST:
                self.open.append((mark, at, after))
        elif not self.open and not self.found and self._orphan(mark, at):
            self._add(self.left, self.left, at, after, "unopened")

    def _closes(self, mark: str, at: int, after: int, number: int) -> int | None:
        """The depth of the open mark that this one closes; None if it closes none."""
        if mark in ('"', "''") and self.straight.get(number) == "open":
            return None
        for depth in range(len(self.open) - 1, -1, -1):
            opener, _left, inner = self.open[depth]
            if mark not in PAIRS[opener] or not mark:
                continue
            if opener in ("'", "‘", "‚") and not self._single_closes(opener, inner, at, after):
                return None
            return depth
        return None

    def _single_closes(self, opener: str, inner: int, at: int, after: int) -> bool:
        text = self.text
        if at == inner or at - inner > _SINGLE_LIMIT or text[at - 1] in _SPACES:
            return False
        if after < self.right and text[after] not in _CLOSES:
            return False
        if text[at - 1] in ".,!?…" or (after < self.right and text[after] in '.,;:!?)—”"») '):
            return (
                opener != "'"
                or text[at - 1] != "s"
                or text[at - 1] in ".,!?"
                or "'" not in text[after : after + 200]
            )
        return True

    def _may_open(self, mark: str, at: int, after: int, number: int) -> bool:
        if mark in ("”", "’", "›", "‟"):
            return False
        text = self.text
        if mark in _SINGLE:
            before = text[at - 1] if at > self.left else " "
            return before in _OPENS and after < self.right and text[after] not in _CLOSES
        if mark == "»":  # opens only where the text prints »so«
            follows = text[after] if after < self.right else " "
            return follows not in _CLOSES and (at == self.left or text[at - 1] in _OPENS)
        if mark in ('"', "''"):
            return self.straight.get(number) != "close"
        return True

    def _orphan(self, mark: str, at: int) -> bool:
        """Whether a closing mark without its opening one ends a quotation that began before the paragraph did."""
        if mark in ('"', "''"):
            return at > self.left and self.text[at - 1] not in _SPACES
        return mark in "”»" and at > self.left

    def _straight(self) -> dict[int, str]:
        """Which straight marks open and which close, where the spaces around them say so against a plain count."""
        told = {
            number: self._side(match.start(), match.end())
            for number, match in enumerate(self.marks)
            if match[0] in ('"', "''", "’’")
        }
        order = list(told)
        plain = {number: "close" if at % 2 else "open" for at, number in enumerate(order)}
        wrong = sum(1 for number in order if told[number] and told[number] != plain[number])
        if len(order) % 2 == 0 and wrong < len(order):
            return plain
        side, read = "open", {}
        for number in order:
            read[number] = told[number] or side
            side = "close" if read[number] == "open" else "open"
        return read

    def _side(self, at: int, after: int) -> str:
        before = self.text[at - 1] if at > self.left else " "
        follows = self.text[after] if after < self.right else " "
        opens, closes = before in _OPENS, follows in _CLOSES
        return "open" if opens and not closes else "close" if closes and not opens else ""

    def _leave(self) -> None:
        """What is still open at the end of the paragraph: the outermost mark that can carry a quotation."""
        for mark, left, inner in self.open:
            if mark not in _SINGLE:
                self._add(left, inner, self.right, self.right, "unclosed")
                return

    def _add(self, left: int, start: int, end: int, right: int, closing: Closing) -> None:
        text = self.text
        while start < end and text[start] in _SPACES:
            start += 1
        while end > start and text[end - 1] in _SPACES:
            end -= 1
        if start < end:
            self.found.append(Quotation(left, start, end, right, closing))
