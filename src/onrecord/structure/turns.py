"""From accepted labels to turns: who holds the floor from where to where, and which characters are speech."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from onrecord.model import Judgement
from onrecord.structure.grammars import Candidate
from onrecord.structure.printed import LabelParts

# Signs of emphasis that belong to what stands beside a piece of speech: those before a blank close the label or the
# mark in front ("**Marrow:** Good …"), those behind one open the next ("… no fee. *(Laughter.)*"). So does Markdown.
_EMPHASIS_AFTER = re.compile(r"[*_]{1,3}(?:\s+|$)")
_EMPHASIS_BEFORE = re.compile(r"(?:(?<=\s)|^)[*_]{1,3}$|\*\*$")


class RawTurn(NamedTuple):
    """A turn before anybody is resolved. `label` is None where only a change of speaker is printed."""

    start: int
    end: int
    label: tuple[int, int] | None
    speech: tuple[tuple[int, int], ...]
    parts: LabelParts
    time: tuple[float, float] | None = None
    judgement: Judgement | None = None  # where the file itself says how sure its speaker is


def cut_turns(
    text: str, labels: Sequence[Candidate], cuts: Sequence[tuple[int, int]], end: int
) -> list[RawTurn]:
    """Turns from `labels` to `end`; `cuts` (sorted, disjoint) are stretches that nobody speaks.

    Consecutive WebVTT cues of one voice are one turn: the tag is repeated on every cue by the format, not because
    the speaker changed.
    """
    begins = [start for start, _ in cuts]
    turns: list[RawTurn] = []
    for index, label in enumerate(labels):
        after = _begin(labels[index + 1]) if index + 1 < len(labels) else end
        speech = _speech(text, label.after, after, cuts, begins)
        if turns and label.grammar == "voice" and turns[-1].parts == label.parsed.parts:
            last = turns[-1]
            joined = last.speech + tuple(speech)
            turns[-1] = last._replace(speech=joined, end=joined[-1][1] if joined else last.end)
            continue
        named = label.end > label.start
        start = label.start if named else (speech[0][0] if speech else label.start)
        last_spoken = speech[-1][1] if speech else max(label.end, start)
        printed = (label.start, label.end) if named else None
        turns.append(RawTurn(start, last_spoken, printed, tuple(speech), label.parsed.parts))
    return turns


def _begin(label: Candidate) -> int:
    """Where the line of a label begins to be about it."""
    return label.start if label.inline else label.start - label.ahead


def _speech(
    text: str, start: int, end: int, cuts: Sequence[tuple[int, int]], begins: Sequence[int]
) -> list[tuple[int, int]]:
    """The spoken stretches of `text[start:end]`: what is left without the cuts, trimmed, and not mere punctuation."""
    pieces: list[tuple[int, int]] = []
    at = start
    index = bisect_left(begins, start)
    if index and cuts[index - 1][1] > start:
        at = cuts[index - 1][1]
    while index < len(cuts) and cuts[index][0] < end:
        _add(text, at, cuts[index][0], pieces)
        at = max(at, cuts[index][1])
        index += 1
    _add(text, at, end, pieces)
    return pieces


def _add(text: str, start: int, end: int, pieces: list[tuple[int, int]]) -> None:
    if start >= end:
        return
    piece = text[start:end].rstrip().rstrip(">").rstrip()
    if piece[-1:] in ("*", "_"):
        piece = _EMPHASIS_BEFORE.sub("", piece).rstrip()
    left = len(piece) - len(piece.lstrip())
    if piece[left : left + 1] in ("*", "_") and (closing := _EMPHASIS_AFTER.match(piece, left)):
        left = closing.end()
    stripped = piece[left:]
    if not stripped or not (any(map(str.isalnum, stripped)) or (pieces and pieces[-1][1] == start)):
        return
    pieces.append((start + left, start + left + len(stripped)))
