"""Faults, a few of each kind; `make faults` runs hundreds."""

from __future__ import annotations

from pathlib import Path

import pytest
from faults import Counted, child, complete, crowd, damaged, flip, full, killed, truncate
from samples import NOON, debate
from vaults import Server, put

from onrecord import store
from onrecord.errors import BadData


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with something in every table, closed."""
    folder = tmp_path_factory.mktemp("closed")
    path = folder / "archive"
    with store.open(path, create=True) as archive:
        for seed in range(12):
            added = put(archive, debate(seed))
        turn = archive.record(added.version).turns[0]
        archive.correct(added.version, "speaker", turn.span, "Alva Reuss", author="A", time=NOON, reason="")
        archive.save_search("say", "say", time=NOON)
        archive.backup(
            str(folder / "copy")
        )  # at rest: a living archive has unused bytes in which nothing is found
    return folder / "copy"


def test_kill_9_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    assert killed(tmp_path, times=2, documents=6) == Counted(0, 0, 0)


def test_a_full_disk_is_told_and_forgotten_when_there_is_space(tmp_path: Path) -> None:
    status, told, counted = full(tmp_path, documents=12)
    assert (status, counted) == (74, Counted(0, 0, 0))
    assert told.count("\n") == 1 and ("full" in told or "disk" in told)


def test_a_crowd_gets_what_one_gets(home: str, tmp_path: Path) -> None:
    assert crowd(home, str(tmp_path / "whole"), writers=2, readers=2, documents=6) == Counted(0, 0, 0)


def test_flipped_bits_are_found(closed: Path, tmp_path: Path) -> None:
    found = damaged(closed, tmp_path / "copy", 25, flip)
    assert found.found >= 24
    assert found.wrong == 0


def test_truncations_are_found(closed: Path, tmp_path: Path) -> None:
    found = damaged(closed, tmp_path / "copy", 10, truncate)
    assert (found.found, found.wrong) == (10, 0)


def test_a_server_that_is_stopped_meanwhile_loses_nothing(
    cluster: Server, server: str, tmp_path: Path
) -> None:
    wanted = complete(str(tmp_path / "whole"), range(12))
    process = child(server, range(12), patient=True)
    assert process.stdout
    for _ in range(4):
        process.stdout.readline()
    cluster.restart()
    told = process.communicate()[1]
    assert process.returncode == 0, told
    with store.open(server) as archive:
        assert (archive.digest(), archive.verify()) == (wanted, [])


TAMPERED = [
    # what somebody changed behind our back, words of the finding
    ("UPDATE passage SET text = 'other words' WHERE id = 3", "passage is damaged"),
    ("UPDATE words SET keys = 'other' WHERE rowid = 3", "not in the search index"),
    ("DELETE FROM passage WHERE id = 3", "not those of its record"),
    ("UPDATE version SET title = 'Another title' WHERE number = 1", "version 1"),
    ("UPDATE source SET address = 'https://other.example'", "not what was stored"),
    ("UPDATE search SET seen = 99", "not what was stored"),
    ("UPDATE finding SET kind = 'x'", ""),
    ("DELETE FROM content WHERE version = 1", "version"),
    ("DELETE FROM version WHERE number = 1", "of no version"),
]


@pytest.mark.parametrize(("sql", "words"), TAMPERED)
def test_what_was_changed_behind_our_back_is_found(home: str, sql: str, words: str) -> None:
    with store.open(home, create=True) as archive:
        put(archive, debate(1))
        archive.save_search("say", "say", time=NOON)
        assert archive.verify() == []
        if archive.engine.name == "postgres":
            sql = sql.replace("'other words'", "'other words'::bytea").replace(
                "'other'", "'other:1'::tsvector"
            )
        if archive.engine.run(sql):
            assert any(words in one for one in archive.verify())


def test_a_damaged_passage_is_not_served_and_a_new_index_is(home: str) -> None:
    with store.open(home, create=True) as archive:
        put(archive, debate(1))
        archive.engine.run("UPDATE passage SET starts = starts + 1")
        with pytest.raises(BadData, match="not what was stored"):
            archive.search("say")
        archive.reindex()
        assert archive.search("say").total == 6
        assert archive.verify() == []
