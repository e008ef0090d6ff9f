"""Minutes in Markdown, read back by a CommonMark reader."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from sample import hostile, sample

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
    tokens = [
        child for token in READER.parse(markdown.render(hostile(text))) for child in token.children or []
    ]
    assert not {token.type for token in tokens} & {"html_inline", "link_open", "image", "code_inline"}
    assert not any(token.type == "html_block" for token in READER.parse(markdown.render(hostile(text))))
