"""Search by meaning: every stored vector is compared with that of the question, and the nearest passages are named.

No index that only mostly finds the nearest: the vectors are read in chunks, so memory does not grow with the archive,
and the time grows with the number of passages that the filters leave. Products of 8-bit vectors are whole numbers
below 2**24, which 32-bit floats add without rounding: the same archive gives the same order on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from onrecord.errors import UsageError
from onrecord.spans import Span
from onrecord.store import meaning, searching
from onrecord.store.answers import Filters, Hit, Page, Passage
from onrecord.store.checks import damaged
from onrecord.store.meaning import Encoder
from onrecord.store.protocol import Engine, Row, Value

if TYPE_CHECKING:
    from onrecord.collation.semantic import Matrix

QUESTION = 600
"""Characters of a question that are read."""
DEEPEST = 1000
"""Passages that can be paged through: what is farther away has hardly anything to do with the question."""
_CHUNK = 512
# vectors compared together: as floats 1 MB, which stays in the cache: at 4 MB a vector takes five times as long
_EXACT = 1040  # components up to which sums of 127 * 127 stay below 2**24
_MARK = "near-"
_MEANT = "meaning.passage = passage.id AND meaning.encoder = ?"


class _Near(NamedTuple):
    """How near the nearest part of a passage is."""

    score: float
    id: int
    starts: int


def search(
    engine: Engine, encoder: Encoder, typed: str, filters: Filters, limit: int, after: str | None
) -> Page:
    """One page of the passages that are nearest in meaning; `UsageError` if the archive keeps no meanings."""
    if limit < 1:
        raise UsageError("a page has at least one hit")
    if not meaning.switched_on(engine):
        raise UsageError(f"{engine.address}: holds no meanings yet; onrecord add --meaning makes them")
    first, limit = _parse(after), min(limit, searching.MOST)
    if not typed.strip():
        return Page((), 0, False, None, False)
    nearest = _Nearest(encoder.encode([typed[:QUESTION]]), min(first + limit, DEEPEST))
    with engine.snapshot():
        for chunk in _chunks(engine, encoder.name, filters):
            nearest.take(chunk)
        shown = nearest.best()[first : first + limit]
        hits = _hits(engine, shown)
    total, end = min(nearest.passages, DEEPEST), first + len(shown)
    following = f"{_MARK}{end}" if shown and end < total else None
    return Page(hits, total, nearest.passages > DEEPEST, following, len(typed) > QUESTION, nearest.unencoded)


def _parse(after: str | None) -> int:
    """How many hits the pages before have shown."""
    if after is None:
        return 0
    count = after.removeprefix(_MARK)
    if count == after or not (count.isascii() and count.isdecimal() and len(count) < 5):
        raise UsageError("that is not the mark of a page by meaning; take it from the page before")
    return int(count)


def _chunks(engine: Engine, name: str, filters: Filters) -> Iterable[list[Row]]:
    """Passages that the filters leave with their vectors, in no order; once without any, where it has none."""
    where, values = searching.conditions(engine, filters)
    tables = "passage" if filters == Filters() else "passage JOIN version ON version.number = passage.version"
    sql = f"SELECT passage.id, meaning.starts, vector FROM {tables} LEFT JOIN meaning ON {_MEANT}"
    if where:
        sql += f" WHERE {' AND '.join(where)}"
    given: list[Value] = [name, *values]
    with closing(engine.each(sql, given)) as rows:
        while chunk := list(islice(rows, _CHUNK)):
            yield chunk


class _Nearest:
    """The nearest passages so far: never more of them in memory than twice those wanted and one chunk."""

    def __init__(self, question: Matrix, wanted: int) -> None:
        self._question = _whole(question, meaning.packed(question))[0]
        self._wanted = wanted
        self._found: dict[int, _Near] = {}
        self._least = -2.0
        self.passages = self.unencoded = 0

    def take(self, chunk: Sequence[Row]) -> None:
        """Compare a chunk of passage, start of the part, and vector."""
        held = [row for row in chunk if row[2] is not None]
        self.unencoded += len(chunk) - len(held)
        self.passages += sum(row[1] == 0 for row in held)  # each passage has one part at its beginning
        if not held:
            return
        cosines = _cosines(_whole(self._question, [row[2] for row in held]), self._question)
        for at in (cosines >= self._least).nonzero()[0].tolist():
            near = _Near(float(cosines[at]), int(held[at][0]), int(held[at][1]))
            self._found[near.id] = max(near, self._found.get(near.id, near), key=_sooner)
        if len(self._found) > 2 * self._wanted:
            kept = self.best()
            self._found = {near.id: near for near in kept}
            self._least = kept[-1].score

    def best(self) -> list[_Near]:
        """The nearest first; of equal ones the newest."""
        return sorted(self._found.values(), key=lambda near: (-near.score, -near.id))[: self._wanted]


def _sooner(near: _Near) -> tuple[float, int]:
    return near.score, -near.starts


def _whole(like: Matrix, vectors: Sequence[bytes]) -> Matrix:
    """Stored vectors as floats that are whole numbers.

    An array's own class makes the new one: the library behind it comes in through the encoder's door alone.
    """
    width = like.shape[-1]
    joined = b"".join(vectors)
    if len(joined) != len(vectors) * width:
        raise damaged("a meaning")
    return type(like)((len(vectors), width), "int8", joined).astype(
        "float32" if width <= _EXACT else "float64"
    )


def _cosines(held: Matrix, question: Matrix) -> Matrix:
    """To six digits, of which the stored vectors keep three."""
    products = (held @ question).astype("float64")
    squares = (held * held).sum(axis=1).astype("float64").clip(1) * max(float(question @ question), 1.0)
    return (products / squares**0.5).round(6)


def _hits(engine: Engine, shown: Sequence[_Near]) -> tuple[Hit, ...]:
    """The passages, each with the part that is nearest as its excerpt, all held against their seals."""
    held = searching.load(engine, [near.id for near in shown])
    return tuple(_hit(engine, held[near.id], near) for near in shown)


def _hit(engine: Engine, passage: Passage, near: _Near) -> Hit:
    row = meaning.one(engine, near.id, near.starts)
    if row is None or not meaning.intact(row):
        raise damaged("a meaning")
    start = passage.span.start
    return Hit(passage, (), Span(start + near.starts, start + int(row[2])), near.score, "meaning")
