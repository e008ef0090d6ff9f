"""Words that are a `split` away are those that an expression finds; gates never lose what an expression would find."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text.language import language_runs
from onrecord.text.matching import apart, fold
from onrecord.text.vocabulary import Phrases, alternatives, openings

_PIECE = re.compile(r"[^\W_]+")
_TEXTS = st.text("aeéLIİ ʼ'’-_.,\n\u00a0\u202f12€%中", max_size=60) | st.text(max_size=60)


@given(_TEXTS, st.integers(0, 60), st.integers(0, 60))
def test_the_words_of_any_slice(text: str, start: int, end: int) -> None:
    assert len(apart(text)) == len(text)
    assert apart(text)[start:end].split() == _PIECE.findall(fold(text)[start:end])


@given(_TEXTS)
def test_an_opening_is_a_word_that_opens(text: str) -> None:
    entries = ["l'", "a", "ae é", "e-1"]
    plain = re.compile(rf"(?<!\w){alternatives(entries)}")
    folded = fold(text)
    assert [found.span() for found in re.finditer(openings(entries), folded)] == [
        found.span() for found in plain.finditer(folded)
    ]


@pytest.mark.parametrize(
    ("entries", "text", "expected"),
    [
        (["nous", "notre pays"], "Et Notre pays le veut", "Notre pays"),
        (["nous"], "genoux, nousseaux", None),
        (["l'un de nous"], "L’un de nous viendra", "L’un de nous"),
        (["our"], "OUR port", "OUR"),
        ([], "our port", None),
    ],
)
def test_phrases(entries: list[str], text: str, expected: str | None) -> None:
    found = Phrases(entries).search(text, 0, len(text), apart(text).split())
    assert (found and found[0]) == expected


def test_a_dash_between_blanks_parts_languages() -> None:
    text = "Elle nous l’a dit hier – we will not sign that paper – et nous avons tous compris. C’est bien pour nous."
    runs = language_runs(text, [(0, len(text))])
    assert [(text[start:end], language) for start, end, language in runs][1] == (
        "we will not sign that paper",
        "en",
    )
