"""A reader: the stenographers of the harbour keep their notes in files of their own.

    %SHORTHAND 1
    @Ines Rivers
    We leave the pier open.
    Until the spring.
    @Danil Korvat
    And no longer.

A line with @ says who speaks; the lines below are that speech.
"""

from __future__ import annotations

from onrecord.sources import Declined, Layout, ReaderNote, Reading
from onrecord.sources.readers import Reader

FIRST = b"%SHORTHAND 1"


def takes(name: str, head: bytes) -> bool:
    """Quick, and by the content: names lie."""
    return head.startswith(FIRST)


def read(name: str, data: bytes, declared_type: str | None) -> Reading:
    """The speeches, one paragraph a line; the file itself says who speaks, and nobody has to guess."""
    try:
        lines = data.decode("utf-8").splitlines()[1:]
    except UnicodeDecodeError as error:
        raise Declined(f"shorthand is UTF-8, and byte {error.start} is not", final=True) from None
    speaker, text, layout, notes = None, "", [], []
    for number, line in enumerate(lines, 2):
        if line.startswith("@"):
            speaker = line[1:].strip()
        elif line.strip():
            start = len(text)
            text += line
            if speaker:
                layout.append(Layout("speaker", start, len(text), speaker))
            else:
                notes.append(
                    ReaderNote("speaker", f"line {number}: nobody is named yet", span=(start, len(text)))
                )
            text += "\n"
    return Reading(text, "text/x-shorthand", "shorthand 1", tuple(layout), tuple(notes))


SHORTHAND = Reader("shorthand", takes, read)
