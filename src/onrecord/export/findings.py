"""What a reader sees first: the findings of a record, in order, as sentences from its fields and from nothing else.

What is said to be agreed; that the words are no speaker's own; one sentence with two endings. Then the groups of the
ledger (ledger.py), what to beware of (remarks.py), who spoke (floor.py). No grade and no score of trust.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, get_args

import msgspec

from onrecord.errors import UsageError
from onrecord.export import floor, visible
from onrecord.export.passages import Lines, lines_of
from onrecord.integrity.figures import figures
from onrecord.model import Flag, Item, Person, Quote, Record, Statement, StatementKind
from onrecord.spans import Span
from onrecord.text.matching import fold
from onrecord.ui import Words
from onrecord.ui.told import Because, because

TIERS = ("versions", "form", "facts", "hint")
ALL_DAMAGE = "all damage"  # the row of the measured recall that speaks of everything, not of one sort


FindingKind = Literal["agreed", "words", "endings", "quotes", "damage"]


class Spot(NamedTuple):
    """Characters that a finding rests on: the id of the item, its source and span, the line in which it begins."""

    id: str
    source: str
    span: Span
    line: int


class Finding(NamedTuple):
    """One sentence in the reader's language and the characters it rests on."""

    kind: FindingKind
    text: str
    spots: tuple[Spot, ...] = ()
    because: Because | None = None


def findings(record: Record, words: Words, lines: Mapping[str, Lines] | None = None) -> tuple[Finding, ...]:
    """The sentences that stand above everything else, in the order in which a reader needs them."""
    places = lines or lines_of(record)
    return (
        *_agreed(record, words, places),
        *_words(record, words),
        *_endings(record, words, places),
        *_quotes(record, words, places),
        *_damage(record, words),
    )


# ------------------------------------------------------------------------------------ what was agreed


def _agreed(record: Record, words: Words, places: Mapping[str, Lines]) -> Iterator[Finding]:
    """Who says that anything was agreed, and do they say what; nothing where no ledger was read."""
    if not record.statements:
        return
    said = [one for one in record.statements if one.kind == "agreed" and one.polarity == "positive"]
    spots = tuple(_spot(one.id, one, places) for one in said)
    if not said:
        yield Finding("agreed", words("agreement.none"))
        return
    voices: dict[str, bool] = {}
    for one in said:
        if one.speaker is not None:
            voices[one.speaker] = voices.get(one.speaker, False) or one.content is not None
    if voices:
        yield Finding("agreed", _named(record, voices, words), spots)
        return
    key = "article" if all(one.turn is None for one in said) else "somebody"
    what = "all" if any(one.content for one in said) else "none"
    yield Finding("agreed", words(f"agreement.{key}.{what}"), spots)


def _named(record: Record, voices: dict[str, bool], words: Words) -> str:
    """The sentence for named speakers; `voices` says of each if they say what."""
    known = floor.people(record)
    names = words.enumerate([visible.line(known[who].name) for who in voices])
    clear = [visible.line(known[who].name) for who, what in voices.items() if what]
    what = "all" if len(clear) == len(voices) else ("none", "some", "few")[min(len(clear), 2)]
    if len(voices) == 1:
        key = "only" if _heard(record) - set(voices) else "one"
        return words(f"agreement.{key}.{what}", who=names)
    key = "both" if len(voices) == 2 else "many"
    return words(f"agreement.{key}.{what}", names=names, named=words.enumerate(clear))


def _heard(record: Record) -> set[str]:
    """Everybody who holds the floor or is quoted with a statement."""
    held = {who for turn in record.turns for who in floor.voices(turn)}
    return held | {one.speaker for one in record.statements if one.speaker is not None}


# ------------------------------------------------------------------------------ can the text be quoted


def _words(record: Record, words: Words) -> Iterator[Finding]:
    """A warning where the words are somebody else's than the speaker's."""
    for source in record.sources[:1]:
        held = source.words
        if held.value in ("interpreted", "translated", "machine_translated"):
            sure = "certain" if held.judgement == "certain" else "likely"
            why = because(held.reasons, words.language) if held.reasons else None
            yield Finding("words", words(f"warning.{held.value}.{sure}"), (), why)


def _endings(record: Record, words: Words, places: Mapping[str, Lines]) -> Iterator[Finding]:
    """One sentence that stands in the text with different endings: the flags that point at each other, once."""
    formulas = [flag for flag in record.flags if flag.kind == "formula" and flag.evidence]
    told: set[str] = set()
    for flag in formulas:
        if flag.id in told:
            continue
        sentences = [_reading(flag, formulas)]
        spots = [_spot(flag.id, flag, places)]
        for name, item in zip(evidence_ids(flag.id, len(flag.evidence)), flag.evidence, strict=True):
            other = next((one for one in formulas if _stands_in(one, item)), None)
            told |= {other.id} if other else set()
            sentences.append(item.text)
            spots.append(_spot(other.id, other, places) if other else _spot(name, item, places))
        readings = words.enumerate([words.quote(visible.line(one)) for one in sentences])
        yield Finding("endings", words("findings.endings", readings=readings), tuple(spots))


def _reading(flag: Flag, formulas: Sequence[Flag]) -> str:
    """The sentence of a flag, where another flag cites it; else its own words."""
    cited = (item.text for one in formulas for item in one.evidence if _stands_in(flag, item))
    return next(cited, flag.text)


def _stands_in(flag: Flag, item: Item) -> bool:
    return flag.source == item.source and item.span.holds(flag.span)


def _quotes(record: Record, words: Words, places: Mapping[str, Lines]) -> Iterator[Finding]:
    """How many quotations the article around the speeches has, and of how many the speaker is known."""
    if outside := floor.outside(record):
        known = sum(one.speaker is not None for one in outside)
        text = words.count("quotations", len(outside), known=words.number(known))
        spots = tuple(_spot(one.id, one, places) for one in outside)
        yield Finding("quotes", " ".join((text, *_checked(record, words))), spots)


def _checked(record: Record, words: Words) -> Iterator[str]:
    """How the article's quotations fare against the transcript in the same text, by verdict, worst first."""
    if not record.turns or all(one.type == "indirect" for one in record.quotes):
        return
    from onrecord.export.verdicts import face_words, short_headline
    from onrecord.quotecheck import check_article

    face = face_words(words.language)
    counts = Counter(short_headline(one, face) for one in check_article(record, semantic=False))
    if counts:
        told = ", ".join(f"{headline} ({words.number(count)})" for headline, count in counts.items())
        yield words("findings.checked", verdicts=told)


def _damage(record: Record, words: Words) -> Iterator[Finding]:
    """How much of which sort was flagged, how often such rules are known to find it, and what nobody can see."""
    if not record.flags:
        return
    counts: Counter[str] = Counter(flag.tier for flag in record.flags)
    parts = [f"{words(f'tier.{tier}')} ({words.number(counts[tier])})" for tier in TIERS if counts[tier]]
    source = record.sources[0]
    found = figures(record.flags, floor.count_words(source.text), source.language)
    rate = words("findings.rate", n=words.number(round(found.rate))) if found.rate >= 1 else ""
    rate = rate or words("findings.rate_tiny")
    sentences = [words.count("flags", len(record.flags), tiers=", ".join(parts))]
    if found.found:
        sentences.append(words("findings.damage", rate=rate))
    sentences += [
        words("findings.recall", share=words.percent(round(one.recall), 100))
        for one in found.measured
        if one.kind == ALL_DAMAGE
    ]
    yield Finding("damage", " ".join([*sentences, words("findings.unseen")]))


def evidence_ids(flag: str, count: int) -> tuple[str, ...]:
    """The addresses of the pieces of evidence of a flag, which have no id in the record."""
    return tuple(f"{flag}e{number}" for number in range(1, count + 1))


def _spot(name: str, one: Statement | Flag | Item | Quote, places: Mapping[str, Lines]) -> Spot:
    return Spot(name, one.source, one.span, places[one.source].number(one.span.start))


# ------------------------------------------------------------------------------------------ filtering


def filtered(record: Record, speaker: str | None = None, kinds: Collection[str] = ()) -> Record:
    """The record with the statements of one speaker, or of some kinds, or both; everything else stays.

    `speaker` is a name, an unmistakable part of one, a printed label or an id; quotations are held to it too. A
    relation stays where all of its statements do. `UsageError` for a name or a kind that is not there.
    """
    wanted = set(kinds) or set(get_args(StatementKind))
    if unknown := sorted(wanted - set(get_args(StatementKind))):
        raise UsageError(
            f'"{visible.line(unknown[0])}" is no kind of statement: {", ".join(get_args(StatementKind))}'
        )
    who = person(record, speaker) if speaker is not None else None
    kept = [one for one in record.statements if one.kind in wanted and who in (None, one.speaker)]
    ids = {one.id for one in kept}
    return msgspec.structs.replace(
        record,
        statements=tuple(kept),
        quotes=tuple(one for one in record.quotes if who in (None, one.speaker)),
        relations=tuple(
            one for one in record.relations if one.a in ids and (one.b is None or one.b in ids)
        ),
    )  # fmt: skip


def view(record: Record, words: Words, speaker: str | None = None, kinds: Collection[str] = ()) -> str:
    """One sentence that says which part of the ledger is shown; empty where all of it is."""
    parts = [visible.line(floor.people(record)[person(record, speaker)].name)] if speaker is not None else []
    parts += [words(f"statement.{kind}") for kind in get_args(StatementKind) if kind in kinds]
    return words("ledger.shown", what=", ".join(parts)) if parts else ""


def person(record: Record, name: str) -> str:
    """The id of the one person whom a name, an unmistakable part of it, a label or an id means; else `UsageError`."""
    asked = fold(name).strip()
    exact = [one for one in record.people if asked in {fold(called) for called in (one.id, *_called(one))}]
    found = exact or [
        one
        for one in record.people
        if asked and any(set(asked.split()) <= set(fold(c).split()) for c in _called(one))
    ]
    if len(found) == 1:
        return found[0].id
    listed = ", ".join(visible.line(one.name) for one in (found or record.people)[:12])
    if found:
        raise UsageError(f'"{visible.line(name)}" may be any of: {listed}; give more of the name')
    raise UsageError(f'nobody here is called "{visible.line(name)}"; the record knows: {listed or "nobody"}')


def _called(one: Person) -> tuple[str, ...]:
    return (one.name, *(alias.text for alias in one.aliases))
