"""Whose words a passage holds, and whether that is whom the quotation names.

Words reported inside a speech ("the admiral told us that …") are the inner source's, at second hand: they are the
speaker's own only where the record says that he quotes himself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.model import Quote, Record, Turn
from onrecord.quotecheck.naming import Voice
from onrecord.quotecheck.speech import Speech, Unit
from onrecord.spans import Span, Text
from onrecord.statements.quote_words import PRON, quote_words

_BEFORE = 200  # characters before a pronoun in which its person is named


def voice(speech: Speech, unit: Unit, span: Span) -> Voice:
    """Whose words stand at a span of a unit."""
    report = _report(speech, unit, span)
    turn = unit.turn
    if turn is None:
        return _narrated(speech, report)
    chain = (turn.speaker,) if turn.speaker else ()
    if report is None or report.speaker == turn.speaker is not None or report.mention is None:
        return Voice(turn.speaker, turn.others, turn.candidates, chain)
    printed = speech.text[report.mention.start : report.mention.end]
    chain = (*chain, report.speaker) if report.speaker else chain
    pronoun = quote_words(speech.source.language).classes.get(printed.casefold(), 0) & PRON
    before = speech.text[max(0, report.mention.start - _BEFORE) : report.mention.start] if pronoun else ""
    return Voice(turn.speaker, turn.others, turn.candidates, chain, True, printed, before)


def _narrated(speech: Speech, report: Quote | None) -> Voice:
    """The voice of words in an article: of the source it quotes, or else nobody's but the article's."""
    if report is None:
        return Voice(None, (), (), ())
    printed = speech.text[report.mention.start : report.mention.end] if report.mention else ""
    twice = len(report.chain) > 1
    return Voice(report.chain[0] if report.chain else None, (), (), report.chain, twice, printed)


def _report(speech: Speech, unit: Unit, span: Span) -> Quote | None:
    """The innermost quotation of the record that holds the span whole, and more than the span's own cue."""
    around = [quote for quote in reports(speech, unit) if _holds(speech.text, quote, span)]
    return min(around, key=lambda quote: len(quote.span), default=None)


def _holds(text: str, quote: Quote, span: Span) -> bool:
    """Whether a quotation holds a span. How far indirect speech reaches is sure up to its first comma only, unless
    the record knows whose it is."""
    for segment in quote.segments:
        if segment.start <= span.start and span.end <= segment.end + 1:
            sure = quote.type != "indirect" or quote.speaker is not None
            return sure or "," not in text[segment.start : span.start]
    return False


def reports(speech: Speech, unit: Unit) -> Sequence[Quote]:
    """The quotations inside a unit: the record's, or, where it was read without them, read now and kept."""
    record, turn = speech.record, unit.turn
    if unit.first not in speech.reports:
        if record.quotes or turn is None:
            left, right = (unit.pieces[0][0], unit.pieces[-1][1]) if unit.pieces else (0, 0)
            found = [
                quote for quote in record.quotes if left <= quote.span.start and quote.span.end <= right + 1
            ]
        else:
            found = list(_read(record, turn))
        speech.reports[unit.first] = found
    return speech.reports[unit.first]


def _read(record: Record, turn: Turn) -> Iterable[Quote]:
    from onrecord.statements.quoted import quotes

    source = record.sources[0]
    return quotes(Text(source.text), source.language, [], [turn], record.people).quotes
