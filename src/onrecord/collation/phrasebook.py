"""What one language knows about wording: contractions, fillers, negations, modal verbs, spellings.

The data are `lexicon/<language>/collation.toml`, lists and tables as in `text.toml`. A language without that file
compares by bare forms.

>>> english = phrasebook("en")
>>> english.parts("can't"), english.parts("they'll"), english.parts("harbour")
((('can', 2), ('not', 5)), (('they', 4), ('will', 7)), (('harbour', 7),))
>>> english.modals["could"], "never" in english.negations
('could', True)
"""

from __future__ import annotations

from functools import cache
from typing import Any

from onrecord.lexicon import languages, load
from onrecord.text.matching import fold
from onrecord.text.vocabulary import table, text_data, words

Parts = tuple[tuple[str, int], ...]
"""A printed word as what it says: each part's form, and where it ends inside the word."""


_SHORTEST_SPELLING = 4  # letters: "our" and "or" are two words, "harbour" and "harbor" one


class Phrasebook:
    """`[collation]` of one language, ready to be asked; forms are folded (lower case, one apostrophe)."""

    def __init__(self, language: str | None) -> None:
        known = language is not None and language in languages()
        data: dict[str, Any] = load(language, "collation").get("collation", {}) if language and known else {}
        own = text_data(language).get("language", {})
        self.function_words = frozenset(words(own.get("function_words", ""))) | _set(data, "little")
        self.fillers = _set(data, "fillers")
        self.negations = _set(data, "negations")
        self.concord = _set(data, "concord")
        self.not_negations = _set(data, "not_negations")
        self.subjects = _set(data, "subjects")
        self.modals = _reversed(data, "modals")
        self.asides = _set(data, "asides")
        self.support = _set(data, "support")
        self.answers = _reversed(data, "answers")
        self.pro_drop = bool(data.get("pro_drop", False))
        self.interjections = _set(data, "interjections")
        self.binding = _set(data, "binding")
        self.stances = _set(data, "stances")
        self.short = {form: frozenset(forms) for form, forms in table(data.get("short", ""))}
        self._alike: dict[str, set[int]] = {}
        for number, (first, others) in enumerate(table(data.get("same", ""))):
            for form in (first, *others):
                self._alike.setdefault(form, set()).add(number)
        self.spellings = [(a, b[0]) for a, b in table(data.get("spellings", ""))]
        self.capital_nouns = bool(data.get("capital_nouns", False))
        self.plural: tuple[str, ...] = tuple(words(data.get("plural", "")))
        self.acts = _set(data, "acts")
        self._stems = {form: value for value, forms in table(data.get("stems", "")) for form in forms}
        self._endings = sorted(_reversed(data, "endings").items(), key=lambda item: -len(item[0]))
        self._only_after = _set(data, "ending_s_after")
        self._joined = {
            form: value.split("+") for value, forms in table(data.get("joined", "")) for form in forms
        }
        elisions = (f"{word}'" for word in words(own.get("elisions", "")))
        self._elisions = tuple(sorted(elisions, key=len, reverse=True))
        self._full = _reversed(data, "elided")
        self._parts: dict[str, Parts] = {}

    def parts(self, word: str) -> Parts:
        """What a printed word says: "can't" is "can" and "not", "l'accord" is "l'" and "accord"."""
        known = self._parts.get(word)
        if known is None:
            known = self._parts[word] = self._taken_apart(fold(word))
        return known

    def alike(self, a: str, b: str) -> bool:
        """Whether two wordings, words apart by a space, are two ways to print the same.

        >>> phrasebook("en").alike("gonna", "going to"), phrasebook("en").alike("harbour", "harbor")
        (True, True)
        """
        if a.replace(" ", "") == b.replace(" ", "") or self._alike.get(a, set()) & self._alike.get(b, set()):
            return True
        return any(_respelt(a, b, *rule) or _respelt(b, a, *rule) for rule in self.spellings)

    def _taken_apart(self, form: str) -> Parts:
        if form in self._joined:
            first, second = self._joined[form]
            return (first, len(first)), (second, len(form))
        if "'" not in form:
            return ((form, len(form)),)
        for ending, says in self._endings:
            stem = form.removesuffix(ending)
            if stem and stem != form and (ending != "'s" or stem in self._only_after):
                return (self._stems.get(stem, stem), len(stem)), (says, len(form))
        for elision in self._elisions:
            if form.startswith(elision) and len(form) > len(elision):
                return (self._full.get(elision, elision), len(elision)), (form[len(elision) :], len(form))
        return ((form, len(form)),)


def _respelt(a: str, b: str, one: str, other: str) -> bool:
    """Whether changing one spelling to the other, once, makes `a` the word `b`; short words are others."""
    if one not in a or len(a) < _SHORTEST_SPELLING:
        return False
    return a.replace(one, other, 1) == b or other.join(a.rsplit(one, 1)) == b


def _set(data: dict[str, Any], key: str) -> frozenset[str]:
    return frozenset(words(data.get(key, "")))


def _reversed(data: dict[str, Any], key: str) -> dict[str, str]:
    """Form -> value of a table."""
    return {form: value for value, forms in table(data.get(key, "")) for form in forms}


@cache
def phrasebook(language: str | None) -> Phrasebook:
    """The phrasebook of a language, read once; an empty one for None and for languages without data."""
    return Phrasebook(language)
