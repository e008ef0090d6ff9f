"""The words of labels, from the data of all languages at once.

A label can be in another language than its document (an English page that keeps "Le Président:"), and the language
of a label of three words cannot be told apart; so the label scanner knows all languages together.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any, NamedTuple

import msgspec

from onrecord import lexicon


class Vocabulary(NamedTuple):
    """Sets of case-folded words; see lexicon/en/labels.toml for what each one does."""

    honorifics: dict[str, str | None]  # word -> "m", "f" or None
    honorific_phrases: tuple[tuple[str, ...], ...]
    offices: frozenset[str]
    office_parts: frozenset[str]
    links: frozenset[str]
    articles: frozenset[str]
    group_starters: frozenset[str]
    groups: frozenset[str]
    group_links: frozenset[str]
    group_places: frozenset[str]
    queries: frozenset[str]
    manner: frozenset[str]
    joints: frozenset[str]
    verbs: frozenset[str]
    fields: frozenset[str]
    openers: frozenset[str]
    clause: frozenset[str]
    address: frozenset[str]
    names_too: frozenset[str]
    name_particles: frozenset[str]
    opening_particles: frozenset[str]
    post_nominals: frozenset[str]
    name_prefixes: tuple[str, ...]
    inner_titles: frozenset[str]
    unknown_articles: frozenset[str]
    place_openings: frozenset[str]
    particles: frozenset[str]
    codes: frozenset[str]
    office_endings: tuple[str, ...]
    office_beginnings: tuple[str, ...]
    honorific_endings: tuple[str, ...]
    glued_verbs: tuple[str, ...]
    feminine_endings: tuple[str, ...]
    feminine_articles: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """All languages' label words; read once."""
    shared = lexicon.shared("labels")
    folders = [*(lexicon.load(language, "labels") for language in lexicon.languages()), shared]

    def words(key: str) -> frozenset[str]:
        return frozenset(word.casefold() for folder in folders for word in folder.get(key, "").split())

    forms = {key: tuple(entry.split()) for key, entry in shared["forms"].items()}
    return Vocabulary(
        honorifics=_honorifics(folders),
        honorific_phrases=_phrases(folders),
        offices=words("offices") | {plain for word in words("offices") if len(plain := bare(word)) > 4},
        office_parts=words("office_parts"),
        links=words("links"),
        articles=words("articles"),
        group_starters=words("group_starters"),
        groups=words("groups"),
        group_links=words("group_links"),
        group_places=words("group_places"),
        queries=words("queries"),
        manner=words("manner"),
        joints=words("joints"),
        verbs=words("verbs"),
        fields=words("fields"),
        openers=words("openers"),
        clause=words("clause"),
        address=words("address"),
        names_too=words("names_too"),
        name_particles=frozenset(forms["name_particles"]),
        opening_particles=frozenset(forms["opening_particles"]),
        post_nominals=frozenset(forms["post_nominals"]),
        name_prefixes=forms["name_prefixes"],
        inner_titles=frozenset(forms["inner_titles"]),
        unknown_articles=frozenset(forms["unknown_articles"]),
        place_openings=frozenset(forms["place_openings"]),
        particles=words("particles"),
        codes=frozenset(shared["codes"]["words"].split()),
        office_endings=forms["office_endings"],
        office_beginnings=forms["office_beginnings"],
        honorific_endings=forms["honorific_endings"],
        glued_verbs=forms["glued_verbs"],
        feminine_endings=forms["feminine_endings"],
        feminine_articles=words("feminine_articles"),
    )


def bare(word: str) -> str:
    """A word without its accents, as capitals are often printed: `ΠΡΟΕΔΡΟΣ`, `PREDSEDA`, `DELEGUE`."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def _honorifics(folders: list[dict[str, Any]]) -> dict[str, str | None]:
    genders: dict[str, str | None] = {}
    for key, gender in (("honorifics", None), ("honorifics_m", "m"), ("honorifics_f", "f")):
        for folder in folders:
            genders.update((word.casefold(), gender) for word in folder.get(key, "").split())
    return genders


def _phrases(folders: list[dict[str, Any]]) -> tuple[tuple[str, ...], ...]:
    phrases = {
        tuple(phrase.casefold().split())
        for folder in folders
        for phrase in folder.get("honorific_phrases", "").split("|")
        if phrase.strip()
    }
    return tuple(sorted(phrases, key=lambda phrase: (-len(phrase), phrase)))


class _Bearer(msgspec.Struct):
    """What this room needs of a row of the roster (people/roster.py reads the whole)."""

    surnames: list[str]
    prominent: bool = False


@cache
def known_surnames() -> frozenset[str]:
    """Case-folded surnames of prominent people: evidence for a label that stands only once. Read when first asked."""
    rows = (lexicon.ROOT / "people" / "roster.jsonl").read_bytes()
    people = msgspec.json.Decoder(_Bearer).decode_lines(rows)
    return frozenset(name for person in people if person.prominent for name in person.surnames)
