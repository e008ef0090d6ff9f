"""The words that say whose a quotation is: the noun phrase before or behind a cue.

No parser: the phrase is walked from the cue outwards until a word that cannot belong to it, over appositions
("Vera Lind, the minister, said"), relative clauses and brackets.
"""

from __future__ import annotations

from onrecord.statements.quote_sentences import CAP, CUE, NUMBER, PUNCT, QUOTE, Sentence
from onrecord.statements.quote_words import (
    ADV,
    AUX,
    CONJ,
    DET,
    FINITE,
    JOIN,
    PREP,
    PRON,
    REL,
    SUB,
    THAT,
    TIME,
    TITLE,
    WHETHER,
)  # fmt: skip

Range = tuple[int, int]
"""Tokens `[first, last)` of a sentence."""

LONGEST = 28  # tokens; a longer noun phrase is a clause
APPOSITION = 26
_OUTSIDE = AUX | FINITE | REL | SUB | PRON | THAT | WHETHER
_INNER_POINT = {".", "-", "'", "’", "&", "/", "%", "#", "@", "$", "€"}


def before(sentence: Sentence, at: int) -> Range | None:
    """The subject that ends right before token `at`; None where something else stands there."""
    last = _past_dates(sentence, at)
    if last == 0:
        return None
    left = last - 1
    if sentence.has(left, PRON) and not sentence.has(left, DET):
        return left, last
    if sentence.has(left, REL):
        return _antecedent(sentence, left)
    if sentence.low[left] == ",":
        return _with_apposition(sentence, left)
    if sentence.low[left] in (")", "]"):
        opening = _opening(sentence, left)
        start = phrase_ending(sentence, opening) if opening else None
        return (start, last) if start is not None else None
    if sentence.low[left] in ("—", "–", "--"):
        return _with_apposition(sentence, left)
    start = phrase_ending(sentence, last)
    if start is None or (
        sentence.words.articled and not any(bits & (DET | CAP | NUMBER) for bits in sentence.bits[start:last])
    ):
        return None
    return start, last


def _past_dates(sentence: Sentence, last: int) -> int:
    """The end of the subject, before adverbs and dates: "who in 2010 said", "the bank just this month announced"."""
    while last > 0:
        left = last - 1
        if _passes(sentence, left):
            last = left
            continue
        bits = sentence.bits[left]
        if not bits & (TIME | NUMBER) or left == 0:
            return last
        begin = left
        while begin > 0 and (
            sentence.bits[begin - 1] & (TIME | NUMBER | DET) and not sentence.bits[begin - 1] & PREP
        ):
            begin -= 1
        if begin > 0 and sentence.bits[begin - 1] & PREP:
            begin -= 1
        elif not bits & TIME:
            return last
        if begin == 0:
            return last
        last = begin
    return last


def _passes(sentence: Sentence, at: int) -> bool:
    """Whether a word between subject and verb is neither: an adverb or a small pronoun."""
    bits = sentence.bits[at]
    return bool(bits & ADV) and not bits & (PRON | CAP | CONJ)


def _opening(sentence: Sentence, at: int) -> int | None:
    """The bracket that the one at `at` closes."""
    for left in range(at - 1, max(-1, at - LONGEST), -1):
        if sentence.low[left] in ("(", "["):
            return left
    return None


def _antecedent(sentence: Sentence, at: int) -> Range | None:
    """Whom a relative pronoun stands for: the phrase before it."""
    last = at
    while last > 0 and (sentence.low[last - 1] in (",", "—", "–", "--") or sentence.has(last - 1, CONJ)):
        last -= 1
    if last and sentence.low[last - 1] == ")":
        last = _opening(sentence, last - 1) or last
    start = phrase_ending(sentence, last) if last else None
    return (start, last) if start is not None else None


def _with_apposition(sentence: Sentence, comma: int) -> Range | None:
    """A subject with something between commas behind it: "Vera Lind, who leads the union, said"."""
    mark = sentence.low[comma]
    for left in range(comma - 1, max(0, comma - APPOSITION), -1):
        if sentence.bits[left] & QUOTE or sentence.low[left] in (";", ":"):
            return None
        if sentence.low[left] != mark:
            continue
        if not _adds(sentence, left + 1, comma):
            return None
        start = phrase_ending(sentence, left)
        if start is not None and not _describes(sentence, start):
            return start, comma
    return None


def _describes(sentence: Sentence, start: int) -> bool:
    """Whether a phrase is itself set off by a comma: ", 56," and ", of Springfield," describe what stands before."""
    if sentence.bits[start] & NUMBER and start > 1 and sentence.low[start - 1] == ",":
        return True
    if start > 2 and sentence.bits[start - 1] & PREP and sentence.low[start - 2] == ",":
        return sentence.has(start - 3, CAP)
    if start < 3 or sentence.low[start - 1] != "," or not _noun(sentence, start - 2):
        return False
    return not sentence.bits[start] & CAP and (sentence.has(start - 2, CAP) or not sentence.bits[start] & DET)


def _adds(sentence: Sentence, start: int, end: int) -> bool:
    """Whether what stands between two commas can describe a person: no clause of its own."""
    if start >= end:
        return False
    if sentence.has(start, REL):
        return True
    if sentence.bits[start] & (CONJ | CUE) and not sentence.bits[start] & CAP:
        return False
    return not any(
        sentence.bits[at] & (CUE | PRON | FINITE) and not sentence.bits[at] & (DET | CAP)
        for at in range(start, end)
    )


def phrase_ending(sentence: Sentence, last: int) -> int | None:
    """The first token of the noun phrase that ends before token `last`; None if no noun stands there."""
    at = last
    stop = max(0, last - LONGEST)
    if last and sentence.low[last - 1] in (")", "]"):
        at = _opening(sentence, last - 1) or last
    goes_on = True
    while goes_on and at > stop:
        at, goes_on = _step_left(sentence, at, last)
    return _trimmed(sentence, at, last)


def _step_left(sentence: Sentence, at: int, last: int) -> tuple[int, bool]:
    """One step to the left within a noun phrase: where it begins now, and whether it may begin further left."""
    left = at - 1
    kind, low = sentence.bits[left], sentence.low[left]
    if kind & (PUNCT | QUOTE):
        return (left, True) if low in _INNER_POINT and at < last else (at, False)
    if kind & PREP and not (kind & CAP and not kind & DET):
        if at < last and kind & JOIN and _noun(sentence, left - 1):
            return left, True
        return (left if kind & DET and at < last else at), False
    if (kind & _OUTSIDE and not kind & DET) or (at < last and _verb(sentence, left)):
        return at, False
    if kind & CONJ:
        return (left, True) if _joins_names(sentence, left) else (at, False)
    if kind & ADV and not kind & CAP and at == last:
        return at, False
    if not kind and (leaves_noun(sentence, left) or (at == last and sentence.words.capital_nouns)):
        return at, False  # the phrase ends in its noun: no "worden", no "scharf"
    if kind & DET and low not in sentence.words.counting:
        return _before_determiner(sentence, left)
    if kind & TITLE and left and not _noun(sentence, left - 1):
        return left, sentence.has(left - 1, CONJ)
    return left, True


def leaves_noun(sentence: Sentence, at: int) -> bool:
    """Whether a small word right behind a noun ends the phrase, where every noun has a capital.

    "Die Hafenleute werfen": nothing but articles and prepositions follows a noun there, save in a name ("Ole de
    Brand") and behind a genitive ("Torvs neuer Hafen").
    """
    words = sentence.words
    if words.verb_endings and sentence.has(at - 1, CAP) and not sentence.bits[at]:
        return sentence.low[at].endswith(words.verb_endings)  # "Orval llegó y dijo"
    if not words.capital_nouns or at < 1 or sentence.bits[at] & ~(CUE | AUX | FINITE):
        return False
    if sentence.low[at - 1] != ")" and (
        not sentence.has(at - 1, CAP) or sentence.has(at - 1, DET | PREP | CONJ | SUB)
    ):
        return False
    named = sentence.has(at + 1, CAP)
    return not (named and (sentence.low[at] in words.name_particles or sentence.low[at - 1].endswith("s")))


def _before_determiner(sentence: Sentence, at: int) -> tuple[int, bool]:
    """A determiner begins a phrase, unless a preposition, an "and" or another determiner ties it to more."""
    left = at - 1
    if left < 1 or sentence.has(left, THAT):
        return at, False
    if sentence.has(left, CONJ) and _joins_names(sentence, left):
        return left, True
    if sentence.has(left, DET):
        return at, True
    if sentence.has(left, JOIN) and _noun(sentence, left - 1):
        return left, True
    return at, False


def _verb(sentence: Sentence, at: int) -> bool:
    """Whether a cue stands there as a verb: no capital, no determiner before it."""
    return at > 0 and sentence.has(at, CUE) and not sentence.has(at, CAP) and not sentence.has(at - 1, DET)


def _noun(sentence: Sentence, at: int) -> bool:
    """Whether a word can be the head of a noun phrase: none of the small words."""
    if at < 0:
        return False
    kind = sentence.bits[at]
    if kind & PUNCT:
        return sentence.low[at] in (".", "%", ")") and at > 0
    return not kind & (_OUTSIDE | PREP | CONJ | QUOTE | ADV | TIME) and not (
        kind & CUE and not kind & CAP and not sentence.has(at - 1, DET)
    )


def _joins_names(sentence: Sentence, at: int) -> bool:
    """Whether "and" stands between two names or two nouns of one phrase."""
    left, right = at - 1, at + 1
    if left < 4 and all(_noun(sentence, index) or sentence.has(index, DET) for index in range(at)):
        return left >= 0 and not sentence.has(right, PRON)
    name = sentence.has(left, CAP) or sentence.low[left] in (".", ")")
    return name and sentence.has(right, CAP) and not sentence.has(left, PREP | ADV)


def _trimmed(sentence: Sentence, start: int, last: int) -> int | None:
    """The phrase without the words before it that do not belong to it; None if nothing is left."""
    while start < last and (
        sentence.bits[start] & (ADV | CONJ | PUNCT | SUB | TIME | PREP) and not sentence.bits[start] & DET
    ):
        start += 1
    if start >= last or all(sentence.bits[at] & (DET | PUNCT) for at in range(start, last)):
        return None if start >= last or sentence.bits[start] & PUNCT else start
    return start


def behind(sentence: Sentence, at: int) -> Range | None:
    """The subject that begins at token `at`, as in "said Vera Lind, the minister, in Oslo"."""
    size = len(sentence)
    while at < size and sentence.bits[at] & (ADV | TIME) and not sentence.bits[at] & (PRON | DET | CAP):
        at += 1
    if at >= size:
        return None
    if sentence.has(at, PRON) and not sentence.has(at, DET):
        return at, at + 1
    end = phrase_beginning(sentence, at)
    if end == at:
        return None
    for _ in range(3):
        further = _past_apposition(sentence, end)
        if further == end:
            break
        end = further
    return at, end


def phrase_beginning(sentence: Sentence, at: int) -> int:
    """The end of the noun phrase that begins at token `at` (`at` itself if none does)."""
    start, named = at, False
    stop = min(len(sentence), at + LONGEST)
    while at < stop:
        kind = sentence.bits[at]
        if kind & (PUNCT | QUOTE):
            further = _past_point(sentence, at) if at > start else None
        elif (
            kind & PREP and not kind & CAP and not (at == start and kind & DET and sentence.words.verb_second)
        ):
            further = at + 1 if at > start and _ties(sentence, at) else None
        else:
            further = None if _leaves(sentence, at, at > start) else at + 1
            named = named or further is not None
        if further is None:
            break
        at = further
    while at > start and sentence.bits[at - 1] & (PREP | CONJ | DET):
        at -= 1
    return at if named else start


def _past_point(sentence: Sentence, at: int) -> int | None:
    """Behind a point, hyphen or bracket that stands inside a name; None where it ends the name."""
    low = sentence.low[at]
    if low == ".":
        short = sentence.has(at - 1, TITLE) or len(sentence.low[at - 1]) <= 2
        return at + 1 if short and sentence.has(at + 1, CAP) else None
    if low == "(" and (close := closing(sentence, at)):
        return close + 1
    return at + 1 if low in _INNER_POINT else None


def _ties(sentence: Sentence, at: int) -> bool:
    """Whether a preposition inside a noun phrase ties more to it: "head of the union", not "Lind in Oslo"."""
    if sentence.has(at - 1, CAP) and sentence.low[at] not in sentence.words.genitive:
        return False
    if not sentence.has(at, JOIN) or at + 1 >= len(sentence):
        return False
    return not sentence.has(at + 1, TIME | PRON | NUMBER) and not _gerund(sentence, at + 1)


def _leaves(sentence: Sentence, at: int, inside: bool) -> bool:
    """Whether a word does not belong to the noun phrase before it (`inside`: one has begun)."""
    kind = sentence.bits[at]
    before = sentence.bits[at - 1] if inside else 0
    if kind & CONJ:
        return not _joins_names(sentence, at)
    if kind & _OUTSIDE and not kind & DET:
        return True
    if kind & ADV and not kind & (CAP | DET):
        return True
    if not inside:
        return sentence.words.capital_nouns and not kind and sentence.has(at + 1, DET | PRON | PREP)
    if leaves_noun(sentence, at):
        return True
    if kind & TIME and not before & (DET | JOIN):
        return True
    if kind & DET and before & CAP and sentence.words.genitive_articles:
        return (
            sentence.low[at] not in sentence.words.genitive_articles
        )  # "der Hafen der Stadt", not "den Hafen"
    if kind & DET and not before & (PREP | CONJ | DET):
        return not (before & CAP and not kind & CAP and sentence.has(at + 1, CAP))
    return bool(kind & CUE and not kind & CAP and not before & (DET | PREP))


def _gerund(sentence: Sentence, at: int) -> bool:
    """Whether a participle follows: "en quittant" belongs to the verb, not to the name before it."""
    endings = sentence.words.aside_endings
    return sentence.words.articled and sentence.word(at).endswith(endings) and not sentence.has(at, CAP | DET)


def closing(sentence: Sentence, at: int) -> int | None:
    """The bracket that closes the one at `at`."""
    for right in range(at + 1, min(len(sentence), at + LONGEST)):
        if sentence.low[right] in (")", "]"):
            return right
    return None


def _past_apposition(sentence: Sentence, end: int) -> int:
    """Behind a description between commas, if one follows: ", the minister," but not ", he will go"."""
    if sentence.word(end) != "," or end + 1 >= len(sentence):
        return end
    first = end + 1
    if (
        sentence.bits[first] & (QUOTE | PUNCT | CONJ)
        or (sentence.bits[first] & ADV and not sentence.bits[first] & DET)
        or (sentence.bits[first] & (CUE | PREP | PRON) and not sentence.bits[first] & (DET | REL))
    ):
        return end
    if sentence.words.articled and sentence.low[first].endswith(sentence.words.participle_endings):
        return end  # "…, estime la mairie, restera ouvert": a verb, so no description
    relative = sentence.has(first, REL)
    for at in range(first, min(len(sentence), first + APPOSITION)):
        if sentence.bits[at] & QUOTE:
            return end
        if sentence.low[at] in (",", ".", ";", ":", "—", "–") and not (
            sentence.low[at] == "." and at + 1 < len(sentence)
        ):
            return at
        relative = relative or sentence.has(at, REL)
        if (
            not relative
            and sentence.bits[at] & (PRON | FINITE | CUE)
            and not sentence.bits[at] & (DET | REL | CAP)
        ):
            return end
    return len(sentence) if len(sentence) - first < APPOSITION else end
