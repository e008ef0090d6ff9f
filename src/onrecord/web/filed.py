"""What stands in the index of an archive, listed over all events: the newest events, and what was put on record.

Only the last version of each account counts; an older one is still there under its own address.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from onrecord.people.names import fold
from onrecord.store import Archive, Event
from onrecord.store.holdings import EVENT, event, plain
from onrecord.store.permalinks import link
from onrecord.store.protocol import Value
from onrecord.store.searching import load

_CURRENT = (
    "version.removed IS NULL AND version.number = (SELECT max(later.number) FROM version AS later"
    " WHERE later.source = version.source AND later.removed IS NULL)"
)


class Listed(NamedTuple):
    """An event in a list, with how many accounts of it are held."""

    event: Event
    accounts: int


class Filed(NamedTuple):
    """One statement of a record as the index knows it; `number` is its place in the index, for paging."""

    number: int
    kind: str
    text: str
    speaker: str | None
    event: str
    title: str | None
    date: str | None
    language: str | None
    account: str
    link: str


class Heard(NamedTuple):
    """One account in which somebody speaks, and in how many passages."""

    event: str
    version: str
    title: str | None
    date: str | None
    passages: int


def newest_events(archive: Archive, limit: int, offset: int = 0) -> list[Listed]:
    """Events, the last added first; one more than `limit` says that there are others."""
    columns = ", ".join(f"event.{name}" for name in EVENT.split(", "))
    rows = archive.engine.rows(
        f"SELECT {columns}, event.checksum, (SELECT count(*) FROM source WHERE source.event = event.id)"
        " FROM event ORDER BY event.added DESC, event.id LIMIT ? OFFSET ?",
        (limit + 1, offset),
    )
    return [Listed(event(row[:-1]), int(row[-1])) for row in rows]


def statements(
    archive: Archive,
    kinds: Sequence[str],
    *,
    speaker: str | None = None,
    limit: int = 50,
    before: int | None = None,
) -> list[Filed]:
    """Statements of some kinds, the last filed first, one more than `limit` if there are others."""
    where = [f"finding.kind IN ({', '.join('?' for _ in kinds)})", _CURRENT]
    values: list[Value] = [*kinds]
    if speaker is not None:
        where.append("finding.speaker IN (SELECT id FROM speaker WHERE folded = ?)")
        values.append(fold(plain(speaker) or ""))
    if before is not None:
        where.append("finding.id < ?")
        values.append(before)
    rows = archive.engine.rows(
        "SELECT finding.id, finding.kind, finding.item, finding.starts, finding.ends, finding.passage, speaker.name,"
        " version.id, version.event, version.title, version.date, version.language, source.name FROM finding"
        " JOIN version ON version.number = finding.version JOIN source ON source.id = version.source"
        " LEFT JOIN speaker ON speaker.id = finding.speaker"
        f" WHERE finding.sort = 'statement' AND {' AND '.join(where)} ORDER BY finding.id DESC LIMIT ?",
        (*values, limit + 1),
    )
    held = load(archive.engine, sorted({row[5] for row in rows if row[5] is not None}))
    found = []
    for number, kind, item, start, end, at, who, version, of, title, date, language, account in rows:
        passage = held.get(at)
        text = passage.text[start - passage.span.start : end - passage.span.start] if passage else ""
        found.append(
            Filed(number, kind, text, who, of, title, date, language, account, link(of, version, item))
        )
    return found


def heard(archive: Archive, speaker: str, limit: int = 200) -> list[Heard]:
    """The accounts in which somebody speaks, the latest events first."""
    rows = archive.engine.rows(
        "SELECT version.event, version.id, version.title, version.date, count(*) FROM passage"
        " JOIN version ON version.number = passage.version"
        f" WHERE passage.speaker IN (SELECT id FROM speaker WHERE folded = ?) AND {_CURRENT}"
        " GROUP BY version.number, version.event, version.id, version.title, version.date"
        " ORDER BY coalesce(version.date, '') DESC, version.number DESC LIMIT ?",
        (fold(plain(speaker) or ""), limit),
    )
    return [Heard(of, version, title, date, int(count)) for of, version, title, date, count in rows]


def names(archive: Archive, limit: int = 400) -> list[str]:
    """Names of speakers, by the alphabet."""
    return [
        str(row[0])
        for row in archive.engine.rows("SELECT name FROM speaker ORDER BY folded LIMIT ?", (limit,))
    ]
