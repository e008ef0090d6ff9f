"""What a reader must be told beside the text: doubts about speakers, notes of readers, flags, the ledger.

A remark has the word that says what sort it is, a sentence in the reader's language, and the record's own
reason. The same doubt about the same label is said once, with all the turns it bears on.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import NamedTuple

from onrecord.export import floor, visible
from onrecord.model import Person, Record, Turn
from onrecord.spans import Span
from onrecord.ui import Words
from onrecord.ui.told import because


class Remark(NamedTuple):
    """`lead` is in the reader's language; so is `reason`, what a reader or a rule wrote, where `language` says so."""

    kind: str  # a short word for the style: speaker, unattributed, note, flag, statement
    word: str
    lead: str
    reason: str
    source: str
    span: Span | None
    turns: tuple[str, ...]
    underline: str | None = None
    language: str = "en"


def remarks(record: Record, words: Words) -> tuple[Remark, ...]:
    """All remarks in the order of the text; those about a whole source come first."""
    order = {source.id: place for place, source in enumerate(record.sources)}
    found = [*_notes(record, words), *_doubts(record, words), *_flags(record, words), *_ledger(record, words)]
    return tuple(sorted(found, key=lambda one: (order[one.source], one.span.start if one.span else -1)))


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
        word, lead = words(f"tier.{flag.tier}"), _lemma(flag.text, words)
        yield Remark("flag", word, lead, flag.message, flag.source, flag.span, (), flag.tier)


def _ledger(record: Record, words: Words) -> Iterator[Remark]:
    for one in record.statements:
        word, lead = words(f"statement.{one.kind}"), _lemma(one.text, words)
        yield Remark("statement", word, lead, "; ".join(one.reasons), one.source, one.span, ())


def _lemma(text: str, words: Words) -> str:
    """The words a remark rests on, as an apparatus cites them: the first few, between quotation marks."""
    shown = visible.line(text)
    return words.quote(shown if len(shown) <= 60 else shown[:59].rstrip() + "…")
