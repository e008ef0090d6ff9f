"""What one document may cost, and what happens when it wants more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from onrecord.errors import UsageError

_ORPHAN = 2  # times the limit; only a worker whose parent is gone is ever that late
MIB = 1024 * 1024


class Limits(NamedTuple):
    """For one document: seconds on the clock, and MiB of memory beyond what the worker has already.

    The clock is that of the parent, which kills the worker; the memory is that of the system (RLIMIT_AS), where it
    has one. Both are above what the readers allow themselves, so that their own refusals come first.
    """

    seconds: float = 120.0
    memory: int = 2048

    def check(self) -> Limits:
        """These limits, or `UsageError`."""
        if not self.seconds > 0 or self.memory < 64:
            raise UsageError("limits of a document: more than 0 seconds, and 64 MiB or more")
        return self


@contextmanager
def alarmed(seconds: float) -> Iterator[None]:
    """Inside, this process ends by itself when it is very late and nobody has killed it. On Windows, it does not."""
    import signal

    if not hasattr(signal, "setitimer"):
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, _ORPHAN * seconds)  # nobody handles SIGALRM, so the system ends us
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


@contextmanager
def confined(memory: int) -> Iterator[None]:
    """Inside, this process gets at most so many MiB more; `MemoryError` then. Where the system cannot, no limit."""
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except (ImportError, OSError):
        yield
        return
    most = pages * resource.getpagesize() + memory * MIB
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    # The soft limit alone, so that it can be lifted again for what is not the document's doing.
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
