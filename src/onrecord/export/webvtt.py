"""WebVTT with voices, where the source has times: https://www.w3.org/TR/webvtt1/."""

from __future__ import annotations

import re

from onrecord.errors import UsageError
from onrecord.export.jsonl import said
from onrecord.model import Record

_BREAKS = re.compile(r"\s+")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_LONGEST = 359_999.999  # 99:59:59.999; players disagree beyond


def export(record: Record) -> bytes:
    """One cue a turn, with its speaker as the voice. `UsageError` where the source gives no times."""
    timed = [turn for turn in record.turns if turn.time]
    if not timed:
        raise UsageError(
            f"{record.sources[0].name}: no times are printed in it, so there are no captions to write"
        )
    names = {person.id: person.name for person in record.people}
    cues = ["WEBVTT\n"]
    for turn in timed:
        assert turn.time is not None
        begin, end = turn.time
        speaker = names.get(turn.speaker or "", "")
        voice = f"<v {_plain(speaker)}>" if speaker else ""
        cues.append(
            f"\n{turn.id}\n{_clock(begin)} --> {_clock(max(end, begin + 0.001))}\n{voice}{_plain(said(record, turn))}\n"
        )
    return "".join(cues).encode()


def _plain(text: str) -> str:
    """Text on one line, with the characters escaped that open a tag or an entity, and no arrow."""
    return _BREAKS.sub(" ", text).translate(_ESCAPES)


def _clock(seconds: float) -> str:
    """Hours, minutes, seconds and thousandths.

    >>> _clock(3725.5)
    '01:02:05.500'
    """
    whole = round(min(max(seconds, 0), _LONGEST) * 1000)
    minutes, rest = divmod(whole, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"
