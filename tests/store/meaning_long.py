"""How long a search by meaning takes: `python tests/store/meaning_long.py 1000000 FILE|postgresql://…`.

Fills a new archive with passages of one sentence each, whose vectors point anywhere, and searches it: all of it, a
tenth of it (one language), one event. Prints seconds of processor and of clock, the least of three, and peak memory.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Sequence
from typing import Any

import numpy
from samples import NOON

from onrecord import store
from onrecord.store import Archive, Encoder, Filters, Version, holdings, meaning
from onrecord.store.checks import seal

WIDTH = 512  # of a vector, as the encoder of the extra makes them
TEXT = b"The council has heard of it, and will hear of it again when the pier is open to the ferries of both towns."
_EACH = 1000  # passages of a version
_random = numpy.random.default_rng(1)


def anywhere(texts: Sequence[str]) -> Any:
    """A vector that points anywhere, for each text."""
    return _random.standard_normal((len(texts), WIDTH), dtype=numpy.float32)


ENCODER = Encoder("anywhere", anywhere)


def version(number: int) -> Version:
    """A version without a record: enough to be searched."""
    language = "fr" if number % 10 == 0 else "en"
    name = f"v{number}"
    return Version(
        number, name, f"e{number}", "s", "", "", "", None, None, language, 1, "[]", b"", NOON, None, None
    )


def fill(archive: Archive, count: int) -> None:
    """Passages with vectors, a version a transaction."""
    meaning.switch_on(archive.engine)
    for number in range(1, count // _EACH + 1):
        ids = range((number - 1) * _EACH + 1, number * _EACH + 1)
        vectors = meaning.packed(anywhere([""] * _EACH))
        passages = [(id, number, "t1", 0, len(TEXT), None, TEXT) for id in ids]
        parts = [(id, 0, len(TEXT), ENCODER.name, vector) for id, vector in zip(ids, vectors, strict=True)]
        with archive.engine.transaction():
            holdings.write_version(archive.engine, version(number))
            archive.engine.run_many(
                "INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [(*row, seal(*row)) for row in passages],
            )
            archive.engine.run_many(
                "INSERT INTO meaning VALUES (?, ?, ?, ?, ?, ?)", [(*row, seal(*row, TEXT)) for row in parts]
            )


def timed(archive: Archive, filters: Filters) -> str:
    """Seconds of a search: processor of this program, clock."""
    found = []
    for _ in range(3):
        processor, clock = time.process_time(), time.perf_counter()
        assert archive.search("anything", filters, meaning=True).hits
        found.append((time.process_time() - processor, time.perf_counter() - clock))
    return f"{min(found)[0]:.2f} s of processor, {min(clock for _, clock in found):.2f} s"


def main(count: int, address: str) -> None:
    """Fill and search."""
    with store.open(address, create=True, encoder=ENCODER) as archive:
        fill(archive, count)
        for name, filters in (
            ("all", Filters()), ("a tenth", Filters(language="fr")), ("one event", Filters(event="e1")),
        ):  # fmt: skip
            print(f"{name}: {timed(archive, filters)}")
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
