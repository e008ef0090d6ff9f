"""Every address answers, in every form, in both languages; the pages say what the record says."""

from __future__ import annotations

import json
import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path
from string import Formatter
from xml.etree import ElementTree

import pytest
from conftest import House
from reading_room import SHORT, Reader, said

from onrecord.record import decode, verify
from onrecord.ui import languages, phrases, words
from onrecord.web.words import ROOT

VOID = {"meta", "link", "input", "br", "img"}
PAGES = [
    "/", "/events", "{event}", "{article}", "{article}/about", "{article}/ledger", "{article}/t4", "{article}/c100-140",
    "{article}/correct/t4", "{event}/compare", "/compare?a={a}&b={b}", "/compare?a={a}&b={b}&view=text", "/check",
    "/check?quote=the+islands+are+not+for+sale&by=Castle", "/search", "/search?q=islands", "/search?statement=agreed",
    "/speaker", "/speaker?name=Teodor+Brask", "/open", "/alerts",
]  # fmt: skip


def place(page: str, house: House) -> str:
    a, b = (path.rpartition("/")[2] for path in (house.official, house.article))
    return page.format(event=house.event, article=house.article, a=a, b=b)


def suffixed(path: str, suffix: str) -> str:
    bare, mark, query = path.partition("?")
    return f"{'/index' if bare == '/' else bare}.{suffix}{mark}{query}"


class Nested(HTMLParser):
    """Fails where tags do not nest; knows ids, headings and what could run."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.levels: list[int] = []
        self.wrong: list[str] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.levels += [int(tag[1])] if re.fullmatch(r"h[1-6]", tag) else []
        if tag == "script" and "src" not in given:
            self.wrong.append("a script in the page")
        self.wrong += [name for name in given if name.startswith("on") or name == "style"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_whole(page: str, language: str, house: House) -> None:
    answer = house.reader.get(
        place(page, house), headers={"Accept-Language": language}, follow_redirects=True
    )
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text
    tree = Nested(answer.text)
    assert len(tree.ids) == len(set(tree.ids))
    assert tree.wrong == []
    assert tree.levels[0] == 1 and tree.levels.count(1) == 1
    assert not re.search(
        r"https?://(?!127|testserver)", re.sub(r"<code>.*?</code>|placeholder=\S+", "", answer.text)
    )


@pytest.mark.parametrize("page", [page for page in PAGES if "/correct/" not in page])
def test_every_page_has_its_forms(page: str, house: House) -> None:
    def asked(suffix: str) -> bytes:
        answer = house.reader.get(suffixed(place(page, house), suffix), follow_redirects=True)
        assert answer.status_code == 200
        return answer.content

    json.loads(asked("json"))
    ElementTree.fromstring(asked("xml"))
    assert asked("md").startswith(b"#")


def test_the_record_of_the_page_is_the_record(house: House) -> None:
    record = decode(house.reader.get(f"{house.article}.json").content)
    assert verify(record) == []
    assert house.reader.get(f"{house.article}/source").content.decode("utf-8") == record.sources[0].text or (
        record.sources[0].sha256
    )


SAYS = [
    ("{article}", "both say that things were agreed"),
    ("{article}", "What to beware of"),
    ("{article}/t4", "To cite it"),
    ("{event}", "Compare the accounts"),
    ("/compare?a={a}&b={b}", "1 negation differs"),
    ("/check?quote=purple+elephants+juggle", "not found (3 texts searched)"),
    ("/search?q=islands", "passages"),
    ("/speaker?name=Teodor+Brask", "Over time"),
    ("/open", "left open"),
    ("{french}", "machine translation: do not quote it as spoken"),
]


@pytest.mark.parametrize(("page", "expected"), SAYS)
def test_says(page: str, expected: str, house: House) -> None:
    path = place(page.replace("{french}", house.french), house)
    assert expected in said(house.reader.get(path).text)


def test_a_quotation_is_checked_and_leads_to_its_words(house: House) -> None:
    answer = house.reader.get("/check?quote=Today+we+agreed+to+reopen+the+ferry+line&by=Brask")
    assert "same words" in said(answer.text)
    link = re.search(r'class="words" href="(/e/[^"]+/c\d+-\d+)#here"', answer.text)
    assert link
    shown = house.reader.get(link[1]).text
    lit = "".join(re.findall(r'<span class="hit lit[^"]*"[^>]*>([^<]*)', shown))
    assert lit.startswith("Today we agreed to reopen the ferry line")


def test_a_link_without_version_leads_to_the_version_of_today(house: House) -> None:
    answer = house.reader.get(f"{house.event}/t2")
    assert answer.status_code == 303
    assert re.fullmatch(re.escape(house.event) + r"/v/[a-z0-9-]+/t2", answer.headers["Location"])


@pytest.mark.parametrize("name", ["tei", "akn", "jsonl", "annotations", "csv"])
def test_a_record_can_be_taken_along(name: str, house: House) -> None:
    answer = house.reader.get(f"{house.article}/as/{name}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_the_language_can_be_chosen_and_stays(reader: Reader) -> None:
    assert "Donner un texte" in reader.get("/?ui=fr").text
    assert "Donner un texte" in reader.get("/").text
    assert reader.get("/", headers={"Accept-Language": "de, en;q=0.4"}).status_code == 200


def test_the_same_text_twice_changes_nothing(reader: Reader) -> None:
    first = reader.give(SHORT)
    answer = reader.fill_in("/read", {"text": SHORT})
    assert answer.headers["Location"] == f"{first}?added=same"


ATOM = "{http://www.w3.org/2005/Atom}"
IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+")


def entries_of_feed(data: bytes, address: str) -> list[ElementTree.Element]:
    """The entries of a feed that has what RFC 4287 says it must have, and should."""
    root = ElementTree.fromstring(data)
    assert root.tag == f"{ATOM}feed"
    own = [one.get("href", "") for one in root.findall(f"{ATOM}link") if one.get("rel") == "self"]
    assert len(own) == 1 and own[0].endswith(address)
    entries = root.findall(f"{ATOM}entry")
    for one in (root, *entries):
        (name,), (title,), (updated,) = (one.findall(f"{ATOM}{tag}") for tag in ("id", "title", "updated"))
        assert IRI.fullmatch(name.text or ""), name.text
        assert title.text and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", updated.text or "")
        assert all(IRI.fullmatch(link.get("href", "")) for link in one.findall(f"{ATOM}link"))
    assert all(one.findtext(f"{ATOM}author/{ATOM}name") for one in entries)
    assert len({one.findtext(f"{ATOM}id") for one in entries}) == len(entries)
    return entries


def test_a_search_can_be_kept_and_told(reader: Reader) -> None:
    reader.give(SHORT)
    answer = reader.fill_in("/alerts", {"name": "the pier & more", "q": "pier"}, page="/search?q=pier")
    assert answer.headers["Location"] == "/alerts"
    again = SHORT.replace("the pier", "the old pier").replace("14 March", "15 May")
    reader.give(again)
    page = reader.get("/alerts").text
    feed = re.search(r'href="(/alerts/[^"]+\.xml)"', page)
    assert feed
    atom = reader.get(feed[1])
    assert atom.headers["Content-Type"].startswith("application/atom+xml")
    entries = entries_of_feed(atom.content, feed[1])
    assert len(entries) == 2
    reader.fill_in("/alerts/forget", {"name": "the pier & more"}, page="/alerts")
    assert "No search is kept" in said(reader.get("/alerts").text)


# ------------------------------------------------------------------------------------------------ long records


def test_a_long_record_is_shown_a_page_at_a_time(reader: Reader) -> None:
    names = ("Ilse Marrow", "Tomas Arkell", "Wenna Oake")
    turns = [
        f"{names[n % 3]}: This is sentence number {n} about the harbour and its boats.\n\n"
        for n in range(450)
    ]
    path = reader.give("".join(turns))
    first = reader.get(path).text
    assert "Page 1 of 3" in first and first.count('class="no"') == 200
    last = reader.get(f"{path}?page=3").text
    assert last.count('class="no"') == 50
    assert "number 449" in last and "number 449" not in first
    links = set(re.findall(rf'href="({re.escape(path)}\?page=[23]#[\w-]+)"', first))
    assert all(
        f'id="{link.partition("#")[2]}"' in reader.get(link.partition("#")[0]).text
        for link in list(links)[:5]
    )
    assert reader.get(f"{path}?page=99").text.count('class="no"') == 50, "a page too far is the last one"


# ------------------------------------------------------------------------------------------------------ words


def tables() -> dict[str, dict[str, str]]:
    return {
        code: dict(phrases(tomllib.loads((ROOT / f"{code}.toml").read_text("utf-8")))) for code in languages()
    }


@pytest.mark.parametrize("code", [code for code in languages() if code != "en"])
def test_every_language_says_everything(code: str) -> None:
    ours, english = tables()[code], tables()["en"]
    assert ours.keys() == english.keys()
    for key, text in english.items():
        assert {f for _, f, _, _ in Formatter().parse(text) if f} == {
            f for _, f, _, _ in Formatter().parse(ours[key]) if f
        }, key


def test_french_spaces_do_not_break() -> None:
    for key, text in tables()["fr"].items():
        assert not re.search(r"(?<![\u202f\u00a0])[;!?:»](?!//)", text), key
        assert not re.search(r"«(?!\u00a0)", text), key
        assert "'" not in text, key


def test_every_word_is_said_somewhere() -> None:
    """A phrase that no page uses is a phrase that nobody keeps true."""
    room = Path(ROOT)
    files = [
        *room.glob("*.py"),
        *room.glob("templates/*.html"),
        *(room.parent / "export" / "templates").glob("*.html"),
    ]
    sources = " ".join(path.read_text("utf-8") for path in files)
    shared = {"to", "added", "given", "verdict", "step", "problem", "correct", "search", "keys"}
    unused = [
        key for key in tables()["en"]
        if f"web.{key}" not in sources and f"web.{key.rpartition('.')[0]}" not in sources
        and key.partition(".")[0] not in shared
    ]  # fmt: skip
    assert unused == []
    assert words("en").named("severity", "critical")


def test_a_place_between_two_lines_shows_nothing_of_them(tmp_path: Path) -> None:
    """An empty stretch of a text is none of it, and never all of it."""
    reader = Reader(tmp_path / "talks.onrecord")
    link = reader.give(SHORT)
    blank = SHORT.index("\n\n") + 1
    shown = reader.get(f"{link}/c{blank}-{blank}")
    assert shown.status_code == 200 and "Thank you." not in said(shown.text)
    assert "Thank you." in said(reader.get(f"{link}/c{SHORT.index('Thank')}-{len(SHORT)}").text)
