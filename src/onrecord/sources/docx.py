"""DOCX: paragraphs, headings, bold runs, tables; deleted and hidden words are reported and not taken for
text.

Read as a stream by expat, not through a document library: those skip the text of tracked insertions, links
and content controls without a word, and a document that speaks for the record must lose none.
"""

from __future__ import annotations

import codecs
import io
import zipfile

from onrecord.sources.archive import DAMAGED
from onrecord.sources.conservation import letters, lost, seen_in_markup
from onrecord.sources.limits import MIB, NOTES
from onrecord.sources.package import Handler, Parts, document_of, parse, parts_of
from onrecord.sources.page import Page, Run
from onrecord.sources.reading import Declined, LayoutKind, ReaderNote, Reading
from onrecord.sources.wordstyles import Styles, is_on

# Elements that hold codes and places, not words; `mc:Fallback` holds a second version of a drawing for old programs.
_MUTE = frozenset(
    "instrText delInstrText posOffset align fldData pctWidth pctHeight pctPosHOffset pctPosVOffset binData".split()
)
_COLOURED = frozenset({"tbl", "txbxContent", "background"})
_PRINTED = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "\u2011"}
_EMBEDDED = (".htm", ".html", ".mht", ".rtf", ".txt", ".docx", ".xlsx", ".pptx", ".bin")
_COUNTED = 32 * MIB
# Parts with words that are not the body of the document.
_ASIDE = {
    "comments": "comments",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "header": "page headers",
    "footer": "page footers",
    "charts/chart": "charts",
    "diagrams/data": "diagrams",
}


def prepare() -> None:
    """Load all that reading needs, before files are out of reach: the codec of member names in old archives."""
    codecs.lookup("cp437")


def read(name: str, data: bytes, declared_type: str | None) -> Reading:
    """Extract the body; damaged, doubled, missing or bomb-like parts are refused by name."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _read_package(package)
    except DAMAGED as error:
        raise Declined(
            f"not a valid docx: {str(error)[:100] or 'it ends in the middle'}", final=True
        ) from None


def _read_package(package: zipfile.ZipFile) -> Reading:
    parts = parts_of(package)
    document = document_of(package, parts)
    styles = Styles()
    if "word/styles.xml" in parts:
        parse(package, parts["word/styles.xml"], styles)
    body = _Body(styles)
    parse(package, document, body)
    text, layout = body.page.done()
    notes = [
        *body.notes(),
        *_aside_notes(package, parts),
        *_gap(package, document, text, body.left_out),
    ]
    title = _Words()
    if "docProps/core.xml" in parts:
        parse(package, parts["docProps/core.xml"], title)
    metadata = {"title": title.title.strip()} if title.title.strip() else {}
    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return Reading(text, media_type, "docx 1", layout, tuple(notes), metadata)


def _gap(package: zipfile.ZipFile, part: zipfile.ZipInfo, text: str, left_out: int) -> list[ReaderNote]:
    """Whether the letters of the document's part are all accounted for."""
    if part.file_size > _COUNTED:
        return [
            ReaderNote(
                "limit", f"larger than {_COUNTED // MIB} MB: its letters were not counted a second time"
            )
        ]
    seen = seen_in_markup(package.read(part).decode("utf-8", "replace"), frozenset())
    note = lost(seen, letters(text), left_out)
    return [note] if note else []


class _Paragraph:
    def __init__(self) -> None:
        self.run = Run()
        self.bold = False
        self.term = False  # in the first cell of a row, where tables of speech have the speaker
        self.hidden = False
        self.shaded = False
        self.level: str | None = None


class _Body(Handler):
    """The paragraphs of the document; text boxes are paragraphs inside a run, so open paragraphs form a
    stack.
    """

    def __init__(self, styles: Styles) -> None:
        self.page = Page()
        self._styles = styles
        self._open: list[_Paragraph] = []
        self._cells: list[int] = []  # of each row that is open, how many cells it has so far
        self._bold: bool | None = None
        self._unseen = ""  # why the run is not printed
        self._coloured = 0  # tables and boxes are open, which may have any paper
        self._symbols = 0
        self._in_run = False
        self._in_text = False
        self._fallback = 0
        self._deleted = 0
        self._tag = ""
        self.left_out = 0  # letters: hidden and deleted ones, and those that are no words of the document
        self._hidden: dict[str, list[str]] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._tag = tag
        if tag == "mc:Fallback":
            self._fallback += 1
        if self._fallback:
            return
        if tag == "p":
            self._open.append(_Paragraph())
            self._open[-1].term = bool(self._cells) and self._cells[-1] == 1
        elif tag == "tr":
            self._cells.append(0)
        elif tag == "tc" and self._cells:
            self._cells[-1] += 1
        elif tag in _COLOURED:
            self._coloured += 1
        elif tag in {"del", "moveFrom"}:
            self._deleted += 1
        elif tag == "r":
            self._in_run, self._bold, self._unseen = True, None, ""
        elif tag in {"t", "delText"}:
            self._in_text = True
        elif self._open:
            self._property(tag, attributes)

    def _property(self, tag: str, attributes: dict[str, str]) -> None:
        paragraph, value = self._open[-1], attributes.get("val", "")
        if tag == "pStyle":
            paragraph.level, paragraph.bold = self._styles.level(value), self._styles.bold(value)
            paragraph.hidden = self._styles.hidden(value)
        elif tag == "outlineLvl" and value in set("012345"):
            paragraph.level = str(int(value) + 1)
        elif tag == "shd" and not self._in_run:
            paragraph.shaded = True
        elif self._in_run:
            self._of_run(tag, attributes, value)

    def _of_run(self, tag: str, attributes: dict[str, str], value: str) -> None:
        if tag == "b":
            self._bold = is_on(attributes)
        elif tag == "rStyle":
            self._bold = self._bold or self._styles.bold(value) or None
            self._unseen = self._unseen or ("hidden" if self._styles.hidden(value) else "")
        elif tag in {"vanish", "webHidden"}:
            self._unseen = "hidden" if is_on(attributes) else ""
        elif tag == "sz" and value in {"0", "1", "2"}:  # half points
            self._unseen = self._unseen or "hidden"
        elif (
            tag == "color" and value.upper() == "FFFFFF" and not self._coloured and not self._open[-1].shaded
        ):
            self._unseen = self._unseen or "white"
        elif tag in {"shd", "highlight"} and self._unseen == "white":
            self._unseen = ""
        elif tag == "sym":
            self._symbols += 1
        elif tag in _PRINTED:
            self._add(_PRINTED[tag])

    def end(self, tag: str) -> None:
        if tag == "mc:Fallback":
            self._fallback -= 1
        if self._fallback:
            return
        if tag == "p" and self._open:
            paragraph = self._open.pop()
            kind: LayoutKind = "heading" if paragraph.level else "paragraph"
            self.page.put(paragraph.run, kind, paragraph.level)
        elif tag == "tr" and self._cells:
            self._cells.pop()
        elif tag in _COLOURED:
            self._coloured -= tag != "background"  # that one colours all that follows
        elif tag in {"del", "moveFrom"}:
            self._deleted -= 1
        elif tag == "r":
            self._in_run = False
        elif tag in {"t", "delText"}:
            self._in_text = False

    def characters(self, characters: str) -> None:
        if self._in_text and not self._fallback:
            self._add(characters)
        elif self._fallback or self._tag in _MUTE:
            self.left_out += letters(characters)

    def _add(self, characters: str) -> None:
        unseen = "deleted" if self._deleted > 0 else self._unseen
        if unseen or (self._open and self._open[-1].hidden):
            self._hidden.setdefault(unseen or "hidden", []).append(characters)
            self.left_out += letters(characters)
        elif self._open:
            paragraph = self._open[-1]
            bold = paragraph.bold if self._bold is None else self._bold
            paragraph.run.add(characters, bold=bold or paragraph.term, exact=True)

    def notes(self) -> list[ReaderNote]:
        """What stands in the file and is not shown on its page."""
        notes = []
        for kind, pieces in self._hidden.items():
            words = " ".join("".join(pieces).split())
            if words:
                shown = words if len(words) <= 80 else words[:79] + "…"
                notes.append(
                    ReaderNote("hidden", f"{kind} words, left out ({len(words)} characters): {shown}")
                )
        if self._symbols:
            many = f"{self._symbols} symbol{'s' if self._symbols > 1 else ''}"
            notes.append(ReaderNote("unread", f"{many} of picture fonts left out"))
        return notes


class _Words(Handler):
    """The characters of a part that is only counted, and a title where it has one."""

    def __init__(self) -> None:
        self.count = 0
        self.title = ""
        self._tag = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._tag = tag

    def end(self, tag: str) -> None:
        self._tag = ""

    def characters(self, characters: str) -> None:
        if self._tag == "t":
            self.count += len(characters.strip())
        elif self._tag == "title" and len(self.title) < 300:
            self.title += characters


def _aside_notes(package: zipfile.ZipFile, parts: Parts) -> list[ReaderNote]:
    """Say how much stands in comments, footnotes, headers and footers, which are not read."""
    counts: dict[str, int] = {}
    embedded = [path for path in parts if path.startswith("word/") and path.lower().endswith(_EMBEDDED)]
    for path, part in list(parts.items())[: NOTES * 10]:
        stem = path.removeprefix("word/").removesuffix(".xml").rstrip("0123456789")
        if path.startswith("word/") and stem in _ASIDE:
            words = _Words()
            parse(package, part, words)
            counts[stem] = counts.get(stem, 0) + words.count
    told = [ReaderNote("unread", f"an embedded file is not read: {path[:80]}") for path in embedded[:NOTES]]
    return told + [
        ReaderNote(
            "hidden" if stem == "comments" else "unread", f"{_ASIDE[stem]} are not read ({count} characters)"
        )
        for stem, count in counts.items()
        if count
    ]
