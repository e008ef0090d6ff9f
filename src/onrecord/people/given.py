"""People of a file that says itself who speaks: each name is one person, and nobody is guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, cast, get_args

import msgspec

from onrecord.model import Alias, Person
from onrecord.people.cast import Heard, Resolution
from onrecord.people.roster import roster
from onrecord.structure.exact import WHY, ListedPerson

_Kind = Literal["person", "group", "office", "unnamed"]
_KINDS: dict[str, _Kind] = {"code": "unnamed"}
_NOBODY = ("query", "unnamed")
"""Kinds of labels that may be another person each time, where the file does not list them."""


def given_people(
    heard: Sequence[Heard], listed: Sequence[ListedPerson], aliases: Mapping[str, str]
) -> tuple[list[Person], list[Resolution]]:
    """The people whom the file lists, in its order, then whoever speaks and is not listed; and who each label is.

    `aliases` are names that the user knows better than the file.
    """
    people: list[Person] = []
    ids: dict[str, str] = {}
    said = set(aliases.values())
    merged: dict[str, int] = {}
    for kind, name, others in (*listed, *_unlisted(heard, listed)):
        called = aliases.get(name)
        printed = (
            Alias(name, "user", "certain", ("you said so",))
            if called
            else Alias(name, "printed", "certain", WHY)
        )
        names = (printed, *(alias for alias in others if alias.text != printed.text))
        shown = called or name
        if shown in merged:  # two of the file's people are one, as the user says
            one = people[merged[shown]]
            people[merged[shown]] = msgspec.structs.replace(one, aliases=(*one.aliases, *names))
            ids.setdefault(name, one.id)
            continue
        ids.setdefault(name, f"p{len(people) + 1}")
        if shown in said:
            merged[shown] = len(people)
        rows = roster().by_full_name(shown)
        known = rows[0].id if len(rows) == 1 else None
        sort = cast(_Kind, kind if kind in get_args(_Kind) else _KINDS.get(kind, "person"))
        people.append(Person(f"p{len(people) + 1}", shown, sort, names, known))
    return people, [_resolution(label, ids) for label in heard]


def _unlisted(heard: Sequence[Heard], listed: Sequence[ListedPerson]) -> list[ListedPerson]:
    """Whoever speaks and is not listed, in the order of their first words."""
    voices = [parts for label in heard for parts in label.parts.joint or (label.parts,)]
    kinds = {parts.text: parts.kind for parts in voices if parts.text and parts.kind not in _NOBODY}
    names = {person.name for person in listed}
    return [ListedPerson(kind, name) for name, kind in kinds.items() if name not in names]


def _resolution(label: Heard, ids: Mapping[str, str]) -> Resolution:
    found = [ids[parts.text] for parts in label.parts.joint or (label.parts,) if parts.text in ids]
    if not found:
        return Resolution(None, reasons=("the file names nobody",))
    return Resolution(found[0], tuple(found[1:]), "certain", (), WHY)
