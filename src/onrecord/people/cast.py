"""The state of one resolution: the labels, the people so far, and an answer for each label."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from onrecord.model import Judgement, Person
from onrecord.people import calques, display
from onrecord.people.names import fold, visible
from onrecord.people.offices import Offices
from onrecord.people.register import Draft, Register
from onrecord.people.roster import Calque, roster
from onrecord.people.typos import Counted, misprints
from onrecord.structure.printed import LabelParts

SHOWN = 20  # candidates of one label that are listed
FEW = 200  # labels; a dialogue in which a missing speaker can be noticed has far fewer


class Heard(NamedTuple):
    """One distinct printed label: the span of its `first` occurrence, and the `turns` it opens, in order."""

    text: str
    parts: LabelParts
    first: tuple[int, int]
    count: int  # type: ignore[assignment]
    turns: tuple[int, ...]


class Resolution(NamedTuple):
    """Who a label is, in person ids; `by_turn` has the person of single turns where that changes."""

    person: str | None
    others: tuple[str, ...] = ()
    judgement: Judgement = "unresolved"
    candidates: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    by_turn: tuple[tuple[int, str], ...] = ()


class Answer(NamedTuple):
    """A resolution that still points to drafts."""

    draft: Draft | None
    judgement: Judgement = "certain"
    candidates: tuple[Draft, ...] = ()
    reasons: tuple[str, ...] = ()
    others: tuple[Draft, ...] = ()
    by_turn: tuple[tuple[int, Draft], ...] = ()


class Cast:
    """The state of one resolution: labels, drafts, and an answer for each label so far."""

    def __init__(
        self,
        heard: Sequence[Heard],
        text: str,
        language: str | None,
        turn_order: Sequence[int],
        speeches: Callable[[int], str],
        date: str | None,
    ) -> None:
        self.heard, self.text, self.language, self.date = heard, text, language, date
        self.turn_order, self.speeches = turn_order, speeches
        self.people = Register()
        self.offices = Offices()
        self.known: dict[str, Draft] = {}  # by roster id
        self.marked: dict[tuple[str, str], Draft] = {}  # by folded surname and what tells its bearers apart
        self.answers: list[Answer | None] = [None] * len(heard)
        self.names = [visible(label.parts.name or label.text) for label in heard]
        named = [
            n
            for n, label in enumerate(heard)
            if label.parts.kind in ("person", "office") and label.parts.name
        ]
        self.in_order = sorted(
            range(len(heard)), key=lambda n: (heard[n].turns[:1] or (1 << 60,), heard[n].first)
        )
        counted = [Counted(self.names[n][0], heard[n].count, heard[n].turns) for n in named]
        slips, self.remark = misprints(counted)
        self.slips = {named[at]: named[slip.of] for at, slip in slips.items() if not slip.kept_apart}
        self.apart = {named[at]: slip.kept_apart for at, slip in slips.items() if slip.kept_apart}

    def pending(self) -> list[int]:
        """Labels without an answer, in the order of their first turn."""
        return [n for n in self.in_order if self.answers[n] is None]

    def nameable(self, n: int) -> bool:
        """Whether a label prints one person's name."""
        parts = self.heard[n].parts
        return not parts.joint and (parts.kind == "person" or (parts.kind == "office" and bool(parts.name)))

    def new(self, n: int) -> Draft:
        """A new person, named as the label prints it."""
        parts = self.heard[n].parts
        return self.people.add(Draft(self.names[n][0], gender=parts.gender, affiliation=parts.affiliation))

    def settle(self, n: int, answer: Answer) -> None:
        """Give a label its answer, and its person the label's turns."""
        self.answers[n] = answer
        parts = self.heard[n].parts
        for draft in (answer.draft, *answer.others):
            if draft is not None:
                draft.turns.extend(self.heard[n].turns)
                if not parts.joint:
                    draft.gender = draft.gender or parts.gender

    def leave_open(self, n: int, bearers: Sequence[Draft]) -> None:
        """Several people fit: say who, decide nothing."""
        shown = bearers[:SHOWN]
        names = " or ".join(draft.name for draft in shown)
        more = f", and {len(bearers) - SHOWN} more" if len(bearers) > SHOWN else ""
        why = (f"{self.heard[n].text!r} may be {names}{more}",)
        self.answers[n] = Answer(None, "ambiguous", tuple(shown), why)

    def fitting(self, drafts: Sequence[Draft], gender: str | None) -> list[Draft]:
        """The drafts that an honorific of that gender does not rule out."""
        return [
            d for d in drafts if d.kind == "person" and (None in (gender, d.gender) or d.gender == gender)
        ]

    def calqued(self, n: int) -> bool:
        """Whether a label that fits nobody yet waits for the translated names: it may be a word."""
        name = self.names[n][0]
        parts = self.heard[n].parts
        if parts.honorific or parts.office or " " in fold(name) or any(c.isdigit() for c in name):
            return False
        return bool(calques.tabled(name, self.language)) or len(self.heard) <= FEW

    def bearer(self, calque: Calque) -> Draft | None:
        """Somebody in the document with the surname that the table gives: by a label, else by the text."""
        found = [d for d in self.people.by_surname(calque.surname) if d.kind == "person"]
        if len(found) == 1:
            return found[0]
        printed = display.printed_surname(calque.surname, self.text) if not found else None
        return self.people.add(Draft(printed)) if printed else None

    def tabled_elsewhere(self, name: str) -> tuple[str, ...]:
        """What the table says of a label although nobody of that name is in the document."""
        ids = [id for calque in calques.tabled(name, self.language) for id in calque.people]
        known = [k.name for id in ids if (k := roster().get(id)) and k.in_office(self.date)]
        return (
            (f"translators also make {name!r} of {' or '.join(known)}, whom nothing here names",)
            if known
            else ()
        )

    def floor(self) -> calques.Floor:
        """Who speaks when, as far as it is known."""
        drafts = [answer.draft if answer else None for answer in self.answers]
        order = [drafts[n] if 0 <= n < len(drafts) else None for n in self.turn_order]
        return calques.Floor(order, self.speeches)

    def finish(self) -> tuple[list[Person], list[Resolution]]:
        """Number the people as they appear, give them names and roster ids, and point the answers at them."""
        drafts = sorted(self.people.drafts, key=lambda d: min(d.turns, default=len(self.turn_order)))
        display.name_people(drafts, self.heard, self.answers, self.text, self.date)
        ids = {id(draft): f"p{number}" for number, draft in enumerate(drafts, 1)}
        resolutions = []
        for answer in self.answers:
            assert answer is not None
            resolutions.append(
                Resolution(
                    ids[id(answer.draft)] if answer.draft else None,
                    tuple(ids[id(draft)] for draft in answer.others),
                    answer.judgement,
                    tuple(ids[id(draft)] for draft in answer.candidates),
                    (*filter(None, answer.reasons), self.remark)
                    if self.remark
                    else (*filter(None, answer.reasons),),
                    tuple((turn, ids[id(draft)]) for turn, draft in answer.by_turn),
                )
            )
        return [draft.person(ids[id(draft)]) for draft in drafts], resolutions
