"""The whole story of one reader in a real browser, what goes wrong on the way, and a server that is started again."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from reading_room import EXAMPLES, SHORT, Reader
from screenshots import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
FOUNDING = Path(__file__).resolve().parents[3] / "shared" / "seed" / "alaska-2025.fr-mt.txt"
TRANSLATED = [
    pytest.param(EXAMPLES / "article.fr-mt.txt", id="example"),
    pytest.param(
        FOUNDING,
        id="founding",
        marks=pytest.mark.skipif(not FOUNDING.is_file(), reason="the text is not here"),
    ),
]


def give(page: Page, address: str, text: str) -> str:
    """Paste a text; the address of its page."""
    page.goto(address)
    page.fill("#text", text)
    page.click("text=Read it")
    page.wait_for_url("**/v/**")
    return page.url.partition("?")[0]


@pytest.mark.parametrize("text", TRANSLATED)
def test_a_translated_article_is_read_and_put_right(text: Path, tmp_path: Path, page: Page) -> None:
    with served(tmp_path / "own.onrecord") as address:
        place = give(page, address, text.read_text("utf-8"))
        assert "machine translation: do not quote it as spoken" in page.inner_text("header")

        # a label that is not a name as it was, what is known of it, and why
        names = page.locator(".names .card > div")
        assert names.count() >= 2
        doubt = page.locator(".note.speaker, .note.unattributed").first
        assert len(doubt.locator(".reason").text_content() or "") > 10

        # a line of the ledger leads to exactly the characters that the record has for it
        entry = page.locator(".ledger .entry a.words[href^='#']").first
        name = (entry.get_attribute("href") or "").removeprefix("#")
        entry.click()
        lit = (
            "".join(page.locator(f".leaf .{name}").all_text_contents())
            or page.locator(f"#{name}").inner_text()
        )
        held = page.request.get(f"{place}/{name}.json").json()["exact"]
        assert re.sub(r"\s", "", lit) == re.sub(r"\s", "", held)
        assert page.locator(f"#{name}").evaluate("one => one.getBoundingClientRect().top < innerHeight")

        # a speaker is put right, everywhere under that label, and it is undone
        turn = page.locator(".turn[id]").first
        was = turn.locator(".name").first.text_content()
        turn.hover()
        turn.locator(".who .mend").click()
        page.fill("#other", "Wenna Oake")
        page.check("[name=every]")
        page.fill("#author", "Ilse")
        page.click("text=Correct it")
        assert page.locator(".turn[id] .name").first.text_content() == "Wenna Oake"
        page.click("text=undo")
        page.wait_for_url("**/about**")
        page.goto(place)
        assert page.locator(".turn[id] .name").first.text_content() == was
        assert page.pdf().startswith(b"%PDF")


def test_going_back_after_each_step_loses_nothing(tmp_path: Path, page: Page) -> None:
    with served(tmp_path / "own.onrecord") as address:
        place = give(page, address, SHORT)
        page.go_back()
        assert page.url.rstrip("/") == address, "from the page of a text back to the form"
        page.go_forward()
        assert page.locator(".turn[id]").count() == 4
        page.goto(f"{place}/correct/t2")
        page.fill("#other", "Wenna Oake")
        page.fill("#author", "Ilse")
        page.click("text=Correct it")
        page.go_back()
        page.fill("#other", "Wenna Oake")
        page.fill("#author", "Ilse")
        page.click("text=Correct it")
        assert "Wenna Oake" in page.inner_text("#t2"), "sent again, it says the same"
        page.goto(f"{place}/about")
        assert page.locator("ol.history > li").count() == 1, "and is kept once"
        with page.expect_navigation():
            page.click("ol.history button >> nth=0")
        page.go_back()
        page.reload()
        assert "undone by Ilse" in page.inner_text("main")
        page.goto(f"{address}/check")
        page.fill("#quote", "We agreed to open the pier")
        page.locator("button.main").first.click()
        page.wait_for_selector(".verdict.exact")
        page.locator(".verdict a.words").first.click()
        page.wait_for_selector(".lit")
        page.go_back()
        page.wait_for_selector(".verdict.exact")


def test_two_people_at_one_turn_and_a_restart_between(tmp_path: Path, browser: Browser) -> None:
    """A form that was opened before the server was started again is sent after it; the second person sees the first."""
    archive = tmp_path / "own.onrecord"
    ilse, wenna = browser.new_context(locale="en"), browser.new_context(locale="en")
    first, second = ilse.new_page(), wenna.new_page()
    with served(archive) as address:
        place = give(first, address, SHORT).removeprefix(address)
        port = int(address.rpartition(":")[2])
        for page in (first, second):
            page.goto(f"{address}{place}/correct/t2")
            page.fill("#author", "Ilse" if page is first else "Wenna")
            page.fill("#other", "Rurik Stahl" if page is first else "Danil Korvat")
    with served(archive, port=port):
        first.click("text=Correct it")
        assert "Rurik Stahl" in first.inner_text("#t2")
        second.click("text=Correct it")
        assert "Somebody else has corrected this" in second.inner_text("main")
        assert second.input_value("#other") == "Danil Korvat", "what the second one wrote is kept"
        second.click("text=Correct it")
        assert "Danil Korvat" in second.inner_text("#t2")
    ilse.close()
    wenna.close()


FILES = [
    ("talks.zip", b"PK\x03\x04" + b"\0" * 300, "cannot be read"),
    ("quay.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 300, "cannot be read"),
    ("empty.txt", b"", "Nothing was given"),
    ("blank.txt", b"  \n\n ", "no text"),
]


def test_what_cannot_be_read_says_so_and_the_next_is_read(tmp_path: Path, page: Page) -> None:
    with served(tmp_path / "own.onrecord") as address:
        page.goto(address)
        page.click("text=Read it")
        assert "Nothing was given" in page.inner_text("[role=alert]")
        for name, data, says in FILES:
            page.set_input_files(
                "#file", {"name": name, "mimeType": "application/octet-stream", "buffer": data}
            )
            page.click("text=Read it")
            assert says in page.inner_text("[role=alert]"), name
        page.fill("#text", SHORT)
        page.fill("#address", "https://record.example.org/talks")
        page.click("text=Read it")
        assert "one thing only" in page.inner_text("[role=alert]")
        assert page.input_value("#text").startswith("Harbour talks"), "what was typed is still there"
        page.fill("#address", "")
        page.click("text=Read it")
        assert page.locator(".turn[id]").count() == 4


def test_fifty_megabytes_in_the_field(tmp_path: Path, page: Page) -> None:
    with served(tmp_path / "own.onrecord") as address:
        page.goto(address)
        page.evaluate("document.querySelector('#text').value = 'Ilse Marrow: no. '.repeat(3_000_000)")
        page.locator("text=Read it").click(timeout=120_000)
        page.wait_for_selector("text=larger than 20 MB", timeout=120_000)
        assert page.goto(address).ok  # type: ignore[union-attr]


def test_a_lost_connection_loses_no_words(tmp_path: Path, page: Page) -> None:
    """The upload breaks, the browser says so, and going back shows the form with what was typed."""
    with served(tmp_path / "own.onrecord") as address:
        page.goto(address)
        page.fill("#text", SHORT)
        page.route("**/read", lambda route: route.abort("connectionreset"))
        page.click("text=Read it")
        page.wait_for_timeout(300)
        page.unroute("**/read")
        if not page.locator("#text").count():
            page.go_back()
        assert page.input_value("#text").startswith("Harbour talks")
        page.click("text=Read it")
        page.wait_for_selector(".turn[id]")
        with Reader(tmp_path / "own.onrecord") as reader:
            assert reader.get("/events.json").json()["events"][0]["accounts"] == 1, "it was kept once"
