"""TEI in the manner of ParlaMint: utterances with speakers, notes, incidents and gaps, a list of persons.

Schema and practice: https://github.com/clarin-eric/ParlaMint. Every character of the source stands in the body in its
order, so that onrecord reads the same record back; what ParlaMint has no element for is a `note` with a `type`.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.export.body import Body, judged, references
from onrecord.export.day import day
from onrecord.export.markup import characters, value
from onrecord.model import Block, Mark, Person, Record, Turn
from onrecord.sources.exact import WITNESS


def export(record: Record) -> bytes:
    """One record as a TEI document, in UTF-8."""
    source = record.sources[0]
    language = f" xml:lang={value(source.language)}" if source.language else ""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>\n',
        f"<?{WITNESS} {source.text_sha256} {source.media_type}?>\n",
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="record"{language}>\n',
        *_header(record),
        f"<text{language}><body><div type={value(_section(record))}>",
        *_Body(record).written(),
        "</div></body></text>\n</TEI>\n",
    ]
    return "".join(lines).encode()


def _section(record: Record) -> str:
    """ParlaMint: a debateSection holds at least one utterance, else it is a commentSection."""
    return "debateSection" if any(turn.speech for turn in record.turns) else "commentSection"


def _header(record: Record) -> Iterator[str]:
    event = record.event
    title = event.title.value or event.title.text if event.title else "Untitled record"
    yield f"<teiHeader>\n<fileDesc>\n<titleStmt><title>{characters(' '.join(title.split()))}</title></titleStmt>\n"
    yield "<publicationStmt><p>Derived data; the rights are those of the source.</p></publicationStmt>\n"
    yield f'<sourceDesc><bibl><idno type="sha256">{record.sources[0].text_sha256}</idno>'
    if when := day(event.date):
        yield f"<date when={value(when)}/>"
    yield "</bibl></sourceDesc>\n</fileDesc>\n<encodingDesc><appInfo>"
    yield f'<application ident="onrecord" version={value(record.tool.version)}><label>onrecord</label></application>'
    yield "</appInfo></encodingDesc>\n<profileDesc>\n"
    people = [person for person in record.people if person.kind in ("person", "office")]
    voices = [person for person in record.people if person.kind not in ("person", "office")]
    if people or voices:
        yield "<particDesc>\n"
        if people:
            yield f"<listPerson>\n{''.join(map(_person, people))}</listPerson>\n"
        if voices:
            yield f"<listOrg>\n{''.join(map(_voice, voices))}</listOrg>\n"
        yield "</particDesc>\n"
    yield "</profileDesc>\n</teiHeader>\n"


def _person(person: Person) -> str:
    role = "" if person.kind == "person" else f" role={value(person.kind)}"
    return (
        f"<person xml:id={value(person.id)}{role}><persName>{characters(person.name)}</persName></person>\n"
    )


def _voice(person: Person) -> str:
    name = f"<orgName>{characters(person.name)}</orgName>"
    return f"<org xml:id={value(person.id)} role={value(person.kind)}>{name}</org>\n"


class _Body(Body):
    def floor_start(self, turn: Turn) -> str:
        who = f" who={value(references(turn))}" if turn.speaker else ""
        return f"<u xml:id={value(turn.id)}{who}>{judged(turn)}"

    def floor_end(self) -> str:
        return "</u>"

    def label_start(self, turn: Turn) -> str:
        return '<note type="speaker">'

    def label_end(self, turn: Turn) -> str:
        return "</note>"

    def block_start(self, block: Block) -> str:
        self.head = block if block.kind == "heading" and not self.begun else None  # a head only stands first
        return "<head>" if self.head else f'<note type="{block.kind}">'

    def block_end(self, block: Block) -> str:
        return "</head>" if block is self.head else "</note>"

    def mark(self, mark: Mark, content: str) -> str:
        if mark.kind == "stage":
            return f'<incident type="action"><desc>{content}</desc></incident>'
        if mark.kind == "inaudible":
            return f'<gap reason="inaudible"><desc>{content}</desc></gap>'
        return f'<note type="mark {mark.kind}">{content}</note>'

    def speech(self, content: str) -> str:
        return f"<seg>{content}</seg>"

    def stray(self, content: str) -> str:
        return f'<note type="stray">{content}</note>'
