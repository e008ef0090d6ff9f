"""What the reader says, in the languages that faces speak: the words of the other faces and its own."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from onrecord.export.verdicts import face_words
from onrecord.lexicon import toml
from onrecord.ui import Words, languages, words

ROOT = Path(__file__).parent
_WANTED = re.compile(r"\s*([A-Za-z]{1,8})(?:-[A-Za-z0-9-]{1,20})?\s*(?:;\s*q=([01](?:\.[0-9]{0,3})?))?\s*")


@cache
def reader_words(language: str) -> Words:
    """The words of the other faces, those of checked quotations (`check.`) and our own (`web.`)."""
    own = toml.load(ROOT / f"{language}.toml")
    checked = face_words(language).table["check"]
    return Words(language, {**words(language).table, "check": checked, "web": own})


def core(said: Words) -> Words:
    """The words that all faces share, in the same language."""
    return words(said.language)


def preferred(chosen: str | None, accepted: str) -> str:
    """The language to answer in: the one chosen, else the first of `Accept-Language` that we speak, else English.

    >>> preferred(None, "de, fr-CH;q=0.8, en;q=0.5"), preferred("xx", "")
    ('fr', 'en')
    """
    if chosen in languages():
        return chosen or "en"
    found = [_WANTED.fullmatch(part) for part in accepted[:500].split(",")]
    wanted = [(float(one[2] or 1), one[1].lower()) for one in found if one]
    ranked = sorted(wanted, key=lambda one: -one[0])
    return next((code for weight, code in ranked if weight and code in languages()), "en")
