"""People whom only the narrative names: full names that something shows to be a person's.

A title or a role beside the name, the roster, or the surname alone further on. Whoever of them then speaks
enters the record.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.model import Alias, Person
from onrecord.people.mentions import runs
from onrecord.people.names import fold, is_honorific, split
from onrecord.people.roles import is_role_word
from onrecord.people.roster import roster
from onrecord.statements.quotes import Characters

LONGEST_NAME = 4  # words
BESIDE = 60  # characters on each side of a name in which a role shows that it is a person's


def people_named(
    text: str,
    narrative: Sequence[Characters],
    people: Sequence[Person],
) -> list[Person]:
    """New people of the narrative, in order of appearance, with ids behind those of the known `people`."""
    known = {fold(alias.text) for person in people for alias in person.aliases}
    known |= {fold(person.name) for person in people}
    surnames = {split(person.name).surname for person in people if person.kind == "person"}
    printed = [(start, end, list(runs(text, start, end))) for start, end in narrative]
    alone = _standing_alone(text, printed)
    found: list[Person] = []
    for name, beside in _names(text, printed):
        surname = split(name).surname
        if fold(name) in known or surname in surnames:
            continue
        if not (name.split()[-1] in alone or beside or roster().by_full_name(name)):
            continue
        known.add(fold(name))
        surnames.add(surname)
        alias = Alias(name, "printed", "certain", ("the narrative names this speaker",))
        rows = roster().by_full_name(name)
        identity = rows[0].id if len(rows) == 1 else None
        found.append(Person(f"p{len(people) + len(found) + 1}", name, "person", (alias,), identity))
    return found


_Printed = Sequence[tuple[int, int, list[tuple[int, int, str]]]]
"""The stretches of the narrative, each with its runs of capitalised words."""


def _standing_alone(text: str, printed: _Printed) -> frozenset[str]:
    """Names of one word that no article leads: "Lind left", but not "the Court ruled"."""
    found = set()
    for start, _, names in printed:
        for first, _, name in names:
            if " " not in name and not is_honorific(text[max(start, first - 6) : first].split(" ")[-2:][0]):
                found.add(name)
    return frozenset(found)


def _names(text: str, printed: _Printed) -> Iterator[tuple[str, bool]]:
    """Full names in order, and whether a title or a role stands beside them."""
    for start, end, names in printed:
        for first, last, run in names:
            words = run.split()
            titled = False
            while words and (is_honorific(words[0].rstrip(".")) or is_role_word(words[0])):
                words, titled = words[1:], True
            if not 2 <= len(words) <= LONGEST_NAME or any(
                is_role_word(word) or word.isupper() for word in words
            ):
                continue
            bare = text.find(words[0], first, last)
            yield " ".join(words), titled or _role_beside(text, max(start, bare - BESIDE), bare, last, end)


def _role_beside(text: str, left: int, first: int, last: int, end: int) -> bool:
    """Whether a role leads to a name or follows it behind a comma: "the mayor, Vera Lind", "Lind, the mayor"."""
    led = text[left:first].replace("\n", ".").rsplit(".", 1)[-1]
    if not led.rstrip().endswith(",") or "," in led.rstrip()[:-1]:
        led = led.rsplit(",", 1)[-1]
    behind = text[last : min(end, last + BESIDE)]
    described = behind.split(",")[1] if behind.startswith(",") else ""
    words = [word.strip(".,;:()") for word in [*led.split()[-6:], *described.split()[:6]]]
    return any(len(word) > 3 and is_role_word(word) for word in words)
