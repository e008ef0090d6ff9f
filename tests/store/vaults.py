"""What the tests of the archive share: a running server, and adding a text as it is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from samples import NOON, record

from onrecord.store import Added, Archive


class Server(NamedTuple):
    """A running PostgreSQL: the address of a database, and a way to stop it at once and start it again."""

    address: str
    restart: Callable[[], None]


def put(archive: Archive, text: str, name: str = "account.txt", **options: object) -> Added:
    """Add a text as it is read."""
    return archive.add(record(text, name), text.encode(), **{"added": NOON, **options})  # type: ignore[arg-type]
