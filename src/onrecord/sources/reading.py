"""What every reader returns: characters, layout and notes, as plain picklable values.

A reader runs in another process when its format is dangerous, and a structured import hands over speakers that
nobody should guess again; so the contract between readers and the rest of the house is this small tuple.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

LayoutKind = Literal[
    "paragraph", "heading", "bold", "voice", "time", "hidden", "page", "speaker",
    "person", "alias", "block", "turn", "label", "judgement", "speech", "mark",
]  # fmt: skip

JOINT = "\x1f"
"""Between the names of those who speak together, in the `value` of a turn."""


class Layout(NamedTuple):
    """One fact of the page about `text[start:end]`.

    paragraph   a paragraph of the original page (readers of plain text give none: a line is a paragraph)
    heading     a heading; `value` is its level, "1" to "6"
    bold        printed in bold or as a definition term: may be a label
    voice       the name inside a WebVTT `<v Name>` tag; the span is the printed name, `value` the name
    time        the span is the speech of one cue; `value` is "start end" in seconds, e.g. "12.5 17.25"
    hidden      characters that a browser would not show (kept in the text only where they cannot be dropped)
    page        a page mark; `value` is the page number
    speaker     speech whose speaker the file itself gives (JSONL, TEI); `value` is the name of the first who speaks,
                empty where it says that somebody speaks, and not who

    Beside `speaker`, a file that somebody else wrote may have three of those below: `person` for everybody whom it
    declares and who speaks, `turn` for what one element holds, `mark` for what is printed in it.

    A file that onrecord wrote says all of it, and nothing is looked for in it again:

    person      somebody it lists (an empty span): `value` is a kind and a name apart by `JOINT`; all of them in order
    alias       another name of the person before it (an empty span): `value` is its kind, its judgement and the name
    block       `value` is its kind (frame, transcript, heading, furniture); blocks tile the text
    turn        `value` names who speaks, several apart by `JOINT`; empty where nobody knows
    judgement   how sure the speaker of the turn is that it lies in, where that is not certain
    label       the printed label of the turn it lies in; `speech` are its spoken stretches
    mark        printed, not spoken; `value` is the kind of the mark
    """

    kind: LayoutKind
    start: int
    end: int
    value: str | None = None


class ReaderNote(NamedTuple):
    """A remark for the user; the same fields as `model.Note`, as plain values."""

    kind: str
    message: str
    byte: int | None = None
    span: tuple[int, int] | None = None


def of_bytes(notes: Iterable[ReaderNote]) -> tuple[ReaderNote, ...]:
    """Notes on the bytes of a file whose text is taken out of it: its characters are no places of that text.

    >>> of_bytes([ReaderNote("encoding", "not UTF-8 at byte 41", 41, (41, 42))])
    (ReaderNote(kind='encoding', message='not UTF-8 at byte 41', byte=41, span=None),)
    """
    return tuple(note._replace(span=None) for note in notes)


class Reading(NamedTuple):
    """What a reader made of one document.

    `metadata` has only what the document itself declares: any of title, date, outlet, language, address.
    `reader` names the reader and its version, with the library's where one did the work ("pdf 1, pypdfium2 5.15.2").
    """

    text: str
    media_type: str
    reader: str
    layout: tuple[Layout, ...] = ()
    notes: tuple[ReaderNote, ...] = ()
    metadata: dict[str, str] = {}
    partial: bool = False  # parts of the input could not be read; the notes say which


class Declined(Exception):
    """A reader's refusal, in a few words. `final` stops the chain: the format is known, the file is bad."""

    def __init__(self, reason: str, *, final: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.final = final
