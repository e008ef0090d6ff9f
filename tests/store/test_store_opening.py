"""What is not an archive, or cannot be used now, is refused in one line with the right exit status; nothing changes."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from samples import COUNCIL, PIER
from vaults import put

from onrecord import store
from onrecord.errors import OnrecordError, UsageError
from onrecord.store import schema
from onrecord.store.schema import Migration
from onrecord.store.sqlite import SQLite


def text_file(path: Path) -> None:
    path.write_text("these are notes, not an archive " * 100)


def other_database(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE notes (words TEXT)")
    connection.close()


def later_archive(path: Path) -> None:
    store.open(path, create=True).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE meta SET value = '7.1' WHERE key = 'needs'")
        connection.execute("PRAGMA user_version = 99")
    connection.close()


def folder(path: Path) -> None:
    path.mkdir()


REFUSED = [
    # what is there, how it is opened, exit status, words of the message
    (None, {}, 66, "there is no archive"),
    (None, {"readonly": True}, 66, "there is no archive"),
    (text_file, {"create": True}, 65, "not an archive"),
    (text_file, {"readonly": True}, 65, "not an archive"),
    (other_database, {"create": True}, 65, "not an archive"),
    (other_database, {"readonly": True}, 65, "not an archive"),
    (later_archive, {"create": True}, 65, "needs version 7.1 or later"),
    (folder, {"create": True}, 65, "a folder"),
]


@pytest.mark.parametrize(("make", "how", "status", "words"), REFUSED)
def test_refused(
    tmp_path: Path, make: Callable[[Path], None] | None, how: dict[str, bool], status: int, words: str
) -> None:
    path = tmp_path / "archive.onrecord"
    if make:
        make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(OnrecordError) as caught:
        store.open(path, **how)
    assert caught.value.exit_status == status
    assert words in str(caught.value) and "\n" not in str(caught.value)
    assert (path.read_bytes() if path.is_file() else None) == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ([path.name] if make else [])


def test_there_is_no_folder_to_make_it_in(tmp_path: Path) -> None:
    with pytest.raises(OnrecordError, match="there is no folder"):
        store.open(tmp_path / "none" / "archive", create=True)


def test_an_older_archive_becomes_one_of_today(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "archive"
    with store.open(path, create=True) as archive:
        put(archive, PIER)
        digest = archive.digest()
    later = Migration(len(schema.MIGRATIONS) + 1, "9.9", ("ALTER TABLE event ADD COLUMN place {text}",))
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, later))
    with pytest.raises(OnrecordError, match="earlier onrecord"):
        store.open(path, readonly=True)
    with store.open(path) as archive:
        assert archive.engine.rows("SELECT place FROM event") == [(None,)]
        assert archive.digest() == digest
    with store.open(path, readonly=True) as archive:
        assert archive.verify() == []
    monkeypatch.undo()
    with pytest.raises(OnrecordError, match=r"needs version 9\.9 or later"):
        store.open(path)


def test_an_archive_of_the_first_schema_gets_a_place_for_meanings(
    home: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:1])
        with store.open(home, create=True) as archive, pytest.raises(OnrecordError):
            archive.engine.rows("SELECT 1 FROM meaning")
    with store.open(home) as archive:
        assert archive.engine.rows("SELECT 1 FROM meaning") == []
        assert (put(archive, PIER).status, archive.keeps_meanings, archive.verify()) == ("new", False, [])


def test_an_archive_without_the_indexes_of_lists_is_listed_after_it_was_opened(
    home: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:2])
        with store.open(home, create=True) as archive:
            added = put(archive, PIER)
    with store.open(home) as archive:
        assert [one.event.id for one in archive.newest_events(5)] == [added.event]
        assert archive.heard(archive.speakers()[0]) and archive.verify() == []


def test_a_migration_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "archive"
    store.open(path, create=True).close()
    broken = Migration(
        len(schema.MIGRATIONS) + 1,
        "9.9",
        ("ALTER TABLE event ADD COLUMN place {text}", "ALTER TABLE nothing ADD COLUMN x {text}"),
    )
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, broken))
    with pytest.raises(OnrecordError):
        store.open(path)
    monkeypatch.undo()
    with store.open(path) as archive:
        assert put(archive, PIER).status == "new"


def test_a_locked_archive_can_be_read_and_says_who_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.store.sqlite.PATIENCE", 0.2)
    path = tmp_path / "archive"
    with store.open(path, create=True) as first, store.open(path) as second:
        put(first, PIER)
        with first.engine.transaction():
            assert second.search("pier").total == 1
            with pytest.raises(OnrecordError, match="another program") as caught:
                put(second, COUNCIL)
            assert caught.value.exit_status == 74
        assert put(second, COUNCIL).status == "new"


def test_an_archive_opened_for_reading_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "archive"
    with store.open(path, create=True) as archive:
        put(archive, PIER)
    before = path.read_bytes()
    with store.open(path, readonly=True) as archive:
        assert archive.search("pier").total == 1
        with pytest.raises(OnrecordError, match="reading only") as caught:
            put(archive, COUNCIL)
        assert caught.value.exit_status == 74
        assert archive.verify() == []
    assert path.read_bytes() == before


@pytest.mark.skipif(os.getuid() == 0, reason="root may write anything")
def test_a_file_without_permission_to_write(tmp_path: Path) -> None:
    path = tmp_path / "archive"
    with store.open(path, create=True) as archive:
        put(archive, PIER)
    path.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        with store.open(path, readonly=True) as archive:
            assert archive.search("pier").total == 1
        with pytest.raises(OnrecordError, match="cannot be written"):
            SQLite(str(path))
    finally:
        tmp_path.chmod(0o755)


def test_a_backup_is_the_archive(tmp_path: Path) -> None:
    with store.open(tmp_path / "archive", create=True) as archive:
        put(archive, PIER)
        archive.backup(str(tmp_path / "copy"))
        with pytest.raises(OnrecordError, match="already"):
            archive.backup(str(tmp_path / "copy"))
        with store.open(tmp_path / "copy") as copy:
            assert copy.digest() == archive.digest()
            assert copy.verify() == []
    assert sorted(one.name for one in tmp_path.iterdir()) == ["archive", "copy"]


def test_an_archive_that_was_closed_is_not_called_damaged(tmp_path: Path) -> None:
    with store.open(tmp_path / "archive", create=True) as archive:
        put(archive, PIER)
    with pytest.raises(
        UsageError, match="archive: Cannot operate on a closed database; open the archive again"
    ):
        list(archive.events())


def test_a_server_that_is_not_there() -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(OnrecordError, match="cannot be reached") as caught:
        store.open("postgresql://someone:secret@127.0.0.1:1/none")
    assert caught.value.exit_status == 66
    assert "secret" not in str(caught.value)


def test_a_server_without_an_archive(server: str) -> None:
    with pytest.raises(OnrecordError, match="there is no archive"):
        store.open(server)
    with store.open(server, create=True) as archive:
        put(archive, PIER)
        archive.engine.run("UPDATE meta SET value = '99' WHERE key = 'schema'")
    with pytest.raises(OnrecordError, match="needs version"):
        store.open(server)
