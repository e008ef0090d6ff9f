"""What a reader must be told beside the text: doubts about speakers, notes of readers, flags, the ledger.

A remark has the word that says what sort it is, a sentence in the reader's language, and the record's own
reason. The same doubt about the same label is said once, with all the turns it bears on.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, overload

from onrecord.export import floor, visible
from onrecord.export.columns import clipped
from onrecord.export.ledger import FOLDED, Ledger, group_of
from onrecord.model import Item, Person, Record, Statement, Turn
from onrecord.spans import Span
from onrecord.ui import Words
from onrecord.ui.told import because


class Remark(NamedTuple):
    """`lead` is in the reader's language; so is `reason`, what a reader or a rule wrote, where `language` says so."""

    kind: str  # a short word for the style: speaker, unattributed, note, flag, statement, quote
    word: str
    lead: str
    reason: str
    source: str
    span: Span | None
    turns: tuple[str, ...]
    underline: str | None = None
    language: str = "en"
    item: str = ""  # the id of the statement, quotation or flag
    sort: str = ""  # its kind
    by: str | None = None  # the id of its speaker
    aside: tuple[str, ...] = ()  # what else is said of it: who, how firmly, in what state
    evidence: tuple[Item, ...] = ()
    gravity: int = 1  # of a flag: 0 critical to 2 minor; everything else stands between
    number: int = 0  # its place among all remarks of the record, from 1


class Remarks(Sequence[Remark]):
    """Remarks in the order of the text. Those of the ledger are the many: each is written when it is asked for."""

    def __init__(
        self,
        found: Iterable[Remark | Statement],
        order: Mapping[str, int],
        write: Callable[[Statement], Remark],
    ) -> None:
        self._write = write
        self._found = sorted(found, key=lambda one: (order[one.source], _start(one)))
        self._starts: dict[str, tuple[int, list[int]]] = {}  # of each source: its first place, and all starts
        for place, one in enumerate(self._found):
            self._starts.setdefault(one.source, (place, []))[1].append(_start(one))

    def __len__(self) -> int:
        return len(self._found)

    @overload
    def __getitem__(self, place: int) -> Remark: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Remark, ...]: ...
    def __getitem__(self, place: int | slice) -> Remark | tuple[Remark, ...]:
        if isinstance(place, slice):
            return tuple(self[one] for one in range(*place.indices(len(self))))
        one = self._found[place]
        written = one if isinstance(one, Remark) else self._write(one)
        return written._replace(number=place % len(self) + 1)

    def of(self, kinds: Collection[str]) -> Iterator[Remark]:
        """The remarks of some kinds, none of which is that of the ledger."""
        for place, one in enumerate(self._found):
            if isinstance(one, Remark) and one.kind in kinds:
                yield self[place]

    def within(self, stretch: Span) -> Iterator[Remark]:
        """The remarks that begin in a stretch of a source."""
        for first, starts in self._starts.values():
            for place in range(bisect_left(starts, stretch.start), bisect_left(starts, stretch.end)):
                yield self[first + place]

    def places(self) -> Iterator[tuple[int, int]]:
        """The number of each remark that stands at a place, and the character at which it begins."""
        return ((number, one.span.start) for number, one in enumerate(self._found, 1) if one.span)


def _start(one: Remark | Statement) -> int:
    return one.span.start if one.span else -1


def remarks(record: Record, words: Words, book: Ledger | None = None) -> Remarks:
    """All remarks in the order of the text; those about a whole source come first.

    `book` is the ledger of the record, if it is there.
    """
    order = {source.id: place for place, source in enumerate(record.sources)}
    found: list[Remark | Statement] = [
        *_notes(record, words), *_doubts(record, words), *_flags(record, words), *_quotes(record, words),
        *_ledger(record),
    ]  # fmt: skip
    ledger = book or Ledger(record, words)
    return Remarks(found, order, lambda one: _stated(one, ledger, words))


WARNINGS = frozenset({"note", "speaker", "unattributed", "flag"})
"""The kinds of remarks that say what to beware of; the others say what was said."""

LONG, SHORT = 60, 28  # columns of the words cited: by a remark that stands in lists too; in the margin only
_GRAVITY = ("critical", "major", "minor")


def warnings(found: Remarks) -> tuple[Remark, ...]:
    """What to beware of: the gravest flags first, then everything else in the order of the text."""
    return tuple(sorted(found.of(WARNINGS), key=lambda one: one.gravity))


def _notes(record: Record, words: Words) -> Iterator[Remark]:
    for source in record.sources:
        for note in source.notes:
            if note.kind == "ambiguous":  # the turns themselves say it, once for each label
                continue
            lead = _lemma(source.text[note.span.start : note.span.end], words) if note.span else ""
            why = because([note.message], words.language)
            yield Remark(
                "note", words("record.reader"), lead, why.text, source.id, note.span, (),
                "form" if note.span else None, why.language,
            )  # fmt: skip


def _doubts(record: Record, words: Words) -> Iterator[Remark]:
    alike: dict[Hashable, tuple[str | None, list[Turn]]] = {}
    texts, known = {source.id: source.text for source in record.sources}, floor.people(record)
    for turn in record.turns:
        if turn.judgement != "certain":
            label = texts[turn.source][turn.label.start : turn.label.end] if turn.label else None
            doubt = (turn.source, turn.judgement, label, turn.speaker, turn.candidates, turn.reasons)
            alike.setdefault(doubt, (label, []))[1].append(turn)
    for label, turns in alike.values():
        yield _doubt(known, turns, label, words)


def _doubt(known: dict[str, Person], turns: list[Turn], label: str | None, words: Words) -> Remark:
    first = turns[0]
    shown = _lemma(label, words) if label else ""
    if first.speaker is not None:
        name = floor.name_of(floor.voices(first), known, words)
        lead = words("record.label_is", label=shown, name=name) if shown else name
    elif first.candidates and shown:
        names = words.enumerate([known[who].name for who in first.candidates], "or")
        lead = words("record.label_either", label=shown, names=names)
    else:
        lead = words("record.label_nobody", label=shown) if shown else words("record.unlabelled_nobody")
    owned = first.speaker is not None
    why = because(first.reasons, words.language)
    return Remark(
        "speaker" if owned else "unattributed",
        words(f"judgement.{first.judgement}"),
        visible.line(lead), why.text, first.source, first.span,
        tuple(turn.id for turn in turns), language=why.language,
    )  # fmt: skip


def _flags(record: Record, words: Words) -> Iterator[Remark]:
    for flag in record.flags:
        why = because([flag.message], words.language)
        aside = [words(f"flag.{flag.kind}")]
        if flag.suggestion is not None:
            read = words.quote(visible.line(flag.suggestion.text))
            aside.append(words(f"suggestion.{flag.suggestion.from_}", text=read))
        lemma = (
            _lemma(flag.text, words) if flag.text else ""
        )  # words that are missing here have no characters
        yield Remark(
            "flag", words(f"tier.{flag.tier}"), lemma, why.text, flag.source, flag.span, (),
            flag.tier, why.language, flag.id, flag.kind, None, tuple(aside), flag.evidence,
            _GRAVITY.index(flag.severity),
        )  # fmt: skip


def _quotes(record: Record, words: Words) -> Iterator[Remark]:
    """Whose words a quotation gives, and through whom they come."""
    names = {person.id: visible.line(person.name) for person in record.people}
    for quote in record.quotes:
        who = names[quote.speaker] if quote.speaker is not None else words("record.unattributed")
        tellers = [names[one] for one in quote.chain if one != quote.speaker]
        if tellers and quote.speaker is not None:
            who = words("ledger.told_by", name=who, teller=tellers[-1])
        aside = [words(f"quotation.{quote.type}")] if quote.type != "direct" else []
        if quote.judgement == "likely" and quote.speaker is not None:
            aside.insert(0, words("judgement.likely"))
        yield Remark(
            "quote", words("quotation.word"), who, "", quote.source, quote.span, (),
            item=quote.id, sort=quote.type, by=quote.speaker, aside=tuple(aside),
        )  # fmt: skip


def _ledger(record: Record) -> Iterator[Statement]:
    """What stands beside the text of the ledger: its core. Praise, opinion and lesser claims are in the list only."""
    return (one for one in record.statements if one.salience == "core" and group_of(one.kind) not in FOLDED)


def _stated(one: Statement, book: Ledger, words: Words) -> Remark:
    entry = book.entry(one)
    turn = book.turns.get(one.turn or "")
    # The name already stands in the other margin, unless the words are somebody else's.
    who = () if turn is not None and turn.speaker == one.speaker else (entry.who,)
    return Remark(
        "statement", entry.kind, _lemma(one.text, words, SHORT), "", one.source, one.span, (),
        item=one.id, sort=one.kind, by=one.speaker, aside=(*who, *entry.qualities),
    )  # fmt: skip


def _lemma(text: str, words: Words, room: int = LONG) -> str:
    """The words a remark rests on, as an apparatus cites them: the first few, between quotation marks."""
    return words.quote(clipped(visible.line(text), room))
