"""What flags mean for a quotation or a statement: damaged, disputed, or no damage found; never "reliable"."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from onrecord.model import Flag, Quote, Statement, TextState
from onrecord.spans import Span

_GRAVE = frozenset(("critical", "major"))


class Flags:
    """The flags of one source, ready to be asked which of them touch a span."""

    def __init__(self, flags: Iterable[Flag]) -> None:
        self._flags = sorted(flags, key=lambda flag: flag.span)
        self._starts = [flag.span.start for flag in self._flags]
        self._longest = max((len(flag.span) for flag in self._flags), default=0)

    def touching(self, span: Span) -> list[Flag]:
        """The flags that share a character with the span; an omission counts where its place lies inside."""
        first = bisect_left(self._starts, span.start - self._longest)
        last = bisect_right(self._starts, span.end)
        return [flag for flag in self._flags[first:last] if flag.span.meets(span) or _within(flag.span, span)]


def _within(place: Span, span: Span) -> bool:
    return len(place) == 0 and span.start < place.start < span.end


def text_state(flags: Flags, spans: Iterable[Span]) -> TextState:
    """The worst that touches any of the spans: damage that matters, then another version, then nothing found."""
    touching = [flag for span in spans for flag in flags.touching(span)]
    if any(flag.tier in ("form", "facts") and flag.severity in _GRAVE for flag in touching):
        return "damaged"
    return "disputed" if any(flag.tier == "versions" for flag in touching) else "no_damage_found"


class Judged(NamedTuple):
    """Quotations and statements with their `text_state`."""

    quotes: tuple[Quote, ...]
    statements: tuple[Statement, ...]


def judge_items(quotes: Sequence[Quote], statements: Sequence[Statement], flags: Sequence[Flag]) -> Judged:
    """Both with their state; a statement whose words bear a critical flag is no longer firm, and says why."""
    known = Flags(flags)
    return Judged(
        tuple(
            replace(quote, text_state=text_state(known, quote.segments or (quote.span,))) for quote in quotes
        ),
        tuple(_judged(statement, known) for statement in statements),
    )


def _judged(statement: Statement, flags: Flags) -> Statement:
    spans = [statement.span, *([statement.content] if statement.content else [])]
    state = text_state(flags, spans)
    critical = [
        flag for flag in flags.touching(statement.span) if flag.severity == "critical" and flag.tier != "hint"
    ]
    if statement.firmness != "firm" or not critical:
        return replace(statement, text_state=state)
    reason = f"not firm: the text cannot be trusted at “{critical[0].text}”"
    return replace(statement, text_state=state, firmness="hedged", reasons=(*statement.reasons, reason))
