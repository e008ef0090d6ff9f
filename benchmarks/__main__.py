"""The command line of the benchmarks: `python -m benchmarks --help`."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from pathlib import Path

from benchmarks import (
    alignment,
    collation,
    doubling,
    growth,
    pages,
    plot,
    quotations,
    speed,
    speed_english,
    start,
)
from benchmarks.cost import Failed
from benchmarks.rows import markdown

BENCHMARKS = {
    "speed": speed,
    "speed_english": speed_english,
    "start": start,
    "doubling": doubling,
    "growth": growth,
    "quotations": quotations,
    "pages": pages,
    "collation": collation,
    "alignment": alignment,
}
PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
PICTURE = PAGE.parent / "pictures" / "speed.svg"
OTHERS = """### Beside others

![Processor time of other programs for the same input, in multiples of ours](pictures/speed.svg)

Drawn from the tables below, which name the versions. Right of the line the other program takes longer, left of it
less. A parse gives more than we need and less than we give; a diff aligns and says nothing of what differs;
trafilatura chooses the main text, and we go on from there. What they find is compared in
[evaluation.md](evaluation.md).
"""
OPENING = """# Performance

Written by `make bench ARGS=--write`; `ARGS="--write --only NAME"` measures one table alone. Costs are of whole
processes, start included: median processor time of all threads and children, elapsed time, peak memory. Ratios are
of processor time to that of the first row; in the table of twice the text, to the size before; in the table of turns,
per turn. In the tables with spaCy all commands run in turns, and a ratio is the median of those of the rounds, for the
machine drifts. "Alone" is a program that only calls the stage, on the whole text taken for narrative; `read` also finds
the structure, the people and the event. Where a table says "loaded programs" or "ready", a second run inside one
process is timed and the start is not. The machine is shared: elapsed seconds of the tables with others were taken under
load.
"""


def main(arguments: list[str] | None = None) -> int:
    """0 measured, 1 a measured command failed (the others are measured and written), 2 usage."""
    options = _parser().parse_args(arguments)
    tables: dict[str, str] = {}
    status = 0
    with tempfile.TemporaryDirectory() as folder:
        for name in options.only or BENCHMARKS:
            try:
                rows = BENCHMARKS[name].measure(Path(folder), options.runs, options.peer)
            except Failed as error:
                print(f"{name}: {error}", file=sys.stderr)
                status = 1
                continue
            tables[name] = markdown(BENCHMARKS[name].TITLE, rows)
            print(f"{tables[name]}\n", flush=True)
    if options.write:
        write({**written(), **tables})
    return status


def write(held: dict[str, str]) -> None:
    """The page and its picture, from the tables by benchmark."""
    PICTURE.write_text(plot.svg(plot.dots(held)), "utf-8")
    found = [held[name] for name in BENCHMARKS if name in held]
    PAGE.write_text("\n\n".join([OPENING.rstrip(), machine(), others(held), *found]) + "\n", "utf-8")


def others(held: dict[str, str]) -> str:
    """What the page says of the comparisons with others, from the tables by benchmark."""
    return f"{OTHERS}\n{plot.table(plot.dots(held))}"


def written() -> dict[str, str]:
    """The tables that the page has, by benchmark: those that were not measured now stay."""
    sections = PAGE.read_text("utf-8").split("\n### ")[1:] if PAGE.exists() else []
    tables = {section.partition("\n")[0]: f"### {section.strip()}" for section in sections}
    return {name: tables[one.TITLE] for name, one in BENCHMARKS.items() if one.TITLE in tables}


def machine() -> str:
    """What was measured on, in one sentence."""
    system = f"{platform.system()} {platform.machine()}"
    return f"Measured on {system}, {os.cpu_count()} cores, Python {platform.python_version()}."


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m benchmarks", description="What onrecord costs, in child processes"
    )
    add = parser.add_argument
    add("--peer", type=Path, metavar="PYTHON", help="a Python that has benchmarks/requirements.txt")
    add("--runs", type=int, default=3, help="runs of each command; the median counts (3)")
    add("--only", action="append", choices=BENCHMARKS, help="only this one (may be repeated)")
    add("--write", action="store_true", help="write docs/performance.md")
    return parser


if __name__ == "__main__":
    sys.exit(main())
