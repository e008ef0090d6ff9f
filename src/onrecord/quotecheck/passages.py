"""A quotation in one record: where it stands, in how many pieces, and how alike it is.

same      every word, in order, in one place (what brackets or a declared cut leave out stays out)
differs   one place, other words
joined    two places and more
none      nothing that could be its source; the nearest place, if any word of weight is shared
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from onrecord.collation.phrasebook import phrasebook
from onrecord.model import Difference, Severity
from onrecord.quotecheck.alignment import Aligned, align
from onrecord.quotecheck.quotation import Quotation
from onrecord.quotecheck.runs import Chain, Run, chain, find_runs
from onrecord.quotecheck.speech import Speech, Unit
from onrecord.quotecheck.wording import Change, changes, left_out, ranked
from onrecord.quotecheck.words import words
from onrecord.spans import Span

Wording = Literal["same", "differs", "joined", "none"]

LIKE = 0.64  # share of the weight of a quotation's words from which a place can be its source
JOINED = 0.85  # the same for words joined from several places: each must be nearly whole
NEARLY = 0.7  # share of the words from which little words are evidence too
PART, WEIGHT = 4, 1.6  # words in a row, and weight, of the least part that counts as joined from elsewhere
ALTERED_RUN = 3  # words in a row that an altered quotation of five words and more shares with its passage
DECLARED = 60  # words that a declared cut may leave out inside one turn
SMALL = 0.35  # what a function word weighs against any other
OTHERS = 5  # further places with the same words that are shown
_RARE = 60  # places of a word that may still lead to the nearest passage


class Place(NamedTuple):
    """One piece of a quotation in its place, with what differs there."""

    unit: Unit
    piece: Aligned
    span: Span
    differences: tuple[Difference, ...]
    score: float


class Found(NamedTuple):
    """What one record has of a quotation; `joins` are what was left out between the pieces, and `nearest` the rest."""

    speech: Speech
    wording: Wording
    places: tuple[Place, ...]
    score: float
    declared: bool = False


def find(quotation: Quotation, speech: Speech, liked: Callable[[Unit], float] | None = None) -> list[Found]:
    """The quotation in a record, best reading first: every place with the same words, or the one best chain.

    `liked` adds a little to the worth of a unit, to prefer whom the quotation names among equals.
    """
    runs = find_runs(quotation, speech)
    whole = [run for run in runs if run.length == len(quotation.words)]
    same = [one for run in whole[: 4 * OTHERS] for one in [_read(quotation, speech, ((run,),))] if one]
    if same:
        return same
    worth = (lambda place: liked(speech.unit(place))) if liked else None
    best = _read(quotation, speech, chain(quotation, speech, runs, worth))
    return [best] if best else []


def _read(quotation: Quotation, speech: Speech, pieces: Chain) -> Found | None:
    """A chain as a finding; None where it is too little."""
    weights = _weights(quotation, speech)
    pieces = _substantial(quotation, pieces, weights)
    if not pieces:
        return None
    aligned = _aligned(quotation, speech, pieces)
    score = _score(aligned, weights)
    moved = any(a.place < b.stop and b.place < a.stop for a, b in pairwise(aligned))
    if moved:  # words change places inside one passage: nothing comes from elsewhere
        aligned = _aligned(quotation, speech, (max(pieces, key=_length),))
    if not (moved and score >= JOINED) and not _enough(quotation, speech, aligned, weights, score):
        return None
    found = [changes(quotation, speech, one) for one in aligned]
    wording = _wording(quotation, speech, aligned, any(found))
    places = [
        _place(quotation, speech, one, [*changed, *left_out(quotation, speech, one), *before])
        for one, changed, before in zip(aligned, found, _between(quotation, speech, aligned), strict=True)
    ]
    return Found(speech, wording, tuple(places), score, wording == "same" and len(places) > 1)


def _score(aligned: Sequence[Aligned], weights: Sequence[float]) -> float:
    """The share of the weight of the quotation's words that stand in their places."""
    return sum(weights[row] for one in aligned for row, _ in one.pairs) / (sum(weights) or 1.0)


def _weights(quotation: Quotation, speech: Speech) -> list[float]:
    """What each word of the quotation weighs: little where it is a function word, nothing in brackets."""
    small = phrasebook(speech.source.language).function_words
    return [0.0 if word.inserted else SMALL if word.key in small else 1.0 for word in quotation.words]


def _substantial(quotation: Quotation, pieces: Chain, weights: Sequence[float]) -> Chain:
    """Without the pieces that are too small to be anybody's words, where there is a larger one."""
    if len(pieces) < 2:
        return pieces
    kept = [
        piece
        for piece in pieces
        if max(run.length for run in piece) >= PART
        and sum(weights[run.at + step] for run in piece for step in range(run.length)) > WEIGHT
    ]
    return tuple(kept) or (max(pieces, key=_length),)


def _length(piece: Sequence[Run]) -> int:
    return sum(run.length for run in piece)


def _aligned(quotation: Quotation, speech: Speech, pieces: Chain) -> list[Aligned]:
    """Each piece in its place; words between two pieces go where they fit better."""
    bounds = [0, *(_bound(quotation, speech, a, b) for a, b in pairwise(pieces)), len(quotation.words)]
    return [
        align(quotation, speech, piece, start, stop)
        for piece, (start, stop) in zip(pieces, pairwise(bounds), strict=True)
    ]


def _bound(quotation: Quotation, speech: Speech, a: Sequence[Run], b: Sequence[Run]) -> int:
    """Where the second of two pieces begins in the quotation: at a declared cut, or where fewer words differ."""
    first, last = a[-1].end, b[0].at
    cut = next((at for at in range(first, last + 1) if quotation.words[at].cut), None)
    if cut is not None or first == last:
        return last if cut is None else cut

    def changed(at: int) -> int:
        sides = align(quotation, speech, a, a[0].at, at), align(quotation, speech, b, at, b[-1].end)
        return sum(edit.end - edit.at + edit.stop - edit.place for one in sides for edit in one.edits)

    return min((last, first), key=changed)


def _enough(
    quotation: Quotation, speech: Speech, aligned: Sequence[Aligned], weights: Sequence[float], score: float
) -> bool:
    """Whether the places can be the source of the quotation, and not merely like it."""
    own = [word for word in quotation.words if not word.inserted]
    equal = sum(len(one.pairs) for one in aligned)
    if equal >= len(own):
        return True
    if len(own) < 3 or equal < 2:
        return False
    if len(aligned) > 1:
        return score >= JOINED
    nearly = equal >= NEARLY * len(own)
    heavy = sum(weights[row] == 1.0 for row, _ in aligned[0].pairs)
    if nearly and _is_sentence(speech, aligned[0]) and _longest(aligned[0]) >= ALTERED_RUN:
        return True
    if score < LIKE or (heavy < min(2, weights.count(1.0)) and not nearly):
        return False
    return len(own) < 5 or nearly or _longest(aligned[0]) >= ALTERED_RUN


def _is_sentence(speech: Speech, piece: Aligned) -> bool:
    """Whether a passage is a sentence of its own, from the first word to the last."""
    start, end = speech.starts[piece.place], speech.ends[piece.stop - 1]
    left, right = speech.sentence(start, end)
    return not any(words(speech.text, left, start)) and not any(words(speech.text, end, right))


def _longest(piece: Aligned) -> int:
    """The most words in a row that are equal on both sides."""
    best = run = 1 if piece.pairs else 0
    for a, b in pairwise(piece.pairs):
        run = run + 1 if b == (a[0] + 1, a[1] + 1) else 1
        best = max(best, run)
    return best


def _wording(quotation: Quotation, speech: Speech, aligned: Sequence[Aligned], changed: bool) -> Wording:
    if len(aligned) == 1:
        return "differs" if changed else "same"
    honest = all(_declared(quotation, speech, a, b) for a, b in pairwise(aligned))
    if not honest:
        return "joined"
    return "differs" if changed else "same"


def _declared(quotation: Quotation, speech: Speech, a: Aligned, b: Aligned) -> bool:
    """Whether a declared cut joins two pieces of one turn in their order, over a short distance."""
    if not any(word.cut for word in quotation.words[a.end : b.at + 1]):
        return False
    return speech.unit(a.place).first == speech.unit(b.place).first and 0 <= b.place - a.stop <= DECLARED


def _between(quotation: Quotation, speech: Speech, aligned: Sequence[Aligned]) -> Iterator[list[Change]]:
    """For each piece what stands between it and the one before it, where both are of one turn and in order."""
    yield []
    for a, b in pairwise(aligned):
        gone = b.place - a.stop
        if speech.unit(a.place).first != speech.unit(b.place).first or gone <= 0:
            yield []
            continue
        span = Span(speech.starts[a.stop], speech.ends[b.place - 1])
        at = quotation.words[b.at].start
        message = f"{gone} {'word is' if gone == 1 else 'words are'} left out before this part"
        severity: Severity = "minor" if _declared(quotation, speech, a, b) else "major"
        yield [Change("omission", severity, span, Span(at, at), message)]


def _place(quotation: Quotation, speech: Speech, piece: Aligned, found: Sequence[Change]) -> Place:
    span = Span(speech.starts[piece.place], speech.ends[piece.stop - 1])
    length = max(piece.end - piece.at, piece.stop - piece.place, 1)
    score = min(1.0, len(piece.pairs) / length)
    return Place(speech.unit(piece.place), piece, span, ranked(found, quotation, speech), score)


# ------------------------------------------------------------------------------------------------- the nearest place


class Near(NamedTuple):
    """The sentence that shares most with a quotation which stands nowhere; `score` is the share of its weight."""

    speech: Speech
    unit: Unit
    span: Span
    score: float


def nearest(quotation: Quotation, speech: Speech) -> Near | None:
    """The sentence that shares most rare words with the quotation; None where it shares none of weight."""
    small = phrasebook(speech.source.language).function_words
    held = {word.key for word in quotation.words if word.key not in small and not word.inserted}
    hits = sorted(
        (place, key)
        for key in held
        if len(speech.places.get(key, ())) <= _RARE
        for place in speech.places.get(key, ())
    )
    if not hits:
        return None
    reach = 2 * len(quotation.words) + 6
    begin, best, at = 0, (0, 0), -1
    inside: dict[str, int] = {}
    for end, (place, key) in enumerate(hits):
        inside[key] = inside.get(key, 0) + 1
        while place - hits[begin][0] > reach:
            gone = hits[begin][1]
            inside[gone] -= 1
            if not inside[gone]:
                del inside[gone]
            begin += 1
        if (len(inside), -(place - hits[begin][0])) > best:
            best, at = (len(inside), -(place - hits[begin][0])), begin + (end - begin) // 2
    left, right = speech.sentence(speech.starts[hits[at][0]], speech.ends[hits[at][0]])
    first = bisect_left(speech.starts, left)
    last = max(first + 1, bisect_left(speech.starts, right))
    unit = speech.unit(hits[at][0])
    span = Span(speech.starts[max(first, unit.first)], speech.ends[min(last, unit.last) - 1])
    return Near(speech, unit, span, round(best[0] / len(held), 4))
