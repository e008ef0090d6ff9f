"""Texts that would run, in a real browser: on every page that shows them and in every export nothing runs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlsplit

import pytest
from reading_room import Reader
from screenshots import served

from onrecord.export.formats import formats

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
GENERATOR = Path(__file__).resolve().parents[3] / "shared" / "hostile" / "hostile.py"

SNIPPETS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' autofocus onfocus='alert(1)' x='",
    "</title></style></textarea></script><script>alert(1)</script>",
    "<svg/onload=alert(1)><a xlink:href=javascript:alert(1)>x</a>",
    "<b hx-get=/nope hx-trigger=load hx-on::load=alert(1)>x</b>",
    "]]><x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
    "[x](javascript:alert(1)) ![y](https://elsewhere.example/y.png)",
    "<style>@import 'https://elsewhere.example/a.css'</style><link rel=stylesheet href=//elsewhere.example>",
    "{{ self.__init__.__globals__ }} ${alert(1)} <%= alert(1) %>",
    "\u202e)1(trela\u2066 \x1b]0;x\x07 \x00 \ufeff",
    '=HYPERLINK("https://elsewhere.example","x")',
]
QUERIES = [
    "'",
    '"',
    "a AND (",
    "NEAR(a b)",
    "x*",
    "<script>alert(1)</script>",
    "'; DROP TABLE passage; --",
    "%00",
    "\u202e",
]


DANGERS = r"""() => document.contentType === "text/plain" ? [] : [...document.querySelectorAll("*")].flatMap(one => {
  const place = one.getAttribute("src") || one.getAttribute("href") || "";
  const loads = /^(script|link|img|iframe|object|embed|base)$/i.test(one.localName);
  return [
    ...[...one.attributes].map(held => held.name).filter(name => /^(on|hx-on|style$)/i.test(name)),
    ...(loads && !place.startsWith("/static/") ? [one.outerHTML] : []),
    ...(/^\s*(javascript|data|vbscript):/i.test(place) ? [one.outerHTML] : []),
  ];
})"""
"""Attributes that run, elements that load from elsewhere, and addresses that run. Plain text, such as the refusal of an
address of 64 kB, the browser sets by itself, with a style of its own."""


class Watch(NamedTuple):
    """A page whose every script, dialog and request is told."""

    page: Page
    home: str
    told: list[str]

    def look(self, address: str) -> None:
        """Open a page and press on with what it holds: everything unfolded, every key pressed."""
        self.page.goto(address)
        found = self.page.evaluate(DANGERS)
        self.told.extend(f"{address}: {one}" for one in found)
        for key in "?jnc":
            self.page.keyboard.press(key)


def watched(browser: Browser, home: str) -> Watch:
    """A page that tells of dialogs, of what its policy stops, and of requests to anywhere but the reader."""
    made = browser.new_page()
    told: list[str] = []

    def asked(request: Request) -> None:
        if urlsplit(request.url).netloc != urlsplit(home).netloc:
            told.append(f"request {request.url}")

    def dialog(opened: object) -> None:
        told.append(f"dialog on {made.url}")
        opened.dismiss()  # type: ignore[attr-defined]

    made.on("request", asked)
    made.on("dialog", dialog)
    made.on("popup", lambda _: told.append(f"window from {made.url}"))
    made.on(
        "console", lambda said: told.append(said.text) if "Content Security Policy" in said.text else None
    )
    return Watch(made, home, told)


def shown(version: str) -> list[str]:
    """The pages of one text."""
    return [
        version,
        f"{version}/about",
        f"{version}/ledger",
        f"{version}/t1",
        f"{version}/c0-1",
        f"{version}/correct/t1",
    ]


def exported(reader: Reader, version: str, folder: Path) -> list[str]:
    """Every export of a text that a browser shows, as files."""
    found = []
    for name, one in formats().items():
        answer = reader.get(f"{version}/as/{name}")
        if answer.status_code == 200 and one.suffix in ("html", "xml", "md", "txt", "json", "csv", "vtt"):
            place = folder / f"{name}-{version.rpartition('/')[2]}.{one.suffix}"
            place.write_bytes(answer.content)
            found.append(place.as_uri())
    return found


def test_nothing_of_small_hostile_texts_runs(tmp_path: Path, browser: Browser) -> None:
    reader = Reader(tmp_path / "own.onrecord")
    event, versions = "", []
    for n, one in enumerate(SNIPPETS):
        name = one.replace("\n", " ")[:80]
        text = (
            f"{one}\n\nIlse {name}: We agreed on {one} for {n} crowns. “{one}”\n\nTomas Arkell: No. {one}\n"
        )
        answer = reader.fill_in(
            "/read", {"event": event}, files={"file": (f"{one[:60]}.txt", text.encode("utf-8", "replace"))}
        )
        assert answer.status_code == 303, one
        versions.append(answer.headers["Location"].partition("?")[0])
        event = versions[0].split("/")[2]
        reader.fill_in("/alerts", {"name": one, "q": "crowns"}, page="/search?q=crowns")
    a, b = (one.rpartition("/")[2] for one in versions[:2])
    places = [page for one in versions for page in shown(one)]
    places += ["/", "/events", f"/e/{event}", f"/e/{event}/compare", f"/compare?a={a}&b={b}",
               f"/compare?a={a}&b={b}&view=text",
               "/speaker", "/open", "/alerts", "/search?q=crowns", "/search?q=agreed"]  # fmt: skip
    for one in (quote(text, safe="", errors="replace") for text in SNIPPETS):
        places += [f"/search?q={one}", f"/search?speaker={one}", f"/check?quote={one}&by={one}", f"/speaker?name={one}",
                   f"/{one}",
                   f"/compare?a={one}&b={one}", f"/e/{event}/v/{a}?added={one}&done={one}"]  # fmt: skip
    with served(tmp_path / "own.onrecord") as home:
        watch = watched(browser, home)
        for place in places:
            watch.look(home + place)
        assert watch.told == []
    outside = watched(browser, "file://")
    for place in (place for version in versions for place in exported(reader, version, tmp_path)):
        outside.page.goto(place)
        outside.page.keyboard.press("j")
    assert outside.told == []


def test_typed_searches_run_nothing(tmp_path: Path, browser: Browser) -> None:
    """What htmx puts into the page is as harmless as the page."""
    reader = Reader(tmp_path / "own.onrecord")
    reader.give("".join(f"Ilse Marrow: {one} and crowns.\n\n" for one in SNIPPETS if "\x00" not in one))
    with served(tmp_path / "own.onrecord") as home:
        watch = watched(browser, home)
        watch.page.goto(f"{home}/search?q=crowns")
        for one in (*SNIPPETS[:6], *QUERIES):
            with watch.page.expect_response("**/search?*"):
                watch.page.fill("#query", one)
            watch.page.wait_for_selector("#found:not(.htmx-swapping)", state="attached")
        watch.page.fill("#query", "crowns")
        watch.page.wait_for_selector(".hits mark")
        assert watch.told == []


@pytest.mark.skipif(not GENERATOR.is_file(), reason="the generator of hostile files is not here")
def test_nothing_of_generated_hostile_files_runs(tmp_path: Path, browser: Browser) -> None:
    made = tmp_path / "made"
    subprocess.run([sys.executable, str(GENERATOR), str(made), "--small"], check=True, capture_output=True)
    listed = [json.loads(line) for line in (made / "manifest.jsonl").read_text("utf-8").splitlines()]
    reader = Reader(tmp_path / "own.onrecord")
    versions = []
    for one in listed:
        place = made / one["path"]
        if not place.is_file() or place.stat().st_size > 300_000:
            continue
        answer = reader.fill_in("/read", {}, files={"file": (place.name, place.read_bytes())})
        assert answer.status_code < 500, (one["id"], answer.status_code)
        if answer.status_code == 303:
            versions.append(answer.headers["Location"].partition("?")[0])
    assert len(set(versions)) >= 25
    places = [place for one in dict.fromkeys(versions) for place in (one, f"{one}/about", f"{one}/t1")]
    places += ["/", "/events", "/speaker", "/open", "/search?q=the"]
    for name, form in (
        ("h90_queries.txt", "/search?q={}"),
        ("h90_queries.txt", "/check?quote={}"),
        ("h91_paths.txt", "{}"),
    ):
        lines = (made / name).read_bytes().decode("utf-8", "replace").splitlines()
        places += [
            form.format(quote(line, safe="" if "=" in form else "/?=&%:")) for line in lines if line.strip()
        ]
    with served(tmp_path / "own.onrecord") as home:
        watch = watched(browser, home)
        for place in places:
            watch.look(f"{home}/{place.lstrip('/')}")
        assert watch.told == []
