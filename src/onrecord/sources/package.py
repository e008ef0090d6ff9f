"""A package of Office: which parts it has, which is the document, and how a part is streamed through expat."""

from __future__ import annotations

import posixpath
import zipfile
from xml.parsers import expat

from onrecord.sources.archive import USUAL, check_beginning
from onrecord.sources.limits import MAX_DEPTH, Hostile, check_growth
from onrecord.sources.reading import Declined

_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
_ROOTS = "_rels/.rels"
_DOCUMENT = "word/document.xml"

Parts = dict[str, zipfile.ZipInfo]


class Handler:
    """What `parse` calls; names come without their namespace."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element opens."""

    def end(self, tag: str) -> None:
        """An element closes."""

    def characters(self, characters: str) -> None:
        """Characters between tags."""


class _Targets(Handler):
    """The part that a package calls its document."""

    def __init__(self) -> None:
        self.document = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        inside = attributes.get("TargetMode", "Internal") == "Internal"
        if tag == "Relationship" and attributes.get("Type", "").endswith("/officeDocument") and inside:
            self.document = self.document or posixpath.normpath(attributes.get("Target", "")).lstrip("/")


def parts_of(package: zipfile.ZipFile) -> Parts:
    """The parts by name; doubled, odd and bomb-like ones are refused."""
    parts: Parts = {}
    known: set[str] = set()
    check_beginning(package.infolist())
    for entry in package.infolist():
        key = entry.filename.casefold()  # names of parts know no case (ECMA-376, part 2)
        if key in known:
            raise Hostile(f"the part {entry.filename[:80]} stands twice; two readers would see two texts")
        known.add(key)
        if entry.compress_type not in USUAL:
            raise Declined(f"the part {entry.filename[:80]} is compressed in an unusual way", final=True)
        parts[entry.filename] = entry
    check_growth(sum(p.compress_size for p in parts.values()), sum(p.file_size for p in parts.values()))
    return parts


def document_of(package: zipfile.ZipFile, parts: Parts) -> zipfile.ZipInfo:
    """The part that is the text: the one that the package names, as in Word; else the one of the usual name."""
    if "[Content_Types].xml" not in parts:
        raise Declined("an archive: give its path, and its members are read one by one", final=True)
    targets = _Targets()
    if _ROOTS in parts:
        parse(package, parts[_ROOTS], targets)
    named = targets.document if targets.document in parts else _DOCUMENT
    if named in parts and not named.startswith(("xl/", "ppt/")):
        return parts[named]
    other = parts.get("xl/workbook.xml") or parts.get("ppt/presentation.xml") or parts.get("content.xml")
    what = (
        "a spreadsheet, slides or OpenDocument; save it as .docx"
        if other
        else f"the part {_DOCUMENT} is missing"
    )
    raise Declined(f"not a valid docx: {what}", final=True)


def parse(package: zipfile.ZipFile, part: zipfile.ZipInfo, handler: Handler) -> None:
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
