"""What differs between a quotation and its passage, by kind, most serious first.

In these differences `a` is the passage (spans of the source) and `b` the quotation (spans of its own characters).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from onrecord.collation.phrasebook import Phrasebook, phrasebook
from onrecord.collation.tokens import values
from onrecord.model import Difference, DifferenceKind, Severity
from onrecord.people.names import fold
from onrecord.quotecheck.alignment import Aligned, Edit
from onrecord.quotecheck.quotation import Quotation
from onrecord.quotecheck.speech import Speech
from onrecord.quotecheck.words import Word, words
from onrecord.spans import Span

REPLACED = 6  # words of a source for which a bracket may stand

_RANK: dict[Severity, int] = {"critical": 0, "major": 1, "minor": 2}
_ORDER: tuple[DifferenceKind, ...] = (
    "negation", "number", "name", "modality", "omission", "addition", "wording", "moved", "speaker", "mark",
)  # fmt: skip


class Change(NamedTuple):
    """A difference before it has a number: spans of the source and of the quotation."""

    kind: DifferenceKind
    severity: Severity
    a: Span
    b: Span
    message: str


def changes(quotation: Quotation, speech: Speech, piece: Aligned) -> list[Change]:
    """Every change of wording, of capitals and of points inside one piece; what brackets and cuts declare is none."""
    know = _Knowledge(quotation, speech, piece)
    found = [know.change(edit) for edit in piece.edits if not declared(quotation, speech, edit, know.book)]
    return [*found, *_print(quotation, speech, piece)]


def left_out(quotation: Quotation, speech: Speech, piece: Aligned) -> list[Change]:
    """What the quotation's own cuts leave out inside one piece: shown, and no change of wording."""
    book = phrasebook(speech.source.language)
    return [
        Change(
            "omission", "minor", _place(speech, edit), _spot(quotation, edit), "left out at a declared cut"
        )
        for edit in piece.edits
        if edit.at == edit.end < len(quotation.words)
        and quotation.words[edit.at].cut
        and declared(quotation, speech, edit, book)
    ]


def declared(quotation: Quotation, speech: Speech, edit: Edit, book: Phrasebook) -> bool:
    """Whether an editor's sign accounts for an edit: brackets of either side, or a cut. Never for a lost negation."""
    left, gone = quotation.words[edit.at : edit.end], speech.keys[edit.place : edit.stop]
    free = all(place in speech.optional for place in range(edit.place, edit.stop))
    if not left and free:
        return True
    if any(key in book.negations for key in gone) and not any(word.key in book.negations for word in left):
        return False
    if not left and edit.at < len(quotation.words) and quotation.words[edit.at].cut:
        return True
    return bool(left) and all(word.inserted for word in left) and len(gone) <= max(REPLACED, len(left))


class _Knowledge:
    """What both sides say in figures, names and small words."""

    def __init__(self, quotation: Quotation, speech: Speech, piece: Aligned) -> None:
        self.quotation, self.speech = quotation, speech
        language = speech.source.language
        self.book = phrasebook(language)
        left, right = speech.starts[piece.place], speech.ends[piece.stop - 1]
        self.a = [
            (value.start + left, value.end + left, value.key)
            for value in values(speech.text[left:right], language)
        ]
        self.b = [(value.start, value.end, value.key) for value in values(quotation.text, language)]
        self.names = frozenset(
            part.removesuffix("s")
            for person in speech.record.people
            if person.kind == "person"
            for part in fold(person.name).split()
            if len(part) > 2
        )

    def change(self, edit: Edit) -> Change:
        """One edit with its kind."""
        a, b = _place(self.speech, edit), _spot(self.quotation, edit)
        printed, quoted = self.speech.text[a.start : a.end], self.quotation.text[b.start : b.end]
        kind = self._kind(edit, a, b)
        return Change(kind, self._severity(kind, edit), a, b, _message(kind, printed, quoted))

    def _kind(self, edit: Edit, a: Span, b: Span) -> DifferenceKind:
        gone, new = self.speech.keys[edit.place : edit.stop], self.quotation.keys[edit.at : edit.end]
        if self._negations(gone) % 2 != self._negations(new) % 2:
            return "negation"
        if not new or not gone:
            return "omission" if gone else "addition"
        worth = [
            {key for start, end, key in side if start < span.end and span.start < end}
            for side, span in ((self.a, a), (self.b, b))
        ]
        if worth[0] != worth[1]:
            return "number"
        if self._named(a, edit, source=True) != self._named(b, edit, source=False):
            return "name"
        if self._modals(gone) != self._modals(new):
            return "modality"
        return "wording"

    def _negations(self, keys: Iterable[str]) -> int:
        """How many words of these deny; "don't" is one, and so is "ne … pas"."""
        return min(
            1, sum(any(part in self.book.negations for part, _ in self.book.parts(key)) for key in keys)
        )

    def _modals(self, keys: Iterable[str]) -> set[str]:
        parts = (part for key in keys for part, _ in self.book.parts(key))
        return {self.book.modals[part] for part in parts if part in self.book.modals}

    def _named(self, span: Span, edit: Edit, *, source: bool) -> set[str]:
        """The names in a span: known ones, and words with a capital that no beginning explains."""
        text = self.speech.text if source else self.quotation.text
        return {
            fold(word.form).removesuffix("s")
            for word in words(text, span.start, span.end)
            if fold(word.form).removesuffix("s") in self.names
            or (word.form[:1].isupper() and self._capital(word, edit, source))
        }

    def _capital(self, word: Word, edit: Edit, source: bool) -> bool:
        """Whether the capital of a word makes it a name: in a language without capital nouns, inside a sentence."""
        if self.book.capital_nouns or word.key in self.book.function_words or len(word.key) < 2:
            return False
        if source:
            return word.start > self.speech.sentence(word.start, word.end)[0]
        return edit.at > 0 and not self.quotation.text[: word.start].rstrip().endswith((".", "!", "?", ":"))

    def _severity(self, kind: DifferenceKind, edit: Edit) -> Severity:
        if kind in ("negation", "number", "name"):
            return "critical"
        if kind == "modality":
            return "major"
        keys = {*self.speech.keys[edit.place : edit.stop], *self.quotation.keys[edit.at : edit.end]}
        if kind == "wording" and len({key.replace("'", "").replace("-", "") for key in keys}) == 1:
            return "major"  # an apostrophe or a hyphen alone: supporters / supporter’s
        return "major" if keys - self.book.function_words else "minor"


def _place(speech: Speech, edit: Edit) -> Span:
    """The words of the source, or the empty place where they would stand."""
    if edit.place < edit.stop:
        return Span(speech.starts[edit.place], speech.ends[edit.stop - 1])
    return Span(speech.starts[edit.place], speech.starts[edit.place])


def _spot(quotation: Quotation, edit: Edit) -> Span:
    """The words of the quotation, or the empty place where they would stand."""
    if edit.at < edit.end:
        return Span(quotation.words[edit.at].start, quotation.words[edit.end - 1].end)
    at = quotation.words[edit.at].start if edit.at < len(quotation.words) else quotation.words[-1].end
    return Span(at, at)


def _message(kind: DifferenceKind, printed: str, quoted: str) -> str:
    """One plain sentence on one difference."""
    a, b = f"“{' '.join(printed.split())}”", f"“{' '.join(quoted.split())}”"
    if not quoted:
        said = f"{a} is left out"
    elif not printed:
        said = f"{b} is not in the passage"
    else:
        said = f"{b} where the passage has {a}"
    named = {"negation": "a negation differs: ", "number": "a number differs: ", "name": "a name differs: "}
    return f"{named.get(kind, '')}{said}"


def _print(quotation: Quotation, speech: Speech, piece: Aligned) -> Iterator[Change]:
    """Capitals and points that differ between equal words."""
    shouted = _shouted(speech.read(piece.place, piece.stop)) or _shouted(quotation.text)
    before = (-2, -2)
    for row, column in piece.pairs:
        word = quotation.words[row]
        a, b = Span(speech.starts[column], speech.ends[column]), Span(word.start, word.end)
        adjoining = (row, column) == (before[0] + 1, before[1] + 1)
        opens = row == piece.at or word.cut or word.loose
        printed = speech.text[a.start : a.end]
        if not opens and not shouted and next(words(printed)).form != word.form and not word.inserted:
            yield Change("wording", "minor", a, b, f"capitals differ: “{word.form}” for “{printed}”")
        if adjoining and word.gap is not None:
            yield from _points(quotation, speech, before, (row, column))
        before = (row, column)


def _points(
    quotation: Quotation, speech: Speech, before: tuple[int, int], here: tuple[int, int]
) -> Iterator[Change]:
    gap, own = speech.gap(here[1]), quotation.words[here[0]].gap or ""
    if {here[1], before[1]} & speech.optional:
        gap, own = (points.translate(_BRACKETS) for points in (gap, own))
    if gap == own:
        return
    a = Span(speech.ends[before[1]], speech.starts[here[1]])
    b = Span(quotation.words[before[0]].end, quotation.words[here[0]].start)
    asked = ("?" in gap) != ("?" in own)
    printed, quoted = " ".join(speech.text[a.start : a.end].split()), quotation.text[b.start : b.end].strip()
    message = f"punctuation differs: “{quoted}” for “{printed}”"
    yield Change("wording", "major" if asked else "minor", a, b, message)


_BRACKETS = {ord(sign): None for sign in "[]()"}


def _shouted(text: str) -> bool:
    """Whether a text is printed in capitals, as captions are: then capitals say nothing."""
    letters = [sign for sign in text if sign.isalpha()]
    return len(letters) > 3 and sum(sign.isupper() for sign in letters) > 0.8 * len(letters)


def ranked(found: Sequence[Change], quotation: Quotation, speech: Speech) -> tuple[Difference, ...]:
    """The differences with their numbers, most serious first, then in the order of the passage."""
    order = sorted(found, key=lambda one: (_RANK[one.severity], _ORDER.index(one.kind), one.a, one.b))
    return tuple(
        Difference(
            id=f"d{number}",
            kind=one.kind,
            a=one.a,
            b=one.b,
            a_text=speech.text[one.a.start : one.a.end],
            b_text=quotation.text[one.b.start : one.b.end],
            severity=one.severity,
            message=one.message,
            score=1.0 - _RANK[one.severity] / 3,
        )
        for number, one in enumerate(order, 1)
    )
