"""An archive in one SQLite file: write-ahead log, full synchronisation, FTS5 for the words.

Keys arrive folded and are joined by blanks, so FTS5 uses its plainest tokeniser, which keeps every character beyond
ASCII; what can be found is decided in words.py alone.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from onrecord.errors import BadData, CannotWrite, NoInput, OnrecordError, UsageError
from onrecord.sources.opening import printable
from onrecord.store import schema, slack
from onrecord.store.protocol import Row, Value
from onrecord.store.query import Term, fts5

PATIENCE = 30.0
"""Seconds to wait for another writer before giving up."""

_SETTLED = 64 << 20
"""Bytes up to which a file is written anew when a batch is done: a second or two."""

_SETTINGS = (
    "PRAGMA synchronous = FULL",  # an acknowledged document survives a power loss, not only a crash
    "PRAGMA cell_size_check = ON",
    "PRAGMA secure_delete = ON",  # what is removed is gone, and unused bytes are zero, so that damage shows
    "PRAGMA cache_size = -65536",
    "PRAGMA temp_store = MEMORY",
)
_DIALECT = schema.Dialect(
    text="TEXT",
    blob="BLOB",
    integer="INTEGER",
    rowless=" WITHOUT ROWID",
    search=("CREATE VIRTUAL TABLE words USING fts5 (keys, tokenize = 'ascii')",),
)


class SQLite:
    """The engine of one file (protocol.Engine)."""

    name = "sqlite"

    def __init__(self, path: str, *, create: bool = False, readonly: bool = False) -> None:
        self.address = printable(path)
        self._path = path
        self.readonly = readonly
        fresh = _check_path(path, self.address, create)
        with self._told():
            self._connection = _connect(path, fresh=fresh, readonly=readonly)
            try:
                self._made = False
                self._open(fresh)
                self._made = True
            except BaseException:
                self._connection.close()
                raise

    def _open(self, fresh: bool) -> None:
        if not fresh:
            self._recognise()
        if not self.readonly:
            if self._pragma("journal_mode") != "wal":
                self._connection.execute("PRAGMA journal_mode = WAL")
            for setting in _SETTINGS:
                self._connection.execute(setting)
            self._migrate()

    def _recognise(self) -> None:
        """Refuse, before anything is written, what is not an archive or is one of a later program."""
        application, number = self._pragma("application_id"), self._pragma("user_version")
        empty = not self.rows("SELECT 1 FROM sqlite_master LIMIT 1")
        if application == 0 and number == 0 and empty and not self.readonly:
            return  # a file that was made and then never written: as good as none
        if application != schema.APPLICATION:
            raise BadData(f"{self.address}: not an archive of onrecord")
        if number > schema.newest().number:
            needs = self.rows("SELECT value FROM meta WHERE key = 'needs'")[0][0]
            raise BadData(f"{self.address}: made by a later onrecord; it needs version {needs} or later")
        if number < schema.newest().number and self.readonly:
            raise BadData(f"{self.address}: an archive of an earlier onrecord; open it once for writing")

    def _migrate(self) -> None:
        newest = schema.newest()
        if self._pragma("user_version") == newest.number:
            return
        with self.transaction():
            before = self._pragma("user_version")  # another process may have been quicker
            for statement in schema.statements(before, _DIALECT):
                self.run(statement)
            self.run("INSERT OR REPLACE INTO meta VALUES ('needs', ?)", (newest.needs,))
            self.run("DELETE FROM meta WHERE key = 'compact'")
            self.run(f"PRAGMA application_id = {schema.APPLICATION}")
            self.run(f"PRAGMA user_version = {newest.number}")

    def _pragma(self, name: str) -> Any:
        return self._connection.execute(f"PRAGMA {name}").fetchone()[0]

    # ------------------------------------------------------------------------------------------ reading, writing

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Every fault of SQLite as one line that says what to do."""
        try:
            yield
        except sqlite3.Error as error:
            raise _told(error, self.address) from error

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; waits `PATIENCE` for another writer."""
        if self.readonly:
            raise CannotWrite(f"{self.address}: the archive is open for reading only")
        with self._told():
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            # Always: another connection may have settled the file since this one was opened.
            if self._made:
                self.run("DELETE FROM meta WHERE key = 'compact'")
            yield
            with self._told():
                self._connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):  # a full disk has rolled back already; tell the first fault
                self._connection.execute("ROLLBACK")
            raise

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """One read transaction."""
        self.run("BEGIN")
        try:
            yield
        finally:
            with suppress(sqlite3.Error):  # nothing was written; a fault while reading has been told already
                self._connection.execute("ROLLBACK")

    def rows(self, sql: str, values: Sequence[Value] = ()) -> list[Row]:
        """The answer of a query."""
        with self._told():
            return self._connection.execute(sql, values).fetchall()

    def each(self, sql: str, values: Sequence[Value] = ()) -> Generator[Row, None, None]:
        """The same, row by row."""
        with self._told():
            yield from self._connection.execute(sql, values)

    def run(self, sql: str, values: Sequence[Value] = ()) -> int:
        """Write; how many rows it touched."""
        with self._told():
            return self._connection.execute(sql, values).rowcount

    def run_many(self, sql: str, rows: Sequence[Sequence[Value]]) -> None:
        """Write the same statement for many rows."""
        with self._told():
            self._connection.executemany(sql, rows)

    # ---------------------------------------------------------------------------------------------------- search

    def index(self, rows: Sequence[tuple[int, Sequence[str]]]) -> None:
        """Put passages into the search index."""
        self.run_many(
            "INSERT INTO words (rowid, keys) VALUES (?, ?)", [(id, " ".join(keys)) for id, keys in rows]
        )

    def matching(self, matched: str) -> tuple[str, list[Value]]:
        return "words MATCH ?", [matched]

    def compiled(self, terms: Sequence[Term], *, every: bool = True) -> str:
        return fts5(terms, every=every)

    def frequency(self, key: str, at_most: int) -> int:
        """In how many passages a key stands, counted no further than `at_most`."""
        found = self.rows(
            "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)", (f'"{key}"', at_most)
        )
        return int(found[0][0])

    def misindexed(self, rows: Sequence[tuple[int, Sequence[str]]]) -> list[int]:
        """Passages that the index holds otherwise than with these keys."""
        if not rows:
            return []
        bounds = (rows[0][0], rows[-1][0])
        held: dict[int, str] = dict(
            self.rows("SELECT rowid, keys FROM words WHERE rowid BETWEEN ? AND ?", bounds)
        )
        return [id for id, keys in rows if held.get(id) != " ".join(keys)]

    # ----------------------------------------------------------------------------------------- integrity, copies

    def faults(self) -> list[str]:
        """The file by `PRAGMA integrity_check`, the search index by its own, and what holds nothing (slack.py)."""
        found = [
            f"database: {row[0]}" for row in self._trying("PRAGMA integrity_check(20)") if row[0] != "ok"
        ]
        return found + self._schema_faults() + self._slack() + self._index_faults()

    def _schema_faults(self) -> list[str]:
        """The tables as SQLite remembers them, held against those that this program makes."""
        kept = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
        model = sqlite3.connect(":memory:")
        try:
            for statement in schema.statements(0, _DIALECT):
                model.execute(statement)
            wanted: list[Row] = model.execute(kept).fetchall()
        finally:
            model.close()
        return [] if self._trying(kept) == wanted else ["database: its tables are not those of an archive"]

    def _slack(self) -> list[str]:
        """In a copy that was not written to since it was made, unused bytes are zero."""
        try:
            if not self.rows("SELECT 1 FROM meta WHERE key = 'compact'"):
                return []
            roots = [row[0] for row in self.rows("SELECT rootpage FROM sqlite_master WHERE rootpage > 0")]
        except OnrecordError as error:
            return [str(error)]
        return slack.faults(self._path, roots)

    def _trying(self, sql: str) -> list[Row]:
        """The answer, or the fault as if it were one: a damaged file fails in the middle of being asked."""
        try:
            return self.rows(sql)
        except OnrecordError as error:
            return [(str(error),)]

    def _index_faults(self) -> list[str]:
        """FTS5 compares the index with its own copy of the keys; that is a command, so it needs a pen."""
        if not self.readonly:
            return _fts_faults(self._connection)
        with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:
            copy = sqlite3.connect(Path(folder) / "copy", isolation_level=None)
            try:
                self._connection.backup(copy)
                return _fts_faults(copy)
            except sqlite3.Error as error:
                return [f"search index: {error}"]
            finally:
                copy.close()

    def backup(self, path: str) -> None:
        """A compact copy, whole or not there; until it is written to, `verify` sees damage in its unused bytes, too."""
        target = Path(path)
        if target.exists():
            raise CannotWrite(f"{printable(path)}: there is already such a file")
        part = target.with_name(target.name + ".part")
        try:
            part.unlink(missing_ok=True)
            with _copying(path, self.address):
                self._connection.execute("VACUUM INTO ?", (str(part),))
                copy = sqlite3.connect(part)
                try:
                    with copy:
                        copy.execute("INSERT OR REPLACE INTO meta VALUES ('compact', '1')")
                finally:
                    copy.close()
            part.replace(target)
        except OSError as error:
            raise CannotWrite(f"{printable(path)}: {error.strerror}") from error
        finally:
            part.unlink(missing_ok=True)

    def settle(self) -> None:
        """Write a file of moderate size anew, without gaps: then `verify` sees damage in its unused bytes, too.

        Not while others read or write it: the file is as whole as before, only not compact. What another has written
        since may have left gaps, and is not called compact.
        """
        size = int(self.rows("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")[0][0])
        if self.readonly or size > _SETTLED:
            return
        try:
            others = self._pragma("data_version")  # a number that changes when another connection writes
            self._connection.execute("VACUUM")
            self._connection.execute(
                "INSERT OR REPLACE INTO meta SELECT 'compact', '1' FROM pragma_data_version WHERE data_version = ?",
                (others,),
            )
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise _told(error, self.address) from error

    def close(self) -> None:
        self._connection.close()


def _fts_faults(connection: sqlite3.Connection) -> list[str]:
    try:
        connection.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")
    except sqlite3.Error as error:
        return [f"search index: {error}"]
    return []


def _check_path(path: str, shown: str, create: bool) -> bool:
    """Whether the file is still to be made; refuses what cannot be an archive."""
    if "\0" in path or not path:
        raise UsageError("the path of an archive is empty or has a NUL character")
    target = Path(path)
    try:
        if target.is_dir():
            raise BadData(f"{shown}: a folder, not an archive; name a file in it")
        if target.exists():
            return target.stat().st_size == 0
    except OSError as error:
        raise NoInput(f"{shown}: {error.strerror}") from error
    if not create:
        raise NoInput(f"{shown}: there is no archive; onrecord add makes one")
    if not target.parent.is_dir():
        raise NoInput(f"{shown}: there is no folder {printable(str(target.parent))} to make it in")
    return True


def _connect(path: str, *, fresh: bool, readonly: bool) -> sqlite3.Connection:
    if not readonly:
        return sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    address = Path(path).resolve().as_uri()
    if fresh:
        raise BadData(f"{printable(path)}: not an archive of onrecord: the file is empty")
    try:
        connection = sqlite3.connect(f"{address}?mode=ro", uri=True, timeout=PATIENCE, isolation_level=None)
        connection.execute("SELECT 1 FROM sqlite_master LIMIT 1")
    except sqlite3.OperationalError as error:
        # which of the two it is depends on whether the file or its folder is what may not be written
        refused = error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
        if not refused or Path(f"{path}-wal").exists():
            raise
        # a write-ahead log needs a file beside the archive; on a medium that cannot be written nobody writes either
        connection = sqlite3.connect(f"{address}?immutable=1", uri=True, isolation_level=None)
    return connection


_WRITING = {
    sqlite3.SQLITE_BUSY: f"another program has been writing for {PATIENCE:.0f} seconds; try again",
    sqlite3.SQLITE_LOCKED: "another program is writing; try again",
    sqlite3.SQLITE_FULL: "the disk is full; nothing of this document was stored",
    sqlite3.SQLITE_READONLY: "the file or its folder cannot be written",
    sqlite3.SQLITE_IOERR: "the disk does not answer as it should; nothing of this document was stored",
    sqlite3.SQLITE_CANTOPEN: "the file cannot be opened; look at its permissions",
    sqlite3.SQLITE_PERM: "the file may not be opened; look at its permissions",
}


_UNWRITTEN = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)


@contextmanager
def _copying(path: str, shown: str) -> Iterator[None]:
    """Faults while a copy is made: what cannot be written is the copy, and the archive is as it was."""
    try:
        yield
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _UNWRITTEN:
            told = f"{printable(path)}: the copy could not be written ({error}); make room and try again"
            raise CannotWrite(told) from error
        raise _told(error, shown) from error


def _told(error: sqlite3.Error, shown: str) -> OnrecordError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _WRITING:
        return CannotWrite(f"{shown}: {_WRITING[code]}")
    if code == sqlite3.SQLITE_NOTADB:
        return BadData(f"{shown}: not an archive of onrecord")
    if isinstance(error, sqlite3.ProgrammingError):  # closed, or of another thread: the file is sound
        return UsageError(f"{shown}: {str(error).rstrip('.')}; open the archive again where it is used")
    return BadData(f"{shown}: the archive is damaged ({error}); onrecord verify says where")
