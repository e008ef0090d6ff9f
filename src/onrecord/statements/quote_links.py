"""How words are tied to a cue before them: by "that", a colon, quotation marks, or by nothing at all."""

from __future__ import annotations

from typing import Literal

from onrecord.statements import quote_sources as sources
from onrecord.statements.quote_clauses import (
    REACH,
    has_verb,
    is_infinitive,
    is_object,
    past_addressee,
    past_phrase,
    speaks_to,
    subject_and_verb,
    that_near,
)  # fmt: skip
from onrecord.statements.quote_cues import Told
from onrecord.statements.quote_order import reports
from onrecord.statements.quote_sentences import CAP, CUE, NUMBER, PUNCT, QUOTE, Sentence
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
    WHETHER,
)  # fmt: skip

Link = Literal["that", "colon", "marks", "bare", "as"]

STOPS = {";"}
ENDS = {".", "!", "?", "…"}


def linked(sentence: Sentence, told: Told) -> tuple[Link, int] | None:
    """How the words are tied to the cue, and the token where they begin."""
    cue, at = told.cue, told.after
    if cue.frame == "bare" and (start := _bare(sentence, told)) is not None:
        return "bare", start
    if sentence.has(at, WHETHER) and not sentence.has(at, THAT) and cue.frame != "marks":
        return "that", at
    commas = 0
    for index in range(at, min(len(sentence), at + REACH)):
        bits, low = sentence.bits[index], sentence.low[index]
        if bits & THAT and not bits & CAP and index + 1 < len(sentence):
            return ("that", index + 1) if _complement(sentence, told, index) else None
        if low == ":":
            return _behind_colon(sentence, at, index)
        if bits & QUOTE:
            begin = _content_start(sentence, at, index)
            return ("marks", index) if begin == index else ("as", begin)
        commas += low == ","
        if commas > 2 or low in STOPS or (index != told.at and _bars(sentence, at, index)):
            return None
    return None


def _complement(sentence: Sentence, told: Told, index: int) -> bool:
    """Whether the "that" at `index` opens what was said, and does not describe a noun before it."""
    if told.cue.frame == "marks" or _relative(sentence, index, told.after):
        return False
    if sentence.words.bare and sentence.has(index + 1, FINITE):
        return False
    if told.order != "behind" and not told.cue.addressee and _object_first(sentence, told.after):
        return False
    return told.cue.addressee or not any(is_object(sentence, at) for at in range(told.after, index))


def _object_first(sentence: Sentence, at: int) -> bool:
    """Whether a noun phrase follows the verb directly."""
    return sentence.has(at, DET) and not sentence.has(at, PREP | THAT)


def _relative(sentence: Sentence, index: int, at: int) -> bool:
    """Whether "that" belongs to a noun before it and opens no clause of content."""
    return sentence.has(index - 1, PREP) or (sentence.has(index - 1, CONJ) and index - 1 == at)


def _behind_colon(sentence: Sentence, at: int, colon: int) -> tuple[Link, int] | None:
    """Words behind a colon: in marks, or all the rest where nothing but adjuncts stands before the colon."""
    if sentence.has(colon + 1, QUOTE):
        return "colon", colon + 1
    objects = _object_first(sentence, at) or any(is_object(sentence, index) for index in range(at, colon))
    return None if objects or colon + 1 >= len(sentence) else ("colon", colon + 1)


def _bars(sentence: Sentence, at: int, index: int) -> bool:
    """Whether a word between the cue and what may be its words shows that they are not tied."""
    bits, low = sentence.bits[index], sentence.low[index]
    if low in ENDS:
        return index + 1 == len(sentence)
    if bits & CONJ:
        return False
    if bits & (SUB | REL) and not bits & (PREP | ADV | THAT):
        return low not in sentence.words.likening
    if index == at:
        return False
    if bits & CUE and not bits & CAP and not sentence.has(index - 1, DET):
        return True
    return (
        bool(bits & PRON) and not bits & DET and not (sentence.words.subjunctive and reports(sentence, index))
    )


def _content_start(sentence: Sentence, at: int, quotation: int) -> int:
    """Where content begins that leads up to a quotation: "called the plan “a mistake”", not "said in Oslo, “…”"."""
    start = past_addressee(sentence, at) if sentence.words.cues and speaks_to(sentence, at) else at
    while start < quotation:
        bits = sentence.bits[start]
        if bits & (ADV | TIME | NUMBER | PUNCT) and not bits & (DET | PRON):
            start += 1
        elif bits & PREP and not is_infinitive(sentence, start + 1):
            end = past_phrase(sentence, start)
            if end == start:
                break
            start = end
        else:
            break
    if sentence.has(start, PREP) and not sentence.has(start, DET) and start + 1 < quotation:
        start += 1
    return min(start, quotation)


def _bare(sentence: Sentence, told: Told) -> int | None:
    """Where a clause without "that" begins right behind the cue; None if none does."""
    if told.order == "behind":
        return None
    at, size = told.after, len(sentence)
    if told.cue.addressee:
        at = past_addressee(sentence, at)
    while at < size and sentence.bits[at] & (ADV | TIME) and not sentence.bits[at] & (PRON | DET | CONJ):
        at += 1
    if sentence.has(at, PREP) and not sentence.has(at, DET):
        at = past_phrase(sentence, at)
    if (that := that_near(sentence, at)) is not None:
        return that + 1 if that + 1 < size else None
    if sentence.has(at, QUOTE) and sentence.has(at + 1, FINITE):
        return at  # a quotation that is the subject of the clause
    return at if at < size and _opens_clause(sentence, told, at) else None


def _opens_clause(sentence: Sentence, told: Told, at: int) -> bool:
    """Whether a whole clause stands at `at`, and no mere object of the verb."""
    if sentence.bits[at] & (PUNCT | QUOTE | CONTRAST) or sentence.low[at] in sentence.words.object_pronouns:
        return False
    if sentence.bits[at] & (CONJ | PREP | REL | WHETHER) and not sentence.bits[at] & (DET | SUB):
        return False
    noun_end = sources.phrase_beginning(sentence, at)
    verbs = sum(1 for bits in sentence.bits[noun_end : noun_end + 4 * REACH] if bits & FINITE)
    if sentence.has(noun_end, THAT | REL) and verbs < 2:
        return False  # "announced a plan that would": the clause describes the noun
    if sentence.low[told.at] in sentence.words.always_clause and len(sentence) - at > 6:
        return True
    return has_verb(sentence, at) and subject_and_verb(sentence, at)
