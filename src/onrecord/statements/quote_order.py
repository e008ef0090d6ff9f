"""Where the subject stands in a language whose finite verb comes second: "Gestern sagte Lind", "Lind sagte gestern".

What stands before the finite verb is one constituent, however long. So either all of it is the subject, with its
appositions and relative clauses, or the subject stands behind the verb. Nouns have capitals there, which tells a
verb from a noun: behind a noun a small word that is neither article nor preposition can only leave the phrase.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.statements import quote_sources as sources
from onrecord.statements.quote_sentences import CAP, CUE, NUMBER, PUNCT, QUOTE, Sentence
from onrecord.statements.quote_sources import Range
from onrecord.statements.quote_words import (
    ADV,
    AUX,
    CONJ,
    DET,
    FINITE,
    PASSIVE,
    PERFECT,
    PREP,
    PRON,
    REFLEX,
    REL,
    SUB,
    THAT,
    TIME,
)  # fmt: skip

REACH = 60  # tokens; no constituent before a verb is longer
_DASHES = {"—", "–", "-", "--", "―"}
_INNER = {".", "-", "'", "’", "&", "/", "%"}
_ADJUNCT = ADV | SUB | TIME | PREP | CONJ | THAT


def led(sentence: Sentence, verb: int) -> tuple[bool, Range | None]:
    """Whether a constituent ends right before the finite verb, and the subject if that is what it is."""
    for start in _starts(sentence, verb):
        if verb - start > REACH or constituent(sentence, start, verb) != verb:
            continue
        if not nominative(sentence, start):
            return True, None
        return True, _trimmed(sentence, start, verb)
    return False, None


def main(sentence: Sentence, limit: int) -> Range | None:
    """The subject of the sentence's first clause, if its verb stands before token `limit`."""
    start = 0
    while start < limit and sentence.bits[start] & (CONJ | PUNCT):
        start += 1
    if sentence.has(start, SUB | THAT) and not sentence.has(start, DET):
        start = _past_clause(sentence, start, limit)
    verb = constituent(sentence, start, min(limit, start + REACH))
    if verb < limit and sentence.bits[verb] & QUOTE and verb > start:
        verb += 1 + (sentence.word(verb + 1) == ",")  # "Mit den Worten „…“ verließ Lind den Saal"
    if verb >= limit or verb == start or sentence.bits[verb] & (PUNCT | QUOTE):
        return None
    if nominative(sentence, start):
        return _trimmed(sentence, start, verb)
    return following(sentence, verb + 1)


def following(sentence: Sentence, at: int) -> Range | None:
    """The subject behind the verb: the first noun phrase that no preposition and no case keeps from being one."""
    for _ in range(4):
        while sentence.has(at, ADV | REFLEX | TIME) and not sentence.has(at, DET | CAP):
            at += 1
        if sentence.has(at, PRON) and not sentence.has(at, DET):
            return at, at + 1
        if nominative(sentence, at):
            return sources.behind(sentence, at)
        begin = at + 1 if sentence.has(at, PREP) and not sentence.has(at, DET) else at
        end = sources.phrase_beginning(sentence, begin)
        if end == begin:
            return None
        at = end
    return None


def nominative(sentence: Sentence, at: int) -> bool:
    """Whether a subject can begin at a token: a name, a noun, an article that is in no other case."""
    if at >= len(sentence):
        return False
    bits = sentence.bits[at]
    if bits & DET:
        return sentence.low[at] not in sentence.words.oblique and not _weak(sentence, at)
    if bits & (PRON | NUMBER):
        return True
    if bits & _ADJUNCT:
        return (
            bool(bits & CAP) and sentence.low[at] in sentence.words.name_particles and _particle(sentence, at)
        )
    if bits & (PUNCT | QUOTE | FINITE | AUX | CUE):
        return bool(bits & CAP)
    return bool(bits & CAP) or not sentence.has(at + 1, DET | PRON | PREP | PUNCT)


def _weak(sentence: Sentence, at: int) -> bool:
    """Whether an adjective puts its article in another case: "der neuen Zeitung", not "der neue Hafen"."""
    words = sentence.words
    return (
        sentence.low[at] in words.strong_articles
        and not sentence.has(at + 1, CAP)
        and sentence.word(at + 1).endswith(words.weak_ending)
        and sentence.has(at + 2, CAP)
    )


def _particle(sentence: Sentence, at: int) -> bool:
    """Whether a sentence begins with a name that begins with a preposition: "Von der Quay betonte, …"."""
    name = at + 1
    while sentence.word(name) in ("der", "den", "dem"):
        name += 1
    verb = name + 1
    return sentence.has(name, CAP) and sentence.has(verb, CUE) and sentence.word(verb + 1) in {",", ":"}


def _starts(sentence: Sentence, verb: int) -> list[int]:
    """Where the clause of a verb may begin, the longest reading first."""
    found, edge = [], max(0, verb - REACH)
    bounds = {"stop": edge, "and": -1, "comma": -1}
    for at in range(edge, verb):
        if sentence.bits[at] & QUOTE or sentence.low[at] in (";", ":", "—", "–"):
            bounds = {"stop": at + 1, "and": -1, "comma": -1}
        elif sentence.bits[at] & CONJ:
            bounds["and"] = at + 1
        elif sentence.low[at] == ",":
            bounds["comma"] = at + 1
    for start in dict.fromkeys(bounds.values()):
        while 0 <= start < verb and (
            sentence.bits[start] & (CONJ | PUNCT) or (start and sentence.bits[start] & (THAT | REL))
        ):
            start += 1
        if 0 <= start < verb:
            found.append(start)
    return found


def constituent(sentence: Sentence, start: int, limit: int) -> int:
    """The end of the constituent that begins at `start`: the token of a verb or of a mark, or `limit`."""
    at = start
    while at < limit:
        low = sentence.low[at]
        if low in ("(", "["):
            at = sources.closing(sentence, at) or limit
        elif low == ",":
            further = _past_comma(sentence, at, limit)
            if further is None:
                return at + 1
            at = further
            continue
        elif _marks(sentence, at) or is_verb(sentence, at, start):
            return at
        at += 1
    return limit


def _marks(sentence: Sentence, at: int) -> bool:
    """Whether a quotation or a mark stands there that is no part of a name."""
    bits = sentence.bits[at]
    return bool(bits & QUOTE) or bool(bits & PUNCT and sentence.low[at] not in _INNER)


def _past_comma(sentence: Sentence, comma: int, limit: int) -> int | None:
    """Behind a comma inside a constituent, or behind the relative clause it opens; None where a verb follows."""
    first = comma + 1
    if first >= limit or (is_verb(sentence, first, first) and not sentence.has(first, DET)):
        return None
    if sentence.bits[first] & (DET | REL | PREP):
        for at in range(first + 2, min(limit + 1, len(sentence), first + sources.APPOSITION)):
            if sentence.low[at] == ",":
                closes = not sentence.bits[at - 1] & (CAP | PUNCT | NUMBER)
                return at if closes and at > first + 2 else first
    return first


def is_verb(sentence: Sentence, at: int, start: int) -> bool:
    """Whether a small word can only be the verb of the clause that begins at `start`."""
    bits = sentence.bits[at]
    if bits & (CAP | PUNCT | NUMBER | QUOTE):
        return False
    if bits & CUE:
        return not attributive(sentence, at)
    if bits & (FINITE | AUX) and not bits & (DET | REFLEX):
        return True
    if bits:
        return False
    if at == start:
        return sentence.has(at + 1, DET | PRON | PREP | PUNCT) or at + 1 >= len(sentence)
    if sources.leaves_noun(sentence, at):
        return True
    before = sentence.bits[at - 1]
    if before & ADV and not before & (DET | CAP) and at - 1 > start:
        return False
    adverb = before & ADV and not before & DET
    return bool(adverb) or sentence.has(at + 1, DET | PRON)


def attributive(sentence: Sentence, at: int) -> bool:
    """Whether a form of a verb stands as an adjective: "mit einem leise gesungenen", "die angekündigte Reise"."""
    left = at - 1
    while left >= 0 and at - left < 5 and not sentence.bits[left] & ~ADV:
        left -= 1
    if left < 0 or not sentence.bits[left] & DET:
        return False
    return left < at - 1 or sentence.has(at + 1, CAP)


def bracket(sentence: Sentence, at: int) -> int | None:
    """The auxiliary far before a participle at the end of its clause: "hat die Reise gestern angekündigt"."""
    after = at + 1
    if after < len(sentence) and not sentence.bits[after] & (PUNCT | QUOTE | CONJ | AUX):
        return None
    for left in range(at - 1, max(-1, at - REACH // 2), -1):
        bits = sentence.bits[left]
        if bits & (PERFECT | PASSIVE) and not bits & CAP:
            return left
        if sentence.low[left] in (",", ";", ":") or (bits & CUE and not bits & CAP):
            return None
    return None


def has_particle(sentence: Sentence, at: int, particles: frozenset[str]) -> bool:
    """Whether the second part of a verb ends its clause: "teilte gestern in Torv mit"."""
    return any(low in particles for low in _ends(sentence, at, {";"}))


def is_other(sentence: Sentence, at: int) -> bool:
    """Whether the end of the clause makes another verb of a cue: "fand gestern in Torv statt"."""
    other = sentence.words.other_particles
    return any(low in other for low in _ends(sentence, at, {";", ",", ":"}))


def _ends(sentence: Sentence, at: int, stops: set[str]) -> Iterator[str]:
    """The words behind a verb that end a part of the sentence."""
    strict = "," in stops
    for right in range(at + 1, min(len(sentence), at + REACH)):
        after = right + 1
        if sentence.low[right] in stops or (strict and sentence.bits[right] & (CONJ | CUE)):
            return
        if sentence.has(after, QUOTE) and sentence.bits[right] & (DET | PREP):
            continue  # "als ein „…“": an article, not the second part of a verb
        if after >= len(sentence) or sentence.bits[after] & (PUNCT | QUOTE | CONJ | THAT | SUB):
            yield sentence.low[right]


def reports(sentence: Sentence, pronoun: int) -> bool:
    """Whether the verb behind a pronoun tells what somebody else said: "er sei", "man nehme", not "er nahm"."""
    after = pronoun + 1
    low = sentence.word(after)
    plain = after < len(sentence) and not sentence.bits[after]
    return low in sentence.words.subjunctive or (plain and low.endswith("e") and not low.endswith("te"))


def inquit(sentence: Sentence, quotation: int) -> Range | None:
    """Who speaks where any verb at all stands right behind the marks and its subject behind it: „…“, lächelte Lind."""
    words, verb = sentence.words, quotation + 1 + (sentence.word(quotation + 1) == ",")
    if words.verb_endings:
        verb += sentence.word(verb) in _DASHES  # «…», — отрезала Линд
        if (
            verb == quotation + 1
            or sentence.has(verb, ~0)
            or not sentence.word(verb).endswith(words.verb_endings)
        ):
            return None
        return sources.behind(sentence, verb + 1) if sentence.has(verb + 1, CAP | DET | PRON) else None
    if verb != quotation + 2 or verb >= len(sentence) or sentence.bits[verb] & ~(FINITE | AUX):
        return None
    subject = following(sentence, verb + 1)
    return subject if subject and subject[0] == verb + 1 else None


def cited(sentence: Sentence, at: int) -> Range | None:
    """The object of a verb that cites, where its words follow: "zitiert Lind mit den Worten"."""
    while sentence.has(at, ADV) and not sentence.has(at, DET | CAP):
        at += 1
    end = sources.phrase_beginning(sentence, at)
    worded = any(sentence.word(word) in sentence.words.worded for word in range(end, end + 4))
    return (at, end) if end > at and worded else None


def _trimmed(sentence: Sentence, start: int, end: int) -> Range | None:
    """A constituent without the adverbs and commas around it; None if no noun is left."""
    while end > start and (
        sentence.low[end - 1] == ","
        or (sentence.has(end - 1, ADV | REFLEX) and not sentence.has(end - 1, CAP))
    ):
        end -= 1
    if end <= start:
        return None
    if end == start + 1 and sentence.has(start, PRON | DET):
        return start, end
    named = any(sentence.bits[at] & (CAP | NUMBER) for at in range(start, end))
    return (start, end) if named else None


def _past_clause(sentence: Sentence, start: int, limit: int) -> int:
    """Where the main clause begins behind a subordinate one: at its verb."""
    for at in range(start + 1, min(limit, len(sentence) - 1)):
        if sentence.low[at] == "," and (is_verb(sentence, at + 1, at + 1) or sentence.has(at + 1, CUE)):
            return at
    return start
