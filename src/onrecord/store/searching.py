"""Search: passages that answer a query, best first, a window of the newest answers at a time.

However common a word is, a search looks at no more than `WINDOW` passages: it takes the newest answers, ranks these by
BM25 (Robertson and Zaragoza 2009) and pages through them; the page after the last of a window ranks the next older
ones. The ranking is done here, from the characters, so both databases give the same order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import log
from typing import NamedTuple

from onrecord.errors import UsageError
from onrecord.people.names import fold
from onrecord.spans import Span
from onrecord.store import holdings, permalinks, query
from onrecord.store.answers import Filters, Hit, Page, Passage
from onrecord.store.checks import damaged, seal
from onrecord.store.protocol import Engine, Row, Value
from onrecord.store.query import Query, Term
from onrecord.store.words import keys

WINDOW = 1000
MOST = 100
"""Hits of one page."""
EXCERPT = 280
"""Characters of an excerpt, about three lines."""
_K1, _B, _LENGTH = 1.2, 0.75, 60
"""The usual parameters of BM25, and the words of an ordinary passage."""

_COLUMNS = (
    "passage.id, passage.version, item, starts, ends, passage.speaker, passage.text, passage.checksum,"
    " speaker.name, version.id, version.event, version.language, version.date"
)
_JOINED = "JOIN version ON version.number = passage.version LEFT JOIN speaker ON speaker.id = passage.speaker"


class _Mark(NamedTuple):
    """Where a page ends: the newest passage of its window, and the last hit's score and number."""

    newest: int
    score: float
    last: int


def search(engine: Engine, typed: str, filters: Filters, limit: int, after: str | None) -> Page:
    """One page of hits; `UsageError` if `after` is not of a page of this search."""
    if limit < 1:
        raise UsageError("a page has at least one hit")
    wanted = query.parse(typed)
    if not wanted.terms and filters == Filters():
        return Page((), 0, False, None, wanted.cut)
    limit = min(limit, MOST)
    mark = _parse(after) if after else None
    rows = _window(engine, wanted, filters, mark)
    window, more = rows[:WINDOW], len(rows) > WINDOW
    ranked = _ranked(engine, wanted, window)
    if mark:
        ranked = [one for one in ranked if (-one[0], -int(one[1][0])) > (-mark.score, -mark.last)]
    shown = ranked[:limit]
    hits = tuple(_hit(score, row, wanted) for score, row in shown)
    following = _next(mark, window, more, shown, len(ranked) > limit)
    return Page(hits, len(window), more, following, wanted.cut)


def _next(
    mark: _Mark | None, window: Sequence[Row], more: bool, shown: Sequence[tuple[float, Row]], left: bool
) -> str | None:
    """The token of the page that follows: in this window, or the first of the next older one."""
    if left and shown:
        newest = mark.newest if mark else int(window[0][0])
        return f"{newest}.{shown[-1][0].hex()}.{shown[-1][1][0]}".replace("0x", "")
    return f"{int(window[-1][0]) - 1}" if more else None


_MARK = re.compile(r"([0-9]{1,18})(?:\.(-?[0-9]\.[0-9a-f]{1,13}p[+-][0-9]{1,3})\.([0-9]{1,18}))?")


def _parse(after: str) -> _Mark:
    found = _MARK.fullmatch(after)
    if found is None:
        raise UsageError("that is not the mark of a page; take it from the page before")
    newest, score, last = found.groups()
    return _Mark(int(newest), float("inf") if score is None else float.fromhex(f"0x{score}"), int(last or 0))


# --------------------------------------------------------------------------------------------------------- the SQL


def _window(engine: Engine, wanted: Query, filters: Filters, mark: _Mark | None) -> list[Row]:
    """The newest passages that answer, from the mark on: one more than a window, if there are so many."""
    where, values = conditions(engine, filters)
    if wanted.terms:
        condition, matched = engine.matching(engine.compiled(wanted.terms))
        where, values = [condition, *where], [*matched, *values]
    order = "words.rowid" if wanted.terms else "passage.id"
    if mark:
        where, values = [*where, f"{order} <= ?"], [*values, mark.newest]
    sql = f"{joined(bool(wanted.terms))} WHERE {' AND '.join(where)} ORDER BY {order} DESC LIMIT ?"
    return engine.rows(sql, [*values, WINDOW + 1])


def joined(by_words: bool) -> str:
    """The beginning of a query for passages; `by_words` if it goes on with a condition of `Engine.matching`."""
    tables = f"words JOIN passage ON passage.id = words.rowid {_JOINED}" if by_words else f"passage {_JOINED}"
    return f"SELECT {_COLUMNS} FROM {tables}"


def conditions(engine: Engine, filters: Filters) -> tuple[list[str], list[Value]]:
    """What the filters ask of `passage` and `version`, as SQL and its values."""
    where: list[str] = []
    values: list[Value] = []
    for column, value in (("event", filters.event), ("language", filters.language)):
        if value is not None:
            where.append(f"version.{column} = ?")
            values.append(holdings.plain(value))
    for sign, date in ((">=", filters.since), ("<=", filters.until)):
        if date is not None:
            where.append(f"version.date {sign} ?")
            values.append(
                (holdings.plain(date) or "") + ("~" if sign == "<=" else "")
            )  # "~" is after any digit
    if filters.speaker is not None:
        ids = speakers(engine, filters.speaker)
        where.append(f"passage.speaker IN ({', '.join('?' for _ in ids)})" if ids else "1 = 0")
        values += ids
    for sort, kind in (("statement", filters.statement), ("flag", filters.flag)):
        if kind is not None:
            where.append("passage.id IN (SELECT passage FROM finding WHERE sort = ? AND kind = ?)")
            values += [sort, holdings.plain(kind)]
    return where, values


_MOST_SPEAKERS = 500


def speakers(engine: Engine, name: str) -> list[Value]:
    """The numbers of the speakers whose names hold every part of this one."""
    parts = fold(holdings.plain(name) or "").split()[:8]
    if not parts:
        return []
    where = " AND ".join("folded LIKE ? ESCAPE '!'" for _ in parts)
    escaped = [f"%{part.replace('!', '!!').replace('%', '!%').replace('_', '!_')}%" for part in parts]
    found = engine.rows(
        f"SELECT id FROM speaker WHERE {where} ORDER BY id LIMIT ?", [*escaped, _MOST_SPEAKERS]
    )
    return [row[0] for row in found]


def read_passage(row: Row) -> Passage:
    """A row of `_COLUMNS` as a passage; `BadData` if its characters are not those that were stored."""
    if seal(*row[:7]) != row[7] or not isinstance(row[6], bytes):
        raise damaged(f"a passage of version {row[9]}")
    start, end = int(row[3]), int(row[4])
    item, version, event = str(row[2]), str(row[9]), str(row[10])
    return Passage(
        id=int(row[0]),
        event=event,
        version=version,
        item=item or None,
        span=Span(start, end),
        text=row[6].decode("utf-8", "surrogatepass"),
        speaker=None if row[8] is None else str(row[8]),
        language=None if row[11] is None else str(row[11]),
        date=None if row[12] is None else str(row[12]),
        link=permalinks.link(event, version, item or f"c{start}-{end}"),
    )


# --------------------------------------------------------------------------------------------------------- ranking


def _ranked(engine: Engine, wanted: Query, rows: Sequence[Row]) -> list[tuple[float, Row]]:
    """Rows with their scores, best first; of equal ones the newest first."""
    if not wanted.terms:
        return [(0.0, row) for row in rows]
    total = max(int(engine.rows("SELECT coalesce(max(id), 0) FROM passage")[0][0]), 1)
    weights = {}
    for term in wanted.terms:
        common = (
            engine.frequency(term.keys[-1], WINDOW) if len(wanted.terms) > 1 and not term.prefix else WINDOW
        )
        weights[term] = log(1 + (total - common + 0.5) / (common + 0.5)) if total > common else 0.1
    scored = [(_score(row, weights), row) for row in rows]
    return sorted(scored, key=lambda one: (-one[0], -int(one[1][0])))


def _score(row: Row, weights: dict[Term, float]) -> float:
    """BM25 of a passage. Phrases and beginnings are counted by their last word: exact places are for what is shown."""
    text = row[6].decode("utf-8", "surrogatepass") if isinstance(row[6], bytes) else ""
    held = f" {' '.join(keys(text))} "
    length = held.count(" ") - 1
    total = 0.0
    for term, weight in weights.items():
        words = f" {' '.join(term.keys)}"
        often = max(held.count(words if term.prefix else f"{words} "), 1)
        total += weight * often * (_K1 + 1) / (often + _K1 * (1 - _B + _B * length / _LENGTH))
    return round(total, 9)


def _hit(score: float, row: Row, wanted: Query) -> Hit:
    passage = read_passage(row)
    found = query.places(passage.text, passage.span.start, wanted.terms)
    first = found[0] if found else (passage.span.start, passage.span.start)
    return Hit(passage, tuple(Span(*place) for place in found), _excerpt(passage, first), score)


def _excerpt(passage: Passage, match: tuple[int, int]) -> Span:
    """A stretch around a match, from the beginning of a word to the end of one."""
    start, end = passage.span.start, passage.span.end
    if end - start <= EXCERPT:
        return passage.span
    left = max(start, min(match[0] - EXCERPT // 3, end - EXCERPT))
    right = min(end, max(left + EXCERPT, min(match[1], left + 2 * EXCERPT)))
    text = passage.text
    if left > start:
        blank = text.find(" ", left - start, max(left, match[0]) - start)
        left = start + blank + 1 if blank >= 0 else left
    if right < end:
        blank = text.rfind(" ", max(right - 40, match[1], left) - start, right - start)
        right = start + blank if blank > 0 else right
    return Span(left, right)


# ------------------------------------------------------------------------------------------------------ candidates

_RARE = 50
"""Passages of a word that is rare enough to look at all of them."""
_ENOUGH_RARE = 4
_MOST_ASKED = 24
_MOST_LOOKED_AT = 400
_TOGETHER = 8


def candidates(engine: Engine, quote: str, limit: int, filters: Filters) -> list[Passage]:
    """Passages that may hold the words of a quotation, likeliest first, without looking at all of them.

    The work depends on the quotation's rarest words, not on the size of the archive: first passages that hold the
    rarest words together, then those that hold any of them.
    """
    asked = sorted(dict.fromkeys(keys(quote[:20_000])), key=lambda key: (-len(key), key))[:_MOST_ASKED]
    if not asked or limit < 1:
        return []
    common = _frequencies(engine, asked)
    rarest = sorted((key for key in common if common[key]), key=lambda key: (common[key], key))
    found = {row[0]: row for row in _looked_at(engine, rarest[:_TOGETHER], filters, every=True)}
    if len(found) < _MOST_LOOKED_AT:
        few = [key for key in rarest if common[key] < WINDOW][:_ENOUGH_RARE]
        found |= {row[0]: row for row in _looked_at(engine, few, filters, every=False)}
    weights = {key: log(1 + WINDOW / (1 + common[key])) for key in rarest}
    scored = []
    for row in found.values():
        passage = read_passage(row)
        held = set(keys(passage.text))
        scored.append((-round(sum(weights[key] for key in weights if key in held), 9), -passage.id, passage))
    return [passage for _, _, passage in sorted(scored)[:limit]]


def _frequencies(engine: Engine, asked: Sequence[str]) -> dict[str, int]:
    """How common the words are; longer words are asked first, and enough rare ones are enough."""
    found: dict[str, int] = {}
    for key in asked:
        found[key] = engine.frequency(key, WINDOW)
        if sum(0 < count <= _RARE for count in found.values()) >= _ENOUGH_RARE:
            break
    return found


def _looked_at(engine: Engine, asked: Sequence[str], filters: Filters, *, every: bool) -> list[Row]:
    if not asked:
        return []
    condition, values = engine.matching(engine.compiled([Term((key,)) for key in asked], every=every))
    where, more = conditions(engine, filters)
    sql = f"{joined(True)} WHERE {' AND '.join([condition, *where])} ORDER BY words.rowid DESC LIMIT ?"
    return engine.rows(sql, [*values, *more, _MOST_LOOKED_AT])
