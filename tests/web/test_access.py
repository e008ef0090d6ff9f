"""Every page type for everybody: axe with the rules of WCAG 2.2 AA, light and dark; nothing wider than the screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from reading_room import SHORT, Reader, fields
from screenshots import ARABIC, served

from onrecord import store

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
LAID_OUT = "document.querySelectorAll('.leaf').forEach(one => { one.style.contentVisibility = 'visible'; })"
"""The text out of view is laid out too: axe would measure the places that the browser only guesses."""
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


LOADING = 180_000
"""Milliseconds: the first comparison across languages loads a model, which takes a busy machine a minute."""


class Town(NamedTuple):
    """An archive in which every page type has something to show."""

    path: Path
    pages: tuple[str, ...]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    """Three accounts of one event, a correction, a removed version, a long text, a text from right to left."""
    path = tmp_path_factory.mktemp("town") / "town.onrecord"
    reader = Reader(path)
    article = reader.example("article.en.txt")
    event = article.split("/")[2]
    official, french = (
        reader.example(name, event=event) for name in ("official.en.txt", "article.fr-mt.txt")
    )
    arabic = reader.give(ARABIC)
    names = ("Ilse Marrow", "Tomas Arkell", "Wenna Oake")
    long = reader.give("".join(f"{names[n % 3]}: We agreed to open pier {n}.\n\n" for n in range(260)))
    hidden = fields(reader.get(f"{article}/correct/t2").text)
    done = reader.post(
        f"{article}/correct/t2", data={**hidden, "author": "Wenna", "kind": "speaker", "other": "Rurik Stahl"}
    )
    gone = reader.give(SHORT)
    with store.open(str(path)) as archive:
        archive.remove(gone.rpartition("/")[2], time="2031-03-15T00:00:00Z", reason="asked for by its author")
    reader.fill_in("/alerts", {"name": "the islands", "q": "islands"}, page="/search?q=islands")
    a, b = (one.rpartition("/")[2] for one in (official, article))
    return Town(
        path,
        (
            "/", "/events", f"/e/{event}", article, done.headers["Location"], french, f"{french}?added=new", arabic,
            long, f"{long}?page=2", f"{long}/ledger", f"{article}/about", f"{french}/about", f"{article}/ledger",
            f"{article}/t4", f"{arabic}/t2", f"{article}/c100-140", f"{article}/correct/t4",
            f"/e/{event}/compare", f"/compare?a={a}&b={b}", f"/compare?a={a}&b={b}&view=text",
            f"/compare?a={a}&b={b}&kind=number",
            "/check", "/check?quote=nobody+said+this&by=Castle",
            "/check?quote=Today+we+agreed+to+close+the+ferry+line+between+Lindhavn+and+Port+Harlan&by=Brask",
            "/search", "/search?q=islands", "/search?q=xyzzy", "/speaker", "/speaker?name=Teodor+Brask",
            "/open", "/alerts",
            gone.partition("/v/")[0], gone, f"{gone}/t1", "/nope", "/compare?a=1&b=2",
        ),
    )  # fmt: skip


@pytest.fixture(scope="module")
def address(town: Town) -> Iterator[str]:
    with served(town.path) as found:
        yield found


def serious(browser: Browser, pages: list[str], **options: Any) -> list[tuple[str, str, str]]:
    """What axe finds that is serious or critical: the page, the rule and the element."""
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(viewport={"width": 1280, "height": 900}, **options)
    context.set_default_navigation_timeout(LOADING)
    made = context.new_page()
    found = []
    for one in pages:
        made.goto(one)
        made.evaluate(LAID_OUT)
        result = Axe().run(made, options={"runOnly": WCAG, "resultTypes": ["violations"]}).response
        found += [
            (one, broken["id"], broken["nodes"][0]["html"][:160])
            for broken in result["violations"]
            if broken["impact"] in ("serious", "critical")
        ]
    context.close()
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(scheme: str, town: Town, address: str, browser: Browser) -> None:
    assert serious(browser, [address + one for one in town.pages], color_scheme=scheme) == []


def test_axe_in_french_and_narrow(town: Town, address: str, browser: Browser) -> None:
    context = {"locale": "fr", "screen": {"width": 320, "height": 720}}
    assert serious(browser, [address + one for one in town.pages[:12]], **context) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_at_the_door(scheme: str, town: Town, browser: Browser) -> None:
    with served(town.path, token="pier 12") as door:
        assert serious(browser, [f"{door}/", f"{door}/?token=wrong"], color_scheme=scheme) == []


@pytest.mark.parametrize("width", [320, 480, 800, 1280, 2200])
def test_nothing_is_wider_than_the_screen(width: int, town: Town, address: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    made = context.new_page()
    wide = []
    for one in town.pages:
        made.goto(address + one)
        if made.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(one)
    context.close()
    assert wide == []


def test_every_page_has_one_main_and_one_heading(town: Town, address: str, browser: Browser) -> None:
    """What axe calls no violation and a reader of headings misses."""
    made = browser.new_page()
    for one in town.pages:
        made.goto(address + one)
        counts = made.evaluate(
            "['main', 'h1', 'head > title', '#told'].map(one => document.querySelectorAll(one).length)"
        )
        assert counts == [1, 1, 1, 1], one
    made.close()
