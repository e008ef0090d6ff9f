"""Is this text a new version of one we hold, or another account of an event we know? Precision comes first.

A text is sketched by the smallest hashes of its word shingles (bottom-k minwise hashing, Broder 1997): the share of
common hashes estimates how much of their wording two texts share. Two accounts in different languages share no
wording; there it takes the same day, the same people and about as many turns.

>>> first = sketch("the two sides agreed to reopen the harbour before the winter and to meet again in the spring")
>>> second = sketch("the two sides agreed to reopen the harbour before the winter and to meet again in autumn")
>>> resemblance(first, second) > 0.7, resemblance(first, sketch("nothing of this was said by anybody at all"))
(True, 0.0)
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Collection, Sequence
from functools import lru_cache
from heapq import nsmallest
from typing import NamedTuple

from onrecord.model import Record
from onrecord.people.names import fold
from onrecord.store.words import keys

SHINGLE = 4
"""Words that are hashed together, with their order."""
KEPT = 128
"""Hashes of a sketch: the standard error of an estimated resemblance is at most 1/(2√128) = .044."""
BYTES = 8
"""Of one hash in a packed sketch."""
LOOKED_UP = 16
"""Hashes by which like texts are looked up: two texts that share half their wording miss with probability 2**-16."""

VERSION = 0.6
"""Resemblance from which a text without an address is a version of the other. Two reports that quote the same speech
share less; an edited page shares more."""
ADDRESSED = 0.05
"""The same for a text from the same address: a page that now holds something else altogether is another source."""
EVENT = 0.25
"""Resemblance from which two texts of one language are accounts of one event, if their dates do not disagree."""
_PEOPLE = 0.6  # share of common people that two accounts in different languages must have …
_FEWEST = 2  # … at least so many of them …
_TURNS = 0.7  # … and the shorter account so many of the turns of the longer

_MASK = (1 << 64) - 1
_STEP = 0x9E3779B97F4A7C15  # 2**64 / golden ratio, the usual multiplier of Fibonacci hashing: it mixes the high bits


class Portrait(NamedTuple):
    """What a version is recognised by: the sketch of its text, its day, its speakers and how often they speak."""

    sketch: tuple[int, ...]
    date: str | None
    language: str | None
    people: frozenset[str]
    turns: int


def portrait(record: Record, words: Sequence[str]) -> Portrait:
    """The portrait of a record's first source; `words` are the folded words of its passages, in their order.

    Only people with a name: "the moderator" is another word in another language, where alone people are compared.
    """
    source, date = record.sources[0], record.event.date
    speaking = {turn.speaker for turn in record.turns if turn.speaker}
    people = frozenset(
        person.known or fold(person.name)
        for person in record.people
        if person.id in speaking and person.kind == "person"
    )
    return Portrait(sketched(words), date.value if date else None, source.language, people, len(record.turns))


def sketch(text: str) -> tuple[int, ...]:
    """The `KEPT` smallest hashes of the text's shingles, in order; 63 bits each."""
    return sketched(keys(text))


def sketched(words: Sequence[str]) -> tuple[int, ...]:
    """The same of folded words; a label that each site prints in its own way is best left out of them."""
    row = list(map(_hash, words))
    row += [0] * (SHINGLE - len(row)) if row else []
    shingles = {
        ((a ^ b * 3 ^ c * 5 ^ d * 7) * _STEP & _MASK) >> 1
        for a, b, c, d in zip(row, row[1:], row[2:], row[3:], strict=False)
    }
    return tuple(nsmallest(KEPT, shingles))


@lru_cache(maxsize=1 << 16)
def _hash(key: str) -> int:
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big")


def resemblance(a: Collection[int], b: Collection[int]) -> float:
    """The estimated share of common shingles among all shingles of two sketched texts, 0 to 1."""
    both = set(a).intersection(b)
    if not both:
        return 0.0
    smallest = sorted({*a, *b})[:KEPT]
    return len(both.intersection(smallest)) / len(smallest)


def same_event(a: Portrait, b: Portrait) -> bool:
    """Whether two portraits are surely of one event."""
    if a.date and b.date and a.date != b.date:
        return False
    if resemblance(a.sketch, b.sketch) >= EVENT:
        return True
    if not a.date or a.date != b.date or len(a.date) < 10 or a.language == b.language:
        return False
    common = len(a.people & b.people)
    if common < _FEWEST or common < _PEOPLE * len(a.people | b.people):
        return False
    return min(a.turns, b.turns) >= _TURNS * max(a.turns, b.turns)


def packed(sketched: tuple[int, ...]) -> bytes:
    """A sketch as bytes, the same on every machine."""
    return struct.pack(f"<{len(sketched)}q", *sketched)


def unpacked(data: bytes) -> tuple[int, ...]:
    """A sketch from its bytes."""
    return struct.unpack(f"<{len(data) // BYTES}q", data)
