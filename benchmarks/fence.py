"""What the sealed child costs: the same pages read behind the fence and in the process itself.

    python -m benchmarks.fence [PAGES]

Both sides read 1,000 generated pages of about 9 kB, in turns. The child counts with its processor time and
its start. Printed are both times and the ratio, of the processor and of the clock.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from typing import NamedTuple

from onrecord.sources import fence, html
from onrecord.sources.reading import Reading

PAGES = 1_000
WORDS = "We will sign on Friday, and the river stays open to every ship that comes in peace. "


def page(number: int) -> bytes:
    """One page of a news site: a head, a menu, sixty paragraphs with labels, a foot."""
    menu = "".join(f"<li><a href=/{n}>Section {n}</a></li>" for n in range(20))
    said = "".join(
        f"<p class=turn><b>{'Ida Morrow' if n % 2 else 'Peter Vance'}:</b> {number}.{n} {WORDS}</p>\n"
        for n in range(60)
    )
    head = f"<!DOCTYPE html><html><head><meta charset=utf-8><title>Talks {number}</title></head><body>"
    return f"{head}<nav><ul>{menu}</ul></nav><article><h1>Talks {number}</h1>{said}</article></body></html>".encode()


class Spent(NamedTuple):
    """Seconds of processor and of the clock."""

    processor: float
    clock: float

    def __add__(self, other: object) -> Spent:
        assert isinstance(other, Spent)
        return Spent(self.processor + other.processor, self.clock + other.clock)


def spent(read: Callable[[bytes], Reading], data: bytes) -> Spent:
    """What one page costs this process."""
    processor, clock = time.process_time(), time.perf_counter()
    read(data)
    return Spent(time.process_time() - processor, time.perf_counter() - clock)


def children() -> float:
    """Processor time of children that have ended."""
    each = resource.getrusage(resource.RUSAGE_CHILDREN)
    return each.ru_utime + each.ru_stime


def fenced(data: bytes) -> Reading:
    """Read in the child."""
    return fence.run("html", "page.html", data, None)


def inside(data: bytes) -> Reading:
    """Read here."""
    return html.read("page.html", data, None)


def main(count: int) -> None:
    """Measure and print."""
    pages = [page(number) for number in range(count)]
    html.prepare()
    inside(pages[0])
    behind = here = Spent(0, 0)
    for one in pages:  # in turns: the speed of a machine drifts by more than the fence costs
        behind += spent(fenced, one)
        here += spent(inside, one)
    before = children()
    fence.close()
    behind += Spent(children() - before, 0)
    print(f"{count} pages of {len(pages[0]) / 1000:.1f} kB, fenced and in-process")
    for name, a, b in zip(("processor", "clock"), behind, here, strict=True):
        print(f"{name:9} {a:6.2f} s {b:6.2f} s {a / b:5.2f} times")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PAGES)
