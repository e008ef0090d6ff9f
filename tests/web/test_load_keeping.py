"""What is kept for all threads: made once, by one of them, and no more of it than was agreed."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from reading_room import SHORT, Reader, fields

from onrecord import store
from onrecord.export.typesetting import template
from onrecord.web import reading, routes
from onrecord.web.keeping import Kept
from onrecord.web.words import ROOT


def test_what_is_kept_is_made_once() -> None:
    made: list[int] = []
    kept = Kept(10)
    assert [kept.get("a", 1, lambda: made.append(1) or len(made)) for _ in range(3)] == [1, 1, 1]  # type: ignore[func-returns-value]
    assert (kept.peek("a"), kept.peek("b")) == (1, None)


def test_those_not_used_for_longest_go_first_by_weight() -> None:
    kept = Kept(10)
    for name in "abc":
        kept.get(name, len, lambda name=name: name * 4)  # type: ignore[misc]
    assert [kept.peek(name) for name in "abc"] == [None, "bbbb", "cccc"]
    kept.peek("b")
    kept.get("d", 4, lambda: "dddd")
    assert [kept.peek(name) for name in "bcd"] == ["bbbb", None, "dddd"]
    kept.get("e", 99, lambda: "more than all")
    assert [kept.peek(name) for name in "bde"] == [None, None, "more than all"]


def test_many_who_want_the_same_wait_for_one_who_makes_it() -> None:
    kept, made, go = Kept(10), [], threading.Event()

    def make() -> str:
        made.append(threading.get_ident())
        go.wait(5)
        return "made"

    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(kept.get("a", 1, make))) for _ in range(8)]
    for one in threads:
        one.start()
    go.set()
    for one in threads:
        one.join()
    assert (found, len(made)) == (["made"] * 8, 1)


def test_who_comes_while_it_is_weighed_waits_as_well() -> None:
    kept, made, late = Kept(10), [], []

    def make() -> str:
        made.append(1)
        return "made"

    def weigh(_: str) -> int:
        late.append(threading.Thread(target=lambda: kept.get("a", 1, make)))
        late[0].start()
        late[0].join(0.2)
        return 1

    assert kept.get("a", weigh, make) == "made"
    late[0].join(5)
    assert len(made) == 1


def test_what_could_not_be_made_is_tried_again() -> None:
    kept = Kept(10)
    with pytest.raises(ZeroDivisionError):
        kept.get("a", 1, lambda: 1 // 0)
    assert kept.get("a", 1, lambda: 7) == 7


def test_a_page_is_set_once_for_all_who_read_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "talks.onrecord"
    reader = Reader(place)
    link = reader.give(SHORT)
    first = reader.get(link).content
    with monkeypatch.context() as patched:
        patched.setattr(reading, "_set", lambda *_: pytest.fail("set again"))
        assert reader.get(link).content == first
        assert reader.get(f"{link}?added=new").content != first
    french = reader.get(link, headers={"Accept-Language": "fr"}).content
    assert french == Reader(place, language="fr").get(link).content != first


@pytest.mark.parametrize("page", ["{link}", "{link}/t2", "/events", "/open", "{link}.json", "{link}/source"])
def test_what_a_browser_has_already_is_not_sent_again(tmp_path: Path, page: str) -> None:
    reader = Reader(tmp_path / "talks.onrecord")
    path = page.format(link=reader.give(SHORT))
    first = reader.get(path)
    name = first.headers["ETag"]
    for known in (name, f"W/{name}", f'"other", {name}'):
        again = reader.get(path, headers={"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", name)
        policy = "Content-Security-Policy"
        assert again.headers[policy] == first.headers[policy]
    for unknown in ("", '"other"', name[:-2] + '"'):
        assert reader.get(path, headers={"If-None-Match": unknown}).content == first.content


def test_what_changed_is_sent(tmp_path: Path) -> None:
    reader = Reader(tmp_path / "talks.onrecord")
    reader.give(SHORT)
    name = reader.get("/events").headers["ETag"]
    reader.give(SHORT.replace("pier", "canal").replace("14 March", "19 June"), event="canal")
    again = reader.get("/events", headers={"If-None-Match": name})
    assert again.status_code == 200 and again.headers["ETag"] != name


def test_what_is_no_page_has_no_name(tmp_path: Path) -> None:
    reader = Reader(tmp_path / "talks.onrecord")
    link = reader.give(SHORT)
    assert "ETag" not in reader.get("/nowhere").headers
    assert "ETag" not in reader.post("/read", data={"text": SHORT}).headers
    assert reader.get(link, headers={"If-None-Match": "*" * 9000}).status_code == 200


LISTS = ["/events", "/open", "/speaker", "/speaker?name=Ilse+Marrow"]


@pytest.mark.parametrize("page", LISTS)
def test_a_list_is_set_once_until_the_archive_changes(tmp_path: Path, page: str) -> None:
    """And is then what a server shows that just began, whoever changed it and how."""
    place = tmp_path / "talks.onrecord"
    reader, other = Reader(place), Reader(place)
    link = reader.give(SHORT)
    before = reader.get(page).content
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(routes, "answer", lambda *_: pytest.fail("asked again"))
        assert reader.get(page).content == before
    form = fields(other.get(f"{link}/correct/t3").text)
    kept = {**form, "kind": "speaker", "other": "Aldous Penn", "author": "Sula Merrin", "reason": "video"}
    seen = [before]

    def correct() -> None:
        other.post(f"{link}/correct/t3", data=kept)

    def undo() -> None:
        with store.open(place) as archive:
            (one,) = archive.corrections(archive.version(link.rpartition("/")[2]).source)
            archive.undo(one.id, author="Sula Merrin", time="2031-05-06T00:00:00Z")

    def add() -> None:
        other.give(SHORT.replace("14 March", "19 June").replace("pier", "canal"), event="canal")

    def remove() -> None:
        with store.open(place) as archive:
            archive.remove(link.rpartition("/")[2], time="2031-05-06T00:00:00Z", reason="asked for")

    for change in (correct, undo, add, remove):
        change()
        seen.append(reader.get(page).content)
        assert seen[-1] == Reader(place).get(page).content, change.__name__
    assert len(set(seen)) > 1


@pytest.mark.parametrize("page", LISTS)
def test_a_list_in_another_language_or_form_is_another(tmp_path: Path, page: str) -> None:
    reader = Reader(tmp_path / "talks.onrecord")
    reader.give(SHORT)
    bare, mark, query = page.partition("?")
    shown = [
        reader.get(page).content,
        reader.get(page, headers={"Accept-Language": "fr"}).content,
        reader.get(f"{bare}.json{mark}{query}").content,
        reader.get(f"{bare}{mark or '?'}{query}&kind=agreed&page=2").content,
    ]
    assert len(set(shown)) == 4


def test_what_templates_share_is_compiled_once() -> None:
    pages, alone = (template(name, ROOT / "templates") for name in ("reading.html", "item.html"))
    assert pages.environment is alone.environment
    assert template("record.html").environment is not pages.environment
