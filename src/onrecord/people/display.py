"""The name by which a record shows a person: the longest that the document prints, in its own spelling.

A surname that stands alone stays alone unless the text itself prints one full name that goes with it. The
roster adds its id where a full name fits exactly one row; what it merely suggests goes into the reasons.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from onrecord.people.mentions import runs
from onrecord.people.names import fold, is_honorific, split
from onrecord.people.register import Draft
from onrecord.people.roles import is_role_word
from onrecord.people.roster import Known, roster

if TYPE_CHECKING:
    from onrecord.people.cast import Answer, Heard

FIRST = 400_000  # characters searched for fuller names: a name is printed in full when it first matters
MANY = 2000  # people; a document with more is a list, where the roster and the text have nothing to add


_SMALL = re.compile(r"[\W_]([^\W\d_A-Z]{2,40})")


def name_people(
    drafts: Sequence[Draft],
    heard: Sequence[Heard],
    answers: Sequence[Answer | None],
    text: str,
    date: str | None,
) -> None:
    """Give every draft its display name and, where it is certain, its roster id."""
    if len(drafts) > MANY:
        return
    titled = {
        id(a.draft) for a, label in zip(answers, heard, strict=True) if a and a.draft and label.parts.office
    }
    people = [draft for draft in drafts if draft.kind == "person"]
    wanting = any(draft.name.isupper() or not split(draft.name).full for draft in people)
    fuller = full_names(text) if wanting else {}
    taken = {fold(draft.name) for draft in people}
    for draft in people:
        if not split(draft.name).full and "(" not in draft.name:
            _lengthen(draft, fuller, taken)
        if draft.name.isupper():
            draft.name = _quiet(draft.name, fuller)
        draft.known = _known(draft, id(draft) in titled, date)
        if not draft.aliases:
            draft.call(draft.name, "printed")


def _lengthen(draft: Draft, fuller: Mapping[str, list[str]], taken: set[str]) -> None:
    """A surname becomes the one full name that the text prints for it, unless that is somebody else's."""
    own = split(draft.name)
    names = {
        fold(name): name
        for name in fuller.get(own.surname, ())
        if not own.initials or split(name).given[0].startswith(own.given[0])
    }
    if len(names) == 1 and not taken & names.keys():
        draft.name = next(iter(names.values()))


def _quiet(name: str, fuller: Mapping[str, list[str]]) -> str:
    """A name in capitals, as the text prints it elsewhere; else as it stands."""
    printed = [other for other in fuller.get(split(name).surname, ()) if fold(other) == fold(name)]
    return next((other for other in printed if not other.isupper()), name)


def _known(draft: Draft, titled: bool, date: str | None) -> str | None:
    """The roster id: by a full name that fits one row, or by a surname printed with an office."""
    if draft.known:
        return draft.known
    if split(draft.name).full:
        rows = roster().by_full_name(draft.name)
        return rows[0].id if len(rows) == 1 else None
    prominent = [row for row in roster().by_surname(draft.name, date) if row.prominent]
    if len(prominent) != 1:
        return None
    if titled:
        return prominent[0].id
    _suggest(draft, prominent[0], date)
    return None


def _suggest(draft: Draft, row: Known, date: str | None) -> None:
    """Write into the first alias whom the roster would think of."""
    role = row.role(date)
    why = f"the roster knows one prominent {draft.name}: {row.name}{f', {role}' if role else ''}; not assumed"
    for text, alias in draft.aliases.items():
        draft.aliases[text] = type(alias)(alias.text, alias.kind, alias.judgement, (*alias.reasons, why))
        return


def full_names(text: str) -> dict[str, list[str]]:
    """The full names that the text prints, by folded surname."""
    lower = set(_SMALL.findall(f" {text[:FIRST]}"))
    inside: dict[str, list[str]] = {}
    opening: list[list[str]] = []
    for start, _, run in runs(text, 0, min(len(text), FIRST)):
        words = run.split()
        titles = [at for at, word in enumerate(words) if is_role_word(word) or is_honorific(word)]
        first = titles[-1] + 1 if titles else 0
        while first < len(words) and (words[first].lower() in lower or is_honorific(words[first])):
            first += 1
        if first == 0 and _opens(text, start):
            opening.append(words)
        else:
            _note(inside, words[first:])
    for words in opening:  # the first word of a sentence is a name only where something else says so
        if " ".join(words) in inside.get(split(" ".join(words)).surname, ()):
            continue
        _note(inside, words if roster().by_full_name(" ".join(words)) else words[1:])
    firsts = {(words[-2], fold(words[-1])) for words in opening if len(words) > 1}
    firsts |= {(name.split()[0], surname) for surname, names in inside.items() for name in names}
    bearers = Counter(first for first, _ in firsts)
    return {surname: kept for surname, names in inside.items() if (kept := _credible(names, bearers))}


def _note(found: dict[str, list[str]], words: list[str]) -> None:
    name = " ".join(words)
    parts = split(name)
    given = [word for word in parts.given if len(word) > 1]
    if (
        len(words) < 2
        or not parts.full
        or name.isupper()
        or not (len(given) == 1 or roster().by_full_name(name))
    ):
        return
    bucket = found.setdefault(parts.surname, [])
    if name not in bucket and len(bucket) < 20:
        bucket.append(name)


def _credible(names: list[str], bearers: Mapping[str, int]) -> list[str]:
    """Names whose first word is not a title in disguise: "Senators Reed" and "Senators Lind" give nobody a name."""
    return [name for name in names if bearers[name.split()[0]] < 2 or roster().by_full_name(name)]


def _opens(text: str, start: int) -> bool:
    """Whether a sentence or a line begins at `start`."""
    before = text[max(0, start - 3) : start]
    return "\n" in before or not before.strip() or before.rstrip()[-1] in ".!?…:"


def printed_surname(surname: str, text: str) -> str | None:
    """The fullest form in which the text prints a folded surname with a capital; None where it does not.

    >>> printed_surname("lind", "He met Vera Lind. Lind said no.")
    'Vera Lind'
    """
    if full := full_names(text).get(surname):
        return full[0]
    for start, end, run in runs(text, 0, min(len(text), FIRST)):
        last = run.split()[-1]
        label = _opens(text, start) and text[end : end + 2].lstrip()[:1] == ":"
        if fold(last) == surname and not label:
            return last
    return None
