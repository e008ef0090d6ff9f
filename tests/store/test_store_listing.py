"""Lists over all events: the last first, only what is current, and never more read than is shown."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from samples import COUNCIL, LATER, PIER
from vaults import put

from onrecord import store
from onrecord.store import Archive, listing
from onrecord.store.protocol import Row, Value

RECORDED = ("agreed", "promised", "left_open", "refused", "denied", "next_step")
LATER_PIER = PIER.replace("every village", "every single village")


def test_the_event_added_last_comes_first_with_how_many_accounts_it_has(vault: Archive) -> None:
    first = put(vault, PIER, event="pier")
    put(
        vault,
        PIER.replace("Good evening", "Good morning"),
        "second.txt",
        event="pier",
        address="https://b.example/",
    )
    put(vault, COUNCIL, event="council", added=LATER)
    assert first.event == "pier"
    assert [(one.event.id, one.accounts) for one in vault.newest_events(5)] == [
        ("council", 1),
        ("pier", len(vault.sources("pier"))),
    ]
    assert [one.event.id for one in vault.newest_events(1)] == ["council"]
    assert [one.event.id for one in vault.newest_events(1, 1)] == ["pier"]


def test_what_was_put_on_record_last_comes_first_a_page_at_a_time(vault: Archive) -> None:
    put(vault, PIER, event="pier")
    put(vault, COUNCIL, event="council", added=LATER)
    whole = vault.statements(RECORDED)
    assert len(whole) > 3 and {one.kind for one in whole} <= set(RECORDED)
    assert [one.number for one in whole] == sorted((one.number for one in whole), reverse=True)
    paged, before = [], None
    while page := vault.statements(RECORDED, limit=2, before=before):
        paged += page
        before = page[-1].number
    assert paged == whole
    for one in whole:
        assert vault.resolve(one.link).text == one.text


@pytest.mark.parametrize("spelling", ["President Ida Morel", "ida morel", "IDA MOREL", "Ïda Morel"])
def test_somebody_is_heard_under_every_spelling(vault: Archive, spelling: str) -> None:
    put(vault, PIER, event="pier")
    name = next(one for one in vault.speakers() if "Ida" in one)
    wanted = spelling if spelling.startswith("President") == name.startswith("President") else name
    (account,) = vault.heard(wanted)
    assert (account.event, account.passages) == ("pier", 2)
    said = vault.statements(RECORDED, speaker=wanted)
    assert said and {one.speaker for one in said} == {name}


@pytest.mark.parametrize("nobody", ["", "Nobody Atall", "%", "\0", "\ud800"])
def test_nobody_is_heard_nowhere(vault: Archive, nobody: str) -> None:
    put(vault, PIER)
    assert vault.heard(nobody) == [] and vault.statements(RECORDED, speaker=nobody) == []


def test_only_the_last_version_counts_and_what_was_removed_does_not(vault: Archive) -> None:
    old = put(vault, PIER, event="pier", address="https://a.example/")
    new = put(vault, LATER_PIER, event="pier", address="https://a.example/", added=LATER)
    assert (new.status, new.source) == ("version", old.source)
    assert {one.link.split("/")[4] for one in vault.statements(RECORDED)} == {new.version}
    assert [one.version for one in vault.heard(vault.speakers()[0])] == [new.version]
    vault.remove(new.version, time=LATER, reason="asked for")
    assert vault.count() == 1
    assert {one.link.split("/")[4] for one in vault.statements(RECORDED)} == {old.version}
    vault.remove(old.version, time=LATER, reason="asked for")
    assert (vault.count(), vault.statements(RECORDED), vault.heard(vault.speakers()[0])) == (0, [], [])


def test_no_list_sorts_the_whole_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of any list that a page shows first, SQLite says that it walks an index; only `heard` may sort by date."""
    with store.open(tmp_path / "archive", create=True) as archive:
        put(archive, PIER)
        asked: list[tuple[str, Sequence[Value]]] = []
        rows = archive.engine.rows

        def watched(sql: str, values: Sequence[Value] = ()) -> list[Row]:
            asked.append((sql, values))
            return rows(sql, values)

        monkeypatch.setattr(archive.engine, "rows", watched)
        archive.newest_events(5)
        archive.statements(RECORDED, before=10**6)
        archive.statements(RECORDED, speaker=listing.speakers(archive.engine, 1)[0])
        archive.speakers(5)
        archive.count()
        plans = [
            " ".join(str(step[3]) for step in rows(f"EXPLAIN QUERY PLAN {sql}", values))
            for sql, values in asked
        ]
    assert len(plans) > 8
    assert [plan for plan in plans if "TEMP B-TREE" in plan] == []
