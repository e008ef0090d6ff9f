"""The quotations of a record: found, given to people, and written down with their characters."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from onrecord.model import Person, Quote, Turn
from onrecord.spans import Text
from onrecord.statements.quote_speakers import Speaker, Speakers
from onrecord.statements.quote_words import QuoteWords, quote_words
from onrecord.statements.quotes import Characters, RawQuote, find_quotes

SPOKEN = frozenset({"that", "bare", "marks", "colon", "postposed", "inserted", "source"})
"""Rules that hold inside speech too; marks alone tell nothing in a transcript."""


class Quoted(NamedTuple):
    """The quotations of a document, and its people with those whom only a quotation names."""

    quotes: tuple[Quote, ...]
    people: tuple[Person, ...]


def quotes(
    text: Text,
    language: str | None,
    frames: Sequence[Characters],
    turns: Sequence[Turn],
    people: Sequence[Person],
) -> Quoted:
    """Every quotation of the narrative (`frames`) and of the speeches, in the order of the text.

    `chain` is who reports whom: the turn's speaker first where the words are reported inside a turn.
    """
    speeches = [(span.start, span.end) for turn in turns for span in turn.speech]
    owners = [turn.speaker for turn in turns for _ in turn.speech]
    starts = [start for start, _ in speeches]
    words = quote_words(language)
    narrated = find_quotes(text.characters, language, frames)
    spoken = [
        raw
        for raw in find_quotes(text.characters, language, speeches)
        if _reports(text.characters, raw, words)
    ]
    speakers = Speakers(text.characters, language, frames, speeches, people)
    told = sorted([*narrated, *spoken], key=lambda raw: (raw.segments[0], raw.segments[-1]))
    made: list[Quote] = []
    for raw, speaker in zip(told, speakers.resolve(told), strict=True):
        at = bisect_right(starts, raw.segments[0][0]) - 1
        inside = at >= 0 and raw.segments[0][0] < speeches[at][1]
        reporter = owners[at] if inside else None
        if inside and _own(text.characters, raw, words):
            if raw.type == "indirect":
                continue  # "I said that …": the speaker's own claim, not a report of another
            speaker = Speaker(reporter, "likely" if reporter else "unresolved")
        chain = tuple(person for person in (reporter, speaker.person) if person)
        made.append(_quote(text, len(made) + 1, raw, speaker, chain))
    return Quoted(tuple(made), tuple(speakers.people))


def _reports(text: str, raw: RawQuote, words: QuoteWords) -> bool:
    """Whether words inside a speech are plainly somebody's: a cue of speech, not of thought, and a source."""
    if raw.mention is None or raw.rule not in SPOKEN:
        return False
    cue = words.cues.get(text[slice(*raw.cue)].casefold()) if raw.cue else None
    return cue is None or not cue.attitude


def _own(text: str, raw: RawQuote, words: QuoteWords) -> bool:
    """Whether the speaker quotes himself: "and I said: “…”"."""
    return (
        raw.mention is not None
        and text[slice(*raw.mention)].casefold().replace("’", "'") in words.first_person
    )


def _quote(text: Text, number: int, raw: RawQuote, speaker: Speaker, chain: tuple[str, ...]) -> Quote:
    segments = tuple(text.span(*segment) for segment in raw.segments)
    span = text.span(min(s.start for s in segments), max(s.end for s in segments))
    return Quote(
        id=f"q{number}",
        source="s1",
        span=span,
        text=text.read(span),
        segments=segments,
        type=raw.type,
        mention=text.span(*raw.mention) if raw.mention else None,
        speaker=speaker.person,
        cue=text.span(*raw.cue) if raw.cue else None,
        chain=chain,
        judgement=speaker.judgement,
        text_state=None,
        rule=raw.rule,
    )
