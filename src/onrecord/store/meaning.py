"""What passages mean, as vectors of the sentence encoder: made when asked for, kept beside the passages they are of.

A passage is encoded sentence by sentence, because the meaning of a speech is not that of any sentence in it: of 46
sentences of the shipped example in machine translation, all led to the right paragraph that way, and 37 where a vector
stood for three lines, at the same cost. A vector is stored as 8-bit integers, its largest component as 127: cosines
keep three digits, and products of such vectors are whole numbers, which every machine adds up to the same sum.

Vectors are an index like the words: nothing here is the only copy, and an archive without them is whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from onrecord.store.checks import damaged, seal
from onrecord.store.protocol import Engine, Row, Value
from onrecord.text.sentences import sentences

if TYPE_CHECKING:
    from onrecord.collation.semantic import Matrix

LONGEST = 600
"""Characters of a part: the encoder reads no more."""
BATCH = 64
"""Passages that are encoded and written together; what an interruption can cost."""
_AT_ONCE = 128  # texts that the encoder is given together: its memory grows with them
_SETTING = "meaning"
_LONE = re.compile("[\ud800-\udfff]")

Progress = Callable[[int, int], None]
"""Told after each batch: how many passages are encoded, and how many were to be."""


class Encoder(NamedTuple):
    """What turns texts into vectors of one length; vectors of encoders with other names are never compared."""

    name: str
    encode: Callable[[Sequence[str]], Matrix]


class Part(NamedTuple):
    """A part of a passage, in characters of the passage, and the bytes of its vector."""

    starts: int
    ends: int
    encoder: str
    vector: bytes


Kept = dict[bytes, list[Part]]
"""The parts of passages by their characters: equal words mean the same wherever they stand."""


def available() -> bool:
    """Whether the extra `semantic` is installed."""
    from onrecord.collation import semantic

    return semantic.available()


def require() -> None:
    """`MissingExtra`, with the command that installs it, if the extra is not there."""
    from onrecord.collation import semantic

    semantic.require()


def of_the_extra() -> Encoder:
    """The encoder of the extra `semantic`; `MissingExtra` if it is not there."""
    from onrecord.collation import semantic

    require()
    return Encoder(semantic.version(), semantic.encode)


# ---------------------------------------------------------------------------------------------------------- vectors


def parts(text: str) -> list[tuple[int, int]]:
    """The sentences of a passage; what is longer than `LONGEST` characters is cut.

    The first part begins where the passage does, so there is exactly one part at 0 in each.

    >>> parts("  We sail. You stay.")
    [(0, 10), (11, 20)]
    """
    found: list[tuple[int, int]] = []
    for start, end in sentences(text, None):
        for left in range(start, end, LONGEST):
            found.append((left if found else 0, min(end, left + LONGEST)))
    return found or [(0, len(text))]


def packed(vectors: Matrix) -> list[bytes]:
    """Each row in 8-bit integers, its largest component as 127 (only directions count)."""
    peaks = abs(vectors).max(axis=1, keepdims=True).clip(1e-9)
    return [row.tobytes() for row in (vectors * (127 / peaks)).round().astype("int8")]


def made(encoder: Encoder, texts: Iterable[bytes]) -> Kept:
    """The parts of some passages, encoded; equal passages once."""
    cut = {text: parts(text.decode("utf-8", "surrogatepass")) for text in dict.fromkeys(texts)}
    row = [(text, start, end) for text, places in cut.items() for start, end in places]
    found: Kept = {text: [] for text in cut}
    for first in range(0, len(row), _AT_ONCE):
        some = row[first : first + _AT_ONCE]
        read = [_readable(text)[start:end] for text, start, end in some]
        for (text, start, end), vector in zip(some, packed(encoder.encode(read)), strict=True):
            found[text].append(Part(start, end, encoder.name, vector))
    return found


def _readable(text: bytes) -> str:
    """The characters as an encoder takes them, one for one: it knows no lone surrogates."""
    return _LONE.sub("\ufffd", text.decode("utf-8", "surrogatepass"))


# ---------------------------------------------------------------------------------------------------------- keeping


def switched_on(engine: Engine) -> bool:
    """Whether the archive keeps meanings: then what is added is encoded as well."""
    return bool(engine.rows("SELECT 1 FROM meta WHERE key = ?", (_SETTING,)))


def switch_on(engine: Engine) -> None:
    """Let the archive keep meanings from now on."""
    if not switched_on(engine):
        with engine.transaction():
            engine.run("DELETE FROM meta WHERE key = ?", (_SETTING,))
            engine.run("INSERT INTO meta VALUES (?, '1')", (_SETTING,))


def kept(engine: Engine, number: int) -> Kept:
    """The parts of a version's passages. What is damaged is left out, and so will be made again."""
    found: Kept = {}
    for row in _of(engine, "version = ?", (number,)):
        if intact(row) and isinstance(row[6], bytes):
            found.setdefault(row[6], []).append(Part(*row[1:5]))
    return found


def attach(engine: Engine, number: int, known: Kept) -> None:
    """Give the passages of a version the parts that are known of their characters; call inside a transaction."""
    if known:
        _write(engine, engine.rows("SELECT id, text FROM passage WHERE version = ?", (number,)), known)


def erase(engine: Engine, number: int) -> None:
    """Drop the vectors of a version, before its passages; call inside a transaction."""
    engine.run("DELETE FROM meaning WHERE passage IN (SELECT id FROM passage WHERE version = ?)", (number,))


def _write(engine: Engine, passages: Iterable[Row], known: Kept) -> None:
    rows = [
        (*row, seal(*row, text))
        for id, text in passages
        for part in known.get(text, ())
        for row in [(int(id), *part)]
    ]
    engine.run_many("INSERT INTO meaning VALUES (?, ?, ?, ?, ?, ?)", rows)


def _of(engine: Engine, where: str, values: Sequence[Value]) -> list[Row]:
    """The vectors of some passages, each with the characters of its passage."""
    return engine.rows(f"{_SELECT} JOIN passage ON passage.id = passage WHERE {where}", values)


_SELECT = (
    "SELECT meaning.passage, meaning.starts, meaning.ends, encoder, vector, meaning.checksum, passage.text"
    " FROM meaning"
)


def intact(row: Row) -> bool:
    """Whether a row of passage, starts, ends, encoder, vector, checksum and the passage's text is as it was made.

    The text is under the seal: a vector that has come to stand beside other words is found as well.
    """
    return bool(seal(*row[:5], row[6]) == row[5])


def one(engine: Engine, passage: int, starts: int) -> Row | None:
    """The row of one part, as `intact` takes it."""
    found = _of(engine, "meaning.passage = ? AND meaning.starts = ?", (passage, starts))
    return found[0] if found else None


def faults(engine: Engine) -> Iterator[str]:
    """Vectors that are not as they were made, or are of nothing that is here."""
    for row in engine.each(f"{_SELECT} LEFT JOIN passage ON passage.id = meaning.passage"):
        if row[6] is None:
            yield f"meaning of passage {row[0]}: there is no such passage"
        elif not intact(row):
            yield f"meaning of passage {row[0]}: not what was stored"


# ---------------------------------------------------------------------------------------------------------- filling

_UNENCODED = "NOT EXISTS (SELECT 1 FROM meaning WHERE meaning.passage = passage.id AND meaning.encoder = ?)"


def unencoded(engine: Engine, name: str) -> int:
    """How many passages have no vector of the encoder of this name."""
    return int(engine.rows(f"SELECT count(*) FROM passage WHERE {_UNENCODED}", (name,))[0][0])


def fill(
    engine: Engine, encoder: Encoder, progress: Progress | None = None, source: str | None = None
) -> int:
    """Encode every passage (of one source) that has no vector of this encoder; how many there were.

    A batch is read, encoded without the pen, and written in a transaction of its own, so others may write meanwhile,
    and an interrupted run goes on where it stopped.
    """
    total = unencoded(engine, encoder.name) if progress else 0
    done = last = 0
    while rows := _missing(engine, encoder.name, last, source):
        if any(seal(*row[:7]) != row[7] for row in rows):
            raise damaged("a passage")
        known = made(encoder, (row[6] for row in rows))
        with engine.transaction():
            _replace(engine, [row[0] for row in rows], known)
        done, last = done + len(rows), int(rows[-1][0])
        if progress:
            progress(done, max(total, done))
    return done


def _missing(engine: Engine, name: str, last: int, source: str | None) -> list[Row]:
    where = f"passage.id > ? AND {_UNENCODED}"
    values: list[Value] = [last, name]
    if source is not None:
        where += " AND version IN (SELECT number FROM version WHERE source = ?)"
        values.append(source)
    return engine.rows(
        "SELECT id, version, item, starts, ends, speaker, text, checksum FROM passage"
        f" WHERE {where} ORDER BY id LIMIT ?",
        [*values, BATCH],
    )


def _replace(engine: Engine, ids: Sequence[int], known: Kept) -> None:
    """New vectors for those passages that still say what they said when they were read."""
    marks = ", ".join("?" for _ in ids)
    engine.run(f"DELETE FROM meaning WHERE passage IN ({marks})", ids)
    _write(engine, engine.rows(f"SELECT id, text FROM passage WHERE id IN ({marks})", ids), known)
