"""Two accounts in two languages: people paired, beads and links, and what is said to differ."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from same import account

import onrecord
from onrecord.collation import across
from onrecord.collation.account import Account
from onrecord.collation.across_differences import classify
from onrecord.collation.alignment import Bead
from onrecord.collation.same_people import same_people
from onrecord.model import Difference

EXAMPLES = Path(onrecord.__file__).parent / "examples"


@cache
def example(name: str) -> Account:
    return Account(onrecord.read(EXAMPLES / name))


@cache
def different(a: str, b: str) -> tuple[Difference, ...]:
    left, right = example(a), example(b)
    return tuple(classify(across.align(left, right, False), left, right))


def told(kind: str, a: str, b: str) -> list[tuple[str, str | None, str | None]]:
    return [
        (found.severity, flat(found.a_text), flat(found.b_text))
        for found in different(a, b)
        if found.kind == kind
    ]


def flat(text: str | None) -> str | None:
    return None if text is None else " ".join(text.split())


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (
            "negation",
            ("critical", "One more thing: We can accept inspections without our own crews aboard.", "pas"),
        ),
        ("number", ("critical", "fourteen days", "quarante jours")),
        ("number", ("major", "141", "114")),
        ("name", ("major", "Sorley", "Sorby")),
        (
            "addition",
            ("critical", "", "Et pour le Premier ministre : vos bateaux ont-ils tiré sur le ferry en mars ?"),
        ),
        (
            "omission",
            ("major", "Veldania has always defended the free passage of every ship under every flag.", ""),
        ),
        (
            "speaker",
            ("major", "The first week, before the storms.", "La première semaine, avant les tempêtes."),
        ),
    ],
)
def test_deliberate_differences_are_found_across_languages(kind: str, expected: tuple[str, str, str]) -> None:
    assert expected in told(kind, "official.en.txt", "article.fr.txt")


def test_turns_that_changed_places_have_moved() -> None:
    [(_, here, there)] = told("moved", "official.en.txt", "article.fr.txt")
    assert here and here.startswith("One at a time") and there and there.startswith("Un à la fois")


@pytest.mark.parametrize(
    ("a", "b"),
    [("article.en.txt", "article.fr.txt"), ("article.fr.txt", "transcript.ru.txt")],
)
def test_a_sound_translation_contradicts_nothing(a: str, b: str) -> None:
    assert [found for found in different(a, b) if found.severity != "minor" and found.kind != "speaker"] == []


@pytest.mark.parametrize(
    ("a", "b", "lost"),
    [
        (
            "official.en.txt",
            "transcript.ru.txt",
            "И второй, Премьер-министру: стреляли ли ваши катера по парому в марте?",
        ),
        (
            "official.en.txt",
            "transcript.de.txt",
            "Und an den Ministerpräsidenten: Haben Ihre Boote im März auf die Fähre geschossen?",
        ),
    ],
)
def test_half_a_question_missing_shows_in_every_language(a: str, b: str, lost: str) -> None:
    assert ("critical", "", lost) in told("addition", a, b)


@pytest.mark.parametrize(
    "other", ["article.fr.txt", "transcript.ru.txt", "transcript.de.txt", "article.es-mt.txt"]
)
def test_spans_read_again_and_every_sentence_is_in_one_bead(other: str) -> None:
    a, b = example("official.en.txt"), example(other)
    aligned = across.align(a, b, False)
    assert [at for bead in aligned.beads for at in bead.a] == list(range(len(a.sentences)))
    assert sorted(at for bead in aligned.beads for at in bead.b) == list(range(len(b.sentences)))
    assert aligned.likeness > 0.8
    for found in different("official.en.txt", other):
        for side, span, text in ((a, found.a, found.a_text), (b, found.b, found.b_text)):
            assert text is None if span is None else side.text.read(span) == text


@pytest.mark.parametrize(
    ("other", "names"),
    [
        (
            "article.fr.txt",
            {"BRASK": "Teodor Brask", "CASTLE": "Marlen Castle", "MODERATOR": "LA MODÉRATRICE"},
        ),
        ("transcript.ru.txt", {"BRASK": "Т.Браск", "KORVAT": "Д.Корват"}),
    ],
)
def test_people_are_paired_by_what_two_scripts_have_in_common(other: str, names: dict[str, str]) -> None:
    a, b = example("official.en.txt"), example(other)
    pairs = {a.people[who]: b.people[whom] for who, whom in same_people(a, b).pairs.items()}
    assert names.items() <= pairs.items()


def test_a_surname_that_a_machine_translated_is_known_by_the_given_name() -> None:
    a, b = example("article.en.txt"), example("article.es-mt.txt")
    pairs = {a.people[who]: b.people[whom] for who, whom in same_people(a, b).pairs.items()}
    assert pairs["Marlen Castle"] == "Marlen Castillo"


def test_links_join_equal_numbers_and_names() -> None:
    a, b = example("article.en.txt"), example("transcript.ru.txt")
    linked = [
        (a.read(*span(a, left)), b.read(*span(b, right))) for left, right in across.align(a, b, False).links
    ]
    assert ("forty days", "сорока дней") in linked and ("Lindhavn", "Линдхавном") in linked


def span(account: Account, token: int) -> tuple[int, int]:
    return account.tokens[token].start, account.tokens[token].end


@pytest.mark.parametrize(
    ("a", "b", "language", "expected"),
    [
        # contradictions
        (
            "We sold 40,000 tonnes of fish last year.",
            "L’an dernier, nous avons vendu 14 000 tonnes de poisson.",
            "fr",
            [("number", "40,000", "14 000")],
        ),
        (
            "The treaty was signed on 3 May 2019.",
            "Le traité a été signé le 3 mai 2018.",
            "fr",
            [("number", "3 May 2019", "3 mai 2018")],
        ),
        (
            "Our soldiers did not cross the border in winter.",
            "Unsere Soldaten haben im Winter die Grenze überschritten.",
            "de",
            [("negation", "not", None)],
        ),
        (
            "The king met Pavel Torrin in the harbour.",
            "Le roi a rencontré Pavel Torran au port.",
            "fr",
            [("name", "Torrin", "Torran")],
        ),
        # the same in other clothes
        (
            "Half of the 1960s ships were sold.",
            "La moitié des navires des années 60 ont été vendus.",
            "fr",
            [],
        ),
        (
            "The meeting began at 3 p.m. in the harbour.",
            "La réunion a commencé à 15 h dans le port.",
            "fr",
            [],
        ),
        ("The island is 10 miles from the coast.", "L’île est à 16 kilomètres de la côte.", "fr", []),
        ("Two of the ships were sold in 2019.", "Einige Schiffe wurden 2019 verkauft.", "fr", []),
        ("It is not possible to open the border.", "Die Grenze zu öffnen ist unmöglich.", "de", []),
        (
            "We do not have any soldiers on the island.",
            "Auf der Insel sind keine Soldaten von uns.",
            "de",
            [],
        ),
        ("It was one step to the border.", "C’était un pas vers la frontière.", "fr", []),
        ("The war did not end in winter.", "La guerre n’a cessé qu’au printemps, pas en hiver.", "fr", []),
    ],
)
def test_what_contradicts_and_what_does_not(
    a: str, b: str, language: str, expected: list[tuple[str, str, str | None]]
) -> None:
    left, right = account(a), account(b, language)
    found = across.disagreements(Bead((0,), (0,), 1.0), left, right)
    shown = [
        (item.kind, item.a and left.text.read(item.a), item.b and right.text.read(item.b)) for item in found
    ]
    if expected and expected[0][2] is None:
        shown = [(kind, here, None) for kind, here, _ in shown]
    assert shown == expected
