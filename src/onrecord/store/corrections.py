"""What people put right: appended, signed, undone in one step; the source and the stored record are never rewritten.

kind        the place                                        value
speaker     a turn                                           who speaks; "" nobody can tell
label       a printed label, wherever it is printed          whom it means
split       the words that begin a new turn, to its end      who speaks them; "" nobody can tell
merge       a turn that belongs to the one before            "" always
statement   a statement (`of`: its kind)                     the right kind; "" it is none
flag        a flag (`of`: its kind)                          "right", or "wrong": the flag is dropped

With `every` a correction of a speaker holds for all turns under the same label, one of a statement or flag for all
of the same kind on the same characters. `apply` is a pure function of a record and its corrections.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple, get_args

import msgspec

from onrecord.errors import UsageError
from onrecord.model import Record, StatementKind
from onrecord.spans import Span, Text
from onrecord.store.anchors import Anchor, Place, State, anchor
from onrecord.store.anchors import place as place_of
from onrecord.store.checks import sha256
from onrecord.store.redrawing import Redrawn

Kind = Literal["speaker", "label", "split", "merge", "statement", "flag"]


class Signed(msgspec.Struct, frozen=True):
    """Who did something, when (ISO 8601, given by the caller), and why."""

    author: str
    time: str
    reason: str


class Correction(msgspec.Struct, frozen=True):
    """One correction. `id` is made from all the rest but `undone`, so the same correction is stored once."""

    id: str
    kind: Kind
    place: Place
    value: str
    of: str
    every: bool
    by: Signed
    undone: Signed | None = None


class Outcome(NamedTuple):
    """What became of a correction in one record; `why` says what is missing where it could not be applied."""

    correction: str
    state: State
    why: str = ""
    touched: int = 0


def correction(
    record: Record, kind: Kind, span: Span, value: str, by: Signed, *, of: str = "", every: bool = False
) -> Correction:
    """A correction of what stands at a span of the record's first source; `UsageError` if it cannot be meant."""
    _check(kind, value, by)
    text = Text(record.sources[0].text)
    made = Correction("", kind, place_of(text, span), value, of, every, by)
    made = msgspec.structs.replace(made, id=sha256(msgspec.json.encode(made))[:12])
    _, (outcome,) = apply(record, [made])
    if outcome.why:
        raise UsageError(f"{kind} at characters {span.start} to {span.end}: {outcome.why}")
    return made


def _check(kind: Kind, value: str, by: Signed) -> None:
    if kind not in get_args(Kind):
        raise UsageError(f"there is no correction {kind!r} (there are: {', '.join(get_args(Kind))})")
    allowed = {
        "statement": ("", *get_args(StatementKind)),
        "flag": ("right", "wrong"),
        "merge": ("",),
    }.get(kind)
    if allowed is not None and value not in allowed:
        raise UsageError(f"{kind}: {value!r} is not one of {', '.join(repr(word) for word in allowed)}")
    if kind == "label" and not value.strip():
        raise UsageError("label: say whom it means")
    if not by.author.strip() or not by.time.strip():
        raise UsageError("a correction is signed: it needs an author and a time")


def standing(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """The corrections that were not undone."""
    return tuple(one for one in corrections if one.undone is None)


def already(text: Text, corrections: Iterable[Correction], asked: Correction) -> Correction | None:
    """The standing correction by the same author of the same thing to the same, unless a later one may have changed it.

    Time and reason do not count: who goes back and sends a form again says nothing new. Who says something again that
    somebody changed meanwhile does.
    """
    found: Correction | None = None
    for one in standing(corrections):
        span = anchor(text, one.place).span
        if _means(one) == _means(asked) and span == asked.place.span:
            found = one
        elif span is None or span.meets(asked.place.span) or _reaches(one) or _reaches(asked):
            found = None
    return found


def _means(one: Correction) -> tuple[str, str, str, bool, str]:
    """All of a correction but its place, its time and its reason."""
    return one.kind, one.value, one.of, one.every, one.by.author


def _reaches(one: Correction) -> bool:
    """Whether it touches more than the words that it stands on."""
    return one.every or one.kind == "label"


def apply(record: Record, corrections: Iterable[Correction]) -> tuple[Record, list[Outcome]]:
    """The record as corrected, and what became of each correction, in their order.

    Corrections that were undone are left out. The same record and corrections give the same answer.
    """
    held = standing(corrections)
    if not held:
        return record, []
    text = Text(record.sources[0].text)
    redrawn = Redrawn(record)
    outcomes = [_applied(redrawn, one, anchor(text, one.place)) for one in held]
    return redrawn.record(), outcomes


def _applied(redrawn: Redrawn, one: Correction, found: Anchor) -> Outcome:
    if found.span is None:
        why = "its words are gone" if found.state == "lost" else "its words stand in several places"
        return Outcome(one.id, found.state, why)
    touched = _touch(redrawn, one, found.span)
    if not touched:
        return Outcome(one.id, "lost", _MISSING[one.kind])
    return Outcome(one.id, found.state, "", touched)


BY = "corrected by "
"""How the reason begins that a corrected turn or line gives."""
_MISSING = {
    "speaker": "no turn has exactly these characters",
    "label": "no label has exactly these characters",
    "split": "no turn goes on with exactly these characters to its end",
    "merge": "no turn with one before it has exactly these characters",
    "statement": "no statement of that kind has exactly these characters",
    "flag": "no flag of that kind has exactly these characters",
}


def _touch(redrawn: Redrawn, one: Correction, span: Span) -> int:
    """Carry it out; how many things it changed or confirmed."""
    reason = f"{BY}{one.by.author}, {one.by.time}" + (f": {one.by.reason}" if one.by.reason else "")
    match one.kind:
        case "speaker":
            return redrawn.speaker(span, one.value, reason, every=one.every)
        case "label":
            return redrawn.label(span, one.value, reason)
        case "split":
            return redrawn.split(span, one.value, reason)
        case "merge":
            return redrawn.merge(span, reason)
        case "statement":
            return redrawn.statement(span, one.of, one.value, reason, every=one.every)
        case "flag":
            return redrawn.flag(span, one.of, one.value == "wrong", every=one.every)


def states(outcomes: Sequence[Outcome]) -> dict[State, int]:
    """How many outcomes there are of each state."""
    return {state: sum(outcome.state == state for outcome in outcomes) for state in get_args(State)}
