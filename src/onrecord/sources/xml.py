"""TEI and Akoma Ntoso: speeches whose speakers the file itself names.

expat reads the file as a stream, so that neither depth nor size of the tree costs memory. A document type
declaration is refused outright: with it go entities, external files and addresses.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from onrecord.sources import encoding
from onrecord.sources.conservation import letters, lost, seen_in_markup
from onrecord.sources.encoding import decode
from onrecord.sources.exact import WITNESS, Collector
from onrecord.sources.limits import MAX_DEPTH, NOTES, Hostile
from onrecord.sources.markup import declared_charset
from onrecord.sources.page import Page, Run
from onrecord.sources.plain import charset
from onrecord.sources.reading import Declined, ReaderNote, Reading

_ROOTS = frozenset({"TEI", "teiCorpus", "akomaNtoso", "u", "sp", "debate"})
_SPEECH = frozenset({"u", "sp", "speech", "question", "answer"})
_LABEL = frozenset({"speaker", "from"})
_HEADING = frozenset({"head", "heading", "docTitle"})
_BLOCK = frozenset(
    {
        "p",
        "seg",
        "ab",
        "l",
        "lg",
        "head",
        "heading",
        "docTitle",
        "note",
        "kinesic",
        "incident",
        "vocal",
        "gap",
        "stage",
        "narrative",
        "scene",
        "summary",
        "div",
        "div1",
        "div2",
        "u",
        "sp",
        "speech",
        "question",
        "answer",
        "speaker",
        "from",
        "debateSection",
        "body",
        "text",
        "list",
        "item",
        "row",
        "cell",
        "speechGroup",
        "other",
        "desc",
        "rollCall",
        "adjournment",
        "communication",
        "debateBody",
        "num",
    }
)
_ASIDE = frozenset({"note", "kinesic", "incident", "vocal", "gap", "stage", "narrative", "scene", "summary"})
_UNREAD = frozenset({"teiHeader", "meta", "standOff", "facsimile", "back"})
_PERSON = frozenset({"person", "TLCPerson", "TLCRole", "TLCOrganization", "org"})
_NAME_PARTS = frozenset({"persName", "orgName", "name"})
_XML_ID = "http://www.w3.org/XML/1998/namespace id"
_XINCLUDE = "http://www.w3.org/2001/XInclude include"
_BODIES = frozenset({"body", "debateBody"})
_TIME = re.compile(
    r"(?:\d{4}-\d\d-\d\dT)?(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)?|PT[\dHMS.]{1,20}"
)


def prepare() -> None:
    """Load all that reading needs, before files are out of reach."""
    encoding.prepare()


def read(name: str, data: bytes, declared_type: str | None) -> Reading:
    """Collect speeches with their speakers; malformed files are refused with line and column."""
    text, _, notes = decode(data, charset(declared_type) or declared_charset(data))
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    document = _Document(parser)
    try:
        parser.Parse(text, True)
    except expat.ExpatError as error:
        what = expat.ErrorString(error.code)
        raise Declined(
            f"malformed XML at line {error.lineno}, column {error.offset + 1}: {what}", final=True
        ) from None
    reading = document.reading()
    gap = (
        None
        if document.proven
        else lost(seen_in_markup(text, frozenset()), letters(reading.text), document.left_out)
    )
    return reading._replace(notes=(*notes, *reading.notes, *([gap] if gap else [])))


class _Speech:
    """One open speech: the id it refers to, the line that does, and the label printed inside it."""

    def __init__(self, reference: str, line: int) -> None:
        self.reference = reference
        self.line = line
        self.label = ""


class _Document:
    """The handlers of one parse."""

    def __init__(self, parser: expat.XMLParserType) -> None:
        self._parser = parser
        self._open: list[str] = []
        self._page, self._run = Page(), Run()
        self._speeches: list[_Speech] = []
        self._spoken: list[
            tuple[int, int, _Speech]
        ] = []  # resolved at the end: lists of persons may come last
        self._labels: list[tuple[int, int, _Speech]] = []
        self._people: dict[str, list[str]] = {}
        # Ids declared again: the line where first, and the names before the last one.
        self._others: dict[str, tuple[int, list[str]]] = {}
        self._roles: dict[str, str] = {}
        self._person: str | None = None
        self._unread = 0
        self.proven = False  # by the hash of its text
        self.left_out = 0  # letters of heads and annexes, which are not the text
        self._notes: list[ReaderNote] = []
        self._title: list[str] = []
        self._kind = "application/xml"
        self._exact: Collector | None = None
        parser.ProcessingInstructionHandler = self._instruction
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters

    def _doctype(self, *_: object) -> None:
        raise Hostile("XML with a document type declaration (entities, external files); refused")

    def _note(self, kind: str, message: str) -> None:
        at = f"line {self._parser.CurrentLineNumber}: "
        if len(self._notes) <= NOTES:
            end = len(self._notes) == NOTES
            self._notes.append(ReaderNote(kind, "more of the same is not listed" if end else at + message))

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if len(self._open) >= MAX_DEPTH:
            raise Hostile(f"XML nested more than {MAX_DEPTH} deep; refused")
        local = tag.rpartition(" ")[2]
        if not self._open:
            self._root(tag, local)
        if tag == _XINCLUDE:
            self._note("unread", "an XInclude, not followed")
        if local in _PERSON:
            self._declare(attributes)
        if local in _UNREAD:
            self._unread += 1
        elif not self._unread and local in _BLOCK:
            self._flush()
            if local in _SPEECH:
                self._speak(attributes)
        elif not self._unread and local in {"br", "lb", "eol"}:
            self._run.add("\n", exact=True)
        if self._exact and self._inside():
            self._exact.start(local, attributes)
        self._open.append(local)

    def _instruction(self, target: str, data: str) -> None:
        if target == WITNESS and not self._open:
            self._exact = Collector(data)
        elif self._exact and self._inside():
            self._exact.instruction(target, data)

    def _inside(self) -> bool:
        """Whether what comes now is part of the text of a file of our own: in its body, not in its head."""
        return not self._unread and not _BODIES.isdisjoint(self._open)

    def _root(self, tag: str, local: str) -> None:
        if local not in _ROOTS:
            raise Declined(
                f"XML of a kind that is not read (<{local[:40]}>); TEI and Akoma Ntoso are", final=True
            )
        self._kind = (
            "application/tei+xml" if local in {"TEI", "teiCorpus", "u", "sp"} else "application/akn+xml"
        )

    def _declare(self, attributes: dict[str, str]) -> None:
        self._person = attributes.get(_XML_ID) or attributes.get("eId") or attributes.get("id")
        if self._person:
            shown = attributes.get("showAs", "").strip()
            if "showAs" in attributes and not shown:
                self._note("speaker", f"#{self._person} is declared without a name")
            if self._person in self._people:
                _, before = self._others.setdefault(self._person, (self._parser.CurrentLineNumber, []))
                before.append(" ".join(self._people[self._person]))
            self._people[self._person] = [shown] if shown else []
            if (
                role := attributes.get("role")
                or attributes.get("href", "").rpartition("/")[0].rpartition("/")[2]
            ):
                self._roles[self._person] = role

    def _speak(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("who") or attributes.get("by") or ""
        for key in ("startTime", "endTime"):
            if (time := attributes.get(key)) is not None and not _TIME.fullmatch(time):
                self._note("time", f"{key} is no time: {time[:40]}")
        referred = reference.split()[0].removeprefix("#") if reference.strip() else ""
        self._speeches.append(_Speech(referred, self._parser.CurrentLineNumber))

    def _end(self, tag: str) -> None:
        local = self._open[-1]
        if local in _BLOCK and not self._unread:
            self._flush()
        self._open.pop()
        if self._exact and self._inside():
            self._exact.end(local)
        if local in _UNREAD:
            self._unread -= 1
        elif local in _SPEECH and not self._unread and self._speeches:
            self._speeches.pop()
        elif local in _PERSON:
            self._person = None

    def _characters(self, characters: str) -> None:
        if self._unread:
            self.left_out += letters(characters)
            if self._person and self._open[-1] in {
                "surname",
                "forename",
                "roleName",
                "nameLink",
                *_NAME_PARTS,
            }:
                if characters.strip() and self._open[-1] != "roleName":
                    self._people[self._person].append(characters.strip())
            elif self._open[-1] == "title" and len(self._title) < 20:
                self._title.append(characters)
            return
        if self._exact and self._inside():
            self._exact.characters(characters)
        self._run.add(characters)

    def _flush(self) -> None:
        """Put what was collected as a line, and note what it is by the innermost block that is open."""
        run, self._run = self._run, Run()
        inner = next((local for local in reversed(self._open) if local in _BLOCK), "")
        if inner in _HEADING:
            self._page.put(run, "heading", "2")
            return
        start, end = self._page.put(run)
        if start == end or not self._speeches:
            return
        speech = self._speeches[-1]
        if inner in _LABEL:
            speech.label = run.done()[0]
            self._labels.append((start, end, speech))
        elif not any(local in _ASIDE for local in self._open):
            self._spoken.append((start, end, speech))

    def _doubt(self) -> None:
        """An id that stands for two people stands for nobody: its speeches keep their labels, or the bare id."""
        for count, (reference, (line, before)) in enumerate(self._others.items()):
            names = list(dict.fromkeys([*before, " ".join(self._people[reference])]))
            told = f"line {line}: #{reference[:60]} is declared twice"
            if len(names) > 1:
                self._people[reference] = []
                first, second = (name[:60] or "nobody" for name in names[:2])
                told += f", as {first} and as {second}; neither name is taken"
            if count < NOTES:
                self._notes.append(ReaderNote("speaker", told))

    def reading(self) -> Reading:
        """The finished reading: speakers by declared name, else by printed label, else by their id."""
        self._doubt()
        unknown: dict[str, tuple[int, int]] = {}
        for kind, places in (("voice", self._labels), ("speaker", self._spoken)):
            for start, end, speech in places:
                declared = " ".join(self._people.get(speech.reference, ()))
                if speech.reference and speech.reference not in self._people and kind == "speaker":
                    count, line = unknown.get(speech.reference, (0, speech.line))
                    unknown[speech.reference] = count + 1, line
                value = declared or speech.label or speech.reference
                if value:
                    self._page.mark("voice" if kind == "voice" else "speaker", start, end, value)
        for reference, (count, line) in list(unknown.items())[:NOTES]:
            paragraphs = f"{count} paragraph{'s' if count > 1 else ''}"
            message = (
                f"line {line}: the speaker #{reference[:60]} of {paragraphs} is not declared in this file"
            )
            self._notes.append(ReaderNote("speaker", message))
        title = " ".join("".join(self._title).split())[:300]
        metadata = {"title": title} if title else {}
        if self._exact:
            names = {
                id: (self._roles.get(id, "person"), "".join(parts)) for id, parts in self._people.items()
            }
            if exact := self._exact.finish(names):
                self.proven = True
                return Reading(
                    exact[0], self._exact.media_type, "xml 1", exact[1], tuple(self._notes), metadata
                )
            said = "written by onrecord and edited since: its characters do not have their hash; read as any other"
            self._notes.append(ReaderNote("edited", said))
        text, layout = self._page.done()
        return Reading(text, self._kind, "xml 1", layout, tuple(self._notes), metadata)
