"""What a database must do to hold an archive: the only door between the archive and SQLite or PostgreSQL.

`Archive` (archive.py) is written once, in SQL that both understand; an `Engine` adds what differs: transactions,
the search index, integrity, copies. Placeholders are `?`; values are str, int, float, bytes or None. Both engines
pass one test suite (tests/store).

Rules of the protocol
- Nothing is written outside `transaction()`, and one transaction holds the only pen: writers wait for each other.
- When `transaction()` has returned, what it wrote outlives a crash of the program and a loss of power.
- A fault of the database is an exception of errors.py with one line; no exception of a driver passes this door.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from onrecord.store.query import Term

SERVERS = ("postgresql://", "postgres://")
"""How the address of an archive on a server begins; any other is the path of a file."""

Value = str | int | float | bytes | None
Row = tuple[Any, ...]
"""What a query answers; its types are those of the columns."""


class Engine(Protocol):
    """One open database. Not shared between threads: open one for each."""

    name: str
    """`sqlite` or `postgres`."""
    address: str
    """What was opened, for messages; never with a password."""
    readonly: bool

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing: what is written inside stands after it, or none of it does."""

    def snapshot(self) -> AbstractContextManager[None]:
        """What is read inside is the archive as it stood at the beginning, whatever others write meanwhile."""

    def rows(self, sql: str, values: Sequence[Value] = ()) -> list[Row]:
        """The answer of a query."""

    def each(self, sql: str, values: Sequence[Value] = ()) -> Generator[Row, None, None]:
        """The same, row by row, for answers that may not fit into memory."""

    def run(self, sql: str, values: Sequence[Value] = ()) -> int:
        """Write; how many rows it touched."""

    def run_many(self, sql: str, rows: Sequence[Sequence[Value]]) -> None:
        """Write the same statement for many rows."""

    def index(self, rows: Sequence[tuple[int, Sequence[str]]]) -> None:
        """Put passages into the search index: the number of each and its keys in order (words.index_keys)."""

    def matching(self, matched: str) -> tuple[str, list[Value]]:
        """A condition on the column `words.keys` that holds where the compiled query matches, with its values."""

    def compiled(self, terms: Sequence[Term], *, every: bool = True) -> str:
        """The query of this database that wants every term, or any of them."""

    def frequency(self, key: str, at_most: int) -> int:
        """In how many passages a key stands, counted no further than `at_most`."""

    def misindexed(self, rows: Sequence[tuple[int, Sequence[str]]]) -> list[int]:
        """Which of these passages the index holds otherwise than with these keys, or not at all."""

    def faults(self) -> list[str]:
        """What the database itself finds wrong with its files and with its search index; one line each."""

    def backup(self, path: str) -> None:
        """A copy of the whole archive as one file, consistent although others write meanwhile."""

    def settle(self) -> None:
        """A batch is done: put the pages in order where that is quick."""

    def close(self) -> None:
        """Let go of the file or the connection."""
