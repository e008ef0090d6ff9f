"""Corrections: what was read wrongly is put right beside the source, signed, and undone in one step.

Two people may correct the same thing. A form therefore says what it saw; where that has changed meanwhile, nothing is
stored, and the second person sees what the first one did beside what they wrote themselves.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any, NamedTuple, get_args

from onrecord.errors import NoInput, UsageError
from onrecord.export import floor, visible
from onrecord.model import Flag, Record, Statement, StatementKind, Turn
from onrecord.spans import Span
from onrecord.store.corrections import Kind
from onrecord.web.exchange import Ask, Page, Problem, Redirect, link
from onrecord.web.reading import common, pages
from onrecord.web.shelf import Reading, Shelf

_FIELDS = (
    "kind",
    "speaker",
    "other",
    "label",
    "words",
    "splits",
    "statement",
    "flag",
    "author",
    "reason",
    "every",
)
_LONGEST = 500


class Wanted(NamedTuple):
    """A correction as the archive takes it."""

    kind: Kind
    span: Span
    value: str
    of: str = ""
    every: bool = False


def form(
    shelf: Shelf, ask: Ask, event: str, version: str, item: str, *, says: str = "", status: int = 200
) -> Page:
    """The form for one turn, statement or flag, filled with what stands there now or with what was typed."""
    if shelf.readonly:
        raise Problem(403, "readonly")
    reading = shelf.reading(version, event)
    found = _item(reading.record, item)
    people = [(one.name, visible.line(one.name)) for one in reading.record.people]
    held = floor.people(reading.record)
    shown = {
        **common(shelf, reading),
        "item": item,
        "found": found,
        "sort": type(found).__name__.lower(),
        "people": people,
        "speaker": held[found.speaker].name if isinstance(found, Turn) and found.speaker else "",
        "printed": _label(reading.record, found),
        "kinds": get_args(StatementKind),
        "seen": _seen(reading.record, item),
        "given": {name: ask.posted.get(name, "") for name in _FIELDS},
        "says": says,
        "text": visible.block(found.text[:2000]) + ("…" if len(found.text) > 2000 else ""),
    }
    return Page("correct.html", ask.said("web.correct.title"), shown, {"item": found, "says": says}, status)


def correct(shelf: Shelf, ask: Ask, event: str, version: str, item: str) -> Page | Redirect:
    """Store a correction and go back to the place it is about."""
    reading = shelf.reading(version, event)
    changed = ask.posted.get("seen") != _seen(reading.record, item)
    if changed and not _said_already(shelf, ask, reading, item):
        return form(shelf, ask, event, version, item, says=ask.said("web.correct.changed"), status=409)
    try:
        wanted = _wanted(reading.record, _item(reading.record, item), ask)
        made = shelf.archive.correct(
            version,
            wanted.kind,
            wanted.span,
            wanted.value,
            author=_author(ask),
            time=ask.now,
            reason=ask.posted.get("reason", "").strip()[:_LONGEST],
            of=wanted.of,
            every=wanted.every,
        )
    except (UsageError, Problem) as error:
        says = (
            ask.said(f"web.problem.{error.key}") if isinstance(error, Problem) else visible.line(str(error))
        )
        return form(shelf, ask, event, version, item, says=says, status=400)
    return Redirect(_back(shelf, ask, version, wanted.span.start, done=made.id))


def _author(ask: Ask) -> str:
    return ask.posted.get("author", "").strip()[:_LONGEST]


def _said_already(shelf: Shelf, ask: Ask, reading: Reading, item: str) -> bool:
    """Whether the form is the one that the same person has sent before, by a button pressed twice."""
    try:
        wanted = _wanted(reading.record, _item(reading.record, item), ask)
    except (NoInput, Problem):
        return False
    known = shelf.archive.already(
        reading.version.id, wanted.kind, wanted.span, wanted.value,
        author=_author(ask), of=wanted.of, every=wanted.every,
    )  # fmt: skip
    return known is not None


def undo(shelf: Shelf, ask: Ask, event: str, version: str, correction: str) -> Redirect:
    """Take a correction back; who did it is kept with it."""
    reading = shelf.reading(version, event)
    known = next((one for one in reading.corrections if one.id == correction), None)
    if known is None:
        raise NoInput("there is no such correction of this text")
    if known.undone is None:  # undone twice, by two people or by the back button, it is undone once
        author = _author(ask) or known.by.author
        shelf.archive.undo(
            correction, author=author, time=ask.now, reason=ask.posted.get("reason", "")[:_LONGEST]
        )
    return Redirect(f"{reading.path}/about#history")


# ----------------------------------------------------------------------------------------------------- the item


def _item(record: Record, item: str) -> Turn | Statement | Flag:
    rows: dict[str, tuple[Turn, ...] | tuple[Statement, ...] | tuple[Flag, ...]] = {
        "t": record.turns, "a": record.statements, "f": record.flags,
    }  # fmt: skip
    found = next((one for one in rows.get(item[0], ()) if one.id == item), None)
    if found is None:
        raise NoInput(f"this version has no {item} any more; it may have been corrected")
    return found


def _seen(record: Record, item: str) -> str:
    """What a form saw: a name for the item as it reads now."""
    try:
        return sha256(repr(_item(record, item)).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    except NoInput:
        return "gone"


def _label(record: Record, found: Turn | Statement | Flag) -> str:
    if not isinstance(found, Turn) or found.label is None:
        return ""
    return visible.line(record.sources[0].text[found.label.start : found.label.end])


def _wanted(record: Record, found: Turn | Statement | Flag, ask: Ask) -> Wanted:
    """The correction that a form asks for; `Problem` where it does not say what."""
    posted = ask.posted
    every = posted.get("every") == "yes"
    if isinstance(found, Statement):
        return Wanted("statement", found.span, posted.get("statement", ""), found.kind, every)
    if isinstance(found, Flag):
        return Wanted("flag", found.span, posted.get("flag", "wrong"), found.kind, every)
    named = posted.get("other", "").strip()[:_LONGEST] or posted.get("speaker", "").strip()
    match posted.get("kind"):
        case "speaker":
            return Wanted("speaker", found.span, named, every=every)
        case "label" if found.label is not None:
            return Wanted("label", found.label, named)
        case "merge":
            return Wanted("merge", found.span, "")
        case "split":
            return Wanted("split", _split(record, found, posted.get("words", "").strip()), named)
    raise Problem(400, "say_what")


def _split(record: Record, turn: Turn, words: str) -> Span:
    """The end of a turn from some words on; they must stand there once."""
    at = turn.text.find(words) if words else -1
    if at <= 0 or turn.text.find(words, at + 1) >= 0:
        raise Problem(400, "split_where")
    return Span(turn.span.start + at, turn.span.end)


def _back(shelf: Shelf, ask: Ask, version: str, place: int, **query: Any) -> str:
    reading: Reading = shelf.reading(version)
    cut = pages(shelf, reading, shelf.sheet(reading, ask.said))
    page = cut.page_of(place)
    turn = next((one.id for one in reading.record.turns if one.span.start <= place < one.span.end), "text")
    return f"{link(reading.path, page=page if page > 1 else '', **query)}#{turn}"
