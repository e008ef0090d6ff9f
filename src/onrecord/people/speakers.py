"""The speakers of one document: labels resolved to people, and the turns with whom they belong to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onrecord.model import Person, Turn
from onrecord.people.given import given_people
from onrecord.people.participants import participants
from onrecord.people.resolve import Heard, Resolution, resolve
from onrecord.spans import Text
from onrecord.structure import EXACT, RawTurn, Structure
from onrecord.structure.exact import ListedPerson


class Speakers:
    """People of one document, and the turns they speak."""

    def __init__(
        self,
        text: Text,
        structure: Structure,
        language: str | None,
        aliases: Mapping[str, str],
        date: str | None,
        listed: Sequence[ListedPerson] = (),
    ) -> None:
        self.text, self.structure = text, structure
        self._heard, self._order = _labels(text.characters, structure.turns)
        frames = [(block.start, block.end) for block in structure.blocks if block.kind == "frame"]
        asked = bool(structure.turns) or structure.kind == "article"
        self.named = participants(text.characters, frames, language) if asked else []
        self.people: list[Person]
        self._resolved: Sequence[Resolution]
        self._doubted = structure.convention.judgement == "unresolved"
        if EXACT in structure.convention.grammars or listed:
            self.people, self._resolved = given_people(self._heard, listed, aliases)
            return
        self.people, self._resolved = resolve(
            self._heard,
            text.characters,
            language,
            self._order,
            self._speech,
            dict(aliases),
            date,
            [(item.name, item.span) for item in self.named],
        )

    def _speech(self, turn: int) -> str:
        return " ".join(self.text.characters[start:end] for start, end in self.structure.turns[turn].speech)

    def turns(self) -> list[Turn]:
        """The turns with their speakers; under a convention that is not proven nobody is asserted to speak."""
        changes = [dict(resolution.by_turn) for resolution in self._resolved]
        return [self._turn(index, raw, changes) for index, raw in enumerate(self.structure.turns)]

    def _turn(self, index: int, raw: RawTurn, changes: Sequence[Mapping[int, str]]) -> Turn:
        text = self.text
        at = self._order[index]
        who = self._resolved[at] if at >= 0 else Resolution(None, reasons=("no name is printed",))
        person, judgement, candidates = who.person, who.judgement, who.candidates
        if at >= 0 and index in changes[at]:
            person = changes[at][index]
        reasons = who.reasons
        judgement = raw.judgement or judgement
        if self._doubted:
            candidates = candidates or ((person,) if person else ())
            person, judgement = None, "unresolved"
            reasons = (*reasons, *self.structure.convention.reasons[-1:])
        span = text.span(raw.start, raw.end)
        return Turn(
            id=f"t{index + 1}",
            source="s1",
            span=span,
            text=text.read(span),
            label=text.span(*raw.label) if raw.label else None,
            speech=tuple(text.span(start, end) for start, end in raw.speech),
            speaker=person,
            others=who.others,
            judgement=judgement,
            candidates=candidates,
            reasons=reasons,
            time=raw.time,
        )

    def speaking(self) -> list[tuple[str, RawTurn]]:
        """Each person who speaks, with the first turn of theirs that prints a label."""
        first: dict[str, RawTurn] = {}
        for index, raw in enumerate(self.structure.turns):
            at = self._order[index]
            person = self._resolved[at].person if at >= 0 else None
            if person and raw.label and not self._doubted:
                first.setdefault(person, raw)
        return list(first.items())


def _labels(text: str, turns: Sequence[RawTurn]) -> tuple[list[Heard], list[int]]:
    """The distinct printed labels in order of appearance, and for each turn the index of its label (-1: none)."""
    index: dict[str, int] = {}
    firsts: list[tuple[RawTurn, tuple[int, int]]] = []
    opens: list[list[int]] = []
    order: list[int] = []
    for number, turn in enumerate(turns):
        name = turn.parts.text
        if not name:
            order.append(-1)
            continue
        if name not in index:
            index[name] = len(firsts)
            firsts.append((turn, turn.label or (turn.start, turn.start)))
            opens.append([])
        order.append(index[name])
        opens[index[name]].append(number)
    heard = [
        Heard(turn.parts.text, turn.parts, first, len(numbers), tuple(numbers))
        for (turn, first), numbers in zip(firsts, opens, strict=True)
    ]
    return heard, order
