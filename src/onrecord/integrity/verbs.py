"""Verb forms that a sentence cannot have: "s’il était là, il y aura", "nous avons parvenu"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from onrecord.integrity.document import Document
from onrecord.integrity.findings import Example, Finding, Rule
from onrecord.text.expressions import later
from onrecord.text.vocabulary import alternatives, openings, words


def unreal_condition(document: Document) -> Iterator[Finding]:
    """`si` with the imperfect, and a future tense where the conditional belongs."""
    patterns = _patterns(document.language)
    if patterns is None:
        return
    for opening in patterns["condition"].finditer(document.folded):
        future = patterns["future"].search(document.folded, opening.end(), opening.end() + 120)
        if future and not set(document.text[opening.end() : future.start()]) & set(".!?;:\n«»“”"):
            yield Finding(
                opening.start(), future.end(), "critical",
                "an unreal condition has its consequence in the future tense",
            )  # fmt: skip


def wrong_auxiliary(document: Document) -> Iterator[Finding]:
    """`avoir` with a participle that only takes `être`."""
    yield from _told(document, "auxiliary", "“{}” has the wrong auxiliary verb", "major")


def doubled_object(document: Document) -> Iterator[Finding]:
    """A pronoun and a clause as the object of one verb: "je l’ai dit que"."""
    yield from _told(document, "object", "“{}” has its object twice", "minor")


def place_as_subject(document: Document) -> Iterator[Finding]:
    """A place put in front with `c’est … qui`, as if it acted."""
    yield from _told(document, "cleft", "“{}” makes a place the subject of the verb", "minor")


def _told(document: Document, name: str, message: str, severity: str) -> Iterator[Finding]:
    patterns = _patterns(document.language)
    for found in patterns[name].finditer(document.folded) if patterns else ():
        printed = document.text[found.start() : found.end()]
        yield Finding(*found.span(), "major" if severity == "major" else "minor", message.format(printed))


@cache
def _patterns(language: str | None) -> dict[str, re.Pattern[str]] | None:
    """The patterns of a language, from `[verbs]` of its data; None where it has none."""
    from onrecord.integrity.document import tongue

    data = tongue(language).rules.get("verbs")
    if not data:
        return None
    listed = {key: alternatives(words(value)) for key, value in data.items()}
    adverb = rf"(?:(?:{listed['adverbs']}|[^\W\d_]{{2,20}}ment)\s){{0,3}}"
    return {
        "condition": later(
            rf"s(?<!\w.)(?:i\s(?:{listed['subjects']}|(?:le|la|les|un|une)\s[^\W\d_]{{1,30}})\s|'ils?\s)(?:n'|ne\s)?"
            rf"{listed['imperfect']}\b"
        ),
        "future": later(
            rf",\s(?:{listed['subjects']}|il\sn'y|il\sy)\s(?:ne\s|n'|y\s)?(?:{listed['future']})\b"
        ),
        "auxiliary": later(
            rf"{openings(words(data['have']))}\s{adverb}{listed['being']}(?=\W)(?!\s(?:à\sses|à\sleurs)\b)"
        ),
        "object": later(rf"l'{listed['have_one']}\s{listed['saying']}\s{adverb}qu(?:e\b|')"),
        "cleft": later(rf"c'est\s{listed['places']}(?:\s(?:en|à|au|aux)\s[^\W\d_]{{2,20}})?\squi\b"),
    }


RULES = (
    Rule(
        "unreal_condition", "tense", "form", unreal_condition,
        Example("fr", "Il a dit que ⟦s’il était ministre à ce moment-là, il n’y aura⟧ pas de blocage."),
        Example("fr", "S’il était ministre, il n’y aurait pas de blocage. S’il vient, il y aura un accord."),
    ),
    Rule(
        "wrong_auxiliary", "tense", "form", wrong_auxiliary,
        Example("fr", "Voilà l’accord que nous ⟦avons parvenu⟧ à signer."),
        Example("fr", "Nous sommes parvenus à un accord et nous avons fait venir les équipages."),
    ),
    Rule(
        "doubled_object", "tense", "form", doubled_object,
        Example("fr", "Et je ⟦l’ai dit assez clairement que⟧ c’est une erreur."),
        Example("fr", "Je l’ai dit parce que c’est vrai, et il l’a dit avant que je parte."),
    ),
    Rule(
        "place_as_subject", "tense", "form", place_as_subject,
        Example("fr", "Pendant la guerre, ⟦c’est ici à Lindhavn qui⟧ était le phare."),
        Example("fr", "C’est ici que nous avons signé, et c’est lui qui a parlé."),
    ),
)  # fmt: skip
