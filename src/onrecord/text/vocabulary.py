"""The words of one language that numbers and dates are made of, from its `text.toml`, ready for one scan.

Lists in the data files are strings: entries apart by white space, `_` for a space inside an entry, `#` for a
comment; a table has one row a line, the value first ("2 deux").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from onrecord.lexicon import building, languages, load
from onrecord.text.expressions import later
from onrecord.text.matching import Matcher, apart, fold

_COMMENT = re.compile(r"#.*")


class Entry(NamedTuple):
    """What a word means: `kind` is the table it stands in, `value` its row."""

    kind: str
    value: str


class Hit(NamedTuple):
    """A word of the vocabulary in a text; a word may mean several things ("second")."""

    start: int
    end: int
    entries: tuple[Entry, ...]

    def among(self, kinds: frozenset[str]) -> bool:
        """Whether the word is of one of these kinds."""
        return self.entries[0][0] in kinds or any(entry[0] in kinds for entry in self.entries[1:])

    def value(self, kind: str) -> str | None:
        """The word's value as `kind`, or None if it is no such word."""
        for entry in self.entries:
            if entry[0] == kind:
                return entry[1]
        return None


def words(block: str) -> list[str]:
    """The entries of a list.

    >>> words("plus_de environ  # about")
    ['plus de', 'environ']
    """
    return [entry.replace("_", " ") for entry in _COMMENT.sub("", block).split()]


def table(block: str) -> Iterator[tuple[str, list[str]]]:
    """The rows of a table: value and words.

    >>> list(table("2 deux\\n80 quatre-vingt octante"))
    [('2', ['deux']), ('80', ['quatre-vingt', 'octante'])]
    """
    for line in block.splitlines():
        if row := words(line):
            yield row[0], row[1:]


_NUMBER_TABLES = {
    "cardinals": "cardinal", "hundreds": "hundred", "scales": "scale", "ordinals": "ordinal",
    "fractions": "fraction", "collectives": "collective", "collective_plurals": "plural",
    "multipliers": "multiplier", "currencies": "currency",
}  # fmt: skip
_DATE_TABLES = {
    "months": "month", "weekdays": "weekday", "units": "unit", "relative": "relative", "upcoming": "upcoming",
}  # fmt: skip


class Vocabulary:
    """Everything one language's data say about numbers and dates, compiled once (see `vocabulary`)."""

    def __init__(self, language: str | None) -> None:
        data = text_data(language)
        self.numbers: dict[str, Any] = data.get("numbers", {})
        self.dates: dict[str, Any] = data.get("dates", {})
        entries = dict.fromkeys(self._entries())
        self.matcher: Matcher[Entry] = Matcher(entries)
        self.values = {fold(word): int(entry.value) for word, entry in entries if entry.kind == "cardinal"}

    def scan(self, text: str, start: int = 0, end: int | None = None) -> list[Hit]:
        """All number and date words of the slice, in order, none overlapping."""
        hits: list[Hit] = []
        for left, right, entry in self.matcher.scan(text, start, end):
            if hits and hits[-1].start == left:
                hits[-1] = Hit(left, right, (*hits[-1].entries, entry))
            else:
                hits.append(Hit(left, right, (entry,)))
        return hits

    def number_words(self, key: str) -> frozenset[str]:
        """One list of the section [numbers]."""
        return frozenset(words(self.numbers.get(key, "")))

    def date_words(self, key: str) -> frozenset[str]:
        """One list of the section [dates]."""
        return frozenset(words(self.dates.get(key, "")))

    def _entries(self) -> Iterator[tuple[str, Entry]]:
        for section, tables in ((self.numbers, _NUMBER_TABLES), (self.dates, _DATE_TABLES)):
            for key, kind in tables.items():
                for value, forms in table(section.get(key, "")):
                    for form in forms:
                        yield form, Entry(kind, value)
                        if "-" in form.strip("-"):  # machines omit it: "quatre vingt"
                            yield form.replace("-", " "), Entry(kind, value)
        for key, kind in (("percent", "percent"), ("times", "times")):
            for form in words(self.numbers.get(key, "")):
                yield form, Entry(kind, "")
        yield from self._compounds()

    def _compounds(self) -> Iterator[tuple[str, Entry]]:
        """German writes 21 to 99 as one word: unit, joiner, ten."""
        if not (joiner := self.numbers.get("compound")):
            return
        units = {int(value): forms for value, forms in table(self.numbers["cardinals"])}
        units[1] = [self.numbers["compound_one"]]
        for ten in range(20, 100, 10):
            for unit in range(1, 10):
                for form in units[ten]:
                    yield units[unit][0] + joiner + form, Entry("cardinal", str(ten + unit))


def text_data(language: str | None) -> dict[str, Any]:
    """`text.toml` of the language; empty for one that no lexicon knows: its texts are still read."""
    return load(language, "text") if language is not None and language in languages() else {}


@cache
def vocabulary(language: str | None) -> Vocabulary:
    """The vocabulary of a language, compiled once; an empty one for None and for unknown languages."""
    with building(language, "text"):
        return Vocabulary(language)


def alternatives(entries: frozenset[str] | set[str] | list[str]) -> str:
    """A regular expression for any of some words, longest first, that never matches where there are none."""
    return _any(map(_escaped, _longest_first(entries)))


def openings(entries: frozenset[str] | set[str] | list[str]) -> str:
    """Like `alternatives`, for words that open an expression: no letter or digit may stand before them.

    That is asked behind the first letter of each, so that a search skips from one such letter to the next, where it
    would else try every character.

    >>> re.findall(openings(["la"]) + " pla", "la place, cela place")
    ['la pla']
    """
    return _any(re.escape(entry[0]) + r"(?<!\w.)" + _escaped(entry[1:]) for entry in _longest_first(entries))


def _longest_first(entries: Iterable[str]) -> list[str]:
    return sorted(entries, key=lambda entry: (-len(entry), entry))


def _escaped(entry: str) -> str:
    return re.escape(entry).replace(r"\ ", r"\s").replace("'", "['’]")


def _any(expressions: Iterable[str]) -> str:
    body = "|".join(expressions)
    return f"(?:{body})" if body else r"(?!)"


class Phrases:
    """Words and phrases, whatever their case, as one expression; it is searched only where it can be found.

    >>> found = Phrases(["our side", "us"]).search("a bus on Our side", 0, 17, {"a", "bus", "on", "our", "side"})
    >>> found and found[0]
    'Our side'
    """

    def __init__(self, entries: list[str]) -> None:
        self._expression = later(rf"(?<!\w){alternatives(entries)}(?!\w)", re.IGNORECASE)
        self._heads = frozenset(piece for entry in entries for piece in apart(entry).split()[:1])

    def search(self, text: str, start: int, end: int, pieces: Iterable[str]) -> re.Match[str] | None:
        """The first phrase of the slice; `pieces` are the words of the slice, `apart`."""
        return None if self._heads.isdisjoint(pieces) else self._expression.search(text, start, end)
