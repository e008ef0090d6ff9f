"""onrecord turns published accounts of public events into a record that anyone can check.

>>> from importlib.resources import files
>>> record = read(str(files("onrecord") / "examples" / "transcript.de.txt"))
>>> [person.name for person in record.people][:2]
['Alva Reuss', 'Teodor Brask']
>>> verify(record)
[]
"""

from __future__ import annotations

TYPE_CHECKING = False  # type checkers take it for true; `import typing` would cost more than the rest
if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import PathLike

    from onrecord.model import Record

__version__ = "0.1.0"
__all__ = ["read", "verify"]


def read(
    path: str | PathLike[str],
    *,
    aliases: Mapping[str, str] | None = None,
    language: str | None = None,
    date: str | None = None,
    ledger: bool = True,
) -> Record:
    """The record of one file; the options are those of `onrecord.record.read_source`.

    Nothing is fetched: an address is refused as a file that does not exist. Raises `onrecord.errors.NoInput`,
    `Unreadable` or `Refused`, each with one line that says what to do.
    """
    from onrecord.record import read_source
    from onrecord.sources import open_path

    opened = open_path(str(path))
    return read_source(opened, aliases=aliases, language=language, date=date, ledger=ledger)


def verify(record: Record) -> list[str]:
    """Every way in which a record does not hold (hashes, spans, ids); an empty list when it does."""
    from onrecord.verification import verify as check

    return check(record)
