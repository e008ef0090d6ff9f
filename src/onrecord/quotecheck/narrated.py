"""The quotations of a record's narrative, for records that were made without them."""

from __future__ import annotations

from msgspec.structs import replace

from onrecord.model import Record
from onrecord.spans import Text


def with_quotes(record: Record) -> Record:
    """The record with its quotations, read now where it has none; people whom only they name join the others."""
    if record.quotes:
        return record
    from onrecord.statements.quoted import quotes

    source = record.sources[0]
    frames = [(block.span.start, block.span.end) for block in record.blocks if block.kind == "frame"]
    found = quotes(Text(source.text), source.language, frames, record.turns, record.people)
    return replace(record, quotes=found.quotes, people=found.people)
