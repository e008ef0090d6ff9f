"""Characters that a reader does not see, or that act on his terminal: reported once a kind, never removed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.sources.limits import NOTES
from onrecord.sources.reading import ReaderNote

# One class, so that clean text (nearly all text) costs one fast search.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # NEL (85), VT and FF are ends of lines
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LONE = re.compile("[\ud800-\udfff]")


def remarks(text: str) -> tuple[ReaderNote, ...]:
    """Notes on unseen characters.

    `nul` has one note a place (up to a limit, which is said); `control`, `invisible` and `direction` one note
    a kind, with the count and the first place.

    >>> [note.message for note in remarks("Ro\\u200be: no")]
    ['1 invisible character (U+200B), the first at character 2']
    """
    if _UNSEEN.search(text) is None:
        return ()
    found: dict[str, dict[str, int]] = {"invisible": {}, "direction": {}, "control": {}}
    first: dict[str, int] = {}
    nuls: list[int] = []
    for match in _UNSEEN.finditer(text):
        character = match[0]
        if character == "\0":
            nuls.append(match.start())
            continue
        kind = "direction" if character in _BIDI else "control" if character < "\xa0" else "invisible"
        first.setdefault(kind, match.start())
        found[kind][character] = found[kind].get(character, 0) + 1
    return (*_nul_notes(nuls), *(_summary(kind, found[kind], first[kind]) for kind in found if found[kind]))


def _nul_notes(places: list[int]) -> Iterator[ReaderNote]:
    for place in places[:NOTES]:
        yield ReaderNote("nul", f"a zero byte (NUL) at character {place}", None, (place, place + 1))
    if len(places) > NOTES:
        yield ReaderNote("nul", f"{len(places)} zero bytes (NUL); the first {NOTES} are listed")


def _summary(kind: str, counts: dict[str, int], first: int) -> ReaderNote:
    total = sum(counts.values())
    names = ", ".join(f"U+{ord(character):04X}" for character in sorted(counts)[:5])
    names += ", …" if len(counts) > 5 else ""
    what = {
        "invisible": "invisible character",
        "direction": "character that turns the direction of writing",
        "control": "control character",
    }[kind]
    if total > 1:
        what = what.replace("character", "characters", 1).replace("turns", "turn")
    message = f"{total} {what} ({names}), the first at character {first}"
    return ReaderNote(kind, message, None, (first, first + 1))


def whole(text: str) -> tuple[str, tuple[ReaderNote, ...]]:
    """The text with lone surrogates (half characters, which nothing downstream can write) as U+FFFD, and a
    note.
    """
    first = _LONE.search(text)
    if first is None:
        return text, ()
    repaired, count = _LONE.subn("\ufffd", text)
    many = "s" if count > 1 else ""
    what = f"{count} half character{many} (lone surrogate{many})"
    message = f"{what} shown as U+FFFD, the first at character {first.start()}"
    return repaired, (ReaderNote("surrogate", message, None, (first.start(), first.start() + 1)),)
