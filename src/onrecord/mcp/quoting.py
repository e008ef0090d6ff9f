"""Quotations: did they say it, and how is it cited?"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from onrecord.errors import UsageError
from onrecord.export.citation import bibtex, csl
from onrecord.export.verdicts import rows
from onrecord.mcp import answers, questions
from onrecord.mcp.account import LONGEST, Reading, opened, version_read
from onrecord.mcp.answers import Answered
from onrecord.mcp.pages import fitting
from onrecord.model import Difference, Match, Quote, Record, Statement, Turn
from onrecord.quotecheck import Candidates, check, citation
from onrecord.spans import Span
from onrecord.store import Archive, Place
from onrecord.store.consulted import Consulted

PLACES = 20
"""Places of one quotation that an answer shows, and differences of one place."""


class _Signed:
    """An archive as the corpus of a check; a match bears the name of its version as source, so that it has a link."""

    def __init__(self, archive: Archive) -> None:
        self._consulted = Consulted(archive)

    def candidates(
        self, words: Sequence[str], *, since: str | None = None, event: str | None = None
    ) -> Candidates:
        return self._consulted.candidates(words, since=since, event=event)

    def record(self, name: str) -> Record:
        record = self._consulted.record(name)
        return replace(
            record,
            sources=tuple(replace(one, id=name) for one in record.sources[:1]),
            turns=tuple(replace(turn, source=name) for turn in record.turns),
        )


def check_quote(archive: Archive, asked: questions.CheckQuote) -> Answered:
    """The verdict on one quotation, with every place it rests on."""
    verdict = check(asked.quote, _Signed(archive), by=asked.by, since=asked.since, event=asked.event_title)
    readings: dict[str, Reading] = {}
    for match in verdict.matches[:PLACES]:
        if match.source not in readings:
            readings[match.source] = version_read(archive, match.source)
    places = [_matched(readings[match.source], match) for match in verdict.matches[:PLACES]]
    shown = fitting(places, PLACES)
    (row,) = rows([verdict])
    told = answers.Checked(
        verdict=verdict.verdict,
        meaning=row.headline,
        wording=verdict.wording,
        speaker_match=verdict.speaker_match,
        context=verdict.context,
        searched=verdict.searched,
        matches=shown,
        truncated=len(shown) < len(verdict.matches)
        or any(len(m.differences) > PLACES for m in verdict.matches),
    )
    return Answered(f"{verdict.verdict}: {row.headline}", told)


def _matched(reading: Reading, match: Match) -> answers.Matched:
    return answers.Matched(
        role=match.role,
        quoted=reading.quoted(match.span),
        account=reading.account(),
        turn=match.turn,
        speaker=reading.name(match.speaker),
        chain=reading.named(match.chain),
        differences=tuple(map(_worded, match.differences[:PLACES])),
        citation=match.citation,
    )


def _worded(one: Difference) -> answers.Worded:
    return answers.Worded(
        kind=one.kind, severity=one.severity, message=one.message, passage=one.a_text, quotation=one.b_text
    )


# ---------------------------------------------------------------------------------------------------------- citing


def cite(archive: Archive, asked: questions.Cite) -> Answered:
    """A citation of the characters that a permalink leads to."""
    reading, place = opened(archive, asked.link)
    if place.item is None or place.span is None:
        raise UsageError("that link is of a whole text: name what is cited, as …/t7, …/a3 or …/c120-240")
    if len(place.span) > LONGEST:
        start = place.span.start
        raise UsageError(
            f"{place.item} has {len(place.span)} characters, and {LONGEST} can be cited at once: name some of them,"
            f" as …/c{start}-{start + LONGEST}"
        )
    parts = citation.cited(
        reading.record, place.span, _turn(reading.record, place.span), _chain(reading.record, place)
    )
    told = answers.Citation(
        account=reading.account(),
        quoted=reading.quoted(place.span, place.item),
        speaker=(parts.chain[-1] if parts.chain else parts.speaker) or None,
        citation=citation.line(parts),
        csl=csl(parts),
        bibtex=bibtex(parts),
    )
    line = "one citation" + ("" if parts.own else f"; say with it: {citation.CAVEAT}")
    return Answered(line, told, (told.quoted.link,))


def _turn(record: Record, span: Span) -> Turn | None:
    return next((turn for turn in record.turns if turn.span.holds(span)), None)


def _chain(record: Record, place: Place) -> tuple[str, ...]:
    """Whose words these are: as the statement or the quotation says, else the turn's speaker."""
    reported: tuple[Statement | Quote, ...] = (*record.statements, *record.quotes)
    for one in reported:
        if one.id == place.item:
            return one.chain or ((one.speaker,) if one.speaker else ())
    turn = _turn(record, place.span) if place.span else None
    return (turn.speaker,) if turn and turn.speaker else ()
