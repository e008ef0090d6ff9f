"""A verb with its auxiliaries: where it begins, whether it speaks at all, and whose subject it shares."""

from __future__ import annotations

from onrecord.statements.quote_sentences import CAP, NUMBER, PUNCT, QUOTE, Sentence
from onrecord.statements.quote_words import (
    ADV,
    AUX,
    CAUSE,
    CLITIC,
    CONJ,
    DET,
    PASSIVE,
    PERFECT,
    PREP,
    PRON,
    REFLEX,
    Cue,
)

_AUXILIARY = CLITIC | AUX | REFLEX | PERFECT | CAUSE | PASSIVE
_REACH = 5  # tokens between an auxiliary and its participle


def verb_group(sentence: Sentence, at: int, cue: Cue) -> tuple[int, bool] | None:
    """The first token of the verb with its auxiliaries, and whether its form shares another verb's subject.

    None where the form is no verb that speaks here: a noun ("the claim"), a passive ("was told").
    """
    first, kinds, caused = _auxiliaries(sentence, at)
    previous = sentence.bits[first - 1] if first else 0
    forms, alone, alike = cue.forms, first == at, sentence.words.one_past
    if alike and sentence.bits[at] & CAP and at > 0 and not sentence.has(at - 1, QUOTE):
        return None
    if alone and "infinitive" in forms and sentence.word(first - 1) in sentence.words.infinitive_before:
        return first - 1, True
    counted = DET if sentence.words.verb_second else DET | NUMBER  # "Dem Sender 4 sagte Lind"
    if alone and previous & counted and not previous & PRON and "gerund" not in forms:
        return None  # "the claim"
    if caused and "infinitive" in forms:
        return first, False
    if "gerund" in forms and "finite" not in forms:
        return (first - 1, True) if previous & PREP else (first, not kinds & PASSIVE)
    if "participle" in forms and _passive(sentence, first, at, kinds):
        return None
    if "finite" in forms and (alone or alike or "participle" not in forms):
        return None if alone and previous & PREP else (first, False)
    spoken = ("participle" in forms and kinds & (PERFECT | PASSIVE)) or (
        "infinitive" in forms and kinds & AUX
    )
    return (first, False) if spoken else None


def _auxiliaries(sentence: Sentence, at: int) -> tuple[int, int, bool]:
    """The first token of a verb with the auxiliaries and adverbs before it, their classes, and "fait" right before."""
    first, kinds, caused = at, 0, False
    while first > 0 and at - first < _REACH:
        left = first - 1
        bits = sentence.bits[left]
        if bits & _AUXILIARY and not bits & (PUNCT | QUOTE):
            if bits & PRON and not bits & (CLITIC | REFLEX):
                break
            caused = caused or (first == at and bool(bits & CAUSE))
        elif not bits & ADV or bits & (PRON | CONJ | CAP | DET):
            break
        kinds |= bits
        first = left
    while first < at and not sentence.bits[first] & (_AUXILIARY & ~PASSIVE):
        first += 1  # adverbs before the verb belong to the sentence
    return first, kinds, caused


def _passive(sentence: Sentence, first: int, at: int, kinds: int) -> bool:
    """Whether a participle is passive: then the subject hears and does not speak."""
    if not kinds & PASSIVE or kinds & (PERFECT & ~PASSIVE):
        return False
    return not _active(sentence, first, at)


def _active(sentence: Sentence, first: int, at: int) -> bool:
    """Whether a form of "be" before a participle makes no passive: "s'est félicité", "has been told" is one."""
    if any(sentence.bits[left] & REFLEX for left in range(first, at)):
        return True
    return (
        any(sentence.bits[left] & PERFECT and not sentence.bits[left] & PASSIVE for left in range(first, at))
        and not sentence.bits[at - 1] & PASSIVE
    )
