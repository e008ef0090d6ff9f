"""The reader in a real browser: what a person does, the keys, no script, narrow, dark, paper, and axe on every page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import House
from reading_room import EXAMPLES, SHORT, Reader
from screenshots import ARABIC, served
from waiting import settled

from onrecord.record import decode

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")


# ------------------------------------------------------------------------------------------------- journeys


def test_from_a_pasted_text_to_a_corrected_record(tmp_path: Path, page: Page) -> None:
    with served(tmp_path / "own.onrecord") as address:
        page.goto(address)
        page.fill("#text", (EXAMPLES / "article.fr-mt.txt").read_text("utf-8"))
        page.click("text=Read it")
        assert "machine translation: do not quote it as spoken" in page.inner_text("header")

        # a mangled label, and why
        doubt = page.locator(".note.speaker, .note.unattributed").first
        assert doubt.locator(".reason").text_content()

        # a line of the ledger leads to its exact characters, which light up
        entry = page.locator(".ledger .entry a.words").first
        target = entry.get_attribute("href") or ""
        entry.click()
        lit = page.locator(target)
        assert lit.evaluate("one => getComputedStyle(one).backgroundColor") != "rgba(0, 0, 0, 0)"
        assert lit.evaluate(
            "one => { const r = one.getBoundingClientRect(); return r.top >= 0 && r.top < innerHeight }"
        )

        # a speaker is corrected and the correction undone
        turn = page.locator(".turn[id]").first
        turn.hover()
        turn.locator(".mend").first.click()
        page.fill("#other", "Wenna Oake")
        page.fill("#author", "Ilse")
        page.click("text=Correct it")
        assert "Wenna Oake" in page.locator(".turn[id] .name").first.inner_text()
        page.click("text=undo")
        assert "undone by Ilse" in page.inner_text("#history ~ ol")

        # going back loses nothing
        page.go_back()
        page.go_back()
        assert page.locator("main").is_visible()


def test_two_accounts_are_compared_and_filtered(site: str, house: House, page: Page) -> None:
    a, b = (path.rpartition("/")[2] for path in (house.official, house.article))
    page.goto(f"{site}/compare?a={a}&b={b}")
    assert "1 negation differs" in page.inner_text(".answer")
    before = page.locator(".difference").count()
    page.click(".choices a:has-text('number')")
    page.wait_for_url("**kind=number*")
    settled(page)
    assert 0 < page.locator(".difference").count() < before
    words = page.locator(".difference a.words b").first.inner_text()
    page.locator(".difference a.words").first.click()
    assert page.locator(".lit").first.inner_text() == words


def test_an_altered_quotation_is_checked(site: str, page: Page) -> None:
    page.goto(f"{site}/check")
    page.fill("#quote", "Today we agreed to close the ferry line between Lindhavn and Port Harlan")
    page.fill("#by", "Brask")
    page.click("text=Check >> nth=-2")
    assert page.locator(".verdict.altered h2").inner_text().lower() == "words differ"
    assert "instead of" in page.inner_text(".verdict")


def test_search_finds_and_leads(site: str, page: Page) -> None:
    page.goto(site)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("lighthouse")
    page.keyboard.press("Enter")
    assert page.locator(".hits mark").first.inner_text().lower() == "lighthouse"
    page.locator(".hits a.words").first.click()
    assert "lighthouse" in page.inner_text(".record").lower()


def test_a_file_is_dropped(tmp_path: Path, page: Page) -> None:
    with served(tmp_path / "own.onrecord") as address:
        page.goto(address)
        page.evaluate(
            """text => {
              const carried = new DataTransfer();
              carried.items.add(new File([text], "talks.txt", { type: "text/plain" }));
              const drop = new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true });
              document.querySelector("#text").dispatchEvent(drop);
            }""",
            SHORT,
        )
        page.click("text=Read it")
        assert page.locator("text=talks.txt").first.is_visible()


def test_words_and_their_note_light_each_other(site: str, house: House, page: Page) -> None:
    page.goto(site + house.article)
    link = page.locator(".note.statement b a").first
    name = (link.get_attribute("href") or "").removeprefix("#")
    page.locator(f"#{name}").click()
    assert page.locator(".note.on").count() == 1
    assert page.locator(".note.on b a").get_attribute("href") == f"#{name}"


# ----------------------------------------------------------------------------------------------------- keys


def test_keys_move_and_can_be_switched_off(site: str, house: House, page: Page) -> None:
    def held() -> str:
        return str(page.evaluate("document.activeElement.id || document.activeElement.tagName"))

    page.goto(site + house.article)
    page.keyboard.press("j")
    first = held()
    page.keyboard.press("j")
    assert (first, held()) == ("t1", "t2")
    page.keyboard.press("k")
    assert held() == "t1"
    page.keyboard.press("n")
    note = held()
    assert note.startswith("n")
    page.keyboard.press("n")
    page.keyboard.press("p")
    assert held() == note
    page.keyboard.press("?")
    assert page.locator("dialog").is_visible()
    page.click("#shortcuts")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert not held().startswith("t")
    page.reload()
    page.keyboard.press("j")
    assert not held().startswith("t"), "the switch is remembered"
    page.keyboard.press("/")
    assert held() != "q"


def test_a_turn_is_cited(site: str, house: House, page: Page) -> None:
    page.goto(site + house.article)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.keyboard.press("j")
    page.keyboard.press("c")
    page.wait_for_function("document.querySelector('output').textContent")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "turn 1, characters" in copied and house.article in copied


# ------------------------------------------------------------------------------------------------ everybody


def test_everything_works_without_script(tmp_path: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    made = context.new_page()
    with served(tmp_path / "own.onrecord") as address:
        made.goto(address)
        made.fill("#text", SHORT)
        made.click("text=Read it")
        made.locator(".turn .mend").first.click()
        made.fill("#other", "Wenna Oake")
        made.fill("#author", "Ilse")
        made.click("text=Correct it")
        assert "Wenna Oake" in made.inner_text("main")
        made.fill("#q", "pier")
        made.click(".seek button")
        assert made.locator("mark").count() == 1
    context.close()


def test_a_page_is_printed(site: str, house: House, page: Page) -> None:
    page.goto(site + house.article)
    printed = page.pdf()
    assert printed.startswith(b"%PDF") and len(printed) > 20_000


def test_a_text_from_right_to_left(tmp_path: Path, page: Page) -> None:
    with served(tmp_path / "own.onrecord") as address:
        page.goto(address)
        page.fill("#text", ARABIC)
        page.click("text=Read it")
        line = page.locator(".leaf p[dir]").first
        assert line.evaluate("one => getComputedStyle(one).direction") == "rtl"
        name, words = (
            page.locator(f".leaf .turn {part}").first.bounding_box() for part in (".who", "p[dir]")
        )
        assert name and words and name["x"] > words["x"] + words["width"], "the name stands where lines begin"
        row = page.locator(".leaf .turn .row").first
        row.evaluate("one => one.insertAdjacentHTML('afterbegin', '<div class=beside>a note</div>')")
        note = row.locator(".beside").bounding_box()
        assert note and note["x"] + note["width"] < words["x"], "a note stands where they end"


# ------------------------------------------------------------------------------------------------- offsets


def test_two_hundred_highlights_are_exact(tmp_path: Path, page: Page) -> None:
    """Code points of the record against what the browser shows: emoji, families, flags, combining marks, words from
    right to left, and line ends of two characters between."""
    odd = ["🙂", "👩‍🚒", "é", "Ӑ̈", "🇫🇷", "n̈", "𝔄", "ก็", "👨‍👩‍👧‍👦", "שלום", "مرحبا"]
    turns = [
        f"Ilse Marrow {odd[n % 11]}: {odd[(n + 3) % 11] * (n % 4)}"
        f"We agreed to open pier {n} {odd[n % 11]} in May.\r\n\r\n"
        for n in range(200)
    ]
    reader = Reader(tmp_path / "odd.onrecord")
    answer = reader.fill_in("/read", {}, files={"file": ("odd.txt", "".join(turns).encode())})
    path = answer.headers["Location"].partition("?")[0]
    record = decode(reader.get(f"{path}.json").content)
    wanted = [(one.span.start, one.span.end, one.text) for one in record.statements[:200]]
    assert len(wanted) == 200 and sum(any(ord(c) > 0xFFFF for c in text) for _, _, text in wanted) > 50
    with served(tmp_path / "odd.onrecord") as address:
        page.goto(address)
        shown = page.evaluate(
            """addresses => Promise.all(addresses.map(async one => {
              const html = (await (await fetch(one)).text()).replace(/<style>[^]*?<.style>/, "");
              const held = new DOMParser().parseFromString(html, "text/html").querySelectorAll(".lit");
              return [...held].map(one => one.textContent).join("");
            }))""",
            [f"{path}/c{start}-{end}" for start, end, _ in wanted],
        )
    assert [one for one, (_, _, text) in zip(shown, wanted, strict=True) if one != text] == []
