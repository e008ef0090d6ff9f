"""One account, ready to be compared: what is spoken in sentences and tokens, everything else on its own layer.

Labels, clock and page lines and stage directions are no words of anybody. They are taken from the record's turns
and marks before anything is compared, so that no label ever counts as an omission.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property

from onrecord.collation.composed import Composed
from onrecord.collation.phrasebook import Phrasebook, phrasebook
from onrecord.collation.tokens import Layers, Sentence, Slice, Token, read_tokens
from onrecord.model import Mark, Record, Source, Turn
from onrecord.people.names import fold
from onrecord.spans import Span, Text

_LABEL = re.compile(r"^[ \t]{0,8}([^\W\d_][^\n:.!?;,]{0,30}):[ \t]", re.MULTILINE)
_REPEATED = 3  # times the same words must open a line before a colon to be taken for a label nobody read
_SPOKEN_SHARE = 0.25  # of the words of an article that must be speech for the speech alone to be compared


class Account:
    """One record prepared for comparison.

    turns       the record's turns
    sentences   in order of the text, each with its turn and its tokens
    tokens      in order of the text
    marks       what is printed and not spoken, in order
    language    ISO 639-1, or None

    Where there is enough speech in turns, the speech alone is compared; `also` are indexes of frame blocks that are
    taken for speech nonetheless, `whole` takes all of them.
    """

    def __init__(self, record: Record, *, also: Collection[int] = (), whole: bool = False) -> None:
        self.record = record
        self.source: Source = record.sources[0]
        self.text = Text(self.source.text)
        self.language = self.source.language
        self.turns: Sequence[Turn] = record.turns
        self.marks: Sequence[Mark] = record.marks
        self.composed = Composed(self.source.text)
        self.sentences: list[Sentence]
        self.tokens: list[Token]
        self._also = range(len(record.blocks)) if whole or not self.spoken else also
        self.sentences, self.tokens = read_tokens(self.composed, self.language, self._layers(), self._names())

    @property
    def phrasebook(self) -> Phrasebook:
        """What its language knows about wording."""
        return phrasebook(self.language)

    @cached_property
    def keys(self) -> list[str]:
        """The key of each token."""
        return [token.key for token in self.tokens]

    @cached_property
    def people(self) -> dict[str, str]:
        """Names of people by their id in the record."""
        return {person.id: person.name for person in self.record.people}

    @cached_property
    def turn_sizes(self) -> Counter[int]:
        """How many tokens each turn has, by its index."""
        sizes: Counter[int] = Counter()
        for sentence in self.sentences:
            sizes[sentence.turn] += sentence.last - sentence.first
        return sizes

    @cached_property
    def turn_openings(self) -> dict[int, int]:
        """The first token of each turn that has any, by its index."""
        openings: dict[int, int] = {}
        for sentence in self.sentences:
            openings.setdefault(sentence.turn, sentence.first)
        return openings

    def speaker(self, turn: int) -> str | None:
        """Who holds a turn: a person's id, or the folded label where nobody is resolved; None without either."""
        if turn < 0:
            return None
        held = self.turns[turn]
        if held.speaker:
            return held.speaker
        return f"label {fold(self.text.read(held.label))}" if held.label else None

    def named(self, turn: int) -> bool:
        """Whether the holder of a turn is one certain person or office, and not "Q" or "Reporters"."""
        return self._kinds.get(self.turns[turn].speaker or "") in {"person", "office"}

    @cached_property
    def _kinds(self) -> dict[str, str]:
        return {person.id: person.kind for person in self.record.people}

    def speaker_name(self, turn: int) -> str:
        """The name to show for the holder of a turn, as the record or the label has it."""
        held = self.turns[turn]
        if held.speaker:
            return self.people[held.speaker]
        return self.text.read(held.label) if held.label else "?"

    def read(self, start: int, end: int) -> str:
        """The exact characters between two offsets."""
        return self.source.text[start:end]

    def span(self, first: int, last: int) -> Span:
        """The span from token `first` to before token `last`; where they are equal, the place between two words."""
        if first < last:
            return self.text.span(self.tokens[first].start, self.tokens[last - 1].end)
        return self.text.span(*[self.place(first)] * 2)

    def place(self, token: int) -> int:
        """The offset where words that stand before a token would begin: behind the word before it, in its turn."""
        if not self.tokens:
            return 0
        if token == len(self.tokens):
            return self.sentences[-1].end
        here = self.tokens[token]
        if token and self.tokens[token - 1].sentence == here.sentence:
            return self.tokens[token - 1].end
        return self.sentences[here.sentence].start

    def turn_of(self, token: int) -> int:
        """The index of the turn that a token stands in, -1 for none."""
        return self.sentences[self.tokens[token].sentence].turn

    # --------------------------------------------------------------------------------------- its layers

    def _layers(self) -> Layers:
        there = self.composed.there
        marks = [(there(mark.span.start), there(mark.span.end), mark.kind) for mark in self.marks]
        inserted = [(start, end) for start, end, kind in marks if kind == "insertion"]
        skipped = [(start, end) for start, end, kind in marks if kind != "insertion"]
        page = [
            (there(block.span.start), there(block.span.end))
            for block in self.record.blocks
            if block.kind == "furniture" or (block.kind == "heading" and self.turns)
        ]
        labels = [(there(turn.label.start), there(turn.label.end)) for turn in self.turns if turn.label]
        unread = sorted(_unread_labels(self.composed.characters))
        return Layers(
            _cut(sorted(self._stretches()), unread),
            _merged([*skipped, *page, *labels, *unread]),
            _merged(inserted),
        )

    def _stretches(self) -> Iterator[tuple[int, int, int]]:
        there = self.composed.there
        if not self.turns:
            yield 0, len(self.composed.characters), -1
            return
        for index, turn in enumerate(self.turns):
            for start, end in self._spoken_pieces(turn):
                yield there(start), there(end), index
        for index in self._also:
            block = self.record.blocks[index]
            if block.kind == "frame":
                yield there(block.span.start), there(block.span.end), -1

    def _spoken_pieces(self, turn: Turn) -> Iterator[Slice]:
        """The speech of a turn, joined over editors' insertions: what they add may be spoken words elsewhere."""
        pieces: list[Slice] = []
        for span in turn.speech:
            if pieces and self._only_inserted(pieces[-1][1], span.start):
                pieces[-1] = (pieces[-1][0], span.end)
            else:
                pieces.append((span.start, span.end))
        return iter(pieces)

    def _only_inserted(self, start: int, end: int) -> bool:
        """Whether nothing but insertions and spaces lies between two pieces of speech."""
        at, index = start, bisect_left(self._insertions, start, key=_start)
        while index < len(self._insertions) and self._insertions[index].span.start < end:
            if self.read(at, self._insertions[index].span.start).strip():
                return False
            at = self._insertions[index].span.end
            index += 1
        return not self.read(at, end).strip()

    @cached_property
    def _insertions(self) -> list[Mark]:
        return [mark for mark in self.marks if mark.kind == "insertion"]

    @property
    def spoken(self) -> bool:
        """Whether enough of the text is speech in turns for the speech to be the account."""
        counted = self.record.coverage
        return bool(self.turns) and counted.speech >= _SPOKEN_SHARE * (counted.speech + counted.frame)

    def _names(self) -> frozenset[str]:
        """Every word of the names by which the record knows people."""
        book = self.phrasebook
        forms = {person.name for person in self.record.people if person.kind == "person"}
        forms |= {
            alias.text
            for person in self.record.people
            if person.kind == "person"
            for alias in person.aliases
            if alias.kind not in {"role", "initials"}
        }
        words = {word.casefold().strip(".,()") for form in forms for word in form.split()}
        return frozenset(word for word in words if len(word) > 2 and word not in book.function_words)


def _start(mark: Mark) -> int:
    return mark.span.start


def _merged(slices: list[Slice]) -> list[Slice]:
    """Sorted, and those that meet made one."""
    merged: list[Slice] = []
    for start, end in sorted(slices):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _cut(stretches: Sequence[tuple[int, int, int]], labels: Sequence[Slice]) -> list[tuple[int, int, int]]:
    """The stretches, where behind a label that the record did not read nobody is known to speak, to the turn's end."""
    starts = [start for start, _ in labels]
    opened: dict[int, int] = {}  # the first label in or behind each turn's speech
    pieces = []
    for start, end, turn in stretches:
        index = bisect_left(starts, start)
        if opened.setdefault(turn, index) < index:
            turn = -1
        while index < len(labels) and starts[index] < end:
            pieces.append((start, starts[index], turn))
            start, turn = starts[index], -1
            index += 1
        pieces.append((start, end, turn))
    return [(start, end, turn) for start, end, turn in pieces if start < end]


def _unread_labels(text: str) -> Iterator[Slice]:
    """Words before a colon that open line after line: labels, whether or not the record could read them as such."""
    found = [(match[1].casefold(), match.start(1), match.end()) for match in _LABEL.finditer(text)]
    often = Counter(label for label, _, _ in found)
    yield from ((start, end) for label, start, end in found if often[label] >= _REPEATED)
