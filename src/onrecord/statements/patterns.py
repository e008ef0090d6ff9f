"""Cues as a lawyer would write them down: a small pattern language over words, compiled to linear expressions.

    we {will} * {act}        literal words, named lists of the data file in braces, `*` for up to three words
    threaten~                `~` is the rest of a word: threatens, threatened, threatening
    ready|willing to_do?     alternatives, `_` for a space inside one, `?` for what may be missing
    ** ,                     up to eight words; a comma that must stand there
    ^ ^^                     the beginning of the clause; of the sentence
    #                        a figure: 40, $1,200, 3.5
    we {will} > * {act}      what is promised, agreed … begins at `>`; without it, behind the cue

Words are compared in lower case with one shape of apostrophe (`even`); between two of them may stand a space, an
apostrophe, a hyphen, a quotation mark or a bracket, never a full stop or a comma. A gap stays in its clause.

>>> found = Patterns({"will": "will shall", "act": "build fund"}).compile("we {will} * {act}").search(
...     "tomorrow we will at last build a bridge")
>>> found[0]
'we will at last build'
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache, reduce
from operator import or_
from typing import Literal, NamedTuple

from onrecord.errors import Fault
from onrecord.text.matching import fold
from onrecord.text.vocabulary import words

# A hundred of these stand in the patterns that an article needs. A set with a character beyond U+00FF takes the engine
# many times as long to compile; so `even` leaves one shape of quotation mark, and the euro is no member of a set.
_BETWEEN = r"[ '\"«»()\[\]\t-]{1,4}"
_SIGN = r"(?:[$£]|€(?=\w))"
_NUMBER = r"\d{1,9}[.,]\d{1,9}"
_WORD = rf"(?:{_NUMBER}|\d{{1,2}}\.(?= )|\w{{1,40}}|{_SIGN}(?:{_NUMBER}|\w{{1,40}}))"  # a German ordinal is a word
_AFTER_LEAD = r"[ ,'-]{1,4}"
_FIGURE = rf"{_SIGN}?\d{{1,9}}(?:[.,]\d{{1,9}}){{0,4}}"
_WHAT = "what"  # the group that is empty and only marks a place
_GAPS = {"*": 3, "**": 8}
_HERE, _FIGURES = ">", "#"
_SIGNS = frozenset({_HERE, _FIGURES, ",", *_GAPS})
_LETTER = re.compile(r"\w")
_ENTRY = re.compile(r"[^\W_]+~?")
_MARGIN = (
    4  # characters: a bullet or a quotation mark and blanks may stand before the first word of a sentence
)
_MOST_WORDS = 1 << 16
_STEM = 4  # letters by which a stem is known; a shorter one by all of them


def even(text: str) -> str:
    """The text as patterns read it: folded, with one shape of double quotation mark; never longer or shorter.

    >>> print(even("L’accord “final”"))
    l'accord "final"
    """
    return fold(text).replace("“", '"').replace("”", '"')


class _Words(NamedTuple):
    """An element of a pattern that stands for words; all others are signs."""

    entries: tuple[str, ...]
    optional: bool


_Element = str | _Words


class Compiled:
    """A pattern, and the words without which a text is not worth searching.

    A text must hold one word of each set of `needs`; the rarest comes first and is what to look the pattern up by.
    `at_start` says where a match must begin: at the slice (`^`), at the text (`^^`), or anywhere.
    """

    def __init__(
        self,
        elements: Sequence[_Element],
        needs: tuple[frozenset[str], ...],
        at_start: Literal["", "^", "^^"] = "",
        lead: tuple[str, ...] = (),
    ) -> None:
        self._elements, self._lead = elements, lead
        self.needs, self.at_start = needs, at_start

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """The pattern as a regular expression, written and made when a text first needs it.

        All patterns of a language take a quarter of a second, which is longer than reading an article; and an
        article needs few of them.
        """
        return re.compile(_written(self._elements, self._lead))

    def what(self, found: re.Match[str]) -> int:
        """Where in the text what is meant begins: at `>`, or behind the cue."""
        if self._elements[0] == _HERE:  # the cue is part of what is meant
            return found.start()
        return found.start(_WHAT) if _WHAT in found.re.groupindex else found.end()

    def search(self, folded: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first place in the slice of a folded text where the pattern stands."""
        if self.at_start:
            return next(self.each(folded, start, end), None)
        return self.expression.search(folded, start, len(folded) if end is None else end)

    def each(self, folded: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """Every place in the slice where the pattern stands, none overlapping."""
        stop = len(folded) if end is None else end
        if not self.at_start:
            yield from self.expression.finditer(folded, start, stop)
        elif self.at_start == "^^" and (start > _MARGIN or _LETTER.search(folded, 0, start)):
            return
        elif found := self.expression.match(folded, start, stop):
            yield found


class _Remembered(dict[str, int]):
    """The bits of the words met so far. It is asked at every word: so a look-up is a single step of the interpreter."""

    def __init__(self, find: Callable[[str], int]) -> None:
        self._find = find

    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST_WORDS:
            self.clear()  # a long series of documents must not fill the memory
        found = self[word] = self._find(word)
        return found


class Needs:
    """What many patterns cannot do without: each set of words is one bit, and so a text is asked for all at once.

    Words are taken apart at apostrophes and hyphens; a stem is known by its first letters. The bits of all patterns
    are asked for before the first text.

    >>> needs = Needs()
    >>> both = needs.bits(Patterns({}).compile("no accord~"))
    >>> [needs.met(text.split()) & both == both for text in ("no accordance", "accord no", "no acorn")]
    [True, True, False]
    """

    def __init__(self) -> None:
        self._bits: dict[frozenset[str], int] = {}
        self._of = _Remembered(self._of_word)
        self._words: dict[str, int] = {}
        self._stems: dict[int, dict[str, int]] = {}  # by their length

    def bits(self, pattern: Compiled) -> int:
        """The bits of all that a pattern needs."""
        return reduce(or_, map(self.bit, pattern.needs))

    def bit(self, need: frozenset[str]) -> int:
        """The bit of one set of words."""
        if need not in self._bits:
            self._bits[need] = 1 << len(self._bits)
            for key in need:
                word = key.removesuffix("~")
                known = self._words if word == key else self._stems.setdefault(len(word), {})
                known[word] = known.get(word, 0) | self._bits[need]
        return self._bits[need]

    def met(self, pieces: Iterable[str]) -> int:
        """The bits of all that some words meet, taken `apart`."""
        return reduce(or_, filter(None, map(self._of.__getitem__, pieces)), 0)

    def _of_word(self, word: str) -> int:
        known = self._words.get(word, 0)
        for length, stems in self._stems.items():
            known |= stems.get(word[:length], 0)
        return known


class Patterns:
    """Compiles the patterns of one language, with its named lists."""

    def __init__(self, lists: Mapping[str, str], common: Iterable[str] = ()) -> None:
        self._lists = {name: tuple(fold(entry) for entry in words(block)) for name, block in lists.items()}
        self._common = frozenset(common)
        self._rarest: dict[str, str] = {}  # an entry stands in many lists,
        self._needed: dict[tuple[str, ...], frozenset[str]] = {}  # and a named list in many patterns
        self._weights: dict[frozenset[str], tuple[int, int]] = {}

    def compile(self, pattern: str) -> Compiled:
        """The compiled pattern; `Fault` names a list that does not exist."""
        elements, needs = list[_Element](), list[frozenset[str]]()
        at_start: Literal["", "^", "^^"] = ""
        ends = False
        for element in fold(pattern).split():
            if element in {"^", "^^"}:
                at_start = "^" if element == "^" else "^^"
            elif element in _SIGNS:
                ends = element == _FIGURES
            else:
                entries = self._entries(element.removesuffix("?"), pattern)
                optional = element.endswith("?")
                elements.append(_Words(entries, optional))
                if not optional:
                    ends = True
                    needs.append(self._need(entries))
                continue
            elements.append(element)
        if not ends or not needs:
            raise Fault(f"pattern {pattern!r} must end in a word, after a word that is not optional")
        lead = self._lists["lead"] if at_start else ()
        return Compiled(elements, tuple(sorted(needs, key=self._weight)), at_start, lead)

    def _entries(self, element: str, pattern: str) -> tuple[str, ...]:
        found: tuple[str, ...] = ()
        for part in element.split("|"):
            if part.startswith("{"):
                name = part.strip("{}")
                if name not in self._lists:
                    raise Fault(f"pattern {pattern!r}: there is no list {name!r} in [words]")
                found += self._lists[name]
            else:
                found += (part.replace("_", " "),)
        if not found or not all(map(self._key, found)):
            raise Fault(f"pattern {pattern!r}: {element!r} holds no word")
        return found

    def _need(self, entries: tuple[str, ...]) -> frozenset[str]:
        """One word of every entry, the rarest kind of word that it has."""
        if entries not in self._needed:
            self._needed[entries] = frozenset(map(self._key, entries))
        return self._needed[entries]

    def _key(self, entry: str) -> str:
        """What `Needs` knows an entry by, the rarest of its words; empty where it has none."""
        if entry not in self._rarest:
            self._rarest[entry] = min(map(_key, _pieces(entry)), key=self._rarity, default="")
        return self._rarest[entry]

    def _rarity(self, key: str) -> tuple[bool, int]:
        return key in self._common, -len(key)

    def _weight(self, need: frozenset[str]) -> tuple[int, int]:
        if need not in self._weights:
            self._weights[need] = len(need & self._common), len(need)
        return self._weights[need]


def _written(elements: Iterable[_Element], lead: tuple[str, ...]) -> str:
    """A pattern as it is written for `re`."""
    expression = ""
    behind = ""  # what must stand between the last element and the next one
    for element in elements:
        if isinstance(element, _Words):
            body = _any(element.entries, opening=not (expression or element.optional))
            if not element.optional:
                expression, behind = expression + behind + body, _BETWEEN
            else:
                expression += f"(?:{behind}{body})?" if behind else f"(?:{body}{_BETWEEN})?"
        elif element in _GAPS:
            expression += rf"{behind}(?:{_WORD}{_BETWEEN}){{0,{_GAPS[element]}}}?"
            behind = ""
        elif element == _HERE:
            expression, behind = expression and f"{expression}{behind}(?P<{_WHAT}>)", ""
        elif element == ",":
            expression, behind = expression + r"\s?,\s?", ""
        elif element == _FIGURES:
            expression, behind = expression + behind + _FIGURE, _BETWEEN
        else:  # the beginning
            expression += rf"{_BETWEEN.replace('1,', '0,')}(?:{_any(lead)}{_AFTER_LEAD}){{0,3}}"
    return rf"{'' if expression.startswith(_OPENING) else _BEFORE}{expression}(?!\w)"


_OPENING = "(?:(?#opens)"
_BEFORE = r"(?<!\w)"
_EDGE = r"(?<!\w.)"  # behind the first letter of a word: no letter before it


@lru_cache(maxsize=1 << 10)
def _any(entries: tuple[str, ...], *, opening: bool = False) -> str:
    """An expression for any entry, longest first.

    The edge of a word that opens an expression is asked for behind its first letter. A search then skips from one
    such letter to the next, where it would else try every character.
    """
    ordered = map(_entry, sorted(set(entries), key=lambda entry: (-len(entry), entry)))
    if opening:
        return _OPENING + "|".join(entry[0] + _EDGE + entry[1:] for entry in ordered) + ")"
    return "(?:" + "|".join(ordered) + ")"


def _entry(entry: str) -> str:
    return _BETWEEN.join(piece.replace("~", r"\w{0,14}") for piece in _pieces(entry))


def _pieces(entry: str) -> list[str]:
    return _ENTRY.findall(entry)


def _key(piece: str) -> str:
    """What `Needs` knows a piece of an entry by."""
    return f"{piece[:-1][:_STEM]}~" if piece.endswith("~") else piece
