"""DOCX: paragraphs, headings, bold runs, tables; deleted and hidden words are reported and not taken for
text.

Read as a stream by expat, not through a document library: those skip the text of tracked insertions, links
and content controls without a word, and a document that speaks for the record must lose none.
"""

from __future__ import annotations

import codecs
import io
import zipfile
from typing import NamedTuple
from xml.parsers import expat

from onrecord.sources.archive import DAMAGED, USUAL
from onrecord.sources.conservation import letters, lost, seen_in_markup
from onrecord.sources.limits import MAX_DEPTH, MIB, NOTES, Hostile, check_growth
from onrecord.sources.page import Page, Run
from onrecord.sources.reading import Declined, LayoutKind, ReaderNote, Reading

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main "
_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
_DOCUMENT = "word/document.xml"
# Elements that hold codes and places, not words; `mc:Fallback` holds a second version of a drawing for old programs.
_MUTE = frozenset(
    "instrText delInstrText posOffset align fldData pctWidth pctHeight pctPosHOffset pctPosVOffset binData".split()
)
_EMBEDDED = (".htm", ".html", ".mht", ".rtf", ".txt", ".docx", ".xlsx", ".pptx", ".bin")
_COUNTED = 32 * MIB
_OFF = frozenset({"0", "false", "off", "none"})
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


class _Style(NamedTuple):
    name: str = ""
    based_on: str = ""
    bold: bool | None = None
    level: str | None = None


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
    parts: dict[str, zipfile.ZipInfo] = {}
    for entry in package.infolist():
        if entry.filename in parts:
            raise Hostile(f"the part {entry.filename[:80]} stands twice; two readers would see two texts")
        if entry.compress_type not in USUAL:
            raise Declined(f"the part {entry.filename[:80]} is compressed in an unusual way", final=True)
        parts[entry.filename] = entry
    check_growth(sum(p.compress_size for p in parts.values()), sum(p.file_size for p in parts.values()))
    if "[Content_Types].xml" not in parts:
        raise Declined("an archive: give its path, and its members are read one by one", final=True)
    if _DOCUMENT not in parts:
        other = parts.get("xl/workbook.xml") or parts.get("ppt/presentation.xml") or parts.get("content.xml")
        what = (
            "a spreadsheet, slides or OpenDocument; save it as .docx"
            if other
            else f"the part {_DOCUMENT} is missing"
        )
        raise Declined(f"not a valid docx: {what}", final=True)
    styles = _Styles()
    if "word/styles.xml" in parts:
        _parse(package, parts["word/styles.xml"], styles)
    body = _Body(styles)
    _parse(package, parts[_DOCUMENT], body)
    text, layout = body.page.done()
    notes = [
        *body.notes(),
        *_aside_notes(package, parts),
        *_gap(package, parts[_DOCUMENT], text, body.left_out),
    ]
    title = _Words()
    if "docProps/core.xml" in parts:
        _parse(package, parts["docProps/core.xml"], title)
    metadata = {"title": title.title.strip()} if title.title.strip() else {}
    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return Reading(text, media_type, "docx 1", layout, tuple(notes), metadata)


class _Handler:
    """What `_parse` calls; names come without their namespace."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element opens."""

    def end(self, tag: str) -> None:
        """An element closes."""

    def characters(self, characters: str) -> None:
        """Characters between tags."""


def _parse(package: zipfile.ZipFile, part: zipfile.ZipInfo, handler: _Handler) -> None:
    """Stream one part through expat, trusting no declared size."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    depth = 0

    def refuse(*_: object) -> None:
        raise Hostile(f"{part.filename} has a document type declaration; refused")

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise Hostile(f"{part.filename} is nested more than {MAX_DEPTH} deep; refused")
        handler.start(
            _local(tag),
            {_local(key): value for key, value in attributes.items()} if attributes else attributes,
        )

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(_local(tag))

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = handler.characters
    size = 0
    try:
        with package.open(part) as stream:
            while piece := stream.read(1 << 16):
                size += len(piece)
                check_growth(part.compress_size, size)
                parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        where = f"{part.filename}, line {error.lineno}, column {error.offset + 1}"
        raise Declined(f"not a valid docx: {where}: {expat.ErrorString(error.code)}", final=True) from None


def _local(name: str) -> str:
    return "mc:Fallback" if name == _FALLBACK else name.rpartition(" ")[2]


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


def _on(attributes: dict[str, str]) -> bool:
    return attributes.get("val", "1").lower() not in _OFF


class _Styles(_Handler):
    """Which styles are headings and which are bold, through what they are based on."""

    def __init__(self) -> None:
        self._table: dict[str, _Style] = {}
        self._id = ""
        self._style = _Style()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        value = attributes.get("val", "")
        if tag == "style":
            self._id, self._style = attributes.get("styleId", ""), _Style()
        elif tag == "name":
            self._style = self._style._replace(name=value.lower())
        elif tag == "basedOn":
            self._style = self._style._replace(based_on=value)
        elif tag == "b":
            self._style = self._style._replace(bold=_on(attributes))
        elif tag == "outlineLvl" and value.isdigit():
            self._style = self._style._replace(level=str(int(value[:2]) + 1))

    def end(self, tag: str) -> None:
        if tag == "style":
            self._table[self._id] = self._style

    def _line(self, style: str) -> list[_Style]:
        """A style and its ancestors; a circle of them ends."""
        line: list[_Style] = []
        while style in self._table and len(line) < 12:
            line.append(self._table[style])
            style = self._table[style].based_on
        return line

    def bold(self, style: str) -> bool:
        return next((s.bold for s in self._line(style) if s.bold is not None), False)

    def level(self, style: str) -> str | None:
        """Heading level "1" to "6", or None; built-in names are English in every language of Word."""
        for ancestor in self._line(style):
            if ancestor.name == "title":
                return "1"
            if ancestor.name.startswith("heading ") and ancestor.name[8:9].isdigit():
                return str(min(int(ancestor.name[8:9]), 6))
            if ancestor.level is not None:
                return str(min(int(ancestor.level), 6)) if int(ancestor.level) <= 9 else None
        return None


class _Paragraph:
    def __init__(self) -> None:
        self.run = Run()
        self.bold = False
        self.level: str | None = None


class _Body(_Handler):
    """The paragraphs of the document; text boxes are paragraphs inside a run, so open paragraphs form a
    stack.
    """

    def __init__(self, styles: _Styles) -> None:
        self.page = Page()
        self._styles = styles
        self._open: list[_Paragraph] = []
        self._bold: bool | None = None
        self._vanish = False
        self._in_run = False
        self._in_text = False
        self._fallback = 0
        self._deleted = 0
        self._tag = ""
        self.left_out = 0  # letters: hidden and deleted ones, and those that are no words of the document
        self._hidden: dict[str, list[str]] = {"deleted": [], "hidden": []}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._tag = tag
        if tag == "mc:Fallback":
            self._fallback += 1
        if self._fallback:
            return
        if tag == "p":
            self._open.append(_Paragraph())
        elif tag in {"del", "moveFrom"}:
            self._deleted += 1
        elif tag == "r":
            self._in_run, self._bold, self._vanish = True, None, False
        elif tag in {"t", "delText"}:
            self._in_text = True
        elif self._open:
            self._property(tag, attributes)

    def _property(self, tag: str, attributes: dict[str, str]) -> None:
        paragraph, value = self._open[-1], attributes.get("val", "")
        if tag == "pStyle":
            paragraph.level, paragraph.bold = self._styles.level(value), self._styles.bold(value)
        elif tag == "outlineLvl" and value in set("012345"):
            paragraph.level = str(int(value) + 1)
        elif not self._in_run:
            return
        elif tag == "b":
            self._bold = _on(attributes)
        elif tag == "rStyle" and self._bold is None and self._styles.bold(value):
            self._bold = True
        elif tag in {"vanish", "webHidden"}:
            self._vanish = _on(attributes)
        elif tag in {"br", "cr"}:
            self._add("\n")
        elif tag == "tab":
            self._add("\t")
        elif tag == "noBreakHyphen":
            self._add("\u2011")

    def end(self, tag: str) -> None:
        if tag == "mc:Fallback":
            self._fallback -= 1
        if self._fallback:
            return
        if tag == "p" and self._open:
            paragraph = self._open.pop()
            kind: LayoutKind = "heading" if paragraph.level else "paragraph"
            self.page.put(paragraph.run, kind, paragraph.level)
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
        if self._deleted > 0:
            self._hidden["deleted"].append(characters)
            self.left_out += letters(characters)
        elif self._vanish:
            self._hidden["hidden"].append(characters)
            self.left_out += letters(characters)
        elif self._open:
            paragraph = self._open[-1]
            paragraph.run.add(
                characters, bold=paragraph.bold if self._bold is None else self._bold, exact=True
            )

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
        return notes


class _Words(_Handler):
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


def _aside_notes(package: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> list[ReaderNote]:
    """Say how much stands in comments, footnotes, headers and footers, which are not read."""
    counts: dict[str, int] = {}
    embedded = [path for path in parts if path.startswith("word/") and path.lower().endswith(_EMBEDDED)]
    for path, part in list(parts.items())[: NOTES * 10]:
        stem = path.removeprefix("word/").removesuffix(".xml").rstrip("0123456789")
        if path.startswith("word/") and stem in _ASIDE:
            words = _Words()
            _parse(package, part, words)
            counts[stem] = counts.get(stem, 0) + words.count
    told = [ReaderNote("unread", f"an embedded file is not read: {path[:80]}") for path in embedded[:NOTES]]
    return told + [
        ReaderNote(
            "hidden" if stem == "comments" else "unread", f"{_ASIDE[stem]} are not read ({count} characters)"
        )
        for stem, count in counts.items()
        if count
    ]
