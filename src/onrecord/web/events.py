"""Events, their accounts and versions, and everything that is known of one version."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from onrecord.errors import NoInput
from onrecord.export import visible
from onrecord.export.formats import formats
from onrecord.record import verify
from onrecord.store import Version
from onrecord.store.listing import Listed
from onrecord.store.permalinks import link as permalink
from onrecord.web.exchange import Ask, File, Page, Redirect, link
from onrecord.web.reading import common
from onrecord.web.shelf import Shelf

_LISTED = 50
_TITLES = 1_000_000  # what the names of all events are counted as, in characters: those of ten thousand have as many


def title(shelf: Shelf, ask: Ask, event: str, known: str | None = None) -> str:
    """What an event is called: by its title, if that is known, else by the name of its first account."""
    return known or titles(shelf, ask, [event])[event]


def titles(shelf: Shelf, ask: Ask, events: Iterable[str]) -> dict[str, str]:
    """What events are called; each is looked up once until the archive changes."""
    known: dict[str, str] = shelf.lasting(("titles", ask.said.language), lambda: {}, lambda _: _TITLES)
    return {
        event: known.get(event) or known.setdefault(event, _called(shelf, ask, event)) for event in events
    }


def _called(shelf: Shelf, ask: Ask, event: str) -> str:
    held = [one for one in shelf.archive.versions(event) if not one.removed]
    named = next((one.title for one in held if one.title), None)
    return named or next((one.name for one in shelf.archive.sources(event)), ask.said("record.untitled"))


def chosen(shelf: Shelf, ask: Ask, event: str = "") -> list[tuple[str, str]]:
    """Events to choose from, by name and title: the last added, and the one that is chosen already."""
    newest = shelf.lasting(("choices", ask.said.language), lambda: _newest(shelf, ask), _letters)
    found = dict(newest)
    if event and event not in found and shelf.archive.sources(event):
        found = {event: title(shelf, ask, event), **found}
    return [(id, visible.line(called)) for id, called in found.items()]


def _newest(shelf: Shelf, ask: Ask) -> dict[str, str]:
    held = [one.event for one in shelf.archive.newest_events(_LISTED)]
    return {one.id: title(shelf, ask, one.id, one.title) for one in held}


def _letters(found: dict[str, str]) -> int:
    return sum(map(len, found.values()))


def row(shelf: Shelf, ask: Ask, one: Listed) -> dict[str, Any]:
    """A line of a list of events."""
    event = one.event
    return {
        "id": event.id,
        "title": title(shelf, ask, event.id, event.title),
        "date": event.date,
        "shown_date": ask.said.date(event.date) if event.date else "",
        "accounts": one.accounts,
        "link": permalink(event.id),
    }


def all_events(shelf: Shelf, ask: Ask) -> Page:
    """All events, the last added first."""
    number = ask.number("page")
    found = [row(shelf, ask, one) for one in shelf.archive.newest_events(_LISTED + 1, (number - 1) * _LISTED)]
    more = link("/events", page=number + 1) if len(found) > _LISTED else ""
    shown = {"events": found[:_LISTED], "next": more}
    return Page("events.html", ask.said("web.events.title"), shown, {"events": found[:_LISTED], "next": more})


def event(shelf: Shelf, ask: Ask, event: str) -> Page:
    """One event: its accounts and every version of each."""
    accounts: list[dict[str, Any]] = []
    standing = 0
    for source in shelf.archive.sources(event):
        versions = shelf.archive.versions(event, source.id)
        standing += any(not one.removed for one in versions)
        shown = [_version(ask, one, before) for one, before in zip(versions, [None, *versions], strict=False)]
        accounts.append(
            {"id": source.id, "name": source.name, "address": source.address, "versions": shown[::-1]}
        )
    if not accounts:
        raise NoInput("there is no such event")
    held = shelf.archive.versions(event)
    first = next((one for one in held if not one.removed), held[0])
    called = title(shelf, ask, event, first.title)
    data = {"id": event, "title": first.title, "date": first.date, "accounts": accounts}
    shown_page = {
        "event": data,
        "title_language": first.language,
        "standing": standing,
        "day": ask.said.date(first.date or ""),
        "readonly": shelf.readonly,
    }
    return Page("event.html", called, shown_page, data)


def _version(ask: Ask, one: Version, before: Version | None) -> dict[str, Any]:
    said = ask.said
    compared = before is not None and not before.removed and not one.removed
    return {
        "id": one.id,
        "link": permalink(one.event, one.id),
        "title": one.title,
        "date": one.date,
        "language": one.language,
        "language_name": said.named("languages", one.language)
        or one.language
        or said("record.language_unknown"),
        "turns": one.turns,
        "added": one.added,
        "removed": one.removed,
        "reason": one.reason,
        "text_sha256": one.text_sha256,
        "changes": link("/compare", a=before.id, b=one.id) if compared and before else "",
    }


def current_item(shelf: Shelf, ask: Ask, event: str, item: str) -> Redirect:
    """An item of the version that is current now."""
    return Redirect(shelf.archive.resolve(permalink(event, None, item)).link)


def version(shelf: Shelf, ask: Ask, event: str, version: str) -> Page:
    """Everything about one version: its hashes, its formats, what was corrected and by whom."""
    reading = shelf.reading(version, event)
    became = {one.correction: one for one in reading.outcomes}
    offered = [one for one in formats().values() if one.name not in ("html", "md")]
    held = reading.version
    history = [{"correction": one, "outcome": became.get(one.id)} for one in reversed(reading.corrections)]
    shown = {
        **common(shelf, reading),
        "formats": offered,
        "history": history,
        "faults": verify(reading.record),
        "size": len(shelf.archive.data(held.id)),
    }
    data = {
        "id": held.id,
        "event": held.event,
        "address": reading.source.address,
        "sha256": held.sha256,
        "text_sha256": held.text_sha256,
        "record_sha256": held.record_sha256,
        "added": held.added,
        "corrections": reading.corrections,
    }
    return Page("version.html", ask.said("web.version.title"), shown, data)


def source_bytes(shelf: Shelf, ask: Ask, event: str, version: str) -> File:
    """The bytes as they came in; saved and never shown, since nobody knows what they are."""
    held = shelf.version(version, event)
    return File(shelf.archive.data(held.id), "application/octet-stream", f"{held.id}.bin")


def exported(shelf: Shelf, ask: Ask, event: str, version: str, name: str) -> File:
    """The record in one of the formats of others."""
    reading = shelf.reading(version, event)
    if name not in formats():
        raise NoInput(f"no format is called {name}: {', '.join(formats())}")
    one = formats()[name]
    return File(one.export(reading.record), one.media_type, f"{reading.version.id}.{one.suffix}")
