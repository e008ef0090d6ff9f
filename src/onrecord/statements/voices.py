"""Whose words each stretch of a source is: turns, quotations in the narrative, and the narrative between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from onrecord.model import Block, Quote, Turn


class Voice(NamedTuple):
    """A stretch of text in one voice; `chain` lists who reports whom, outermost first."""

    start: int
    end: int
    speaker: str | None
    chain: tuple[str, ...]
    turn: str | None
    narrated: bool


def voices(turns: Sequence[Turn], blocks: Sequence[Block], quotes: Sequence[Quote]) -> list[Voice]:
    """The voices in the order of the text; a turn whose speaker is not settled has none."""
    found = [*_spoken(turns), *_narrated(blocks, quotes)]
    return sorted(found, key=lambda voice: (voice.start, voice.end))


def _spoken(turns: Sequence[Turn]) -> Iterator[Voice]:
    for turn in turns:
        speaker = turn.speaker if turn.judgement in {"certain", "likely"} else None
        for span in turn.speech:
            yield Voice(span.start, span.end, speaker, (speaker,) if speaker else (), turn.id, False)


def _narrated(blocks: Sequence[Block], quotes: Sequence[Quote]) -> Iterator[Voice]:
    """The narrative, cut where a quotation with marks begins or ends, and each quotation with its speaker."""
    spoken = sorted(
        (segment.start, segment.end, number)
        for number, quote in enumerate(quotes)
        if quote.type == "direct"
        for segment in quote.segments
    )
    at_quote = 0
    for block in blocks:
        if block.kind != "frame":
            continue
        at = block.span.start
        while at_quote < len(spoken) and spoken[at_quote][0] < block.span.end:
            start, end, number = spoken[at_quote]
            at_quote += 1
            if start < at or end > block.span.end:
                continue
            yield Voice(at, start, None, (), None, True)
            yield Voice(start, end, quotes[number].speaker, quotes[number].chain, None, False)
            at = end
        yield Voice(at, block.span.end, None, (), None, True)
