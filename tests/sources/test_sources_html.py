"""Web pages: what is the document, what is the site around it, what does a browser not show."""

# ruff: noqa: E501  a row of a table is one line

from __future__ import annotations

import pytest
from specimens import notes, spans

from onrecord.errors import Unreadable
from onrecord.sources import Reading, open_bytes


def read(body: str, head: str = "", declared_type: str | None = None) -> Reading:
    page = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return open_bytes("a.html", page.encode(), declared_type=declared_type).reading


TEXTS = [
    ("<p>One.</p><p>Two.</p>", "One.\nTwo."),
    ("<p>One\n  <i>and</i>   two.<br>Three.</p>", "One and two.\nThree."),
    ("One.<br><br>Two.<br/> <br>Three.", "One.\nTwo.\nThree."),
    ("<div>One.<p>Two.</p>Three.</div>", "One.\nTwo.\nThree."),
    ("<p>« Non&nbsp;»&#8239;!</p>", "« Non\u00a0»\u202f!"),
    ("<p>a&lt;b &amp; c</p>", "a<b & c"),
    ("<ul><li>One</li><li>Two</li></ul>", "One\nTwo"),
    ("<pre>One\n  two</pre>", "One\n  two"),
    ("<table><tr><td>Steel</td><td>25</td></tr><tr><td>Wine</td><td>10</td></tr></table>", "Steel 25\nWine 10"),
    ("<table><tr><td>ROE:</td><td>" + "We go on. " * 9 + "</td></tr></table>", "ROE:\n" + "We go on. " * 8 + "We go on."),
    ("<dl><dt>Ada Roe</dt><dd>Good evening.</dd></dl>", "Ada Roe\nGood evening."),
    ("<p>One.<script>x()</script><style>p{}</style></p><p>Two.", "One.\nTwo."),
    ("<p>One.</p><nav><p>Home</p></nav><footer>About</footer><aside>More</aside><p>Two is long enough.</p>", "One.\nTwo is long enough."),
    ("<form><p>The whole page stands in a form.</p><p>No.</p></form>", "The whole page stands in a form.\nNo."),
    ("<div class='shareBox'>Share</div><p>A longer text stands here.</p>", "A longer text stands here."),
    ("<ul><li><a href=a>A b</a></li><li><a href=b>B</a></li><li><a href=c>C</a></li></ul><p>A longer text.</p>", "A longer text."),
    ("<p>« <a href=a>Read</a> this, and <a href=b>this</a>, or <a href=b>that</a>. »</p>", "« Read this, and this, or that. »"),
    ("<div class='body has-sidebar'><p>Short.</p></div><div class='body body--related'>Yes.</div><p>A longer text.</p>", "Short.\nYes.\nA longer text."),
    ("<div class='social-policy'>" + "<p>We spoke of pensions.</p>" * 3 + "</div>" + "<p>And of wages.</p>" * 4, "We spoke of pensions.\n" * 3 + "And of wages.\n" * 3 + "And of wages."),
    ("<h1>Title</h1><div>Teaser</div><main><p>" + "Long text. " * 9 + "</p></main>", "Title\n" + "Long text. " * 8 + "Long text."),
    ("<article><p>First speech.</p></article><article><p>Second one.</p></article>", "First speech.\nSecond one."),
]  # fmt: skip


@pytest.mark.parametrize(("body", "text"), TEXTS)
def test_the_document_of_a_page(body: str, text: str) -> None:
    assert read(body).text == text


def test_headings_and_bold_are_layout() -> None:
    reading = read(
        "<h2>Questions <b>now</b></h2><p><strong>Ada Roe</strong><b>:</b> <span>No.</span></p><p style='font-weight:700'>Li</p>"
    )
    assert spans(reading, "heading") == [("Questions now", "2")]
    assert spans(reading, "bold") == [("now", None), ("Ada Roe:", None), ("Li", None)]
    assert spans(reading, "paragraph") == [("Ada Roe: No.", None), ("Li", None)]


def test_a_table_of_speech_has_its_speakers_in_front() -> None:
    long = "We talked for a long time about the harbour, the ferry line, the islands and the fee."
    rows = [("Roe", long), ("Li", "No."), ("Roe", long), ("Li", "So be it.")]
    reading = read(
        f"<table>{''.join(f'<tr><td>{who}</td><td>{said}</td></tr>' for who, said in rows)}</table>"
    )
    assert reading.text.split("\n") == [piece for row in rows for piece in row]
    assert spans(reading, "bold") == [(who, None) for who, _ in rows]


HIDDEN = [
    "<p style='display: none'>Roe: agreed.</p>",
    "<p style='visibility:hidden'>Roe: agreed.</p>",
    "<p hidden>Roe: agreed.</p>",
    "<p style='font-size:0px; color:red'>Roe: agreed.</p>",
    "<p style='color:#FFF; background: #fff'>Roe: agreed.</p>",
    "<span class='sr-only'>Roe: agreed.</span>",
    "<noscript>Roe: agreed.</noscript>",
    "<template>Roe: agreed.</template>",
    "<!-- Roe: agreed to all of it -->",
    "<p style='position:absolute;left:-9999px'>Roe: agreed.</p>",
]


@pytest.mark.parametrize("hidden", HIDDEN)
def test_hidden_words_are_reported_and_not_taken(hidden: str) -> None:
    reading = read(f"<p>Roe: We have agreed to nothing, and we will not.</p>{hidden}<p>Li: No.</p>")
    assert reading.text == "Roe: We have agreed to nothing, and we will not.\nLi: No."
    assert len(notes(reading, "hidden")) == 1


VISIBLE = ["<p style='color:#fff;background:#000'>No.</p>", "<p style='font-size:0.9em'>No.</p>", "<p aria-hidden=true>No.</p>",
           "<p style='opacity:0.8'>No.</p>", "<p class='hiddengem'>No.</p>",
           "<div style='background:#003'><p style='color:#fff'>No.</p></div>",
           "<div style='color:#fff'><p style='color:#003'>No.</p></div>"]  # fmt: skip


@pytest.mark.parametrize("shown", VISIBLE)
def test_what_only_looks_hidden_is_kept(shown: str) -> None:
    assert read(f"<p>Roe: We have agreed to nothing.</p>{shown}").text.endswith("\nNo.")


SHEETS = [
    (".x { display: none }", "<p class='x'>Roe: agreed.</p>", True),
    ("/* all */ #x,.y{color:white;background:white}", "<p id=x>Roe: agreed.</p>", True),
    ("@media print { .x { display: none } }", "<p class=x>Roe: agreed.</p>", False),
    (".x { display: none } .x.open { display: block }", "<p class='x open'>Roe: agreed.</p>", False),
    (".js .x { display: none }", "<p class='x'>Roe: agreed.</p>", False),
    (".x { display: none", "<p class='x'>Roe: agreed.</p>", False),
    (".x { height: 0; overflow: hidden }", "<p class='x'>Roe: agreed.</p>", False),
    ("p { margin: 0 }", "<p style='color:white'>Roe: agreed.</p>", True),
    ("body { background: #003 }", "<p style='color:white'>Roe: agreed.</p>", False),
    ("@import 'dark.css';", "<p style='color:white'>Roe: agreed.</p>", False),
    ("p.x { display: none }", "<p class='x'>Roe: agreed.</p>", True),
    ("p.x { display: none } .x { display: block }", "<p class='x'>Roe: agreed.</p>", False),
]


@pytest.mark.parametrize(("sheet", "body", "hidden"), SHEETS)
def test_a_style_sheet_hides_words(sheet: str, body: str, hidden: bool) -> None:
    reading = read(f"<p>Roe: We have agreed to nothing at all.</p>{body}", f"<style>{sheet}</style>")
    assert ("Roe: agreed." not in reading.text) is hidden
    assert bool(notes(reading, "hidden")) is hidden


@pytest.mark.parametrize(
    ("page", "why"),
    [
        ("<!-- nothing but a remark -->", "no text that a browser would show)"),
        ("<!DOCTYPE html>", "no text that a browser would show)"),
        (
            "<html><frameset><frame src='a.html'></frameset></html>",
            "its frames show other documents: give those",
        ),
    ],
)
def test_a_page_without_words_is_refused_with_the_reason(page: str, why: str) -> None:
    with pytest.raises(Unreadable) as refused:
        open_bytes("a.html", page.encode())
    assert why in str(refused.value)


def test_a_sheet_that_hides_the_whole_page_is_not_believed() -> None:
    assert read("<div class=x><p>Roe: No.</p></div>", "<style>.x{opacity:0}</style>").text == "Roe: No."


def test_what_is_left_out_is_said() -> None:
    reading = read("<p>A text that is long enough to be one.</p><nav>Home</nav><footer>Contact</footer>")
    assert notes(reading, "dropped") == [
        "parts of the site, not of the document, left out (11 letters): <nav> (4), <footer> (7)"
    ]


def test_depth_and_attributes_do_not_lose_words() -> None:
    script = "document.write('<div>');" * 300
    assert read(f"<script>{script}</script><div>One.</div><div>Two.</div>").text == "One.\nTwo."
    deep = read("<div>" * 5000 + "<p>Good evening.</p>" + "</div>" * 5000 + "<p>Good night.</p>")
    assert deep.text == "Good evening.\nGood night."
    assert "flattened" in notes(deep, "limit")[0]
    wide = read("<p " + " ".join(f"a{i}=1" for i in range(20000)) + ">Good evening.</p>")
    assert wide.text == "Good evening."
    assert "attributes" in notes(wide, "limit")[0]


def test_unclosed_paragraphs_are_not_depth() -> None:
    reading = read("<p>Line" * 2000)
    assert reading.text.count("Line") == reading.text.count("\n") + 1 == 2000
    assert notes(reading, "limit") == []


def test_utf8_wins_over_the_declaration() -> None:
    reading = read("<p>Été</p>", '<meta charset="iso-8859-1">')
    assert reading.text == "Été"
    assert "declared as iso-8859-1" in notes(reading, "encoding")[0]


@pytest.mark.parametrize("declared_type", [None, "text/html; charset=windows-1251"])
def test_a_declared_charset_is_used(declared_type: str | None) -> None:
    meta = (
        "" if declared_type else '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'
    )
    page = f"<html><head>{meta}</head><body><p>Да</p></body></html>".encode("cp1251")
    assert open_bytes("a.html", page, declared_type=declared_type).reading.text == "Да"


TRUNCATED = [
    ("<html><body><p>One.</p><p>Two<a hre", True),
    ("<html><body><p>One.</p><p>Two", True),
    ("<html><body><p>One.</p><p>Two</p></body>", False),
    ("<p>One.</p><p>1 < 2", False),
]


@pytest.mark.parametrize(("page", "cut"), TRUNCATED)
def test_a_page_that_was_cut_off_says_so(page: str, cut: bool) -> None:
    reading = open_bytes("a.html", page.encode()).reading
    assert reading.text.startswith("One.\n")
    assert bool(notes(reading, "truncated")) is cut


def test_the_imprint() -> None:
    head = (
        '<title>Site</title><meta property="og:title" content="Roe &amp; Li meet"><meta property="og:site_name" content="The Arland Post">'
        '<script type="application/ld+json">{"@graph": [{"headline": "Roe and Li meet", "datePublished": "2031-05-03"}]}</script>'
        '<script type="application/ld+json">{broken</script><link rel="canonical" href="https://post.example/roe">'
    )
    assert read("<p>Text.</p>", head).metadata == {
        "title": "Roe and Li meet",
        "date": "2031-05-03",
        "outlet": "The Arland Post",
        "address": "https://post.example/roe",
    }


def test_a_page_without_text_is_refused() -> None:
    with pytest.raises(Unreadable, match="no text that a browser would show"):
        read("<script>render()</script>")
