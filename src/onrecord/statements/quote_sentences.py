"""Sentences as the grammar of quotations reads them: each quotation is one token, and is never cut.

>>> sentence = next(sentences("« Bien. Merci », dit-il.", "fr"))
>>> sentence.low
['«»', ',', 'dit', 'il', '.']
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache, cached_property, lru_cache

from onrecord.statements.quote_marks import Quotation, paragraphs, read_marks
from onrecord.statements.quote_words import ADV, CLITIC, DET, PRON, QuoteWords, quote_words
from onrecord.text import sentences as splitter
from onrecord.text.matching import apart
from onrecord.text.vocabulary import alternatives, text_data, words

CAP, PUNCT, QUOTE, CUE, NUMBER, _OPENS = (1 << bit for bit in range(20, 26))
_GLUED = re.compile(r"([^\W\d_]{3,})(?<=[a-zà-ÿ])([A-ZÀ-Þ][^\W\d_]*)$")
_GLUE = re.compile(r"[A-ZÀ-Þ](?<=[a-zà-ÿ].)")  # from one capital to the next: small letters are many
_SIGNED = re.compile(r"[ \u00a0]?(?:[―—–-]|--)[ \u00a0]?[^\W\d_]")
_LINE = re.compile(r"(?:[―—–]|--|-(?=[ \u00a0]))[ \u00a0]?(?=[^\s―—–-])")  # a dash opens what somebody says
_PAUSES = frozenset(",;")
_KEPT = frozenset(".!?…")


class Sentence:
    """The tokens of one sentence in parallel lists: lower-case form, place, classes of words.

    `quotations` maps the tokens that are quotations to what the marks enclose.
    """

    __slots__ = (
        "__dict__",
        "at",
        "bits",
        "left",
        "low",
        "quotations",
        "right",
        "text",
        "to",
        "words",
    )

    def __init__(self, text: str, words: QuoteWords, left: int, right: int) -> None:
        self.text, self.words, self.left, self.right = text, words, left, right
        self.low: list[str] = []
        self.at: list[int] = []
        self.to: list[int] = []
        self.bits: list[int] = []
        self.quotations: dict[int, Quotation] = {}

    def __len__(self) -> int:
        return len(self.low)

    def read(self, start: int, end: int, pattern: re.Pattern[str]) -> None:
        """Add the tokens of a stretch without quotations."""
        low, at, to, bits = self.low, self.at, self.to, self.bits
        language, pairs = self.words.language, self.words.pairs
        last = bits[-1] if bits else 0
        for match in pattern.finditer(self.text, start, end):
            begin, parts = match.start(), _parts(match[0], language)
            if len(parts) == 1 and not last & _OPENS:  # nearly every word
                lower, left, right, last = parts[0]
                low.append(lower)
                at.append(begin + left)
                to.append(begin + right)
                bits.append(last)
                continue
            for lower, left, right, kind in parts:
                if bits and bits[-1] & _OPENS and lower in pairs[low[-1]]:
                    low[-1] += " " + lower  # "pointed out"
                    to[-1] = begin + right
                    bits[-1] = (bits[-1] & ~_OPENS) | CUE
                    continue
                low.append(lower)
                at.append(begin + left)
                to.append(begin + right)
                bits.append(kind)
            last = bits[-1]

    def quote(self, quotation: Quotation) -> None:
        """Add a quotation as one token."""
        self.quotations[len(self.low)] = quotation
        self.low.append("«»")
        self.at.append(quotation.left)
        self.to.append(quotation.right)
        self.bits.append(QUOTE)

    def unquote(self, index: int) -> None:
        """Take a quotation for a name: one capitalised word among the others."""
        del self.quotations[index]
        self.bits[index] = CAP

    @cached_property
    def pauses(self) -> list[int]:
        """Where its commas and semicolons are."""
        return [at for at, low in enumerate(self.low) if low in _PAUSES]

    def has(self, index: int, bit: int) -> bool:
        """Whether the token there, if there is one, is of a class."""
        return 0 <= index < len(self.bits) and bool(self.bits[index] & bit)

    def word(self, index: int) -> str:
        """The token there in lower case, or ""."""
        return self.low[index] if 0 <= index < len(self.low) else ""

    def characters(self, first: int, last: int) -> tuple[int, int]:
        """The characters from token `first` to before token `last`."""
        return self.at[first], self.to[last - 1]


@lru_cache(maxsize=1 << 16)
def _parts(word: str, language: str | None) -> tuple[tuple[str, int, int, int], ...]:
    """The tokens of a printed word: lower-case form, place in the word, classes. Almost always one.

    Two where a cue is glued to the next word ("ditPlus"): only where a small letter meets a capital.
    """
    know = quote_words(language)
    lower = word.lower().replace("’", "'")
    if word[0] == "-" and len(word) > 2:  # "dit-il", "a-t-il": the pronoun alone is the word
        bare = lower.rpartition("-")[2]
        return ((bare, len(word) - len(bare), len(word), PRON | CLITIC),)
    kind = know.classes.get(lower, 0) | (CUE if lower in know.cues else 0)
    if word[0].isdigit():
        kind |= NUMBER
    elif not word[0].isalpha():
        kind |= PUNCT
    elif word[0].isupper():
        kind = (kind & ~DET if lower in know.numerals else kind) | CAP
    elif not kind and lower.endswith(know.adverb_endings) and lower not in know.never_adverbs:
        kind = ADV
    halves = None if kind & CUE else _GLUED.match(word)
    if halves and (cue := halves[1].lower()) in know.cues:
        second, middle = halves[2].lower(), halves.end(1)
        return (
            (cue, 0, middle, know.classes.get(cue, 0) | CUE),
            (second, middle, len(word), know.classes.get(second, 0) | CAP),
        )
    return ((lower, 0, len(word), kind | (_OPENS if lower in know.pairs else 0)),)


def sentences(text: str, language: str | None, start: int = 0, end: int | None = None) -> Iterator[Sentence]:
    """The sentences of a slice that may quote somebody, as tokens and in order.

    Sentences between which a quotation runs are one; those without marks and cues are left out.
    """
    stop = len(text) if end is None else end
    quotations = read_marks(text, start, stop)
    know, pattern, spaced = quote_words(language), token_pattern(language), apart(text[start:stop])
    lefts = [quotation.left for quotation in quotations]
    for left, right in paragraphs(text, start, stop):
        within = [
            quotation
            for quotation in quotations[bisect_left(lefts, left) : bisect_left(lefts, right)]
            if quotation.sure or not _doubtful(quotation, left)
        ]
        if not within and not _may_tell(text, spaced[left - start : right - start], left, right, know):
            continue
        if know.dash_dialogue and not within and (line := _LINE.match(text, left, right)):
            spoken = Quotation(left, line.end(), right, right, "unclosed")
            yield tokens(text, know, pattern, left, right, [spoken])
            continue
        places = [quotation.left for quotation in within]
        for first, last in _cut(text, language, left, right, within):
            held = within[bisect_left(places, first) : bisect_left(places, last)]
            if held or _may_tell(text, spaced[first - start : last - start], first, last, know):
                yield tokens(text, know, pattern, first, last, held)


def _may_tell(text: str, spaced: str, left: int, right: int, know: QuoteWords) -> bool:
    """Whether words without quotations can hold a cue at all; most cannot, and need no tokens.

    `spaced` is the same slice `apart`.
    """
    return (
        not know.triggers.isdisjoint(spaced.split())
        or text.find(":", left, right) >= 0
        or _GLUE.search(text, left, right) is not None
    )


def tokens(
    text: str,
    know: QuoteWords,
    pattern: re.Pattern[str],
    left: int,
    right: int,
    quotations: Sequence[Quotation],
) -> Sentence:
    """One sentence read into tokens; the quotations that lie in it become one token each."""
    sentence = Sentence(text, know, left, right)
    at = left
    for quotation in quotations:
        if quotation.right <= right:
            sentence.read(at, quotation.left, pattern)
            sentence.quote(quotation)
            at = quotation.right
    sentence.read(at, right, pattern)
    return sentence


def _doubtful(quotation: Quotation, left: int) -> bool:
    """Whether a mark without its partner may be a stray: then the words are read as if it were not there."""
    return quotation.closing == "unopened" or quotation.left - left <= 1


def inside(sentence: Sentence, quotation: Quotation) -> Sentence:
    """The words of a quotation as a sentence of their own."""
    return tokens(
        sentence.text,
        sentence.words,
        token_pattern(sentence.words.language),
        quotation.start,
        quotation.end,
        (),
    )


def _cut(
    text: str, language: str | None, left: int, right: int, quotations: Sequence[Quotation]
) -> list[tuple[int, int]]:
    """The sentences of a paragraph, found where no quotation can be cut: its words are blanked out first.

    The last character before the closing mark stays, because the stop inside the marks also ends the sentence.
    """
    if not quotations:
        return splitter.sentences(text, language, left, right)
    parts, at = [], left
    for quotation in quotations:
        parts.append(text[at : quotation.left])
        size = quotation.right - quotation.left
        last = text[quotation.end - 1]
        closed = quotation.right > quotation.end
        ends = last + ")" if last in _KEPT and closed and not _SIGNED.match(text, quotation.right) else "x"
        first = "X" if text[quotation.start].isupper() else "x"  # a small letter would tie sentences together
        parts.append(first * (size - len(ends)) + ends if size >= len(ends) else first * size)
        at = quotation.right
    parts.append(text[at:right])
    blanked = "".join(parts)
    spans = [(left + first, left + last) for first, last in splitter.sentences(blanked, language)]
    return _whole(spans, quotations)


def _whole(spans: list[tuple[int, int]], quotations: Sequence[Quotation]) -> list[tuple[int, int]]:
    """The spans, joined where one longer than any sentence was cut inside a quotation."""
    joined: list[tuple[int, int]] = []
    at = 0
    for first, last in spans:
        while at < len(quotations) and quotations[at].right <= first:
            at += 1
        cut = at < len(quotations) and quotations[at].left < first
        if joined and cut:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined


@cache
def token_pattern(language: str | None) -> re.Pattern[str]:
    """What one token is: numbers whole, elided words and inverted pronouns apart ("l'|accord", "dit|-il")."""
    data = text_data(language).get("language", {})
    elided = alternatives(_cased(words(data.get("elisions", ""))))
    inverted = rf"-(?:[tT]-)?{alternatives(_cased(quote_words(language).listed('inverted')))}\b"
    return re.compile(
        rf"{elided}['’](?=\w)|{inverted}|\d+(?:[.,]\d+)*|\w+(?:(?:['’]|(?!{inverted})-)\w+)*|--|[^\w\s]"
    )


def _cased(listed: list[str]) -> set[str]:
    """The words as they are printed: asking for any case makes every token half as dear again."""
    return {form for word in listed for form in (word, word.capitalize(), word.upper())}
