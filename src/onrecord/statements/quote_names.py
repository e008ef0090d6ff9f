"""People whom only the narrative names: full names that something shows to be a person's.

A title or a role beside the name, the roster, or the surname alone further on. Whoever of them then speaks
enters the record.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.model import Alias, Person
from onrecord.people.mentions import runs
from onrecord.people.names import fold, is_honorific, split
from onrecord.people.roles import is_role_word, roles
from onrecord.people.roster import roster
from onrecord.statements.quote_words import ADV, CONJ, DET, PREP, SUB, quote_words
from onrecord.statements.quotes import Characters

LONGEST_NAME = 4  # words
BESIDE = 60  # characters on each side of a name in which a role shows that it is a person's


def people_named(
    text: str,
    narrative: Sequence[Characters],
    people: Sequence[Person],
    language: str | None = None,
) -> list[Person]:
    """New people of the narrative, in order of appearance, with ids behind those of the known `people`."""
    known = {fold(alias.text) for person in people for alias in person.aliases}
    known |= {fold(person.name) for person in people}
    surnames = {split(person.name).surname for person in people if person.kind == "person"}
    printed = [(start, end, list(runs(text, start, end))) for start, end in narrative]
    alone = _standing_alone(text, printed)
    found: list[Person] = []
    for name, beside in _names(text, printed, language):
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


def _names(text: str, printed: _Printed, language: str | None) -> Iterator[tuple[str, bool]]:
    """Full names in order, and whether a title or a role stands beside them."""
    for start, end, names in printed:
        for first, last, run in names:
            words = _past_small(run.split(), language)
            titles = next((at for at, word in enumerate(words) if not says_what(word, language)), len(words))
            titled, words = titles > 0, words[titles:]
            if not 2 <= len(words) <= LONGEST_NAME or any(
                is_role_word(word) or word.isupper() for word in words
            ):
                continue
            bare = text.find(words[0], first, last)
            if _is_thing(text[max(start, bare - 20) : bare], words, language):
                continue
            yield " ".join(words), titled or _role_beside(text, max(start, bare - BESIDE), bare, last, end)


def _past_small(words: list[str], language: str | None) -> list[str]:
    """The words without a preposition or an adverb that has its capital from the head of the sentence."""
    know = quote_words(language)
    small = PREP | ADV | SUB | CONJ
    at = 0
    while know.capital_nouns and at < len(words) and know.classes.get(words[at].lower(), 0) & small:
        if know.classes[words[at].lower()] & DET or words[at].lower() in know.name_particles:
            break
        at += 1
    return words[at:]


def says_what(word: str, language: str | None) -> bool:
    """Whether a word before a name says what somebody is, and not who: a title, a role, a nationality.

    Where every noun has a capital, the ending tells: "Hafenministerin Vera Lind".
    """
    if is_honorific(word.rstrip(".")) or is_role_word(word):
        return True
    know = quote_words(language)
    if not know.capital_nouns:
        return False
    return word.lower().endswith(know.role_endings) or roles(language).adjective(word) is not None


def _is_thing(before: str, words: Sequence[str], language: str | None) -> bool:
    """Whether an article makes capitals a thing's: "die Torver Rundschau"; people have none before their names."""
    know = quote_words(language)
    led = before.split()[-1:] or [""]
    return know.capital_nouns and any(know.classes.get(word.lower(), 0) & DET for word in (led[0], words[0]))


def _role_beside(text: str, left: int, first: int, last: int, end: int) -> bool:
    """Whether a role leads to a name or follows it behind a comma: "the mayor, Vera Lind", "Lind, the mayor"."""
    led = text[left:first].replace("\n", ".").rsplit(".", 1)[-1]
    if not led.rstrip().endswith(",") or "," in led.rstrip()[:-1]:
        led = led.rsplit(",", 1)[-1]
    behind = text[last : min(end, last + BESIDE)]
    described = behind.split(",")[1] if behind.startswith(",") else ""
    words = [word.strip(".,;:()") for word in [*led.split()[-6:], *described.split()[:6]]]
    return any(len(word) > 3 and is_role_word(word) for word in words)
