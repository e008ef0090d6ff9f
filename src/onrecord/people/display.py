"""The name by which a record shows a person: the longest that the document prints, in its own spelling.

A surname that stands alone stays alone unless the text itself prints one full name that goes with it. The
roster adds its id where a full name fits exactly one row; what it merely suggests goes into the reasons.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from onrecord.people.mentions import runs
from onrecord.people.names import fold, split
from onrecord.people.register import Draft
from onrecord.people.roles import is_role_word
from onrecord.people.roster import Known, roster

if TYPE_CHECKING:
    from onrecord.people.cast import Answer, Heard

FIRST = 400_000  # characters searched for fuller names: a name is printed in full when it first matters
MANY = 2000  # people; a document with more is a list, where the roster and the text have nothing to add


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
    short = [draft for draft in people if not split(draft.name).full and "(" not in draft.name]
    loud = [draft for draft in people if draft.name.isupper() and split(draft.name).full]
    fuller = full_names(text) if short or loud else {}
    for draft in people:
        if draft in short:
            _lengthen(draft, fuller)
        if draft.name.isupper():
            draft.name = _quiet(draft.name, fuller)
        draft.known = _known(draft, id(draft) in titled, date)
        if not draft.aliases:
            draft.call(draft.name, "printed")


def _lengthen(draft: Draft, fuller: Mapping[str, list[str]]) -> None:
    """A surname becomes the one full name that the text prints for it."""
    own = split(draft.name)
    names = {
        fold(name): name
        for name in fuller.get(own.surname, ())
        if not own.initials or split(name).given[0].startswith(own.given[0])
    }
    if len(names) == 1:
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
    lower = set(re.findall(r"(?<![^\W_])[^\W\d_A-Z]{2,40}", text[:FIRST]))
    found: dict[str, list[str]] = {}
    for _, _, run in runs(text, 0, min(len(text), FIRST)):
        words = run.split()
        while words and (is_role_word(words[0]) or words[0].lower() in lower):
            words = words[1:]
        name = " ".join(words)
        if 2 <= len(words) <= 6 and split(name).full:
            bucket = found.setdefault(split(name).surname, [])
            if name not in bucket and len(bucket) < 20:
                bucket.append(name)
    return found


def printed_surname(surname: str, text: str) -> str | None:
    """The fullest form in which the text prints a folded surname with a capital; None where it does not.

    >>> printed_surname("lind", "He met Vera Lind. Lind said no.")
    'Vera Lind'
    """
    if full := full_names(text).get(surname):
        return full[0]
    for _, _, run in runs(text, 0, min(len(text), FIRST)):
        last = run.split()[-1]
        if fold(last) == surname and not re.search(rf"(?m)^{re.escape(run)}\s?:", text):
            return last
    return None
