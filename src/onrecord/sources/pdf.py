"""PDF: the lines of its text layer, joined to paragraphs by where they stand on the page.

pdfium gives characters in the order of the file; lines, their boxes and their type come from it, and the
rest of the work, lines into paragraphs and page furniture, is arithmetic in `leaves`.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from onrecord.sources.conservation import letters, lost
from onrecord.sources.leaves import Line, compose
from onrecord.sources.limits import NOTES, Hostile
from onrecord.sources.pdfaside import aside_notes, count_aside
from onrecord.sources.pdfink import Ink
from onrecord.sources.reading import Declined, ReaderNote, Reading

_MAX_PAGES = 5000
_BROKEN = "\ufffe"  # what pdfium puts for a hyphen at a line's end, and for the line's end with it
_PRINTED = re.compile(rf"([^\r\n{_BROKEN}]*)({_BROKEN}|\r\n|\r|\n|\Z)")
_BOLD_WEIGHT = 600


def prepare() -> None:
    """Load all that reading needs, before files are out of reach; system fonts are out of reach, too, so that the
    boxes of characters are the same on every machine.
    """
    import pypdfium2

    pypdfium2.PdfDocument.new().close()
    for codec in ("utf-16-le", "utf-16", "latin-1"):  # of titles and text
        codecs.lookup(codec)


def read(name: str, data: bytes, declared_type: str | None) -> Reading:
    """Extract the text layer; without one the file is declined, because it needs OCR."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        why = "protected by a password" if "assword" in str(error) else "damaged or not a PDF"
        raise Declined(f"not a readable PDF: {why}", final=True) from None
    if count > _MAX_PAGES:
        raise Hostile(f"a PDF of {count} pages; the limit is {_MAX_PAGES}")
    found = _Found()
    pages = [_lines_of(pypdfium2, document, number, found) for number in range(count)]
    if not any(pages):
        hidden = "no text that is seen on a page" if found.hidden else "no text layer, OCR needed"
        raise Declined(hidden if count else "a PDF without pages", final=True)
    text, layout, notes = compose(pages)
    notes = [*notes, *found.notes(), *aside_notes(document, found.aside)]
    if (gap := lost(found.letters, letters(text), found.left_out)) is not None:
        notes.append(gap)
    reader = f"pdf 1, pypdfium2 {pypdfium2.version.PYPDFIUM_INFO.version}"
    partial = bool(found.pictures)
    return Reading(text, "application/pdf", reader, layout, tuple(notes), _metadata(document), partial)


class _Found:
    """What is noticed on the pages besides their lines."""

    def __init__(self) -> None:
        self.letters = 0  # that pdfium finds on the pages, to be accounted for
        self.left_out = 0
        self.pictures: list[int] = []  # pages with something on them, but no text
        self.hidden: list[tuple[str, str]] = []
        self.aside: Counter[str] = Counter()

    def notes(self) -> Iterator[ReaderNote]:
        """What of the pages is not in the text."""
        if self.pictures:
            named = ", ".join(map(str, self.pictures[:NOTES])) + (", …" if len(self.pictures) > NOTES else "")
            yield ReaderNote("unread", f"no text layer on page {named}; OCR needed there")
        for why, words in self.hidden[:NOTES]:
            shown = words if len(words) <= 80 else words[:79] + "…"
            yield ReaderNote("hidden", f"words that nobody sees on the page ({why}), left out: {shown}")
        if len(self.hidden) > NOTES:
            yield ReaderNote(
                "hidden", f"{len(self.hidden)} lines that nobody sees; the first {NOTES} are listed"
            )


def _metadata(document: Any) -> dict[str, str]:
    title = " ".join(str(document.get_metadata_dict().get("Title", "")).split())
    return {"title": title} if title and len(title) <= 300 else {}


def _lines_of(pdfium: Any, document: Any, number: int, found: _Found) -> list[Line]:
    try:
        page = document[number]
        textpage = page.get_textpage()
    except pdfium.PdfiumError:
        found.pictures.append(number + 1)
        return []
    try:
        count_aside(pdfium.raw, page, found.aside)
        lines = list(_lines(pdfium.raw, page, textpage, found))
        # A page without anything on it is blank, and nothing is missing.
        if not lines and pdfium.raw.FPDFPage_CountObjects(page):
            found.pictures.append(number + 1)
        return lines
    finally:
        textpage.close()
        page.close()


def _lines(raw: Any, page: Any, textpage: Any, found: _Found) -> Iterator[Line]:
    """The lines of one page that can be seen, with the box and the type of each."""
    count = textpage.count_chars()
    text = textpage.get_text_range(0, count) if count else ""
    found.letters += letters(text.replace(_BROKEN, ""))
    # pdfium counts UTF-16 units; where its text and its count disagree, indexes cannot be trusted.
    placed = _units(text) == count
    height, ink = page.get_height(), Ink(raw, page, textpage)
    at = 0
    for match in _PRINTED.finditer(text):
        piece, broken = match[1], match[2] == _BROKEN
        units = _units(piece)
        clean = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in piece.replace("\0", ""))
        if clean.strip():
            box = _box(textpage, at, units) if placed else None
            first = at + len(piece) - len(piece.lstrip())
            if placed and (why := ink.why_unseen(first, box)) is not None:
                found.hidden.append((why, clean.strip()))
                found.left_out += letters(clean)
            else:
                bold = _bold_prefix(raw, textpage, at, piece) if placed else 0
                yield Line(clean.strip() + ("-" if broken else ""), box, height, bold)
        at += units + len(match[2])


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _box(textpage: Any, start: int, units: int) -> tuple[float, float, float, float] | None:
    """Left, bottom, right, top of a line in points."""
    rects = textpage.count_rects(start, units)
    if not rects:
        return None
    first = textpage.get_rect(0)
    last = textpage.get_rect(rects - 1)
    left, right = min(first[0], last[0]), max(first[2], last[2])
    return left, min(first[1], last[1]), right, max(first[3], last[3])


def _bold_prefix(raw: Any, textpage: Any, start: int, piece: str) -> int:
    """How many characters at the start of a line are bold: labels stand there, so the rest is not asked."""
    lead = len(piece) - len(piece.lstrip())
    bold = 0
    for offset in range(lead, len(piece)):
        if piece[offset].isspace():
            continue
        if not _is_bold(raw, textpage, start + offset):
            break
        bold = offset + 1 - lead
    return bold


def _is_bold(raw: Any, textpage: Any, index: int) -> bool:
    import ctypes

    if raw.FPDFText_GetFontWeight(textpage, index) >= _BOLD_WEIGHT:
        return True
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    raw.FPDFText_GetFontInfo(textpage, index, buffer, 128, flags)
    return b"bold" in buffer.value.lower() or b"black" in buffer.value.lower()
