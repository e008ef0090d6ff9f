"""The tables of an archive, and how an older archive becomes one of today.

`event` holds `source`s, a source holds `version`s; a version's record and the bytes it was read from lie in
`content`. These, `correction` and `search` are the truth. `passage`, `finding`, `speaker`, `words` and `meaning` are
an index made from the records; it can be rebuilt, and so can `front`. Columns named `checksum` seal their row
(checks.py). Texts that a source may have filled with anything (NUL, lone surrogates) are bytes, because PostgreSQL's
text refuses them.
"""

from __future__ import annotations

from typing import NamedTuple

APPLICATION = 0x6F6E7263
"""“onrc”, the application id in the head of an SQLite file: that is how `file` and we tell an archive."""


class Migration(NamedTuple):
    """One step of the schema. `needs` is the first onrecord that can open an archive after it."""

    number: int
    needs: str
    statements: tuple[str, ...]


_FIRST = (
    "CREATE TABLE meta (key {text} PRIMARY KEY, value {text} NOT NULL)",
    # title and date come from the first version of the event, and are what lists show
    "CREATE TABLE event (id {text} PRIMARY KEY, title {text}, date {text}, added {text} NOT NULL,"
    " checksum {int} NOT NULL)",
    "CREATE TABLE source (id {text} PRIMARY KEY, event {text} NOT NULL, name {text} NOT NULL, address {text},"
    " checksum {int} NOT NULL)",
    "CREATE INDEX source_event ON source (event)",
    "CREATE INDEX source_address ON source (address) WHERE address IS NOT NULL",
    # number: the order of arrival. sketch: what the text is like (likeness.py). removed: when, for a tombstone
    "CREATE TABLE version (number {int} PRIMARY KEY, id {text} NOT NULL UNIQUE, event {text} NOT NULL,"
    " source {text} NOT NULL, sha256 {text} NOT NULL, text_sha256 {text} NOT NULL, record_sha256 {text} NOT NULL,"
    " title {text}, date {text}, language {text}, turns {int} NOT NULL, people {text} NOT NULL, sketch {blob} NOT NULL,"
    " added {text} NOT NULL, removed {text}, reason {text}, checksum {int} NOT NULL)",
    "CREATE INDEX version_source ON version (source, number)",
    "CREATE INDEX version_event ON version (event, number)",
    "CREATE INDEX version_sha256 ON version (sha256)",
    "CREATE INDEX version_date ON version (date)",
    "CREATE TABLE content (version {int} PRIMARY KEY, record {blob} NOT NULL, data {blob} NOT NULL,"
    " difference {blob}, checksum {int} NOT NULL)",
    # the smallest hashes of the word shingles of a version: texts that are alike share some of them
    "CREATE TABLE shingle (hash {int} NOT NULL, version {int} NOT NULL, PRIMARY KEY (hash, version)){rowless}",
    "CREATE TABLE correction (number {int} PRIMARY KEY, id {text} NOT NULL UNIQUE, source {text} NOT NULL,"
    " body {blob} NOT NULL, undone {blob}, checksum {int} NOT NULL)",
    "CREATE INDEX correction_source ON correction (source, number)",
    "CREATE TABLE search (name {text} PRIMARY KEY, body {blob} NOT NULL, seen {int} NOT NULL, checksum {int} NOT NULL)",
    # from here on: the index
    "CREATE TABLE speaker (id {int} PRIMARY KEY, name {text} NOT NULL UNIQUE, folded {text} NOT NULL,"
    " checksum {int} NOT NULL)",
    "CREATE TABLE passage (id {int} PRIMARY KEY, version {int} NOT NULL, item {text} NOT NULL, starts {int} NOT NULL,"
    " ends {int} NOT NULL, speaker {int}, text {blob} NOT NULL, checksum {int} NOT NULL)",
    "CREATE INDEX passage_version ON passage (version)",
    "CREATE INDEX passage_speaker ON passage (speaker) WHERE speaker IS NOT NULL",
    "CREATE TABLE finding (id {int} PRIMARY KEY, version {int} NOT NULL, sort {text} NOT NULL, item {text} NOT NULL,"
    " kind {text} NOT NULL, starts {int} NOT NULL, ends {int} NOT NULL, speaker {int}, passage {int},"
    " checksum {int} NOT NULL)",
    "CREATE INDEX finding_version ON finding (version)",
    "CREATE INDEX finding_kind ON finding (sort, kind, passage)",
    "{index}",
)

_MEANING = (
    # vectors of parts of passages, if somebody wants them (meaning.py); starts, ends: in characters of the passage
    "CREATE TABLE meaning (passage {int} NOT NULL, starts {int} NOT NULL, ends {int} NOT NULL, encoder {text} NOT NULL,"
    " vector {blob} NOT NULL, checksum {int} NOT NULL, PRIMARY KEY (passage, starts)){rowless}",
)

_LISTS = (
    # what lists are read along (listing.py): none of them sorts more than it shows
    "CREATE INDEX event_added ON event (added DESC, id)",
    "CREATE INDEX version_removed ON version (number) WHERE removed IS NOT NULL",
    "CREATE INDEX speaker_exact ON speaker (folded)",
    "CREATE INDEX finding_newest ON finding (sort, kind, id)",
    "CREATE INDEX finding_speaker ON finding (speaker, id) WHERE speaker IS NOT NULL",
    "CREATE INDEX passage_heard ON passage (speaker, version) WHERE speaker IS NOT NULL",
    "DROP INDEX passage_speaker",
)

_FRONTS = (
    # what a face worked out of a long record for its first page (fronts.py); it can be made again
    "CREATE TABLE front (version {int} NOT NULL, language {text} NOT NULL, state {text} NOT NULL, body {blob} NOT NULL,"
    " checksum {int} NOT NULL, PRIMARY KEY (version, language))",
)

MIGRATIONS: tuple[Migration, ...] = (
    Migration(1, "0.2", _FIRST),
    Migration(2, "0.2", _MEANING),
    Migration(3, "0.2", _LISTS),
    Migration(4, "0.2", _FRONTS),
)


class Dialect(NamedTuple):
    """How one database writes the types, a table without row numbers, and its search index."""

    text: str
    blob: str
    integer: str
    rowless: str
    search: tuple[str, ...]


def statements(after: int, dialect: Dialect) -> list[str]:
    """The SQL that brings an archive from schema `after` (0: empty) to that of today."""
    types = {"text": dialect.text, "blob": dialect.blob, "int": dialect.integer, "rowless": dialect.rowless}
    written: list[str] = []
    for migration in MIGRATIONS:
        for statement in migration.statements if migration.number > after else ():
            written += dialect.search if statement == "{index}" else [statement.format(**types)]
    return written


def newest() -> Migration:
    """The schema that this program writes."""
    return MIGRATIONS[-1]
