"""What the first page of a long record shows, kept so that it opens as soon as that of a short one.

A face works it out and knows what is in it; here it is bytes under the name of a language and of a state: what it was
made from and by what. Nothing here is the only copy. What is of another state, or is damaged, is as good as none: the
face makes it anew from the record, and `verify` names the damage.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.errors import BadData
from onrecord.store.answers import Version
from onrecord.store.checks import pack, seal, unpack
from onrecord.store.protocol import Engine

LONG = 1000
"""Turns from which on a front is worth keeping: a shorter record is read as a whole in a twentieth of a second."""


def read(engine: Engine, held: Version, language: str, state: str) -> bytes | None:
    """The front of a version in a language; None if none of that state is kept."""
    rows = engine.rows(
        "SELECT version, language, state, body, checksum FROM front"
        " WHERE version = ? AND language = ? AND state = ?",
        (held.number, language, state),
    )
    if not rows or seal(*rows[0][:-1]) != rows[0][-1]:
        return None
    try:
        return unpack(rows[0][3], f"the front of version {held.id}")
    except BadData:  # sealed over bytes that were damaged before they were written
        return None


def write(engine: Engine, held: Version, language: str, state: str, body: bytes) -> None:
    """Keep a front in the place of the one before it; call inside a transaction."""
    engine.run("DELETE FROM front WHERE version = ? AND language = ?", (held.number, language))
    row = (held.number, language, state, pack(body))
    engine.run("INSERT INTO front VALUES (?, ?, ?, ?, ?)", (*row, seal(*row)))


def erase(engine: Engine, number: int) -> None:
    """Forget the fronts of a version; call inside a transaction."""
    engine.run("DELETE FROM front WHERE version = ?", (number,))


def faults(engine: Engine) -> Iterator[str]:
    """Fronts that are not what was stored, and those of no version that is held."""
    for row in engine.each("SELECT version, language, state, body, checksum FROM front ORDER BY 1, 2"):
        if seal(*row[:-1]) != row[-1]:
            yield f"front {row[0]} ({row[1]}): not what was stored"
    sql = "SELECT count(*) FROM front WHERE version NOT IN (SELECT number FROM version WHERE removed IS NULL)"
    if count := engine.rows(sql)[0][0]:
        yield f"{count} fronts of no version"
