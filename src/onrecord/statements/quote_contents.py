"""What was said: from the cue to the end of its clause, and from the beginning of the sentence to the cue."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from onrecord.statements.quote_clauses import (
    REACH,
    has_verb,
    past_phrase,
    source_phrase,
)  # fmt: skip
from onrecord.statements.quote_cues import Told
from onrecord.statements.quote_links import ENDS, STOPS, linked
from onrecord.statements.quote_sentences import CAP, CUE, NUMBER, PUNCT, QUOTE, Sentence
from onrecord.statements.quote_sources import Range
from onrecord.statements.quote_words import (
    ADV,
    CONJ,
    CONTRAST,
    DET,
    FINITE,
    PREP,
    PRON,
    REL,
    SUB,
    THAT,
    TIME,
)  # fmt: skip

_LED = 2
"""Tokens before a cue that may lead it in: ", and", ", while"."""


class Content(NamedTuple):
    """The tokens that a cue gives to somebody: one range, or several around the cue; `rule` says how."""

    ranges: tuple[Range, ...]
    rule: str


class Break(NamedTuple):
    """A cue that ends the words of an earlier one, and the token before which they end."""

    told: Told
    at: int


def behind(sentence: Sentence, told: Told, breaks: Sequence[Break]) -> Content | None:
    """The words that follow a cue, up to one that ends them at the latest."""
    link = linked(sentence, told)
    if link is None:
        return None
    kind, start = link
    end = clause_end(sentence, start, breaks)
    if kind == "as":
        quoted = next((at for at in range(start, end) if sentence.bits[at] & QUOTE), start)
        end = next((at for at in range(quoted + 1, end) if sentence.low[at] == ","), end)
    if kind in ("marks", "colon") and sentence.has(start, QUOTE):
        end = _quoted_end(sentence, start, end)
    if end <= start:
        return None
    if kind in ("that", "bare", "as") and not _enough(sentence, start, end):
        return None
    return Content(tuple(_split(sentence, start, end)), kind)


def as_told(sentence: Sentence, told: Told) -> Content | None:
    """The words behind "As the mayor said, …": the rest of the sentence."""
    if sentence.word(told.first - 1) not in sentence.words.likening or sentence.word(told.after) != ",":
        return None
    start = told.after + 1
    if told.first > 3 or len(sentence) - start < 4:
        return None
    return Content(((start, len(sentence)),), "as_told")


def clause_end(sentence: Sentence, start: int, breaks: Sequence[Break]) -> int:
    """The token before which content ends: the sentence's end, a semicolon, or the writer's next cue."""
    nearest = len(sentence)
    for number in range(bisect_right(breaks, start, key=lambda one: one.told.first), len(breaks)):
        if breaks[number].told.first - _LED >= nearest:
            break  # cues stand in order: no other one breaks earlier
        nearest = min(nearest, _broken(sentence, breaks[number], start))
    for number in range(bisect_left(sentence.pauses, start), len(sentence.pauses)):
        if (at := sentence.pauses[number]) >= nearest:
            break
        if sentence.low[at] in STOPS:
            return at
        if at > start + 1 and _writer_resumes(sentence, at):
            return at
        opposed = at > start + 2 and sentence.word(at + 1) in sentence.words.opposing
        if opposed and not sentence.has(at + 2, THAT) and has_verb(sentence, at + 2):
            return at  # ", but the union refused": another clause, and more often the writer's
    return nearest


def _writer_resumes(sentence: Sentence, comma: int) -> bool:
    """Whether the writer's own words follow a comma: ", according to …", ", while the mayor …"."""
    first = comma + 1
    if sentence.has(first, CONTRAST) and not sentence.has(first + 1, ADV):
        return has_verb(sentence, first + 1)
    return source_phrase(sentence, first) is not None


def _broken(sentence: Sentence, one: Break, start: int) -> int:
    """The token before which a later cue ends the words that begin at `start`; the sentence's end if it does not."""
    if one.told.order != "shared":
        return one.at
    return one.at - (sentence.word(one.at - 1) == ",") if one.at > start else len(sentence)


def breaking(sentence: Sentence, tolds: Sequence[Told]) -> list[Break]:
    """Which cues of a sentence end the words of an earlier one, and where; the others stand inside them."""
    return [Break(told, at) for told in tolds[1:] if (at := _breaks(sentence, told)) is not None]


def _breaks(sentence: Sentence, told: Told) -> int | None:
    first = told.first
    if told.order == "shared":
        lead = first if sentence.has(first, CONJ) else first - 1 if sentence.word(first - 1) == "," else None
        if lead is None and sentence.word(first - 1) in ("before", "avant", "puis", "then"):
            lead = first - 1
        if lead is None or linked(sentence, told) is None:
            return None
        return lead
    if told.order == "behind":
        return (
            first - 1
            if sentence.word(first - 1) == ","
            else first
            if sentence.has(first - 1, QUOTE)
            else None
        )
    if sentence.has(first - 1, QUOTE):
        return first
    if sentence.has(first - 1, CONJ) and (
        linked(sentence, told) is not None or (sentence.word(first - 2) == "," and not told.cue.attitude)
    ):
        return first - 1 - (sentence.word(first - 2) == ",")
    if (
        sentence.has(first - 1, CONTRAST)
        and sentence.word(first - 2) == ","
        and linked(sentence, told) is not None
    ):
        return first - 2
    if sentence.word(first - 1) == "," and (
        closes(sentence, told.after) or linked(sentence, told) is not None
    ):
        return first - 1
    return None


def closes(sentence: Sentence, at: int) -> bool:
    """Whether a cue has nothing to its right but the end, a comma or adjuncts."""
    at = past_phrase(sentence, at)
    return (
        at >= len(sentence)
        or sentence.low[at] in {",", ".", ";"}
        or bool(sentence.bits[at] & (TIME | ADV | SUB | QUOTE | CONTRAST))
    )


def _quoted_end(sentence: Sentence, start: int, end: int) -> int:
    """The end of content that begins with a quotation: with it, or further where the clause plainly goes on."""
    after = start + 1
    if after >= end:
        return after
    last = sentence.text[sentence.quotations[start].end - 1]
    if last in ".!?…," or sentence.bits[after] & PUNCT:
        return after
    while after < end and sentence.bits[after] & (CONJ | QUOTE):
        after += 1
    if sentence.has(after - 1, QUOTE) and after > start + 1:
        return after
    return end


def _split(sentence: Sentence, start: int, end: int) -> list[Range]:
    """One range, or several where each clause has its own "que"."""
    if sentence.words.bare:
        return [(start, end)]
    pieces = []
    for at in range(start + 2, end - 2):
        if sentence.bits[at] & CONJ and sentence.has(at + 1, THAT):
            pieces.append((start, at))
            start = at + 2
    return [*pieces, (start, end)]


def ahead(sentence: Sentence, told: Told, begin: int) -> Content | None:
    """The words before a cue that stands behind or inside them: "…, she said, …"."""
    last = _edge(sentence, told, begin)
    if last is None:
        return None
    quoted = sentence.has(last - 1, QUOTE)
    if not quoted:
        if (
            told.cue.frame == "marks"
            or (told.cue.attitude and told.order == "before")
            or not closes(sentence, told.after)
        ):
            return None
        if last - begin < 3 and told.order == "before" and _resumed(sentence, told) is None:
            return None
        if (
            sentence.has(begin, SUB | PREP)
            and sentence.word(told.after) != ","
            and not any(sentence.low[at] == "," for at in range(begin, last))
            and sentence.words.bare
        ):
            return None
    if told.subject is None and sentence.words.verb_second and not _likened(sentence, last - 1):
        return None  # "die Gruppe „…“ wurde angekündigt": nobody speaks
    colon = next((at for at in range(last - 1, begin, -1) if sentence.low[at] == ":"), None)
    begin = colon + 1 if colon is not None and colon + 1 < last else begin
    if quoted and told.cue.attitude and linked(sentence, told):
        return None  # "“…”, I think that": the thought goes forward
    pure = all(sentence.bits[at] & (QUOTE | PUNCT) for at in range(begin, last))
    rest = _resumed(sentence, told, pure)
    if (
        rest
        and not quoted
        and told.order == "before"
        and sentence.bits[begin] & (PREP | SUB | ADV)
        and not sentence.bits[begin] & (DET | PRON)
    ) and not any(sentence.bits[at] & FINITE for at in range(begin, last)):
        return Content((rest,), "postposed")  # "In the spring, she said, the ferry will sail"
    return Content(((begin, last), rest) if rest else ((begin, last),), "postposed")


def _edge(sentence: Sentence, told: Told, begin: int) -> int | None:
    """Where the words before a cue end: at its comma, or right at the closing mark; None where they cannot."""
    last = told.first
    if told.order == "shared" or last <= begin:
        return None
    last -= sentence.word(last - 1) in sentence.words.inline_sources  # "„…“, so schrieb Lind"
    if last <= begin or sentence.has(last - 1, QUOTE):
        return last if last > begin else None
    hyphen = sentence.low[last - 1] == "-" and sentence.has(last - 2, QUOTE)  # "…" - сказал
    if not hyphen and sentence.low[last - 1] not in {",", "—", "–", "--"}:
        return None
    last -= 1
    last -= sentence.word(last - 1) == "," and sentence.has(last - 2, QUOTE)  # «…», — сказал
    if told.order == "before" and sentence.words.inverts and not sentence.has(last - 1, QUOTE):
        return None
    return last


def _likened(sentence: Sentence, quotation: int) -> bool:
    """Whether "as" or "like" stands before the marks: "als „…“ bezeichnet"."""
    return sentence.word(quotation - 1) in sentence.words.likening


def _resumed(sentence: Sentence, told: Told, pure: bool = False) -> Range | None:
    """The words that go on behind an inserted cue."""
    at = told.after
    reach = min(len(sentence), at + REACH)
    while at < reach and sentence.low[at] not in {",", ":", ";", "—", "–"} and not sentence.bits[at] & QUOTE:
        if sentence.bits[at] & CONTRAST | sentence.bits[at] & SUB:
            return None
        at += 1
    if at >= reach or sentence.low[at] in {";"} or at + 1 >= len(sentence):
        return None
    if not sentence.bits[at] & QUOTE:
        at += 1
    if sentence.bits[at] & QUOTE:
        return at, at + 1
    if pure and (sentence.words.bare or ":" in sentence.low[at:]):
        return None  # the quotation was whole; what follows is the writer's
    if _writers(sentence, at) or _adjunct(sentence, at):
        return None
    return at, len(sentence)


def past_aside(sentence: Sentence, content: Content) -> Content:
    """Content whose second part begins with an adjunct of the writer's that a full stop ends, without that adjunct.

    « Je rentre, a dit Orval, sur le quai. Et vous ? »: the words go on behind the full stop.
    """
    if len(content.ranges) < 2 or not sentence.has(content.ranges[1][0], PREP):
        return content
    first, last = content.ranges[1]
    stop = next((at for at in range(first, last - 1) if sentence.low[at] in ENDS), None)
    if stop is None:
        return content
    return Content((content.ranges[0], (stop + 1, last)), content.rule)


def _adjunct(sentence: Sentence, at: int) -> bool:
    """Whether only "in a statement" or "on Monday" follows to the end: no verb, no new clause."""
    if not sentence.bits[at] & (PREP | TIME | NUMBER) or sentence.has(at, CONJ):
        return False
    return not any(
        sentence.bits[i] & (FINITE | QUOTE | PRON) and not sentence.bits[i] & DET
        for i in range(at, len(sentence))
    )


def _writers(sentence: Sentence, at: int) -> bool:
    """Whether what follows an inserted cue is the writer's again: a gerund, a conjunction, a relative clause."""
    bits, low = sentence.bits[at], sentence.low[at]
    gerund = low.endswith(sentence.words.aside_endings) and not bits & (DET | PREP | CAP)
    cue = bits & CUE and "gerund" in sentence.words.cues[low].forms
    return bool(
        gerund
        or cue
        or (bits & (CONTRAST | REL) and not bits & THAT)
        or source_phrase(sentence, at) is not None
    )


def _enough(sentence: Sentence, start: int, end: int) -> bool:
    several = islice((at for at in range(start, end) if not sentence.bits[at] & PUNCT), 2)
    return len(list(several)) == 2 or sentence.has(start, QUOTE)
