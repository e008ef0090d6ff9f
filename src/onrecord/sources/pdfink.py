"""Is a line of a PDF there to be seen? Off the page, without ink, or white on paper that nothing darkens, it is not."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

_INVISIBLE = 3  # FPDF_TEXTRENDERMODE_INVISIBLE: the words behind a scanned picture, or words for nobody
_TEXT = 1  # FPDF_PAGEOBJ_TEXT
_WHITE = 252  # of 255, in each colour
_TINY = 1.5  # points from the foot of a line to its head
_LOOKED_AT = 2000  # objects of a page

Box = tuple[float, float, float, float]


class Ink:
    """The lines of one page, asked one by one; what lies behind them is only looked for where it matters."""

    def __init__(self, raw: Any, page: Any, textpage: Any) -> None:
        self._raw, self._page, self._textpage = raw, page, textpage
        left, bottom, right, top = map(float, page.get_bbox())
        self._edges = (left, bottom, right, top) if right - left > 1 and top - bottom > 1 else None
        self._bare: bool | None = None

    def why_unseen(self, index: int, box: Box | None) -> str | None:
        """Why nobody sees the line whose first printed character stands at `index`; None when it is seen."""
        if box is not None and self._outside(box):
            return "outside the page"
        if box is not None and box[3] - box[1] < _TINY:
            return "smaller than can be read"
        if self._mode(index) == _INVISIBLE and self._is_bare():
            return "printed without ink"
        return "white on white" if self._is_white(index) and self._is_bare() else None

    def _outside(self, box: Box) -> bool:
        if self._edges is None:
            return False
        left, bottom, right, top = self._edges
        return box[2] < left or box[0] > right or box[3] < bottom or box[1] > top

    def _mode(self, index: int) -> int:
        found = self._raw.FPDFText_GetTextObject(self._textpage, index)
        return int(self._raw.FPDFTextObj_GetTextRenderMode(found)) if found else 0

    def _is_white(self, index: int) -> bool:
        colours = [ctypes.c_uint() for _ in range(4)]
        known = self._raw.FPDFText_GetFillColor(self._textpage, index, *colours)
        return bool(known) and (all(one.value >= _WHITE for one in colours[:3]) or colours[3].value == 0)

    def _is_bare(self) -> bool:
        """Whether there is nothing on the page but text, so that its paper is white."""
        if self._bare is None:
            self._bare = all(kind == _TEXT for kind in self._kinds())
        return self._bare

    def _kinds(self) -> Iterator[int]:
        for index in range(min(self._raw.FPDFPage_CountObjects(self._page), _LOOKED_AT)):
            yield self._raw.FPDFPageObj_GetType(self._raw.FPDFPage_GetObject(self._page, index))
