"""Translated labels: "Atout:" where "Donald Trump:" spoke before.

A translation program turns a surname that is an ordinary word into that word. Whether a label is such a
word is judged from evidence that is written out as sentences: the table of surnames that are words; the
person has a label of their own and stops speaking where the new label begins; the new label's turns
alternate with the others; the words spoken under it address somebody else; nobody else is missing. Without
the table, nobody is ever named: the one missing speaker becomes a candidate and the label stays ambiguous.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from onrecord.model import Judgement
from onrecord.people.names import fold
from onrecord.people.register import Draft
from onrecord.people.roster import Calque, roster

LANGUAGES = {"en": "English", "fr": "French", "de": "German", "es": "Spanish", "ru": "Russian"}
LANGUAGES |= {"it": "Italian", "pt": "Portuguese", "uk": "Ukrainian", "ar": "Arabic"}
_WORD = re.compile(r"[^\W\d_]+")
_CLOSING = 600  # characters at either end of a turn in which people are greeted and thanked


class Floor(NamedTuple):
    """Who speaks when: for each turn its draft (None: unnamed or unknown), and its words."""

    order: Sequence[Draft | None]
    speech: Callable[[int], str]

    def neighbours(self, turns: Sequence[int]) -> list[Draft]:
        """Who speaks directly before or after any of these turns."""
        near = {t + step for t in turns for step in (-1, 1)} - set(turns)
        found: list[Draft] = []
        for turn in sorted(near):
            draft = self.order[turn] if 0 <= turn < len(self.order) else None
            if draft is not None and draft not in found:
                found.append(draft)
        return found


class Reading(NamedTuple):
    """Who a label may be: `judgement` is likely for one person, ambiguous otherwise."""

    candidates: tuple[Draft, ...]
    judgement: Judgement
    reasons: tuple[str, ...]


def tabled(word: str, language: str | None) -> list[Calque]:
    """What the table says of a one-word label."""
    return roster().calque(word, language) if " " not in fold(word) else []


def from_table(
    word: str, turns: Sequence[int], found: Sequence[tuple[Calque, Draft]], language: str | None, floor: Floor
) -> Reading:
    """Judge a label that the table knows, against the people of the document who bear such a surname."""
    if len(found) > 1:
        names = " or ".join(draft.name for _, draft in found)
        return Reading(
            tuple(d for _, d in found), "ambiguous", (f"{word!r} may be a translation of {names}",)
        )
    calque, draft = found[0]
    tongue = LANGUAGES.get(language or "", "another language")
    reasons = [
        f"{word!r} is what a translator into {tongue} makes of the surname {calque.surname.title()}"
        f" ({LANGUAGES.get(calque.language, calque.language)}: {calque.sense})"
    ]
    evidence, strong = _for(word, draft, turns, floor)
    reasons += evidence
    against = _against(draft, turns, floor)
    if against or not strong:
        return Reading((draft,), "ambiguous", (*reasons, *against))
    return Reading((draft,), "likely", tuple(reasons))


def missing(
    word: str, turns: Sequence[int], text: str, speakers: Sequence[Draft], floor: Floor
) -> Reading | None:
    """Judge a label that no table knows: an ordinary word, in a dialogue where one speaker went missing."""
    others = floor.neighbours(turns)
    gone = [draft for draft in speakers if draft not in others]
    if len(gone) != 1 or len(others) != 1 or max(gone[0].turns) > min(turns):
        return None
    if not _ordinary(word, text):
        return None
    reasons = (
        f"{word!r} is an ordinary word of this text and nobody's name in it",
        *_for(word, gone[0], turns, floor)[0],
        "no table says that it is a translated name, so nobody is named",
    )
    return Reading((gone[0],), "ambiguous", reasons)


def _for(word: str, draft: Draft, turns: Sequence[int], floor: Floor) -> tuple[list[str], bool]:
    """The evidence that the label is this person, as sentences, and whether any of it is strong."""
    reasons = []
    stops = bool(draft.turns) and max(draft.turns) < min(turns)
    if stops:
        reasons.append(f"{draft.name} has a label too, which stops where {word!r} begins")
    elif not draft.turns:
        reasons.append(f"the text names {draft.name}, who has no other label")
    called = _called(word, draft, turns, floor)
    others = floor.neighbours(turns)
    if others and draft not in others:
        reasons.append(
            f"the turns of {word!r} alternate with those of {' and '.join(o.name for o in others)}"
        )
    reasons += called
    speaking = {id(d): d for d in floor.order if d is not None and d.kind == "person"}.values()
    if stops and all(d is draft or d in others or max(d.turns) > min(turns) for d in speaking):
        reasons.append("nobody else who spoke before is missing after it")
    return reasons, stops or not draft.turns or bool(called)


def _called(word: str, draft: Draft, turns: Sequence[int], floor: Floor) -> list[str]:
    """Whom the speaker of the label addresses, and whom the speaker before it addresses."""
    reasons = []
    for other in floor.neighbours(turns):
        if name := _addressed(other, turns, floor):
            reasons.append(f"under {word!r} the speaker addresses {name!r}, so it is not {other.name}")
    for turn in sorted({turn - 1 for turn in turns} - set(turns)):
        if 0 <= turn < len(floor.order) and (name := _addressed(draft, [turn], floor)):
            reasons.append(f"the speaker just before addresses {name!r}")
            break
    return reasons


def _against(draft: Draft, turns: Sequence[int], floor: Floor) -> list[str]:
    """The evidence that the label is somebody else."""
    reasons = []
    if draft in floor.neighbours(turns):
        reasons.append(f"but {draft.name} speaks directly before or after it under a label with that name")
    if called := _addressed(draft, turns, floor):
        reasons.append(f"but under it the speaker addresses {called!r}")
    return reasons


def _addressed(person: Draft, turns: Sequence[int], floor: Floor) -> str | None:
    """The name by which a turn addresses a person, set off by commas or ending the sentence."""
    words = person.name.split()
    names = [words[0], person.name, words[-1]] if len(words) > 1 else words
    for turn in turns:
        speech = floor.speech(turn)
        ends = speech if len(speech) <= 2 * _CLOSING else speech[:_CLOSING] + " \n " + speech[-_CLOSING:]
        for name in names:
            if re.search(rf"(?:, |^){re.escape(name)}\s?[,.!?;…]", ends):
                return name
    return None


def _ordinary(word: str, text: str) -> bool:
    """Whether the text uses the word in lower case, and in no sentence with a capital as a name."""
    low = word.lower()
    lower = capital = 0
    for match in _WORD.finditer(text):
        if len(match[0]) == len(word) and match[0].lower() == low:
            before = text[max(0, match.start() - 3) : match.start()]
            opens = "\n" in before or not before.strip() or before.strip()[-1] in '.!?…:«“"'
            lower += match[0] == low
            capital += match[0] != low and not opens
    return lower > 0 and capital == 0
