"""Readers by name: ours are modules of this room, others come with installed packages (`onrecord.readers`)."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from onrecord.plugins import Offer, offers
from onrecord.sources.reading import Reading
from onrecord.sources.sniff import TITLES

GROUP = "onrecord.readers"

Read = Callable[[str, bytes, str | None], Reading]
"""Name, bytes and declared media type of a document; raises `Declined` with a reason where it is none of its own."""


class Reader(NamedTuple):
    """A reader of a format that onrecord does not know.

    `takes` is asked for every document with its name and first 16 kB, and must be quick. `read` runs in a sealed child
    process with limits on memory and time: it may import, but reach no network and write no file. `title` is what
    people call the format ("RTF").
    """

    title: str
    takes: Callable[[str, bytes], bool]
    read: Read


HEAD = 16384
"""Bytes of a document that `Reader.takes` is shown."""


@cache
def offered() -> dict[str, Offer]:
    """The readers of installed packages, by name."""
    return {offer.name: offer for offer in offers(GROUP, Reader, (*TITLES,))}


def takers(name: str, data: bytes) -> list[str]:
    """The offered readers that want this document, by name."""
    head = data[:HEAD]
    return [offer.name for offer in offered().values() if _takes(offer, name, head)]


def _takes(offer: Offer, name: str, head: bytes) -> bool:
    try:
        return bool(offer.thing.takes(name, head))
    except Exception as error:  # the code of a stranger
        raise offer.failed(error) from error


def title(reader: str) -> str:
    """What people call the format of a reader."""
    return TITLES[reader] if reader in TITLES else str(offered()[reader].thing.title)


def reader(name: str) -> Read:
    """The function that reads a format; its libraries are imported only now."""
    if name in offered():
        theirs: Reader = offered()[name].thing
        return theirs.read
    ours: Read = importlib.import_module(f"onrecord.sources.{name}").read
    return ours
