"""Characters that steer a terminal or reorder a line are shown, never passed on.

>>> line("a\\x1b[31mb\\u202ec\\n d")
'a␛[31mb\\\\u202ec d'
"""

from __future__ import annotations

import re

_CONTROLS = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "␡"}
# Embeddings, overrides and isolates: they reorder what stands around them ("Trojan Source").
_REORDERING = [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]
# Invisible: direction marks, zero-width space and joiners of nothing, byte-order mark, line separators.
_INVISIBLE = [0x061C, 0x200B, 0x200E, 0x200F, 0x2028, 0x2029, *range(0x2060, 0x2066), 0xFEFF]
_BLANKS = re.compile(r"[ \t\n\r\f\v]+")  # not the no-break spaces: French typography needs them


# The same in UTF-8: DEL, C1, what reorders. Data are read by programs, and now and then printed on a terminal.
_STEERING = re.compile(rb"\x7f|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]")


def _escape(code: int) -> str:
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


# C1 controls drive terminals too; lone surrogates cannot be written as UTF-8; tag characters hide text.
_HOSTILE = {
    code: _escape(code)
    for code in [*range(0x80, 0xA0), *_REORDERING, *range(0xD800, 0xE000), *range(0xE0000, 0xE0080)]
}
_IN_LINE = _CONTROLS | _HOSTILE | {code: _escape(code) for code in _INVISIBLE}
# A paragraph keeps its white space, and the direction marks that Arabic and Hebrew typography needs.
_IN_TEXT = {code: shown for code, shown in (_CONTROLS | _HOSTILE).items() if code not in (9, 10, 13, 0x85)}


def line(text: str) -> str:
    """Text for one line of a terminal: blanks become one space each, everything that steers is shown."""
    return _BLANKS.sub(" ", text).strip(" ").translate(_IN_LINE)


def block(text: str) -> str:
    """Text for a paragraph of a document: line ends stay, controls and reordering characters are shown."""
    return text.translate(_IN_TEXT)


def path(name: str) -> str:
    """A name from the file system, which may hold anything, as one safe line without losing a character."""
    return name.translate(_IN_LINE)


def json(data: bytes) -> bytes:
    """JSON in UTF-8 with such characters as escapes: the same values, and nothing that steers whoever prints them.

    >>> json('"a\x9bb"'.encode())
    b'"a\\\\u009bb"'
    """
    return _STEERING.sub(lambda found: b"\\u%04x" % ord(found[0].decode()), data)


def xml(data: bytes) -> bytes:
    """The same for XML, where a reference stands for a character.

    >>> xml('<p>a\x9bb</p>'.encode())
    b'<p>a&#x9b;b</p>'
    """
    return _STEERING.sub(lambda found: b"&#x%x;" % ord(found[0].decode()), data)
