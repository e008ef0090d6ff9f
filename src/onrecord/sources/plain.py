"""Plain text and Markdown: the text is the decoded file, unchanged to the last line end."""

from __future__ import annotations

from onrecord.sources.encoding import decode
from onrecord.sources.reading import Reading


def read(name: str, data: bytes, declared_type: str | None) -> Reading:
    """Decode and nothing more: a line is a paragraph, so there is no layout to report."""
    text, _, notes = decode(data, charset(declared_type))
    markdown = name.lower().endswith((".md", ".markdown")) or "markdown" in (declared_type or "")
    return Reading(text, "text/markdown" if markdown else "text/plain", "plain 1", notes=notes)


def charset(declared_type: str | None) -> str | None:
    """The charset parameter of a media type.

    >>> charset('text/html; charset="ISO-8859-1"')
    'ISO-8859-1'
    """
    for parameter in (declared_type or "").split(";")[1:]:
        key, _, value = parameter.partition("=")
        if key.strip().lower() == "charset":
            return value.strip().strip("\"'") or None
    return None
