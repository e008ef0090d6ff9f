"""Whom a quotation names: names, offices and labels of a record that can be that person's.

>>> one_name("President Marlen Castle", "Castle"), one_name("Marlen Castle", "Ada Castle")
(True, False)
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from onrecord.model import Person, Record, Turn
from onrecord.people.names import fold, office_key, skeletons, split

_ASIDE = re.compile(r"[,(\[].{0,400}$", re.DOTALL)  # what stands behind a name and is no part of it
_SOUNDS = 5  # letters of a surname below which a likeness of sound says nothing


class Voice(NamedTuple):
    """Who speaks a passage: `speaker` holds the floor, `chain` is who reports whom, outermost first.

    `reported` says that the innermost voice is not the speaker's; `inner` is its name as printed, where nobody of
    the record is meant, and `before` what stands in front of it where that is only a pronoun.
    """

    speaker: str | None
    others: tuple[str, ...]
    candidates: tuple[str, ...]
    chain: tuple[str, ...]
    reported: bool = False
    inner: str = ""
    before: str = ""

    @property
    def source(self) -> str | None:
        """The id of whose words they are in the end."""
        if self.reported:
            return self.chain[-1] if len(self.chain) > 1 else None
        return self.speaker


class Named(NamedTuple):
    """Whom a quotation names: every printed form of the name, and an id of the shipped roster where one is known."""

    forms: tuple[str, ...]
    known: str | None = None


class Register:
    """Who of a record is the one a quotation names; worked out once for a name."""

    def __init__(self, record: Record, by: Named) -> None:
        self.by = by
        quoting = any(quote.type == "direct" for quote in record.quotes)
        self.article = quoting and record.sources[0].layout.kind == "article"
        self.people = frozenset(person.id for person in record.people if is_person(record, person, by))
        text = record.sources[0].text
        labels = {turn.id: text[turn.label.start : turn.label.end] for turn in record.turns if turn.label}
        named = {label for label in set(labels.values()) if self.names(label)}
        self.labelled = frozenset(turn for turn, label in labels.items() if label in named)
        self.others = frozenset(labels) - self.labelled
        self.speaks = bool(self.labelled) or any(turn.speaker in self.people for turn in record.turns)

    def names(self, printed: str) -> bool:
        """Whether a printed name is that of the one named."""
        return any(one_name(name, form) for name in named(printed).forms for form in self.by.forms)

    def _inner(self, heard: Voice) -> bool:
        """Whether a reported source who is nobody of the record is the one named; a pronoun leans on what is before."""
        if not heard.before:
            return self.names(heard.inner)
        before = f" {fold(heard.before)} "
        return any(f" {split(form).surname} " in before for form in self.by.forms)

    def _narrated(self, heard: Voice) -> bool | None:
        """Whether words of an article are the named one's: as printed beside them. An article that quotes people tells
        the rest in words of its own; any other text without turns may be speech that nobody recognised."""
        if heard.inner:
            return True if self.names(heard.inner) else None
        return False if self.article else None

    def matches(self, heard: Voice, turn: Turn | None) -> bool | None:
        """Whether a voice is the one named; None where the record does not know who speaks.

        A turn without a resolved speaker is not theirs if they speak in the same text under a label of their own.
        """
        if heard.reported:
            return heard.source in self.people if heard.source else self._inner(heard)
        if self.people & {heard.speaker, *heard.others}:
            return True
        if heard.speaker is not None:
            return False
        if turn is None:
            return self._narrated(heard)
        if self.people & set(heard.candidates):
            return None
        if turn.id in self.labelled:
            return True
        return False if turn.id in self.others and self.speaks else None


def is_person(record: Record, person: Person, by: Named) -> bool:
    """Whether a person of a record is the one named, by name, alias, role or roster."""
    if by.known and person.known:
        return by.known == person.known
    forms = {person.name, *(alias.text for alias in person.aliases)}
    roles = [part.role.text for part in record.event.participants if part.person == person.id and part.role]
    return any(one_name(form, name) for form in forms for name in by.forms) or any(
        office_key(role) == office_key(name) for role in roles for name in by.forms
    )


def named(printed: str) -> Named:
    """Whom a user names: "Dietmar Woidke, Ministerpräsident (Brandenburg)" is also "Dietmar Woidke"."""
    bare = _ASIDE.sub("", printed).strip()
    return Named(tuple(dict.fromkeys(form for form in (printed, bare) if form)))


def one_name(a: str, b: str) -> bool:
    """Whether two printed names can be one person's.

    >>> one_name("President Marlen Castle", "Castle"), one_name("Marlen Castle", "Ada Castle")
    (True, False)
    """
    left, right = _key(a), _key(b)
    if not left or not right:
        return False
    if left == right:
        return True
    one, other = split(left), split(right)
    if one.surname != other.surname and not _sound_alike(one.surname, other.surname):
        return False
    short, long = sorted((one.given, other.given), key=len)
    return all(any(_given(name, full) for full in long) for name in short)


@lru_cache(maxsize=65536)
def _key(name: str) -> str:
    return office_key(name)


def _given(a: str, b: str) -> bool:
    return a == b or (1 in (len(a), len(b)) and a[:1] == b[:1]) or bool(skeletons(a) & skeletons(b))


def _sound_alike(a: str, b: str) -> bool:
    return (
        min(len(a), len(b)) >= _SOUNDS
        and a != b
        and _script(a) != _script(b)
        and bool(skeletons(a) & skeletons(b))
    )


def _script(name: str) -> bool:
    return any("Ѐ" <= letter <= "ӿ" for letter in fold(name))
