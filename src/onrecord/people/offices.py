"""Labels that print an office: who holds it, and when nobody can say.

"Le président (M. David Tilson)" prints the holder of a chair: the bare label is that person until another
holder is printed. "Le Président Moreau" prints a guest's title; two such guests make the bare title
ambiguous, and one guest is not taken for the chair. Everything else is an office: an entry of its own,
never merged with a person.
"""

from __future__ import annotations

from typing import NamedTuple

from onrecord.model import Judgement
from onrecord.people.names import office_key
from onrecord.people.register import Draft


class Holder(NamedTuple):
    """An office printed with a name, at a turn; `chair`: the name stands in brackets behind the office."""

    turn: int
    draft: Draft
    chair: bool


class Held(NamedTuple):
    """Who a bare office label is. `by_turn` gives the person of each turn where the holder changes."""

    draft: Draft | None
    candidates: tuple[Draft, ...]
    judgement: Judgement
    reasons: tuple[str, ...]
    by_turn: tuple[tuple[int, Draft], ...] = ()


class Offices:
    """The holders of every office that the labels print."""

    def __init__(self) -> None:
        self._holders: dict[str, list[Holder]] = {}

    def hold(self, office: str, draft: Draft, turns: tuple[int, ...], chair: bool) -> None:
        """Note that labels print `draft` as the holder of an office at these turns."""
        holders = self._holders.setdefault(office_key(office), [])
        holders.extend(Holder(turn, draft, chair) for turn in turns)

    def read(self, office: str, gender: str | None, turns: tuple[int, ...]) -> Held:
        """Who the bare label of an office is, in these turns."""
        key = office_key(office)
        fitting = [
            h
            for h in self._holders.get(key, ())
            if None in (gender, h.draft.gender) or h.draft.gender == gender
        ]
        holders = sorted(fitting, key=lambda holder: holder.turn)
        people = _distinct(holders)
        chairs = [holder for holder in holders if holder.chair]
        if chairs:
            return _chair(office, chairs, turns)
        if len(people) > 1:
            names = " or ".join(person.name for person in people)
            return Held(None, people, "ambiguous", (f"{office!r} alone may be {names}",))
        if people and " " in key:
            return Held(people[0], (), "likely", (f"{people[0].name} is printed as {office!r}",))
        if people:
            return Held(None, people, "likely", (f"a chair, or {people[0].name}: not taken for one person",))
        return Held(None, (), "certain", ())


def _distinct(holders: list[Holder]) -> tuple[Draft, ...]:
    return tuple({id(holder.draft): holder.draft for holder in holders}.values())


def _chair(office: str, chairs: list[Holder], turns: tuple[int, ...]) -> Held:
    people = _distinct(chairs)
    if len(people) == 1:
        return Held(people[0], (), "certain", (f"{people[0].name} is printed as the holder of {office!r}",))
    by_turn, at, current = [], 0, chairs[0].draft
    for turn in sorted(turns):
        while at < len(chairs) and chairs[at].turn <= turn:
            current = chairs[at].draft
            at += 1
        by_turn.append((turn, current))
    used = {id(draft): draft for _, draft in by_turn}
    if len(used) == 1:
        return Held(current, (), "likely", (f"{current.name} was last printed as the holder of {office!r}",))
    names = ", then ".join(person.name for person in people)
    return Held(None, people, "ambiguous", (f"the holder of {office!r} changes: {names}",), tuple(by_turn))
