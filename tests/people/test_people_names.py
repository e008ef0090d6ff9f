"""How names are compared: tables of spellings that are one, and of spellings that are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.people.names import fold, office_key, one_edit, shortened, skeletons, split, visible

ONE_KEY = [
    ("McCONNELL", "Mcconnell"), ("Recep Tayyip Erdoğan", "RECEP TAYYIP ERDOGAN"), ("Jean-Yves Noël", "Jean Yves Noel"),
    ("O’Hara", "O'Hara"), ("Søren Øst", "Soren Ost"), ("Łukasz", "Lukasz"), ("Горбачёв", "ГОРБАЧЕВ"),
    ("Christian\u00a0Jacob", "Christian Jacob"), ("Weiß", "WEISS"), ("Yıldız", "Yildiz"),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b"), ONE_KEY)
def test_spellings_with_one_key(a: str, b: str) -> None:
    assert fold(a) == fold(b)


PARTS = [
    ("Vera Lind", ("vera",), "lind"),
    ("Ursula von der Leyen", ("ursula",), "von der leyen"),
    ("Abdel Fattah al-Sisi", ("abdel", "fattah"), "al sisi"),
    ("Faisal bin Farhan", ("faisal",), "bin farhan"),
    ("De Croo", (), "de croo"),
    ("В.Путин", ("в",), "путин"),
    ("J. R. Smith", ("j", "r"), "smith"),
    ("John Smith Jr.", ("john",), "smith"),
    ("LIND", (), "lind"),
]


@pytest.mark.parametrize(("name", "given_names", "surname"), PARTS)
def test_given_and_surname(name: str, given_names: tuple[str, ...], surname: str) -> None:
    assert split(name)[:2] == (given_names, surname)


ONE_SOUND = [
    ("Poutine", "Putin", "Путин"),
    ("Lavrov", "Lawrow", "Лавров"),
    ("Zelensky", "Selenskyj", "Зеленский", "Зеленський", "Zelenskyy", "Zelenski"),
    ("Loukachenko", "Lukaschenko", "Lukashenko", "Лукашенко"),
    ("Ouchakov", "Uschakow", "Ushakov", "Ушаков"),
    ("Iouri", "Juri", "Yuri", "Юрий"),
    ("Eltsine", "Jelzin", "Yeltsin", "Ельцин"),
    ("Sergueï", "Sergej", "Sergei", "Serguéi", "Сергей"),
    ("Tchernychenko", "Tschernyschenko", "Chernyshenko", "Чернышенко"),
]


@pytest.mark.parametrize("spellings", ONE_SOUND)
def test_transliterations_meet(spellings: tuple[str, ...]) -> None:
    cyrillic = skeletons(next(s for s in spellings if s[0] > "Ѐ"))
    for spelling in spellings:
        assert skeletons(spelling) & cyrillic, spelling


@pytest.mark.parametrize(("a", "b"), [("Путин", "Patten"), ("Лавров", "Larov"), ("Медведев", "Medvedko")])
def test_other_names_do_not_meet(a: str, b: str) -> None:
    assert not skeletons(a) & skeletons(b)


EDITS = [
    ("merkel", "markel", True), ("kerik", "kerirk", True), ("lindner", "linder", True), ("falkner", "falnker", True),
    ("kim", "kin", False), ("lang", "lange", False), ("merkel", "merkel", False), ("hansen", "jensen", False),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b", "expected"), EDITS)
def test_one_edit(a: str, b: str, expected: bool) -> None:
    assert one_edit(a, b) is expected


def test_what_is_hidden_in_a_name_is_said() -> None:
    assert visible("Tr\u200bump") == ("Trump", "printed with 1 invisible character")
    assert visible("Тrump") == ("Trump", "printed with letters of another script that look alike")
    assert visible("Путин") == ("Путин", None)


@pytest.mark.parametrize("office", ["M. le président", "Le Président", "président", "Monsieur le président"])
def test_articles_do_not_make_another_office(office: str) -> None:
    assert office_key(office) == "president"


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)


def _edits(word: str) -> set[str]:
    """Every word one edit away: a letter left out, put in, changed, or two neighbours swapped."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    left_out = {a + b[1:] for a, b in cuts}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    return left_out | swapped | {a + c + b[drop:] for a, b in cuts for c in "abcdefgh" for drop in (0, 1)}


@given(st.text("abcdefgh", min_size=5, max_size=9), st.text("abcdefgh", min_size=5, max_size=9))
def test_one_edit_is_symmetric_and_found_by_the_index(a: str, b: str) -> None:
    assert one_edit(a, b) == one_edit(b, a) == (a != b and b in _edits(a))
    if one_edit(a, b):
        assert shortened(a) & shortened(b)
