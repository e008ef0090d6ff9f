"""The archive: events, sources and immutable versions, behind one protocol for SQLite and PostgreSQL.

>>> import tempfile, pathlib
>>> from onrecord.record import read_source
>>> from onrecord.sources import open_bytes
>>> said = b"Vance: We leave the pier open.\\nMorel: Until the spring, and no longer.\\n"
>>> folder = tempfile.TemporaryDirectory()
>>> with open(pathlib.Path(folder.name) / "quay.onrecord", create=True) as archive:
...     added = archive.add(read_source(open_bytes("quay.txt", said)), said, added="2031-05-04T10:00:00Z")
...     page = archive.search("spring")
...     archive.resolve(page.hits[0].passage.link).text
...     archive.verify()
'Morel: Until the spring, and no longer.'
[]
>>> folder.cleanup()
"""

from __future__ import annotations

import os

from onrecord.store.answers import Added, Event, Filters, Hit, Page, Passage, Place, Source, Version
from onrecord.store.archive import Archive
from onrecord.store.corrections import Correction, Outcome, Signed
from onrecord.store.meaning import Encoder
from onrecord.store.protocol import SERVERS, Engine

__all__ = [
    "Added", "Archive", "Correction", "Encoder", "Engine", "Event", "Filters", "Hit", "Outcome", "Page", "Passage",
    "Place", "Signed", "Source", "Version", "open", "verify",
]  # fmt: skip


def open(
    address: str | os.PathLike[str],
    *,
    create: bool = False,
    readonly: bool = False,
    encoder: Encoder | None = None,
) -> Archive:
    """The archive at a path, or in PostgreSQL at an address `postgresql://user@host/database`.

    With `create` one is made where there is none. `NoInput`: there is none; `BadData`: it is not an archive, is
    damaged, or was made by a later onrecord; `CannotWrite`: it is locked, or cannot be written. Nothing is changed
    by an archive that is refused. `encoder` is what tells meanings; the one of the extra `semantic` unless given.
    """
    path = os.fspath(address)
    engine: Engine
    if path.startswith(SERVERS):
        from onrecord.store.postgres import Postgres

        engine = Postgres(path, create=create, readonly=readonly)
    else:
        from onrecord.store.sqlite import SQLite

        engine = SQLite(path, create=create, readonly=readonly)
    return Archive(engine, encoder)


def verify(address: str | os.PathLike[str]) -> list[str]:
    """Everything that is wrong with an archive, one line each, although it may not even open."""
    from onrecord.errors import BadData

    try:
        with open(address) as archive:
            return archive.verify()
    except BadData as error:
        return [str(error)]
