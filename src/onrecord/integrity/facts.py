"""What conflicts with known facts: the shipped roster of leaders, and the calendar.

The roster is dated and incomplete. So a rule speaks only where the roster knows the person as the holder of an office
that excludes the printed one, and is silent where the text says "former".
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from onrecord.integrity.document import Document
from onrecord.integrity.findings import Example, Finding, Rule
from onrecord.integrity.shared import data
from onrecord.people.names import fold, split
from onrecord.people.participants import Named, participants
from onrecord.people.roles import roles
from onrecord.people.roster import Known, roster
from onrecord.text.impossible import impossible

_LIMIT = 40_000
"""Characters of narrative that are read for names with roles; an article has fewer."""
_NEAR = 24
_EXCLUSIVE = frozenset(
    ("president", "prime minister", "king", "queen", "pope", "secretary of state", "chancellor")
)
"""Offices of which nobody holds two at once, and which no one calls by another's name."""
_TOP = _EXCLUSIVE | {"foreign minister"}


def wrong_role(document: Document) -> Iterator[Finding]:
    """A person with an office that the roster knows somebody else's kind of office to be."""
    for named, known in _known(document):
        role = named.value
        if role not in _EXCLUSIVE or named.role is None or _former(document, named):
            continue
        titles = {office.title for office in known.offices}
        if (
            not titles & _TOP
            or any(role in title or title in role for title in titles)
            or _abroad(role, known)
        ):
            continue
        held = known.role(document.date)
        printed = document.text[slice(*named.role)]
        yield Finding(*named.role, "critical", f"“{printed}” does not fit “{named.name}”, known as {held}")


def _abroad(role: str, known: Known) -> bool:
    """Whether the printed role is what that country calls the office that the person holds."""
    for row in data()["titles"].values():
        if row["role"] == role:
            held = {office.country for office in known.offices if office.title == row["office"]}
            return not held or bool(held & set(row["only"]))
    return False


def wrong_country(document: Document) -> Iterator[Finding]:
    """A head of state, of government or of diplomacy with the nationality of another country."""
    for named, known in _known(document):
        if named.value not in _TOP or named.role is None or _former(document, named):
            continue
        start = max(0, named.role[0] - _NEAR)
        nation = _nation(document, *named.role) or _nation(document, start, named.role[0], last=True)
        held = {office.country for office in known.offices}
        if nation and held and nation[1] not in held:
            start, end = min(named.role[0], nation[0]), named.span[1]
            printed = document.text[start:end]
            yield Finding(
                start, end, "critical",
                f"“{printed}” does not fit “{named.name}”, known as {known.role(document.date)}",
            )  # fmt: skip


def _nation(document: Document, start: int, end: int, *, last: bool = False) -> tuple[int, str] | None:
    """A nationality in the role phrase, or directly before it ("British Prime Minister"): where, and the country."""
    numbers = range(document.at(start), document.at(end))
    for at in numbers[-1:] if last else numbers:
        if document.end(at) > end:
            break
        for stem, country in _nations(document.language):
            if document.words[at].startswith(stem) and len(document.words[at]) <= len(stem) + 3:
                return document.starts[at], country
    return None


@cache
def _nations(language: str | None) -> tuple[tuple[str, str], ...]:
    table: dict[str, str] = data()["nations"].get(language or "", {})
    return tuple((stem, country) for country, stems in table.items() for stem in stems.split())


def wrong_first_name(document: Document) -> Iterator[Finding]:
    """The surname and office of the one who held it on the day of the event, with another first name."""
    if document.date is None:
        return
    for named in _named(document):
        name = split(named.name)
        if named.role is None or named.value not in _TOP or roster().by_full_name(named.name):
            continue
        holders = [
            known
            for known in roster().by_surname(name.surname, document.date)
            if known.prominent
            and any(o.title == named.value and o.held_on(document.date) for o in known.offices)
        ]
        if len(holders) != 1 or _former(document, named) or not name.given:
            continue
        given = {
            fold(form).split(" ")[0][:1]
            for form in (holders[0].name, *holders[0].names.values(), *holders[0].aliases)
        }
        if name.given[0][:1] not in given:
            known_as = f"“{holders[0].name}”, known as {holders[0].role(document.date)}"
            yield Finding(*named.span, "major", f"the first name of “{named.name}” is not that of {known_as}")


def impossible_date(document: Document) -> Iterator[Finding]:
    """A date that does not exist or has another weekday, a time that no clock shows, in the narrative."""
    for start, end in _frames(document):
        for found in impossible(document.text, document.language, start, end):
            yield Finding(found.start, found.end, "major", f"“{found.text}”: {found.why}")


def _frames(document: Document) -> list[tuple[int, int]]:
    """The narrative: frames, or a short text without any speech; as much of it as is read."""
    frames = [(block.span.start, block.span.end) for block in document.blocks if block.kind == "frame"]
    if not frames and not document.turns:
        frames = [(0, len(document.text))]
    kept, left = [], _LIMIT
    for start, end in frames:
        kept.append((start, min(end, start + left)))
        left -= end - start
        if left <= 0:
            break
    return kept


def _named(document: Document) -> list[Named]:
    found: list[Named] = document.remember(
        "named", lambda: participants(document.text, _frames(document), document.language)
    )
    return found


def _known(document: Document) -> Iterator[tuple[Named, Known]]:
    """People of the narrative with a role whom exactly one row of the roster knows."""
    for named in _named(document):
        found = roster().by_full_name(named.name) if named.role and _single(document, named.role) else []
        if len(found) == 1:
            yield named, found[0]


def _single(document: Document, role: tuple[int, int]) -> bool:
    """Whether the role phrase is one office: "King Charles and President" is two, of two people."""
    joiners = roles(document.language).joiners
    return joiners.isdisjoint(document.words[document.at(role[0]) : document.at(role[1])])


def _former(document: Document, named: Named) -> bool:
    """Whether the text says that the office is past, to come, or somebody else's."""
    start, end = named.role or named.span
    near = range(document.at(max(0, start - _NEAR)), document.at(max(end, named.span[1]) + _NEAR))
    past = document.tongue.listed("former")
    adverbs = document.tongue.listed(
        "former_adverbs"
    )  # "Then Prime Minister X spoke" says nothing of the past
    return any(
        document.words[at] in past or (document.words[at] in adverbs and not document.capital[at])
        for at in near
    )


RULES = (
    Rule(
        "role_of_another", "role", "facts", wrong_role,
        Example("fr", "Vladimir Poutine est venu avec le ⟦secrétaire d’État russe⟧ Sergueï Lavrov, dit le port."),
        Example("fr", "On a vu le secrétaire d’État américain Marco Rubio et le ministre russe Sergueï Lavrov."),
    ),
    Rule(
        "country_of_another", "country", "facts", wrong_country,
        Example("en", "The harbour was closed when the ⟦Ukrainian President Vladimir Putin⟧ arrived."),
        Example("en", "The harbour was closed when the Russian President Vladimir Putin arrived from Ukraine."),
    ),
    Rule(
        "impossible_date", "date", "facts", impossible_date,
        Example("en", "They met on ⟦30 February 2024⟧ in the harbour."),
        Example("en", "They met on 29 February 2024 in the harbour."),
    ),
    Rule(
        "first_name_of_another", "first_name", "facts", wrong_first_name,
        Example("en", "2025-08-15\nThen British Prime Minister ⟦Cyrus Starmer⟧ spoke."),
        Example("en", "2025-08-15\nThen British Prime Minister Keir Starmer and Prime Minister Ada Vale spoke."),
    ),
)  # fmt: skip
