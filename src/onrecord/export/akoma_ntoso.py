"""Akoma Ntoso 3.0: a debate with speeches, who made them, and remarks.

Standard: OASIS LegalDocML, http://docs.oasis-open.org/legaldocml/ns/akn/3.0. As in TEI every character of the source
stands in the body in its order; what the standard has no element for is a `narrative` or a `remark` with a class.
"""

from __future__ import annotations

from onrecord.export.body import Body, judged, references
from onrecord.export.day import day
from onrecord.export.markup import value
from onrecord.model import Block, Mark, Person, Record, Turn
from onrecord.sources.exact import TOGETHER, WITNESS

NOBODY = "nobody"
"""The id of whoever speaks where nobody is known: the schema wants every speech to refer to somebody."""
UNDATED = "0001-01-01"
"""The standard wants a date in the address of every work; this one is called `undated`, so that none is invented."""

_REMARKS = {"stage": "phenomenon", "interpretation": "translation", "language": "translation"}


def export(record: Record) -> bytes:
    """One record as an Akoma Ntoso debate, in UTF-8."""
    source = record.sources[0]
    language = f" xml:lang={value(source.language)}" if source.language else ""
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>\n',
        f"<?{WITNESS} {source.text_sha256} {source.media_type}?>\n",
        '<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">\n<debate name="record">\n',
        _meta(record),
        f'<debateBody><debateSection eId="record__body" name="record"{language}>',
        *_Body(record).written(),
        "</debateSection></debateBody>\n</debate>\n</akomaNtoso>\n",
    ]
    return "".join(parts).encode()


def _meta(record: Record) -> str:
    """Identification by the hash of the text, and the people as references."""
    source = record.sources[0]
    date = day(record.event.date)
    whole, name = (date, "event") if date and len(date) == len(UNDATED) else (UNDATED, "undated")
    when = f"<FRBRdate date={value(whole)} name={value(name)}/>"
    work = f"/akn/un/debate/record/{source.text_sha256[:16]}"
    expression = f"{work}/{source.language or 'mul'}@"
    levels = (
        ("FRBRWork", work, '<FRBRcountry value="un"/>'),
        ("FRBRExpression", expression, f"<FRBRlanguage language={value(source.language or 'mul')}/>"),
        ("FRBRManifestation", f"{expression}.akn", ""),
    )
    identified = "".join(
        f"<{name}><FRBRthis value={value(iri)}/><FRBRuri value={value(iri)}/>{when}"
        f'<FRBRauthor href="#onrecord"/>{more}</{name}>\n'
        for name, iri, more in levels
    )
    people = "".join(map(_reference, record.people))
    if any(turn.speech and not turn.speaker for turn in record.turns):
        people += (
            f'<TLCConcept eId="{NOBODY}" href="/ontology/concept/{NOBODY}" showAs="speaker not known"/>\n'
        )
    return (
        f'<meta>\n<identification source="#onrecord">\n{identified}</identification>\n'
        f'<references source="#onrecord">\n'
        f'<TLCConcept eId="onrecord" href="/ontology/concept/onrecord" showAs="onrecord {record.tool.version}"/>\n'
        f"{people}</references>\n</meta>\n"
    )


def _reference(person: Person) -> str:
    """`TLCPerson`, or `TLCOrganization` for voices that are no single person; the address keeps which kind."""
    name = "TLCOrganization" if person.kind == "group" else "TLCPerson"
    iri = f"/ontology/{person.kind}/{person.id}"
    return f"<{name} eId={value(person.id)} href={value(iri)} showAs={value(person.name or person.id)}/>\n"


class _Body(Body):
    floor_holds_label = True

    def floor_start(self, turn: Turn) -> str:
        who = references(turn)
        first = who.split()[0] if who else f"#{NOBODY}"
        together = f"<?{TOGETHER} {who}?>" if turn.others else ""
        return f"<speech eId={value(turn.id)} by={value(first)}>{together}{judged(turn)}"

    def floor_end(self) -> str:
        return "</speech>"

    def label_start(self, turn: Turn) -> str:
        return "<from>" if turn.speech else '<narrative class="label">'

    def label_end(self, turn: Turn) -> str:
        return "</from>" if turn.speech else "</narrative>"

    def block_start(self, block: Block) -> str:
        self.inside = self.floor is not None
        return (
            f'<p class="mark"><remark class="{block.kind}">'
            if self.inside
            else f'<narrative class="{block.kind}">'
        )

    def block_end(self, block: Block) -> str:
        return "</remark></p>" if self.inside else "</narrative>"

    def mark(self, mark: Mark, content: str) -> str:
        kind = f' type="{_REMARKS[mark.kind]}"' if mark.kind in _REMARKS else ""
        return self._placed(f"mark {mark.kind}", content, kind)

    def speech(self, content: str) -> str:
        return f"<p>{content}</p>"

    def stray(self, content: str) -> str:
        return self._placed("stray", content)

    def _placed(self, role: str, content: str, kind: str = "") -> str:
        """A remark where text stands, in a paragraph of its own where speeches stand, else a narrative."""
        remark = f'<remark{kind} class="{role}">{content}</remark>'
        if self.label or self.block:
            return remark
        return (
            f'<p class="mark">{remark}</p>'
            if self.floor
            else f'<narrative class="{role}">{content}</narrative>'
        )
