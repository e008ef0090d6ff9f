"""What a reader of this record must know beforehand, one sentence each, with its place where it has one.

These are notes about reading (`Source.notes`), not flags about the text's truth: those are the work of `integrity/`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from onrecord.model import Note, Person, Turn
from onrecord.people.display import MANY
from onrecord.people.names import in_latin
from onrecord.spans import Text
from onrecord.structure import Structure
from onrecord.text.impossible import impossible

CAST_LIMIT = MANY
"""Different speakers; a document with more is a list, where names are no longer compared with the text around them."""

_DIGITS = re.compile(r"\d{400,}")
_LONGEST_WORD = 1_999
_LONG_WORD = re.compile(rf"(?<!\S)\S{{{_LONGEST_WORD + 1},}}")
_COMBINING = re.compile(r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{8,}")


def reading_notes(
    text: Text, structure: Structure, turns: Sequence[Turn], people: Sequence[Person], language: str | None
) -> list[Note]:
    """All cautions of one source, in a fixed order."""
    return [
        *_nobody(structure),
        *_ambiguous(text, turns),
        *_mixed_scripts(text, turns),
        *_crowd(people),
        *_shapes(text),
        *_orphans(text, structure),
        *_calendar(text, structure, language),
        *_language(text, structure, language),
    ]


def _nobody(structure: Structure) -> Iterator[Note]:
    if not structure.turns:
        yield Note("no_speakers", f"no turns: {structure.convention.reasons[0]}")
    elif structure.convention.judgement == "unresolved":
        yield Note("convention", f"the labels are not trusted: {structure.convention.reasons[-1]}")


def _ambiguous(text: Text, turns: Sequence[Turn]) -> Iterator[Note]:
    seen: dict[str, Turn] = {}
    for turn in turns:
        if turn.judgement == "ambiguous" and turn.label:
            seen.setdefault(text.read(turn.label), turn)
    for label, turn in sorted(seen.items(), key=lambda item: item[1].span.start):
        why = turn.reasons[0] if turn.reasons else "several people fit"
        yield Note("ambiguous", f"“{label}” may be more than one person: {why}", span=turn.label)


def _mixed_scripts(text: Text, turns: Sequence[Turn]) -> Iterator[Note]:
    """Labels with letters of two alphabets in one word, or wholly in letters that look like those of another label: a
    look-alike, or a typing slip.
    """
    places = {text.read(turn.label): turn.label for turn in reversed(turns) if turn.label}
    for label, place in sorted(places.items(), key=lambda item: item[1].start):
        if label.isascii():
            continue
        if any(len(_scripts(word)) > 1 for word in label.split()):
            yield Note("mixed_script", f"the label “{label}” mixes letters of two alphabets", span=place)
        elif (twin := in_latin(label)) != label and twin in places:
            message = f"the label “{label}” looks like “{twin}” and is written in another alphabet"
            yield Note("mixed_script", message, span=place)


_ALPHABETS = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU"})
"""Alphabets with letters that look like those of another one."""


def _scripts(word: str) -> set[str]:
    names = (unicodedata.name(character, "").split(" ")[0] for character in word if character.isalpha())
    return {name for name in names if name in _ALPHABETS}


def _crowd(people: Sequence[Person]) -> Iterator[Note]:
    if len(people) > CAST_LIMIT:
        capped = f"{len(people)} different speakers, more than {CAST_LIMIT}: names were capped"
        yield Note("cast", f"{capped}, the text around them was not asked who they are")


def _shapes(text: Text) -> Iterator[Note]:
    characters = text.characters
    for kind, pattern, message, possible in (
        ("number", _DIGITS, "a number of {} digits is kept as text", True),
        # The pattern asks at every blank; measuring the words first is six times as fast.
        ("long_word", _LONG_WORD, "{} characters without a blank", _longest(characters) > _LONGEST_WORD),
        ("combining", _COMBINING, "{} combining marks in a row on one letter", not characters.isascii()),
    ):
        match = pattern.search(characters) if possible else None
        if match:
            yield Note(kind, message.format(len(match[0])), span=text.span(match.start(), match.end()))


def _longest(characters: str) -> int:
    """The length of the longest word."""
    return max(map(len, characters.split()), default=0)


def _orphans(text: Text, structure: Structure) -> Iterator[Note]:
    """Brackets that open and do not close: a mark may be missing, or speech swallowed."""
    for opening, closing in (("(", ")"), ("[", "]")):
        opened, closed = text.characters.count(opening), text.characters.count(closing)
        if abs(opened - closed) > max(3, (opened + closed) // 50):
            at = text.characters.find(opening if opened > closed else closing)
            yield Note(
                "brackets", f"{opened} “{opening}” but {closed} “{closing}”: brackets are not paired",
                span=text.span(at, at + 1),
            )  # fmt: skip


def _calendar(text: Text, structure: Structure, language: str | None) -> Iterator[Note]:
    """Dates and times of the first pages that cannot be."""
    for found in impossible(text.characters, language, 0, min(len(text), 20000)):
        yield Note("date", f"“{found.text}”: {found.why}", span=text.span(found.start, found.end))


def _language(text: Text, structure: Structure, language: str | None) -> Iterator[Note]:
    if language is None and structure.kind != "other":
        yield Note("language", "the language is not one that onrecord knows: structure only")
