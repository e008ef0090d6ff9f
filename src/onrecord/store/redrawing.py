"""A record while corrections are applied to it: its lists unfrozen, changed one by one, and frozen again.

Every method returns how many things it changed; 0 means that nothing stands at exactly that span.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from msgspec.structs import replace

from onrecord.model import Alias, Flag, Mark, Person, Quote, Record, Statement, Turn
from onrecord.model import StatementKind as Kind
from onrecord.people.names import fold
from onrecord.spans import Span

Spanned = TypeVar("Spanned", Turn, Statement, Flag)
Said = TypeVar("Said", Statement, Flag)


class Redrawn:
    """The record and what was changed in it so far."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._text = record.sources[0].text
        self._people = list(record.people)
        self._turns = list(record.turns)
        self._statements = list(record.statements)
        self._flags = list(record.flags)
        self._marks: list[Mark] = list(record.marks)
        self._quotes: list[Quote] = sorted(record.quotes, key=lambda quote: quote.span)
        self._order = {quote.id: at for at, quote in enumerate(record.quotes)}
        self._quote_starts = [quote.span.start for quote in self._quotes]
        self._attributed = 0
        self._rebuild()
        self._statement_places = _by_span(self._statements)
        self._flag_places = _by_span(self._flags)

    def _rebuild(self) -> None:
        """What stands where and belongs to which turn, after turns were cut or joined."""
        self._places = _by_span(self._turns)
        self._marks_of: dict[str | None, list[int]] = {}
        for at, mark in enumerate(self._marks):
            self._marks_of.setdefault(mark.turn, []).append(at)
        self._stated_in: dict[str | None, list[int]] = {}
        for at, one in enumerate(self._statements):
            self._stated_in.setdefault(one.turn, []).append(at)

    def record(self) -> Record:
        """The record as it stands now; relations between statements that are gone go with them."""
        known = {one.id for one in self._statements}
        coverage = self._record.coverage
        return replace(
            self._record,
            people=tuple(self._people),
            turns=tuple(self._turns),
            marks=tuple(self._marks),
            quotes=tuple(sorted(self._quotes, key=lambda quote: self._order[quote.id])),
            statements=tuple(self._statements),
            relations=tuple(
                one for one in self._record.relations if one.a in known and (one.b is None or one.b in known)
            ),
            flags=tuple(self._flags),
            coverage=replace(
                coverage,
                attributed=coverage.attributed + self._attributed,
                unattributed=coverage.unattributed - self._attributed,
            ),
        )

    # --------------------------------------------------------------------------------------------------- turns

    def speaker(self, span: Span, name: str, reason: str, *, every: bool) -> int:
        """Who speaks the turn at a span; with `every`, all turns under its label."""
        found = self._places.get(span, [])
        if every:
            labels = {self._label(self._turns[at]) for at in found} - {""}
            found = found + [
                at for at, turn in enumerate(self._turns) if at not in found and self._label(turn) in labels
            ]
        for at in found:
            self._speaks(at, name, reason)
        return len(found)

    def label(self, span: Span, name: str, reason: str) -> int:
        """Whom the label at a span means; all turns under it are theirs."""
        if not any(turn.label == span for turn in self._turns):
            return 0
        printed = self._text[span.start : span.end]
        found = [at for at, turn in enumerate(self._turns) if self._label(turn) == printed]
        for at in found:
            self._speaks(at, name, reason)
        self._alias(name, printed, reason)
        return len(found)

    def split(self, span: Span, name: str, reason: str) -> int:
        """A new turn from the start of the span; the span must end where the turn does."""
        found = [
            at
            for at, turn in enumerate(self._turns)
            if turn.span.start < span.start < turn.span.end and turn.span.end == span.end
        ]
        if not found:
            return 0
        at, turn = found[0], self._turns[found[0]]
        left, right = self._cut(turn.speech, span.start)
        if not left or not right or span.start < (turn.label.end if turn.label else turn.span.start):
            return 0
        first = replace(turn, span=Span(turn.span.start, left[-1].end), speech=left)
        first = replace(first, text=self._read(first.span))
        second = replace(
            turn,
            id=self._fresh(turn.id),
            span=Span(right[0].start, turn.span.end),
            label=None,
            speech=right,
            speaker=turn.speaker,
            reasons=(reason,),
        )
        second = replace(second, text=self._read(second.span))
        self._turns[at : at + 1] = [first, second]
        self._move(turn.id, second.id, second.span)
        self._speaks(at + 1, name, reason)
        return 1

    def merge(self, span: Span, reason: str) -> int:
        """The turn at a span goes on with the one before."""
        found = [at for at in self._places.get(span, []) if at > 0]
        if not found:
            return 0
        before, turn = self._turns[found[0] - 1], self._turns[found[0]]
        if before.source != turn.source:
            return 0
        self._speaks(found[0], self._name(before.speaker), reason)
        whole = Span(before.span.start, turn.span.end)
        joined = replace(
            before, span=whole, text=self._read(whole), speech=before.speech + turn.speech, reasons=(reason,)
        )
        self._turns[found[0] - 1 : found[0] + 1] = [joined]
        self._move(turn.id, before.id, turn.span)
        return 1

    def _speaks(self, at: int, name: str, reason: str) -> None:
        turn = self._turns[at]
        person = self._person(name) if name.strip() else None
        inked = sum(map(len, "".join(self._spoken(turn)).split()))
        self._attributed += inked * ((person is not None) - (turn.speaker is not None))
        self._turns[at] = replace(
            turn,
            speaker=person,
            judgement="certain" if person else "unresolved",
            candidates=(),
            reasons=(reason,),
        )
        if turn.speaker != person:
            self._follow(turn, person)

    def _follow(self, turn: Turn, person: str | None) -> None:
        """What the turn's speaker stated, and what they are quoted with in it, is now another's."""

        def chain(names: tuple[str, ...]) -> tuple[str, ...]:
            if not names or names[0] != turn.speaker:
                return names
            return ((person,) if person else ()) + names[1:]

        for at in self._stated_in.get(turn.id, ()):
            one = self._statements[at]
            speaker = person if one.speaker == turn.speaker else one.speaker
            self._statements[at] = replace(one, speaker=speaker, chain=chain(one.chain))
        first = bisect_left(self._quote_starts, turn.span.start)
        for at in range(first, bisect_left(self._quote_starts, turn.span.end)):
            quote = self._quotes[at]
            if len(quote.chain) > 1:
                self._quotes[at] = replace(quote, chain=chain(quote.chain))

    def _move(self, old: str, new: str, span: Span) -> None:
        """Marks and statements inside a span belong to another turn now."""
        for at in self._marks_of.get(old, ()):
            if span.holds(self._marks[at].span):
                self._marks[at] = replace(self._marks[at], turn=new)
        for at in self._stated_in.get(old, ()):
            if span.holds(self._statements[at].span):
                self._statements[at] = replace(self._statements[at], turn=new)
        self._rebuild()

    def _spoken(self, turn: Turn) -> list[str]:
        """The speech of a turn without its marks."""
        marks = [self._marks[at].span for at in self._marks_of.get(turn.id, ())]
        pieces = []
        for speech in turn.speech:
            at = speech.start
            for mark in (mark for mark in marks if speech.meets(mark)):
                pieces.append(self._text[at : max(at, mark.start)])
                at = max(at, mark.end)
            pieces.append(self._text[at : speech.end])
        return pieces

    def _cut(self, speech: Sequence[Span], at: int) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
        """Stretches of speech before and from a character, without the blanks between them."""
        left = (Span(one.start, min(one.end, at)) for one in speech if one.start < at)
        right = (Span(max(one.start, at), one.end) for one in speech if one.end > at)
        return tuple(self._trimmed(left)), tuple(self._trimmed(right))

    def _trimmed(self, spans: Iterable[Span]) -> Iterator[Span]:
        for span in spans:
            words = self._read(span)
            if words.strip():
                left = len(words) - len(words.lstrip())
                yield Span(span.start + left, span.start + len(words.rstrip()))

    def _fresh(self, id: str) -> str:
        taken = {turn.id for turn in self._turns}
        return next(name for n in range(2, len(taken) + 3) if (name := f"{id}.{n}") not in taken)

    def _label(self, turn: Turn) -> str:
        return self._read(turn.label) if turn.label else ""

    def _read(self, span: Span) -> str:
        return self._text[span.start : span.end]

    # -------------------------------------------------------------------------------------------------- people

    def _person(self, name: str) -> str:
        """The id of a person of that name; somebody whom the record does not know joins it."""
        wanted = fold(name)
        for person in self._people:
            if fold(person.name) == wanted:
                return person.id
        taken = {person.id for person in self._people}
        id = next(f"p{n}" for n in range(len(taken) + 1, 2 * len(taken) + 2) if f"p{n}" not in taken)
        self._people.append(Person(id, name.strip(), "person"))
        return id

    def _alias(self, name: str, printed: str, reason: str) -> None:
        id = self._person(name)
        at = next(at for at, person in enumerate(self._people) if person.id == id)
        person = self._people[at]
        if all(alias.text != printed for alias in person.aliases):
            alias = Alias(printed, "user", "certain", (reason,))
            self._people[at] = replace(person, aliases=(*person.aliases, alias))

    def _name(self, id: str | None) -> str:
        return next((person.name for person in self._people if person.id == id), "")

    # --------------------------------------------------------------------------------------- statements, flags

    def statement(self, span: Span, of: str, kind: str, reason: str, *, every: bool) -> int:
        """The kind of the statement at a span; an empty kind takes it out of the ledger."""
        found = _chosen(self._statements, self._statement_places, span, of, every)
        for at in found:
            if kind:
                said: Kind = kind  # type: ignore[assignment]  # corrections.py has checked the word
                self._statements[at] = replace(self._statements[at], kind=said, reasons=(reason,))
        if found and not kind:
            self._statements = _without(self._statements, found)
            self._statement_places = _by_span(self._statements)
            self._rebuild()
        return len(found)

    def flag(self, span: Span, of: str, wrong: bool, *, every: bool) -> int:
        """The verdict on the flag at a span; a wrong one is dropped."""
        found = _chosen(self._flags, self._flag_places, span, of, every)
        if found and wrong:
            self._flags = _without(self._flags, found)
            self._flag_places = _by_span(self._flags)
        return len(found)


def _by_span(items: Sequence[Spanned]) -> dict[Span, list[int]]:
    places: dict[Span, list[int]] = {}
    for at, item in enumerate(items):
        if item.source == items[0].source:
            places.setdefault(item.span, []).append(at)
    return places


def _chosen(
    items: Sequence[Said],
    places: dict[Span, list[int]],
    span: Span,
    of: str,
    every: bool,
) -> list[int]:
    """The items at a span of one kind (of any, where `of` is empty); with `every` also all that read the same."""
    found = [at for at in places.get(span, []) if of in ("", items[at].kind)]
    if every and found:
        like = {(items[at].kind, items[at].text) for at in found}
        found = [at for at, item in enumerate(items) if (item.kind, item.text) in like]
    return found


def _without(items: list[Spanned], places: list[int]) -> list[Spanned]:
    gone = set(places)
    return [item for at, item in enumerate(items) if at not in gone]
