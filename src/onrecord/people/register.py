"""The people of one document while they are being found: one draft a person, under every form of the name."""

from __future__ import annotations

import msgspec

from onrecord.model import Alias, AliasKind, Judgement, Person
from onrecord.people.names import fold, skeletons, split
from onrecord.people.roster import roster

LONGEST = 6  # words of a name that are indexed; what is longer is a phrase, not a name


class Draft(msgspec.Struct, eq=False):
    """A person in the making. `turns` are where the labels of this person stand."""

    name: str
    kind: str = "person"
    gender: str | None = None
    affiliation: str = ""
    known: str | None = None
    aliases: dict[str, Alias] = {}
    turns: list[int] = []

    def call(
        self, text: str, kind: AliasKind, judgement: Judgement = "certain", reasons: tuple[str, ...] = ()
    ) -> None:
        """Note that the document uses `text` for this person; the first reading of a form stays."""
        self.aliases.setdefault(text, Alias(text, kind, judgement, reasons))

    def person(self, id: str) -> Person:
        """The finished person."""
        kind = self.kind if self.kind in ("group", "office", "unnamed") else "person"
        return Person(id, self.name, kind, tuple(self.aliases.values()), self.known)  # type: ignore[arg-type]


class Register:
    """All drafts, in the order in which they were met, with an index for every way to name somebody."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self._whole: dict[str, list[Draft]] = {}
        self._surname: dict[str, list[Draft]] = {}
        self._given: dict[str, list[Draft]] = {}
        self._sound: dict[str, list[Draft]] = {}

    def add(self, draft: Draft) -> Draft:
        """Take in a new person and index its name."""
        self.drafts.append(draft)
        if draft.kind == "person":
            self.index(draft, draft.name)
        return draft

    def index(self, draft: Draft, name: str) -> None:
        """Let `name` lead to the draft: whole, by every ending (a double surname), by its first word."""
        words = fold(name).split(" ")[:LONGEST]
        _put(self._whole, " ".join(words), draft)
        for at in range(1 if len(words) > 1 else 0, len(words)):
            _put(self._surname, " ".join(words[at:]), draft)
        if len(words) > 1 and len(words[0]) > 1:
            _put(self._given, words[0], draft)
        if any(c.isdigit() for c in name):
            return  # "Speaker 12" has no other spelling
        if len(words) > 1:
            for sound in skeletons(name):
                _put(self._sound, sound, draft)
        for sound in skeletons(split(name).surname):
            _put(self._sound, "… " + sound, draft)

    def whole(self, name: str) -> list[Draft]:
        """Everybody who is printed with exactly that name."""
        return self._whole.get(fold(name), [])

    def by_surname(self, name: str) -> list[Draft]:
        """Everybody whose printed name is, or ends with, that name."""
        return self._surname.get(fold(name), [])

    def by_given(self, name: str) -> list[Draft]:
        """Everybody whose full name begins with that word."""
        return self._given.get(fold(name), [])

    def by_sound(self, name: str, *, surname: bool = False) -> list[Draft]:
        """Everybody with this name in another script, or whom the roster knows under both spellings."""
        if any(c.isdigit() for c in name):
            return []
        prefix = "… " if surname else ""
        found: list[Draft] = []
        for sound in sorted(skeletons(name)):
            for draft in self._sound.get(prefix + sound, ()):
                if draft not in found and _one_name(draft.name, name, surname):
                    found.append(draft)
        return found


def _put(index: dict[str, list[Draft]], key: str, draft: Draft) -> None:
    drafts = index.setdefault(key, [])
    if draft not in drafts[-8:]:
        drafts.append(draft)


def _one_name(a: str, b: str, surname: bool) -> bool:
    """Sounding alike is enough across scripts; inside one script the roster must know both spellings."""
    if _script(a) != _script(b):
        return True
    if surname:
        ids = {known.id for known in roster().by_surname(b)}
        return bool(ids & {known.id for known in roster().by_full_name(a)})
    ids = {known.id for known in roster().by_full_name(b)}
    return bool(ids & {known.id for known in roster().by_full_name(a)})


def _script(name: str) -> bool:
    return any("Ѐ" <= c <= "ӿ" for c in name)
