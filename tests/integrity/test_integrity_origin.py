"""Whose words a source holds; what the figures say."""

from __future__ import annotations

from pathlib import Path

import pytest

import onrecord
from onrecord.integrity import find_flags
from onrecord.integrity.document import Document
from onrecord.integrity.figures import UNSEEN, figures
from onrecord.integrity.origin import words_of
from onrecord.model import Words
from onrecord.record import read_source
from onrecord.sources import open_path
from onrecord.spans import Text

EXAMPLES = Path(onrecord.__file__).parent / "examples"


def words(text: str, language: str) -> Words:
    return words_of(Document(text, language), find_flags(Text(text), language))


READ = [
    ("article.fr-mt.txt", "machine_translated"),
    ("article.es-mt.txt", "machine_translated"),
    ("article.fr.txt", "translated"),
    ("official.en.txt", "interpreted"),
    ("transcript.de.txt", "unknown"),
    ("transcript.ru.txt", "interpreted"),
]


@pytest.mark.parametrize(("name", "value"), READ)
def test_examples(name: str, value: str) -> None:
    record = read_source(open_path(str(EXAMPLES / name)))
    source = record.sources[0]
    marks, people = record.marks, record.people
    document = Document(source.text, source.language, record.turns, record.blocks, marks, people)
    flags = find_flags(Text(source.text), source.language, record.turns, record.blocks, marks, people)
    found = words_of(document, flags)
    assert found.value == value
    assert bool(found.reasons) == (value != "unknown")


SAID = [
    ("en", "Unofficial translation\n\nThe line is open.", "translated"),
    ("fr", "Le port est ouvert.\n\nTraduction automatique", "machine_translated"),
    ("es", "Brask (a través de intérprete): El puerto está abierto.", "interpreted"),
    ("en", "The line is open.", "unknown"),
]


@pytest.mark.parametrize(("language", "text", "value"), SAID)
def test_what_the_text_says(language: str, text: str, value: str) -> None:
    assert words(text, language).value == value


SOUND = "Le bateau a quitté le port à midi et tout le monde était à bord. "
TELLS = [
    ("doubled spaces alone, as justified lines have them", (SOUND.replace("bateau a", "bateau  a")) * 8, "unknown"),
    ("foreign words alone, as bilingual houses have them", SOUND * 8 + "Il parle without notes, with lui.", "unknown"),
    (
        "both",
        SOUND.replace("bateau a", "bateau  a") * 8 + "Il parle without notes et il va with lui.",
        "machine_translated",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("why", "text", "value"), TELLS)
def test_two_tells_are_needed(why: str, text: str, value: str) -> None:
    assert words(text, "fr").value == value, why


def test_figures() -> None:
    text = "« Rien n’est signé », a-t-il ditPlus tard au port de Lindhavn."
    shown = figures(find_flags(Text(text), "fr"), 500, "fr")
    assert (shown.found, shown.rate, shown.unseen) == (1, 2.0, UNSEEN)
    assert {row.kind for row in shown.measured} >= {"glued words", "all damage"}
    assert figures([], 500, "ru").measured == (), "what was not measured has no figure"
