"""The first page of a long record, kept in the archive: the same bytes, without reading the record again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner
from reading_room import Reader, fields

from onrecord import cli, store
from onrecord.errors import CannotWrite
from onrecord.export import floor
from onrecord.store import fronts
from onrecord.ui import Words, words
from onrecord.web import opening, reading
from onrecord.web.shelf import Shelf

SAID = (
    "We agreed to open pier {n}. The fee is {n} crowns.",
    "I did not agree to a fee. (Laughter.) We will publish map {n} in April.",
    "The question of lighthouse {n} remains open. You must answer it by 3 May 2031.",
    "Thank you.",
    "I refuse the fee of {n} crowns, and I deny that the cafÃ© on pier {n} wasnâ€™t sold.",
)
NAMES = ("Ilse Marrow", "Tomas Arkell", "Wenna Oake")
LONG = "Sitting of the harbour council, 14 March 2031\n\n" + "".join(
    (f"PART {n // 100 + 1}\n\n" if n % 100 == 0 else "")
    + f"{NAMES[n % 3]}: {SAID[n % 5].format(n=n + 1)}\n\n"
    for n in range(450)
)


@pytest.fixture(autouse=True)
def _nothing_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fronts, "LONG", 400)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "sittings.onrecord"


@pytest.fixture
def link(place: Path) -> str:
    """A long record in the archive, of which nothing is kept yet."""
    return Reader(place).give(LONG)


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The versions whose record was read, in a house that counts them."""
    read: list[str] = []
    kept = Shelf._read

    def watched(self: Shelf, held: Any) -> Any:
        read.append(held.version.id)
        return kept(self, held)

    monkeypatch.setattr(Shelf, "_read", watched)
    yield read


def kept(place: Path) -> list[Any]:
    with store.open(place, readonly=True) as archive:
        return archive.engine.rows("SELECT language, state, body FROM front ORDER BY language")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_that_was_kept_is_the_page_that_was_worked_out(
    place: Path, link: str, language: str, unread: list[str]
) -> None:
    first = Reader(place, language=language).get(link)
    assert [row[0] for row in kept(place)] == [language] and len(unread) == 1
    again = Reader(place, language=language)
    assert again.get(link).content == first.content
    assert len(unread) == 1, "the record was read again"
    for path in (f"{link}?page=2", f"{link}/t3", f"{link}/ledger", f"{link}.json"):
        assert again.get(path).status_code == 200
    for shown in ('class="group agreed"', "/ledger?group=", 'id="t200"', 'class="onward"', 'class="damage"'):
        assert shown in first.text, shown
    assert 'id="t201"' not in first.text


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_was_kept_spares_the_other_pages_their_share(
    place: Path, link: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [f"{link}?page=2", f"{link}/t3", f"{link}/ledger"]
    fresh = Reader(place, language=language)
    expected = [fresh.get(page).content for page in pages]
    assert not kept(place)
    fresh.get(link)

    def again(*_: object) -> None:
        raise AssertionError("this was kept with the first page")

    with monkeypatch.context() as patched:
        patched.setattr(reading, "paginate", again)
        patched.setattr(floor, "spoken_words", again)
        spared = Reader(place, language=language)
        assert [spared.get(page).content for page in pages] == expected


def test_every_language_of_a_text_is_named_by_what_was_kept(place: Path) -> None:
    spoken = (
        "Je vous remercie de votre accueil. Nous avons parlé pendant trois heures de la digue et du phare.",
        "Le conseil se réunira de nouveau au mois de mai, et nous publierons la carte avant la fin de l'été.",
        "Personne ne veut que les pêcheurs paient deux fois. C'est pourquoi nous avons refusé la taxe.",
    )
    link = Reader(place).give(LONG + "".join(f"Tomas Arkell: {words}\n\n" for words in spoken))
    first, again = Reader(place).get(link), Reader(place).get(link)
    assert "English and French" in first.text and again.content == first.content and kept(place)


def test_who_may_only_read_sees_what_was_kept_without_links_to_correct(
    place: Path, link: str, unread: list[str]
) -> None:
    Reader(place).get(link)
    unread.clear()
    shown = Reader(place, readonly=True).get(link).text
    assert 'id="t200"' in shown and "/correct/" not in shown and unread == []


def test_an_archive_that_is_only_read_keeps_nothing_and_shows_the_same(place: Path, link: str) -> None:
    assert Reader(place, readonly=True).get(link).status_code == 200 and kept(place) == []


def test_what_cannot_be_kept_now_is_shown_all_the_same(
    place: Path, link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise CannotWrite("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(store.Archive, "keep_front", full)
        shown = Reader(place).get(link)
    assert shown.status_code == 200 and kept(place) == []
    assert Reader(place).get(link).content == shown.content


def test_a_correction_is_seen_at_once_and_so_is_its_undoing(place: Path, link: str) -> None:
    before = Reader(place).get(link).text
    reader = Reader(place)
    page = reader.get(f"{link}/correct/t2").text
    form = {
        **fields(page),
        "kind": "speaker",
        "other": "Aldous Penn",
        "author": "Sula Merrin",
        "reason": "video",
    }
    done = reader.post(f"{link}/correct/t2", data=form).headers["Location"]
    for shown in (reader.get(link).text, Reader(place).get(link).text, Reader(place).get(link).text):
        assert "Aldous Penn" in shown
    page = reader.get(done).text
    undo = next(
        part.partition('"')[0] for part in page.split('action="') if "/undo/" in part.partition('"')[0]
    )
    reader.post(undo, data={**fields(page), "author": "Sula Merrin"})
    for one in (reader, Reader(place), Reader(place)):
        assert "Aldous Penn" not in one.get(link).text
    assert len(before) > 10_000 and len(kept(place)) == 1


@pytest.mark.parametrize("moment", ["record", "corrections"])
def test_what_is_corrected_while_a_page_is_made_is_not_hidden_by_it(
    place: Path, link: str, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the two questions that a page is made from, somebody else corrects; later that is taken back."""
    version = link.rpartition("/")[2]
    asked = getattr(store.Archive, moment)
    made: list[str] = []

    def correct() -> str:
        with store.open(place) as other:
            return other.correct(
                version, "speaker", other.record(version).turns[1].span, "Aldous Penn",
                author="Sula Merrin", time="2031-05-06T00:00:00Z", reason="video",
            ).id  # fmt: skip

    def asked_slowly(self: store.Archive, *names: Any, **how: Any) -> Any:
        answer = asked(self, *names, **how)
        if not made:
            made.append("")  # what the correction asks itself is not in question
            made[0] = correct()
        return answer

    with monkeypatch.context() as patched, store.open(place) as archive:
        patched.setattr(store.Archive, moment, asked_slowly)
        opening.keep(archive, version)
    assert len(kept(place)) == 2 and "Aldous Penn" in Reader(place).get(link).text
    with store.open(place) as archive:
        opening.keep(archive, version)
        archive.undo(made[0], author="Sula Merrin", time="2031-05-06T00:00:00Z")
    assert "Aldous Penn" not in Reader(place).get(link).text


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FORMAT", opening.FORMAT + 1),
        ("__version__", "another"),
        ("_digest", lambda said: f"other words of {said.language}"),
    ],
)
def test_what_another_program_kept_is_made_anew(
    place: Path, link: str, unread: list[str], monkeypatch: pytest.MonkeyPatch, name: str, value: Any
) -> None:
    Reader(place).get(link)
    (before,) = kept(place)
    monkeypatch.setattr(opening, name, value)
    Reader(place).get(link)
    Reader(place).get(link)
    (after,) = kept(place)
    assert before[1] != after[1] and before[2] == after[2] and len(unread) == 2


def test_other_words_have_another_name() -> None:
    said = words("en")
    told = Words("en", {**said.table, "record": {**said.table["record"], "more": "{n} others"}})
    assert opening._digest(said) != opening._digest(told) == opening._digest(Words("en", told.table))


@pytest.mark.parametrize("body", [b"", b"no message at all", msgspec.msgpack.encode([1, 2, 3])])
def test_what_cannot_be_understood_is_made_anew(place: Path, link: str, body: bytes) -> None:
    """A program under the same name and version may hold something else: one that is being worked on."""
    right = Reader(place).get(link).content
    (language, state, _), version = kept(place)[0], link.rpartition("/")[2]
    with store.open(place) as archive:
        archive.keep_front(version, language, state, body)
    assert Reader(place).get(link).content == right
    with store.open(place) as archive:
        assert archive.front(archive.version(version), language, state) not in (None, body)


def test_a_damaged_front_is_never_shown(place: Path, link: str) -> None:
    right = Reader(place).get(link).content
    with store.open(place) as archive, archive.engine.transaction():
        archive.engine.run("UPDATE front SET body = ?", (b"\x00damaged",))
    assert Reader(place).get(link).content == right
    with store.open(place) as archive:
        assert archive.verify() == []


def test_of_a_short_record_nothing_is_kept(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fronts, "LONG", 451)
    reader = Reader(place)
    link = reader.give(LONG)
    assert reader.get(link).status_code == 200 and kept(place) == []
    with store.open(place) as archive:
        opening.keep(archive, link.rpartition("/")[2])
    assert kept(place) == []


def test_who_adds_can_keep_it_in_every_language(place: Path, link: str, unread: list[str]) -> None:
    with store.open(place) as archive:
        opening.keep(archive, link.rpartition("/")[2])
    assert [row[0] for row in kept(place)] == ["en", "fr"]
    shown = [Reader(place, language=code).get(link).content for code in ("en", "fr")]
    assert unread == []
    with store.open(place) as archive, archive.engine.transaction():
        archive.engine.run("DELETE FROM front")
    assert [Reader(place, language=code).get(link).content for code in ("en", "fr")] == shown


def test_what_is_kept_holds_values_that_the_template_escapes(place: Path) -> None:
    hostile = LONG.replace("Wenna Oake", "Wenna <script>alert(1)</script> Oake")
    link = Reader(place).give(hostile)
    for _ in range(2):
        shown = Reader(place).get(link).text
        assert "<script>alert" not in shown
        assert "&lt;script&gt;alert" in shown


def test_the_first_of_many_knows_how_many_there_are() -> None:
    few: opening.First[str] = opening.First("abc", 10)
    assert (len(few), few[0], len(few[:2]), list(few[:2]), len(few[2:]), few[2:][0]) == (
        10,
        "a",
        2,
        ["a", "b"],
        8,
        "c",
    )


def test_onrecord_add_keeps_it_so_that_nobody_waits(place: Path, unread: list[str]) -> None:
    file = place.with_name("sitting.txt")
    file.write_text(LONG, encoding="utf-8")
    done = CliRunner().invoke(cli.main, ["add", "--archive", str(place), str(file)])
    assert done.exit_code == 0, done.output
    link = done.output.split()[1]
    assert [row[0] for row in kept(place)] == ["en", "fr"]
    assert 'id="t200"' in Reader(place, readonly=True).get(link).text and unread == []
