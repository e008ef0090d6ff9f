"""htmx swaps parts of a page: the file is the published one, the address is right, keys, focus and history go on."""

from __future__ import annotations

import re
import tomllib
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import House
from reading_room import SHORT, Reader
from screenshots import served
from waiting import awaited, changed, settled

from onrecord.web import statics

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
PUBLISHED = "71ea67185bfa8c98c39d31717c6fce5d852370fcdfd129db4543774d3145c0de"
"""SHA-256 of dist/htmx.min.js of htmx.org 2.0.10, the same on npm and in django-htmx 1.29."""


def test_htmx_is_the_published_file_with_its_licence() -> None:
    found = statics.find("/static/htmx.js")
    assert found is not None
    assert sha256(found.data).hexdigest() == PUBLISHED and b'version:"2.0.10"' in found.data
    assert "Zero-Clause BSD" in (statics.ROOT / "vendor" / "htmx.LICENSE.txt").read_text("utf-8")


def test_every_static_file_is_in_the_package() -> None:
    packed = tomllib.loads((statics.ROOT.parents[2] / "pyproject.toml").read_text("utf-8"))
    patterns = packed["tool"]["setuptools"]["package-data"]["onrecord"]
    for address in ("page.css", "page.js", "reader.css", "reader.js", "icon.svg", "htmx.js"):
        assert statics.find(f"/static/{address}") and f"**/*{Path(address).suffix}" in patterns, address


LOADED = [
    ("/search?q=islands", True), ("{event}", True), ("/compare?a={a}&b={b}", True), ("/check", True),
    ("{article}", False), ("{article}/ledger", False), ("{article}/t4", False), ("/", False), ("/open", False),
    ("/nope", False),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "loaded"), LOADED)
def test_only_pages_that_swap_load_it(kind: str, loaded: bool, house: House) -> None:
    html = house.reader.get(house.place(kind)).text
    assert ("/static/htmx.js" in html) is loaded
    assert loaded or "hx-" not in html


def test_a_swap_has_a_plain_link_or_form_beneath(house: House) -> None:
    """What is fetched by htmx alone is either in a form or beside a link to the same place."""
    for kind in (kind for kind, loaded in LOADED if loaded):
        html = house.reader.get(house.place(kind)).text
        for tag in re.findall(r"<\w+[^>]* hx-get=[^>]*>", html):
            own = re.search(r' hx-get="([^"]+)"', tag)
            assert tag.startswith("<input") or (own and f' href="{own[1]}"' in tag), tag


# ------------------------------------------------------------------------------------------------------- search


def test_words_are_searched_as_they_are_typed(site: str, page: Page) -> None:
    page.goto(f"{site}/search?q=islands")
    page.evaluate("window.untouched = true")
    page.fill("#query", "")
    page.locator("#query").press_sequentially("lighthouse", delay=20)
    page.wait_for_url("**/search?q=lighthouse*")
    settled(page)
    assert page.locator(".hits mark").first.inner_text().lower() == "lighthouse"
    assert page.inner_text("h1") == "Search: lighthouse" and page.title().startswith("Search: lighthouse")
    assert page.evaluate("document.activeElement.id") == "query", "who types goes on typing"
    assert re.match(r"\d+ passage", page.locator("#told").text_content() or ""), (
        "and hears how many there are"
    )
    assert "lighthouse" in (page.locator("#tail a[href*='.json']").get_attribute("href") or "")
    assert page.evaluate("window.untouched"), "the page itself was not loaded again"


def test_a_facet_narrows_and_going_back_widens(site: str, page: Page) -> None:
    page.goto(f"{site}/search?q=islands")
    all_hits = page.inner_text("#count")
    page.locator(".hits .choices a").first.click()
    page.wait_for_url("**speaker=*")
    settled(page)
    assert page.inner_text("#count") != all_hits
    assert page.input_value("#speaker"), "the form knows what was chosen"
    assert page.evaluate("document.activeElement.id") == "count", "focus goes on from what came"
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.className") == "note-like"
    page.go_back()
    changed(page, "#count", all_hits, back=True)
    assert page.input_value("#speaker") == "" and "speaker" not in page.url
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.className") == "note-like", "keys work after going back"
    page.go_forward()
    changed(page, "#count", all_hits)


def test_a_choice_in_the_form_is_searched_at_once(site: str, page: Page) -> None:
    page.goto(f"{site}/search?q=islands")
    page.click("#narrow summary")
    page.select_option("#statement", "refused")
    page.wait_for_url("**statement=refused*")
    settled(page)
    assert page.evaluate("document.querySelector('#narrow').open"), "the form stays as it was"


def test_more_hits_follow_in_place(tmp_path: Path, page: Page) -> None:
    reader = Reader(tmp_path / "own.onrecord")
    turns = (f"{('Ilse Marrow', 'Tomas Arkell')[n % 2]}: Pier {n} stays open in May.\n\n" for n in range(50))
    reader.give("".join(turns))
    with served(tmp_path / "own.onrecord") as address:
        page.goto(f"{address}/search?q=pier")
        with page.context.expect_page() as opened:
            page.locator(".onward a").click(modifiers=["Control"])
        awaited(opened.value.locator(".hits li"), 20)
        awaited(page.locator(".hits li"), 20)
        page.locator(".onward a").focus()
        page.keyboard.press("Enter")
        awaited(page.locator(".hits li"), 40)
        assert page.url.endswith("/search?q=pier")
        assert (
            page.evaluate(
                "[...document.querySelectorAll('.hits li')].indexOf(document.activeElement.closest('li'))"
            )
            == 20
        )
        page.locator(".onward a").click()
        awaited(page.locator(".hits li"), 50)
        assert page.locator(".onward").count() == 0


def _many(count: int) -> str:
    """Lines of the ledger of two groups, by two people."""
    said = ("We agreed to open pier {n} in May.", "We will not open pier {n} in May.")
    who = ("Ilse Marrow", "Tomas Arkell")
    return "".join(f"{who[n % 2]}: {said[n * 2 // count].format(n=n)}\n\n" for n in range(count))


def test_the_ledger_is_headed_by_its_groups_on_every_page(reader: Reader) -> None:
    path = reader.give(_many(240))
    data = reader.get(f"{path}/ledger.json").json()
    sizes = {group["title"]: group["total"] for group in data["groups"]}
    assert len(sizes) == 2 and sum(sizes.values()) == data["total"] > 200
    first, second = list(sizes)
    pages = [reader.get(f"{path}/ledger?page={number}").text for number in (1, 2, 3)]
    heads = [
        re.findall(r'<div class="group ([^"]+)"><h2 class="margin">([^<]+)</h2>', html) for html in pages
    ]
    assert [title for _, title in heads[0]] == [first]
    assert [title for _, title in heads[1]] == [first, second], "a page of its own says the heading again"
    assert [style.endswith(" goes-on") for page in heads for style, _ in page] == [False, True, False, True]
    assert sum(html.count('<li class="entry') for html in pages) == data["total"]
    reading = re.findall(
        r'<div class="group [^"]+" id="g-\w+"><h3 class="margin">([^<]+)</h3>', reader.get(path).text
    )
    assert reading == [first, second], "the same groups in the same order as on the reading page"


def test_more_lines_of_the_ledger_follow_under_their_heading(tmp_path: Path, page: Page) -> None:
    path = Reader(tmp_path / "own.onrecord").give(_many(240))
    with served(tmp_path / "own.onrecord") as address:
        page.goto(f"{address}{path}/ledger")
        awaited(page.locator(".entry"), 100)
        awaited(page.locator(".group > h2:visible"), 1)
        page.locator(".onward a").click()
        awaited(page.locator(".entry"), 200)
        awaited(page.locator(".group > h2:visible"), 2)
        page.locator(".onward a").click()
        awaited(page.locator(".onward"), 0)
        awaited(page.locator(".group > h2:visible"), 2)


# --------------------------------------------------------------------------------------------------- long texts


def test_a_long_text_goes_on_where_it_ends(tmp_path: Path, page: Page) -> None:
    reader = Reader(tmp_path / "own.onrecord")
    names = ("Ilse Marrow", "Tomas Arkell", "Wenna Oake")
    path = reader.give("".join(f"{names[n % 3]}: Boat {n} is in the harbour.\n\n" for n in range(450)))
    with served(tmp_path / "own.onrecord") as address:
        page.goto(address + path)
        assert page.locator(".turn[id]").count() == 200
        for held in (400, 450):
            page.locator(".record > .onward").evaluate("one => one.scrollIntoView()")
            awaited(page.locator(".turn[id]"), held)
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map(one => one.id)")
        assert len(ids) == len(set(ids)), "no name stands twice"
        assert page.locator(".record > .onward [rel=next]").count() == 0
        assert page.locator("[rel=prev]").count() == 0, "the page before is on this one"
        page.locator("#t199").focus()
        page.locator("#t199").evaluate("one => one.scrollIntoView()")
        page.keyboard.press("j")
        page.keyboard.press("j")
        followed = page.evaluate("document.activeElement.id")
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.keyboard.press("c")
        page.wait_for_selector("output:not(:empty)")
        cited = page.evaluate("navigator.clipboard.readText()").rpartition(", ")[2]
        assert cited == f"{address}{path}/{followed}", "a citation leads to the turn, wherever it was read"
        assert page.goto(cited).ok  # type: ignore[union-attr]


# ------------------------------------------------------------------------------------------------- comparisons


def test_differences_are_filtered_in_place(site: str, house: House, page: Page) -> None:
    page.goto(f"{site}{house.event}")
    page.click("a.main")
    page.wait_for_url("**/compare?*")
    assert (
        page.title().startswith("Accounts compared") and page.evaluate("document.activeElement.id") == "main"
    )
    settled(page)
    before = page.locator(".difference").count()
    page.locator("#kind-number").click()
    page.wait_for_url("**kind=number*")
    settled(page)
    assert 0 < page.locator(".difference").count() < before
    assert page.evaluate("document.activeElement.id") == "kind-number", "focus stays on what was chosen"
    page.keyboard.press("n")
    assert "difference" in page.evaluate("document.activeElement.className")
    page.go_back()
    awaited(page.locator(".difference"), before)
    page.go_back()
    page.wait_for_selector(".versions")


# --------------------------------------------------------------------------------------------------- quotations


def test_a_quotation_is_checked_in_place(site: str, page: Page) -> None:
    page.goto(f"{site}/check")
    page.fill("#quote", "Today we agreed to close the ferry line between Lindhavn and Port Harlan")
    waiting = []
    page.route("**/check?*", lambda route: (waiting.append(page.locator("#busy").evaluate(
        "one => one.classList.contains('htmx-request')")), route.continue_()))  # fmt: skip
    page.locator("button.main").first.click()
    page.wait_for_selector(".verdict.altered")
    settled(page)
    assert waiting == [True], "a word says that the answer is awaited"
    assert page.evaluate("document.activeElement.matches('.verdict h2, button')")
    assert (page.locator("#told").text_content() or "").lower() == "words differ"
    assert page.input_value("#quote").startswith("Today we agreed"), "what was asked stays in the form"
    assert page.locator("button.main").first.is_enabled()
    page.go_back()
    awaited(page.locator(".verdict"), 0)


def test_an_answer_that_is_no_page_is_seen(site: str, page: Page) -> None:
    """A form that is refused, here for its secret, is sent again in the plain way: the page says what to do."""
    page.goto(f"{site}/check")
    page.fill("#articletext", SHORT)
    page.evaluate("document.querySelectorAll('[name=csrf]').forEach(one => { one.value = 'x'; })")
    page.locator("button.main").last.click()
    page.wait_for_selector("text=Send it again")
    assert "Ilse Marrow" in page.input_value("#kept")
