"""Rows for search: made from a record, compared with one, and thrown away. Nothing here is the only copy."""

from __future__ import annotations

from typing import NamedTuple

from onrecord.model import Record
from onrecord.people.names import fold
from onrecord.store import meaning
from onrecord.store.checks import seal
from onrecord.store.holdings import next_number, plain
from onrecord.store.passages import Finding, Passage, findings, passages
from onrecord.store.protocol import Engine, Row
from onrecord.store.words import SIGN_MARK, index_keys


class Rows(NamedTuple):
    """Everything that is indexed of one record; `keys` are those of the passages, one row each."""

    passages: list[Passage]
    findings: list[Finding]
    keys: list[list[str]]


def rows(record: Record) -> Rows:
    """What is indexed of a record; the costly part of indexing, and it needs no database."""
    row = passages(record)
    return Rows(row, findings(record, row), [index_keys(passage.text) for passage in row])


def words(made: Rows) -> list[str]:
    """The folded words of all passages in their order, without signs."""
    return [key for row in made.keys for key in row if key[0] != SIGN_MARK]


def encoded(text: str) -> bytes:
    """Characters as every database can hold them: NUL and lone surrogates included."""
    return text.encode("utf-8", "surrogatepass")


def rewrite(engine: Engine, number: int, made: Rows) -> None:
    """Index a version anew; call inside a transaction.

    The passages keep their numbers where they can, because of equal hits the newest come first, and a correction
    makes no passage newer. What they mean is kept where their characters stay the same.
    """
    sql = "SELECT min(id), count(*) FROM passage WHERE version = ?"
    ((first, count),) = engine.rows(sql, (number,))
    known = meaning.kept(engine, number)
    erase(engine, number)
    write(engine, number, made, first if count >= len(made.passages) else None)
    meaning.attach(engine, number, known)


def write(engine: Engine, number: int, made: Rows, first: int | None = None) -> None:
    """Index a version, its passages from number `first` on; call inside a transaction."""
    speakers = _speakers(engine, made)
    first = next_number(engine, "passage", "id") if first is None else first
    written = []
    for id, passage in enumerate(made.passages, first):
        speaker = speakers.get(plain(passage.speaker) or "")
        row = (id, number, passage.item, passage.start, passage.end, speaker, encoded(passage.text))
        written.append((*row, seal(*row)))
    engine.run_many("INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?, ?, ?)", written)
    engine.index(list(enumerate(made.keys, first)))
    next_id = next_number(engine, "finding", "id")
    found = []
    for id, one in enumerate(made.findings, next_id):
        at = None if one.passage is None else first + one.passage
        speaker = speakers.get(plain(one.speaker) or "")
        line = (id, number, one.sort, one.item, one.kind, one.start, one.end, speaker, at)
        found.append((*line, seal(*line)))
    engine.run_many("INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", found)


def _speakers(engine: Engine, made: Rows) -> dict[str, int]:
    """The number of each speaker; names that are new are added."""
    said: list[Passage | Finding] = [*made.passages, *made.findings]
    names = sorted({plain(one.speaker) or "" for one in said if one.speaker} - {""})
    known: dict[str, int] = {}
    for name in names:
        found = engine.rows("SELECT id FROM speaker WHERE name = ?", (name,))
        if not found:
            id = next_number(engine, "speaker", "id")
            row = (id, name, fold(name))
            engine.run("INSERT INTO speaker VALUES (?, ?, ?, ?)", (*row, seal(*row)))
            found = [(id,)]
        known[name] = int(found[0][0])
    return known


def erase(engine: Engine, number: int) -> None:
    """Take a version out of the index; call inside a transaction."""
    meaning.erase(engine, number)
    engine.run("DELETE FROM words WHERE rowid IN (SELECT id FROM passage WHERE version = ?)", (number,))
    engine.run("DELETE FROM passage WHERE version = ?", (number,))
    engine.run("DELETE FROM finding WHERE version = ?", (number,))


def differs(engine: Engine, number: int, made: Rows) -> str | None:
    """How the index of a version is not what its record gives; None if it is."""
    held = engine.rows(
        "SELECT passage.id, version, item, starts, ends, speaker, text, passage.checksum, name FROM passage"
        " LEFT JOIN speaker ON speaker.id = speaker WHERE version = ? ORDER BY passage.id",
        (number,),
    )
    if any(seal(*row[:7]) != row[7] for row in held):
        return "a passage is damaged"
    wanted = [(one.item, one.start, one.end, encoded(one.text), plain(one.speaker)) for one in made.passages]
    if [(row[2], row[3], row[4], row[6], row[8]) for row in held] != wanted:
        return "its passages are not those of its record"
    ids = [int(row[0]) for row in held]
    wrong = engine.misindexed(list(zip(ids, made.keys, strict=True)))
    if wrong:
        return f"{len(wrong)} of its {len(ids)} passages are not in the search index as they read"
    return (
        None
        if _findings(engine, number) == _wanted(made, ids)
        else "its findings are not those of its record"
    )


def _findings(engine: Engine, number: int) -> list[Row]:
    held = engine.rows(
        "SELECT finding.id, version, sort, item, kind, starts, ends, speaker, passage, finding.checksum, name"
        " FROM finding LEFT JOIN speaker ON speaker.id = speaker WHERE version = ? ORDER BY finding.id",
        (number,),
    )
    return [(*row[2:7], row[8], row[10]) if seal(*row[:9]) == row[9] else row for row in held]


def _wanted(made: Rows, ids: list[int]) -> list[Row]:
    return [
        (
            one.sort, one.item, one.kind, one.start, one.end,
            None if one.passage is None else ids[one.passage], plain(one.speaker),
        )
        for one in made.findings
    ]  # fmt: skip
