"""Cues as a lawyer would write them down: a small pattern language over words, compiled to linear expressions.

    we {will} * {act}        literal words, named lists of the data file in braces, `*` for up to three words
    threaten~                `~` is the rest of a word: threatens, threatened, threatening
    ready|willing to_do?     alternatives, `_` for a space inside one, `?` for what may be missing
    ** ,                     up to eight words; a comma that must stand there
    ^ ^^                     the beginning of the clause; of the sentence
    #                        a figure: 40, $1,200, 3.5

Words are compared in lower case with one shape of apostrophe; between two of them may stand a space, an
apostrophe, a hyphen, a quotation mark or a bracket, never a full stop or a comma. A gap stays in its clause.

>>> found = Patterns({"will": "will shall", "act": "build fund"}).compile("we {will} * {act}").search(
...     "tomorrow we will at last build a bridge")
>>> found[0]
'we will at last build'
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from onrecord.errors import Fault
from onrecord.text.matching import fold
from onrecord.text.vocabulary import words

_BETWEEN = r"[ '\"“”«»()\[\]\t-]{1,4}"
_WORD = r"\w{1,40}"
_AFTER_LEAD = r"[ ,'-]{1,4}"
_FIGURE = r"[$€£]?\d{1,9}(?:[.,]\d{1,9}){0,4}"
_GAPS = {"*": 3, "**": 8}
_LETTER = re.compile(r"\w")
_PIECE = re.compile(r"[^\W_]+")
_ENTRY = re.compile(r"[^\W_]+~?")
_MARGIN = (
    4  # characters: a bullet or a quotation mark and blanks may stand before the first word of a sentence
)
_STEM = 4  # letters of a stem that an index goes by


def index(folded: str) -> set[str]:
    """The words of a folded text, taken apart at apostrophes and hyphens, and the first letters of each.

    >>> index("l'accord") == {"l", "l~", "accord", "acco~"}
    True
    """
    found = set(_PIECE.findall(folded))
    return found | {piece[:_STEM] + "~" for piece in found}


class Compiled(NamedTuple):
    """A pattern, and the words without which a text is not worth searching (see `index`).

    A text must hold one word of each set of `needs`; `triggers`, the rarest of the sets, is what to look it up by.
    """

    expression: re.Pattern[str]
    triggers: frozenset[str]
    needs: tuple[frozenset[str], ...] = ()
    at_start: Literal["", "^", "^^"] = ""

    def fits(self, words: set[str]) -> bool:
        """Whether a text with these words (its `index`) may hold the pattern."""
        return not any(words.isdisjoint(need) for need in self.needs)

    def search(self, folded: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first place in the slice of a folded text where the pattern stands."""
        return next(self.each(folded, start, end), None)

    def each(self, folded: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """Every place in the slice where the pattern stands, none overlapping."""
        stop = len(folded) if end is None else end
        if not self.at_start:
            yield from self.expression.finditer(folded, start, stop)
        elif self.at_start == "^^" and (start > _MARGIN or _LETTER.search(folded, 0, start)):
            return
        elif found := self.expression.match(folded, start, stop):
            yield found


class Patterns:
    """Compiles the patterns of one language, with its named lists."""

    def __init__(self, lists: Mapping[str, str], common: Iterable[str] = ()) -> None:
        self._lists = {name: [fold(entry) for entry in words(block)] for name, block in lists.items()}
        self._common = frozenset(common)

    def compile(self, pattern: str) -> Compiled:
        """The compiled pattern; `Fault` names a list that does not exist."""
        expression, triggers = "", list[frozenset[str]]()
        at_start: Literal["", "^", "^^"] = ""
        behind = ""  # what must stand between the last element and the next one
        for element in fold(pattern).split():
            optional = element.endswith("?")
            if element in {"^", "^^"}:
                at_start = "^" if element == "^" else "^^"
                expression += (
                    rf"{_BETWEEN.replace('1,', '0,')}(?:{_any(self._lists['lead'])}{_AFTER_LEAD}){{0,3}}"
                )
            elif element == ",":
                expression, behind = expression + r"\s?,\s?", ""
            elif element == "#":
                expression, behind = expression + behind + _FIGURE, _BETWEEN
            elif element in _GAPS:
                expression += rf"{behind}(?:{_WORD}{_BETWEEN}){{0,{_GAPS[element]}}}?"
                behind = ""
            else:
                entries = self._entries(element.removesuffix("?"), pattern)
                body = _any(entries)
                if optional:
                    expression += f"(?:{behind}{body})?" if behind else f"(?:{body}{_BETWEEN})?"
                else:
                    expression += behind + body
                    behind = _BETWEEN
                    triggers.append(self._triggers(entries))
        if not behind or not triggers:
            raise Fault(f"pattern {pattern!r} must end in a word, after a word that is not optional")
        ordered = sorted(triggers, key=self._weight)
        whole = re.compile(rf"(?<!\w)(?:{expression})(?!\w)")
        return Compiled(whole, ordered[0], tuple(ordered[1:]), at_start)

    def _entries(self, element: str, pattern: str) -> list[str]:
        found: list[str] = []
        for part in element.split("|"):
            if part.startswith("{"):
                name = part.strip("{}")
                if name not in self._lists:
                    raise Fault(f"pattern {pattern!r}: there is no list {name!r} in [words]")
                found += self._lists[name]
            else:
                found.append(part.replace("_", " "))
        if not found or not all(map(_pieces, found)):
            raise Fault(f"pattern {pattern!r}: {element!r} holds no word")
        return found

    def _triggers(self, entries: list[str]) -> frozenset[str]:
        """One word of every entry, the rarest kind of word that it has."""
        return frozenset(min(map(_key, _pieces(entry)), key=self._rarity) for entry in entries)

    def _rarity(self, key: str) -> tuple[bool, int]:
        return key in self._common, -len(key)

    def _weight(self, triggers: frozenset[str]) -> tuple[int, int]:
        return sum(piece in self._common for piece in triggers), len(triggers)


def _any(entries: list[str]) -> str:
    """An expression for any entry, longest first."""
    ordered = sorted(set(entries), key=lambda entry: (-len(entry), entry))
    return "(?:" + "|".join(map(_entry, ordered)) + ")"


def _entry(entry: str) -> str:
    return _BETWEEN.join(piece.replace("~", r"\w{0,14}") for piece in _pieces(entry))


def _pieces(entry: str) -> list[str]:
    return _ENTRY.findall(entry)


def _key(piece: str) -> str:
    """What `index` holds of a piece of an entry."""
    return f"{piece[:_STEM]}~" if piece.endswith("~") else piece
