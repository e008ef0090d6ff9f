"""What a word can be recognised by in another language: ideas, sounds, numbers, dates."""

from __future__ import annotations

import pytest

from onrecord.collation.concepts import COLUMNS, concepts
from onrecord.collation.passages import lines_as_passages
from onrecord.collation.romanised import cognates
from onrecord.lexicon import shared
from onrecord.people.names import fold


@pytest.mark.parametrize(
    ("words", "idea"),
    [
        ("peace paix Frieden paz мир", "peace"),
        ("islands îles Inseln islas острова", "island"),
        ("agreed convenu vereinbart acuerdo договорились", "agree"),
        ("boats navires Booten barcos катера", "ship"),
        ("never jamais niemals nunca никогда", "never"),
    ],
)
def test_one_idea_in_five_languages(words: str, idea: str) -> None:
    for word, language in zip(words.split(), COLUMNS, strict=True):
        assert idea in concepts(word, language), (word, language)


@pytest.mark.parametrize(
    ("word", "language", "not_idea"),
    [
        ("mer", "en", "sea"),  # a word means nothing in a language that does not have it
        ("warm", "en", "war"),  # a whole word is no beginning
        ("main", "en", "hand"),
        ("Frieden", "tlh", "peace"),
    ],
)
def test_an_idea_stays_in_its_language(word: str, language: str, not_idea: str) -> None:
    assert not_idea not in concepts(word, language)


def test_the_longest_beginning_wins() -> None:
    assert concepts("Ministerpräsidentin", "de") == {"minister", "prime"}
    assert "minister" in concepts("Ministerium", "de")


def test_every_row_has_every_column_and_no_entry_that_a_token_never_is() -> None:
    ideas = []
    for block in shared("concepts").values():
        for line in block.strip().splitlines():
            idea, *columns = (cell.strip() for cell in line.split("|"))
            ideas.append(idea)
            assert len(columns) == len(COLUMNS), line
            for entry in " ".join(columns).split():
                assert fold(entry.rstrip("*")).isalnum(), (line, entry)
    assert len(ideas) == len(set(ideas))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("conference", "Konferenz"),
        ("delegation", "делегация"),
        ("secrétaire", "Sekretär"),
        ("Brask", "Браск"),
        ("Lindhavn", "Линдхавн"),
    ],
)
def test_relatives_share_a_sound(a: str, b: str) -> None:
    assert cognates(a) & cognates(b)


@pytest.mark.parametrize(("a", "b"), [("harbour", "Beifall"), ("island", "insel"), ("oui", "oui")])
def test_others_do_not(a: str, b: str) -> None:
    assert not cognates(a) & cognates(b)


@pytest.mark.parametrize(
    ("a", "in_a", "b", "in_b", "key"),
    [
        ("within forty days of it, 40 boats", "en", "40 bateaux", "fr", "#40"),
        ("trade grew by 20 per cent", "en", "торговля выросла на 20 процентов", "ru", "#20"),
        ("by 1 September", "en", "bis zum 1. September", "de", "@09"),
        ("3.5 million crowns", "en", "3,5 Millionen Kronen", "de", "#3500000"),
        ("Will you publish it?", "en", "Le publierez-vous ?", "fr", "?"),
    ],
)
def test_a_value_has_one_key_everywhere(a: str, in_a: str, b: str, in_b: str, key: str) -> None:
    [left], [right] = lines_as_passages([a], in_a), lines_as_passages([b], in_b)
    assert key in left.keys & right.keys


def test_lines_keep_their_number_whatever_they_hold() -> None:
    lines = ["One. Two. Three.", "", "…", "cafe\u0301 noir"]
    assert [passage.text for passage in lines_as_passages(lines, "fr")] == lines
