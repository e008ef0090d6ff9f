"""Printed labels become people, each with a judgement and reasons. The order of the steps is the method:

1. what the user said                     certain, reversible
2. voices with no name, groups, codes     a query is never a person: two "Q" in a row are two reporters
3. full names                             one person each, in whatever case, script or with one misprint
4. short names                            surname, initials, given name: of exactly one person, else ambiguous
5. offices                                their printed holder, else an entry of their own
6. translated names                       one-word labels that a translator made of a surname
7. misprints                              the people of the labels that they misprint
8. joint labels                           the people found above
9. names of the frame                     people whom the article names and no label does
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from onrecord.model import AliasKind, Judgement, Person
from onrecord.people import calques
from onrecord.people.cast import FEW, Answer, Cast, Heard, Resolution
from onrecord.people.names import fold, office_key, split, visible
from onrecord.people.register import Draft
from onrecord.people.roster import roster
from onrecord.structure.printed import LabelParts

__all__ = ["Heard", "Resolution", "resolve"]


def resolve(
    heard: Sequence[Heard],
    text: str,
    language: str | None,
    turn_order: Sequence[int],
    speeches: Callable[[int], str],
    user_aliases: Mapping[str, str] | None = None,
    date: str | None = None,
    extra_names: Sequence[tuple[str, tuple[int, int]]] = (),
) -> tuple[list[Person], list[Resolution]]:
    """Resolve the labels of one document.

    `turn_order` gives for each turn the index of its label in `heard` (-1: no label), `speeches` the words
    of a turn. `user_aliases` maps a printed label to the name of a person; `date` (ISO) narrows what the
    roster may add; `extra_names` are names that stand outside labels. Returns the people, numbered as they
    appear, and one resolution a label, in the order of `heard`.
    """
    cast = Steps(heard, text, language, turn_order, speeches, date)
    cast.obey(user_aliases or {})
    cast.name_voices()
    cast.name_in_full()
    cast.name_briefly()
    cast.name_offices()
    cast.name_translated()
    cast.name_misprinted()
    cast.name_joint()
    cast.name_others(extra_names)
    return cast.finish()


class Steps(Cast):
    """The steps, each a method; a label that one of them answers is pending for none after it."""

    def obey(self, aliases: Mapping[str, str]) -> None:
        """Labels that the user named: to the person with that name, who may have other labels."""
        said = {fold(label): name for label, name in aliases.items()}
        for n in self.in_order:
            label = self.heard[n]
            name = said.get(fold(label.text)) or said.get(fold(self.names[n][0]))
            if name is not None:
                found = self.people.whole(name)
                draft = found[0] if found else self.people.add(Draft(name))
                draft.call(label.text, "user", "certain", ("you said so",))
                self.settle(n, Answer(draft, reasons=("you said so",)))

    def name_voices(self) -> None:
        """Queries and unnamed voices have no speaker; groups and codes are entries of their own."""
        entries: dict[tuple[str, str], Draft] = {}
        for n in self.pending():
            label = self.heard[n]
            kind = label.parts.kind
            if kind in ("query", "unnamed"):
                why = (
                    f"{label.text!r} names nobody: each may be another person"
                    if label.text
                    else "no name is printed"
                )
                self.answers[n] = Answer(None, "unresolved", reasons=(why,))
                continue
            if kind in ("group", "code"):
                key = (kind, fold(label.text))
                if key not in entries:
                    entries[key] = self.people.add(
                        Draft(label.text, "group" if kind == "group" else "unnamed")
                    )
                entries[key].call(label.text, "printed")
                told = () if kind == "group" else ("the code tells voices apart; it names nobody",)
                self.settle(n, Answer(entries[key], reasons=told))

    def name_in_full(self) -> None:
        """Full names, and surnames told apart by what stands in brackets."""
        waiting = []
        for n in self.pending():
            parts = self.heard[n].parts
            if parts.kind not in ("person", "office") or not parts.name or parts.joint:
                continue
            if n in self.slips:
                waiting.append(n)
            elif split(self.names[n][0]).full:
                self.settle_full(n)
        for n in self.pending():
            parts = self.heard[n].parts
            if parts.kind == "person" and parts.affiliation and not parts.joint and n not in waiting:
                self.settle_told_apart(n)

    def settle_full(self, n: int) -> None:
        """One full name: the person already met under it, in this or another script, or a new one."""
        label, (name, hidden) = self.heard[n], self.names[n]
        reasons = (hidden,) if hidden else ()
        if found := self.people.whole(name):
            found[0].call(label.text, "printed", reasons=reasons)
            return self.settle(n, Answer(found[0], reasons=reasons))
        if found := self.people.by_sound(name):
            why = (*reasons, f"the same name as {found[0].name!r} in another spelling")
            found[0].call(label.text, "transliterated", "likely", why)
            self.people.index(found[0], name)
            return self.settle(n, Answer(found[0], "likely", reasons=why))
        rows = roster().by_full_name(name)
        if len(rows) == 1 and rows[0].id in self.known:
            draft = self.known[rows[0].id]
            why = (*reasons, f"the roster knows {draft.name!r} and {name!r} as one person")
            draft.call(label.text, "transliterated", "likely", why)
            self.people.index(draft, name)
            draft.name = max(draft.name, name, key=lambda form: len(form.split()))
            return self.settle(n, Answer(draft, "likely", reasons=why))
        draft = self.new(n)
        if len(rows) == 1:
            self.known[rows[0].id] = draft
        draft.call(label.text, "printed", reasons=reasons)
        return self.settle(n, Answer(draft, reasons=reasons))

    def settle_told_apart(self, n: int) -> None:
        """ "Mr Jones (Ewen)": the brackets tell one bearer of a surname from the others."""
        label, (name, _) = self.heard[n], self.names[n]
        mark = fold(label.parts.affiliation)
        if found := self.people.whole(f"{label.parts.affiliation} {name}"):
            found[0].call(label.text, "short", reasons=("the brackets hold the given name",))
            return self.settle(n, Answer(found[0]))
        if (key := (fold(name), mark)) in self.marked:
            self.marked[key].call(label.text, "short")
            return self.settle(n, Answer(self.marked[key]))
        close = self.one_marked_like(name, mark, label.parts.gender)
        draft = close or self.new(n)
        self.marked[key] = draft
        if close is None:
            link = " " if mark.startswith("of ") else None
            draft.name = f"{name}{link or ' ('}{label.parts.affiliation}{'' if link else ')'}"
        draft.call(label.text, "short" if close else "printed")
        return self.settle(n, Answer(draft))

    def one_marked_like(self, name: str, mark: str, gender: str | None) -> Draft | None:
        """The one bearer of a surname whose brackets hold these words too, or are not printed."""
        bearers = self.people.by_surname(name)
        if len(bearers) > FEW:
            return None
        same = [
            d
            for d in self.fitting(bearers, gender)
            if mark in fold(d.affiliation) or fold(d.affiliation) in mark
        ]
        close = [d for d in same if d.affiliation] or (same if len(bearers) == 1 else [])
        return close[0] if len(close) == 1 else None

    def name_briefly(self) -> None:
        """Initials, then surnames and given names."""
        initials = [n for n in self.pending() if self.nameable(n) and split(self.names[n][0]).initials]
        for n in initials:
            if n not in self.slips:
                self.settle_initials(n)
        for n in self.pending():
            if self.nameable(n) and n not in self.slips:
                self.settle_short(n)

    def settle_initials(self, n: int) -> None:
        """ "В.Путин": the bearer of the surname whose given name begins so."""
        label, (name, _) = self.heard[n], self.names[n]
        own = split(name)
        bearers = [
            d for d in self.people.by_surname(own.surname)
            if split(d.name).given[:1] and split(d.name).given[0].startswith(own.given[0])
        ]  # fmt: skip
        if len(bearers) > 1:
            return self.leave_open(n, bearers)
        draft = bearers[0] if bearers else self.new(n)
        draft.call(label.text, "initials" if bearers else "printed")
        return self.settle(n, Answer(draft))

    def settle_short(self, n: int) -> None:
        """A surname (or given name) alone: certain for one bearer, ambiguous for two, new for none."""
        label, (name, hidden) = self.heard[n], self.names[n]
        bearers = self.fitting(self.people.by_surname(name), label.parts.gender)
        kind: AliasKind = "short"
        judgement: Judgement = "certain"
        reasons = (hidden,) if hidden else ()
        if not bearers and (bearers := self.people.by_sound(name, surname=True)):
            kind, judgement = "transliterated", "likely"
            reasons = (*reasons, f"the surname of {bearers[0].name} in another spelling")
        if not bearers and not label.parts.honorific and (bearers := self.people.by_given(name)):
            kind, judgement = "given", "likely"
            reasons = (*reasons, f"the first name of {bearers[0].name}")
        if len(bearers) > 1:
            return self.leave_open(n, bearers)
        if bearers and fold(bearers[0].name) == fold(name):
            kind = "printed"
        if not bearers and self.calqued(n):
            return None
        draft = bearers[0] if bearers else self.new(n)
        if n in self.apart:
            reasons = (*reasons, self.apart[n])
        draft.call(label.text, kind if bearers else "printed", judgement, reasons)
        return self.settle(n, Answer(draft, judgement, reasons=reasons))

    def name_misprinted(self) -> None:
        """Misprints, now that the labels they misprint have an answer."""
        for n in self.pending():
            if self.nameable(n) and n in self.slips:
                self.settle_slip(n)

    def settle_slip(self, n: int) -> None:
        """A misprint takes the answer of the label that it misprints."""
        right = self.slips[n]
        answer = self.answers[right]
        why = (
            f"{self.names[n][0]!r} is one letter from {self.names[right][0]!r}, which is far more frequent",
        )
        if answer is None or answer.draft is None:
            self.answers[n] = Answer(None, "ambiguous", answer.candidates if answer else (), why)
            return
        answer.draft.call(self.heard[n].text, "typo", "likely", why)
        self.settle(n, Answer(answer.draft, "likely", reasons=why))

    def name_offices(self) -> None:
        """Bare offices, now that every holder with a name is known."""
        entries: dict[tuple[str, str | None], Draft] = {}
        for n, answer in enumerate(self.answers):
            label = self.heard[n]
            if answer and answer.draft and label.parts.office and label.parts.name:
                before = label.text[: label.text.find(label.parts.name)]
                self.offices.hold(label.parts.office, answer.draft, label.turns, "(" in before)
        for n in self.pending():
            label = self.heard[n]
            if label.parts.kind != "office":
                continue
            office = label.parts.office or label.text
            held = self.offices.read(office, label.parts.gender, label.turns)
            if held.draft is not None:
                held.draft.call(label.text, "role", held.judgement, held.reasons)
                self.settle(n, Answer(held.draft, held.judgement, reasons=held.reasons))
            elif held.judgement == "ambiguous":
                self.answers[n] = Answer(
                    None, "ambiguous", held.candidates, held.reasons, by_turn=held.by_turn
                )
            else:
                key = (office_key(office), label.parts.gender)
                if key not in entries:
                    entries[key] = self.people.add(Draft(office, "office", label.parts.gender))
                entries[key].call(label.text, "role", held.judgement, held.reasons)
                self.settle(n, Answer(entries[key], held.judgement, held.candidates, held.reasons))

    def name_translated(self) -> None:
        """One-word labels that may be a translated surname."""
        floor = self.floor()
        for n in self.pending():
            if not self.nameable(n) or n in self.slips:
                continue
            label, name = self.heard[n], self.names[n][0]
            found = [(c, d) for c in calques.tabled(name, self.language) if (d := self.bearer(c))]
            if not found:
                self.settle_unknown_word(n, floor)
                continue
            reading = calques.from_table(name, label.turns, found, self.language, floor)
            if reading.judgement == "likely":
                reading.candidates[0].call(label.text, "translated", "likely", reading.reasons)
                self.settle(n, Answer(reading.candidates[0], "likely", reasons=reading.reasons))
            else:
                self.answers[n] = Answer(None, "ambiguous", reading.candidates, reading.reasons)

    def settle_unknown_word(self, n: int, floor: calques.Floor) -> None:
        """A label that no table and no other label explains: one missing speaker, or a person of its own."""
        label, (name, hidden) = self.heard[n], self.names[n]
        if met := [draft for draft in self.people.whole(name) if draft.kind == "person"]:
            # The same word in other letters, "BRASK" and "Brask": it was new a moment ago and waited here too.
            judgement: Judgement = "likely" if hidden else "certain"
            why = (hidden,) if hidden else ()
            met[0].call(label.text, "printed", judgement, why)
            return self.settle(n, Answer(met[0], judgement, reasons=why))
        speakers = [d for d in self.people.drafts if d.turns]
        reading = calques.missing(name, label.turns, self.text, speakers, floor) if label.turns else None
        if reading is not None:
            self.answers[n] = Answer(None, reading.judgement, reading.candidates, reading.reasons)
            return None
        draft = self.new(n)
        reasons = (*self.tabled_elsewhere(name), *filter(None, [hidden, self.apart.get(n)]))
        draft.call(label.text, "printed", reasons=reasons)
        return self.settle(n, Answer(draft, reasons=reasons))

    def name_joint(self) -> None:
        """Joint labels: each of the people, the first as speaker."""
        for n in self.pending():
            label = self.heard[n]
            if not label.parts.joint:
                draft = self.new(n)
                draft.call(label.text, "printed")
                self.settle(n, Answer(draft))
                continue
            found = [self.one_of_joint(parts) for parts in label.parts.joint]
            sure = all(found)
            drafts = [draft for draft in found if draft is not None]
            judgement: Judgement = "certain" if sure else "ambiguous"
            why = () if sure else ("one of the names of this joint label has several bearers",)
            if drafts:
                self.settle(n, Answer(drafts[0], judgement, (), why, tuple(drafts[1:])))
            else:
                self.answers[n] = Answer(None, "ambiguous", reasons=why)

    def one_of_joint(self, parts: LabelParts) -> Draft | None:
        """The person of one name in a joint label; None where several bear it."""
        name, _ = visible(parts.name or parts.text)
        bearers = self.people.whole(name) or self.fitting(self.people.by_surname(name), parts.gender)
        if len(bearers) > 1:
            return None
        draft = bearers[0] if bearers else self.people.add(Draft(name, gender=parts.gender))
        draft.call(parts.text, "printed" if not bearers or fold(name) == fold(draft.name) else "short")
        return draft

    def name_others(self, names: Sequence[tuple[str, tuple[int, int]]]) -> None:
        """People named outside labels: the ones already met gain a form, the others become entries."""
        for name, _ in names:
            full = split(name).full
            found = self.people.whole(name) or (
                self.people.by_sound(name) if full else self.people.by_surname(name)
            )
            if not found and full:
                short = [d for d in self.people.by_surname(split(name).surname) if not split(d.name).full]
                found = [d for d in short if d.kind == "person"]
            if len(found) > 1:
                continue
            draft = found[0] if found else self.people.add(Draft(name))
            if full and not split(draft.name).full:
                draft.name = name
                self.people.index(draft, name)
            draft.call(name, "printed")
