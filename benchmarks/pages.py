"""Pages of news: trafilatura alone, which only extracts the text, as the floor under reading the whole record.

Pages are invented: an article between menus, scripts, teasers and a foot, about 50 kB of markup around 5 kB of text.
Ours parses in a fenced child process, keeps every word or says what it left out, and goes on to structure and ledger.
"""

from __future__ import annotations

import sys
from functools import cache
from html import escape
from pathlib import Path

from benchmarks.cost import cost
from benchmarks.debate import news
from benchmarks.peers import version
from benchmarks.rows import Row, compared

TITLE = "Sixty pages of HTML"
PAGES = 60
TEXT, TEASERS = 5_000, 150

TRAFILATURA = """
import sys, trafilatura
from pathlib import Path
for path in Path(sys.argv[1]).glob("*.html"):
    trafilatura.extract(path.read_bytes())
"""
TEXT_ONLY = """
import sys
from onrecord.sources import open_path
from pathlib import Path
for path in Path(sys.argv[1]).glob("*.html"):
    open_path(str(path))
"""
RECORD = """
import sys
from onrecord.record import read_source
from onrecord.sources import open_path
from pathlib import Path
for path in Path(sys.argv[1]).glob("*.html"):
    read_source(open_path(str(path)), ledger=sys.argv[2] == "ledger")
"""


@cache
def _news() -> str:
    return news(TEXT * (PAGES + 1))


def page(number: int) -> str:
    """One page; the article differs by number."""
    article = _news().splitlines()[number * 12 : number * 12 + 16]
    body = "\n".join(f"<p>{escape(line)}</p>" for line in article)
    menu = "".join(
        f'<li class="nav-item"><a href="/section/{n}" data-track="menu-{n}">Section {n}</a></li>'
        for n in range(60)
    )
    teaser = (
        '<div class="teaser card"><a href="/story/{n}"><img src="/img/{n}.webp" srcset="/img/{n}-2x.webp 2x" alt="">'
        '<h3 class="teaser__title">Harbour news {n}</h3></a><time datetime="2031-05-{day:02}">May {day}</time></div>'
    )
    teasers = "\n".join(teaser.format(n=n, day=n % 28 + 1) for n in range(TEASERS))
    script = f"<script>window.settings = {{{','.join(f'k{n}: {n}' for n in range(1200))}}}</script>"
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>Harbour {number}</title>{script}</head><body>"
        f"<nav><ul>{menu}</ul></nav><main><article><h1>The harbour, part {number}</h1>\n{body}</article></main>"
        f"<aside>{teasers}</aside><footer>Imprint, terms, cookies</footer></body></html>"
    )


def measure(folder: Path, runs: int, peer: Path | None) -> list[Row]:
    """trafilatura of a peer, the text alone, and records without and with their ledger."""
    place = folder / "pages"
    place.mkdir()
    for number in range(PAGES):
        (place / f"{number:02}.html").write_text(page(number), "utf-8")
    size = sum(path.stat().st_size for path in place.iterdir())
    python = [sys.executable, "-c"]
    commands = {
        "onrecord: text and layout": [*python, TEXT_ONLY, str(place)],
        "onrecord: record without its ledger": [*python, RECORD, str(place), "plain"],
        "onrecord: record": [*python, RECORD, str(place), "ledger"],
    }
    if peer:
        theirs = f"{version(str(peer), 'trafilatura')}: main text"
        commands = {theirs: [str(peer), "-c", TRAFILATURA, str(place)], **commands}
    rows = []
    for what, command in commands.items():
        spent = cost(command, runs)
        note = f"{1000 * spent.cpu / PAGES:.0f} ms a page of {size // PAGES // 1000} kB"
        rows.append(Row(what, spent, note=note))
    return compared(rows)
