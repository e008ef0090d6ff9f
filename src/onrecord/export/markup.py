"""Writing XML that keeps every character: escapes, and what XML cannot hold at all."""

from __future__ import annotations

import re

from onrecord.sources.exact import CHARACTER

# XML 1.0 has no such characters, not even as a reference: https://www.w3.org/TR/xml/#charsets
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_VALUE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
)


def characters(text: str) -> str:
    """Text as the content of an element; a carriage return is written as a reference, lest a parser eats it.

    >>> characters("a < b\\x0c")
    'a &lt; b<?onrecord-character 0C?>'
    """
    escaped = text.translate(_TEXT)
    return _FORBIDDEN.sub(lambda match: f"<?{CHARACTER} {ord(match[0]):02X}?>", escaped)


def value(text: str) -> str:
    """Text as the value of an attribute, in its quotation marks; what XML cannot hold becomes U+FFFD.

    >>> value('the "old" customs house')
    '"the &quot;old&quot; customs house"'
    """
    return f'"{_FORBIDDEN.sub(chr(0xFFFD), text.translate(_VALUE))}"'
