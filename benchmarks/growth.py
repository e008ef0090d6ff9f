"""A million turns: does the time for one turn grow with their number, and how much memory do they take?"""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.cost import cost
from benchmarks.debate import short_turns
from benchmarks.rows import Row

TITLE = "From 100,000 to 1,000,000 turns"
SIZES = (100_000, 1_000_000)


def measure(folder: Path, runs: int, peer: Path | None) -> list[Row]:
    """Cost at each size; the ratio is of the processor time per turn to that at the smallest size."""
    rows: list[Row] = []
    for number in SIZES:
        text = folder / f"{number}.txt"
        with text.open("w", encoding="utf-8") as file:
            file.writelines(short_turns(number))
        spent = cost([sys.executable, "-m", "onrecord", "read", str(text), "--json"], 1)
        each = spent.cpu / number
        ratio = each / (rows[0].cost.cpu / SIZES[0]) if rows else 1.0
        note = (
            f"{each * 1e6:.0f} µs a turn, {spent.peak * 1e6 / text.stat().st_size:.1f} bytes of memory a byte"
        )
        rows.append(Row(f"{number:,} turns", spent, ratio, note))
    return rows
