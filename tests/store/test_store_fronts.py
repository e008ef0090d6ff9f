"""What a face keeps of a long record for its first page: given back as it was kept, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from samples import COUNCIL, LATER, PIER
from vaults import put

from onrecord import store
from onrecord.errors import CannotWrite
from onrecord.store import Archive, schema

BODY = b"what the first page shows " * 20


def test_a_front_is_given_back_in_its_language_and_state_alone(vault: Archive) -> None:
    version = vault.version(put(vault, PIER).version)
    vault.keep_front(version.id, "en", "made so", BODY)
    vault.keep_front(version.id, "fr", "made so", BODY * 2)
    assert vault.front(version, "en", "made so") == BODY
    assert vault.front(version, "fr", "made so") == BODY * 2
    assert vault.front(version, "en", "made otherwise") is None
    assert vault.front(vault.version(put(vault, COUNCIL).version), "en", "made so") is None
    vault.keep_front(version.id, "en", "made otherwise", b"")
    assert (vault.front(version, "en", "made so"), vault.front(version, "en", "made otherwise")) == (
        None,
        b"",
    )
    assert vault.verify() == []


@pytest.mark.parametrize("column", ["body", "checksum"])
def test_a_damaged_front_is_as_good_as_none_and_verify_names_it(vault: Archive, column: str) -> None:
    version = vault.version(put(vault, PIER).version)
    vault.keep_front(version.id, "en", "made so", BODY)
    with vault.engine.transaction():
        vault.engine.run(f"UPDATE front SET {column} = ?", (b"other" if column == "body" else 7,))
    assert vault.front(version, "en", "made so") is None
    assert vault.verify() == [f"front {version.number} (en): not what was stored"]


def test_what_is_removed_leaves_no_front(vault: Archive) -> None:
    version = vault.version(put(vault, PIER).version)
    vault.keep_front(version.id, "en", "made so", BODY)
    vault.remove(version.id, time=LATER, reason="asked for")
    vault.keep_front(version.id, "en", "made so", BODY)
    assert vault.engine.rows("SELECT 1 FROM front") == [] and vault.verify() == []


def test_a_front_of_no_version_is_found(vault: Archive) -> None:
    version = vault.version(put(vault, PIER).version)
    vault.keep_front(version.id, "en", "made so", BODY)
    with vault.engine.transaction():
        vault.engine.run("DELETE FROM version")
    assert "1 fronts of no version" in vault.verify()


def test_fronts_are_no_part_of_what_an_archive_says(vault: Archive, tmp_path: Path) -> None:
    version = put(vault, PIER).version
    before = vault.digest()
    vault.keep_front(version, "en", "made so", BODY)
    vault.export(str(tmp_path / "all.zip"))
    with store.open(tmp_path / "other", create=True) as other:
        other.import_(str(tmp_path / "all.zip"))
        assert other.digest() == vault.digest() == before
        assert other.engine.rows("SELECT 1 FROM front") == []


def test_an_archive_open_for_reading_keeps_none(tmp_path: Path) -> None:
    with store.open(tmp_path / "archive", create=True) as archive:
        version = put(archive, PIER).version
    with store.open(tmp_path / "archive", readonly=True) as archive, pytest.raises(CannotWrite):
        archive.keep_front(version, "en", "made so", BODY)


def test_an_archive_of_before_gets_a_place_for_fronts(home: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:3])
        with store.open(home, create=True) as archive:
            version = archive.version(put(archive, PIER).version)
    with store.open(home) as archive:
        assert archive.front(version, "en", "made so") is None
        archive.keep_front(version.id, "en", "made so", BODY)
        assert (archive.front(version, "en", "made so"), archive.verify()) == (BODY, [])
