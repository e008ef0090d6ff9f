"""Names in articles, the roles beside them, and who was not there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import Alias, Person
from onrecord.people.mentions import find_mentions, runs
from onrecord.people.participants import participants
from onrecord.people.roles import LANGUAGES, noun, roles

ROLES = [
    ("fr", "Il vint avec le ministre des Affaires étrangères, Jean Valmont, et Anne.", "Jean Valmont",
     "ministre des Affaires étrangères", "foreign minister"),
    ("fr", "Il vint avec le secrétaire danois de l’État, Jean Valmont, hier.", "Jean Valmont",
     "secrétaire danois de l’État", "secretary of state"),
    ("fr", "Selon le Kremlin – l’adviseur Ivan Petrov est venu.", "Ivan Petrov", "adviseur", "adviser"),
    ("fr", "La Maison Blanche, a été choisi Carl Winter, tandis que", "Carl Winter", "Maison Blanche", "White House"),
    ("fr", "La porte-parole du président danois Vera Lind parla.", "Vera Lind",
     "porte-parole du président danois", "spokesperson"),
    ("en", "He met Prime Minister of Ruritania Paolo Gentili on Monday.", "Paolo Gentili",
     "Prime Minister of Ruritania", "prime minister"),
    ("en", "They saw Sergey Orlov, the Danish foreign minister, leave.", "Sergey Orlov",
     "Danish foreign minister", "foreign minister"),
    ("en", "US special envoy Carl Winter arrived.", "Carl Winter", "special envoy", "special envoy"),
    ("de", "Dort sprach der dänische Außenminister Karl Lenz.", "Karl Lenz", "Außenminister", "foreign minister"),
    ("es", "Habló el ministro argentino de Exteriores, Juan Valle.", "Juan Valle",
     "ministro argentino de Exteriores", "foreign minister"),
    ("ru", "Выступил министр иностранных дел Руритании Иван Орлов.", "Иван Орлов",
     "министр иностранных дел Руритании", "foreign minister"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "name", "role", "value"), ROLES)
def test_a_role_beside_a_name(language: str, text: str, name: str, role: str, value: str) -> None:
    (found,) = [one for one in participants(text, [(0, len(text))], language) if one.name == name]
    assert text[slice(*found.span)] == name
    assert found.role is not None
    assert (text[slice(*found.role)], found.value) == (role, value)


NO_ROLE = [
    ("fr", "Le président a accueilli Angela Merkel hier.", "Angela Merkel"),
    ("en", "The minister said that Angela Merkel left.", "Angela Merkel"),
    ("en", "The minister left. Angela Merkel stayed.", "Angela Merkel"),
    ("de", "Der Minister traf Angela Merkel.", "Angela Merkel"),
]


@pytest.mark.parametrize(("language", "text", "name"), NO_ROLE)
def test_a_role_that_is_somebody_elses(language: str, text: str, name: str) -> None:
    (found,) = participants(text, [(0, len(text))], language)
    assert (found.name, found.role) == (name, None)


def test_places_and_institutions_are_nobody() -> None:
    text = "La Maison Blanche et Air Force One. Nouvelle Angleterre, Feu Vert."
    assert participants(text, [(0, len(text))], "fr") == []


def test_who_was_missing() -> None:
    text = "Le chancelier danois Otto Falk vint sans leur homologue borduraise. "
    text += "Le président ukrainien Ivan Bondar resta chez lui; on parla sans leur homologue ukrainien."
    found = {one.name: one.present for one in participants(text, [(0, len(text))], "fr")}
    assert found == {"Otto Falk": True, "Ivan Bondar": False}


ABSENT = [
    ("en", "President Vera Lind and Chancellor Otto Falk did not attend.", {"Vera Lind": False, "Otto Falk": False}),
    ("en", "President Vera Lind of Ruritania, whose coast lies near, was not invited.", {"Vera Lind": False}),
    ("en", "President Vera Lind (who is ill, they say) was not invited.", {"Vera Lind": True}),
    ("en", "President Vera Lind told them that her envoy was not invited.", {"Vera Lind": True}),
    ("en", "President Vera Lind came. The envoy was not invited.", {"Vera Lind": True}),
    ("fr", "Le président Otto Falk, dont les côtes sont proches, n’était pas invité.", {"Otto Falk": False}),
    ("de", "Präsidentin Vera Lind war nicht eingeladen.", {"Vera Lind": False}),
    ("es", "El presidente Otto Falk no fue invitado.", {"Otto Falk": False}),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), ABSENT)
def test_who_is_said_after_the_name_to_be_missing(
    language: str, text: str, expected: dict[str, bool]
) -> None:
    assert {one.name: one.present for one in participants(text, [(0, len(text))], language)} == expected


BESIDE = [
    # A role before two people is the first one's; what stands behind the second is theirs.
    ("en", "Beside her sat Bordurian Foreign Minister Ivan Orlov and Vera Lind, his special envoy for coasts.",
     {"Ivan Orlov": "Foreign Minister", "Vera Lind": "special envoy for coasts"}),
    ("de", "Auf Einladung des Präsidenten der Republik Bordurien kamen sie.", {}),
    # What a dash cuts off is no part of a role.
    ("en", "The president — of June Vera Lind said so, an admiral.", {}),
    # "of PLACE" behind a name is the place's, where the surname also stands alone.
    ("en", "Prime Minister Otto Falk of Ruritania spoke. Falk left.", {"Otto Falk": "Prime Minister"}),
    ("es", "El presidente Otto Falk de Ruritania habló. Falk salió.", {"Otto Falk": "presidente"}),
    ("es", "El presidente Otto Ruiz de Lora habló.", {"Otto Ruiz de Lora": "presidente"}),
    # The nation of a role may be one that no list has.
    ("fr", "La ministre bordure des Affaires étrangères, Vera Lind, parla.",
     {"Vera Lind": "ministre bordure des Affaires étrangères"}),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), BESIDE)
def test_whose_role_it_is(language: str, text: str, expected: dict[str, str]) -> None:
    found = participants(text, [(0, len(text))], language)
    assert {one.name: text[slice(*one.role)] for one in found if one.role} == expected


PEOPLE = [
    Person("p1", "Vera Lind", "person", (Alias("Vera Lind", "printed", "certain"),)),
    Person(
        "p2",
        "Otto Falk",
        "person",
        (Alias("Faucon", "translated", "likely"), Alias("Falk", "short", "certain")),
    ),
    Person("p3", "Anna Falk", "person"),
    Person("p4", "Le Président", "office", (Alias("Le Président", "role", "certain"),)),
]


def test_mentions_are_whole_words_of_one_bearer() -> None:
    text = "Vera Lind parla. Linden non. Lind et Otto Falk, puis Falk et le Faucon. Le Président rit."
    found = [(text[a:b], who) for a, b, who in find_mentions(text, PEOPLE)]
    assert found == [("Vera Lind", "p1"), ("Lind", "p1"), ("Otto Falk", "p2")]


RUNS = [
    ("Then Vera Lind met Ole van der Berg.", ["Then Vera Lind", "Ole van der Berg"]),
    ("l’adviseur Ivan Petrov, d’Aue", ["Ivan Petrov", "Aue"]),
    ("J. R. Smith and Donald J. Trump. Then", ["J. R. Smith", "Donald J. Trump", "Then"]),
    ("Vera\nLind", ["Vera", "Lind"]),
    ("Val-d’Oise et qu’Orval dit aujourd’Hui.", ["Val-d’Oise", "Orval"]),
    ("Élan d’Éric de la Tour, 3Com et lowerCase", ["Élan", "Éric de la Tour", "Com"]),
    ("Mr. Lind van der. Ole de l’Isle", ["Mr", "Lind", "Ole", "Isle"]),
    ("no names here", []),
]


@pytest.mark.parametrize(("text", "expected"), RUNS)
def test_capitalised_runs(text: str, expected: list[str]) -> None:
    assert [run for _, _, run in runs(text, 0, len(text))] == expected


@given(st.text("aA éÉ.,'’-\nБб", max_size=60))
def test_runs_read_their_own_text_in_order(text: str) -> None:
    at = 0
    for start, end, run in runs(text, 0, len(text)):
        assert at <= start < end <= len(text)
        assert text[start:end] == run
        at = end


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_knows_the_common_roles(language: str) -> None:
    known = roles(language)
    assert {"president", "prime minister", "foreign minister", "spokesperson", "adviser"} <= set(
        known.nouns.values()
    )
    assert known.links and known.breaks and known.without and known.adjectives and known.institutions


@pytest.mark.parametrize(
    ("word", "value"),
    [("adviseur", "adviser"), ("presidant", "president"), ("chef", "leader"), ("chof", None)],
)
def test_long_role_words_may_be_one_letter_off(word: str, value: str | None) -> None:
    assert noun(word, "fr") == value


@given(st.text("Ab De,. le président Vera Lind Ökö", max_size=120))
def test_names_and_roles_read_their_own_text(text: str) -> None:
    for one in participants(text, [(0, len(text))], "fr"):
        assert text[slice(*one.span)] == one.name
        assert (one.role is None) == (one.value is None)
        if one.role:
            start, end = one.role
            assert 0 <= start < end <= len(text) and text[start:end].strip() == text[start:end]
            assert end <= one.span[0] or start >= one.span[1]
