"""What differs between a quotation and its passage, by kind, most serious first.

In these differences `a` is the passage (spans of the source) and `b` the quotation (spans of its own characters).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from onrecord.collation.phrasebook import Phrasebook, phrasebook
from onrecord.model import Difference, DifferenceKind, Severity
from onrecord.quotecheck.alignment import Aligned, Edit
from onrecord.quotecheck.kinds import Kind, Pair
from onrecord.quotecheck.quotation import Quotation
from onrecord.quotecheck.speech import Speech
from onrecord.quotecheck.words import words
from onrecord.spans import Span

REPLACED = 6  # words of a source for which a bracket may stand

_RANK: dict[Severity, int] = {"critical": 0, "major": 1, "minor": 2}


class Change(NamedTuple):
    """A difference before it has a number: spans of the source and of the quotation."""

    kind: DifferenceKind
    severity: Severity
    a: Span
    b: Span
    message: str
    weight: float = 0.0


def changes(quotation: Quotation, speech: Speech, piece: Aligned) -> list[Change]:
    """Every change of wording, of capitals and of points inside one piece; what brackets and cuts declare is none."""
    book = phrasebook(speech.source.language)
    edits = [edit for edit in piece.edits if not declared(quotation, speech, edit, book)]
    found = list(_classified(quotation, speech, edits)) if edits else []
    return [*found, *_print(quotation, speech, piece)]


def _classified(quotation: Quotation, speech: Speech, edits: Sequence[Edit]) -> Iterator[Change]:
    """Each edit with the kinds that the comparison of accounts gives it; wording where it sees no difference."""
    first, last = _place(speech, edits[0]), _place(speech, edits[-1])
    left = speech.sentence(first.start, first.end)[0]
    right = speech.sentence(last.start, last.end)[1]
    pair = Pair(speech.record, speech.text[left:right], quotation.text)
    for edit in edits:
        a, b = _place(speech, edit), _spot(quotation, edit)
        found = pair.kinds((a.start - left, a.end - left), (b.start, b.end))
        for kind, severity, weight in found or [Kind("wording", "minor", 0.0)]:
            printed, quoted = speech.text[a.start : a.end], quotation.text[b.start : b.end]
            if kind == "wording" and not (printed and quoted):
                kind = "omission" if printed else "addition"
            yield Change(kind, severity, a, b, _message(kind, printed, quoted), weight)


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
    order = sorted(found, key=lambda one: (_RANK[one.severity], -one.weight, one.a, one.b))
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
            score=round(one.weight, 4),
        )
        for number, one in enumerate(order, 1)
    )
