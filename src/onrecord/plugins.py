"""What installed packages add, found by the entry points that they announce. `docs/python.md` shows how to write one.

    onrecord.readers       a format that we do not read       sources/readers.py        Reader
    onrecord.conventions   a way of printing labels           structure/taught.py       Grammar
    onrecord.lexicons      words, or a whole language         lexicon/__init__.py       a package of TOML files
    onrecord.checks        a way of seeing damage             integrity/rules.py        Rule
    onrecord.exports       a format to write                  export/formats.py         Format

A package adds and never replaces: what is ours keeps its name. One that cannot be used is an error that names it, never
left out in silence: a record made without it would be another record.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from onrecord.errors import UsageError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

PREFIX = "onrecord."
KNOWLEDGE = ("onrecord.checks", "onrecord.conventions", "onrecord.lexicons")
"""The groups that change what is found in a text; `Record.tool.lexicons` tells records made with and without apart."""
OFF = "ONRECORD_NO_PLUGINS"
"""The environment variable that, set to anything, leaves all packages out."""

_ANNOUNCED = f"[{PREFIX}".encode()


class Offer(NamedTuple):
    """One thing that a package offers: under which name, which package in which version, and the thing itself."""

    name: str
    package: str
    thing: Any

    def unusable(self, why: str) -> UsageError:
        """The error that says whose fault it is and what to do.

        >>> print(Offer("rot13", "ciphers 1.0", None).unusable("it reads nothing"))
        "rot13" of the package ciphers 1.0 cannot be used (it reads nothing): repair or uninstall it
        """
        return UsageError(
            f'"{self.name}" of the package {self.package} cannot be used ({why}): repair or uninstall it'
        )

    def failed(self, error: Exception) -> UsageError:
        """The same for an exception that left the code of the package."""
        return self.unusable(f"{type(error).__name__}: {str(error)[:200]}")


@cache
def offers(group: str, kind: type, ours: Iterable[str] = ()) -> tuple[Offer, ...]:
    """What installed packages offer in a group, by name; asked for once in a process.

    Each must be of the type `kind`, under a name that neither we (`ours`) nor another package use; else `UsageError`.

    >>> offers("onrecord.nothing_of_the_kind", object)
    ()
    """
    found: dict[str, Offer] = {}
    for point in _points(group):
        offer = Offer(point.name, _package(point), None)
        if point.name in ours:
            raise offer.unusable("onrecord has one of that name")
        if point.name in found:
            raise offer.unusable(f"{found[point.name].package} has one of that name")
        found[point.name] = offer._replace(thing=_loaded(point, offer, kind))
    return tuple(found.values())


@cache
def knowledge() -> tuple[str, ...]:
    """Everything offered that changes what is found in a text, as lines of group, name and package."""
    return tuple(f"{group} {point.name} {_package(point)}" for group in KNOWLEDGE for point in _points(group))


def _loaded(point: EntryPoint, offer: Offer, kind: type) -> Any:
    try:
        thing = point.load()
    except Exception as error:  # whatever the code of a stranger raises when it is imported
        raise offer.failed(error) from error
    if not isinstance(thing, kind):
        raise offer.unusable(f"{point.value} is of the type {type(thing).__name__}, not {kind.__name__}")
    return thing


def _package(point: EntryPoint) -> str:
    return f"{point.dist.name} {point.dist.version}" if point.dist else "without a name"


def _points(group: str) -> list[EntryPoint]:
    if not _announcing():
        return []
    from importlib.metadata import entry_points

    return sorted(entry_points(group=group), key=lambda point: (point.name, point.value))


@cache
def _announcing() -> bool:
    """Whether any package announces something; only then is importlib.metadata worth its forty milliseconds."""
    return OFF not in os.environ and any(map(_announces, dict.fromkeys(sys.path)))


def _announces(folder: str) -> bool:
    """Whether a folder of packages has metadata that name a group of ours."""
    try:
        with os.scandir(folder or ".") as entries:
            metadata = [Path(entry) for entry in entries if entry.name.endswith((".dist-info", ".egg-info"))]
    except OSError:  # on the path, but no folder that can be read: nothing is imported from it either
        return False
    return any(_ANNOUNCED in _bytes(path / "entry_points.txt") for path in metadata)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # most packages announce nothing
        return b""
