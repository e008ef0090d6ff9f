"""The page: whole, safe, readable by everybody."""

from __future__ import annotations

import base64
import hashlib
import re
import time
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample import armed, full, hostile, long_record, sample

from onrecord.export import page, visible
from onrecord.model import Coverage, Event, Flag, MarkKind, Quote, Record, Statement
from onrecord.record import read_source
from onrecord.sources import open_bytes

STYLE = (Path(page.__file__).parent / "page.css").read_text("utf-8")
VOID = {"meta", "input", "br", "link", "img"}


class Tree(HTMLParser):
    """Elements and text of a page; fails where tags do not nest."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str]]] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.source: list[str] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        element = (tag, {name: value or "" for name, value in attributes})
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attributes}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        classes = {name for _, attributes in self.open for name in attributes.get("class", "").split()}
        if "leaf" in classes and not classes & {"who", "beside", "vh"}:
            self.source.append(data)

    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]


RECORDS = {
    "sample": sample(),
    "full": full(),
    "long": long_record(60),
    "empty": sample(turns=(), marks=(), people=(), flags=(), statements=(), event=Event()),
}


@pytest.fixture(params=[(name, language) for name in RECORDS for language in ("en", "fr")], ids=str)
def html(request: pytest.FixtureRequest) -> str:
    name, language = request.param
    return page.render(RECORDS[name], language=language)


# ------------------------------------------------------------------------------------------------- whole


@pytest.mark.parametrize("name", RECORDS)
def test_every_character_of_the_source_is_printed_in_order(name: str) -> None:
    shown = "".join(Tree(page.render(RECORDS[name])).source)
    assert "".join(shown.split()) == "".join(RECORDS[name].sources[0].text.split())


def test_ids_are_unique_and_links_lead_somewhere(html: str) -> None:
    tree = Tree(html)
    ids = tree.ids()
    assert len(ids) == len(set(ids))
    links = [attributes["href"] for tag, attributes in tree.elements if tag == "a" and "href" in attributes]
    assert {link for link in links if link.removeprefix("#") not in ids} == set()


def test_every_turn_has_its_address() -> None:
    ids = Tree(page.render(sample())).ids()
    assert [name for name in ids if re.fullmatch(r"t\d+", name)] == [turn.id for turn in sample().turns]


def test_entries_of_the_card_lead_to_their_place() -> None:
    html = page.render(sample())
    assert re.search(r'href="#e-date">14 March 2031</a>', html)
    assert re.search(r'<a id="e-date" class="anchor"></a>', html)


SHOWN = [
    r'<bdi class="name">Ilse Marrow</bdi> <i>probably</i>',
    r'title="stage direction"><span class="vh">stage direction: </span>\(Applause\.\)',
    r'<span class="" lang="da">Fred og fisk</span>',
    r'class="hit u-versions f-number" id="f1">all eleven of them',
    r"<b>one of several</b>\s*<span>“MINISTER” may be Tomas Arkell or Wenna Oake</span>",
    r'class="passage turn v0 tall3 unowned" id="t8"',
    r'data-at="1320 1428" data-by="Ilse Marrow \(probably\)"',
    r"Also named: Wenna Oake \(her foreign minister\)",
    r"<bdi>PRESIDNET MARROW</bdi> <i>misprint, probably</i>",
    r"103 characters of speech \(11%\) could be given to nobody",
]


@pytest.mark.parametrize("expected", SHOWN)
def test_shows(expected: str) -> None:
    assert re.search(expected, page.render(sample())), expected


def test_french_words_around_a_text_that_stays_english() -> None:
    html = page.render(sample(), language="fr")
    assert '<html lang="fr">' in html and '<div class="leaf" lang="en">' in html
    assert "46\u202f%" in html and "probablement" in html
    assert 'class="reason" lang="en"' in html, "a reason of the record is English and says so"


def test_unattributed_speech_is_marked() -> None:
    record = sample()
    html = page.render(sample(turns=record.turns[1:], statements=(), flags=()))
    assert re.search(r'class="outside"[^>]*>PRESIDENT MARROW: Good evening', html)


# ------------------------------------------------------------------- the ledger, flags, what can be hidden

FULL = [
    r'<p class="answer agreed">Ilse Marrow and Tomas Arkell both say that things were agreed. Neither says what.',
    r'<p class="answer words">The text is probably a machine translation: do not quote it as spoken.',
    r'<a class="line" href="#f3e1">line 10</a>',
    r'<h3 class="margin">Said to be agreed</h3>',
    r'<bdi class="name">Ilse Marrow</bdi> <i>denies</i> <a class="words" href="#a6" lang="en">“there is no paper',
    r"<em>engineers</em> in April”</a>",
    r'<span class="found">not said what · speakers disagree</span> <span class="manner">· presupposed</span>',
    r'against <a class="line" href="#a13">line 22</a>',
    r'<summary>why\?</summary><span class="reason">rule <code>en.sample</code></span></details>',
    r'again: <a class="line" href="#a10">line 12</a>',
    r'<details><summary>1 line</summary><ul>\s*<li class="entry k-praised by-p2">',
    r'<input type="radio" name="by" id="by-p1"><span><bdi>Ilse Marrow</bdi> <small>5</small>',
    r'<input type="radio" name="kind" id="k-claim">',
    r'<input type="checkbox" id="f-number" checked> <span class="u-versions">number differs</span>',
    r'<input type="checkbox" id="f-tense"> <span class="u-hint">',
    r'<b><a href="#f1">versions differ</a></b>\s*<span>the ministry’s own text counts twelve</span> '
    r'<span class="aside">· another version has “all twelve of them”</span>',
    r"<b>versions differ</b>“all eleven of them” <i>number differs · another version has “all twelve of them”</i>",
    r'<b><a href="#q1">quotation</a></b>\s*<span>Ilse Marrow</span> <span class="aside">probably</span>',
    r"body:has\(#by-p1:checked\) \.entry:not\(\.by-p1\)",
    r"body:has\(#f-number:not\(:checked\)\) span\.f-number { text-decoration: none; }",
]


@pytest.mark.parametrize("expected", FULL)
def test_shows_what_was_found(expected: str) -> None:
    assert re.search(expected, page.render(full())), expected


def lit(html: str, name: str) -> str:
    """The characters that a link to an item lights up, as the style sheet does."""
    text, depth, opened = "", 0, False
    together = f".leaf:has(#{name}:target) .{name} {{" in html
    for tag, attributes, data in re.findall(
        r"<(/?span)([^>]*)>|([^<]+)", html.split('<section class="record"')[1]
    ):
        held = f'id="{name}"' in attributes or (together and name in re.findall(r"[\w-]+", attributes))
        if depth or (tag == "span" and held):
            depth += {"span": 1, "/span": -1}.get(tag, 0)
            text += data
        opened = opened or bool(depth)
    return text if opened else ""


@pytest.mark.parametrize("item", [*full().statements, *full().flags, *full().quotes], ids=lambda one: one.id)
def test_a_link_lights_the_exact_characters(item: Statement | Flag | Quote) -> None:
    shown = re.sub(r"\(sic\)", "(sic)", lit(page.render(full()), item.id)).replace("sic, as printed: ", "")
    shown = shown.replace("editor’s insertion: ", "")
    assert shown == item.text


def test_every_flag_has_a_line_of_its_own_kind() -> None:
    style = (Path(page.__file__).parent / "page.css").read_text("utf-8")
    kinds = dict(re.findall(r"\.u-(versions|form|facts) \{ text-decoration: underline (\w+)", style))
    assert kinds == {"versions": "double", "form": "dotted", "facts": "dashed"}


def test_a_filter_leaves_the_answer_and_says_what_is_shown() -> None:
    html = page.render(full(), by="Arkell", kinds=("claim", "next_step"))
    assert "Ilse Marrow and Tomas Arkell both say" in html, "the answer speaks of the whole record"
    assert "Shown here: Tomas Arkell, next step, claim." in html
    assert re.findall(r'<li class="entry k-(\w+) by-(\w+)"', html) == [("next_step", "p2"), ("claim", "p2")]


@pytest.mark.parametrize("name", ["a1} body{display:none", "x y", '"><b>', "a" * 99])
def test_no_id_of_a_record_steers_the_style_sheet(name: str) -> None:
    said = full().statements[3]
    touched = type(said)(**{key: getattr(said, key) for key in said.__struct_fields__} | {"id": name})
    html = page.render(full(statements=(touched,), relations=()))
    assert name not in html.split("</style>")[0].split("<style>")[1]
    Tree(html)


def test_many_statements_on_the_same_words_are_rendered_soon() -> None:
    said = full().statements[3]
    given = {key: getattr(said, key) for key in said.__struct_fields__}
    crowd = tuple(type(said)(**given | {"id": f"a{number}"}) for number in range(3000))
    begun = time.process_time()
    html = page.render(full(statements=crowd, relations=()))
    assert time.process_time() - begun < 8
    Tree(html)


# -------------------------------------------------------------------------------------------------- safe

ATTACKS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "</style><script>alert(1)</script>",
    "javascript:alert(1)",
    "<!--",
    "]]>",
]


@pytest.mark.parametrize("record", [hostile, armed])
@pytest.mark.parametrize("text", ATTACKS)
def test_nothing_of_a_source_runs(text: str, record: Callable[[str], Record]) -> None:
    html = page.render(record(text))
    tree = Tree(html)
    assert [tag for tag, _ in tree.elements if tag in {"script", "img", "iframe", "style"}] == [
        "style",
        "script",
    ]
    assert not [name for _, attributes in tree.elements for name in attributes if name.startswith("on")]
    assert not re.search(r'href="(?!#)', html)
    assert "49" not in "".join(tree.source), "a template of the source was carried out"
    assert "".join(tree.source).count(visible.block(text)) == 3


BLANK_CONTROLS = "\x0b\x0c\x1c\x1d\x1e\x1f\x85"  # blanks between paragraphs, pictures within them


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.characters(codec=None, exclude_characters=BLANK_CONTROLS), min_size=1).filter(
        lambda text: bool(text.strip())
    )
)
def test_any_text_leaves_the_page_whole(text: str) -> None:
    shown = "".join(Tree(page.render(hostile(text))).source)
    printed = hostile(text).sources[0].text
    assert "".join(shown.split()) == "".join(visible.block(printed).split())


def test_the_policy_allows_this_style_and_this_script_only() -> None:
    html = page.render(sample())
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)
    assert policy and "default-src &#39;none&#39;" in policy[1] and "unsafe" not in policy[1]
    for tag in ("style", "script"):
        inline = re.search(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        assert inline
        digest = base64.b64encode(hashlib.sha256(inline[1].encode()).digest()).decode()
        assert f"{tag}-src &#39;sha256-{digest}&#39;" in policy[1]
    assert not re.search(r'<[^>]+ style="', html), "the policy would block it"


def test_nothing_is_loaded_from_elsewhere(html: str) -> None:
    assert not re.search(r"https?://|//cdn|@import|url\(|<link|src=", html)


def test_reordering_characters_are_shown() -> None:
    html = page.render(hostile("abc\u202edef\u2066"))
    assert "\u202e" not in html and r"\u202e" in html


def test_only_a_hash_enters_the_style_sheet() -> None:
    source = hostile("x").sources[0]
    fields = {name: getattr(source, name) for name in source.__struct_fields__}
    touched = type(source)(**{**fields, "text_sha256": '"} body{display:none} </style>'})
    style = page.render(sample(sources=(touched,), turns=(), marks=(), blocks=(), flags=(), statements=()))
    assert "body{display:none}" not in style.split("</style>")[0]


# ---------------------------------------------------------------------------------------- for everybody


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def palettes() -> list[dict[str, str]]:
    """The light palette, the dark one and the one for paper, each over the light one."""
    found = [
        dict(re.findall(r"--(\w+): (#[0-9a-f]{3,6})", block))
        for block in re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
    ]
    return [{**found[0], **other} for other in found if other]


@pytest.mark.parametrize("palette", palettes(), ids=["light", "dark", "paper"])
@pytest.mark.parametrize(
    ("ink", "paper"),
    [("ink", "paper"), ("soft", "paper"), ("rubric", "paper"), ("ink", "lit"), ("soft", "lit")],
)
def test_contrast(palette: dict[str, str], ink: str, paper: str) -> None:
    full = {
        name: value if len(value) == 7 else "#" + "".join(2 * c for c in value[1:])
        for name, value in palette.items()
    }
    light, dark = sorted((luminance(full[paper]), luminance(full[ink])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_headings_step_down_by_one(html: str) -> None:
    levels = [int(tag[1]) for tag, _ in Tree(html).elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_first_link_skips_to_the_text(html: str) -> None:
    first = next(attributes for tag, attributes in Tree(html).elements if tag == "a")
    assert first == {"class": "skip", "href": "#text"}


def test_shortcuts_can_be_switched_off() -> None:
    html = page.render(sample())
    assert re.search(r'<input type="checkbox" id="shortcuts" checked> Single-key shortcuts', html)
    script = (Path(page.__file__).parent / "page.js").read_text("utf-8")
    assert "if (!shortcuts.checked" in script


def test_a_long_sitting_is_rendered_soon_and_stays_small() -> None:
    record = long_record(4000)
    begun = time.process_time()
    html = page.render(record)
    assert time.process_time() - begun < 8
    assert len(html) < 40_000 + 4000 * 900
    assert html.count("<rect") <= 400
    assert "content-visibility: auto" in html


def test_the_key_shows_what_stands_in_the_text_and_no_more() -> None:
    key = re.search(r'<span class="legend">(.*?)</p>', page.render(sample()), re.DOTALL)
    assert key and "stage direction" in key[1] and "No speaker known" in key[1]
    record = sample(marks=(), coverage=Coverage(9, 9, 9, 0, 0, 0, 0, 0, 0, 0))
    assert '<span class="legend">' not in page.render(record)


def test_every_kind_of_mark_has_a_style_without_colour() -> None:
    style = (Path(page.__file__).parent / "page.css").read_text("utf-8")
    for kind in get_args(MarkKind):
        if kind != "stage":  # the plain one: italics
            rules = re.findall(rf"\.{kind}\b[^{{]*{{([^}}]*)}}", style)
            assert any(re.search(r"font|underline|border", rule) for rule in rules), kind


DIRECTIONS = [
    ("Ida Morel: We agreed.\n\nTeodor Brask: We did.\n\nIda Morel: נכון.\n", False),
    ("عدا مورل: اتفقنا على فتح الرصيف.\n\nتيو براسك: نعم (Pier 12).\n\nعدا مورل: شكرا.\n", True),
    ("עדה מורל: הסכמנו לפתוח את הרציף.\n\nתאו ברסק: כן.\n\nעדה מורל: תודה.\n", True),
    ("12 : 14\n", False),
]


@pytest.mark.parametrize(("text", "mirrored"), DIRECTIONS)
def test_margins_are_mirrored_where_the_text_runs_right_to_left(text: str, mirrored: bool) -> None:
    shown = page.render(read_source(open_bytes("a.txt", text.encode())))
    assert [("rtl" in leaf) for leaf in re.findall(r'<div class="leaf"[^>]*>', shown)] == [mirrored]
