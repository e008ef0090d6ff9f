"""What a person sees who types the name of a record at a prompt: one line, never the whole of a long text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from onrecord.spans import Span

WIDTH = 60
"""Characters of a text that are shown."""
_UNTOLD = frozenset({"schema_version", "tool", "sha256", "text_sha256", "document"})


def brief(thing: msgspec.Struct) -> str:
    """One line for any item: its kind, its id, its place, what it is, and its first words.

    >>> from onrecord.model.record import Mark
    >>> Mark("s1", Span(4, 14), "(laughter)", "stage", turn="t2")
    <Mark [4, 14) source='s1' kind='stage' turn='t2' '(laughter)'>
    """
    return f"<{' '.join([type(thing).__name__, *_told(thing)])}>"


def clipped(text: str, width: int = WIDTH) -> str:
    """A text in at most `width` characters, cut at its end.

    >>> clipped("We leave the pier open until the spring.", 20)
    'We leave the pier o…'
    """
    return text if len(text) <= width else text[: width - 1] + "…"


def _told(thing: msgspec.Struct) -> Iterator[str]:
    values = {name: getattr(thing, name) for name in thing.__struct_fields__}
    if "id" in values:
        yield str(values.pop("id"))
    if "span" in values:
        yield _value(values.pop("span"))
    text = values.pop("text", None)
    for name in _UNTOLD & values.keys():
        del values[name]
    for name, value in values.items():
        if value is not None and value is not msgspec.UNSET and value != () and value != "":
            yield f"{name.rstrip('_')}={_value(value)}"
    if isinstance(text, str):
        yield repr(clipped(text))


def _value(value: Any) -> str:
    if isinstance(value, Span):
        return f"[{value.start}, {value.end})"
    if isinstance(value, str):
        return repr(clipped(value, 40))
    if isinstance(value, tuple):
        return f"({len(value)})"
    if isinstance(value, msgspec.Struct):
        telling = (getattr(value, name, None) for name in ("value", "text", "kind", "judgement"))
        return next((_value(one) for one in telling if one), f"<{type(value).__name__}>")
    return repr(value)
