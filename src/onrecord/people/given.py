"""People of a file that says itself who speaks: each name is one person, and nobody is guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, cast, get_args

from onrecord.model import Alias, Person
from onrecord.people.cast import Heard, Resolution
from onrecord.people.roster import roster
from onrecord.structure.exact import WHY, ListedPerson

_Kind = Literal["person", "group", "office", "unnamed"]


def given_people(
    heard: Sequence[Heard], listed: Sequence[ListedPerson], aliases: Mapping[str, str]
) -> tuple[list[Person], list[Resolution]]:
    """The people whom the file lists, in its order; and who each label is.

    `aliases` are names that the user knows better than the file.
    """
    people: list[Person] = []
    ids: dict[str, str] = {}
    for kind, name, others in listed:
        one = f"p{len(people) + 1}"
        ids.setdefault(name, one)
        printed = Alias(name, "printed", "certain", WHY)
        if said := aliases.get(name):
            printed, name = Alias(name, "user", "certain", ("you said so",)), said
        rows = roster().by_full_name(name)
        known = rows[0].id if len(rows) == 1 else None
        names = (printed, *(alias for alias in others if alias.text != printed.text))
        sort = cast(_Kind, kind if kind in get_args(_Kind) else "person")
        people.append(Person(one, name, sort, names, known))
    return people, [_resolution(label, ids) for label in heard]


def _resolution(label: Heard, ids: Mapping[str, str]) -> Resolution:
    found = [ids[parts.text] for parts in label.parts.joint or (label.parts,) if parts.text in ids]
    if not found:
        return Resolution(None, reasons=("the file names nobody",))
    return Resolution(found[0], tuple(found[1:]), "certain", (), WHY)
