"""The whole flow on one page: the file to read first.

    bytes -> reading (sources/) -> languages (text/) -> blocks, turns, marks (structure/) -> people (people/)
          -> quotations, ledger, relations (statements/) -> event card, coverage, notes -> Record

Each step adds; none rewrites. `read_source` is the flow, `encode` and `decode` are its JSON, and `verify`
(verification.py) asks a stored record whether every hash, span and id still holds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from onrecord import __version__, cautions, lexicon
from onrecord.coverage import count_coverage
from onrecord.errors import OnrecordError, RecordError
from onrecord.event import Card, frame_participants, read_event
from onrecord.model import (
    SCHEMA_VERSION,
    Block,
    BlockKind,
    Event,
    Flag,
    Item,
    Languages,
    LayoutJudgement,
    Mark,
    Note,
    Participant,
    Person,
    Quote,
    Record,
    Relation,
    Source,
    Statement,
    Tool,
    Turn,
    Words,
)  # fmt: skip
from onrecord.people.speakers import Speakers
from onrecord.sources.paths import bare
from onrecord.spans import Span, Text
from onrecord.structure import RawTurn, Structure, is_exact, listed_people, read_structure
from onrecord.text.language import Run, document_language, language_runs
from onrecord.verification import verify

if TYPE_CHECKING:
    from onrecord.sources import Opened, Reading

__all__ = ["beside", "decode", "encode", "read_source", "verify"]


def read_source(
    opened: Opened,
    *,
    aliases: Mapping[str, str] | None = None,
    language: str | None = None,
    date: str | None = None,
    ledger: bool = True,
    without: frozenset[str] = frozenset(),
) -> Record:
    """Read one opened source into a record.

    `aliases` maps printed labels to the names of people, as the user says; `language` (ISO 639-1) and `date`
    (ISO 8601) are what the user knows better than the text. Without `ledger` the record stops at who spoke: no
    quotations, no statements put on record, no flags; of a long text that takes about a quarter of the time.
    `without` switches label grammars off by name.
    """
    reading = opened.reading
    text = Text(reading.text)
    language = language or _language(reading)
    structure = read_structure(reading, without)
    cast = Speakers(text, structure, language, aliases or {}, date, listed_people(reading.layout))
    turns = cast.turns()
    marks = _marks(text, structure, turns, cast)
    blocks = tuple(_block(text, block.start, block.end, block.kind) for block in structure.blocks)
    event = _event(text, structure, cast, reading.metadata.get("title"), language, date)
    noted = sum(1 for turn in structure.turns if turn.parts.manner)
    put = _OnRecord(tuple(cast.people))
    lines = list(zip(structure.lines.starts, structure.lines.ends, strict=True))
    runs = language_runs(reading.text, lines)
    if ledger:
        day = date or (event.date.value if event.date else None)
        put = _put_on_record(text, language, turns, blocks, marks, cast.people, day, noted, runs)
    notes = [Note(n.kind, n.message, n.byte, Span(*n.span) if n.span else None) for n in reading.notes]
    notes += cautions.reading_notes(text, structure, turns, cast.people, language)
    notes += _ledger_notes(language) if ledger else ()
    source = Source(
        id="s1",
        name=bare(opened.name),
        media_type=reading.media_type,
        sha256=opened.sha256,
        text_sha256=text.sha256,
        reader=reading.reader,
        language=language,
        languages=tuple(Languages(text.span(start, end), code) for start, end, code in runs),
        text=reading.text,
        layout=LayoutJudgement(
            structure.kind,
            structure.convention.name,
            structure.convention.judgement,
            structure.convention.reasons,
        ),
        words=put.words,
        notes=tuple(notes),
    )
    return Record(
        schema_version=SCHEMA_VERSION,
        tool=Tool("onrecord", __version__, lexicon.digest()),
        sources=(source,),
        event=event,
        people=put.people,
        blocks=blocks,
        turns=tuple(turns),
        marks=tuple(marks),
        quotes=put.quotes,
        statements=put.statements,
        relations=put.relations,
        flags=put.flags,
        coverage=count_coverage(reading.text, structure.blocks, turns, structure.marks, structure.scaffold),
    )


_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_]\w{2,8}){0,4}", re.ASCII | re.IGNORECASE)


def _language(reading: Reading) -> str | None:
    """The language that a file of our own says; of others' where the words alone do not make it certain."""
    declared = _LANGUAGE.fullmatch(reading.metadata.get("language", ""))
    code = declared[1].lower() if declared else None
    if code and is_exact(reading.layout):
        return code
    found = document_language(reading.text)
    return code if found.judgement != "certain" and code in lexicon.languages() else found.language


class _OnRecord(NamedTuple):
    """What was put on record, and where the text cannot be trusted; people whom only a quotation names join."""

    people: tuple[Person, ...]
    quotes: tuple[Quote, ...] = ()
    statements: tuple[Statement, ...] = ()
    relations: tuple[Relation, ...] = ()
    flags: tuple[Flag, ...] = ()
    words: Words = Words()


def _put_on_record(
    text: Text,
    language: str | None,
    turns: Sequence[Turn],
    blocks: Sequence[Block],
    marks: Sequence[Mark],
    people: Sequence[Person],
    date: str | None,
    interpreted: int,
    runs: Sequence[Run],
) -> _OnRecord:
    """Quotations of the article and of the speeches, the ledger, how its statements stand to each other, flags."""
    from onrecord.integrity import examine
    from onrecord.integrity.state import judge_items
    from onrecord.statements.ledger import find_statements
    from onrecord.statements.quoted import quotes
    from onrecord.statements.relations import find_relations

    frames = [(block.span.start, block.span.end) for block in blocks if block.kind == "frame"]
    quoted = quotes(text, language, frames, turns, people)
    statements = find_statements(text, language, turns, blocks, quoted.quotes, quoted.people, day=date)
    relations = find_relations(statements, text.characters, language, turns)
    flags, words = examine(text, language, turns, blocks, marks, quoted.people, date, interpreted, runs)
    judged = judge_items(quoted.quotes, statements, flags)
    return _OnRecord(quoted.people, judged.quotes, judged.statements, tuple(relations), tuple(flags), words)


def _ledger_notes(language: str | None) -> Sequence[Note]:
    from onrecord.statements.ledger import ledger_notes

    return ledger_notes(language)


def _marks(text: Text, structure: Structure, turns: Sequence[Turn], cast: Speakers) -> list[Mark]:
    """Marks with the turn they stand in and, for a heckle, the person it names when the record knows one."""
    marks, at = [], 0
    names = {alias.text.casefold(): person.id for person in cast.people for alias in person.aliases}
    for raw in structure.marks:
        while at + 1 < len(turns) and turns[at + 1].span.start <= raw.start:
            at += 1
        inside = bool(turns) and turns[at].span.start <= raw.start < turns[at].span.end
        voice = text.characters[slice(*raw.voice)].casefold() if raw.voice else None
        span = text.span(raw.start, raw.end)
        marks.append(
            Mark(
                "s1",
                span,
                text.read(span),
                raw.kind,
                turns[at].id if inside else None,
                names.get(voice or ""),
            )
        )
    return marks


def _event(
    text: Text,
    structure: Structure,
    cast: Speakers,
    title: str | None,
    language: str | None,
    date: str | None,
) -> Event:
    card = Card("s1", text.characters, language, structure.blocks, title, date)
    ids = {person.name: person.id for person in cast.people}
    ids.update((alias.text, person.id) for person in cast.people for alias in person.aliases)
    found = frame_participants(cast.named, card, ids)
    present = {participant.person for participant in found}
    for person, raw in cast.speaking():
        if person not in present and raw.label:
            found.append(_speaker(text, person, raw))
    surnames = frozenset(word.casefold() for person in cast.people for word in person.name.split())
    return read_event(card, found, surnames)


def _speaker(text: Text, person: str, raw: RawTurn) -> Participant:
    """A participant known from the label alone; an office inside the label is the role."""
    label = text.span(*raw.label) if raw.label else text.span(raw.start, raw.start)
    mention = Item("s1", label, text.read(label), raw.parts.name or None)
    role = raw.parts.role or (raw.parts.office if raw.parts.name else "")
    at = text.characters.find(role, label.start, label.end) if role else -1
    item = Item("s1", text.span(at, at + len(role)), role, role) if at >= 0 else None
    return Participant(person, mention, item)


def _block(text: Text, start: int, end: int, kind: BlockKind) -> Block:
    span = text.span(start, end)
    return Block("s1", span, text.read(span), kind)


# -------------------------------------------------------------------------------------------------- other accounts


def beside(record: Record, others: Sequence[Record]) -> Record:
    """The record of one account, with flags where other accounts of the event differ; theirs are evidence.

    `sources` then holds the others too; turns, statements and flags stay those of the first. Where the accounts do not
    look like one event, a note says so and nothing is flagged.
    """
    from onrecord.collation import compare
    from onrecord.integrity.state import judge_items
    from onrecord.integrity.versions import flags_from

    comparison = compare([record, *others])
    first, rest = comparison.sources[0], comparison.sources[1:]
    found = flags_from(comparison, first.id)
    if comparison.one_event.judgement == "unresolved":
        why = Note("accounts", "; ".join(comparison.one_event.reasons))
        first = msgspec.structs.replace(first, notes=(*first.notes, why))
    flags = sorted((*record.flags, *found), key=lambda flag: (flag.span, flag.id))
    judged = judge_items(record.quotes, record.statements, flags)
    return msgspec.structs.replace(
        record,
        sources=(first, *rest),
        quotes=judged.quotes,
        statements=judged.statements,
        flags=tuple(flags),
    )


# -------------------------------------------------------------------------------------------------- stored records


def encode(record: Record) -> bytes:
    """The record as JSON, one line without its line end; the same record gives the same bytes."""
    return msgspec.json.encode(record)


def decode(data: bytes) -> Record:
    """A record from its JSON; `RecordError` names the place where it does not fit the contract."""
    try:
        return msgspec.json.decode(data, type=Record)
    except (msgspec.DecodeError, UnicodeDecodeError, OnrecordError) as error:
        raise RecordError(f"not a record of schema {SCHEMA_VERSION}: {error}") from error
