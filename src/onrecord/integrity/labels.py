"""Labels that are ordinary words where a person's name stood: "Atout:" for a speaker called Trump."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.integrity.document import Document
from onrecord.integrity.findings import Example, Finding, Rule
from onrecord.integrity.shared import data
from onrecord.model import Suggestion
from onrecord.text.matching import Matcher
from onrecord.text.vocabulary import words


def label_words(document: Document) -> Iterator[Finding]:
    """A printed label that the stage `people/` read as a translated name; the person comes from the cast."""
    told = {
        alias.text: person.name
        for person in document.people
        for alias in person.aliases
        if alias.kind == "translated" and alias.judgement in ("certain", "likely")
    }
    for turn in document.turns:
        if not turn.label or (label := document.text[turn.label.start : turn.label.end]) not in told:
            continue
        yield Finding(
            turn.label.start, turn.label.end, "major",
            f"the label “{label}” is an ordinary word; the speaker is probably “{told[label]}”",
            Suggestion(told[label], "cast"), _elsewhere(document, told[label]),
        )  # fmt: skip


def _elsewhere(document: Document, name: str) -> tuple[tuple[int, int], ...]:
    """Where the text prints the person's name."""
    at = document.text.find(name)
    return ((at, at + len(name)),) if at >= 0 else ()


def names_as_words(document: Document) -> Iterator[Finding]:
    """A mistranslation of a country or a leader that is on record: "Мордор" for Russia.

    In a text too short to tell its language those of every language count.
    """
    tables: dict[str, dict[str, str]] = data()["mistranslated"]
    asked = [tables.get(document.language, {})] if document.language else tables.values()
    forms = [(form, name) for known in asked for name, block in known.items() for form in words(block)]
    if not forms:
        return
    for start, end, name in Matcher(forms).scan(document.text):
        printed = document.text[start:end]
        yield Finding(
            start,
            end,
            "critical",
            f"“{printed}” is what a translation program is known to have made of “{name}”",
        )


RULES = (
    Rule(
        "label_word",
        "label_word",
        "form",
        label_words,
        Example(
            "fr",
            "Donald Trump: Merci à tous d’être venus au port.\n\n"
            "Vladimir Poutine: Merci à vous de nous recevoir ici.\n\n"
            "Donald Trump: Nous parlerons du détroit.\n\nPoutine: Nous en parlerons encore.\n\n"
            "⟦Atout⟧: Oh, c’est intéressant. Merci beaucoup, Vladimir.",
        ),
        Example(
            "fr",
            "Ada Lind: Quelle carte prend-on ?\n\nVera Quist: Le valet.\n\nAda Lind: Et ensuite ?\n\n"
            "Vera Quist: L’atout : il bat toutes les autres.",
        ),
        everywhere=True,
    ),
    Rule(
        "name_as_word", "label_word", "form", names_as_words,
        Example("ru", "Глава МИД ⟦грустная лошадка⟧ прибыл на переговоры."),
        Example("ru", "Грустная лодка прибыла в порт."),
        everywhere=True,
    ),
)  # fmt: skip
