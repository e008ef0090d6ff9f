"""What one language knows about quotations, from its `quotes.toml`, compiled once.

>>> words = quote_words("fr")
>>> sorted(words.cues["affirmé"].forms), words.cues["affirmé"].frame
(['participle'], 'that')
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Literal, NamedTuple

from onrecord.lexicon import building, languages, load
from onrecord.text.vocabulary import words

Frame = Literal["bare", "that", "marks"]
Form = Literal["finite", "participle", "gerund", "infinitive"]
FORMS: tuple[Form, ...] = ("finite", "participle", "gerund", "infinitive")


class Cue(NamedTuple):
    """A verb form that may introduce words.

    frame      what may follow: a bare clause, "that" and marks, or only marks
    forms      which forms of its verb it may be
    addressee  whether somebody spoken to may stand before the words ("told reporters")
    attitude   whether the verb tells of a thought rather than of words ("believes")
    particles  one of these must end the clause of a finite form ("teilte … mit"); none: it speaks alone
    governs    prepositions that lead from the verb to the words ("sprach von", "warnte vor")
    cites      whether its object speaks, and the subject of its passive ("zitiert", "wird zitiert")
    """

    frame: Frame
    forms: frozenset[Form]
    addressee: bool = False
    attitude: bool = False
    particles: frozenset[str] = frozenset()
    governs: frozenset[str] = frozenset()
    cites: bool = False


# Classes of words, as bits: a word may be several ("that", "her").
(
    DET,
    PREP,
    PRON,
    AUX,
    ADV,
    CONJ,
    SUB,
    REL,
    TIME,
    THAT,
    WHETHER,
    TITLE,
    FINITE,
    JOIN,
    CONTRAST,
    PERFECT,
    CAUSE,
    PASSIVE,
    REFLEX,
    CLITIC,
) = (1 << bit for bit in range(20))
_CLASSES = {
    "determiners": DET, "numerals": DET, "prepositions": PREP, "pronouns_m": PRON, "pronouns_f": PRON,
    "pronouns_plural": PRON,
    "pronouns_other": PRON, "auxiliaries": AUX, "adverbs": ADV, "conjunctions": CONJ, "subordinators": SUB,
    "relatives": REL, "times": TIME, "that": THAT, "whether": WHETHER, "titles": TITLE, "finite": FINITE,
    "joining": JOIN, "contrast": CONTRAST, "pronoun_verb": PRON | FINITE, "perfect": PERFECT, "causative": CAUSE,
    "passive": PASSIVE, "reflexive": REFLEX,
}  # fmt: skip
_LETTER = r"[^\W_]"


class QuoteWords:
    """Cues, classes of words and naming patterns of one language (see `quote_words`)."""

    def __init__(self, language: str | None) -> None:
        data = load(language, "quotes") if language in languages() else {}
        self.language = language
        self.known = bool(data)
        self._data: dict[str, Any] = data
        self._words: dict[str, Any] = data.get("words", {})
        self.cues: dict[str, Cue] = {}
        self.pairs: dict[str, frozenset[str]] = {}  # the first word of a cue of two words: the second ones
        self._read_verbs()
        self.classes: dict[str, int] = {}
        for key, bit in _CLASSES.items():
            for word in self.listed(key):
                self.classes[word] = self.classes.get(word, 0) | bit
        self.adverb_endings = tuple(self.listed("adverb_endings"))
        self.never_adverbs = frozenset(self.listed("never_adverbs"))
        self.participle_endings = tuple(self.listed("participle_endings"))
        self.always_clause = frozenset(self.listed("always_clause"))
        self.aside_endings = tuple(self.listed("aside_endings"))
        self.verb_second = bool(self._words.get("verb_second", ""))
        self.indirect = bool(self._words.get("indirect", ""))
        self.opposing = frozenset(self.listed("opposing"))
        self.capital_nouns = bool(self._words.get("capital_nouns", ""))
        self.first_person = frozenset(self.listed("first_person"))
        self.joins = frozenset(self.listed("conjunctions"))
        self.articled = bool(self._words.get("articled", ""))
        self.pro_drop = bool(self._words.get("pro_drop", ""))
        self.genitive = frozenset(self.listed("genitive"))
        self.one_past = bool(self._words.get("one_past", ""))
        self.counting = frozenset(self.listed("counting"))
        self.numerals = frozenset(self.listed("numerals"))
        self.object_pronouns = frozenset(self.listed("object_pronouns"))
        self.inline_sources = frozenset(self.listed("inline_sources"))
        self.impersonal = frozenset(self.listed("impersonal"))
        self.likening = frozenset(self.listed("likening"))
        self.plural_words = frozenset(self.listed("plural_words"))
        self.infinitive_endings = tuple(self.listed("infinitive_endings"))
        self.prefix_sources = _phrases(self.listed("prefix_sources"))
        self.pronouns_m = frozenset(self.listed("pronouns_m"))
        self.pronouns_f = frozenset(self.listed("pronouns_f"))
        self.infinitive_before = frozenset(self.listed("infinitive_before"))
        self.naming = naming_pattern(self.listed("naming"))
        self.naming_nouns = tuple(self.listed("naming_nouns"))
        self.work_nouns = tuple(self.listed("work_nouns"))
        self.speech_nouns = tuple(self.listed("speech_nouns"))
        self.indefinite = frozenset(self.listed("indefinite"))
        self.genitive_articles = frozenset(self.listed("genitive_articles"))
        self.strong_articles = frozenset(self.listed("strong_articles"))
        self.weak_ending = self._words.get("weak_ending", "")
        self.worded = frozenset(self.listed("worded"))
        self.naming_verbs = frozenset(self.listed("naming_verbs"))
        self.oblique = frozenset(self.listed("oblique"))
        self.name_particles = frozenset(self.listed("name_particles"))
        self.role_endings = tuple(self.listed("role_endings"))
        self.other_particles = frozenset(self.listed("other_particles"))
        self.subjunctive = frozenset(self.listed("subjunctive"))
        self.nobody = frozenset(self.listed("nobody"))
        self.naming_stems = tuple(self.listed("naming_stems"))
        self.oblique_endings = tuple(self.listed("oblique_endings"))
        self.verb_endings = tuple(self.listed("verb_endings"))
        self.suffix_sources = frozenset(self.listed("suffix_sources"))
        self.dash_dialogue = bool(self._words.get("dash_dialogue", ""))
        self.bare = bool(data.get("verbs", {}).get("bare", "").strip())
        told = [
            max(phrase, key=len).rstrip("'") for several in self.prefix_sources.values() for phrase in several
        ]
        self.triggers = frozenset(word.split(" ")[0] for word in self.cues) | frozenset(told)
        self.inverts = bool(self._words.get("inverts", ""))

    def listed(self, key: str) -> list[str]:
        """One list of the section [words]."""
        return words(self._words.get(key, ""))

    def _read_verbs(self) -> None:
        verbs = self._data.get("verbs", {})
        marked = {key: set(words(verbs.get(key, ""))) for key in ("addressee", "attitude", "cites")}
        particles, governs = self._data.get("particles", {}), self._data.get("governs", {})
        for frame in ("marks", "that", "bare"):  # the freest frame of a form is the one that counts
            for verb in words(verbs.get(frame, "")):
                rest = (
                    verb in marked["addressee"],
                    verb in marked["attitude"],
                    frozenset(words(particles.get(verb, ""))),
                    frozenset(words(governs.get(verb, ""))),
                    verb in marked["cites"],
                )
                fresh = {form: Cue(frame, frozenset({form}), *rest) for form in FORMS}
                for word, form in self._spelled(verb):
                    old = self.cues.get(word)
                    self.cues[word] = _merged(old, fresh[form]) if old else fresh[form]
        for word in [word for word in self.cues if " " in word]:
            first, _, second = word.partition(" ")
            self.pairs[first] = self.pairs.get(first, frozenset()) | {second}

    def _spelled(self, verb: str) -> Iterator[tuple[str, Form]]:
        """The forms of one verb: "er:affirm" by its conjugation, "dire" from the irregular ones."""
        group, colon, stem = verb.partition(":")
        if colon:
            for ending, form in self._endings(group):
                yield stem + ending, form
        else:
            blocks = self._irregular()[verb]
            if len(blocks) != len(FORMS):
                raise ValueError(f"“{verb}” has {len(blocks)} forms and not {len(FORMS)}")
            for form, block in zip(FORMS, blocks, strict=True):
                for word in words(block):
                    if word.strip():
                        yield word, form

    @cache  # noqa: B019
    def _endings(self, group: str) -> list[tuple[str, Form]]:
        table = self._data["conjugations"][group]
        return [(ending.strip(), form) for form in FORMS for ending in words(table.get(form, ""))]

    @cache  # noqa: B019
    def _irregular(self) -> dict[str, list[str]]:
        rows = (line.split("#")[0].split("|") for line in self._data["irregular"]["rows"].splitlines())
        return {row[0].strip().replace("_", " "): row[1:] for row in rows if len(row) > 1}


def _merged(old: Cue, fresh: Cue) -> Cue:
    """A word that is a form of several verbs, or several forms of one: what any of them may do, it may."""
    return Cue(
        fresh.frame,
        old.forms | fresh.forms,
        fresh.addressee or old.addressee,
        fresh.attitude or old.attitude,
        fresh.particles | old.particles if fresh.particles and old.particles else frozenset(),
        fresh.governs | old.governs,
        fresh.cites or old.cites,
    )


def _phrases(listed: list[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Phrases by their first word, longest first, as token sequences."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in listed:
        parts = tuple(re.findall(rf"{_LETTER}+'|[\w-]+", phrase))
        if not parts:
            raise ValueError(f"“{phrase}” has no word")
        found.setdefault(parts[0], []).append(parts)
    return {first: tuple(sorted(several, key=len, reverse=True)) for first, several in found.items()}


def naming_pattern(listed: list[str]) -> re.Pattern[str] | None:
    """Words which, right before a mark, say that it names a thing ("so-called", "intitulé")."""
    if not listed:
        return None
    choice = "|".join(re.escape(word) for word in sorted(listed, key=len, reverse=True))
    return re.compile(rf"(?:{choice})\s*(?:a|an|the|le|la|les|l['’])?\s*$", re.IGNORECASE)


@cache
def quote_words(language: str | None) -> QuoteWords:
    """The quotation words of a language, compiled once; empty for None and for languages without data."""
    with building(language, "quotes"):
        return QuoteWords(language)
