"""What a PDF holds besides the text of its pages: remarks, form fields, attached files. Counted and told, not read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from onrecord.sources.limits import NOTES
from onrecord.sources.reading import ReaderNote

_MOST = 1000  # annotations of a page that are looked at
_WIDGET = 20  # FPDF_ANNOT_WIDGET, a field of a form
_SILENT = frozenset({2, 16})  # links and the windows of other remarks: FPDF_ANNOT_LINK, FPDF_ANNOT_POPUP


def count_aside(raw: Any, page: Any, found: Counter[str]) -> None:
    """Add the characters of a page's remarks and filled-in fields to `found`, and how many there are."""
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        subtype = raw.FPDFAnnot_GetSubtype(annotation)
        if subtype not in _SILENT:
            what = "form field" if subtype == _WIDGET else "annotation"
            size = _length(raw, annotation, b"V" if subtype == _WIDGET else b"Contents")
            found[what] += size > 0
            found[f"in {what}"] += size
        raw.FPDFPage_CloseAnnot(annotation)


def _length(raw: Any, annotation: Any, key: bytes) -> int:
    """Characters of a string of an annotation; pdfium counts bytes of UTF-16 and a zero at the end."""
    size = int(raw.FPDFAnnot_GetStringValue(annotation, key, None, 0))
    return max(0, size // 2 - 1)


def aside_notes(document: Any, found: Counter[str]) -> Iterator[ReaderNote]:
    """What was counted, and the attached files by name."""
    for what in ("annotation", "form field"):
        if count := found[what]:
            many = f"1 {what} is" if count == 1 else f"{count} {what}s are"
            yield ReaderNote("unread", f"{many} not read ({found[f'in {what}']} characters)")
    for index in range(min(document.count_attachments(), NOTES)):
        name = " ".join(str(document.get_attachment(index).get_name()).split())
        yield ReaderNote("unread", f"an attached file is not read: {name[:80]}")
