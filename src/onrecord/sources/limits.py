"""What protects the reader of a hostile file: every limit in one place, and the refusal that names it."""

from __future__ import annotations

from onrecord.sources.reading import Declined

MIB = 1024 * 1024

MAX_BYTES = 512 * MIB  # of one source; a day of a parliament is about 1 MiB
MAX_UNPACKED = 192 * MIB  # of everything that one archive, gzip or DOCX may expand to
MAX_RATIO = 150  # unpacked to packed; prose reaches 3 to 10, a page of repeated words about 100
SMALL = 4 * MIB  # below this no ratio matters
MAX_MEMBERS = 100_000  # of one archive
MAX_DEPTH = 200  # of nested elements; libxml2 silently stops at 256, real pages stay under 60
MAX_FETCH = 20 * MIB
NOTES = 100  # of one kind that are listed one by one

CPU_SECONDS = 8  # for one document in the child process, besides SECONDS_PER_MIB
# On the clock, for a child that waits for what never comes: where ten others want the processor, as in a batch or a
# test run, a good document must not be refused for it.
WALL_SECONDS = 40.0
WALL_PER_CPU = 5
SECONDS_PER_MIB = 2  # ten times what the slowest reader takes for good input
MEMORY = 640 * MIB  # address space of the child, besides MEMORY_PER_BYTE for each byte of input
MEMORY_PER_BYTE = 30


def wall_seconds(size: int) -> float:
    """How long the child may take for so many bytes."""
    return WALL_SECONDS + WALL_PER_CPU * SECONDS_PER_MIB * (size // MIB)


def cpu_seconds(size: int) -> int:
    """How much processor time the child may take for so many bytes."""
    return CPU_SECONDS + SECONDS_PER_MIB * (size // MIB)


class Hostile(Declined):
    """A refusal for everybody's safety: no other reader is asked, nothing of the input is used."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, final=True)


def check_growth(packed: int, unpacked: int) -> None:
    """Refuse something that expands like a bomb: by its final size, or by its ratio once it is not small."""
    if unpacked > MAX_UNPACKED:
        raise Hostile(f"expands to more than {MAX_UNPACKED // MIB} MB")
    if unpacked > SMALL and unpacked > MAX_RATIO * max(packed, 1):
        raise Hostile(f"expands more than {MAX_RATIO} times, like a bomb")
