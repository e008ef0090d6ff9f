"""Saved searches, what is new in them since the last look, and the same as an Atom feed (RFC 4287).

A search remembers the last version that it has seen, by its order of arrival; a correction that re-indexes an old
version therefore raises no alert.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

import msgspec

from onrecord.errors import NoInput, UsageError
from onrecord.store import holdings, query
from onrecord.store.answers import Filters, Passage
from onrecord.store.checks import damaged, seal
from onrecord.store.protocol import Engine, Row
from onrecord.store.searching import conditions, read_passages
from onrecord.store.searching import joined as joined_tables

MOST = 1000
"""New passages that one look reports of one search; `more` says that there are others, and they come next time."""


class Saved(msgspec.Struct, frozen=True):
    """A search that somebody wants to hear of."""

    name: str
    query: str
    filters: Filters
    added: str


class Alert(NamedTuple):
    """What is new in a saved search, oldest first; `times` says when the version of each passage was added."""

    search: Saved
    passages: tuple[Passage, ...]
    times: tuple[str, ...]
    more: bool


def save(engine: Engine, saved: Saved, *, whole: bool = False) -> None:
    """Keep a search under its name; it reports what comes from now on, or with `whole` what is there already."""
    if not saved.name.strip() or holdings.plain(saved.name) != saved.name:
        raise UsageError("a saved search has a name of ordinary characters")
    if not query.parse(saved.query).terms and saved.filters == Filters():
        raise UsageError(f"{saved.name}: the search says nothing to look for")
    with engine.transaction():
        if engine.rows("SELECT 1 FROM search WHERE name = ?", (saved.name,)):
            raise UsageError(f"{saved.name}: there is already a search of that name")
        seen = 0 if whole else holdings.next_number(engine, "version") - 1
        write(engine, saved, seen)


def write(engine: Engine, saved: Saved, seen: int) -> None:
    """Store a search with the last version it has seen; call inside a transaction."""
    row = (saved.name, msgspec.json.encode(saved), seen)
    engine.run("DELETE FROM search WHERE name = ?", (saved.name,))
    engine.run("INSERT INTO search VALUES (?, ?, ?, ?)", (*row, seal(*row)))


def forget(engine: Engine, name: str) -> None:
    """Drop a saved search."""
    with engine.transaction():
        if not engine.run("DELETE FROM search WHERE name = ?", (holdings.plain(name),)):
            raise NoInput(f"{engine.address}: there is no saved search {name[:60]!r}")


def saved(engine: Engine) -> list[tuple[Saved, int]]:
    """All saved searches by name, each with the number of the last version that it has seen."""
    return [_read(row) for row in engine.rows("SELECT name, body, seen, checksum FROM search ORDER BY name")]


def _read(row: Row) -> tuple[Saved, int]:
    if seal(*row[:-1]) != row[-1] or not isinstance(row[1], bytes):
        raise damaged(f"saved search {row[0]}")
    return msgspec.json.decode(row[1], type=Saved), int(row[2])


def look(engine: Engine, *, mark: bool) -> list[Alert]:
    """What is new in every saved search; with `mark` it is no longer new afterwards."""
    found = []
    for one, seen in saved(engine):
        alert, last = _new(engine, one, seen)
        if alert.passages:
            found.append(alert)
        if mark and last > seen:
            with engine.transaction():
                write(engine, one, last)
    return found


def _new(engine: Engine, one: Saved, seen: int) -> tuple[Alert, int]:
    """The new passages, and the version up to which they are all there."""
    newest = holdings.next_number(engine, "version") - 1
    rows = _matches(engine, one, f"passage.version > {seen} AND passage.version <= {newest}", "ASC", MOST + 1)
    last = newest
    if len(rows) > MOST:  # whole versions only, so that nothing is told twice or never
        last = int(rows[MOST][1]) - 1
        kept = [row for row in rows if int(row[1]) <= last]
        last, rows = (last, kept) if kept else (int(rows[MOST][1]), rows[:MOST])
    return _alert(engine, one, rows, last < newest), last


def _alert(engine: Engine, one: Saved, rows: Sequence[Row], more: bool) -> Alert:
    passages = tuple(read_passages(engine, rows))
    names = sorted({passage.version for passage in passages})
    times = {name: holdings.named(engine, name).added for name in names}
    return Alert(one, passages, tuple(times[passage.version] for passage in passages), more)


def _matches(engine: Engine, one: Saved, since: str, order: str, limit: int) -> list[Row]:
    terms = query.parse(one.query).terms
    where, values = conditions(engine, one.filters)
    if terms:
        condition, matched = engine.matching(engine.compiled(terms))
        where, values = [condition, *where], [*matched, *values]
    chosen = f"{joined_tables(bool(terms))} WHERE {' AND '.join([*where, since])}"
    return engine.rows(f"{chosen} ORDER BY passage.version {order}, passage.id LIMIT ?", [*values, limit])


def feed(engine: Engine, name: str, address: str, limit: int) -> str:
    """The newest passages of a saved search as an Atom feed; `address` is where the archive is served.

    The feed does not change what `alerts` reports, and the same archive gives the same bytes.
    """
    for one, _ in saved(engine):
        if one.name == name:
            rows = _matches(engine, one, "1 = 1", "DESC", limit)
            return _atom(_alert(engine, one, rows, False), address.rstrip("/"))
    raise NoInput(f"{engine.address}: there is no saved search {name[:60]!r}")


def _atom(alert: Alert, address: str) -> str:
    updated = max(alert.times, default=alert.search.added)
    here = f"{address}/alerts/{quote(alert.search.name, safe='', errors='replace')}"  # an id is an address: no blanks
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"  <title>{_xml(alert.search.name)}</title>",
        f"  <id>{_xml(here)}</id>",
        f'  <link rel="self" href={quoteattr(f"{here}.xml")}/>',
        f"  <link href={quoteattr(f'{address}/alerts')}/>",
        f"  <updated>{_xml(updated)}</updated>",
    ]
    for passage, time in zip(alert.passages, alert.times, strict=True):
        link = f"{address}{passage.link}"
        lines += [
            "  <entry>",
            f"    <title>{_xml(_heading(passage))}</title>",
            f"    <id>{_xml(link)}</id>",
            f"    <link href={quoteattr(link)}/>",
            f"    <updated>{_xml(time)}</updated>",
            f"    <author><name>{_xml(passage.speaker or 'not said who')}</name></author>",
            f'    <content type="text">{_xml(passage.text)}</content>',
            "  </entry>",
        ]
    return "\n".join([*lines, "</feed>", ""])


def _heading(passage: Passage) -> str:
    words = " ".join(passage.text.split())
    shown = words if len(words) <= 80 else words[:79] + "…"
    return f"{passage.speaker}: {shown}" if passage.speaker else shown


def _xml(text: str) -> str:
    """Text for XML 1.0, which has no form at all for most control characters and for lone surrogates."""
    return escape("".join(c if _allowed(c) else "\ufffd" for c in text))


def _allowed(c: str) -> bool:
    return c in "\t\n\r" or " " <= c < "\ud800" or "\ue000" <= c <= "\ufffd" or c > "\uffff"
