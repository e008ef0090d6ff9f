"""What the sealed child costs: the same pages read behind the fence and in the process itself.

    python -m benchmarks.fence [PAGES]

Both sides read 1,000 generated pages of about 9 kB, one after the other. The child counts with its processor time and
its start. Printed are both times and the ratio, of the processor and of the clock.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable

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


def used() -> float:
    """Processor time of this process and of children that have ended."""
    each = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in each)


def measured(read: Callable[[bytes], Reading], pages: list[bytes]) -> tuple[float, float]:
    """Seconds of processor and of the clock; the child is ended, so that its time is counted."""
    processor, clock = used(), time.perf_counter()
    for one in pages:
        read(one)
    fence.close()
    return used() - processor, time.perf_counter() - clock


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
    behind, behind_clock = measured(fenced, pages)
    here, here_clock = measured(inside, pages)
    print(f"{count} pages of {len(pages[0]) / 1000:.1f} kB, fenced and in-process")
    print(f"processor  {behind:6.2f} s {here:6.2f} s {behind / here:5.2f} times")
    print(f"clock      {behind_clock:6.2f} s {here_clock:6.2f} s {behind_clock / here_clock:5.2f} times")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PAGES)
