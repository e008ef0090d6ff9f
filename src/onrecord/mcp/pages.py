"""How much of a list one answer shows: no more than was asked for, and no more than a reader can hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeVar

import msgspec

from onrecord.errors import UsageError

MOST = 48_000
"""Bytes of JSON that the items of one answer have together, about 12,000 tokens of a model; one item always fits."""

Shown = TypeVar("Shown", bound=msgspec.Struct)
Kept = TypeVar("Kept")


class Page(NamedTuple):
    """Part of a list: how many are shown, of how many, and the mark with which to go on."""

    shown: int
    total: int
    next: str | None

    @property
    def truncated(self) -> bool:
        """Whether something follows that is not shown."""
        return self.next is not None

    def line(self, noun: str) -> str:
        """What is shown, in one line."""
        return counted(noun, self.shown, self.total)


def fitting(made: Iterable[Shown], limit: int) -> tuple[Shown, ...]:
    """As many of these as fit into an answer, one at least."""
    kept: list[Shown] = []
    size = 0
    for one in made:
        size += len(msgspec.json.encode(one))
        if kept and (size > MOST or len(kept) >= limit):
            break
        kept.append(one)
    return tuple(kept)


def page(
    items: Sequence[Kept],
    ids: Callable[[Kept], str],
    show: Callable[[Kept], Shown],
    limit: int,
    after: str | None,
) -> tuple[tuple[Shown, ...], Page]:
    """The items behind the mark `after` that fit, as they are shown; `UsageError` if no page gave that mark."""
    start = 0
    if after is not None:
        start = next((at for at, one in enumerate(items, 1) if ids(one) == after), 0)
        if not start:
            raise UsageError(
                f"{after[:40]!r} is not the mark of a page of this list; take `next` of the page before"
            )
    shown = fitting((show(one) for one in items[start:]), limit)
    end = start + len(shown)
    return shown, Page(len(shown), len(items), ids(items[end - 1]) if end < len(items) else None)


def number(noun: str, n: int) -> str:
    """So many of something.

    >>> number("flag", 1), number("match", 2)
    ('1 flag', '2 matches')
    """
    return f"{n} {noun}" + ("" if n == 1 else "es" if noun.endswith("ch") else "s")


def counted(noun: str, shown: int, total: int, *, more: bool = False) -> str:
    """How much of a list is shown.

    >>> counted("turn", 3, 3), counted("turn", 3, 900, more=True)
    ('3 turns', '3 of at least 900 turns (truncated: go on with `next`)')
    """
    if shown == total and not more:
        return number(noun, total)
    return f"{shown} of {'at least ' if more else ''}{number(noun, total)} (truncated: go on with `next`)"
