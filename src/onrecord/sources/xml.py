"""TEI and Akoma Ntoso: speeches whose speakers the file itself names.

expat reads the file as a stream, so that neither depth nor size of the tree costs memory. A document type
declaration is refused outright: with it go entities, external files and addresses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.parsers import expat

from onrecord.sources import encoding
from onrecord.sources.conservation import letters, lost, seen_in_markup
from onrecord.sources.encoding import decode
from onrecord.sources.exact import WITNESS, Collector
from onrecord.sources.limits import MAX_DEPTH, NOTES, Hostile
from onrecord.sources.markup import declared_charset
from onrecord.sources.page import Page, Run
from onrecord.sources.persons import People
from onrecord.sources.plain import charset
from onrecord.sources.reading import JOINT, Declined, ReaderNote, Reading, of_bytes

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
_XML_LANG = "http://www.w3.org/XML/1998/namespace lang"
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
    return reading._replace(notes=(*of_bytes(notes), *reading.notes, *([gap] if gap else [])))


class _Speech:
    """One open speech: the ids it refers to, the line that does, and the label printed inside it."""

    def __init__(self, references: list[str], line: int) -> None:
        self.references = references
        self.line = line
        self.label = ""
        self.pieces = 0  # of text that are spoken in it
        self.names: list[str] | None = None  # when they are known


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
        self._people = People()
        self._asides: list[str] = []  # what the open ones are to us: kinds of marks, or "" for a label
        self._included: list[str] = []
        self._unread = 0
        self.proven = False  # by the hash of its text
        self.left_out = 0  # letters of heads and annexes, which are not the text
        self._notes: list[ReaderNote] = []
        self._title: list[str] = []
        self._language = ""
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
        if not self._unread and not self._language:
            self._language = attributes.get(_XML_LANG, "")
        if tag == _XINCLUDE:
            self._included.append(attributes.get("href", "")[:80])
            self._note("unread", f"an XInclude of {self._included[-1] or 'nothing'}, not followed")
        self._people.start(local, attributes, self._parser.CurrentLineNumber)
        if local in _UNREAD:
            self._unread += 1
        elif not self._unread and local in _BLOCK:
            self._flush()
            if local in _SPEECH:
                self._speak(attributes)
            elif local in _ASIDE:
                self._asides.append(_aside(local, attributes))
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
        elif self._open:
            self._people.instruction(self._open[-1], target, data)

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

    def _speak(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("who") or attributes.get("by") or ""
        for key in ("startTime", "endTime"):
            if (time := attributes.get(key)) is not None and not _TIME.fullmatch(time):
                self._note("time", f"{key} is no time: {time[:40]}")
        referred = [one.rpartition("#")[2] for one in reference.split()]
        self._speeches.append(_Speech([one for one in referred if one], self._parser.CurrentLineNumber))

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
        elif local in _ASIDE and not self._unread and self._asides:
            self._asides.pop()
        self._people.end(local)

    def _characters(self, characters: str) -> None:
        if self._unread:
            self.left_out += letters(characters)
            self._people.characters(self._open[-1], characters)
            if self._open[-1] == "title" and len(self._title) < 20:
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
        if start == end:
            return
        if self._asides and self._asides[-1]:
            self._page.mark("mark", start, end, self._asides[-1])
        speech = self._speeches[-1] if self._speeches else None
        if inner in _LABEL or "" in self._asides:
            if speech is None:
                self._page.mark("voice", start, end, run.done()[0])
                return
            speech.label = run.done()[0]
            self._labels.append((start, end, speech))
        elif speech and not self._asides:
            self._spoken.append((start, end, speech))

    def _say(self) -> None:
        """Give every spoken stretch its speakers: by declared name, else by printed label, else by their id.

        What one element holds is one turn, whatever is noted in the middle of it; words without a speaker are speech
        all the same, of nobody who is known.
        """
        names = self._people.called(
            dict.fromkeys(one for *_, said in self._spoken for one in said.references)
        )
        for who, name in names.items():
            self._page.mark("person", 0, 0, f"{self._people.kind(who)}{JOINT}{name}")
        turns: list[tuple[int, int, _Speech]] = []
        for start, end, speech in self._spoken:
            self._page.mark("speaker", start, end, _names(speech, names)[0])
            speech.pieces += 1
            if turns and turns[-1][2] is speech:
                turns[-1] = turns[-1][0], end, speech
            else:
                turns.append((start, end, speech))
        for start, end, speech in turns:
            self._page.mark("turn", start, end, JOINT.join(_names(speech, names)))
        for start, end, speech in self._labels:
            self._page.mark("voice", start, end, _names(speech, names)[0])
        unknown: dict[str, tuple[int, int]] = {}
        for speech in dict.fromkeys(speech for *_, speech in turns):
            for reference in speech.references:
                if reference not in self._people:
                    count, line = unknown.get(reference, (0, speech.line))
                    unknown[reference] = count + speech.pieces, line
        for reference, (count, line) in list(unknown.items())[:NOTES]:
            paragraphs = f"{count} paragraph{'s' if count > 1 else ''}"
            message = (
                f"line {line}: the speaker #{reference[:60]} of {paragraphs} is not declared in this file"
            )
            self._notes.append(ReaderNote("speaker", message))

    def reading(self) -> Reading:
        """The finished reading."""
        title = " ".join("".join(self._title).split())[:300]
        metadata = {"title": title} if title else {}
        if self._language:
            metadata["language"] = self._language
        if self._exact:
            if exact := self._exact.finish(self._people.exact()):
                self.proven = True
                return Reading(
                    exact[0], self._exact.media_type, "xml 1", exact[1], tuple(self._notes), metadata
                )
            said = "written by onrecord and edited since: its characters do not have their hash; read as any other"
            self._notes.append(ReaderNote("edited", said))
        self._say()
        text, layout = self._page.done()
        if not text and self._included:
            raise Declined(
                f"no words of its own: it includes {self._included[0]}; read that file", final=True
            )
        notes = (*self._people.notes, *self._notes)
        return Reading(text, self._kind, "xml 1", layout, notes, metadata)


def _aside(local: str, attributes: Mapping[str, str]) -> str:
    """What is printed in such an element: a kind of mark, or "" for the label of whoever speaks next."""
    if local == "note":
        return {"speaker": "", "time": "time"}.get(attributes.get("type", ""), "stage")
    return "inaudible" if local == "gap" else "stage"


def _names(speech: _Speech, names: Mapping[str, str]) -> list[str]:
    """Who speaks: declared names, else the printed label, else the bare id; "" where none of these is there."""
    if speech.names is None:
        declared = [names[one] for one in speech.references if one in names]
        speech.names = declared or [speech.label or " ".join(speech.references[:1])]
    return speech.names
