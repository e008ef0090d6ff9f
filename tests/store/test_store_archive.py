"""What an archive keeps and answers, on both databases."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from samples import COUNCIL, LATER, NOON, PIER, debate, record
from vaults import put

from onrecord import store
from onrecord.errors import BadData, CannotWrite, NoInput, RecordError, UsageError
from onrecord.model import Comparison, OneEvent, Record
from onrecord.record import decode, encode
from onrecord.spans import Span
from onrecord.store import Archive
from onrecord.store.answers import Version
from onrecord.store.corrections import Kind

EDITED = PIER.replace("every village", "every single village")


def compared(records: list[Record]) -> Comparison:
    """A stand-in for the real comparison: which two texts it was given."""
    sources = tuple(one.sources[0] for one in records)
    return Comparison(1, records[0].tool, sources, OneEvent("certain", ()), (), ())


# ---------------------------------------------------------------------------------------------------- what is kept


def test_nothing_is_lost(vault: Archive) -> None:
    added = put(vault, PIER, "pier.txt")
    assert vault.data(added.version) == PIER.encode()
    assert encode(vault.record(added.version)) == encode(record(PIER, "pier.txt"))
    assert vault.verify() == []


def test_the_same_bytes_change_nothing(vault: Archive) -> None:
    first = put(vault, PIER, "pier.txt")
    before = vault.digest()
    again = put(vault, PIER, "another-name.txt", added=LATER)
    assert (again.status, again.version, vault.digest()) == ("same", first.version, before)


ODD = [
    "NUL: a\0b said so.\n\nVance: \0 x\n",
    "Emoji 🤝 and \u202e signs\n",
    "a" * 50_000,
    "Vance: " + "word " * 40_000,
]


@pytest.mark.parametrize("text", ODD, ids=["nul", "signs", "one word", "long turn"])
def test_any_text_is_kept(vault: Archive, text: str) -> None:
    added = put(vault, text)
    assert vault.data(added.version) == text.encode()
    assert vault.record(added.version).sources[0].text == text
    assert vault.verify() == []


def test_a_record_of_other_bytes_is_refused(vault: Archive) -> None:
    with pytest.raises(RecordError, match="not made from these bytes"):
        vault.add(record(PIER), COUNCIL.encode(), added=NOON)
    broken = replace(record(PIER), turns=(replace(record(PIER).turns[0], text="other words"),))
    with pytest.raises(RecordError, match="does not hold"):
        vault.add(broken, PIER.encode(), added=NOON)
    assert (list(vault.events()), vault.count()) == ([], 0)


# -------------------------------------------------------------------------------------------- events and versions

PLACED = [
    # what is added after PIER from pier.example; address, status, same event, same source
    (EDITED, "https://pier.example", "version", True, True),
    (EDITED, None, "version", True, True),
    (EDITED, "https://mirror.example", "new", True, False),
    (COUNCIL, None, "new", False, False),
    (COUNCIL, "https://pier.example", "new", False, False),  # the page holds something else altogether
]


@pytest.mark.parametrize(("text", "address", "status", "event", "source"), PLACED)
def test_where_a_document_belongs(
    vault: Archive, text: str, address: str | None, status: str, event: bool, source: bool
) -> None:
    first = put(vault, PIER, address="https://pier.example")
    then = put(vault, text, address=address)
    assert (then.status, then.event == first.event, then.source == first.source) == (status, event, source)


def test_a_changed_page_is_a_new_version_with_its_difference(vault: Archive) -> None:
    first = put(vault, PIER)
    second = put(vault, EDITED, compare=compared, added=LATER)
    assert (second.status, second.previous) == ("version", first.version)
    assert [one.id for one in vault.versions(first.event)] == [first.version, second.version]
    difference = vault.difference(second.version)
    assert difference and [source.text for source in difference.sources] == [PIER, EDITED]
    assert vault.difference(first.version) is None


def test_another_reading_of_the_same_bytes_is_a_revision(vault: Archive) -> None:
    first = put(vault, PIER)
    other = replace(record(PIER), tool=replace(record(PIER).tool, version="9.0"))
    second = vault.add(other, PIER.encode(), added=LATER)
    assert (second.status, second.source) == ("revision", first.source)
    assert second.version.split("-")[0] == first.version.split("-")[0]
    assert second.version != first.version


def test_the_user_knows_the_event(vault: Archive) -> None:
    first = put(vault, PIER, event="port-harlan-2031")
    second = put(vault, COUNCIL, event="port-harlan-2031")
    assert (first.event, second.event) == ("port-harlan-2031", "port-harlan-2031")
    assert [one.id for one in vault.events()] == ["port-harlan-2031"]
    with pytest.raises(UsageError, match="small letters"):
        put(vault, debate(1), event="Port Harlan!")


def test_a_thousand_versions_are_one_event(vault: Archive) -> None:
    """Near duplicates, a few words apart each; here thirty of them."""
    for number in range(30):
        put(vault, PIER + f"Hugo Brenner: Note number {number}.\n")
    assert len(list(vault.events())) == 1
    assert len(vault.versions(next(vault.events()).id)) == 30


def test_names_come_from_content(tmp_path: Path) -> None:
    names = []
    for folder in ("a", "b"):
        with store.open(tmp_path / folder, create=True) as archive:
            names.append([put(archive, text, added=folder) for text in (PIER, EDITED, COUNCIL)])
    assert names[0] == names[1]


ARRIVING = (PIER, EDITED, "Corrected on 5 May.\n" + PIER, COUNCIL, debate(1))
"""Three versions of one account, and two other accounts."""


@pytest.fixture(scope="module")
def parcels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with each arriving text as an exported archive of its own, by its number."""
    folder = tmp_path_factory.mktemp("parcels")
    for number, text in enumerate(ARRIVING):
        with store.open(folder / f"{number}.onrecord", create=True) as archive:
            put(archive, text)
            archive.export(str(folder / f"{number}.zip"))
    return folder


@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_order_of_arrival_does_not_change_what_is_held(parcels: Path, data: st.DataObject) -> None:
    """Two to five versions, each twice and in any order, added or imported, are held as when they came one by one."""
    numbers = data.draw(
        st.lists(st.sampled_from(range(len(ARRIVING))), min_size=2, max_size=5, unique=True), "versions"
    )
    order = data.draw(st.permutations(numbers * 2), "order")
    imported = data.draw(st.lists(st.booleans(), min_size=len(order), max_size=len(order)), "imported")
    with tempfile.TemporaryDirectory() as folder:
        with store.open(Path(folder, "plain"), create=True) as plain:
            for number in sorted(numbers):
                put(plain, ARRIVING[number])
            expected = plain.digest()
        with store.open(Path(folder, "mixed"), create=True) as mixed:
            for number, whole in zip(order, imported, strict=True):
                if whole:
                    mixed.import_(str(parcels / f"{number}.zip"))
                else:
                    put(mixed, ARRIVING[number])
            assert mixed.digest() == expected
            assert sum(len(mixed.versions(event.id)) for event in mixed.events()) == len(numbers)
            assert mixed.verify() == []


# ------------------------------------------------------------------------------------------------------ permalinks


def test_a_permanent_link_stays_and_a_moving_one_moves(vault: Archive) -> None:
    first = put(vault, PIER)
    moving, permanent = f"/e/{first.event}/t3", f"{first.link}/t3"
    assert vault.resolve(moving).link == permanent
    second = put(vault, EDITED)
    kept, moved = vault.resolve(permanent), vault.resolve(moving)
    assert "until every village" in (kept.text or "") and not kept.current
    assert "until every single village" in (moved.text or "") and moved.current
    assert moved.link == f"{second.link}/t3"


def test_a_link_is_followed_to_the_same_characters(vault: Archive) -> None:
    first = put(vault, PIER)
    second = put(vault, "Corrected on 5 May.\n" + EDITED)
    version, found = vault.follow(f"{first.link}/t2")
    assert (version.id, found.state) == (second.version, "moved")
    text = vault.record(second.version).sources[0].text
    assert found.span and text[found.span.start : found.span.end] == vault.resolve(f"{first.link}/t2").text
    assert vault.follow(f"{first.link}/t3")[1].state == "lost"


def test_characters_have_links_too(vault: Archive) -> None:
    added = put(vault, PIER)
    assert vault.resolve(f"{added.link}/c6-22").text == "press conference"


NOWHERE = [
    "/e/none", "/e/none/t1", "//evil.example/x", "/e/../../etc/passwd", "/e/a/v/b", "/e/EVENT/t99", "/e/EVENT/t-1",
    "/e/EVENT/t99999999999999999999", "/e/EVENT/c5-3", "/e/EVENT/c0-999999", "/e/EVENT/t1e3", "", "/", "/e/\0/t1",
    "/e/EVENT/v/aaaaaaaa-aaaaaa/t1",
]  # fmt: skip


@pytest.mark.parametrize("link", NOWHERE)
def test_links_that_lead_nowhere(vault: Archive, link: str) -> None:
    added = put(vault, PIER)
    with pytest.raises(NoInput):
        vault.resolve(link.replace("EVENT", added.event))


# --------------------------------------------------------------------------------------------- removing, exporting


def test_what_is_removed_leaves_a_tombstone(vault: Archive) -> None:
    added = put(vault, PIER)
    vault.remove(added.version, time=LATER, reason="asked by the publisher")
    place = vault.resolve(f"{added.link}/t2")
    assert (place.removed, place.text) == (LATER, None)
    with pytest.raises(NoInput, match="asked by the publisher"):
        vault.record(added.version)
    assert vault.search("pier").hits == ()
    assert put(vault, PIER).status == "removed"
    assert put(vault, PIER, again=True, event="new-home").status in ("new", "revision")
    assert vault.verify() == []


def test_an_archive_is_exported_and_comes_back(vault: Archive, tmp_path: Path) -> None:
    put(vault, PIER, address="https://pier.example")
    second = put(vault, EDITED, address="https://pier.example", compare=compared)
    gone = put(vault, COUNCIL)
    turn = vault.record(second.version).turns[1]
    vault.correct(second.version, "speaker", turn.span, "Hugo Brenner", author="A", time=NOON, reason="heard")
    vault.save_search("pier", "pier", time=NOON)
    vault.remove(gone.version, time=LATER, reason="twice")
    vault.export(str(tmp_path / "one.zip"))
    with store.open(tmp_path / "other.onrecord", create=True) as other:
        assert other.import_(str(tmp_path / "one.zip")) == 3
        assert other.import_(str(tmp_path / "one.zip")) == 0
        assert other.digest() == vault.digest()
        assert other.record(second.version) == vault.record(second.version)
        assert other.difference(second.version) == vault.difference(second.version)
        assert other.search("pier").hits == vault.search("pier").hits
        assert other.verify() == []
        other.export(str(tmp_path / "two.zip"))
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with pytest.raises(CannotWrite, match="already"):
        vault.export(str(tmp_path / "one.zip"))


def test_a_damaged_export_is_refused_before_anything_is_stored(vault: Archive, tmp_path: Path) -> None:
    put(vault, PIER)
    vault.export(str(tmp_path / "one.zip"))
    whole = (tmp_path / "one.zip").read_bytes()
    for number, data in enumerate((whole[:-30], b"not a zip", whole.replace(b"versions", b"verzions"))):
        (tmp_path / "bad.zip").write_bytes(data)
        with store.open(tmp_path / f"{number}.onrecord", create=True) as other:
            with pytest.raises(BadData):
                other.import_(str(tmp_path / "bad.zip"))
            assert other.count() == 0


def beside(made: Record) -> Record:
    """A turn whose span begins one character late: its characters are not those of the span."""
    turn = made.turns[0]
    late = replace(turn, span=Span(turn.span.start + 1, turn.span.end))
    return replace(made, turns=(late, *made.turns[1:]))


def put_into_mouth(made: Record) -> Record:
    """Words of a turn that the source does not have."""
    turn = made.turns[0]
    return replace(made, turns=(replace(turn, text=turn.text.replace("October", "January")), *made.turns[1:]))


def spoken_by_nobody(made: Record) -> Record:
    """A speaker whom the record does not list."""
    return replace(made, turns=(replace(made.turns[0], speaker="p99"), *made.turns[1:]))


def of_other_bytes(made: Record) -> Record:
    """A source with the hash of another file."""
    return replace(made, sources=(replace(made.sources[0], sha256="0" * 64), *made.sources[1:]))


def forged(path: Path, forge: Callable[[Record], Record]) -> None:
    """An exported archive with a record changed and every hash over it made anew, as whoever changed it can."""
    with zipfile.ZipFile(path) as file:
        members = {name: file.read(name) for name in file.namelist()}
    line = json.loads(members["versions.jsonl"])
    line["record"] = encode(forge(decode(line["record"].encode()))).decode()
    line["version"][Version._fields.index("record_sha256")] = hashlib.sha256(
        line["record"].encode()
    ).hexdigest()
    members["versions.jsonl"] = json.dumps(line).encode() + b"\n"
    manifest = json.loads(members["manifest.json"])
    manifest["members"]["versions.jsonl"] = hashlib.sha256(members["versions.jsonl"]).hexdigest()
    members["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(path, "w") as file:
        for name, data in members.items():
            file.writestr(name, data)


@pytest.mark.parametrize("forge", [beside, put_into_mouth, spoken_by_nobody, of_other_bytes])
def test_a_false_record_under_true_hashes_is_not_brought_in(
    vault: Archive, tmp_path: Path, forge: Callable[[Record], Record]
) -> None:
    put(vault, PIER)
    parcel = tmp_path / "one.zip"
    vault.export(str(parcel))
    forged(parcel, forge)
    with store.open(tmp_path / "other.onrecord", create=True) as other:
        with pytest.raises(BadData, match="not what was exported"):
            other.import_(str(parcel))
        assert other.count() == 0
    forged(
        parcel, lambda made: record(PIER)
    )  # the same forger with the true record: only the record was at fault
    with store.open(tmp_path / "other.onrecord") as other:
        assert other.import_(str(parcel)) == 1


# ------------------------------------------------------------------------------------------------------ correcting


def test_a_correction_shows_everywhere_and_is_undone_in_one_step(vault: Archive) -> None:
    added = put(vault, PIER)
    turn = vault.record(added.version).turns[1]
    made = vault.correct(
        added.version, "speaker", turn.span, "Alva Reuss", author="Desk", time=NOON, reason="on the tape"
    )
    assert vault.search("fishing").hits[0].passage.speaker == "Alva Reuss"
    assert vault.record(added.version, corrected=False) == record(PIER)
    assert [one.state for one in vault.outcomes(added.version)] == ["ok"]
    vault.undo(made.id, author="Desk", time=LATER)
    assert vault.record(added.version) == record(PIER)
    assert vault.search("fishing").hits[0].passage.speaker == "Teodor Brask"
    assert vault.corrections(added.source)[0].undone is not None
    with pytest.raises(UsageError, match="was undone"):
        vault.undo(made.id, author="Desk", time=LATER)
    assert vault.verify() == []


def test_what_is_said_twice_stands_once(vault: Archive) -> None:
    added = put(vault, PIER)
    first, second = (turn.span for turn in vault.record(added.version).turns[:2])

    def say(who: str, author: str, span: Span = second, *, every: bool = False, time: str = NOON) -> str:
        given = {"author": author, "time": time, "reason": time}
        return vault.correct(added.version, "speaker", span, who, **given, every=every).id

    def count() -> int:
        return len(vault.corrections(added.source))

    mine = say("Alva Reuss", "Desk")
    assert say("Alva Reuss", "Desk", time=LATER) == mine and count() == 1
    known = vault.already(added.version, "speaker", second, "Alva Reuss", author="Desk")
    assert known is not None and known.by.time == NOON
    others = {say("Alva Reuss", "Night desk"), say("Hugo Brenner", "Desk"), say("Alva Reuss", "Desk", first)}
    assert len({mine, *others}) == count() == 4
    assert say("Hugo Brenner", "Desk", time=LATER) in others, (
        "what is said of other words changes nothing here"
    )
    assert say("Alva Reuss", "Desk", time=LATER) != mine, "what was changed meanwhile can be said again"
    assert vault.record(added.version).turns[1].speaker == vault.record(added.version).turns[0].speaker
    wide = say("Ida Morel", "Desk", every=True)
    assert say("Ida Morel", "Desk", every=True, time=LATER) == wide
    say("Alva Reuss", "Desk", first, time=LATER)
    assert count() == 7, "one for a label reaches further than its words"
    vault.undo(vault.corrections(added.source)[-1].id, author="Desk", time=LATER)
    say("Alva Reuss", "Desk", first, time=LATER + "+")
    assert count() == 8, "what was undone can be said again"
    assert vault.verify() == []


@pytest.mark.parametrize(
    ("kind", "value"), [("merge", ""), ("split", "Alva Reuss"), ("statement", "proposed")]
)
def test_what_changes_its_own_place_is_still_known(vault: Archive, kind: Kind, value: str) -> None:
    """After a merge its turn is gone, after a split it is shorter: saying it again is no mistake."""
    added = put(vault, PIER)
    read = vault.record(added.version)
    (promised,) = [one for one in read.statements if one.kind == "promised"]
    end = read.turns[1].span.end
    span = {
        "merge": read.turns[1].span,
        "split": Span(PIER.index("and nobody should"), end),
        "statement": promised.span,
    }[kind]
    of = "promised" if kind == "statement" else ""
    made = [
        vault.correct(added.version, kind, span, value, of=of, author="Desk", time=time, reason="")
        for time in (NOON, LATER)
    ]
    assert made[0] == made[1] and vault.corrections(added.source) == made[:1]


def test_a_correction_goes_on_to_the_next_version(vault: Archive) -> None:
    first = put(vault, PIER)
    turns = vault.record(first.version).turns
    for turn in turns[1:3]:
        vault.correct(
            first.version, "speaker", turn.span, "Alva Reuss", author="Desk", time=NOON, reason="tape"
        )
    second = put(vault, "Corrected on 5 May.\n" + EDITED)
    assert [one.state for one in vault.outcomes(second.version)] == ["moved", "lost"]
    assert vault.search("fishing").hits[0].passage.speaker == "Alva Reuss"
    assert vault.verify() == []


def test_a_correction_that_cannot_be_meant_is_refused(vault: Archive) -> None:
    added = put(vault, PIER)
    turn = vault.record(added.version).turns[0]
    inside = Span(turn.span.start, turn.span.end - 1)
    with pytest.raises(UsageError, match="no turn has exactly"):
        vault.correct(added.version, "speaker", inside, "X", author="A", time=NOON, reason="")
    with pytest.raises(UsageError, match="author"):
        vault.correct(added.version, "speaker", turn.span, "X", author=" ", time=NOON, reason="")
    assert vault.corrections(added.source) == []


def test_what_another_connection_corrects_is_seen_at_once(home: str) -> None:
    made = record(PIER)
    with store.open(home, create=True) as mine, store.open(home, create=True) as other:
        held = mine.add(made, PIER.encode(), added=NOON).version
        before = mine.record(held)
        other.correct(
            held, "speaker", made.turns[1].span, "Alva Reuss", author="desk", time=NOON, reason="tape"
        )
        assert "Alva Reuss" in {person.name for person in mine.record(held).people}
        other.undo(other.corrections(mine.version(held).source)[0].id, author="desk", time=NOON)
        assert mine.record(held) == before


def test_what_is_written_behind_a_settled_file_is_not_taken_for_damage(tmp_path: Path) -> None:
    """A connection that was open before the file was settled must not leave it marked as compact."""
    home = str(tmp_path / "archive.onrecord")
    with store.open(home, create=True) as mine, store.open(home, create=True) as other:
        put(mine, PIER)
        mine.settle()
        assert mine.engine.rows("SELECT 1 FROM meta WHERE key = 'compact'") == [(1,)]
        held = put(other, COUNCIL)
        assert mine.engine.rows("SELECT 1 FROM meta WHERE key = 'compact'") == []
        other.remove(held.version, time=NOON, reason="asked for")
        assert mine.verify() == []


class Interrupted:
    """A connection in which somebody else comes between two statements."""

    def __init__(self, connection: sqlite3.Connection, behind: str, come: Callable[[], object]) -> None:
        self.connection, self.behind, self.come = connection, behind, come

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        done = self.connection.execute(sql, *values)
        if sql == self.behind:
            self.come()
        return done


def test_what_is_written_while_a_file_is_settled_leaves_it_unmarked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = str(tmp_path / "archive.onrecord")
    with store.open(home, create=True) as mine, store.open(home, create=True) as other:
        held = put(mine, PIER)
        put(mine, COUNCIL)
        with monkeypatch.context() as patched:
            slow = Interrupted(
                mine.engine._connection,  # type: ignore[attr-defined]
                "VACUUM",
                lambda: other.remove(held.version, time=NOON, reason="asked for"),
            )
            patched.setattr(mine.engine, "_connection", slow)
            mine.settle()
        assert mine.engine.rows("SELECT 1 FROM meta WHERE key = 'compact'") == []
        mine.settle()
        assert mine.engine.rows("SELECT 1 FROM meta WHERE key = 'compact'") == [(1,)]
