"""Characters that went wrong on the way: bytes read as the wrong letters, invisible ones, look-alikes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.integrity.document import Document
from onrecord.integrity.findings import Example, Finding, Rule, repair
from onrecord.model import Suggestion
from onrecord.people.names import visible
from onrecord.text.expressions import later

# UTF-8 read as Windows-1252 or Latin-1 ("Ã©", "â€™"), Cyrillic likewise ("Ð¿", "Ñ€"), and the mark of a lost character.
_MOJIBAKE = later(
    "(?:Ã[\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ€]|â€[\u0080-\u00bf™œ˜\u009d¦“”]|Â[\u00a0-\u00bf](?=\\S)|[ÐÑ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹]){1,40}|\ufffd{1,40}"
)
_SIGNS = ("Ã", "â€", "Â", "Ð", "Ñ", "\ufffd")
_INVISIBLE = later("[\u200b\u2060\u180e\u00ad\ufeff]{1,20}")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]{1,20}")
_RIGHT_TO_LEFT = later("[\u0590-\u08ff]")
_LATIN, _CYRILLIC = "A-Za-z", "\u0400-\u04ff"
_MIXED = later(f"[{_LATIN}][{_CYRILLIC}]|[{_CYRILLIC}][{_LATIN}]")
_CYRILLIC_LETTER = re.compile(f"[{_CYRILLIC}]")
_AROUND = re.compile(r"[^\W\d_]{1,40}")
_LONGEST = 40


def mojibake(document: Document) -> Iterator[Finding]:
    """Letters that are bytes of other letters."""
    if not any(sign in document.text for sign in _SIGNS):
        return
    for found in _MOJIBAKE.finditer(document.text):
        yield Finding(
            *found.span(), "major", f"“{found[0]}” is a character that was read in the wrong encoding",
            _decoded(found[0]),
        )  # fmt: skip


def _decoded(text: str) -> Suggestion | None:
    """The characters that the bytes stand for; None where they do not decode."""
    for encoding in ("cp1252", "latin-1"):
        try:
            return repair(text.encode(encoding).decode("utf-8"))
        except UnicodeError:
            continue
    return None


def invisible(document: Document) -> Iterator[Finding]:
    """Characters that no reader sees, inside a word; soft hyphens only mark where a line may break."""
    text = document.text
    if text.isascii() or not any(sign in text for sign in "\u200b\u2060\u180e\ufeff"):
        return
    for found in _INVISIBLE.finditer(text):
        inside = (
            text[found.start() - 1 : found.start()].isalpha()
            and text[found.end() : found.end() + 1].isalpha()
        )
        if inside and set(found[0]) != {"\u00ad"}:
            yield Finding(*found.span(), "minor", "an invisible character stands inside a word")


def turned_around(document: Document) -> Iterator[Finding]:
    """Marks that turn the direction of reading, in a text of letters that run from left to right."""
    if document.text.isascii():
        return
    found = list(_BIDI.finditer(document.text))
    if found and not _RIGHT_TO_LEFT.search(document.text):
        for mark in found:
            yield Finding(*mark.span(), "major", "a hidden mark here turns the direction of the text around")


def mixed_script(document: Document) -> Iterator[Finding]:
    """A word with letters of two alphabets that look alike, and no slip of the keyboard in an everyday word."""
    return (finding for finding, slip in _mixed(document) if not slip)


def keyboard_slip(document: Document) -> Iterator[Finding]:
    """The same in an everyday word in small letters: it misleads a search, but no reader."""
    return (finding for finding, slip in _mixed(document) if slip)


def _mixed(document: Document) -> Iterator[tuple[Finding, bool]]:
    if document.text.isascii() or not _CYRILLIC_LETTER.search(document.text):
        return
    ends = 0
    for found in _MIXED.finditer(document.text):
        if found.start() < ends:
            continue
        start = found.start()
        while start and document.text[start - 1].isalpha() and found.start() - start < _LONGEST:
            start -= 1
        word = _AROUND.match(document.text, start)
        if word is None:
            continue
        ends = word.end()
        if len(word[0]) == _LONGEST:  # no word
            continue
        plain, hidden = visible(word[0])
        if hidden and not _MIXED.search(plain):
            message = f"“{word[0]}” mixes letters of two alphabets that look alike"
            yield Finding(*word.span(), "major", message, repair(plain)), plain in document.tongue.everyday


RULES = (
    Rule(
        "mojibake", "mojibake", "form", mojibake,
        Example("fr", "Le d⟦Ã©⟧troit est ouvert."),
        Example("pt", "A REGIÃO E A NAÇÃO: NÃO! Â São 5 °C."),
        everywhere=True,
    ),
    Rule(
        "invisible_character", "invisible", "form", invisible,
        Example("en", "The har⟦\u200b⟧bour is open."),
        Example("en", "The har\u00adbour is open.\u200b It is late."),
        everywhere=True,
    ),
    Rule(
        "direction_mark", "invisible", "form", turned_around,
        Example("en", "The harbour ⟦\u202e⟧nepo si."),
        Example("ar", "\u202bالميناء مفتوح\u202c"),
        everywhere=True,
    ),
    Rule(
        "look_alikes", "mixed_script", "form", mixed_script,
        Example("en", "Minister ⟦Brаsk⟧ is here."),
        Example("ru", "Порт Harlan открыт, USB-кабель тоже; они ждут."),
        everywhere=True,
    ),
    Rule(
        "keyboard_slip", "mixed_script", "hint", keyboard_slip,
        Example("ru", "В порту ⟦oни⟧ ждут."),
        Example("ru", "В порту они ждут рейса Wi-Fi."),
    ),
)  # fmt: skip
