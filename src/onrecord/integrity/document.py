"""What every rule looks at: the words of a document in one pass, and what the language knows.

Rules judge distinct words or a few suspicious places, never each character again; so all of them together cost
little more than cutting the text into words.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence, Set
from functools import cache, cached_property
from itertools import accumulate, compress
from operator import not_
from typing import Any, NamedTuple

from onrecord.lexicon import languages, load
from onrecord.model import Block, Mark, Person, Turn
from onrecord.text.language import Run, language_runs
from onrecord.text.matching import fold
from onrecord.text.vocabulary import words as entries

_WORDS = re.compile(r"([^\W\d_]+)")
_HEADING = 110
"""Characters from which a line is no heading."""
_OPENS = frozenset('.!?…:;«“„"‘()[]–—\n\r•|/؟。')
JOINED = frozenset("-‐‑@#/\\_&~+=")
"""Characters that make a word part of a longer thing: a compound, an address, a tag, a path."""


class Tongue:
    """What one language knows for these rules: `vocabulary.toml`, `integrity.toml` and its function words."""

    def __init__(self, language: str | None) -> None:
        known = language is not None and language in languages()
        self.language = language
        self._lists: dict[str, frozenset[str]] = {}
        self.rules: dict[str, Any] = load(language, "integrity") if known and language else {}
        words: dict[str, Any] = load(language, "vocabulary") if known and language else {}
        text: dict[str, Any] = load(language, "text")["language"] if known and language else {}
        self.function_words = frozenset(entries(text.get("function_words", "")))
        self.elisions = frozenset(entries(text.get("elisions", "")))
        self.everyday = frozenset(words.get("everyday", "").split()) | self.function_words | self.elisions
        self.names = (frozenset(words.get("names", "").split()) | self.listed("names_more")) - self.listed(
            "names_not"
        )
        spared = self.everyday | self.listed("loans")
        more = self.rules.get("foreign_more", {})
        self.foreign: dict[str, Set[str]] = {}
        for code, block in words.get("foreign", {}).items():
            self.foreign[code] = found = set(
                block.split()
            )  # changed in place: there are twenty thousand of them
            found -= spared
            found.update(entries(more.get(code, "")))

    def listed(self, key: str) -> frozenset[str]:
        """One list of `integrity.toml`, in lower case; empty where the language has none. Rules ask at every word."""
        if key not in self._lists:
            self._lists[key] = frozenset(word.lower() for word in entries(self.rules.get(key, "")))
        return self._lists[key]


def _heads(block: Block) -> bool:
    """Whether a block is a heading; a long one is a paragraph that lost its full stop."""
    return block.kind == "heading" and len(block.span) < _HEADING


@cache
def tongue(language: str | None) -> Tongue:
    """The knowledge of one language, read once."""
    return Tongue(language)


class Paragraph(NamedTuple):
    """A line with characters, without the white space around it."""

    start: int
    end: int


class Document:
    """One text with its words, and what the stages before know of it.

    `words` are in lower case with one shape of apostrophe; `starts` are their places; `capital` tells which are
    printed with a capital. `turns`, `blocks`, `marks` and `people` may be empty: then the whole text is prose. `runs`
    are its stretches by language; without them they are sought when a rule asks.
    """

    def __init__(
        self,
        text: str,
        language: str | None,
        turns: Sequence[Turn] = (),
        blocks: Sequence[Block] = (),
        marks: Sequence[Mark] = (),
        people: Sequence[Person] = (),
        date: str | None = None,
        runs: Sequence[Run] | None = None,
    ) -> None:
        self.text, self.language, self.date = text, language, date
        self.turns, self.blocks, self.marks, self.people = turns, blocks, marks, people
        self.tongue = tongue(language)
        self._runs = runs
        self._remembered: dict[str, Any] = {}
        self.folded = fold(text)
        # Words and what stands between them, in turns: one pass of the engine, and no match object for a word.
        pieces = _WORDS.split(self.folded)
        self.words: list[str] = pieces[1::2]
        self.starts = list(accumulate(map(len, pieces)))[:-1:2]
        self.capital = list(map(str.isupper, map(text.__getitem__, self.starts)))

    def __len__(self) -> int:
        return len(self.words)

    def remember(self, key: str, find: Callable[[], Any]) -> Any:
        """What several rules ask for, found once."""
        if key not in self._remembered:
            self._remembered[key] = find()
        return self._remembered[key]

    def end(self, at: int) -> int:
        """Where the word of that number ends."""
        return self.starts[at] + len(self.words[at])

    def gap(self, at: int) -> str:
        """The characters between the word before and this one; a line break where there is none before."""
        return self.text[self.end(at - 1) : self.starts[at]] if at else "\n"

    def after(self, at: int) -> str:
        """The characters between this word and the next."""
        return self.gap(at + 1) if at + 1 < len(self.words) else self.text[self.end(at) :] or "\n"

    def opens(self, at: int) -> bool:
        """Whether a sentence, a quotation, a bracket or a line may begin at this word."""
        return not _OPENS.isdisjoint(self.gap(at))

    def joined(self, at: int) -> bool:
        """Whether the word is part of a compound, an address or the like."""
        text, start, end = self.text, self.starts[at], self.end(at)
        return text[start - 1 : start] in JOINED_OR_NUMBER or text[end : end + 1] in JOINED_OR_NUMBER

    def at(self, position: int) -> int:
        """The number of the first word that begins at or behind a position."""
        return bisect_left(self.starts, position)

    @cached_property
    def _capitals(self) -> list[int]:
        """The numbers of the words with a capital that no sentence gives them."""
        text, starts, words = self.text, self.starts, self.words
        found: list[int] = []
        # What `opens` says, written out: this loop goes over every word with a capital. The first word opens the text.
        for at in compress(range(1, len(self)), self.capital[1:]):
            gap = text[starts[at - 1] + len(words[at - 1]) : starts[at]]
            if gap == " " or _OPENS.isdisjoint(gap):
                found.append(at)
        return found

    @cached_property
    def small(self) -> Counter[str]:
        """How often each word is printed without a capital."""
        return Counter(compress(self.words, map(not_, self.capital)))

    @cached_property
    def named(self) -> Counter[str]:
        """How often each word has a capital where no sentence begins: as names have."""
        return Counter(self.words[at] for at in self._capitals)

    def lone_capital(self, at: int) -> bool:
        """Whether the word has a capital that neither a sentence nor a longer name gives it."""
        if not self.capital[at] or self.opens(at):
            return False
        return self._single(at)

    def _single(self, at: int) -> bool:
        """Whether no other capital stands directly beside the word."""
        before = at and self.capital[at - 1] and self.gap(at).isspace()
        after = at + 1 < len(self) and self.capital[at + 1] and self.after(at).isspace()
        return not before and not after

    @cached_property
    def alone(self) -> Counter[str]:
        """How often each word is printed as a name of one word."""
        return Counter(self.words[at] for at in self._capitals if self._single(at))

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """The numbers of each word, in order."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for at, word in enumerate(self.words):
            found[word].append(at)
        return dict(found)

    def where(self, words: frozenset[str]) -> Iterator[int]:
        """The numbers of these words in the text, in order."""
        hits = [at for word in words & self.places.keys() for at in self.places[word]]
        return iter(sorted(hits))

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        """The lines that hold characters."""
        found, start = [], 0
        for line in self.text.splitlines(keepends=True):
            stripped = line.strip()
            if stripped:
                left = start + len(line) - len(line.lstrip())
                found.append(Paragraph(left, left + len(stripped)))
            start += len(line)
        return found

    @cached_property
    def runs(self) -> Sequence[Run]:
        """The language of each stretch, as `language_runs` has it."""
        if self._runs is not None:
            return self._runs
        return language_runs(self.text, [(paragraph.start, paragraph.end) for paragraph in self.paragraphs])

    @cached_property
    def _speech(self) -> tuple[list[int], list[int]]:
        spans = sorted((span.start, span.end) for turn in self.turns for span in turn.speech)
        return [start for start, _ in spans], [end for _, end in spans]

    def spoken(self, position: int) -> bool:
        """Whether a character is somebody's speech in a transcript."""
        starts, ends = self._speech
        at = bisect_right(starts, position) - 1
        return at >= 0 and position < ends[at]

    @cached_property
    def _silent(self) -> list[tuple[int, int]]:
        spans = [(mark.span.start, mark.span.end) for mark in self.marks if mark.kind != "insertion"]
        spans += [(turn.label.start, turn.label.end) for turn in self.turns if turn.label]
        spans += [(b.span.start, b.span.end) for b in self.blocks if b.kind == "furniture" or _heads(b)]
        return sorted(spans)

    def prose(self, start: int, end: int) -> bool:
        """Whether a stretch is running text: no label, heading, page furniture or stage direction."""
        spans = self._silent
        at = bisect_left(spans, (end, -1))
        return not any(left < end and start < right for left, right in spans[max(0, at - 3) : at])


JOINED_OR_NUMBER = JOINED | frozenset("0123456789")
