# ruff: noqa: E501  (tables of whole sentences)
"""Reasons in the reader's language: what the record says in English is found again, and nothing of a source changes."""

from __future__ import annotations

import ast
import re
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord
from onrecord.record import read_source
from onrecord.sources import open_path
from onrecord.ui.told import because, templates, told

HOUSE = Path(onrecord.__file__).parent
EXAMPLES = Path(str(files("onrecord") / "examples"))
NAMES = sorted(path.name for path in EXAMPLES.iterdir() if path.suffix in {".txt", ".html", ".vtt", ".jsonl"})

TOLD = [
    ("'Q' may be Otto Falk or Vera Lind", "«\u00a0Q\u00a0» peut être Otto Falk ou Vera Lind"),
    ("'Q' names nobody: each may be another person",
     "«\u00a0Q\u00a0» ne désigne personne\u00a0: chaque fois, ce peut être quelqu’un d’autre"),
    ("printed with 1 invisible character", "imprimé avec 1 caractère invisible"),
    ("printed with 2 invisible characters", "imprimé avec 2 caractères invisibles"),
    ("no turns: few labels", "aucune intervention\u00a0: peu d’étiquettes"),
    ("“Friday, 3 May 2031”: 3 May 2031 is a Saturday, not a Friday",
     "«\u00a0Friday, 3 May 2031\u00a0»\u00a0: le 3 mai 2031 est un samedi, non un vendredi"),
    # What is quoted from a source keeps its own words, also those that are ours elsewhere.
    ("fields that are not read: May or French", "champs non lus\u00a0: May or French"),
    ("the first name of few labels", "le prénom de few labels"),
    ("“signora” is the title of a woman, “Karl” the name of a man", "«\u00a0signora\u00a0» désigne une femme, «\u00a0Karl\u00a0» nomme un homme"),
    ("“Meanwhile” is English and stands alone in a French sentence", "«\u00a0Meanwhile\u00a0» est en anglais et se trouve seul dans une phrase en français"),
    ("“premier” does not fit “Ole Lind”, known as foreign minister of Norway",
     "«\u00a0premier\u00a0» ne convient pas à «\u00a0Ole Lind\u00a0», dont la fonction connue est\u00a0: ministre des Affaires étrangères (Norvège)"),
    ("“king” does not fit “Ole Lind”, known as high commissioner of the republic of New Caledonia",
     "«\u00a0king\u00a0» ne convient pas à «\u00a0Ole Lind\u00a0», dont la fonction connue est\u00a0: haut-commissaire de la République (Nouvelle-Calédonie)"),
    ("“king” does not fit “Ole Lind”, known as harbour master of Norway",
     "«\u00a0king\u00a0» ne convient pas à «\u00a0Ole Lind\u00a0», dont la fonction connue est\u00a0: harbour master of Norway"),
    ("Vera Lind (The quay, Torve, 2031-05-04), turn 3, characters 4–9 of a.txt, text sha256 9f219d6aefcf, probably interpreted",
     "Vera Lind (The quay, Torve, 2031-05-04), intervention 3, caractères 4–9 de a.txt, texte sha256 9f219d6aefcf, probablement paroles d’interprète"),
    ("Ole Lind, as reported by Vera Lind (The quay), characters 4–9 of a.txt, text sha256 9f219d6aefcf",
     "Ole Lind, selon Vera Lind (The quay), caractères 4–9 de a.txt, texte sha256 9f219d6aefcf"),
    ("no speaker known (The quay), turn 3, characters 4–9 of a.txt, text sha256 9f219d6aefcf, translated",
     "auteur inconnu (The quay), intervention 3, caractères 4–9 de a.txt, texte sha256 9f219d6aefcf, traduction"),
    ("nothing of the sort", None),
    ("", None),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "french"), TOLD)
def test_told_in_french(sentence: str, french: str | None) -> None:
    assert told(sentence, "fr") == french


def test_english_is_what_the_record_says() -> None:
    assert because(["few labels", "you said so"], "en") == ("few labels; you said so", "en")
    assert because(["few labels", "something new"], "fr") == ("peu d’étiquettes\u202f; something new", "en")
    assert because([], "fr") == ("", "fr")


SET = [
    ("'Q' may be Otto Falk", "“Q” may be Otto Falk"),
    ("the house's label ('Q') names nobody", "the house's label (“Q”) names nobody"),
    ("under 'Q' the speaker addresses 'Otto', so it is not Otto", "under “Q” the speaker addresses “Otto”, so it is not Otto"),
    ("one sign ' alone", "one sign ' alone"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "shown"), SET)
def test_english_is_set_with_the_quotation_marks_of_a_page(sentence: str, shown: str) -> None:
    assert because([sentence], "en") == (shown, "en")


def test_nearly_every_office_of_the_roster_is_said_in_french() -> None:
    from onrecord.people.roster import roster
    from onrecord.ui.told import OFFICES

    titles = tomllib.loads((OFFICES / "fr.toml").read_text("utf-8"))["titles"]
    held = [office.title for one in roster().rows for office in one.offices]
    assert sum(title in titles for title in held) > 0.97 * len(held)


@cache
def written() -> str:
    """Every string in the program, one a line."""
    strings: list[str] = []
    for path in HOUSE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                strings.append(node.value)
    return "\n".join(strings)


# Halves of one sentence that is put together from several strings, and plurals.
PIECES = re.compile(r"^aligned by |characters? \(|characters that turn|words? |characters?$| id stands? ")


@pytest.mark.parametrize("template", templates("fr"), ids=lambda one: "…".join(one.literals)[:60])
def test_every_template_is_a_sentence_of_the_program(template: object) -> None:
    for literal in template.literals:  # type: ignore[attr-defined]
        piece = PIECES.split(literal)[-1].strip(" ,;:“”()%")
        for part in re.split(r"; |, |: |\b[AB]\b", piece):  # A and B are filled in
            assert part.strip(" “”()") in written(), (part, literal)


def test_french_typography() -> None:
    for template in templates("fr"):
        said = template.translation
        assert not re.search(r"(?<![\u202f\u00a0])[;!?:»](?!\w)", said), said
        assert not re.search(r"«(?!\u00a0)|'", said), said
        assert set(re.findall(r"{(\w+)}", said)) == set(template.slots), said


@pytest.mark.parametrize("name", NAMES)
def test_every_reason_of_an_example_is_told_in_french(name: str) -> None:
    record = read_source(open_path(str(EXAMPLES / name)))
    source = record.sources[0]
    reasons = {reason for turn in record.turns for reason in turn.reasons}
    reasons |= {reason for person in record.people for alias in person.aliases for reason in alias.reasons}
    reasons |= {*source.layout.reasons, *source.words.reasons, *(note.message for note in source.notes)}
    assert {reason for reason in reasons if told(reason, "fr") is None} == set()


@given(st.text("ab '“”:;(),0Q", max_size=60))
def test_any_sentence_is_told_or_left_alone(sentence: str) -> None:
    text, language = because([sentence], "fr")
    assert (text == sentence and language == "en") or told(sentence, "fr") == text
