"""Word beside word: a piece of a quotation against the place where it stands, with free ends in the source."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from onrecord.quotecheck.quotation import Quotation, Quoted
from onrecord.quotecheck.runs import Run
from onrecord.quotecheck.speech import Speech

SWAP, DROP, ADD = 0.95, 0.8, 0.8  # costs of a changed, a missing, an added word
END_DROP, END_ADD = 0.3, 1.0  # the same at an end: there a word of the source is missed sooner than put in
FREE = 0.05  # of a word that the quotation's editor put in, and of one that the source's editor did
MORE = 6  # words of the source that may be missing at an end
_LARGEST = 40_000  # cells of one table; a larger gap is one change as a whole


class Edit(NamedTuple):
    """Words `[at, end)` of the quotation stand where the stream has the words `[place, stop)`; either may be empty."""

    at: int
    end: int
    place: int
    stop: int


class Aligned(NamedTuple):
    """A piece of the quotation in its place: words of both, the pairs of equal words, and what differs."""

    at: int
    end: int
    place: int
    stop: int
    pairs: tuple[tuple[int, int], ...]
    edits: tuple[Edit, ...]


def align(quotation: Quotation, speech: Speech, piece: Sequence[Run], at: int, end: int) -> Aligned:
    """Words `[at, end)` of the quotation beside the runs of one piece; the ends reach into the same sentences only."""
    pairs = [(run.at + step, run.place + step) for run in piece for step in range(run.length)]
    first, last = piece[0], piece[-1]
    left, right = _reach(speech, first, last, first.at - at, end - last.end)
    before = _table(quotation, speech, (at, first.at, left, first.place), free_start=True)
    after = _table(quotation, speech, (last.end, end, last.stop, right), free_end=True)
    middle: list[tuple[int, int]] = []
    for a, b in pairwise(piece):
        middle += _table(quotation, speech, (a.end, b.at, a.stop, b.place))
    together = sorted([*before, *pairs, *middle, *after])
    return _aligned(quotation, speech, together, at, end)


def _reach(speech: Speech, first: Run, last: Run, before: int, after: int) -> tuple[int, int]:
    """How far the source may be read before and behind the runs: the sentence's ends, and not much further."""
    begin, _ = speech.sentence(speech.starts[first.place], speech.ends[first.place])
    _, end = speech.sentence(speech.starts[last.stop - 1], speech.ends[last.stop - 1])
    left = first.place
    while before and left > first.place - before - MORE and left > 0 and speech.keys[left - 1]:
        if speech.starts[left - 1] < begin:
            break
        left -= 1
    right = last.stop
    while after and right < last.stop + after + MORE and speech.keys[right] and speech.ends[right] <= end:
        right += 1
    return left, right


def _cost(word: Quoted, key: str) -> float:
    if word.fits(key):
        return 0.0
    if word.inserted:
        return FREE
    alike = len(key) > 4 and len(word.key) > 4 and key[:4] == word.key[:4]
    return SWAP - 0.2 if alike else SWAP


def _table(
    quotation: Quotation,
    speech: Speech,
    box: tuple[int, int, int, int],
    *,
    free_start: bool = False,
    free_end: bool = False,
) -> list[tuple[int, int]]:
    """The pairs (word, place; equal or changed) of the cheapest alignment of a small gap."""
    at, end, place, stop = box
    rows, columns = end - at, stop - place
    if not rows or not columns or rows * columns > _LARGEST:
        return []
    added, dropped = (END_ADD, END_DROP) if free_start or free_end else (ADD, DROP)
    adds = [FREE if quotation.words[at + row].inserted else added for row in range(rows)]
    drops = [FREE if place + column in speech.optional else dropped for column in range(columns)]
    above = [0.0]
    for cost in drops:
        above.append(0.0 if free_start else above[-1] + cost)
    ways: list[list[int]] = []
    for row in range(rows):
        word, line, way = quotation.words[at + row], [above[0] + adds[row]], [1]
        for column in range(columns):
            swap = above[column] + _cost(word, speech.keys[place + column])
            add = above[column + 1] + adds[row]
            free = free_end and row == rows - 1
            drop = line[column] + (0.0 if free else drops[column])
            best = min(swap, add, drop)
            line.append(best)
            way.append(0 if best == swap else 1 if best == add else 2)
        above = line
        ways.append(way)
    return _walk(ways, at, place, rows, columns)


def _walk(ways: list[list[int]], at: int, place: int, rows: int, columns: int) -> list[tuple[int, int]]:
    found = []
    while rows and columns:
        way = ways[rows - 1][columns]
        if way == 0:
            found.append((at + rows - 1, place + columns - 1))
        rows -= way != 2
        columns -= way != 1
    return found[::-1]


def _aligned(
    quotation: Quotation, speech: Speech, pairs: list[tuple[int, int]], at: int, end: int
) -> Aligned:
    """Pairs become equal words and edits; changed words that touch are one edit."""
    while len(pairs) > 1 and _editors(quotation, speech, *pairs[0]):
        del pairs[0]
    while len(pairs) > 1 and _editors(quotation, speech, *pairs[-1]):
        del pairs[-1]
    equal, edits = [], []
    word, place = at, pairs[0][1]
    for row, column in pairs:
        same = quotation.words[row].fits(speech.keys[column])
        if same:
            if (word, place) != (row, column):
                edits.append(Edit(word, row, place, column))
            equal.append((row, column))
            word, place = row + 1, column + 1
    stop = pairs[-1][1] + 1
    if (word, place) != (end, stop):
        edits.append(Edit(word, end, place, stop))
    return Aligned(at, end, pairs[0][1], stop, tuple(equal), tuple(edits))


def _editors(quotation: Quotation, speech: Speech, row: int, place: int) -> bool:
    """Whether a word in brackets stands beside another word: at an end, that is no part of the passage."""
    return quotation.words[row].inserted and not quotation.words[row].fits(speech.keys[place])
