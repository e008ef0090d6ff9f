"""What is found by what: folded words, signs, phrases and beginnings; and nothing that is typed is an error."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.store.query import LONGEST_PHRASE, MOST_TERMS, fts5, parse, places, tsquery
from onrecord.store.words import LONGEST, index_keys, keys, signs, words

KEYS = [
    ("L’été", ["l", "ete"]),
    ("cessez-le-feu", ["cessez", "le", "feu"]),
    ("NE\u0301GOCIATIONS", ["negociations"]),  # NFD: the accent is a character of its own
    ("soft\u00adhyphen ze\u200bro", ["softhyphen", "zero"]),
    ("Łódź Straße", ["lodz", "strasse"]),
    ("Переговоры", ["переговоры"]),
    ("7 000 €", ["7", "000"]),
    ("停戦協定", ["停", "戦", "協", "定"]),
    ("x" * 200, ["x" * LONGEST]),
    ("\ud800 a", ["a"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), KEYS)
def test_keys(text: str, expected: list[str]) -> None:
    assert keys(text) == expected


QUERIES = [
    # typed, phrases (a beginning ends in *)
    ("paix accord", ["paix", "accord"]),
    ('"sans conditions" paix', ["sans conditions", "paix"]),
    ("l'accord", ["l accord"]),
    ("négoc*", ["negoc*"]),
    ("ne*", ["ne"]),  # too short a beginning is a word
    ('"négoc*"', ["negoc"]),
    ("paix paix PAIX", ["paix"]),
    ("NOT (a OR b)", ["not", "a", "or", "b"]),
    ("NEAR(a b,", ["near a", "b"]),
    ("col:Morel", ["col morel"]),
    ('"un accord', ["un", "accord"]),
    ("Paix, accord !", ["paix", "accord"]),
    ("   ", []),
]


@pytest.mark.parametrize(("typed", "expected"), QUERIES)
def test_queries(typed: str, expected: list[str]) -> None:
    assert [" ".join(term.keys) + "*" * term.prefix for term in parse(typed).terms] == expected


SIGNS = [
    ("C++", "+"),
    ("100 %", "%"),
    ("12 €", "€"),
    ("*", "*"),
    ('"', '"'),
    ("\u202e", "\u202e"),
    ("a, b.", ""),
]


@pytest.mark.parametrize(("typed", "sign"), SIGNS)
def test_signs_count_where_they_mean_something(typed: str, sign: str) -> None:
    found = [term for term in parse(typed).terms if term.keys[0][0] == "\ue000"]
    assert "".join(chr(int(term.keys[0][1:], 16)) for term in found) == sign


def test_what_is_too_long_is_cut_and_said() -> None:
    many = parse(" ".join(f"word{n}" for n in range(100)))
    long = parse('"' + " ".join(f"word{n}" for n in range(100)) + '"')
    assert (len(many.terms), many.cut) == (MOST_TERMS, True)
    assert (len(long.terms[0].keys), long.cut) == (LONGEST_PHRASE, True)
    assert not parse("three short words").cut


PLACES = [
    ("No deal until there’s a deal.", "deal", ["deal", "deal"]),
    ("Un ACCORD, des accords", "accord*", ["ACCORD", "accords"]),
    ("le cessez-le-feu et le feu", "cessez-le-feu", ["cessez-le-feu"]),
    ("a b a b a", '"a b a"', ["a b a"]),
    ("12 € ou 12 $", "€", ["€"]),
    ("négociations", "NEGOCIATIONS", ["négociations"]),
]


@pytest.mark.parametrize(("text", "typed", "expected"), PLACES)
def test_places(text: str, typed: str, expected: list[str]) -> None:
    found = places(text, 0, parse(typed).terms)
    assert [text[start:end] for start, end in found] == expected


@given(st.text(max_size=200))
def test_places_of_words_read_the_words(text: str) -> None:
    for word in words(text):
        assert 0 <= word.start < word.end <= len(text)
        assert word.key == keys(text[word.start : word.end])[0]


@given(st.text(max_size=120), st.text(max_size=60))
def test_nothing_that_is_typed_is_an_error_and_what_is_there_is_found(text: str, typed: str) -> None:
    """What is indexed of a text is found by typing the text, or any part of it that is a whole word or sign."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE words USING fts5 (keys, tokenize = 'ascii')")
    database.execute("INSERT INTO words (keys) VALUES (?)", (" ".join(index_keys(text)),))
    for sought in (typed, text):
        terms = parse(sought).terms
        assert all(key.isalnum() or key[0] == "\ue000" for term in terms for key in term.keys)
        assert "\\" not in tsquery(terms)
        if terms:
            found = database.execute("SELECT 1 FROM words WHERE words MATCH ?", (fts5(terms),)).fetchall()
            if sought == text and not parse(sought).cut:
                assert found
    assert set(signs(text)) <= set(text)
