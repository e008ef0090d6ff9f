"""What a record says, as one stream of words with an index: the ground on which a quotation is sought.

The stream holds the speech of every turn; a record without turns is read as the article it is. Words that an
editor put into the speech (`[the]`) are in the stream, but nobody need quote them.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple

from onrecord.model import Quote, Record, Source, Turn
from onrecord.quotecheck.naming import Named, Register
from onrecord.quotecheck.narrated import with_quotes
from onrecord.quotecheck.words import points, words
from onrecord.text.sentences import sentences

EDGE = ""  # between two units, so that no phrase runs from one speaker to the next
Characters = tuple[int, int]


class Unit(NamedTuple):
    """What one voice says in one go: a turn, or a stretch of an article; `pieces` are characters of the source."""

    turn: Turn | None
    pieces: tuple[Characters, ...]
    first: int  # its first word in the stream
    last: int  # behind its last word


class Speech:
    """The words of one record. Built once in linear time; any number of quotations can be sought in it."""

    def __init__(self, record: Record, turns: frozenset[str] | None = None) -> None:
        self.record = record if record.turns else with_quotes(record)
        self.source: Source = record.sources[0]
        self.text = self.source.text
        self.keys: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.kept: dict[str, object] = {}  # what others work out of these words and want again
        self._registers: dict[Named, Register] = {}
        self.optional: set[int] = set()  # words of the source's editor
        self.reports: dict[
            int, list[Quote]
        ] = {}  # what is quoted inside a unit, by its first word; filled when asked
        self.units: list[Unit] = []
        held = [turn for turn in record.turns if turn.source == self.source.id]
        inserted = [mark.span for mark in record.marks if mark.kind == "insertion" and mark.turn]
        self._inserted = sorted((span.start, span.end) for span in inserted)
        for turn in held:
            if turns is None or turn.id in turns:
                self._add(turn, [(span.start, span.end) for span in turn.speech])
        if not held:
            for block in record.blocks:
                if block.kind in ("frame", "transcript"):
                    self._add(None, [(block.span.start, block.span.end)])

    def _add(self, turn: Turn | None, speech: list[Characters]) -> None:
        first = len(self.keys)
        pieces = self._with_insertions(speech)
        for start, end, optional in pieces:
            for word in words(self.text, start, end):
                if optional:
                    self.optional.add(len(self.keys))
                self.keys.append(word.key)
                self.starts.append(word.start)
                self.ends.append(word.end)
        last = len(self.keys)
        self.units.append(Unit(turn, tuple((start, end) for start, end, _ in pieces), first, last))
        self.keys.append(EDGE)
        self.starts.append(self.ends[-1] if self.ends else 0)
        self.ends.append(self.starts[-1])

    def _with_insertions(self, speech: list[Characters]) -> list[tuple[int, int, bool]]:
        """Stretches of speech and the editor's insertions between them, in the order of the text."""
        if not speech:
            return []
        left, right = speech[0][0], speech[-1][1]
        at = bisect_right(self._inserted, (left, left))
        found = [(start, end, False) for start, end in speech]
        while at < len(self._inserted) and self._inserted[at][1] <= right:
            found.append((*self._inserted[at], True))
            at += 1
        return sorted(found)

    @cached_property
    def pairs(self) -> dict[tuple[str, str], list[int]]:
        """Where each two neighbouring words stand."""
        found: dict[tuple[str, str], list[int]] = {}
        for at, pair in enumerate(zip(self.keys, self.keys[1:], strict=False)):
            if pair in found:
                found[pair].append(at)
            else:
                found[pair] = [at]
        return found

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Where each word stands."""
        found: dict[str, list[int]] = {}
        for at, key in enumerate(self.keys):
            if key:
                found.setdefault(key, []).append(at)
        return found

    def register(self, by: Named) -> Register:
        """Who of the record is the one named; worked out once for a name."""
        if by not in self._registers:
            self._registers[by] = Register(self.record, by)
        return self._registers[by]

    def unit(self, at: int) -> Unit:
        """The unit that holds a word of the stream."""
        return self.units[bisect_right(self._firsts, at) - 1]

    @cached_property
    def _firsts(self) -> list[int]:
        return [unit.first for unit in self.units]

    def sentences(self, unit: Unit) -> list[Characters]:
        """The sentences of a unit, in characters; worked out once and kept."""
        if unit.first not in self._sentences:
            left = unit.pieces[0][0] if unit.pieces else 0
            right = unit.pieces[-1][1] if unit.pieces else 0
            self._sentences[unit.first] = sentences(self.text, self.source.language, left, right)
        return self._sentences[unit.first]

    @cached_property
    def _sentences(self) -> dict[int, list[Characters]]:
        return {}

    def sentence(self, start: int, end: int) -> Characters:
        """The characters of the sentences that hold `[start, end)`."""
        spans = self.sentences(self.unit(self.word_at(start)))
        first = max(0, bisect_right(spans, (start, len(self.text))) - 1)
        last = max(first, bisect_right(spans, (max(start, end - 1), len(self.text))) - 1)
        return (spans[first][0], spans[last][1]) if spans else (start, end)

    def word_at(self, character: int) -> int:
        """The stream's last word that begins at or before a character."""
        return max(0, bisect_right(self.starts, character) - 1)

    def gap(self, at: int) -> str:
        """What is printed between the word before `at` and it, in normal form, without marks."""
        left, right = self.ends[at - 1], self.starts[at]
        if right - left == 1:
            return points(self.text[left:right])
        pieces = self.unit(at).pieces
        found = []
        for start, end in pieces[max(0, bisect_right(pieces, (left, left)) - 1) :]:
            if start >= right:
                break
            if start < right and left < end:
                found.append(self.text[max(left, start) : min(right, end)])
        return points("".join(found))

    def read(self, first: int, last: int) -> str:
        """The characters from word `first` to word `last` (exclusive)."""
        return self.text[self.starts[first] : self.ends[last - 1]]
