"""A citation that is ready to paste: whose words, at which event, where exactly, of which text, and in what state.

The parts are plain values, so that every face and format cites alike; `line` is their English sentence.
"""

from __future__ import annotations

from typing import NamedTuple

from onrecord.model import Item, Record, Turn, Words
from onrecord.spans import Span

SHORT = 12  # hexadecimal digits of a hash that still tell texts apart
CAVEAT = "in this text; not shown to be the speaker’s own words"
"""What every face adds where the words are not certainly those that were spoken."""

_STATES = {
    "original": "",
    "interpreted": "interpreted",
    "translated": "translated",
    "machine_translated": "machine-translated",
    "unknown": "",
}


class Cited(NamedTuple):
    """The parts of a citation. `chain` is who reports whom, outermost first; `date` is ISO, or as printed where
    it names no day of a year ("Friday"); empty where unknown."""

    quote: str
    speaker: str
    chain: tuple[str, ...]
    likely: bool
    title: str
    place: str
    date: str
    turn: str
    start: int
    end: int
    sha256: str
    name: str
    language: str
    words: Words

    @property
    def own(self) -> bool:
        """Whether the text is known to hold the words as they were spoken."""
        return self.words.value == "original"

    @property
    def state(self) -> str:
        """How the words came into the text, in one or two words; empty where nothing is known."""
        state = _STATES[self.words.value]
        return f"probably {state}" if state and self.words.judgement != "certain" else state


def cited(record: Record, span: Span, turn: Turn | None, chain: tuple[str, ...], inner: str = "") -> Cited:
    """The parts for a passage of a record; `inner` names a reported source whom the record does not know."""
    source, event = record.sources[0], record.event
    names = {person.id: person.name for person in record.people}
    voices = tuple(names[one] for one in chain if one in names)
    label = source.text[turn.label.start : turn.label.end] if turn and turn.label else ""
    speaker = voices[0] if voices else label
    if inner and len(voices) < 2 and inner not in voices:
        voices = (*voices, inner)
    return Cited(
        quote=source.text[span.start : span.end],
        speaker=speaker,
        chain=voices,
        likely=bool(turn and turn.judgement == "likely"),
        title=_value(event.title),
        place=_value(event.place),
        date=_date(event.date),
        turn=turn.id if turn else "",
        start=span.start,
        end=span.end,
        sha256=source.text_sha256,
        name=source.name,
        language=source.language or "",
        words=source.words,
    )


def line(parts: Cited) -> str:
    """The citation as one line of English."""
    who = parts.speaker or "no speaker known"
    if parts.likely:
        who += " (probably)"
    if len(parts.chain) > 1:
        who = f"{parts.chain[-1]}, as reported by {who}"
    event = ", ".join(part for part in (_line(parts.title), parts.place, parts.date) if part)
    turn = f"turn {parts.turn.removeprefix('t')}, " if parts.turn else ""
    text = f"{parts.name}, text sha256 {parts.sha256[:SHORT]}"
    told = [f"{who} ({event})" if event else who, f"{turn}characters {parts.start}–{parts.end} of {text}"]
    if parts.state:
        told.append(parts.state)
    return ", ".join(told) + ("" if parts.own else f"; {CAVEAT}")


def _value(item: Item | None) -> str:
    return (item.value or item.text) if item else ""


def _date(item: Item | None) -> str:
    """An ISO date; `XXXX-WXX-5` is for programs, and a reader is given the words that stand there."""
    value = _value(item)
    return item.text if item and "X" in value and item.text else value


def _line(text: str) -> str:
    return " ".join(text.split())
