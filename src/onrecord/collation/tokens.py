"""Sentences and tokens of one account: words by what they say, figures and dates by what they are worth.

A token is a word, a part of a contraction, or a whole number or date; its `key` is equal for equal content: "40"
and "forty" are `#40`, "1 September" and "September 1" are `@XXXX-09-01`, "can't" is `can` and `not`. Keys of
numbers and dates belong to no language.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Literal, NamedTuple

from onrecord.collation.composed import Composed
from onrecord.collation.phrasebook import phrasebook
from onrecord.text.dates import dates
from onrecord.text.numbers import Number, numbers
from onrecord.text.sentences import sentences as cut_sentences

Kind = Literal["word", "name", "number", "date"]
Slice = tuple[int, int]

# Possessive repeats: nothing is ever tried twice.
_WORD = re.compile(r"[\w\u0300-\u036f]++(?:['’ʼ‘‑-][\w\u0300-\u036f]++)*+")
_HYPHENS = re.compile(r"[-‑]")
_OPENING = frozenset(':“„«"‘([—–…-*•')
_ENDS = re.compile(r"[?!؟]")
_SHOUTED = 0.6  # share of words in capitals from which capitals say nothing about names


class Token(NamedTuple):
    """One unit of comparison; `start` and `end` are offsets into the account's text, `sentence` an index.

    `inserted`: stands in an editor's brackets, and may be printed as spoken elsewhere.
    """

    start: int
    end: int
    key: str
    kind: Kind
    sentence: int
    inserted: bool = False


class Sentence(NamedTuple):
    """One sentence: its span, its turn (index into `Account.turns`, -1 for none), its tokens `[first, last)`.

    `mark` is "?" for a question, "!" for an exclamation, "" otherwise.
    """

    start: int
    end: int
    turn: int
    first: int
    last: int
    mark: str = ""


class Layers(NamedTuple):
    """What tokens are read from, as offsets into the composed text: `stretches` with their turn, in order;
    `skipped` slices are printed, not spoken; `inserted` ones an editor added. Both sorted and disjoint."""

    stretches: Sequence[tuple[int, int, int]]
    skipped: Sequence[Slice]
    inserted: Sequence[Slice]


class _Cover:
    """Is an offset inside one of some sorted, disjoint slices?"""

    def __init__(self, slices: Sequence[Slice]) -> None:
        self._starts = [start for start, _ in slices]
        self._ends = [end for _, end in slices]

    def end(self, at: int) -> int:
        """Where the slice that holds the offset ends; 0 where none does."""
        if not self._starts:
            return 0
        index = bisect_right(self._starts, at) - 1
        return self._ends[index] if index >= 0 and at < self._ends[index] else 0


class _Value(NamedTuple):
    start: int
    end: int
    key: str
    kind: Kind


def read_tokens(
    composed: Composed, language: str | None, layers: Layers, names: frozenset[str]
) -> tuple[list[Sentence], list[Token]]:
    """Sentences and tokens of the stretches; `names` are folded words that always are names."""
    reading = _Reading(composed, language, layers)
    for start, end, turn in layers.stretches:
        for left, right in cut_sentences(composed.characters, language, start, end):
            reading.sentence(left, right, turn)
    return reading.sentences, _named(reading, names)


class _Reading:
    """One pass over the sentences of an account."""

    def __init__(self, composed: Composed, language: str | None, layers: Layers) -> None:
        self.composed, self.text, self.language = composed, composed.characters, language
        self.book = phrasebook(language)
        self.skipped, self.inserted = _Cover(layers.skipped), _Cover(layers.inserted)
        self.values = values(self.text, language)
        self.at = 0  # first value that has not ended yet
        self.sentences: list[Sentence] = []
        self.tokens: list[Token] = []
        self.capital: list[int] = []  # tokens with a capital that no beginning of a sentence explains
        self.opening: list[int] = []  # tokens with a capital at a beginning
        self.capitals = 0  # words all in capitals

    def sentence(self, start: int, end: int, turn: int) -> None:
        """Add the tokens of one sentence; a sentence without any belongs to no one."""
        first = len(self.tokens)
        at = start
        while (found := _WORD.search(self.text, at, end)) is not None:
            begin, at = found.span()
            if (skip := self.skipped.end(begin)) > begin:
                at = max(skip, begin + 1)
                continue
            value = self._value(begin, end)
            if value is not None:
                at = max(value.end, begin + 1)
                self._add(value.start if value.start >= start else begin, value.end, value.key, value.kind)
            else:
                self._word(begin, at, found[0], at_start=len(self.tokens) == first)
        if len(self.tokens) > first:
            marks = _ENDS.findall(self.text, max(start, end - 4), end)
            back = self.composed.back
            mark = marks[0].replace("؟", "?") if marks else ""
            self.sentences.append(Sentence(back(start), back(end), turn, first, len(self.tokens), mark))

    def _value(self, begin: int, end: int) -> _Value | None:
        """The number or date that holds this word, if it also ends in the sentence."""
        while self.at < len(self.values) and self.values[self.at].end <= begin:
            self.at += 1
        if self.at == len(self.values):
            return None
        value = self.values[self.at]
        return value if value.start <= begin and value.end <= end else None

    def _word(self, begin: int, end: int, word: str, *, at_start: bool) -> None:
        whole = self.book.parts(word)
        if len(whole) == 1 and whole[0][0] in self.book.fillers:
            return
        if word.isdecimal():  # figures that no number or date took whole
            self._add(begin, end, f"#{int(word)}", "number")
            return
        if "-" in word or "‑" in word:
            self._hyphenated(begin, word)
            return
        if word[0].isupper():
            self._capital(begin, word, at_start)
        if end < len(self.text) and self.text[end] in "'’" and self._possessive(begin, end):
            self._add(begin, end + 1, whole[0][0] + "'", "word")
            return
        at = begin
        for form, stop in whole:
            self._add(at, begin + stop, form, "word")
            at = begin + stop

    def _hyphenated(self, begin: int, word: str) -> None:
        """Each part of "long-awaited" by itself: whether the hyphen is printed is a question of style."""
        at = begin
        for part in _HYPHENS.split(word):
            if part:
                self._word(at, at + len(part), part, at_start=False)
            at += len(part) + 1

    def _capital(self, begin: int, word: str, at_start: bool) -> None:
        before = self.text[max(0, begin - 3) : begin].rstrip()
        initial = at_start or before[-1:] in _OPENING
        (self.opening if initial else self.capital).append(len(self.tokens))
        self.capitals += len(word) > 1 and word.isupper()

    def _possessive(self, begin: int, end: int) -> bool:
        """Whether the apostrophe behind a word is a plural's possessive and not a closing quotation mark."""
        if self.text[end - 1] not in self.book.plural or not self.text[end + 1 : end + 3].strip().isalnum():
            return False
        before = self.text[max(0, begin - 200) : begin]
        return "‘" not in before and " '" not in before

    def _add(self, start: int, end: int, key: str, kind: Kind) -> None:
        back = self.composed.back
        inserted = self.inserted.end(start) > 0
        self.tokens.append(Token(back(start), back(end), key, kind, len(self.sentences), inserted))


def _named(reading: _Reading, names: frozenset[str]) -> list[Token]:
    """The tokens, with those that are names called so.

    A capital inside a sentence makes a name where the language gives capitals to names only; at the beginning of a
    sentence the word must be known as a name from elsewhere.
    """
    tokens, book = reading.tokens, reading.book
    known = set(names)
    if not book.capital_nouns and reading.capitals < _SHOUTED * max(1, len(tokens)):
        own = (tokens[at].key for at in reading.capital)
        known.update(key for key in own if key not in book.function_words)
    for at in [*reading.capital, *reading.opening]:
        if tokens[at].key.removesuffix("'s").removesuffix("'") in known and tokens[at].kind == "word":
            tokens[at] = tokens[at]._replace(kind="name")
    return tokens


def values(text: str, language: str | None) -> list[_Value]:
    """Numbers and dates of a text in order, dates first where they overlap; doubtful words ("one") are words.

    >>> [(value.key, value.kind) for value in values("20 per cent by 1 September", "en")]
    [('#20%', 'number'), ('@XXXX-09-01', 'date')]
    """
    found = [_Value(date.start, date.end, f"@{date.value}", "date") for date in dates(text, language)]
    found += [
        _Value(number.start, number.end, _worth(number), "number")
        for number in numbers(text, language)
        if number.certainty != "ambiguous" or text[number.end - 1].isdigit() or text[number.start].isdigit()
    ]
    found.sort(key=lambda value: (value.start, value.kind != "date", -value.end))
    apart: list[_Value] = []
    for value in found:
        if not apart or apart[-1].end <= value.start:  # "600 billion a year": what begins first is believed
            apart.append(value)
    return apart


def _worth(number: Number) -> str:
    """What a number is worth, whatever it is printed like: value or bounds, unit, and whether it orders."""
    worth = number.value or f"{number.low or ''}..{number.high or ''}"
    order = {"ordinal": ".", "multiplier": "×"}.get(number.kind, "")
    return f"#{worth}{number.unit or ''}{order}"
