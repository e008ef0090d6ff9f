"""Where do characters stand that were pointed at in another version of the text? Exactly, or not at all.

A place is kept as hash of the text + span + exact characters. In another text it is `moved` where these characters
stand exactly once, `ambiguous` where more than once, `lost` where nowhere. Nothing is ever anchored to words that
are only alike: a correction on the wrong sentence is worse than one that waits for a person.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import msgspec

from onrecord.spans import Span, Text

State = Literal["ok", "moved", "ambiguous", "lost"]


class Place(msgspec.Struct, frozen=True):
    """A place in a text. `once`: its characters stood nowhere else in that text, so they name the place alone."""

    text_sha256: str
    span: Span
    text: str
    once: bool


class Anchor(NamedTuple):
    """What became of a place: its state, and its span where the state is `ok` or `moved`."""

    state: State
    span: Span | None


def place(text: Text, span: Span) -> Place:
    """The place of a span.

    >>> text = Text("Yes. No. Yes.")
    >>> place(text, text.span(5, 8)).once, place(text, text.span(0, 4)).once
    (True, False)
    """
    exact = text.read(span)
    return Place(text.sha256, span, exact, bool(exact) and _stands(text, exact) == 1)


def anchor(text: Text, given: Place) -> Anchor:
    """The place in this text.

    >>> made = place(Text("Yes. No."), Text("Yes. No.").span(5, 8))
    >>> anchor(Text("Yes indeed. No."), made)
    Anchor(state='moved', span=Span(start=12, end=15))
    >>> anchor(Text("No. Yes. No."), made).state, anchor(Text("Yes."), made).state
    ('ambiguous', 'lost')
    """
    span = given.span
    if text.sha256 == given.text_sha256 and text.characters[span.start : span.end] == given.text:
        return Anchor("ok", span)
    stands = _stands(text, given.text) if given.text else 0
    if stands == 0:
        return Anchor("lost", None)
    if stands > 1 or not given.once:
        return Anchor("ambiguous", None)
    start = text.characters.find(given.text)
    return Anchor("moved", text.span(start, start + len(given.text)))


def _stands(text: Text, exact: str) -> int:
    """How often the characters stand in a text, overlapping or not: 0, 1, or 2 for more."""
    first = text.characters.find(exact)
    if first < 0:
        return 0
    return 1 if text.characters.find(exact, first + 1) < 0 else 2
