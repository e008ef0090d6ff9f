"""Small dialogues for the tests: labels with their parts, and words; resolved with one call."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.model import Person
from onrecord.people.resolve import Heard, Resolution, resolve
from onrecord.structure.printed import LabelParts

Line = tuple[LabelParts, str]


def person(name: str, **parts: str) -> LabelParts:
    """A label that is a name: person("Lind", honorific="Mme", gender="f")."""
    brackets = f"({parts['affiliation']})" if parts.get("affiliation") else ""
    printed = " ".join(filter(None, [parts.get("honorific"), parts.get("office"), name, brackets]))
    text = parts.pop("text", printed)
    return LabelParts("person", text, name=name, **parts)


def office(text: str, name: str = "", **parts: str) -> LabelParts:
    """A label that is an office, perhaps with its holder in brackets."""
    printed = f"{text} ({parts.get('honorific', 'M.')} {name})" if name else text
    return LabelParts("office", printed, office=text, name=name, **parts)


def voice(kind: str, text: str) -> LabelParts:
    """A label of another kind: query, group, code, unnamed."""
    return LabelParts(kind, text)  # type: ignore[arg-type]


class Play:
    """A resolved dialogue: `play["Smith"]` is the resolution of a label, `play.name("Smith")` whom it names."""

    def __init__(
        self,
        lines: Sequence[Line],
        language: str | None = "en",
        frame: str = "",
        aliases: dict[str, str] | None = None,
        date: str | None = None,
        extra: Sequence[str] = (),
    ) -> None:
        self.text = frame + "\n"
        starts = []
        for parts, speech in lines:
            starts.append(len(self.text))
            self.text += f"{parts.text}: {speech}\n"
        order = [parts.text for parts, _ in lines]
        where: dict[str, list[int]] = {}
        for n, label in enumerate(order):
            where.setdefault(label, []).append(n)
        labels = list(where)
        index = {label: n for n, label in enumerate(labels)}
        heard = []
        for label in labels:
            turns = tuple(where[label])
            parts = lines[turns[0]][0]
            at = starts[turns[0]]
            heard.append(Heard(label, parts, (at, at + len(label)), len(turns), turns))
        self.people: list[Person]
        self.people, resolutions = resolve(
            heard,
            self.text,
            language,
            [index[text] for text in order],
            lambda turn: lines[turn][1],
            aliases,
            date,
            [(name, (0, len(name))) for name in extra],
        )
        self.labels = dict(zip(labels, resolutions, strict=True))
        self.names = {p.id: p.name for p in self.people}

    def __getitem__(self, label: str) -> Resolution:
        return self.labels[label]

    def name(self, label: str) -> str | None:
        """The display name of the person that a label is resolved to."""
        found = self.labels[label].person
        return self.names[found] if found else None

    def candidates(self, label: str) -> list[str]:
        """The display names of a label's candidates."""
        return [self.names[id] for id in self.labels[label].candidates]

    def who(self, name: str) -> Person:
        """The person with that display name."""
        (found,) = [p for p in self.people if p.name == name]
        return found
