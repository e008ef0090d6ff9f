"""What a command costs: processor time, elapsed time and peak memory, as the kernel counted them."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Cost(NamedTuple):
    """Seconds of processor time (all threads and children), seconds elapsed, and peak memory in MB."""

    cpu: float
    elapsed: float
    peak: float


class Failed(Exception):
    """A measured command did not end well; the message is its last line on standard error."""


def cost(command: Sequence[str], runs: int = 3) -> Cost:
    """The median cost of a command over some runs; its output is thrown away."""
    return middle(_once(command) for _ in range(runs))


def rounds(commands: Iterable[Sequence[str]], runs: int = 3) -> list[tuple[Cost, ...]]:
    """What some commands cost, each once a round: a machine that slows down slows the whole round down."""
    wanted = list(commands)
    return [tuple(_once(command) for command in wanted) for _ in range(runs)]


def middle(costs: Iterable[Cost]) -> Cost:
    """The median of each figure.

    >>> middle([Cost(1.0, 2.0, 30.0), Cost(3.0, 1.0, 10.0), Cost(2.0, 9.0, 20.0)])
    Cost(cpu=2.0, elapsed=2.0, peak=20.0)
    """
    return Cost(*(statistics.median(values) for values in zip(*costs, strict=True)))


def _once(command: Sequence[str]) -> Cost:
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as child:
        assert child.stderr is not None
        shown = child.stderr.read()
        # wait4 and not RUSAGE_CHILDREN: its peak is of this child, not of the largest one so far.
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        last = shown.strip().splitlines()[-1:] or ["no message"]
        raise Failed(f"{' '.join(command[:4])} … ended with {child.returncode}: {last[0]}")
    return Cost(usage.ru_utime + usage.ru_stime, time.perf_counter() - began, usage.ru_maxrss / 1024)
