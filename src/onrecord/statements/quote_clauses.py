"""Small readings of a clause without a parse: has it a verb, where does "that" stand, where does an adjunct end."""

from __future__ import annotations

from onrecord.statements import quote_sources as sources
from onrecord.statements.quote_sentences import CAP, CUE, NUMBER, PUNCT, QUOTE, Sentence
from onrecord.statements.quote_words import (
    ADV,
    CONJ,
    DET,
    FINITE,
    PREP,
    PRON,
    REL,
    SUB,
    THAT,
    TIME,
)  # fmt: skip

REACH = 22  # tokens from a cue to its "that", colon or quotation


def has_verb(sentence: Sentence, start: int) -> bool:
    """Whether a clause that begins here has a verb before it ends."""
    if sentence.has(start, PRON) and not sentence.has(start, DET):
        return True
    endings = sentence.words.participle_endings
    for at in range(start, min(len(sentence), start + 2 * REACH)):
        bits, low = sentence.bits[at], sentence.low[at]
        if low in (";", ":") or (bits & QUOTE and at == start):
            return False
        if at > start and (
            bits & FINITE or (low.endswith(endings) and not bits & (CAP | ADV | DET | PREP | CUE))
        ):
            return True
    return False


def subject_and_verb(sentence: Sentence, at: int) -> bool:
    """Whether a noun phrase and then its verb stand here: "the ferry had sailed", not "the ferry because"."""
    if sentence.bits[at] & (SUB | ADV | PRON) and not sentence.bits[at] & DET:
        return True
    for _ in range(5):
        end = sources.phrase_beginning(sentence, at)
        while sentence.has(end, ADV):
            end += 1
        if end >= len(sentence):
            return False
        bits, low = sentence.bits[end], sentence.low[end]
        if bits & (FINITE | CUE | QUOTE) or low.endswith(sentence.words.participle_endings):
            return True
        if bits & (REL | THAT) or low in {",", "(", "—", "–"}:
            return has_verb(sentence, end + 1)
        if not bits & (PREP | CONJ | TIME | NUMBER):
            return False
        at = end + 1
    return True


def that_near(sentence: Sentence, at: int) -> int | None:
    """The "that" which opens the clause here, or a few words on: "told me last week that"."""
    for index in range(at, min(len(sentence), at + 6)):
        bits = sentence.bits[index]
        if bits & THAT and not sentence.has(index + 1, FINITE):
            return index
        if bits & (FINITE | CUE | PUNCT | QUOTE | PRON | SUB | REL | DET) and not bits & TIME:
            return None
    return None


def past_addressee(sentence: Sentence, at: int) -> int:
    """Behind whom the words are told to."""
    if sentence.has(at, PRON) or sentence.word(at) in sentence.words.object_pronouns:
        return at + 1
    return sources.phrase_beginning(sentence, at)


def speaks_to(sentence: Sentence, at: int) -> bool:
    """Whether the verb before token `at` takes whom it speaks to as its object ("told reporters")."""
    cue = sentence.words.cues.get(sentence.word(at - 1))
    return bool(cue and cue.addressee)


def past_phrase(sentence: Sentence, at: int) -> int:
    """Behind "in a statement", "on Tuesday", "at a rally in Ohio", and a comma after it."""
    while sentence.has(at, PREP) and not sentence.has(at, CAP):
        end = sources.phrase_beginning(sentence, at + 1)
        if end == at + 1:
            while sentence.has(end, TIME | NUMBER):
                end += 1
        if end == at + 1:
            return at
        at = end
    while sentence.has(at, TIME | ADV):
        at += 1
    return at


def is_object(sentence: Sentence, at: int) -> bool:
    """Whether a noun phrase begins here that no preposition leads in."""
    if not sentence.has(at, DET) or sentence.has(at, PREP) or sentence.has(at + 1, NUMBER | TIME):
        return False
    return not sentence.has(at - 1, PREP) and not sentence.has(at, THAT)


def is_infinitive(sentence: Sentence, at: int) -> bool:
    """Whether a word looks like an infinitive: by the language's endings, and no small word."""
    endings = sentence.words.infinitive_endings
    return (
        bool(endings) and sentence.word(at).endswith(endings) and not sentence.has(at, DET | PREP | CAP | ADV)
    )


def source_phrase(sentence: Sentence, at: int) -> int | None:
    """The token behind "according to", "selon", "d'après" that begins here; None if none does."""
    for phrase in sentence.words.prefix_sources.get(sentence.word(at), ()):
        end = at + len(phrase)
        if tuple(sentence.low[at:end]) == phrase and end < len(sentence):
            return end
    return None
