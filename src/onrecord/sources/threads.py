"""Who replies to whom, in a list of utterances: what does not hold together is said, nothing is repaired."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from onrecord.sources.reading import ReaderNote


def thread_notes(replies: Sequence[tuple[str, Any]]) -> list[ReaderNote]:
    """Notes on ids that stand twice, replies to nothing, and replies that lead in a circle.

    >>> [note.message for note in thread_notes([("a", "b"), ("b", "a"), ("b", "q")])]
    ['1 id stands twice: b', '1 reply is to an unknown id: q', 'replies lead in a circle: a']
    """
    parents: dict[str, str | None] = {}
    twice: dict[str, None] = {}
    for identity, parent in replies:
        if identity in parents:
            twice[identity] = None
        else:
            parents[identity] = None if parent is None else str(parent)
    missing = {
        str(parent): None for _, parent in replies if parent is not None and str(parent) not in parents
    }
    circular = _circles(parents)
    notes = []
    if twice:
        notes.append(f"{_count(twice, 'id stands', 'ids stand')} twice: {_some(twice)}")
    if missing:
        notes.append(f"{_count(missing, 'reply is', 'replies are')} to an unknown id: {_some(missing)}")
    if circular:
        notes.append(f"replies lead in a circle: {_some(circular)}")
    return [ReaderNote("thread", message) for message in notes]


def _circles(parents: dict[str, str | None]) -> dict[str, None]:
    """One id of each circle; every id is walked once."""
    done: set[str] = set()
    circular: dict[str, None] = {}
    for start in parents:
        path: dict[str, None] = {}
        at: str | None = start
        while at is not None and at in parents and at not in done and at not in path:
            path[at] = None
            at = parents[at]
        if at is not None and at in path:
            circular[at] = None
        done.update(path)
    return circular


def _count(items: dict[str, None], one: str, many: str) -> str:
    return f"{len(items)} {one if len(items) == 1 else many}"


def _some(items: dict[str, None]) -> str:
    names = [name[:40] for name in items][:5]
    return ", ".join(names) + (", …" if len(items) > 5 else "")
