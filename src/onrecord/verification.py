"""Does a record hold? Every hash, every span, every name of something else in it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from onrecord.errors import OnrecordError
from onrecord.model import Block, Flag, Item, Mark, Quote, Record, Statement, Turn
from onrecord.spans import Span, Text, tile

Cited = Item | Block | Turn | Mark | Quote | Statement | Flag
"""Whatever stands in a source with its own characters."""


def verify(record: Record) -> list[str]:
    """Every way in which the record does not hold, one line each, in the order of its fields; none if it does.

    Hashes that are not those of the text, spans that do not re-read, spans beyond what holds them, blocks that do not
    tile their source, and ids that nothing in the record has.
    """
    texts = {source.id: Text(source.text) for source in record.sources}
    return [
        *_hashes(record, texts),
        *_characters(record, texts),
        *_inner_spans(record, texts),
        *_tiling(record, texts),
        *_references(record),
    ]


def _hashes(record: Record, texts: Mapping[str, Text]) -> Iterator[str]:
    for source in record.sources:
        if texts[source.id].sha256 != source.text_sha256:
            yield f"source {source.id}: the text does not have the hash the record claims"
        if len(source.sha256) != hashlib.sha256().digest_size * 2:
            yield f"source {source.id}: the hash of the bytes is malformed"


def _characters(record: Record, texts: Mapping[str, Text]) -> Iterator[str]:
    for where, item in _cited(record):
        try:
            texts[item.source].check(item.span, item.text)
        except KeyError:
            yield f"{where}: there is no source {item.source!r}"
        except OnrecordError as error:
            yield f"{where}: {error}"


def _cited(record: Record) -> Iterator[tuple[str, Cited]]:
    """Every item that carries source, span and text, with a name for messages."""
    for name in ("title", "kind", "date", "place", "duration"):
        item = getattr(record.event, name)
        if item is not None:
            yield f"event.{name}", item
    for index, participant in enumerate(record.event.participants):
        yield f"event.participants[{index}].mention", participant.mention
        if participant.role is not None:
            yield f"event.participants[{index}].role", participant.role
    for kind in ("blocks", "turns", "marks", "quotes", "statements", "flags"):
        for index, item in enumerate(getattr(record, kind)):
            yield f"{kind}[{index}]", item
    for statement in record.statements:
        for item in (statement.deadline, *statement.quantities):
            if item is not None:
                yield f"{statement.id}: “{item.value or item.text}”", item
    for flag in record.flags:
        for item in flag.evidence:
            yield f"{flag.id}: its evidence", item


def _inner_spans(record: Record, texts: Mapping[str, Text]) -> Iterator[str]:
    """Spans without text of their own must lie in the item that holds them, or in its source."""
    for turn in record.turns:
        for span in (*turn.speech, turn.label):
            if span is not None and not turn.span.holds(span):
                yield f"{turn.id}: {_shown(span)} lies outside the turn"
    for quote in record.quotes:
        spans = (*quote.segments, quote.mention, quote.cue)
        yield from _beyond(quote.id, spans, texts.get(quote.source))
    for statement in record.statements:
        yield from _beyond(statement.id, (statement.content,), texts.get(statement.source))
    for source in record.sources:
        spans = (*(item.span for item in source.languages), *(note.span for note in source.notes))
        yield from _beyond(f"source {source.id}", spans, texts[source.id])


def _beyond(where: str, spans: Sequence[Span | None], text: Text | None) -> Iterator[str]:
    for span in spans:
        if span is not None and text is not None and span.end > len(text):
            yield f"{where}: {_shown(span)} lies outside the text"


def _shown(span: Span) -> str:
    """`[start, end)` for messages."""
    return f"[{span.start}, {span.end})"


def _tiling(record: Record, texts: Mapping[str, Text]) -> Iterator[str]:
    for identifier, text in texts.items():
        spans = [block.span for block in record.blocks if block.source == identifier]
        try:
            if spans:
                tile(spans, len(text))
        except OnrecordError as error:
            yield f"blocks of {identifier}: {error}"


def _references(record: Record) -> Iterator[str]:
    """Ids that name nothing, and ids that name two things."""
    known: set[str] = set()
    for items in (record.people, record.turns, record.quotes, record.statements):
        for id in (one.id for one in items):
            if id in known:
                yield f"{id}: stands for two things"
            known.add(id)
    for where, named in _named(record):
        yield from (f"{where}: there is no {id!r}" for id in named if id is not None and id not in known)


def _named(record: Record) -> Iterator[tuple[str, Sequence[str | None]]]:
    """Every place that names a person, a turn or a statement by its id."""
    for index, participant in enumerate(record.event.participants):
        yield f"event.participants[{index}]", (participant.person,)
    for turn in record.turns:
        yield turn.id, (turn.speaker, *turn.others, *turn.candidates)
    for index, mark in enumerate(record.marks):
        yield f"marks[{index}]", (mark.turn, mark.speaker)
    for quote in record.quotes:
        yield quote.id, (quote.speaker, *quote.chain)
    for statement in record.statements:
        yield statement.id, (statement.speaker, *statement.chain, statement.turn, *statement.to)
    for relation in record.relations:
        yield relation.id, (relation.a, relation.b)
