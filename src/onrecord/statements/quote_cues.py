"""Cues in a sentence: which verb tells of words, in which order it stands to its subject, and who that is."""

from __future__ import annotations

from typing import Literal, NamedTuple

from onrecord.statements import quote_order as order
from onrecord.statements import quote_sources as sources
from onrecord.statements.quote_sentences import CAP, CUE, NUMBER, PUNCT, QUOTE, Sentence
from onrecord.statements.quote_sources import Range
from onrecord.statements.quote_verbs import verb_group
from onrecord.statements.quote_words import (
    ADV,
    CLITIC,
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
    Cue,
)  # fmt: skip

Order = Literal["before", "behind", "shared"]


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
    if sentence.words.verb_second and (framed := _framed(sentence, at, cue)) is not _PLAIN:
        return framed
    group = verb_group(sentence, at, cue)
    if group is None:
        return None
    first, shares = group
    pronouns = [index for index in range(first, at + 2) if sentence.has(index, CLITIC)]
    if pronouns:  # "dit-il", "a-t-il dit"
        only = pronouns[0]
        return Told(at, cue, (only, only + 1), first, max(at, only) + 1, "behind")
    if shares:
        return _sharing(sentence, at, cue, first, earlier)
    if sentence.has(first - 1, QUOTE) or first == 0:
        silent = Told(at, cue, None, first, at + 1, "before") if sentence.words.pro_drop else None
        if first == 0 and sentence.words.one_past:
            return None  # English turns verb and subject round only behind the words
        return _inverted(sentence, at, cue, first) or silent
    if sentence.has(first - 1, CONJ):
        return Told(at, cue, _shared(sentence, first, earlier), first - 1, at + 1, "shared")
    return _with_subject(sentence, at, cue, first)


def _with_subject(sentence: Sentence, at: int, cue: Cue, first: int) -> Told | None:
    """A verb with its own subject: before it, or behind it where a comma or the word order says so."""
    if sentence.words.verb_second and (told := _second(sentence, at, cue, first)):
        return told
    subject = sources.before(sentence, first) or _from_quotation(sentence, first)
    for _ in range(3):  # "hat anlässlich der Feier erklärt": what a preposition leads in is no subject
        if not (sentence.words.verb_second and subject and sentence.has(subject[0] - 1, PREP)):
            break
        subject = sources.before(sentence, subject[0] - 1)
    if subject and sentence.words.oblique_endings:
        subject = _without_adjunct(sentence, subject)
    if subject is None:
        return _inverted(sentence, at, cue, first) or _unnamed(sentence, at, cue, first)
    if first == at and not _agrees(sentence, cue, subject):
        return None
    return Told(at, cue, subject, subject[0], at + 1, "before")


def _unnamed(sentence: Sentence, at: int, cue: Cue, first: int) -> Told | None:
    """A verb right behind marks whose subject is left out, as some languages do: «…», insistió."""
    left = first - 1
    while left > 0 and sentence.low[left] in {",", "—", "–", "-", "--"}:
        left -= 1
    dropped = sentence.words.pro_drop and sentence.has(left, QUOTE)
    return Told(at, cue, None, first, at + 1, "behind") if dropped else None


def _without_adjunct(sentence: Sentence, subject: Range) -> Range | None:
    """The name in a phrase that a preposition leads in: "в свою очередь Орвал"; None if it has none."""
    if not sentence.has(subject[0] - 1, PREP) or sentence.has(subject[0], DET | PRON):
        return subject
    name = subject[1]
    while name > subject[0] and sentence.has(name - 1, CAP):
        name -= 1
    return (name, subject[1]) if name < subject[1] else None


def _second(sentence: Sentence, at: int, cue: Cue, verb: int) -> Told | None:
    """The reading of a finite verb that stands second: all that precedes it is the subject, or nothing of it is."""
    if sentence.has(verb - 1, PRON | REL) and not sentence.has(verb - 1, DET):
        return None
    if sentence.has(at + 1, PRON) and not sentence.has(at + 1, DET):
        return _inverted(sentence, at, cue, verb)
    if cue.cites and (cited := order.cited(sentence, at + 1)):
        return Told(at, cue, cited, verb, at + 1, "before")
    whole, subject = order.led(sentence, verb)
    lone = subject is not None and subject[1] == subject[0] + 1 and sentence.has(subject[0], DET)
    if whole and (subject is None or lone) and (inverted := _inverted(sentence, at, cue, verb)):
        return inverted
    return Told(at, cue, subject, subject[0], at + 1, "before") if subject else None


_PLAIN = Told(-1, Cue("marks", frozenset()), None, -1, -1, "before")
"""Stands for "read it as any verb"."""


def _framed(sentence: Sentence, at: int, cue: Cue) -> Told | None:
    """A verb in two parts, or the end of one: "hat … erklärt", "wird … zitiert", "teilte … mit".

    None where the form is no verb that speaks; `_PLAIN` where it stands alone.
    """
    if order.attributive(sentence, at):
        return _silent(at, cue, at) if sentence.has(at + 1, QUOTE) else None
    if cue.particles and "participle" not in cue.forms:
        return _PLAIN if order.has_particle(sentence, at, cue.particles) else None
    if not cue.particles and order.is_other(sentence, at):
        return None
    if "participle" not in cue.forms or sentence.has(at - 1, PERFECT | CLITIC):
        return _PLAIN
    if sentence.has(at + 1, PASSIVE):
        return _silent(at, cue, at)  # "als „Kaiwende“ bezeichnet worden"
    verb = order.bracket(sentence, at)
    if verb is None:
        return _PLAIN
    if sentence.bits[verb] & PASSIVE and not cue.cites:
        return _silent(at, cue, verb)
    return _bracketed(sentence, at, cue, verb)


def _silent(at: int, cue: Cue, first: int) -> Told:
    """A verb of speech with nobody to speak: "wurde als „Kaiwende“ bezeichnet"."""
    return Told(at, cue, None, first, first + 1, "before")


def _bracketed(sentence: Sentence, at: int, cue: Cue, verb: int) -> Told | None:
    """A participle whose auxiliary stands at `verb`; its words may stand between the two or behind both."""
    left = verb - 1 - (sentence.word(verb - 1) == ",")
    subject, where = None, verb > 0 and not sentence.has(left, QUOTE)
    if where:
        subject = order.led(sentence, verb)[1]
    if subject:
        return Told(at, cue, subject, subject[0], verb + 1, "before")
    subject = order.following(sentence, verb + 1)
    return Told(at, cue, subject, verb, min(subject[1], at), "behind") if subject else None


def _sharing(sentence: Sentence, at: int, cue: Cue, first: int, earlier: list[Told]) -> Told | None:
    """A gerund or an infinitive: whose it is stands with another verb."""
    subject = _shared(sentence, first, earlier)
    if subject and sentence.low[subject[0]] in sentence.words.impersonal and not earlier:
        return None  # "it is worth noting that", "il est difficile de dire que": nobody says it
    infinitive = "infinitive" in cue.forms and sentence.has(first, PREP) and first > 1
    if infinitive and not sentence.bits[first - 1] & (PUNCT | PREP):
        near = sources.before(sentence, first - 1)
        if near and sentence.has(near[0], PRON | CAP):
            subject = near  # "he appeared to suggest"
    return Told(at, cue, subject, first, at + 1, "shared")


def _agrees(sentence: Sentence, cue: Cue, subject: Range) -> bool:
    """Whether a bare English verb form has the plural subject it needs; "the state attorney" has none."""
    if not sentence.words.plural_words:
        return True
    last = sentence.low[subject[1] - 1]
    known = any(sentence.bits[at] & (DET | CAP | PRON | NUMBER | CONJ) for at in range(*subject))
    if (
        not known
        and (last.endswith("ss") or not last.endswith("s"))
        and last not in sentence.words.plural_words
    ):
        return False  # "mass protests": a noun before a noun
    if not {"finite", "infinitive"} <= cue.forms:
        return True
    if last in sentence.words.plural_words or (last.endswith("s") and not last.endswith("'s")):
        return True
    return any(
        sentence.bits[at] & CONJ
        or sentence.low[at].endswith("s")
        or sentence.low[at] in sentence.words.plural_words
        for at in range(*subject)
    )


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
    words = sentence.words
    if words.one_past and "infinitive" in cue.forms and sentence.low[at] not in words.always_clause:
        return None  # "say critics", but no "state Vera Lind"
    begin = at + 1
    for _ in range(3):
        begin = _past_hearers(sentence, _past_adjunct(sentence, begin))
    subject = (order.following if words.verb_second else sources.behind)(sentence, begin)
    if subject is None or (sentence.has(begin, PREP) and not sentence.has(begin, DET)):
        return None
    return Told(at, cue, _worded(sentence, subject), first, subject[1], "behind")


def _worded(sentence: Sentence, subject: Range) -> Range:
    """Whose words they are, where the phrase is "the words of": — приводит слова Берга «Голос Торва»."""
    if sentence.low[subject[0]] not in sentence.words.worded or subject[1] - subject[0] < 2:
        return subject
    first = subject[0] + 1
    last = next((at for at in range(first + 1, subject[1]) if sentence.low[at] == "«»"), subject[1])
    return first, last


def _past_hearers(sentence: Sentence, at: int) -> int:
    """Behind words that their case keeps from being a subject: "сказал журналистам мэр"."""
    endings = sentence.words.oblique_endings
    while (
        endings
        and at + 1 < len(sentence)
        and not sentence.bits[at]
        and len(sentence.low[at]) > 4
        and sentence.low[at].endswith(endings)
    ):
        at += 1
    return at


def _past_adjunct(sentence: Sentence, at: int) -> int:
    """Behind a date, an adverb or "à l'AFP", "dans un communiqué" that stands between verb and subject."""
    if sentence.word(at) == "," and sentence.has(at + 1, TIME | PREP | ADV):
        end = next((i for i in range(at + 2, min(len(sentence), at + 12)) if sentence.low[i] == ","), None)
        inner = end and not any(
            sentence.bits[i] & (CUE | FINITE | QUOTE | PRON) and not sentence.bits[i] & DET
            for i in range(at + 1, end)
        )
        return end + 1 if end and inner else at
    if (
        sentence.has(at, PREP)
        and sentence.has(at + 1, TIME)
        and not sentence.words.articled
        and not sentence.words.bare
    ):
        at += 2  # "в понедельник"
    start = at
    while at < len(sentence) and (
        (sentence.bits[at] & (TIME | ADV | NUMBER | REFLEX) and not sentence.bits[at] & (DET | PRON))
        or (
            sentence.bits[at] & DET
            and sentence.has(at + 1, TIME | NUMBER)
            and not sentence.has(at + 1, DET)
            and sentence.word(at + 2) != "-"  # "die 56-jährige Kapitänin"
        )
    ):
        at += 1
    if at > start:
        return at + (sentence.word(at) == ",")
    if (
        (sentence.words.inverts or sentence.words.verb_second)
        and sentence.has(at, PREP)
        and not sentence.has(at, CAP)
        and not (sentence.words.verb_second and sentence.has(at, DET))
    ):
        end = at + 1
        while end < len(sentence) and end - at < 5 and not sentence.bits[end] & (PUNCT | QUOTE | PREP | PRON):
            if sentence.bits[end] & DET and end > at + 1:
                return end
            end += 1
        if sentence.word(end) == ",":
            return end + 1
    return at


def _shared(sentence: Sentence, first: int, earlier: list[Told]) -> Range | None:
    """The subject that a verb without one of its own shares: that of the last cue, else of the main clause."""
    for told in reversed(earlier[-8:]):
        if told.subject and not sentence.has(told.subject[0] - 1, THAT):
            return told.subject
    return main_subject(sentence, first)


def main_subject(sentence: Sentence, limit: int) -> Range | None:
    """The subject of the sentence, as far as it can be told without a parse: its first noun phrase."""
    if sentence.words.verb_second:
        return order.main(sentence, limit)
    at = 0
    aside = sentence.words.pro_drop and sentence.word(0).endswith(sentence.words.aside_endings)
    if aside or (sentence.has(0, PREP | SUB) and not sentence.has(0, DET)) or sentence.has(0, CUE):
        comma = next((i for i in range(min(limit, len(sentence))) if sentence.low[i] == ","), None)
        if comma is not None:
            at = comma + 1
    while at < limit and sentence.bits[at] & (ADV | CONJ | PUNCT) and not sentence.bits[at] & PRON:
        at += 1
    if sentence.has(at, PREP) and not sentence.has(at, DET):
        at = next(
            (
                i
                for i in range(at, min(limit, len(sentence)))
                if sentence.bits[i] & PRON and not sentence.bits[i] & DET
            ),
            at,
        )
    if at >= limit or (sentence.bits[at] & CUE and not at):
        return None
    if sentence.bits[at] & PRON and not sentence.bits[at] & DET:
        return at, at + 1
    end = min(sources.phrase_beginning(sentence, at), limit)
    return (at, end) if end > at else None
