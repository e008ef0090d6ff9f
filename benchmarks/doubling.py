"""Twice the text: quotations and the ledger must not take much more than twice the time."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.cost import cost
from benchmarks.debate import transcript
from benchmarks.rows import Row
from benchmarks.speed import QUOTE, STATE

TITLE = "Twice the text"
SIZES = (1_000_000, 2_000_000, 4_000_000)


def measure(folder: Path, runs: int, peer: Path | None) -> list[Row]:
    """Cost at each size; the ratio is to the size before."""
    rows: list[Row] = []
    for what, program in (("quotations", QUOTE), ("quotations and ledger", STATE)):
        before = 0.0
        for size in SIZES:
            text = folder / f"{size}.txt"
            text.write_text(transcript(size), "utf-8")
            spent = cost([sys.executable, "-c", program, str(text), "fr"], runs)
            rows.append(Row(f"{what}, {size // 10**6} MB", spent, spent.cpu / before if before else None))
            before = spent.cpu
    return rows
