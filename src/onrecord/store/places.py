"""Where a permalink leads, now or for ever, and where its words stand in the text of today."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.errors import NoInput
from onrecord.model import Flag, Quote, Record, Statement, Turn
from onrecord.spans import Span, Text
from onrecord.store import anchors, desk, holdings, permalinks
from onrecord.store.anchors import Anchor
from onrecord.store.answers import Place, Version
from onrecord.store.permalinks import Link
from onrecord.store.protocol import Engine

_CHARACTERS = re.compile(r"c([0-9]{1,12})-([0-9]{1,12})")


def resolve(engine: Engine, path: str) -> Place:
    """The place of a permalink; `NoInput` if there is no such event, version or item."""
    link = permalinks.parse(path)
    current = current_version(engine, link.event)
    held = current if link.version is None else _version(engine, link)
    if held is None:
        raise NoInput(f"{engine.address}: there is no event {link.event!r}, or nothing of it is left")
    whole = permalinks.link(held.event, held.id, link.item)
    last = _last_of_source(engine, held)
    if held.removed or link.item is None:
        return Place(held.event, held.id, link.item, None, None, last, held.removed, whole)
    record = desk.corrected(engine, held)[0]
    span = item_span(record, link.item)
    if (
        span is None
    ):  # a correction may have taken it away; the link still leads to the characters that it named
        span = item_span(holdings.stored_record(engine, held), link.item)
    if span is None:
        raise NoInput(f"{engine.address}: there is no {link.item} in {permalinks.link(held.event, held.id)}")
    text = record.sources[0].text[span.start : span.end]
    return Place(held.event, held.id, link.item, span, text, last, None, whole)


def follow(engine: Engine, path: str) -> tuple[Version, Anchor]:
    """Where the characters of a permalink stand in the last version of their source; never a guess (anchors.py)."""
    found = resolve(engine, path)
    held = holdings.named(engine, found.version)
    rows = holdings.versions(
        engine,
        "number = (SELECT max(number) FROM version WHERE source = ? AND removed IS NULL)",
        (held.source,),
    )
    if not rows:
        raise NoInput(f"{engine.address}: every version of that text was removed")
    if found.span is None or held.removed:
        return rows[0], Anchor("lost", None)
    place = anchors.place(Text(holdings.stored_record(engine, held).sources[0].text), found.span)
    return rows[0], anchors.anchor(Text(holdings.stored_record(engine, rows[0]).sources[0].text), place)


def current_version(engine: Engine, event: str) -> Version | None:
    """The last version of the first account of an event that has any left."""
    for source in holdings.sources(engine, event):
        sql = "number = (SELECT max(number) FROM version WHERE source = ? AND removed IS NULL)"
        if rows := holdings.versions(engine, sql, (source.id,)):
            return rows[0]
    return None


def _version(engine: Engine, link: Link) -> Version:
    held = holdings.named(engine, link.version or "")
    if held.event != link.event:
        raise NoInput(f"{engine.address}: version {held.id} is not of event {link.event!r}")
    return held


def _last_of_source(engine: Engine, held: Version) -> bool:
    sql = "SELECT max(number) FROM version WHERE source = ? AND removed IS NULL"
    return bool(engine.rows(sql, (held.source,))[0][0] == held.number)


def item_span(record: Record, item: str) -> Span | None:
    """The span of a turn, statement, quotation, flag or stretch of characters; None if the record has no such item."""
    if found := _CHARACTERS.fullmatch(item):
        start, end = int(found[1]), int(found[2])
        return Span(start, end) if start <= end <= len(record.sources[0].text) else None
    kinds: dict[str, Sequence[Turn | Statement | Quote | Flag]] = {
        "t": record.turns, "a": record.statements, "q": record.quotes, "f": record.flags,
    }  # fmt: skip
    rows = kinds[item[0]]
    return next((one.span for one in rows if one.id == item), None)
