"""One archive for tests that only look at it, an empty one for those that change it, and a browser to look with."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from reading_room import Reader

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

sys.path.append(str(Path(__file__).resolve().parents[2] / "scripts"))  # `served` is that of the pictures


class House(NamedTuple):
    """A filled archive, its reader, and where the texts are."""

    reader: Reader
    article: str
    official: str
    french: str
    path: Path

    @property
    def event(self) -> str:
        """The address of the event."""
        return self.article.partition("/v/")[0]

    def place(self, kind: str) -> str:
        """The address of a page type."""
        a, b = (path.rpartition("/")[2] for path in (self.official, self.article))
        return kind.format(event=self.event, article=self.article, french=self.french, a=a, b=b)


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    path = tmp_path_factory.mktemp("archive") / "example.onrecord"
    reader = Reader(path)
    article = reader.example("article.en.txt")
    official = reader.example("official.en.txt")
    french = reader.example("article.fr-mt.txt")
    return House(reader, article, official, french, path)


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    with Reader(tmp_path / "own.onrecord") as made:
        yield made


# --------------------------------------------------------------------------------------------------- a browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The browser that is installed. Of a module, since its event loop would stand in the way of other tests."""
    from playwright.sync_api import sync_playwright
    from screenshots import find_browser

    program = find_browser()
    if program is None:
        pytest.skip("no browser here: apt install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def site(house: House) -> Iterator[str]:
    """The address of the archive that is only looked at."""
    from screenshots import served

    with served(house.path) as address:
        yield address


AWAY = 80
"""Milliseconds that every answer takes at least: a test that does not wait for what it reads fails here every time,
and not once in a hundred runs on a busy machine."""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page on which nothing may fail and nothing may run into its policy."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en")
    made = context.new_page()
    line = {"offline": False, "latency": AWAY, "downloadThroughput": -1, "uploadThroughput": -1}
    context.new_cdp_session(made).send("Network.emulateNetworkConditions", line)
    faults: list[str] = []
    made.on("pageerror", lambda error: faults.append(str(error)))
    made.on(
        "console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None
    )
    yield made
    context.close()
    assert faults == []
