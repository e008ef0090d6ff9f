"""Label grammars that installed packages teach (`onrecord.conventions`): ways of printing a label that we do not know.

A taught grammar proposes places; whether a document uses it is decided from the same evidence as for ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import NamedTuple

from onrecord.plugins import Offer, offers
from onrecord.structure.grammars import NAMES, Candidate
from onrecord.structure.labels import LONGEST, parse
from onrecord.structure.printed import GOOD, LabelParts, Parsed

GROUP = "onrecord.conventions"


class Place(NamedTuple):
    """Where a label stands in its line, `line[start:end]`, and where speech may begin (`after`)."""

    start: int
    end: int
    after: int


class Grammar(NamedTuple):
    """A way of printing labels.

    `scan` gets the beginning of a line, without blanks around it, and proposes places in it; it must be linear in the
    line. `prose`: ordinary text has this separator too, so labels must recur before it is believed. `explicit`: the
    mark is made for the purpose, so whatever stands there is a label, and no other form is the main one beside it.
    `companions` names grammars whose labels may stand beside these. `example` is a line, for people. Where a text lost
    its line breaks, only our own grammars are looked for.
    """

    scan: Callable[[str], Iterable[Place]]
    example: str
    prose: bool = False
    explicit: bool = False
    companions: tuple[str, ...] = ()


@cache
def taught() -> dict[str, Grammar]:
    """The grammars of installed packages, by name."""
    return {name: offer.thing for name, offer in _offers().items()}


@cache
def _offers() -> dict[str, Offer]:
    return {offer.name: offer for offer in offers(GROUP, Grammar, NAMES)}


def scan_taught(text: str, start: int, end: int, line: int) -> Iterator[Candidate]:
    """What the taught grammars propose for one line; `start:end` are its characters, trimmed."""
    for name, offer in _offers().items():
        head = text[start : min(end, start + LONGEST + 60)]
        for place in _places(offer, head):
            label = head[place.start : place.end]
            parsed = parse(label)
            if parsed is None and offer.thing.explicit:
                parsed = Parsed(LabelParts("person", label, name=label), GOOD)
            if parsed:
                a, b, after = (start + offset for offset in place)
                yield Candidate(a, b, after, name, parsed, line)


def _places(offer: Offer, head: str) -> list[Place]:
    """The places that a grammar proposes, each of them inside the line."""
    try:
        found = [Place(*place) for place in offer.thing.scan(head)]
    except Exception as error:  # the code of a stranger
        raise offer.failed(error) from error
    for place in found:
        if not 0 <= place.start < place.end <= place.after <= len(head):
            raise offer.unusable(f"{tuple(place)} is no place in a line of {len(head)} characters")
    return found
