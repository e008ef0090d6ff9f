"""Extracted text under construction: one paragraph a line, and where on the page each stretch came from.

>>> page = Page()
>>> heading, speech = Run(), Run()
>>> heading.add("Budget"); page.put(heading, "heading", "1")
(0, 6)
>>> speech.add("Ada Roe:", bold=True); speech.add("  Good\\n morning. "); page.put(speech)
(7, 29)
>>> text, layout = page.done()
>>> text
'Budget\\nAda Roe: Good morning.'
>>> [(item.kind, text[item.start:item.end]) for item in layout][2]
('bold', 'Ada Roe:')
"""

from __future__ import annotations

import re

from onrecord.sources.reading import Layout, LayoutKind

_WHITE = re.compile(r"[ \t\n\r\f]+")  # what markup collapses; a no-break space stays
_BLANKS = " \t\n\r\f"


class Run:
    """The characters of one paragraph, as they arrive."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._bold: list[tuple[int, int]] = []
        self._length = 0
        self._last = "\n"

    def add(self, text: str, *, bold: bool = False, exact: bool = False) -> None:
        """Append characters; white space collapses as in a browser unless `exact`."""
        if not exact:
            text = _WHITE.sub(" ", text)
            if self._last in _BLANKS:
                text = text.removeprefix(" ")
        if not text:
            return
        start, self._length = self._length, self._length + len(text)
        self._pieces.append(text)
        self._last = text[-1]
        if bold:
            self._bold.append((start, self._length))

    def ends_line(self) -> bool:
        """Whether nothing was added yet, or the last character ended a line."""
        return self._last == "\n"

    def done(self) -> tuple[str, list[tuple[int, int]]]:
        """The characters without white space at the ends, and the bold stretches among them."""
        whole = "".join(self._pieces)
        left = len(whole) - len(whole.lstrip(_BLANKS))
        text = whole.strip(_BLANKS)
        bold: list[tuple[int, int]] = []
        for start, end in self._bold:
            start, end = max(start - left, 0), min(end - left, len(text))
            piece = text[start:end]
            if not piece.strip():
                continue
            start += len(piece) - len(piece.lstrip())
            end = start + len(piece.strip())
            if bold and not text[bold[-1][1] : start].strip(" "):
                start = bold.pop()[0]
            bold.append((start, end))
        return text, bold


class Page:
    """The lines of a document and their layout."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._layout: list[Layout] = []
        self._length = 0

    def put(self, run: Run, kind: LayoutKind = "paragraph", value: str | None = None) -> tuple[int, int]:
        """Append a paragraph of a kind; its range in the text (empty where the run was blank)."""
        text, bold = run.done()
        return self.line(text, kind, value, bold)

    def line(
        self,
        text: str,
        kind: LayoutKind = "paragraph",
        value: str | None = None,
        bold: list[tuple[int, int]] | None = None,
    ) -> tuple[int, int]:
        """Append a finished line; its range in the text."""
        if not text.strip():
            return self._length, self._length
        start = self._length + bool(self._lines)
        self._lines.append(text)
        self._length = start + len(text)
        self._layout.append(Layout(kind, start, self._length, value))
        self._layout += [Layout("bold", start + s, start + e) for s, e in bold or ()]
        return start, self._length

    def mark(self, kind: LayoutKind, start: int, end: int, value: str | None = None) -> None:
        """Say something more about characters that were put already."""
        self._layout.append(Layout(kind, start, end, value))

    def done(self) -> tuple[str, tuple[Layout, ...]]:
        """The text, and its layout in the order of the text."""
        return "\n".join(self._lines), tuple(sorted(self._layout, key=lambda item: (item.start, -item.end)))
