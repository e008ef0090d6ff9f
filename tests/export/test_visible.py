"""Characters that steer: shown, never passed on."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.export import visible

LINES = [
    ("plain é ü 漢", "plain é ü 漢"),
    ("\x1b[31mred", "␛[31mred"),
    ("bell\x07 nul\x00 del\x7f", "bell␇ nul␀ del␡"),
    ("csi\x9b31m", "csi\\u009b31m"),
    ("over\u202eride \u2066isolate", "over\\u202eride \\u2066isolate"),
    ("zero\u200bwidth\ufeff", "zero\\u200bwidth\\ufeff"),
    ("two\r\nlines\there", "two lines here"),
    ("lone \ud83d surrogate", "lone \\ud83d surrogate"),
    ("tag \U000e0041", "tag \\U000e0041"),
    ("oui\u00a0: non", "oui\u00a0: non"),
    ("می\u200cروم", "می\u200cروم"),
]


@pytest.mark.parametrize(("text", "expected"), LINES)
def test_line(text: str, expected: str) -> None:
    assert visible.line(text) == expected


BLOCKS = [
    ("a\n\tb\r\n", "a\n\tb\r\n"),
    ("\u200fשלום\u200e", "\u200fשלום\u200e"),
    ("\u202eevil", "\\u202eevil"),
    ("\x00", "␀"),
]


@pytest.mark.parametrize(("text", "expected"), BLOCKS)
def test_block(text: str, expected: str) -> None:
    assert visible.block(text) == expected


def test_a_path_keeps_every_blank() -> None:
    assert visible.path(" a  b\nc\x1b") == " a  b␊c␛"


@given(st.text(st.characters(codec=None)))
def test_nothing_that_steers_is_left(text: str) -> None:
    for character in visible.line(text):
        assert unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"}
        assert unicodedata.bidirectional(character) not in {
            "LRE",
            "RLE",
            "LRO",
            "RLO",
            "PDF",
            "LRI",
            "RLI",
            "FSI",
            "PDI",
        }
