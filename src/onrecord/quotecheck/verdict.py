"""The verdict on one quotation: the best reading of it among the candidates, with whose words it is and what was cut.

Precedence: spliced, altered, misattributed, context cut, exact; translated only across languages; absent last.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from msgspec.structs import replace

from onrecord.errors import UsageError
from onrecord.model import SCHEMA_VERSION, Difference, DifferenceKind, Match, Record, Turn, Verdict
from onrecord.quotecheck import citation
from onrecord.quotecheck.across import rendered
from onrecord.quotecheck.attribution import voice
from onrecord.quotecheck.context import Surroundings, turned
from onrecord.quotecheck.context import Turn as Turned
from onrecord.quotecheck.corpus import Corpus, Library
from onrecord.quotecheck.naming import Named, Voice, named
from onrecord.quotecheck.passages import OTHERS, Found, Near, Place, find, nearest
from onrecord.quotecheck.quotation import Quotation, read_quotation
from onrecord.quotecheck.speech import Speech, Unit
from onrecord.spans import Span

Headline = Literal["exact", "altered", "spliced", "context_cut", "misattributed", "translated", "absent"]

_LIKED = 0.05  # words; what being the right speaker adds to a place, enough to decide between equals
_CLAUSE = 3  # words of the shortest quotation that can mean the contrary without its surroundings
_NEXT = 160  # characters of the next sentence that can take a sentence back


class Reading(NamedTuple):
    """One reading of a quotation in one record: the voice of each place, and what turns the words round there."""

    found: Found
    voices: tuple[Voice, ...]
    turns: tuple[Turned | None, ...]
    agrees: bool | None  # whether the named speaker said it

    @property
    def cut(self) -> bool:
        return any(self.turns)

    @property
    def second_hand(self) -> bool:
        return any(one.reported for one in self.voices)

    @property
    def rank(self) -> tuple[bool, bool, bool, bool, float]:
        """Greater is better: the same words first, then of the right speaker, then in their context."""
        same = self.found.wording == "same"
        return same, self.agrees is not False, not self.second_hand, not self.cut, self.found.score


def check(
    quote: str,
    within: Corpus | Sequence[Record],
    *,
    by: str | None = None,
    since: str | None = None,
    event: str | None = None,
    semantic: bool | None = None,
) -> Verdict:
    """Did they say it? One quotation against an archive or a few records.

    `by` names who is said to have spoken; `since` (ISO date) and `event` (part of a title) narrow the search.
    `semantic` uses the extra of that name across languages; None: where it is installed. `UsageError` for a
    quotation without a word. In differences `a` is the passage and `b` the quotation.
    """
    corpus = within if isinstance(within, Corpus) else Library(within)
    whom = named(by) if by else None
    return check_named(read_quotation(quote), corpus, whom, since=since, event=event, semantic=semantic)


def check_named(
    quotation: Quotation,
    corpus: Corpus,
    by: Named | None,
    *,
    since: str | None = None,
    event: str | None = None,
    semantic: bool | None = None,
) -> Verdict:
    """The same for a quotation that was read, by somebody known under several names."""
    if not quotation.words:
        raise UsageError("the quotation holds no word: give at least one, as it was printed")
    asked = corpus.candidates(quotation.keys, since=since, event=event)
    speeches = [_speech(corpus, place.record, place.turns) for place in asked.places]
    readings = [reading for speech in speeches for reading in _readings(quotation, speech, by)]
    readings.sort(key=lambda reading: reading.rank, reverse=True)
    if readings:
        return _answer(quotation, by, asked.searched, readings)
    return _elsewhere(quotation, by, asked.searched, speeches, semantic)


def _speech(corpus: Corpus, name: str, turns: frozenset[str] | None) -> Speech:
    return corpus.speech(name) if isinstance(corpus, Library) else Speech(corpus.record(name), turns)


def _readings(quotation: Quotation, speech: Speech, by: Named | None) -> Iterator[Reading]:
    register = speech.register(by) if by else None

    def liked(unit: Unit) -> float:
        theirs = register is not None and unit.turn is not None and unit.turn.speaker in register.people
        return _LIKED if theirs else 0.0

    for found in find(quotation, speech, liked if by else None):
        voices = tuple(voice(speech, place.unit, place.span) for place in found.places)
        turns = tuple(turned_at(quotation, speech, place) for place in found.places)
        told = [
            register.matches(one, place.unit.turn) if register else None
            for one, place in zip(voices, found.places, strict=True)
        ]
        agrees = False if False in told else None if None in told else True
        yield Reading(found, voices, turns if found.wording != "joined" else (), agrees)


def turned_at(quotation: Quotation, speech: Speech, place: Place) -> Turned | None:
    """What turns the words of a place round, in characters of the source; a word or two say nothing to be turned."""
    if len(quotation.words) < _CLAUSE:
        return None
    start, end = place.span.start, place.span.end
    left, right = speech.sentence(start, end)
    text, limit = speech.text, place.unit.pieces[-1][1]
    following = text[right : min(limit, right + _NEXT)]
    around = Surroundings(text[left:start], text[start:end], text[end:right], following)
    found = turned(around, speech.source.language, asks=quotation.asks, states=quotation.states)
    return found._replace(words=(found.words[0] + left, found.words[1] + left)) if found else None


# ------------------------------------------------------------------------------------------------- the answer


def _answer(quotation: Quotation, by: Named | None, searched: int, readings: Sequence[Reading]) -> Verdict:
    best = readings[0]
    wording = best.found.wording
    others = [one for one in readings[1:] if one.found.wording == wording == "same"]
    matched = [match for one in [best, *others][: OTHERS + 1] for match in _matches(quotation, one)]
    context: Literal["kept", "cut"] | None = None if wording == "joined" else "cut" if best.cut else "kept"
    told = _headline(best, by)
    return _verdict(quotation, by, searched, told, wording, tuple(matched), best.agrees, context)


def _headline(best: Reading, by: Named | None) -> Headline:
    if best.found.wording == "joined":
        return "spliced"
    if best.found.wording == "differs":
        return "altered"
    if best.agrees is False or (by is None and best.second_hand):
        return "misattributed"
    return "context_cut" if best.cut else "exact"


def _matches(quotation: Quotation, reading: Reading) -> Iterator[Match]:
    found = reading.found
    role: Literal["passage", "part"] = "passage" if len(found.places) == 1 else "part"
    turns = reading.turns or (None,) * len(found.places)
    for place, heard, cut in zip(found.places, reading.voices, turns, strict=True):
        differences = place.differences
        if cut:
            differences = (_cut(quotation, found.speech, place, cut), *differences)
        numbered = tuple(replace(one, id=f"d{number}") for number, one in enumerate(differences, 1))
        yield match(found.speech, role, place.span, place.unit.turn, heard, place.score, numbered)


_CUT_KINDS: dict[str, DifferenceKind] = {
    "negation": "negation",
    "question": "wording",
    "condition": "omission",
}


def _cut(quotation: Quotation, speech: Speech, place: Place, cut: Turned) -> Difference:
    """What was cut around the words, as the omission or the negation that it is."""
    span = Span(*cut.words)
    before = span.start < place.span.start
    text = speech.text[span.start : span.end]
    message = f"“{' '.join(text.split())}” stands right {'before' if before else 'behind'} these words and is cut off"
    if cut.kind == "question":
        message = "the passage asks, the quotation says"
    words = quotation.words[place.piece.at : place.piece.end]
    at = words[0].start if before else words[-1].end
    return Difference("d1", _CUT_KINDS[cut.kind], span, Span(at, at), text, "", "critical", message, 1.0)


def match(
    speech: Speech,
    role: Literal["passage", "part", "nearest"],
    span: Span,
    turn: Turn | None,
    heard: Voice,
    score: float,
    differences: tuple[Difference, ...] = (),
) -> Match:
    """A place as the record writes it, with its citation."""
    parts = citation.cited(speech.record, span, turn, heard.chain, heard.inner if heard.reported else "")
    return Match(
        role=role,
        source=speech.source.id,
        span=span,
        text=speech.text[span.start : span.end],
        turn=turn.id if turn else None,
        speaker=heard.source if heard.reported else heard.speaker,
        chain=heard.chain,
        words=speech.source.words,
        score=round(score, 4),
        differences=differences,
        citation=citation.line(parts),
        document=speech.source.text_sha256,
    )


def _elsewhere(
    quotation: Quotation, by: Named | None, searched: int, speeches: Sequence[Speech], semantic: bool | None
) -> Verdict:
    """Nothing in these words: the likely match in another language, or else the nearest place, marked as such."""
    if found := rendered(quotation, speeches, semantic):
        heard = voice(found.speech, found.unit, found.span)
        agrees = found.speech.register(by).matches(heard, found.unit.turn) if by else None
        said = match(found.speech, "passage", found.span, found.unit.turn, heard, found.score)
        return _verdict(quotation, by, searched, "translated", "other_language", (said,), agrees)
    near = [one for speech in speeches if (one := nearest(quotation, speech))]
    best: Near | None = max(near, key=lambda one: one.score, default=None)
    if best is None:
        return _verdict(quotation, by, searched, "absent", "none", ())
    heard = voice(best.speech, best.unit, best.span)
    shown = match(best.speech, "nearest", best.span, best.unit.turn, heard, best.score)
    return _verdict(quotation, by, searched, "absent", "none", (shown,))


def _verdict(
    quotation: Quotation,
    by: Named | None,
    searched: int,
    headline: Headline,
    wording: Literal["same", "differs", "joined", "other_language", "none"],
    matched: tuple[Match, ...],
    agrees: bool | None = None,
    context: Literal["kept", "cut"] | None = None,
) -> Verdict:
    return Verdict(
        schema_version=SCHEMA_VERSION,
        quote=quotation.text,
        by=by.forms[0] if by else None,
        searched=searched,
        verdict=headline,
        wording=wording,
        speaker_match=agrees,
        context=context,
        setting=None,
        matches=matched,
    )
