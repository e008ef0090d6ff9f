"""Minutes in Markdown, read back by a CommonMark reader."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from sample import armed, full, hostile, sample

from onrecord.export import markdown, visible

READER = MarkdownIt("commonmark")

SAID = [
    "# “The bridge stays open”: the Ostwick press conference in full",
    "- Date: 14 March 2031",
    "- **Ilse Marrow**: 46%, 2 turns; printed as PRESIDENT MARROW, PRESIDNET MARROW",
    "### Opening statements",
    "**Ilse Marrow (1).** Good evening, everybody. *(Applause.)* We have talked",
    "**Tomas Arkell (2).** *(as interpreted)* Thank you, Ilse.",
    "**Ilse Marrow, probably (4).** PRESIDNET MARROW: You would like a word",
    "Nobody looses *(sic)* his post",
    "**Tomas Arkell or Wenna Oake? (6).** MINISTER: It is.",
    "**No speaker (8).** One last thing",
    r"> Harbour Gazette \| World",
]


@pytest.mark.parametrize("expected", SAID)
def test_says(expected: str) -> None:
    assert expected in markdown.render(sample())


LEDGER = [
    "**Ilse Marrow and Tomas Arkell both say that things were agreed. Neither says what.** (line 5, line 9, line 22)",
    "**The text is probably a machine translation: do not quote it as spoken.** (few labels)",
    "### Said to be agreed",
    "- **in the article**: “They said that they had agreed on the bridge” · reported (line 5)",
    "- **Ilse Marrow** denies: “there is no paper until there is a paper” · visible damage · on a condition "
    "(turn 1, line 10; against line 22)",
    "- **Tomas Arkell** promises: “We will send engineers in April” (turn 2, line 12; again: line 12)",
    "- line 12 · versions differ: “all eleven of them” · number differs · another version has “all twelve of them” "
    "(the ministry’s own text counts twelve)",
    "The article quotes 2 passages, 1 with a known speaker.",
]


@pytest.mark.parametrize("expected", LEDGER)
def test_says_what_was_put_on_record(expected: str) -> None:
    assert expected in markdown.render(full())


def test_every_line_of_the_ledger_is_there() -> None:
    shown = markdown.render(full(relations=()))
    for one in full().statements:
        assert one.text in shown
    assert "Shown here: claim." in markdown.render(full(), kinds=("claim",))


def words_of(text: str) -> str:
    """The words that a reader sees."""
    return "".join(
        child.content if child.type != "softbreak" else " "
        for token in READER.parse(text)
        for child in token.children or []
    )


MARKUP = [
    "# no heading", "1. no list", "12) no list", "- no list", "+ no list", "* no list", "> no quotation",
    "***no* emphasis**", "_no_ emphasis", "`no code`", "[no](link)", "![no](image)", "<b>no tag</b>",
    "&amp; no entity", "    no code", "--- no rule", "=== no heading", "~~~ no code", "<https://no.link>",
    "\\# kept", "a\\", "| no | table |",
]  # fmt: skip


@pytest.mark.parametrize("text", MARKUP)
def test_escaped_text_shows_itself(text: str) -> None:
    assert words_of(markdown.escape(text)) == " ".join(text.split())
    assert READER.parse(markdown.escape(text))[0].type == "paragraph_open"


@given(st.text(st.characters(codec="utf-8")))
def test_any_text_shows_itself(text: str) -> None:
    shown = words_of(markdown.escape(text))
    assert "".join(shown.split()) == "".join(visible.block(" ".join(text.split())).split())


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "[x](javascript:alert(1))", "**bold** _and_ `code`"]
)
def test_nothing_of_a_source_acts_as_markup(text: str) -> None:
    shown = markdown.render(hostile(text)) + markdown.render(armed(text))
    tokens = [child for token in READER.parse(shown) for child in token.children or []]
    assert not {token.type for token in tokens} & {"html_inline", "link_open", "image", "code_inline"}
    assert not any(token.type == "html_block" for token in READER.parse(shown))
