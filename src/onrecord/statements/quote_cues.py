"""Cues in a sentence: which verb tells of words, in which order it stands to its subject, and who that is."""

from __future__ import annotations

from typing import Literal, NamedTuple

from onrecord.statements import quote_sources as sources
from onrecord.statements.quote_sentences import CAP, CUE, NUMBER, PUNCT, QUOTE, Sentence
from onrecord.statements.quote_sources import Range
from onrecord.statements.quote_words import (
    ADV, AUX, CAUSE, CLITIC, CONJ, DET, FINITE, PASSIVE, PERFECT, PREP, PRON, REFLEX, REL, SUB, THAT, TIME, Cue,
)  # fmt: skip

Order = Literal["before", "behind", "shared"]
_REACH = 5  # tokens between an auxiliary and its participle


class Told(NamedTuple):
    """A cue in its sentence, in tokens.

    `[first, after)` holds the whole of it: subject, auxiliaries, verb, inverted subject. `order` says where the
    subject stands; a `shared` one belongs to an earlier verb of the sentence ("said …, adding that").
    """

    at: int
    cue: Cue
    subject: Range | None
    first: int
    after: int
    order: Order


def find_cues(sentence: Sentence) -> list[Told]:
    """The verbs of the sentence that tell of words, in order."""
    found: list[Told] = []
    for at, kind in enumerate(sentence.bits):
        if kind & CUE and (told := _told(sentence, at, found)):
            found.append(told)
    if len(found) > 1 and found[0].order == "shared" and found[0].first <= 2 and found[1].order != "shared":
        found[0] = found[0]._replace(subject=found[1].subject)  # "Recalling that …, the mayor said"
    return found


def _told(sentence: Sentence, at: int, earlier: list[Told]) -> Told | None:
    cue = sentence.words.cues[sentence.low[at]]
    group = verb_group(sentence, at, cue)
    if group is None:
        return None
    first, shares = group
    after = at + 1
    if sentence.has(after, CLITIC):  # "dit-il"
        return Told(at, cue, (after, after + 1), first, after + 1, "behind")
    for inverted in range(first, at):  # "a-t-il dit"
        if sentence.has(inverted, CLITIC):
            return Told(at, cue, (inverted, inverted + 1), first, after, "behind")
    if shares:
        subject = _shared(sentence, first, earlier)
        if subject and sentence.has(subject[1], PASSIVE) and sentence.has(subject[0], PRON) and sentence.has(first, PREP):
            return None  # "il est difficile de dire que": nobody says it
        return Told(at, cue, subject, first, after, "shared")
    if sentence.has(first - 1, QUOTE) or first == 0:
        return _inverted(sentence, at, cue, first)
    if sentence.has(first - 1, CONJ):
        return Told(at, cue, _shared(sentence, first, earlier), first - 1, after, "shared")
    if subject := sources.before(sentence, first) or _from_quotation(sentence, first):
        return Told(at, cue, subject, subject[0], after, "before")
    return _inverted(sentence, at, cue, first)


def _from_quotation(sentence: Sentence, first: int) -> Range | None:
    """A long subject between a quotation and the verb, when no simpler reading holds."""
    for at in range(first - 1, max(-1, first - sources.APPOSITION), -1):
        if sentence.bits[at] & QUOTE:
            begin = at + 1 + (sentence.low[at + 1] == ",")
            end = sources.phrase_beginning(sentence, begin)
            return (begin, first) if end > begin and sentence.has(begin, CAP | DET) else None
        if sentence.bits[at] & (CUE | FINITE) and not sentence.bits[at] & CAP:
            return None
    return None


def _inverted(sentence: Sentence, at: int, cue: Cue, first: int) -> Told | None:
    """The subject behind the verb: "said Vera Lind", "a indiqué mardi soir la commission"."""
    begin = at + 1
    for _ in range(3):
        begin = _past_adjunct(sentence, begin)
    subject = sources.behind(sentence, begin)
    if subject is None or sentence.has(begin, PREP) and not sentence.has(begin, DET):
        return None
    return Told(at, cue, subject, first, subject[1], "behind")


def _past_adjunct(sentence: Sentence, at: int) -> int:
    """Behind a date, an adverb or "à l'AFP", "dans un communiqué" that stands between verb and subject."""
    if sentence.word(at) == "," and sentence.has(at + 1, TIME | PREP | ADV):
        end = next((i for i in range(at + 2, min(len(sentence), at + 12)) if sentence.low[i] == ","), None)
        inner = end and not any(sentence.bits[i] & (CUE | FINITE | QUOTE | PRON) and not sentence.bits[i] & DET for i in range(at + 1, end))
        return end + 1 if end and inner else at
    start = at
    while at < len(sentence) and (
        sentence.bits[at] & (TIME | ADV | NUMBER) and not sentence.bits[at] & (DET | PRON)
        or sentence.bits[at] & DET and sentence.has(at + 1, TIME | NUMBER) and not sentence.has(at + 1, DET)
    ):
        at += 1
    if at > start:
        return at + (sentence.word(at) == ",")
    if sentence.words.language != "en" and sentence.has(at, PREP) and not sentence.has(at, CAP):
        end = at + 1
        while end < len(sentence) and end - at < 5 and not sentence.bits[end] & (PUNCT | QUOTE | PREP | PRON):
            if sentence.bits[end] & DET and end > at + 1:
                return end
            end += 1
        if sentence.word(end) == ",":
            return end + 1
    return at


def verb_group(sentence: Sentence, at: int, cue: Cue) -> tuple[int, bool] | None:
    """The first token of the verb with its auxiliaries, and whether its form shares another verb's subject.

    None where the form is no verb that speaks here: a noun ("the claim"), a passive ("was told").
    """
    first, kinds, caused = at, 0, False
    while first > 0 and at - first < _REACH:
        left = first - 1
        bits = sentence.bits[left]
        if bits & (CLITIC | AUX | REFLEX | PERFECT | CAUSE | PASSIVE) and not bits & (PUNCT | QUOTE):
            if bits & PRON and not bits & CLITIC and not bits & REFLEX:
                break
            caused = caused or (first == at and bool(bits & CAUSE))
        elif not (bits & ADV) or bits & (PRON | CONJ | CAP) or (bits & DET and not bits & AUX):
            break
        kinds |= bits
        first = left
    while first < at and not sentence.bits[first] & (AUX | CLITIC | REFLEX | PERFECT | CAUSE):
        first += 1  # adverbs before the verb belong to the sentence
    previous = sentence.bits[first - 1] if first else 0
    forms = cue.forms
    if sentence.bits[at] & CAP and at > 0 and not sentence.has(at - 1, QUOTE) and sentence.words.language == "en":
        return None
    if "infinitive" in forms and sentence.word(first - 1) in sentence.words.infinitive_before and first == at:
        return (first - 1, True)
    if previous & DET and not previous & PRON and first == at and "gerund" not in forms:
        return None  # "the claim"
    if caused and "infinitive" in forms:
        return first, False
    if "gerund" in forms and "finite" not in forms:
        return (first - 1, True) if previous & PREP else (first, not kinds & PASSIVE)
    if "participle" in forms and kinds & PASSIVE and not kinds & (PERFECT & ~PASSIVE) and not _active(sentence, first, at):
        return None
    if "finite" in forms and (first == at or "participle" not in forms or sentence.words.language == "en"):
        if previous & PREP and first == at:
            return None
        return first, False
    if "participle" in forms and kinds & (PERFECT | PASSIVE):
        return first, False
    if "infinitive" in forms and kinds & AUX:
        return first, False
    return None


def _active(sentence: Sentence, first: int, at: int) -> bool:
    """Whether a form of "be" before a participle makes no passive: "s'est félicité", "has been told" is one."""
    if any(sentence.bits[left] & REFLEX for left in range(first, at)):
        return True
    return any(
        sentence.bits[left] & PERFECT and not sentence.bits[left] & PASSIVE for left in range(first, at)
    ) and not sentence.bits[at - 1] & PASSIVE


def _shared(sentence: Sentence, first: int, earlier: list[Told]) -> Range | None:
    """The subject that a verb without one of its own shares: that of the last cue, else of the main clause."""
    for told in reversed(earlier):
        if told.subject:
            return told.subject
    return main_subject(sentence, first)


def main_subject(sentence: Sentence, limit: int) -> Range | None:
    """The subject of the sentence, as far as it can be told without a parse: its first noun phrase."""
    at = 0
    if sentence.has(0, PREP | SUB) and not sentence.has(0, DET) or sentence.has(0, CUE):
        comma = next((i for i in range(min(limit, len(sentence))) if sentence.low[i] == ","), None)
        if comma is not None:
            at = comma + 1
    while at < limit and sentence.bits[at] & (ADV | CONJ | PUNCT) and not sentence.bits[at] & PRON:
        at += 1
    if sentence.has(at, PREP) and not sentence.has(at, DET):
        at = next((i for i in range(at, min(limit, len(sentence))) if sentence.bits[i] & PRON and not sentence.bits[i] & DET), at)
    if at >= limit:
        return None
    if sentence.bits[at] & PRON and not sentence.bits[at] & DET:
        return at, at + 1
    end = min(sources.phrase_beginning(sentence, at), limit)
    return (at, end) if end > at else None
