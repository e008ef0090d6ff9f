"""Flags that another account of the event proves: both places are shown, and never which of them is right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from onrecord.model import Comparison, Difference, Flag, FlagKind, Item, Source, Suggestion
from onrecord.spans import Span

_KINDS: dict[str, FlagKind] = {
    "number": "number",
    "name": "name",
    "negation": "negation",
    "modality": "modality",
}
_SHOWN = 120
"""Characters of the other account that a message quotes."""


class _Side(NamedTuple):
    """A difference as one account sees it."""

    here: Span
    there: Span | None
    here_text: str
    there_text: str
    other: Source
    kind: FlagKind


def flags_from(comparison: Comparison, source_id: str) -> list[Flag]:
    """The flags of tier `versions` of one source, in the order of its text.

    An `omission` lacks words that the other account has, an `addition` has words that the other lacks; `sense` is
    wording that changes the meaning. Differences of the layer around the words (marks, speakers, moved
    turns) and of style are no flags: they are in the comparison.
    """
    found = [
        (side, difference)
        for difference in comparison.differences
        for side in _sides(comparison, difference, source_id)
    ]
    found.sort(key=lambda one: (one[0].here, one[1].id))
    texts = {source.id: source for source in comparison.sources}
    same = {source.id: source.language == texts[source_id].language for source in comparison.sources}
    return [
        Flag(
            f"v{number}",
            source_id,
            side.here,
            side.here_text,
            side.kind,
            "versions",
            difference.severity,
            _message(side),
            _suggestion(side) if same[side.other.id] else None,
            (Item(side.other.id, side.there, side.there_text),) if side.there is not None else (),
            f"versions_{side.kind}",
        )
        for number, (side, difference) in enumerate(found, 1)
    ]


def _sides(comparison: Comparison, difference: Difference, source_id: str) -> Iterator[_Side]:
    """The difference as the source sees it; nothing where it has no part in it, or where it is no flag."""
    first, second = _pair(comparison, difference)
    if source_id not in (first, second):
        return
    sources = {source.id: source for source in comparison.sources}
    a, b = difference.a, difference.b
    a_text, b_text = difference.a_text or "", difference.b_text or ""
    if source_id == first:
        here, there, here_text, there_text, other = a, b, a_text, b_text, sources[second]
    else:
        here, there, here_text, there_text, other = b, a, b_text, a_text, sources[first]
    kind = _kind(difference, here_text, there_text)
    if kind is not None and here is not None:
        yield _Side(here, there, sources[source_id].text[here.start : here.end], there_text, other, kind)


def _pair(comparison: Comparison, difference: Difference) -> tuple[str, str]:
    if difference.pair is not msgspec.UNSET:
        return difference.pair
    return comparison.sources[0].id, comparison.sources[1].id


def _kind(difference: Difference, here: str, there: str) -> FlagKind | None:
    """The kind of flag, from what stands where; None for what is no damage to the words."""
    if difference.kind in ("omission", "addition"):
        return "addition" if here and not there else "omission"
    if difference.kind == "wording":
        return "sense" if difference.severity != "minor" else None
    return _KINDS.get(difference.kind)


def _message(side: _Side) -> str:
    there, other = _short(side.there_text), side.other.name
    if side.kind == "omission":
        return f"{other} has “{there}” here; this account does not"
    if side.kind == "addition":
        return f"{other} does not have these words"
    return f"{other} has “{there}” here"


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN else flat[: _SHOWN - 1] + "…"


def _suggestion(side: _Side) -> Suggestion | None:
    """The other account's words: what this one may have said, not what is right."""
    return Suggestion(side.there_text, "version") if side.there_text and side.kind != "addition" else None
