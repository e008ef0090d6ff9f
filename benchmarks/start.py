"""A short article: reading it whole, against what merely importing a parser costs."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.cost import cost
from benchmarks.debate import transcript
from benchmarks.rows import Row, compared

TITLE = "A 14 kB article"
SIZE = 14_000


def measure(folder: Path, runs: int, peer: Path | None) -> list[Row]:
    """Costs of a bare interpreter, of our help, of a whole reading, and of the import alone of a parser."""
    text = folder / "article.txt"
    text.write_text(transcript(SIZE), "utf-8")
    program = [sys.executable, "-m", "onrecord"]
    rows = [
        Row("onrecord read", cost([*program, "read", str(text)], 3 * runs), note="the whole summary"),
        Row(
            "onrecord read --json --no-ledger",
            cost([*program, "read", str(text), "--json", "--no-ledger"], 3 * runs),
        ),
        Row(
            "onrecord read --json",
            cost([*program, "read", str(text), "--json"], 3 * runs),
        ),
        Row("onrecord --help", cost([*program, "--help"], 3 * runs)),
        Row("python -c pass", cost([sys.executable, "-c", "pass"], 3 * runs), note="the least possible"),
    ]
    if peer:
        rows.append(Row("python -c 'import spacy'", cost([str(peer), "-c", "import spacy"], runs)))
    return compared(rows)
