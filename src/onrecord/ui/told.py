"""Reasons of a record in the reader's language. The record says them in English, and its sentence is their key.

A record is data and has one language; a face translates. `reasons/<language>.toml` maps a sentence with slots to its
translation: `"the first name of {a}"`. The name of a slot says what of its content is ours and is translated too:
`quote`, `names`, `labels`, `language`, `sex`, `day`, `office` (by `offices/<language>.toml`), `reason`; all else is
quoted from the source and stays as it is.

>>> told("no turns: few labels", "fr")
'aucune intervention\\xa0: peu d’étiquettes'
>>> told("something new", "fr") is None
True
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from onrecord.lexicon import toml
from onrecord.ui import Words, words

ROOT = Path(__file__).parent / "reasons"
OFFICES = Path(__file__).parent / "offices"
_QUOTED = re.compile(r"(?<![^\s(\[])'([^']*)'(?!\w)")


class Template(NamedTuple):
    """An English sentence cut at its slots (`literals` has one entry more than `slots`), and its translation."""

    literals: tuple[str, ...]
    slots: tuple[str, ...]
    translation: str

    def read(self, sentence: str) -> dict[str, str] | None:
        """What stands in the slots of a sentence of this form; each literal is sought once, from left to right."""
        if not sentence.startswith(self.literals[0]) or not sentence.endswith(self.literals[-1]):
            return None
        if not self.slots:
            return {} if sentence == self.literals[0] else None
        found, at, end = {}, len(self.literals[0]), len(sentence) - len(self.literals[-1])
        for slot, literal in zip(self.slots, self.literals[1:], strict=True):
            stop = end if slot == self.slots[-1] else sentence.find(literal, at, end)
            if stop < at:
                return None
            found[slot] = sentence[at:stop]
            at = stop + len(literal)
        return found


@cache
def templates(language: str) -> tuple[Template, ...]:
    """The sentences that a language can say, those with the most fixed letters first; none for English."""
    path = ROOT / f"{language}.toml"
    table: dict[str, str] = toml.load(path)["reasons"] if path.is_file() else {}
    found = [_template(english, translation) for english, translation in table.items()]
    return tuple(sorted(found, key=lambda one: -sum(map(len, one.literals))))


def _template(english: str, translation: str) -> Template:
    from string import Formatter  # English, the language of records, has no templates

    pieces = list(Formatter().parse(english))
    literals = [literal for literal, _, _, _ in pieces]
    slots = [field for _, field, _, _ in pieces if field]
    if len(literals) == len(slots):  # the sentence ends in a slot
        literals.append("")
    return Template(tuple(literals), tuple(slots), translation)


@lru_cache(maxsize=4096)
def told(sentence: str, language: str) -> str | None:
    """The sentence in a language; None where it is the record's own English, or says what no template says."""
    for template in templates(language):
        if (slots := template.read(sentence)) is not None:
            return template.translation.format(
                **{name: _slot(name, held, language) for name, held in slots.items()}
            )
    return None


class Because(NamedTuple):
    """Several reasons as one sentence, and the language that it is in: English where one of them is not translated."""

    text: str
    language: str


def because(reasons: Iterable[str], language: str) -> Because:
    """Reasons of a record for a reader of that language.

    >>> because(("no name is printed", "few labels"), "fr")
    Because(text='aucun nom n’est imprimé\u202f; peu d’étiquettes', language='fr')
    """
    given = list(reasons)
    known = [told(reason, language) for reason in given]
    whole = all(known) or not given
    stop = words(language).table["grammar"]["semicolon"]
    ours = [_set(one) if language == "en" else one for one in given]
    shown = stop.join(there or english for there, english in zip(known, ours, strict=True))
    return Because(shown, language if whole else "en")


def _set(english: str) -> str:
    """A sentence of the record with the quotation marks of a page: the record writes straight ones.

    >>> _set("under 'MINISTER' the speaker's words begin; 'Marrow' is not meant")
    "under “MINISTER” the speaker's words begin; “Marrow” is not meant"
    """
    return _QUOTED.sub(r"“\1”", english)


def _slot(name: str, held: str, language: str) -> str:
    """What a slot holds, for the reader; whatever is quoted from a source stays as it is."""
    said, english = words(language), words("en")
    kind = name.split("_")[0]
    if kind == "reason":
        return told(held, language) or held
    if kind == "quote":
        return said.quote(held[1:-1])
    if kind == "names":
        for word in ("or", "and"):
            held = held.replace(f" {word} ", f" {said.table['grammar'][word]} ")
    elif kind == "labels":
        held = held.replace("“", said.table["grammar"]["open"]).replace("”", said.table["grammar"]["close"])
    elif kind == "language":
        codes = {english_name: code for code, english_name in english.table["languages"].items()}
        held = said.named("languages", codes.get(held)) or held
    elif kind == "sex":
        held = said.named("sex", held) or held
    elif kind == "office":
        held = _office(held, language)
    elif kind == "day":
        held = " ".join(_day(word, said, english) for word in held.split(" "))
    return held


@cache
def _offices(language: str) -> dict[str, Any]:
    path = OFFICES / f"{language}.toml"
    return toml.load(path) if path.is_file() else {}


def _office(held: str, language: str) -> str:
    """An office of the roster, "president of Russia", in the reader's language; one without a translation as it is."""
    known = _offices(language)
    title, _, place = held.rpartition(" of ")
    while title and title not in known.get("titles", ()):  # "president of Republic of the Congo"
        title, _, more = title.rpartition(" of ")
        place = f"{more} of {place}"
    if not title:
        return held
    return str(known["form"].format(title=known["titles"][title], place=known["places"].get(place, place)))


def _day(word: str, said: Words, english: Words) -> str:
    """The name of a month or a weekday in the reader's language; any other word as it is."""
    for table in ("months", "weekdays"):
        if word in english.table["grammar"][table]:
            return str(said.table["grammar"][table][english.table["grammar"][table].index(word)])
    return word
