"""Names of events and versions, and links that never change.

    /e/EVENT/v/VERSION/t7      the seventh turn of this version, for ever
    /e/EVENT/t7                the seventh turn of the version that is current now
    /e/EVENT/v/VERSION/c12-40  characters 12 to 40; also a3 (statement), q1 (quotation), f2 (flag)

VERSION names the text and the revision of the record, `TEXT-RECORD`: the beginnings of their hashes. Names come from
content alone, so the same documents give the same names on every machine.

>>> link("port-harlan", "k5qx2abc-9d7hsz", "t7")
'/e/port-harlan/v/k5qx2abc-9d7hsz/t7'
>>> parse("/e/port-harlan/t7")
Link(event='port-harlan', version=None, item='t7')
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from typing import NamedTuple

from onrecord.errors import NoInput, UsageError

_TEXT, _RECORD = 8, 6  # letters of base32, five bits each; longer only where two hashes begin alike
_LINK = re.compile(
    r"/e/([a-z0-9-]{1,64})(?:/v/([a-z0-9]{8,52}-[a-z0-9]{6,52}))?"
    r"(?:/([taqf][0-9]{1,9}(?:\.[0-9]{1,4})?|c[0-9]{1,12}-[0-9]{1,12}))?/?"
)
_EVENT = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")


class Link(NamedTuple):
    """A permalink taken apart; without a version it follows the current one."""

    event: str
    version: str | None = None
    item: str | None = None


def link(event: str, version: str | None = None, item: str | None = None) -> str:
    """The path of a permalink."""
    return f"/e/{event}" + (f"/v/{version}" if version else "") + (f"/{item}" if item else "")


def parse(path: str) -> Link:
    """A path taken apart; `NoInput` if it is not a permalink."""
    found = _LINK.fullmatch(path)
    if found is None:
        raise NoInput("not a link of an archive; they look like /e/EVENT/v/VERSION/t7")
    return Link(*found.groups())


def event_name(name: str) -> str:
    """The name of an event as a user gave it; `UsageError` if it cannot stand in a link."""
    if _EVENT.fullmatch(name) is None:
        raise UsageError(
            "an event is named in small letters a-z, digits and hyphens, 64 at most: port-harlan-2031"
        )
    return name


def name_of(kind: str, content: str, taken: Callable[[str], bool]) -> str:
    """A short name made from a hash: eight letters, more only if another thing has these already."""
    letters = _letters(hashlib.sha256(f"{kind}\0{content}".encode()).digest())
    return next(letters[:length] for length in range(_TEXT, len(letters) + 1) if not taken(letters[:length]))


def version_name(text_sha256: str, record_sha256: str, taken: Callable[[str], bool]) -> str:
    """The name of a version: of its text, and of the record made from it.

    >>> version_name("00" * 32, "ff" * 32, lambda name: False)
    'aaaaaaaa-777777'
    """
    text, record = _letters(bytes.fromhex(text_sha256)), _letters(bytes.fromhex(record_sha256))
    for more in range(len(text)):
        name = f"{text[: _TEXT + more]}-{record[: _RECORD + more]}"
        if not taken(name):
            break
    return name


def _letters(digest: bytes) -> str:
    return base64.b32encode(digest).decode().rstrip("=").lower()
