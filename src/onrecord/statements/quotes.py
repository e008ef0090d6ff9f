"""Quotations in narrative text: what was said, in which words of the text, and who the text says said it.

>>> text = "“We signed,” Vera Lind told reporters. She said the ferry would sail on Monday."
>>> [(q.rule, text[slice(*q.segments[0])], text[slice(*q.mention)]) for q in find_quotes(text, "en")]
[('postposed', 'We signed,', 'Vera Lind'), ('bare', 'the ferry would sail on Monday', 'She')]

Three steps: marks become quotations (`quote_marks`), a sentence becomes tokens in which a quotation is one
(`quote_sentences`), and from each cue the grammar walks to its subject and to its words. No parser, no model.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from onrecord.statements import quote_contents as contents
from onrecord.statements import quote_order as order
from onrecord.statements import quote_sources as sources
from onrecord.statements.quote_clauses import source_phrase
from onrecord.statements.quote_cues import Told, find_cues, main_subject
from onrecord.statements.quote_naming import names, titled
from onrecord.statements.quote_sentences import CAP, PUNCT, QUOTE, Sentence, inside, sentences
from onrecord.statements.quote_sources import Range
from onrecord.statements.quote_words import DET, FINITE, PRON, quote_words

Characters = tuple[int, int]
NEAR = 80  # tokens; a cue further inside a quotation is part of what is quoted
FAR = 1_500  # characters; further from the last named speaker a quotation belongs to nobody
DASHES = frozenset({"—", "–", "-", "--", "―"})
_LABEL = re.compile(r"[\"“«]?(?P<name>[A-Z][A-Z.'’-]{1,20}(?: [A-Z][A-Z.'’-]{1,20}){0,3}):\s(?=\S)")
Kind = Literal["direct", "mixed", "indirect"]


RULES = (
    "that", "bare", "colon", "marks", "as", "as_told", "postposed", "inserted", "source", "signed", "labelled",
    "floating", "embedded",
)  # fmt: skip
"""The names of the rules; docs/quotes.md says what each reads, the tests hold an example and a counter-example."""


class RawQuote(NamedTuple):
    """A quotation in characters of the text, before people.

    `segments` are the contiguous pieces of content, `mention` the printed words for the speaker (a name, a
    pronoun, a role), `cue` the verb or preposition; `rule` names the rule that found it.
    """

    segments: tuple[Characters, ...]
    type: Kind
    mention: Characters | None
    cue: Characters | None
    rule: str


class Attributed(NamedTuple):
    """A finding in the tokens of one sentence."""

    ranges: tuple[Range, ...]
    source: Range | None
    cue: Range | None
    rule: str
    within: Sentence | None = None  # the words of a quotation, where the cue stands inside the marks


def find_quotes(
    text: str, language: str | None, frames: Sequence[Characters] | None = None
) -> list[RawQuote]:
    """The quotations of a text (of its `frames` alone, if given), in order; empty for a language without data."""
    if not quote_words(language).known:
        return []
    found: list[RawQuote] = []
    for start, end in frames if frames is not None else [(0, len(text))]:
        found += _Frame(text).read(sentences(text, language, start, end))
    return found


class _Frame:
    """One stretch of text read in order: who spoke last, and whom a sentence ending in a colon lets speak."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.last: tuple[Characters | None, int] = (None, 0)  # who, and where these words ended
        self.told: tuple[Characters, int] | None = None

    def read(self, several: Iterable[Sentence]) -> Iterator[RawQuote]:
        """The quotations of the sentences."""
        for sentence in several:
            if (label := _LABEL.match(self.text, sentence.left)) and label.end() < sentence.right:
                name, spoken = label.span("name"), (label.end(), sentence.right)
                yield RawQuote((spoken,), "direct", name, None, "labelled")
                self.last = (name, sentence.right)
            elif sentence.quotations or sentence.words.indirect or sentence.words.bare:
                yield from self._quotes(sentence)
            elif tolds := find_cues(sentence):
                self._hear(sentence, tolds)

    def _quotes(self, sentence: Sentence) -> Iterator[RawQuote]:
        near = self.last[0] if sentence.left - self.last[1] < FAR else None
        if self.told and not self.text[self.told[1] : sentence.left].strip():
            near = self.told[0]
        for one in attribute(sentence):
            if raw := _raw(sentence, one, near):
                self.last = (raw.mention, raw.segments[-1][1])
                yield raw
        self.told = _announced(sentence)

    def _hear(self, sentence: Sentence, tolds: Sequence[Told]) -> None:
        """Who speaks in a sentence without marks, for the marks that follow: "Lind sprach lange. „…“"."""
        self.told = _announced(sentence)
        plain = [told for told in tolds if told.subject and told.cue.frame != "marks"]
        subject = plain[-1].subject if plain else None
        if subject and sentence.low[subject[0]] not in sentence.words.nobody:
            self.last = (sentence.characters(*subject), sentence.right)


def attribute(sentence: Sentence) -> list[Attributed]:
    """Every quotation of a sentence with its cue; none twice."""
    for at in [at for at in sentence.quotations if names(sentence, at)]:
        sentence.unquote(at)
    tolds = find_cues(sentence)
    found: list[Attributed] = []
    if sentence.words.inverts:
        for at, quotation in sentence.quotations.items():
            words = inside(sentence, quotation)
            found += (sentence.words.dash_dialogue and _dashed(at, words)) or _inserted(at, words)
    begin = 0
    breaks = contents.breaking(sentence, tolds)
    for told in tolds:
        cue = (told.at, told.at + 1)
        postposed = contents.ahead(sentence, told, begin)
        if postposed and told.order == "before" and _covers(postposed.ranges[0], found):
            found = [
                one for one in found if one.cue is None
            ]  # the whole sentence is told again: "…, the source added"
        if postposed and not _taken(found, postposed.ranges[0]):
            found.append(Attributed(postposed.ranges, told.subject, cue, postposed.rule))
            continue
        if (rest := contents.as_told(sentence, told)) and not _taken(found, rest.ranges[0]):
            found.append(Attributed(rest.ranges, told.subject, cue, rest.rule))
            continue
        following = contents.behind(sentence, told, breaks)
        if following and not _taken(
            found,
            following.ranges[0],
        ):
            found.append(Attributed(following.ranges, told.subject, cue, following.rule))
    found += _from_sources(sentence, found)
    found += _unclaimed(sentence, found, tolds)
    if not sentence.words.indirect:
        found = [
            one._replace(ranges=((at, at + 1),)) if not one.within else one
            for one in found
            for at in (sentence.quotations if not one.within else (0,))
            if one.within or any(first <= at < last for first, last in one.ranges)
        ]
    return sorted(found, key=lambda one: one.ranges[0])


def _inserted(at: int, words: Sentence) -> list[Attributed]:
    """A cue inside the marks, as French prints it: « Le texte, a déclaré M. Orval, est prêt »."""
    for told in find_cues(words):
        if told.first > NEAR:
            break
        if told.order != "behind" or words.word(told.first - 1) != "," or not told.subject:
            continue
        content = contents.ahead(words, told, 0)
        if content and contents.closes(words, told.after):
            content = contents.past_aside(words, content)
            return [
                Attributed(
                    ((at, at + 1), *content.ranges), told.subject, (told.at, told.at + 1), "inserted", words
                )
            ]
    return []


def _dashed(at: int, words: Sentence) -> list[Attributed]:
    """A cue between dashes inside speech: «Причал открыт, — сказал Орвал. — Идём», —El muelle abre —dijo Lind—."""
    for told in find_cues(words):
        if told.first > NEAR:
            break
        if told.first < 2 or words.low[told.first - 1] not in DASHES or told.order == "before":
            continue
        close = next((i for i in range(told.after, len(words)) if words.low[i] in DASHES), len(words))
        ranges: list[Range] = [(at, at + 1), (0, told.first - 1)]
        if close + 1 < len(words):
            ranges.append((close + 1, len(words)))
        return [Attributed(tuple(ranges), told.subject, (told.at, told.at + 1), "inserted", words)]
    return []


def _covers(whole: Range, found: Sequence[Attributed]) -> bool:
    """Whether all that was found so far lies within a range and ends where it ends."""
    return bool(found) and all(
        whole[0] <= first and last == whole[1] for one in found for first, last in one.ranges
    )


def _taken(found: Iterable[Attributed], new: Range) -> bool:
    """Whether words are already somebody's: what is told within a quotation belongs to the quotation."""
    return any(first < new[1] and new[0] < last for one in found for first, last in one.ranges)


def _cuts(one: Attributed, ranges: Sequence[Range]) -> bool:
    """Whether an attribution overlaps these words without lying wholly inside them."""
    return any(
        first < end and begin < last and not (begin <= first and last <= end)
        for first, last in one.ranges
        for begin, end in ranges
    )


def _by_source(sentence: Sentence, found: Sequence[Attributed]) -> Iterator[Attributed]:
    """The words in marks that a source covers wherever it stands: "laut Lind ist der Kai „…“", "Lind zufolge …"."""
    for at in range(len(sentence)):
        subject: Range | None = None
        end = source_phrase(sentence, at) if sentence.low[at] in sentence.words.prefix_sources else None
        if end:
            subject = sources.behind(sentence, end)
        elif sentence.low[at] in sentence.words.suffix_sources:
            begin = sources.phrase_ending(sentence, at)
            subject = (begin, at) if begin is not None else None
        if subject is None or not any(sentence.has(i, CAP | PRON) for i in range(*subject)):
            continue  # "laut geworden"
        for one, inner in sentence.quotations.items():
            name = titled(sentence.text[inner.start : inner.end], sentence.words.language)
            if not name and not _taken(found, (one, one + 1)):
                yield Attributed(((one, one + 1),), subject, (at, end or at + 1), "source")
        return


def _from_sources(sentence: Sentence, found: Sequence[Attributed]) -> list[Attributed]:
    """ "According to X, …", "…, selon X.", "…, d'après X, …"."""
    know = sentence.words
    if know.verb_second:
        return list(_by_source(sentence, found))
    fresh: list[Attributed] = []
    for at in range(len(sentence)):
        if sentence.low[at] not in know.prefix_sources:
            continue
        end = source_phrase(sentence, at)
        if end is None:
            continue
        subject = sources.behind(sentence, end)
        if sentence.word(end) == "," and sentence.has(end - 2, PRON):
            subject = (end - 2, end - 1)  # "по его словам"
        if subject is None:
            continue
        ranges = _around(sentence, at, max(end, subject[1]))
        if ranges and not _taken(fresh, ranges[0]) and not any(_cuts(one, ranges) for one in found):
            fresh.append(Attributed(ranges, subject, (at, end), "source"))
    return fresh


def _around(sentence: Sentence, at: int, after: int) -> tuple[Range, ...]:
    """The words that a source phrase covers: before it, behind its comma, or both."""
    size = len(sentence)
    while size and sentence.low[size - 1] in (".", "!", "?", "…"):
        size -= 1
    begins = at == 0 or (at == 1 and not sentence.bits[0] & QUOTE)
    pieces = []
    if not begins:
        last = at - (sentence.low[at - 1] == ",")
        if last > 3 or any(sentence.bits[i] & (FINITE | QUOTE) for i in range(last)):
            pieces.append((0, last))
    if sentence.word(after) == "," and after + 1 < size:
        pieces.append((after + 1, size))
    return tuple(pieces)


def _unclaimed(sentence: Sentence, found: Sequence[Attributed], tolds: Sequence[Told]) -> list[Attributed]:
    """Quotations that no cue of the sentence claims: signed, behind a colon, or floating."""
    fresh, know = list[Attributed](), sentence.words
    for at, quotation in sentence.quotations.items():
        if _taken(found, (at, at + 1)):
            continue
        size = len(sentence.text[quotation.start : quotation.end].split())
        if sentence.word(at - 1) == ":" and (subject := before_colon(sentence, at - 1, tolds)):
            fresh.append(Attributed(((at, at + 1),), subject, None, "colon"))
        elif signature := _signature(sentence, at):
            fresh.append(Attributed(((at, at + 1),), signature, None, "signed"))
        elif not (know.indirect or know.bare) and (one := _of_order(sentence, at, tolds)):
            fresh.append(one)
        elif at == 0 and size >= 4 and not sentence.has(1, FINITE):  # not "“The Old Quay” is open"
            fresh.append(Attributed(((at, at + 1),), None, None, "floating"))
        elif size >= 7:
            fresh.append(Attributed(((at, at + 1),), _nearest(sentence, at, tolds), None, "embedded"))
    return fresh


def _of_order(sentence: Sentence, at: int, tolds: Sequence[Told]) -> Attributed | None:
    """Marks that the order of words or the mood of the verb gives to somebody, without a verb of speech."""
    here = ((at, at + 1),)
    if sentence.word(at - 1) in sentence.words.worded:
        return Attributed(here, main_subject(sentence, len(sentence)), None, "marks")
    if speaker := order.inquit(sentence, at):
        return Attributed(here, speaker, (at + 2, at + 3), "postposed")
    inner = sentence.quotations[at]
    name = titled(sentence.text[inner.start : inner.end], sentence.words.language)
    if not name and not tolds and not sentence.words.subjunctive.isdisjoint(sentence.low):
        return Attributed(here, None, None, "floating")  # reported on: "Der Antrag sei „Unfug“."
    return None


def _signature(sentence: Sentence, at: int) -> Range | None:
    """The name behind a quotation and a dash, or behind a word that stands for "said": „…“, so Weber."""
    after = at + 1 + (sentence.word(at + 1) == ",")
    if sentence.word(after) in sentence.words.inline_sources and sentence.has(after + 1, CAP | DET):
        return sources.behind(sentence, after + 1)
    if sentence.word(at + 1) not in {"―", "—", "–", "--", "-"} or not sentence.has(at + 2, CAP):
        return None
    end = sources.phrase_beginning(sentence, at + 2)
    return (at + 2, end) if end > at + 2 else None


def _nearest(sentence: Sentence, at: int, tolds: Sequence[Told]) -> Range | None:
    """Whose words are quoted where no cue claims them: the subject, where it can speak at all."""
    if not sentence.words.verb_second:
        return before_colon(sentence, at, tolds)
    subject = before_colon(sentence, at, tolds)
    return subject if subject and _may_speak(sentence, subject) else None


def _may_speak(sentence: Sentence, subject: Range) -> bool:
    """Whether a subject can be a person's without a verb of speech to say so: a pronoun, a name, a role."""
    first, last = subject
    if not sentence.has(first, DET):
        return True
    endings = sentence.words.role_endings
    return any(sentence.low[at].endswith(endings) for at in range(first, last) if sentence.has(at, CAP))


def before_colon(sentence: Sentence, colon: int, tolds: Sequence[Told]) -> Range | None:
    """Who speaks where only a colon stands before the quotation: the last subject before it."""
    for told in reversed(tolds):
        if told.at < colon and told.subject:
            return told.subject
    return main_subject(sentence, colon)


def _announced(sentence: Sentence) -> tuple[Characters, int] | None:
    """Who speaks in the next paragraph, where a sentence ends in a colon: "He said:"."""
    if sentence.word(len(sentence) - 1) != ":":
        return None
    source = before_colon(sentence, len(sentence) - 1, find_cues(sentence))
    return (sentence.characters(*source), sentence.right) if source else None


def _raw(sentence: Sentence, one: Attributed, near: Characters | None) -> RawQuote | None:
    segments: list[Characters] = []
    ranges = one.ranges[1:] if one.within else one.ranges
    sentence = one.within or sentence
    for first, end in ranges:
        segments += _characters(sentence, first, end)
    if not segments:
        return None
    if not _goes_on(sentence, one):
        near = None
    mention = sentence.characters(*one.source) if one.source else near
    if one.source and sentence.low[one.source[0]] in sentence.words.nobody:
        mention = None  # "es heißt", "hieß es"
    cue = sentence.characters(*one.cue) if one.cue else None
    kind = "direct" if one.within else _kind(sentence, ranges)
    return RawQuote(tuple(segments), kind, mention, cue, one.rule)


def _goes_on(sentence: Sentence, one: Attributed) -> bool:
    """Whether words that name nobody are the last speaker's: not where a verb has a subject that was not found."""
    know = sentence.words
    return know.indirect or know.bare or one.rule == "floating" or (know.pro_drop and one.cue is not None)


def _characters(sentence: Sentence, first: int, end: int) -> list[Characters]:
    """The characters of a range, without points, marks and commas around them."""
    low = sentence.low
    while (
        first < end
        and sentence.bits[first] & PUNCT
        and low[first] in {",", ".", ";", ":", "—", "–", "-", "--", "…", "!", "?"}
    ):
        first += 1
    while end > first and low[end - 1] in {",", ".", ";", ":", "—", "–", "-", "--"}:
        end -= 1
    if first >= end:
        return []
    if end == first + 1 and first in sentence.quotations:
        quotation = sentence.quotations[first]
        return [(quotation.start, quotation.end)]
    left, right = sentence.characters(first, end)
    return [(left, right)]


def _kind(sentence: Sentence, ranges: Sequence[Range]) -> Kind:
    tokens = [at for first, end in ranges for at in range(first, end) if not sentence.bits[at] & PUNCT]
    quoted = [at for at in tokens if at in sentence.quotations]
    if not quoted:
        return "indirect"
    return "direct" if len(quoted) == len(tokens) else "mixed"
