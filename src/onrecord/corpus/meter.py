"""Progress for somebody who watches: one line on a terminal, and nothing anywhere else."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from onrecord.corpus.flow import Progress

_EVERY = 0.2
_SURE = 0.002  # of the input; before that, no remaining time is worth saying


@contextmanager
def meter(stream: TextIO | None = None) -> Iterator[Callable[[Progress], None] | None]:
    """A function for `run(progress=…)` that keeps one line up to date; None where `stream` is no terminal."""
    stream = stream or sys.stderr
    if not stream.isatty():
        yield None
        return
    last = 0.0

    def show(progress: Progress) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _EVERY:
            last = now
            stream.write(f"\r\x1b[K{line(progress)}")
            stream.flush()

    try:
        yield show
    finally:
        stream.write("\r\x1b[K")
        stream.flush()


def line(progress: Progress) -> str:
    """The line: how many, how fast, how much of the input, how long still.

    >>> line(Progress(0, 12_000, 24, 0.25, 3, 60.0))
    '12,000 documents, 200 a second, 25 % of the input, about 3 min left, 3 in quarantine'
    """
    rate = progress.documents / progress.seconds if progress.seconds else 0.0
    said = [
        f"{progress.documents:,} documents",
        f"{rate:,.0f} a second",
        f"{progress.share:.0%} of the input",
    ]
    said[2] = said[2].replace("%", " %")
    if progress.share > _SURE:
        left = progress.seconds * (1 - progress.share) / progress.share
        said.append(f"about {spell(left)} left")
    if progress.quarantined:
        said.append(f"{progress.quarantined:,} in quarantine")
    return ", ".join(said)


def spell(seconds: float) -> str:
    """A time that somebody has to wait, as he would say it.

    >>> [spell(time) for time in (4, 200, 5_000, 200_000)]
    ['4 s', '3 min', '1 h 23 min', '2 days 7 h']
    """
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} h {minutes} min"
    return f"{hours // 24} days {hours % 24} h"
