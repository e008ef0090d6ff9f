"""Who of one account is who of the other, across languages and scripts.

People are paired by the surest sign first, and each only once: the roster's identity, a name that sounds the same
("М.Касл" does not, "Т.Браск" does), a surname, a given name that both print ("Marlen Castillo" is what a machine made
of Marlen Castle), an initial, and for offices and groups the idea of the word ("LA MODÉRATRICE", "El Moderator").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from onrecord.collation.account import Account
from onrecord.collation.concepts import concepts
from onrecord.collation.romanised import cognates
from onrecord.model import Person
from onrecord.people.names import fold, skeletons, split

_UNPAIRED = "?"  # opens the key of a speaker for whom the other account has nobody
_MOST = 300  # people beyond which an account is a list of names, where nobody is paired by less than identity

_Signs = Callable[[Person], Iterable[str]]


class SamePeople(NamedTuple):
    """For A and B: the key that each word of a name stands for, and the key of each turn's speaker.

    `pairs` has the ids of the people who are one. A speaker whom the other account does not have opens with "?",
    and "" is a speaker of whom nothing is known.
    """

    names: tuple[dict[str, str], dict[str, str]]
    speakers: tuple[list[str], list[str]]
    pairs: dict[str, str]


def same_people(a: Account, b: Account) -> SamePeople:
    """Pair the people of two accounts, and give the pairs keys that both share."""
    pairs = _pairs(a, b)
    keys_a = {who: f"={at}" for at, who in enumerate(sorted(pairs))}
    keys_b = {pairs[who]: key for who, key in keys_a.items()}
    return SamePeople(
        (_name_words(a, keys_a), _name_words(b, keys_b)), (_speakers(a, keys_a), _speakers(b, keys_b)), pairs
    )


def _pairs(a: Account, b: Account) -> dict[str, str]:
    speaking = [{turn.speaker for turn in account.turns} for account in (a, b)]
    pairs: dict[str, str] = {}
    everybody: list[_Signs] = [_known, _sounds]
    speakers: list[_Signs] = [_surname, _given, _initial, _office(a, b)]
    for step, signs in enumerate([*everybody, *speakers]):
        only = step >= len(everybody)
        left, right = (
            [
                person
                for person in account.record.people
                if person.id not in taken and (not only or person.id in voices)
            ]
            for account, taken, voices in zip(
                (a, b), (set(pairs), set(pairs.values())), speaking, strict=True
            )
        )
        if max(len(left), len(right)) <= _MOST or step == 0:
            pairs.update(_by(signs, left, right))
    return pairs


def _by(signs: _Signs, left: Sequence[Person], right: Sequence[Person]) -> dict[str, str]:
    """Pairs of people who share a sign that nobody else of either side has."""
    mine, others = _bearers(signs, left), _bearers(signs, right)
    found: dict[str, set[str]] = {}
    for sign in mine.keys() & others.keys():
        if len(mine[sign]) == 1 and len(others[sign]) == 1:
            found.setdefault(next(iter(mine[sign])), set()).update(others[sign])
    sure = {who: next(iter(whom)) for who, whom in found.items() if len(whom) == 1}
    counts = list(sure.values())
    return {who: whom for who, whom in sorted(sure.items()) if counts.count(whom) == 1}


def _bearers(signs: _Signs, people: Sequence[Person]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for person in people:
        for sign in signs(person):
            found.setdefault(sign, set()).add(person.id)
    return found


def _known(person: Person) -> Iterable[str]:
    return [person.known] if person.known else []


def _sounds(person: Person) -> Iterable[str]:
    return skeletons(person.name) if person.kind == "person" else []


def _surname(person: Person) -> Iterable[str]:
    return skeletons(split(person.name).surname) if person.kind == "person" else []


def _given(person: Person) -> Iterable[str]:
    name = split(person.name)
    return [sound for word in name.given[:1] for sound in skeletons(word)] if name.full else []


def _initial(person: Person) -> Iterable[str]:
    name = split(person.name)
    return {sound[:1] for word in name.given[:1] for sound in skeletons(word)}


def _office(a: Account, b: Account) -> _Signs:
    """The ideas of a name's words, in the language of the account that prints it, and how an office sounds."""
    language = {id(person): account.language for account in (a, b) for person in account.record.people}

    def signs(person: Person) -> Iterable[str]:
        printed = " ".join([person.name, *(alias.text for alias in person.aliases)]).split()
        ideas = {idea for word in printed for idea in concepts(word, language[id(person)])}
        return ideas if person.kind == "person" else ideas.union(*map(cognates, printed))

    return signs


def _name_words(account: Account, keys: Mapping[str, str]) -> dict[str, str]:
    """Each word of a paired person's names, as tokens print it; a word of two people stands for neither."""
    found: dict[str, str] = {}
    for person in account.record.people:
        if person.id not in keys or person.kind != "person":
            continue
        texts = [
            person.name,
            *(alias.text for alias in person.aliases if alias.kind in {"translated", "typo"}),
        ]
        for word in {word.casefold().strip(".,()") for text in texts for word in text.split()}:
            if len(word) > 2:
                found[word] = "" if word in found else keys[person.id]
    return found


def _speakers(account: Account, keys: Mapping[str, str]) -> list[str]:
    return [_speaker(account, turn, keys) for turn in range(len(account.turns))]


def _speaker(account: Account, turn: int, keys: Mapping[str, str]) -> str:
    """A pair's key, else the idea of the label ("Question", "Вопрос"), else a stranger's own."""
    who = account.speaker(turn)
    if who is None:
        return ""
    if who in keys:
        return keys[who]
    label = fold(who.removeprefix("label ")) if who.startswith("label ") else account.people.get(who, "")
    ideas = sorted({idea for word in label.split() for idea in concepts(word, account.language)})
    if ideas:
        return f"~{ideas[0]}"
    return "" if who.startswith("label ") else f"{_UNPAIRED}{who}"


def strangers(one: str, other: str) -> bool:
    """Whether two speakers' keys are of two people: both known, not the same, and at least one of them paired.

    >>> strangers("=1", "=2"), strangers("=1", "?p4"), strangers("?p3", "?p4"), strangers("=1", "")
    (True, True, False, False)
    """
    return bool(one and other) and one != other and "=" in {one[0], other[0]}
