"""Whose words a passage holds, and whether that is whom the quotation names.

Words reported inside a speech ("the admiral told us that …") are the inner source's, at second hand: they are the
speaker's own only where the record says that he quotes himself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from onrecord.model import Person, Quote, Record, Turn
from onrecord.people.names import fold, office_key, skeletons, split
from onrecord.quotecheck.speech import Speech, Unit
from onrecord.spans import Span, Text

_SOUNDS = 5  # letters of a surname below which a likeness of sound says nothing


class Voice(NamedTuple):
    """Who speaks a passage: `speaker` holds the floor, `chain` is who reports whom, outermost first.

    `reported` says that the innermost voice is not the speaker's; `inner` is its name as printed, where nobody of
    the record is meant.
    """

    speaker: str | None
    others: tuple[str, ...]
    candidates: tuple[str, ...]
    chain: tuple[str, ...]
    reported: bool = False
    inner: str = ""

    @property
    def source(self) -> str | None:
        """The id of whose words they are in the end."""
        if self.reported:
            return self.chain[-1] if len(self.chain) > 1 else None
        return self.speaker


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
    return Voice(turn.speaker, turn.others, turn.candidates, chain, True, printed)


def _narrated(speech: Speech, report: Quote | None) -> Voice:
    """The voice of words in an article: of the source it quotes, or else nobody's but the article's."""
    if report is None:
        return Voice(None, (), (), ())
    printed = speech.text[report.mention.start : report.mention.end] if report.mention else ""
    twice = len(report.chain) > 1
    return Voice(report.chain[0] if report.chain else None, (), (), report.chain, twice, printed)


def _report(speech: Speech, unit: Unit, span: Span) -> Quote | None:
    """The innermost quotation of the record that holds the span whole, and more than the span's own cue."""
    around = [
        quote
        for quote in reports(speech, unit)
        if any(segment.start <= span.start and span.end <= segment.end + 1 for segment in quote.segments)
    ]
    return min(around, key=lambda quote: len(quote.span), default=None)


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


# ------------------------------------------------------------------------------------------ whom the quotation names


class Named(NamedTuple):
    """Whom a quotation names: every printed form of the name, and an id of the shipped roster where one is known."""

    forms: tuple[str, ...]
    known: str | None = None


def matches(record: Record, heard: Voice, by: Named) -> bool | None:
    """Whether a voice is the one named; None where the record does not know who speaks."""
    people = {person.id for person in record.people if is_person(record, person, by)}
    if heard.reported:
        if heard.source is not None:
            return heard.source in people
        return bool(heard.inner) and any(one_name(heard.inner, form) for form in by.forms)
    if people & {heard.speaker, *heard.others}:
        return True
    if heard.speaker is None:
        return None
    return False


def is_person(record: Record, person: Person, by: Named) -> bool:
    """Whether a person of a record is the one named, by name, alias, role or roster."""
    if by.known and person.known:
        return by.known == person.known
    forms = [person.name, *(alias.text for alias in person.aliases)]
    roles = [part.role.text for part in record.event.participants if part.person == person.id and part.role]
    return any(one_name(form, name) for form in forms for name in by.forms) or any(
        office_key(role) == office_key(name) for role in roles for name in by.forms
    )


def one_name(a: str, b: str) -> bool:
    """Whether two printed names can be one person's.

    >>> one_name("President Marlen Castle", "Castle"), one_name("Marlen Castle", "Ada Castle")
    (True, False)
    """
    left, right = office_key(a), office_key(b)
    if not left or not right:
        return False
    if left == right:
        return True
    one, other = split(left), split(right)
    if one.surname != other.surname and not _sound_alike(one.surname, other.surname):
        return False
    short, long = sorted((one.given, other.given), key=len)
    return all(any(_given(name, full) for full in long) for name in short)


def _given(a: str, b: str) -> bool:
    return a == b or (1 in (len(a), len(b)) and a[:1] == b[:1]) or bool(skeletons(a) & skeletons(b))


def _sound_alike(a: str, b: str) -> bool:
    return (
        min(len(a), len(b)) >= _SOUNDS
        and a != b
        and _script(a) != _script(b)
        and bool(skeletons(a) & skeletons(b))
    )


def _script(name: str) -> bool:
    return any("Ѐ" <= letter <= "ӿ" for letter in fold(name))
