"""The people whom TEI and Akoma Ntoso declare: their ids, their names as one writes them, and doubts about both.

Parliaments write a name as one string, or in parts with the surname first (ParlaMint); they give several names to
somebody who married or whose alphabet is another; and two members of one name are two people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from onrecord.sources.exact import CHARACTER, character
from onrecord.sources.limits import NOTES
from onrecord.sources.reading import ReaderNote
from onrecord.sources.witness import PERSON_KINDS

_PERSON = {
    "person": "person", "TLCPerson": "person", "TLCRole": "office", "TLCOrganization": "group", "org": "group",
}  # fmt: skip
"""Elements that declare somebody, with the kind of voice it is where no role says so."""
_NAMED = frozenset({"persName", "orgName"})
_WHOLE = _NAMED | {"name"}
_PARTS = ("forename", "nameLink", "surname", "genName")
"""The parts of a name in the order in which one says them; a file may print the surname first."""
_XML_ID = "http://www.w3.org/XML/1998/namespace id"


class _Name:
    """One name of somebody: characters by the element they stand in; `past` where it ended before today."""

    def __init__(self, past: bool = False) -> None:
        self.pieces: list[tuple[str, str]] = []
        self.past = past

    def said(self) -> str:
        """As one says it: forenames first where parts are told apart."""
        parts = [words for sort in _PARTS for part, words in self.pieces if part == sort]
        return " ".join(" ".join(parts or [words for _, words in self.pieces]).split())

    def exact(self) -> str:
        """Every character, as a file of our own has it."""
        return "".join(words for _, words in self.pieces)


class _Person:
    def __init__(self, kind: str, shown: str) -> None:
        self.kind = kind
        self.names = [_Name()]
        if shown:
            self.names[0].pieces.append(("", shown))

    def name(self) -> _Name:
        """The first name that is still borne, else the first."""
        given = [name for name in self.names if name.pieces] or self.names
        return next((name for name in given if not name.past), given[0])


class People:
    """Everybody who is declared, as the elements of a head come by."""

    def __init__(self) -> None:
        self.notes: list[ReaderNote] = []
        self._people: dict[str, _Person] = {}
        # Ids declared again: the line where first, and the names before the last one.
        self._again: dict[str, tuple[int, list[str]]] = {}
        self._open: _Person | None = None

    def __contains__(self, reference: str) -> bool:
        return reference in self._people

    def start(self, local: str, attributes: Mapping[str, str], line: int) -> None:
        """An element begins; it may declare somebody, or begin a name of whoever is open."""
        if local in _PERSON:
            self._declare(_PERSON[local], attributes, line)
        elif self._open and local in _NAMED:
            self._open.names.append(_Name("to" in attributes))

    def _declare(self, kind: str, attributes: Mapping[str, str], line: int) -> None:
        who = attributes.get(_XML_ID) or attributes.get("eId") or attributes.get("id")
        shown = attributes.get("showAs", "")
        role = attributes.get("role") or attributes.get("href", "").rpartition("/")[0].rpartition("/")[2]
        sort = role if role in PERSON_KINDS else kind
        self._open = _Person(sort, shown if shown.strip() else "") if who else None
        if not who or self._open is None:
            return
        if "showAs" in attributes and not shown.strip():
            self._note(line, f"#{who} is declared without a name")
        if who in self._people:
            _, before = self._again.setdefault(who, (line, []))
            before.append(self._people[who].name().said())
        self._people[who] = self._open

    def end(self, local: str) -> None:
        """An element ends."""
        if local in _PERSON:
            self._open = None

    def characters(self, local: str, words: str) -> None:
        """Characters directly inside an element `local`; those of a name are kept."""
        if self._open and (local in _WHOLE or local in _PARTS):
            self._open.names[-1].pieces.append((local, words))

    def instruction(self, local: str, target: str, data: str) -> None:
        """A processing instruction; one of ours stands for a character that XML cannot hold."""
        if target == CHARACTER:
            self.characters(local, character(data))

    def exact(self) -> dict[str, tuple[str, str]]:
        """Kind and name of everybody, to the character."""
        return {who: (person.kind, person.name().exact()) for who, person in self._people.items()}

    def kind(self, who: str) -> str:
        """Which kind of voice somebody is who was declared."""
        return self._people[who].kind

    def called(self, speaking: Collection[str]) -> dict[str, str]:
        """The names of the ids that speak. What is doubtful gets a note, and no name that might be another's."""
        names = {who: self._people[who].name().said() for who in speaking if who in self._people}
        for who in self._doubted():
            names.pop(who, None)
        shared = Counter(name for name in names.values() if name)
        for name in [name for name, count in shared.items() if count > 1][:NOTES]:
            ids = [f"#{who[:60]}" for who, called in names.items() if called == name]
            told = f"{' and '.join(ids[:3])} are both called {name[:60]}; each is named with its id"
            self.notes.append(ReaderNote("speaker", told))
        return {who: f"{name} ({who})" if shared[name] > 1 else name for who, name in names.items() if name}

    def _doubted(self) -> Iterator[str]:
        """Ids that stand for two people stand for nobody: their speeches keep their labels, or the bare id."""
        for count, (who, (line, before)) in enumerate(self._again.items()):
            names = list(dict.fromkeys([*before, self._people[who].name().said()]))
            told = f"#{who[:60]} is declared twice"
            if len(names) > 1:
                first, second = (name[:60] or "nobody" for name in names[:2])
                told += f", as {first} and as {second}; neither name is taken"
                yield who
            if count < NOTES:
                self._note(line, told)

    def _note(self, line: int, message: str) -> None:
        if len(self.notes) < NOTES:
            self.notes.append(ReaderNote("speaker", f"line {line}: {message}"))
