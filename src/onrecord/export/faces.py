"""The faces for people, as formats: what `read --md` and `read --html` write."""

from __future__ import annotations

from onrecord.model import Record


def markdown_minutes(record: Record) -> bytes:
    """The minutes in Markdown."""
    from onrecord.export import markdown

    return markdown.render(record).encode()


def page_of(record: Record) -> bytes:
    """The self-contained page."""
    from onrecord.export import page

    return page.render(record).encode()
