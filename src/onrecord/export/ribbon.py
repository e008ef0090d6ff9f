"""The ribbon of the floor: where in the text each speaker holds it, as bars from 0 to 1000."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from onrecord.export.floor import spoken_words, voices
from onrecord.model import Record, Turn

WIDTH = 1000
SEGMENTS = 400  # at most so many bars, whatever the number of turns
_BINS = 360  # of a long record; the rest is kept for voices too short to win a bin


class Bar(NamedTuple):
    """The floor held from turn `first` to turn `last`, in thousandths of the printed words."""

    start: float
    end: float
    first: str
    last: str


def ribbon(record: Record, counts: Mapping[str, int] | None = None) -> dict[tuple[str, ...], list[Bar]]:
    """Bars of every voice (`()` for nobody), by voice; `counts` are the words of each turn, if they are known."""
    counts = counts or spoken_words(record)
    total = sum(counts.values())
    bars: dict[tuple[str, ...], list[Bar]] = {}
    if not total:
        return bars
    at = 0
    places: list[tuple[Turn, int, int]] = []
    for turn in record.turns:
        places.append((turn, at, at := at + counts[turn.id]))
    for voice, bar in _single(places) if len(places) <= SEGMENTS else _binned(places, total):
        scaled = Bar(_scale(bar.start, total), _scale(bar.end, total), bar.first, bar.last)
        bars.setdefault(voice, []).append(scaled)
    return bars


def _scale(place: float, total: int) -> float:
    return round(place * WIDTH / total, 1)


def _single(places: list[tuple[Turn, int, int]]) -> list[tuple[tuple[str, ...], Bar]]:
    return [(voices(turn), Bar(start, end, turn.id, turn.id)) for turn, start, end in places if end > start]


def _binned(places: list[tuple[Turn, int, int]], total: int) -> list[tuple[tuple[str, ...], Bar]]:
    """Each bin goes to the voice with most words in it; neighbours of one voice join."""
    bins: list[Counter[tuple[str, ...]]] = [Counter() for _ in range(_BINS)]
    ends: list[list[str]] = [[] for _ in range(_BINS)]
    first_seen: dict[tuple[str, ...], tuple[Turn, int, int]] = {}
    for turn, start, end in places:
        first_seen.setdefault(voices(turn), (turn, start, end))
        for number in range(start * _BINS // total, -(-end * _BINS // total)):
            low, high = number * total / _BINS, (number + 1) * total / _BINS
            bins[number][voices(turn)] += int(1000 * (min(end, high) - max(start, low)))
            ends[number].append(turn.id)
    joined: list[tuple[tuple[str, ...], Bar]] = []
    for number, (held, turns) in enumerate(zip(bins, ends, strict=True)):
        if not turns:
            continue
        voice, until = held.most_common(1)[0][0], (number + 1) * total / _BINS
        if joined and joined[-1][0] == voice:
            joined[-1] = (voice, joined[-1][1]._replace(end=until, last=turns[-1]))
        else:
            joined.append((voice, Bar(number * total / _BINS, until, turns[0], turns[-1])))
    shown = {voice for voice, _ in joined}
    missing = [first_seen[voice] for voice in first_seen if voice not in shown]
    return joined + _single(missing[: SEGMENTS - len(joined)])
