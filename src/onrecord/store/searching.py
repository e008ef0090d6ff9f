"""Search: passages that answer a query, best first, a window of the newest answers at a time.

However common a word is, a search looks at no more than `WINDOW` passages: it takes the newest answers, ranks these by
BM25 (Robertson and Zaragoza 2009) and pages through them; the page after the last of a window ranks the next older
ones. The ranking is done here, from the characters, so both databases give the same order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations
from math import log
from typing import NamedTuple

from onrecord.errors import UsageError
from onrecord.people.names import fold
from onrecord.spans import Span
from onrecord.store import holdings, permalinks, query
from onrecord.store.answers import Filters, Hit, Page, Passage, Version
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
    " speaker.id, speaker.name, speaker.folded, speaker.checksum"
)
_BY_WORDS = "words JOIN passage ON passage.id = words.rowid"
_WITH_VERSION = " JOIN version ON version.number = passage.version"
_WITH_SPEAKER = " LEFT JOIN speaker ON speaker.id = passage.speaker"


class _Ranked(NamedTuple):
    """The number of a passage and its score."""

    score: float
    id: int


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
        ranked = [one for one in ranked if (-one.score, -one.id) > (-mark.score, -mark.last)]
    shown = ranked[:limit]
    held = load(engine, [one.id for one in shown])
    hits = tuple(_hit(one.score, held[one.id], wanted) for one in shown)
    return Page(hits, len(window), more, _next(mark, window, more, shown, len(ranked) > limit), wanted.cut)


def _next(
    mark: _Mark | None, window: Sequence[Row], more: bool, shown: Sequence[_Ranked], left: bool
) -> str | None:
    """The token of the page that follows: in this window, or the first of the next older one."""
    if left and shown:
        newest = mark.newest if mark else window[0][0]
        return f"{newest}.{shown[-1].score.hex()}.{shown[-1].id}".replace("0x", "")
    return f"{window[-1][0] - 1}" if more else None


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
    tables = _BY_WORDS if wanted.terms else "passage"
    if filters != Filters():
        tables += _WITH_VERSION
    sql = f"SELECT passage.id, passage.text FROM {tables} WHERE {' AND '.join(where)} ORDER BY {order} DESC LIMIT ?"
    return engine.rows(sql, [*values, WINDOW + 1])


def joined(by_words: bool) -> str:
    """The beginning of a query for passages; `by_words` if it goes on with a condition of `Engine.matching`."""
    return f"SELECT {_COLUMNS} FROM {_BY_WORDS if by_words else 'passage'}{_WITH_VERSION}{_WITH_SPEAKER}"


def load(engine: Engine, ids: Sequence[int]) -> dict[int, Passage]:
    """Passages by their numbers, each with its speaker and its version held against their seals."""
    if not ids:
        return {}
    rows = engine.rows(f"{joined(False)} WHERE passage.id IN ({', '.join('?' for _ in ids)})", ids)
    if len(rows) < len(ids):
        raise damaged("a passage that the index names")
    return {passage.id: passage for passage in read_passages(engine, rows)}


def read_passages(engine: Engine, rows: Sequence[Row]) -> list[Passage]:
    """Rows of `joined` as passages; `BadData` if their characters, or whose they are, are not what was stored."""
    numbers = sorted({row[1] for row in rows})
    marks = ", ".join("?" for _ in numbers)
    found = holdings.versions(engine, f"number IN ({marks})", numbers) if numbers else []
    versions = {version.number: version for version in found}
    return [_passage(row, versions.get(row[1])) for row in rows]


def _characters(text: Value) -> str:
    """A passage's characters, for ranking only: their seal is checked when they are shown."""
    try:
        return text.decode("utf-8", "surrogatepass") if isinstance(text, bytes) else ""
    except UnicodeDecodeError as error:
        raise damaged("a passage") from error


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


def _passage(row: Row, version: Version | None) -> Passage:
    if version is None or seal(*row[:7]) != row[7] or not isinstance(row[6], bytes):
        raise damaged("a passage")
    if row[5] is not None and (row[5] != row[8] or seal(*row[8:11]) != row[11]):
        raise damaged("the name of a speaker")
    id, _, item, start, end = row[:5]
    return Passage(
        id=id,
        event=version.event,
        version=version.id,
        item=item or None,
        span=Span(start, end),
        text=row[6].decode("utf-8", "surrogatepass"),
        speaker=row[9],
        language=version.language,
        date=version.date,
        link=permalinks.link(version.event, version.id, item or f"c{start}-{end}"),
    )


# --------------------------------------------------------------------------------------------------------- ranking


def _ranked(engine: Engine, wanted: Query, rows: Sequence[Row]) -> list[_Ranked]:
    """The passages of a window, best first; of equal ones the newest first."""
    if not wanted.terms:
        return [_Ranked(0.0, row[0]) for row in rows]
    weights = dict.fromkeys(wanted.terms, 1.0)
    if len(weights) > 1:  # one word alone weighs the same in every passage
        total = max(engine.rows("SELECT coalesce(max(id), 0) FROM passage")[0][0], 1)
        weights = {term: _weight(engine.frequency(term.keys[-1], WINDOW), total) for term in weights}
    scored = [_Ranked(_score(row[1], weights), row[0]) for row in rows]
    return sorted(scored, key=lambda one: (-one.score, -one.id))


def _weight(passages: int, total: int) -> float:
    """The inverse document frequency of BM25, in the form that is never negative."""
    return log(1 + (max(total - passages, 0) + 0.5) / (passages + 0.5))


def _score(text: Value, weights: dict[Term, float]) -> float:
    """BM25 of a passage, with phrases for words."""
    row = keys(_characters(text))
    held = f" {' '.join(row)} "
    short = _K1 * (1 - _B + _B * len(row) / _LENGTH)
    total = 0.0
    for term, weight in weights.items():
        words = f" {' '.join(term.keys)}"
        often = max(held.count(words if term.prefix else f"{words} "), 1)
        total += weight * often * (_K1 + 1) / (often + short)
    return round(total, 9)


def _hit(score: float, passage: Passage, wanted: Query) -> Hit:
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

_MOST_ASKED = 24
"""Words of a quotation that are looked up, the longest: long words are rare ones, nearly always."""
_COUNTED = 300
"""Passages up to which a word is counted; beyond, it is common."""
_TOGETHER = 8
_MOST_LOOKED_AT = 400


def candidates(engine: Engine, quote: str, limit: int, filters: Filters) -> list[Passage]:
    """Passages that may hold the words of a quotation, likeliest first, without looking at all of them.

    The work depends on the quotation's rarest words, not on the size of the archive: passages that hold the rarest
    words together, then those that hold any of the rare ones, and for a quotation of common words only, those that
    hold two of its least common together.
    """
    asked = sorted(dict.fromkeys(keys(quote[:20_000])), key=lambda key: (-len(key), key))[:_MOST_ASKED]
    common = {key: engine.frequency(key, _COUNTED) for key in asked}
    rarest = sorted((key for key in asked if common[key]), key=lambda key: (common[key], -len(key), key))
    if not rarest or limit < 1:
        return []
    every = engine.compiled([Term((key,)) for key in rarest[:_TOGETHER]])
    found = _looked_at(engine, every, filters)
    if few := _few(rarest, common):
        found |= _looked_at(engine, engine.compiled([Term((key,)) for key in few], every=False), filters)
    elif len(found) < limit:
        for first, second in combinations(rarest[:4], 2):
            found |= _looked_at(engine, engine.compiled([Term((first,)), Term((second,))]), filters)
    weights = {key: log(1 + _COUNTED / common[key]) for key in rarest}
    scored = sorted((_Ranked(_shared(text, weights), id) for id, text in found.items()), reverse=True)[:limit]
    held = load(engine, [one.id for one in scored])
    return [held[one.id] for one in scored]


def _few(rarest: Sequence[str], common: dict[str, int]) -> list[str]:
    """The rarest words, as long as all the passages that hold any of them can be looked at."""
    kept, total = [], 0
    for key in rarest:
        total += common[key]
        if common[key] >= _COUNTED or total > _MOST_LOOKED_AT:
            break
        kept.append(key)
    return kept


def _shared(text: Value, weights: dict[str, float]) -> float:
    """The weight of the words that a passage shares with a quotation."""
    held = set(keys(_characters(text)))
    return round(sum(weight for key, weight in weights.items() if key in held), 9)


def _looked_at(engine: Engine, compiled: str, filters: Filters) -> dict[int, Value]:
    """The newest passages that match, with their characters."""
    condition, values = engine.matching(compiled)
    where, more = conditions(engine, filters)
    tables = _BY_WORDS + (_WITH_VERSION if more else "")
    sql = f"SELECT passage.id, passage.text FROM {tables} WHERE {' AND '.join([condition, *where])}"
    return dict(engine.rows(f"{sql} ORDER BY words.rowid DESC LIMIT ?", [*values, *more, _MOST_LOOKED_AT]))
