"""Who held which office: the shipped roster, read when first asked and indexed by need.

The rows are made by `scripts/roster.py` from the World Factbook (as republished by factbook/factbook.json,
CC0 1.0) and from hand-written files; each office says which (`source`), until when it was seen to hold (`seen`)
and how sure its dates are. The roster can name a person whom a document names; it is never a source of words, and
a face that shows its facts says so.

>>> [known.id for known in roster().by_full_name("Vladimir Poutine")]
['vladimir-putin']
>>> [known.name for known in roster().held_office("president", "France", "2025-08-15")]
['Emmanuel Macron']
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import Literal, NamedTuple

import msgspec

from onrecord.lexicon import ROOT, shared
from onrecord.people.names import fold, listed, skeletons


class Office(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One term of office. Dates are ISO, perhaps a year or month only; no `end`: in office when last `seen`.

    source   "factbook" (World Factbook, CC0 1.0) or "authors" (general knowledge of the authors, unchecked)
    sure     "likely": the start or the end may be off, or somebody in between may be missing
    """

    title: str
    country: str
    start: str
    end: str | None
    source: Literal["factbook", "authors"]
    sure: Literal["certain", "likely"]
    seen: str

    def held_on(self, date: str) -> bool:
        """Whether the office was held on an ISO date; false where nobody looked any more."""
        if self.start[: len(date)] > date:
            return False
        return date < self.end if self.end else date <= self.seen


class Known(msgspec.Struct, frozen=True, gc=False):
    """One person of the roster.

    `names` are by language where they differ from `name`, which is English; only `prominent` people may
    explain a bare surname. `keys`, `surnames` and `sounds` are folded forms, made beforehand for the
    indexes.
    """

    id: str
    name: str
    surname: str
    offices: tuple[Office, ...] = ()
    keys: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()
    names: dict[str, str] = {}
    aliases: tuple[str, ...] = ()
    gender: Literal["m", "f"] | None = None
    prominent: bool = False
    sounds: tuple[str, ...] = ()

    def in_office(self, date: str | None) -> bool:
        """Whether any office was held on that date; true where no date is given."""
        return date is None or any(office.held_on(date) for office in self.offices)

    def role(self, date: str | None = None) -> str | None:
        """An office in words, "president of Russia": the one held on `date`, else the last one."""
        held = [office for office in self.offices if date and office.held_on(date)] or self.offices[-1:]
        return f"{held[-1].title} of {held[-1].country}" if held else None


class Calque(NamedTuple):
    """A word that translators make of a surname: where it comes from, and who bears the name."""

    surname: str
    sense: str
    language: str  # of the surname read as a word
    people: tuple[str, ...]  # roster ids, prominent ones only


class Roster:
    """The rows and their indexes; every index is built on first use."""

    def __init__(self, rows: list[Known]) -> None:
        self.rows = rows

    @cached_property
    def _ids(self) -> dict[str, Known]:
        return {row.id: row for row in self.rows}

    @cached_property
    def _keys(self) -> dict[str, list[Known]]:
        return _index(self.rows, "keys")

    @cached_property
    def _surnames(self) -> dict[str, list[Known]]:
        return _index(self.rows, "surnames")

    @cached_property
    def _sounds(self) -> dict[str, list[Known]]:
        return _index(self.rows, "sounds")

    def get(self, id: str) -> Known | None:
        """The person with a roster id."""
        return self._ids.get(id)

    def by_full_name(self, name: str) -> list[Known]:
        """Everybody with that full name in any language; by sound where no spelling matches."""
        if found := self._keys.get(fold(name)):
            return found
        if " " not in fold(name):
            return []
        by_id = {row.id: row for sound in sorted(skeletons(name)) for row in self._sounds.get(sound, ())}
        return list(by_id.values())

    def by_surname(self, name: str, date: str | None = None) -> list[Known]:
        """Everybody with that surname in any language; with a date, only those in office then."""
        return [row for row in self._surnames.get(fold(name), ()) if row.in_office(date)]

    def held_office(self, title: str, country: str, date: str | None = None) -> list[Known]:
        """Everybody who held an office of a country (on an ISO date); part of a title will do."""
        wanted, place = fold(title), fold(country)
        exact: list[Known] = []
        close: list[Known] = []
        for row in self.rows:
            held = [
                fold(office.title)
                for office in row.offices
                if fold(office.country) == place and (date is None or office.held_on(date))
            ]
            if wanted in held:
                exact.append(row)
            elif any(wanted in name for name in held):
                close.append(row)
        return exact or close

    def calque(self, word: str, language: str | None) -> list[Calque]:
        """The surnames that a translator into `language` (any, if None) turns into this word.

        >>> roster().calque("Atout", "fr")[0].people
        ('donald-trump',)
        """
        found = []
        for surname, sense, origin in _translated_surnames(language).get(fold(word), ()):
            bearers = tuple(row.id for row in self.by_surname(surname) if row.prominent)
            found.append(Calque(surname, sense, origin, bearers))
        return found


def _index(rows: list[Known], field: Literal["keys", "surnames", "sounds"]) -> dict[str, list[Known]]:
    found: dict[str, list[Known]] = {}
    for row in rows:
        for key in getattr(row, field):
            found.setdefault(key, []).append(row)
    return found


@cache
def _translated_surnames(language: str | None) -> dict[str, list[tuple[str, str, str]]]:
    """Folded word -> (surname, sense, language of the surname), from surname_words.toml."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for surname, entry in shared("people/surname_words").items():
        for key, words in entry.items():
            if len(key) == 2 and key != "of" and language in (None, key):
                for word in listed(words):
                    rows = found.setdefault(fold(word), [])
                    if (row := (surname, entry["sense"], entry["of"])) not in rows:
                        rows.append(row)
    return found


@cache
def roster() -> Roster:
    """The shipped roster; read once."""
    data = (ROOT / "people" / "roster.jsonl").read_bytes()
    return Roster(msgspec.json.Decoder(Known).decode_lines(data))
