"""An archive in PostgreSQL, for a desk that shares one: full text by GIN, names by trigram where the server has it.

Everything lies in a schema `onrecord` of the database that the address names. Keys arrive folded, so the words are
stored as a `tsvector` made here and no text-search configuration of the server has a say in what is found.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from onrecord.errors import BadData, CannotWrite, MissingExtra, NoInput, OnrecordError, UsageError
from onrecord.sources.opening import printable
from onrecord.store import schema
from onrecord.store.protocol import Row, Value
from onrecord.store.query import Term, tsquery

if TYPE_CHECKING:
    import psycopg

_PEN = schema.APPLICATION  # the advisory lock that makes writers wait for each other, as they do on one file
_DIALECT = schema.Dialect(
    text='TEXT COLLATE "C"',  # by code points, as SQLite compares and Python sorts
    blob="BYTEA",
    integer="BIGINT",
    rowless="",
    search=(
        "CREATE TABLE words (rowid BIGINT PRIMARY KEY, keys tsvector NOT NULL)",
        "CREATE INDEX words_keys ON words USING gin (keys)",
    ),
)
_FETCHED = (
    2000  # rows that a cursor of the server sends together; a hundred, its habit, makes long answers slow
)
_MOST_POSITIONS = 255  # of one lexeme; a tsvector keeps no more
_LAST_POSITION = 16383


class Postgres:
    """The engine of one database (protocol.Engine)."""

    name = "postgres"

    def __init__(self, address: str, *, create: bool = False, readonly: bool = False) -> None:
        self.address = without_password(address)
        self.readonly = readonly
        self._driver = _driver()
        try:
            self._connection: psycopg.Connection[Any] = self._driver.connect(
                address, autocommit=True, connect_timeout=10
            )
        except (self._driver.Error, UnicodeError) as error:
            raise NoInput(f"{self.address}: cannot be reached: {_line(error)}") from error
        try:
            with self._told():
                self._connection.execute("SET search_path TO onrecord, public")
                self._connection.execute("SET synchronous_commit TO on")
            self._open(create)
        except BaseException:
            self._connection.close()
            raise

    def _open(self, create: bool) -> None:
        number = self._number()
        newest = schema.newest()
        if number == 0 and (not create or self.readonly):
            raise NoInput(f"{self.address}: there is no archive; onrecord add makes one")
        if number > newest.number:
            needs = self.rows("SELECT value FROM meta WHERE key = 'needs'")[0][0]
            raise BadData(f"{self.address}: made by a later onrecord; it needs version {needs} or later")
        if number < newest.number and self.readonly:
            raise BadData(f"{self.address}: an archive of an earlier onrecord; open it once for writing")
        if number < newest.number:
            self._migrate(newest)

    def _number(self) -> int:
        """The schema of the archive there; 0 where there is none."""
        if self.rows("SELECT to_regclass('onrecord.meta')")[0][0] is None:
            return 0
        found = self.rows("SELECT value FROM meta WHERE key = 'schema'")
        if not found:
            raise BadData(f"{self.address}: not an archive of onrecord")
        return int(found[0][0])

    def _migrate(self, newest: schema.Migration) -> None:
        with self.transaction():
            before = self._number()  # another process may have been quicker
            self.run("CREATE SCHEMA IF NOT EXISTS onrecord")
            for statement in schema.statements(before, _DIALECT):
                self.run(statement)
            for row in (("needs", newest.needs), ("schema", str(newest.number))):
                self.run(
                    "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                    row,
                )
        self._trigrams()

    def _trigrams(self) -> None:
        """An index of names by trigram; a server or a role that has no pg_trgm finds names as well, only slower."""
        try:
            self._connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            self._connection.execute(
                "CREATE INDEX IF NOT EXISTS speaker_folded ON speaker USING gin (folded gin_trgm_ops)"
            )
        except (self._driver.errors.InsufficientPrivilege, self._driver.errors.FeatureNotSupported):
            self.trigrams = False
        except (self._driver.errors.UndefinedFile, self._driver.errors.UndefinedObject):
            self.trigrams = False

    trigrams = True

    # ------------------------------------------------------------------------------------------ reading, writing

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Every fault of the server as one line that says what to do."""
        try:
            yield
        except self._driver.Error as error:
            raise self._as_told(error) from error

    def _as_told(self, error: Exception) -> OnrecordError:
        errors = self._driver.errors
        if isinstance(error, (errors.DiskFull, errors.OutOfMemory)):
            return CannotWrite(f"{self.address}: the server is full; nothing of this document was stored")
        if isinstance(error, (errors.InsufficientPrivilege, errors.ReadOnlySqlTransaction)):
            return CannotWrite(f"{self.address}: this user may not do that: {_line(error)}")
        if isinstance(error, self._driver.OperationalError):
            return CannotWrite(f"{self.address}: the server does not answer ({_line(error)}); run it again")
        return BadData(f"{self.address}: the archive is damaged ({_line(error)}); onrecord verify says where")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; an advisory lock makes writers wait for each other."""
        if self.readonly:
            raise CannotWrite(f"{self.address}: the archive is open for reading only")
        with self._told(), self._connection.transaction():
            self._connection.execute("SELECT pg_advisory_xact_lock(%s)", (_PEN,))
            yield

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """One read-only transaction in repeatable read."""
        with self._told(), self._connection.transaction():
            self._connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield

    def rows(self, sql: str, values: Sequence[Value] = ()) -> list[Row]:
        """The answer of a query."""
        with self._told():
            return self._connection.execute(_dialect(sql), values or None).fetchall()

    def each(self, sql: str, values: Sequence[Value] = ()) -> Generator[Row, None, None]:
        """The same, row by row, by a cursor of the server."""
        with self._told(), self._connection.transaction(), self._connection.cursor(name="each") as cursor:
            cursor.itersize = _FETCHED
            cursor.execute(_dialect(sql), values or None)
            yield from cursor

    def run(self, sql: str, values: Sequence[Value] = ()) -> int:
        """Write; how many rows it touched."""
        with self._told():
            return self._connection.execute(_dialect(sql), values or None).rowcount

    def run_many(self, sql: str, rows: Sequence[Sequence[Value]]) -> None:
        """Write the same statement for many rows."""
        with self._told(), self._connection.cursor() as cursor:
            cursor.executemany(_dialect(sql), rows)

    # ---------------------------------------------------------------------------------------------------- search

    def index(self, rows: Sequence[tuple[int, Sequence[str]]]) -> None:
        """Put passages into the search index."""
        self.run_many(
            "INSERT INTO words (rowid, keys) VALUES (?, ?::tsvector)",
            [(id, _tsvector(keys)) for id, keys in rows],
        )

    def matching(self, matched: str) -> tuple[str, list[Value]]:
        return "words.keys @@ ?::tsquery", [matched]

    def compiled(self, terms: Sequence[Term], *, every: bool = True) -> str:
        return tsquery(terms, every=every)

    def frequency(self, key: str, at_most: int) -> int:
        """In how many passages a key stands, counted no further than `at_most`."""
        found = self.rows(
            "SELECT count(*) FROM (SELECT 1 FROM words WHERE keys @@ ?::tsquery LIMIT ?) AS few",
            (f"'{key}'", at_most),
        )
        return int(found[0][0])

    def misindexed(self, rows: Sequence[tuple[int, Sequence[str]]]) -> list[int]:
        """Passages that the index holds otherwise than with these keys."""
        with self._told():
            found = self._connection.execute(
                "SELECT id FROM unnest(%s::bigint[], %s::text[]) AS given (id, made)"
                " LEFT JOIN words ON rowid = id WHERE keys IS DISTINCT FROM made::tsvector ORDER BY id",
                ([id for id, _ in rows], [_tsvector(keys) for _, keys in rows]),
            )
            return [row[0] for row in found]

    # ----------------------------------------------------------------------------------------- integrity, copies

    def faults(self) -> list[str]:
        """The server checks its own pages (initdb --data-checksums); what can be asked is whether all tables read."""
        return []

    def backup(self, path: str) -> None:
        """A copy by the backup interface, whole or not there."""
        raise UsageError(
            f"{self.address}: a server is backed up by its own means: pg_dump --schema=onrecord;"
            " or onrecord export-archive"
        )

    def settle(self) -> None:
        """A server keeps its pages in order by itself."""

    def close(self) -> None:
        self._connection.close()


def _driver() -> Any:
    try:
        import psycopg
    except ImportError as error:
        raise MissingExtra("archives in PostgreSQL", "postgres", "psycopg") from error
    return psycopg


@lru_cache(maxsize=512)
def _dialect(sql: str) -> str:
    """Our placeholders in psycopg's form."""
    return sql.replace("%", "%%").replace("?", "%s") if "?" in sql else sql


def _tsvector(keys: Sequence[str]) -> str:
    """Keys with their positions as PostgreSQL reads them; keys have letters and digits only, so nothing is escaped."""
    at: dict[str, list[int]] = {}
    for position, key in enumerate(keys, 1):
        places = at.setdefault(key, [])
        if len(places) < _MOST_POSITIONS:
            places.append(min(position, _LAST_POSITION))
    return " ".join(f"'{key}':{','.join(map(str, dict.fromkeys(places)))}" for key, places in at.items())


def without_password(address: str) -> str:
    """The address as it may be shown.

    >>> without_password("postgresql://desk:secret@one.example,two.example/talks?sslmode=require")
    'postgresql://desk@one.example,two.example/talks'
    """
    try:
        parts = urlsplit(address)
        host = parts.netloc.rpartition("@")[2]
    except ValueError:
        return "postgresql"
    user = f"{parts.username}@" if parts.username else ""
    return printable(urlunsplit((parts.scheme, user + host, parts.path, "", "")))


def _line(error: Exception) -> str:
    """The first line of what the driver says."""
    return printable((str(error).strip().splitlines() or [type(error).__name__])[0])
