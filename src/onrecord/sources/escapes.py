"""Characters that somebody wrote in another way and nobody wrote back: reported, never decoded, which were a guess.

>>> [note.message for note in remarks("L%C3%A9t%C3%A9 à Brindel, caf%C3%A9")]
['3 characters are percent-encoded (“%C3%A9”), the first at character 1: decode the file first']
"""

from __future__ import annotations

import codecs
import contextlib
import re
from collections.abc import Iterator

from onrecord.sources.reading import ReaderNote

_ENOUGH = 3  # one may be an example of itself
_TOKEN = 300  # characters of a word that are looked at
_HEAD = 16384  # characters in which lines of base64 are looked for
_PERCENT = re.compile("%[C-F][0-9A-F]%[89AB][0-9A-F]", re.I)
_FORMS = (
    ("quoted-printable", re.compile("=[C-F][0-9A-F]=[89AB][0-9A-F]")),
    ("written as escapes of a program", re.compile(r"\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}")),
    (
        "written as entities of HTML",
        re.compile(
            r"&(?:#\d{2,6}|#x[0-9A-Fa-f]{2,5}|[A-Za-z](?:acute|grave|circ|uml|cedil|tilde)|rsquo|nbsp);"
        ),
    ),
)
_SEVEN = re.compile(r"\+([A-Za-z0-9/][A-Za-z0-9/+]{2,80})-?")
_EUROPEAN = re.compile("[\xa0-\u052f\u2000-\u206f\u20ac<>]{1,40}")
_PACKED = re.compile(r"[A-Za-z0-9+/]{60,76}={0,2}")
_LINES = 8  # of base64, one after the other; less may be a key or a picture inside a page


def remarks(text: str) -> tuple[ReaderNote, ...]:
    """Notes of kind `escaped` on each form that occurs three times or more."""
    return tuple(_notes(text))


def _notes(text: str) -> Iterator[ReaderNote]:
    if "%" in text and (found := _outside_addresses(text)):
        yield from _told("percent-encoded", found)
    for what, form in _FORMS:
        yield from _told(what, [(hit.start(), hit[0]) for hit in form.finditer(text)])
    if "+" in text and text.isascii():
        found = [(hit.start(), hit[0]) for hit in _SEVEN.finditer(text) if _is_seven(hit[0])]
        yield from _told("UTF-7", found)
    if (start := _packed(text)) is not None:
        yield ReaderNote("escaped", f"lines of base64, the first at character {start}: decode the file first")


def _told(what: str, found: list[tuple[int, str]]) -> Iterator[ReaderNote]:
    if len(found) >= _ENOUGH:
        start, shown = found[0]
        many = f"{len(found)} characters are {what} (“{shown}”), the first at character {start}"
        yield ReaderNote("escaped", f"{many}: decode the file first", None, (start, start + len(shown)))


def _outside_addresses(text: str) -> list[tuple[int, str]]:
    """Percent-encoded characters, but for those of an address, where they belong."""
    found = []
    for hit in _PERCENT.finditer(text):
        word = text[max(0, hit.start() - _TOKEN) : hit.start()]
        word = word.split()[-1] if word and not word[-1].isspace() else ""
        if "/" not in word and "?" not in word and "@" not in word:
            found.append((hit.start(), hit[0]))
    return found


def _is_seven(shown: str) -> bool:
    """Whether a run of UTF-7 stands for letters and signs of Europe."""
    with contextlib.suppress(UnicodeDecodeError):
        return _EUROPEAN.fullmatch(codecs.decode(shown.encode("ascii"), "utf-7")) is not None
    return False


def _packed(text: str) -> int | None:
    """Where the first of several lines of base64 stands."""
    at = start = run = 0
    for line in text[:_HEAD].splitlines(True):
        if not _PACKED.fullmatch(line.rstrip()):
            run = 0
        else:
            start, run = start if run else at, run + 1
        if run == _LINES:
            return start
        at += len(line)
    return None
