"""Characters that a reader does not see, or that act on his terminal: reported once a kind, never removed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.sources.limits import NOTES
from onrecord.sources.reading import ReaderNote

# One search, so that clean text (nearly all text) costs little.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # NEL (85), VT and FF are ends of lines
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\ufffb\U000e0000-\U000e007f"
    "\ue000-\uf8ff\U000f0000-\U0010ffff\ufdd0-\ufdef\ufffe\uffff"  # private use, and what is no character at all
    "\u02d0\u05c3\u2236\ua789\ufe13\ufe55"
    "\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
# A variation selector chooses the picture of an emoji, the form of an East Asian letter; after these it only hides.
_UNVARIED = re.compile("[A-Za-z\xc0-\u052f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_COLONS = frozenset("\u02d0\u05c3\u2236\ua789\ufe13\ufe55")
_LONE = re.compile("[\ud800-\udfff]")


def remarks(text: str) -> tuple[ReaderNote, ...]:
    """Notes on unseen characters.

    `nul` has one note a place (up to a limit, which is said); the others one note a kind, with the count and the first
    place: `control`, `invisible`, `direction`, `private` (no agreed meaning) and `look_alike` (colons that are none).

    >>> [note.message for note in remarks("Ro\\u200be: no")]
    ['1 invisible character (U+200B), the first at character 2']
    """
    if _UNSEEN.search(text) is None:
        return ()
    found: dict[str, dict[str, int]] = {kind: {} for kind in _WHAT}
    first: dict[str, int] = {}
    nuls: list[int] = []
    for match in _UNSEEN.finditer(text):
        character = match[0]
        if character == "\0":
            nuls.append(match.start())
            continue
        if _SELECTORS.match(character) and not _UNVARIED.match(text, match.start() - 1):
            continue
        kind = _kind(character)
        first.setdefault(kind, match.start())
        found[kind][character] = found[kind].get(character, 0) + 1
    return (*_nul_notes(nuls), *(_summary(kind, found[kind], first[kind]) for kind in found if found[kind]))


def _nul_notes(places: list[int]) -> Iterator[ReaderNote]:
    for place in places[:NOTES]:
        yield ReaderNote("nul", f"a zero byte (NUL) at character {place}", None, (place, place + 1))
    if len(places) > NOTES:
        yield ReaderNote("nul", f"{len(places)} zero bytes (NUL); the first {NOTES} are listed")


_WHAT = {
    "invisible": ("invisible character", "invisible characters"),
    "direction": (
        "character that turns the direction of writing",
        "characters that turn the direction of writing",
    ),
    "control": ("control character", "control characters"),
    "private": ("character without an agreed meaning", "characters without an agreed meaning"),
    "look_alike": ("sign that looks like a colon and is none", "signs that look like a colon and are none"),
}


def _kind(character: str) -> str:
    if character in _BIDI:
        return "direction"
    if character in _COLONS:
        return "look_alike"
    if character < "\xa0":
        return "control"
    private = (
        "\ue000" <= character <= "\uf8ff" or "\ufdd0" <= character <= "\ufdef" or character >= "\U000f0000"
    )
    return "private" if private or character in "\ufffe\uffff" else "invisible"


def _summary(kind: str, counts: dict[str, int], first: int) -> ReaderNote:
    total = sum(counts.values())
    names = ", ".join(f"U+{ord(character):04X}" for character in sorted(counts)[:5])
    names += ", …" if len(counts) > 5 else ""
    what = _WHAT[kind][total > 1]
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
