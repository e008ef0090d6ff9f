"""Who held the floor: the name a turn goes by, and each speaker's share of the printed words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from typing import NamedTuple

from onrecord.model import Person, Quote, Record, Source, Turn
from onrecord.spans import Span
from onrecord.ui import Words

_WORD = re.compile(r"\w+(?:['’\-]\w+)*")


class Floor(NamedTuple):
    """All turns of one speaker, or of the same speakers together; `people` is empty where nobody is known."""

    people: tuple[str, ...]
    turns: tuple[Turn, ...]
    words: int


def count_words(text: str) -> int:
    """Printed words of a text.

    >>> count_words("It’s over—the twenty-first time.")
    5
    """
    return len(_WORD.findall(text))


def sources(record: Record) -> dict[str, Source]:
    """The sources of a record by id."""
    return {source.id: source for source in record.sources}


def people(record: Record) -> dict[str, Person]:
    """The people of a record by id."""
    return {person.id: person for person in record.people}


def spoken_words(record: Record) -> dict[str, int]:
    """Printed words of each turn's speech, by the turn's id."""
    texts = {source.id: source.text for source in record.sources}
    return {
        turn.id: sum(count_words(texts[turn.source][span.start : span.end]) for span in turn.speech)
        for turn in record.turns
    }


def floors(record: Record, counts: Mapping[str, int] | None = None) -> tuple[Floor, ...]:
    """Speakers by falling number of words, then in order of appearance; turns without a speaker come last.

    `counts` are the words of each turn, if they are known.
    """
    counts = counts or spoken_words(record)
    turns: dict[tuple[str, ...], list[Turn]] = {}
    for turn in record.turns:
        turns.setdefault(voices(turn), []).append(turn)
    found = [Floor(who, tuple(held), sum(counts[turn.id] for turn in held)) for who, held in turns.items()]
    return tuple(sorted(found, key=lambda floor: (not floor.people, -floor.words)))


def voices(turn: Turn) -> tuple[str, ...]:
    """The people who hold a turn; nobody unless the speaker is resolved (an ambiguous turn has none)."""
    return (turn.speaker, *turn.others) if turn.speaker is not None else ()


def name_of(voices: tuple[str, ...], known: dict[str, Person], words: Words) -> str:
    """The name of one voice or of several together."""
    return words.enumerate([known[who].name for who in voices]) or words("record.nobody")


def speaker_of(turn: Turn, known: dict[str, Person], words: Words) -> str:
    """What stands in the margin: a name, `A or B?` where it is ambiguous, else the label as printed."""
    if turn.speaker is None and turn.candidates:
        either = words.enumerate([known[who].name for who in turn.candidates], "or")
        return words("record.either", names=either)
    if turn.speaker is None and turn.label:
        start = turn.label.start - turn.span.start
        return words.quote(turn.text[start : start + len(turn.label)])
    return name_of(voices(turn), known, words)


def labels_of(record: Record, floor: Floor) -> tuple[str, ...]:
    """The printed labels of a floor's turns, each once, in order of appearance."""
    texts = {source.id: source.text for source in record.sources}
    printed = (texts[turn.source][turn.label.start : turn.label.end] for turn in floor.turns if turn.label)
    return tuple(dict.fromkeys(printed))


def number_of(turn: Turn) -> str:
    """The number that readers see: `t7` is turn 7."""
    return turn.id.removeprefix("t")


def unattributed(record: Record, said: Words) -> str:
    """How much speech could be given to nobody."""
    covered = record.coverage
    if not covered.unattributed:
        return said("record.unattributed_none")
    what = said.count("unattributed", covered.unattributed)
    return said(
        "record.unattributed_some", what=what, share=said.percent(covered.unattributed, covered.speech)
    )


def silent(record: Record) -> tuple[tuple[str, str | None], ...]:
    """The people whom the text puts at the event and who hold no floor, each with the printed role."""
    heard = {who for turn in record.turns for who in voices(turn)}
    known = people(record)
    roles: dict[str, str | None] = {}
    for one in record.event.participants:
        if one.person not in heard:
            roles[one.person] = roles.get(one.person) or (one.role.text if one.role else None)
    return tuple((known[who].name, role) for who, role in roles.items())


def outside(record: Record) -> list[Quote]:
    """The quotations that stand in no turn: those of the article around the speeches."""
    turns = sorted(turn.span for turn in record.turns)
    return [one for one in record.quotes if not _inside(one.span, turns)]


def _inside(span: Span, turns: list[Span]) -> bool:
    found = bisect_right(turns, span.start, key=lambda one: one.start) - 1
    return found >= 0 and turns[found].holds(span)


def quoted(record: Record) -> tuple[str, ...]:
    """Those whom the article quotes and who hold no floor, in order of appearance."""
    heard = {who for turn in record.turns for who in voices(turn)}
    known = people(record)
    said = dict.fromkeys(one.speaker for one in outside(record) if one.speaker)
    return tuple(known[who].name for who in said if who not in heard)


def also_there(record: Record, words: Words) -> str:
    """Who is quoted beside the speakers, and who is only named; empty where there is nobody."""
    told = quoted(record)
    there = silent(record)
    roles = dict(there)
    only = [(name, role) for name, role in there if name not in told]
    key = "record.also" if record.turns or told else "record.named"
    sentences = [
        words(said, names=words.enumerate([f"{name} ({role})" if role else name for name, role in held]))
        for said, held in (("record.quoted", [(name, roles.get(name)) for name in told]), (key, only))
        if held
    ]
    return ". ".join(sentences)
