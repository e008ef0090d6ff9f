"""What is listed over all events: the newest of them, what was put on record, who was heard and where.

Only the last version of each account counts; an older one is still there under its own address. Every list is read
along an index and no further than it is shown, so that it costs the same in an archive of any size; `heard` alone
grows with the number of accounts in which that person speaks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from onrecord.people.names import fold
from onrecord.store.answers import Event
from onrecord.store.holdings import EVENT, event, plain
from onrecord.store.permalinks import link
from onrecord.store.protocol import Engine, Value
from onrecord.store.searching import load

_CURRENT = (
    "version.removed IS NULL AND NOT EXISTS (SELECT 1 FROM version AS later"
    " WHERE later.source = version.source AND later.number > version.number AND later.removed IS NULL)"
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


def newest_events(engine: Engine, limit: int, offset: int) -> list[Listed]:
    """Events, the last added first."""
    columns = ", ".join(f"event.{name}" for name in EVENT.split(", "))
    rows = engine.rows(
        f"SELECT {columns}, event.checksum, (SELECT count(*) FROM source WHERE source.event = event.id)"
        " FROM event ORDER BY event.added DESC, event.id LIMIT ? OFFSET ?",
        (limit, offset),
    )
    return [Listed(event(row[:-1]), int(row[-1])) for row in rows]


def statements(
    engine: Engine, kinds: Sequence[str], speaker: str | None, limit: int, before: int | None
) -> list[Filed]:
    """Statements of some kinds, the last filed first; `before` is the number of the last one that is known."""
    numbers: set[int] = set()
    # One walk down an index for each kind, or for each spelling of a name: asked for several at once, a database
    # sorts all that there are.
    for where, values in _walks(engine, kinds, speaker):
        beyond = "" if before is None else " AND finding.id < ?"
        rows = engine.rows(
            "SELECT finding.id FROM finding JOIN version ON version.number = finding.version"
            f" WHERE {where}{beyond} AND {_CURRENT} ORDER BY finding.id DESC LIMIT ?",
            (*values, *(() if before is None else (before,)), limit),
        )
        numbers.update(int(row[0]) for row in rows)
    return _filed(engine, sorted(numbers, reverse=True)[:limit])


def _walks(engine: Engine, kinds: Sequence[str], speaker: str | None) -> list[tuple[str, list[Value]]]:
    if speaker is None:
        return [("finding.sort = 'statement' AND finding.kind = ?", [kind]) for kind in kinds]
    wanted = f"finding.speaker = ? AND finding.sort = 'statement' AND finding.kind IN ({_marks(kinds)})"
    return [(wanted, [number, *kinds]) for number in _numbers(engine, speaker)]


def _filed(engine: Engine, numbers: Sequence[int]) -> list[Filed]:
    """The statements of these places in the index, in this order."""
    if not numbers:
        return []
    rows = engine.rows(
        "SELECT finding.id, finding.kind, finding.item, finding.starts, finding.ends, finding.passage, speaker.name,"
        " version.id, version.event, version.title, version.date, version.language, source.name FROM finding"
        " JOIN version ON version.number = finding.version JOIN source ON source.id = version.source"
        " LEFT JOIN speaker ON speaker.id = finding.speaker"
        f" WHERE finding.id IN ({_marks(numbers)}) ORDER BY finding.id DESC",
        numbers,
    )
    held = load(engine, sorted({row[5] for row in rows if row[5] is not None}))
    found = []
    for number, kind, item, start, end, at, who, version, of, title, date, language, account in rows:
        passage = held.get(at)
        text = passage.text[start - passage.span.start : end - passage.span.start] if passage else ""
        found.append(
            Filed(number, kind, text, who, of, title, date, language, account, link(of, version, item))
        )
    return found


def heard(engine: Engine, speaker: str, limit: int) -> list[Heard]:
    """The accounts in which somebody speaks, the latest events first."""
    numbers = _numbers(engine, speaker)
    if not numbers:
        return []
    rows = engine.rows(
        "SELECT version.event, version.id, version.title, version.date, spoken.passages FROM"
        f" (SELECT version, count(*) AS passages FROM passage WHERE speaker IN ({_marks(numbers)}) GROUP BY version)"
        f" AS spoken JOIN version ON version.number = spoken.version WHERE {_CURRENT}"
        " ORDER BY coalesce(version.date, '') DESC, version.number DESC LIMIT ?",
        (*numbers, limit),
    )
    return [Heard(of, version, title, date, int(count)) for of, version, title, date, count in rows]


def speakers(engine: Engine, limit: int) -> list[str]:
    """Names of speakers, by the alphabet."""
    return [str(row[0]) for row in engine.rows("SELECT name FROM speaker ORDER BY folded LIMIT ?", (limit,))]


_MOST_SPELLINGS = 64  # of one name: with and without accents, in capitals


def _numbers(engine: Engine, speaker: str) -> list[int]:
    """The speakers whose name is this one in some spelling of case and accents."""
    rows = engine.rows(
        "SELECT id FROM speaker WHERE folded = ? ORDER BY id LIMIT ?",
        (fold(plain(speaker) or ""), _MOST_SPELLINGS),
    )
    return [int(row[0]) for row in rows]


def _marks(values: Sequence[Value]) -> str:
    return ", ".join("?" for _ in values)
