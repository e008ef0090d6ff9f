"""Role words of the languages: "secrétaire d'État", "adviser", "пресс-секретарь"."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from onrecord.lexicon import load
from onrecord.people.names import fold, listed, one_edit, shortened
from onrecord.text.expressions import later

LANGUAGES = ("en", "fr", "de", "es", "ru")
ENDING = 6  # letters of the longest ending of a nationality: "ukrain-iennes"
TOLERANT = 7  # letters from which a role word may be misspelt by one edit: "adviseur"


class Roles(NamedTuple):
    """What one language knows of roles; all words folded.

    nouns         role word or phrase -> its English name ("ministre des affaires etrangeres" -> "foreign minister")
    content       the same without links and nationalities between the words ("secretaire etat")
    institutions  "maison blanche" -> "White House"
    adjectives    stems of nationalities ("ukrain")
    links         words that may stand between a role and the name ("de", "of")
    breaks        words that end a role phrase: verbs, conjunctions
    without       words that say, before a name, that somebody is not there
    absent        phrases that say so after it, as they are printed
    determiners   words that open a role behind its name ("the", "his")
    joiners       words between two people ("and", "or")
    patronymics   endings of a middle name that is no place ("вич"); none in most languages
    linkless      whether a role and its country stand side by side without a link, in another case
    """

    nouns: dict[str, str]
    content: dict[str, str]
    institutions: dict[str, str]
    adjectives: frozenset[str]
    links: frozenset[str]
    breaks: frozenset[str]
    without: frozenset[str]
    absent: re.Pattern[str]
    determiners: frozenset[str]
    joiners: frozenset[str]
    patronymics: tuple[str, ...]
    linkless: bool

    def adjective(self, word: str) -> str | None:
        """The stem of a nationality, if the word is one."""
        key = fold(word)
        ends = range(len(key), max(len(key) - ENDING - 1, 0), -1)
        return next((key[:end] for end in ends if key[:end] in self.adjectives), None)


@cache
def roles(language: str | None) -> Roles:
    """The role words of a language (English where it has none)."""
    data = load(language or "en", "roles") if language in LANGUAGES else load("en", "roles")
    links = frozenset(map(fold, listed(data["links"])))
    nouns = [(word, name) for name, words in data["nouns"].items() for word in listed(words)]
    return Roles(
        {fold(word): name for word, name in nouns},
        {content(word.replace("'", " ").split(), links): name for word, name in nouns if " " in word},
        {fold(word): name for name, words in data["institutions"].items() for word in listed(words)},
        frozenset(map(fold, listed(data["adjectives"]))),
        links,
        frozenset(map(fold, listed(data["breaks"]))),
        frozenset(map(fold, listed(data["without"]))),
        _phrases(listed(data["absent"])),
        frozenset(map(fold, listed(data["determiners"]))),
        frozenset(map(fold, listed(data["joiners"]))),
        tuple(listed(data["patronymics"])) if "patronymics" in data else (),
        data.get("linkless", False),
    )


def _phrases(phrases: list[str]) -> re.Pattern[str]:
    """Whole phrases in any case, with either apostrophe."""
    printed = (re.escape(phrase).replace("'", "['’]") for phrase in sorted(phrases, key=len, reverse=True))
    return later(rf"\b(?:{'|'.join(printed)})\b", re.IGNORECASE)


def content(words: list[str], links: frozenset[str]) -> str:
    """The words of a role phrase that carry its sense."""
    return " ".join(key for word in words if (key := fold(word)) not in links)


@lru_cache(maxsize=65536)
def noun(phrase: str, language: str | None) -> str | None:
    """The English name of a role phrase; long words may be one letter off, or of another language.

    >>> noun("adviseur", "fr")
    'adviser'
    """
    key = fold(phrase)
    if name := roles(language).nouns.get(key):
        return name
    if len(key) < TOLERANT or " " in key:
        return None
    for other in (language, *LANGUAGES):
        if name := roles(other).nouns.get(key):
            return name
    near = {word for shorter in shortened(key) for word in _near().get(shorter, ())}
    meant = sorted(word for word in near if one_edit(word, key))
    return _near_names()[meant[0]] if meant else None


@cache
def _near_names() -> dict[str, str]:
    """The long single role words of all languages with their English names."""
    nouns = [pair for language in LANGUAGES for pair in roles(language).nouns.items()]
    return {word: name for word, name in nouns if len(word) >= TOLERANT and " " not in word}


@cache
def _near() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in _near_names():
        for shorter in shortened(word):
            found.setdefault(shorter, []).append(word)
    return found


@cache
def _words() -> frozenset[str]:
    found = set()
    for language in LANGUAGES:
        known = roles(language)
        found |= {word for phrase in known.nouns for word in phrase.split()} | known.links
        found |= {word for phrase in known.institutions for word in phrase.split()} | known.breaks
    return frozenset(found)


@lru_cache(maxsize=65536)
def is_role_word(word: str) -> bool:
    """Whether a word (or its plural in s) is part of a role or an institution in any language, so of no name."""
    key = fold(word)
    return key in _words() or (len(key) > 4 and key.removesuffix("s") in _words())
