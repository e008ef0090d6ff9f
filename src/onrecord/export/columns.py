"""Text in the columns of a terminal: a Chinese character takes two, an accent set on a letter none."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import category, east_asian_width


def columns(text: str) -> int:
    """How many columns a text takes.

    >>> columns("Ostwick"), columns("会谈"), columns("e\\u0301")
    (7, 4, 1)
    """
    return len(text) if text.isascii() else sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if character.isascii():
        return 1
    if category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def padded(text: str, width: int) -> str:
    """The text with blanks up to a width."""
    return text + " " * (width - columns(text))


def clipped(text: str, width: int, ellipsis: str = "…") -> str:
    """The text in at most `width` columns, cut after a word unless that would leave less than a quarter of them.

    >>> clipped("They said that they had agreed", 18), clipped("a talk about interoperability", 24)
    ('They said that…', 'a talk about…')
    >>> clipped("Donaudampfschifffahrtsgesellschaft", 12)
    'Donaudampfs…'
    """
    if columns(text) <= width:
        return text
    kept, used = "", columns(ellipsis)
    for character in text:
        used += _columns(character)
        if used > width:
            break
        kept += character
    at_word = kept.rfind(" ")
    if 4 * at_word >= len(kept):
        kept = kept[:at_word]
    return kept.rstrip(" ,;:") + ellipsis


def wrap(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """Lines of at most `width` columns, broken at blanks (not at no-break spaces), else anywhere.

    >>> wrap("They said that they had agreed", 16, "- ", "  ")
    ['- They said that', '  they had', '  agreed']
    """
    lines: list[str] = []
    held = ""
    for word in text.split(" "):
        for piece in _broken(word, width - max(columns(first), columns(rest))):
            indent = rest if lines else first
            if held and columns(indent) + columns(held) + 1 + columns(piece) > width:
                lines.append(indent + held)
                held = piece
            else:
                held = f"{held} {piece}" if held else piece
    return [*lines, (rest if lines else first) + held] if held else lines


def _broken(word: str, room: int) -> Iterator[str]:
    """A word in pieces that fit."""
    if columns(word) <= room:
        yield word
        return
    piece, used = "", 0
    for character in word:
        taken = _columns(character)
        if piece and used + taken > room:
            yield piece
            piece, used = "", 0
        piece, used = piece + character, used + taken
    yield piece
