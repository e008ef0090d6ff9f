"""WebVTT and SubRip: the text is the decoded file; time and voice are layout over its characters.

A small scanner of our own and no library, because none tells where in the file a cue stands. What is not
inside a "time" stretch (numbers, times, notes, styles) is not speech.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from onrecord.sources.encoding import decode
from onrecord.sources.limits import NOTES
from onrecord.sources.plain import charset
from onrecord.sources.reading import Declined, Layout, ReaderNote, Reading

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_CLOCK = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_TIMES = re.compile(rf"[ \t]{{0,99}}{_CLOCK}[ \t]{{0,99}}-->[ \t]{{0,99}}{_CLOCK}(?:[ \t][^\r\n]*)?")
_LIKE_TIMES = re.compile(r"[ \t]{0,9}[\d:.,]{3,20}[ \t]{0,9}(?:-{1,3}|–|—)?>|[^\r\n]{0,80}-->")
_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,100})?[ \t]+([^<>\r\n]{1,200})>")
_SKIPPED = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t]|$)")


class _Cue(NamedTuple):
    """One cue: the line of its times, when it begins (milliseconds), its layout."""

    line: int
    begins: int
    layout: list[Layout]


class _Line(NamedTuple):
    number: int
    start: int
    end: int
    text: str


def read(name: str, data: bytes, declared_type: str | None) -> Reading:
    """Mark the speech of each cue; cues whose time cannot be read are named by line and stay in the text."""
    text, _, encoding_notes = decode(data, charset(declared_type))
    vtt = text.startswith("WEBVTT")
    layout: list[Layout] = []
    faults: list[ReaderNote] = []
    early: list[_Cue] = []
    cues = reached = 0
    for block in _blocks(text):
        if vtt and (block[0].start == 0 or _SKIPPED.match(block[0].text)):
            continue
        found = _cue(text, block)
        if isinstance(found, ReaderNote):
            faults.append(found)
        else:
            cues += 1
            layout += found.layout
            early += [found] if found.begins < reached else []
            reached = max(reached, found.begins)
    if not cues:
        raise Declined("no cue with a time that can be read" if faults else "no cues", final=vtt)
    notes = (*encoding_notes, *_capped(faults), *_disorder(early))
    return Reading(
        text,
        "text/vtt" if vtt else "application/x-subrip",
        "captions 1",
        tuple(layout),
        notes,
    )


def _blocks(text: str) -> Iterator[list[_Line]]:
    """Runs of lines between blank lines; a line of times always begins a block (with its number, if one
    stands before).
    """
    block: list[_Line] = []
    for number, match in enumerate(_LINE.finditer(text), 1):
        line = _Line(number, match.start(1), match.end(1), match[1])
        if not line.text.strip():
            if block:
                yield block
            block = []
            continue
        if len(block) > 1 and _TIMES.fullmatch(line.text):
            number_line = [block.pop()] if block[-1].text.strip().isdigit() else []
            if block:
                yield block
            block = number_line
        block.append(line)
    if block:
        yield block


def _disorder(early: list[_Cue]) -> Iterator[ReaderNote]:
    if early:
        many = "1 cue begins" if len(early) == 1 else f"{len(early)} cues begin"
        yield ReaderNote(
            "time", f"out of order: {many} before one that stands above, the first at line {early[0].line}"
        )


def _cue(text: str, block: list[_Line]) -> _Cue | ReaderNote:
    """One cue, or the note that says why it is none."""
    at = next((i for i, line in enumerate(block[:2]) if _LIKE_TIMES.match(line.text)), None)
    if at is None:
        line = block[0]
        return ReaderNote(
            "cue", f"line {line.number}: not a cue, left unread as speech", None, (line.start, block[-1].end)
        )
    times, payload = block[at], block[at + 1 :]
    span = (times.start, block[-1].end)
    match = _TIMES.fullmatch(times.text)
    if match is None or not _on_a_clock(match):
        return ReaderNote(
            "cue", f"line {times.number}: not a cue time: {times.text.strip()[:60]}", None, span
        )
    start, end = _milliseconds(match.group(1, 2, 3, 4)), _milliseconds(match.group(5, 6, 7, 8))
    if end < start:
        return ReaderNote("cue", f"line {times.number}: the cue ends before it starts", None, span)
    if not payload:
        return _Cue(times.number, start, [])
    first, last = payload[0].start, payload[-1].end
    voices = (Layout("voice", *m.span(1), m[1].strip()) for m in _VOICE.finditer(text, first, last))
    spoken = Layout("time", first, last, f"{_seconds(start)} {_seconds(end)}")
    return _Cue(times.number, start, [spoken, *voices])


def _on_a_clock(times: re.Match[str]) -> bool:
    """Whether no clock has more than 60 seconds, nor more than 59 minutes where it counts hours; 60 is what writers
    print who round each part by itself."""
    clocks = (times.group(1, 2, 3), times.group(5, 6, 7))
    return all(
        int(seconds) <= 60 and (hours is None or int(minutes) < 60) for hours, minutes, seconds in clocks
    )


def _milliseconds(clock: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, fraction = (part or "0" for part in clock)
    return ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(fraction.ljust(3, "0"))


def _seconds(milliseconds: int) -> str:
    whole, rest = divmod(milliseconds, 1000)
    return f"{whole}.{rest:03d}".rstrip("0").rstrip(".")


def _capped(faults: list[ReaderNote]) -> list[ReaderNote]:
    if len(faults) <= NOTES:
        return faults
    return [
        *faults[:NOTES],
        ReaderNote("cue", f"{len(faults)} cues cannot be read; the first {NOTES} are listed"),
    ]
