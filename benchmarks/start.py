"""A short article: reading it whole, against what merely importing a parser costs."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.cost import rounds
from benchmarks.debate import transcript
from benchmarks.rows import Row, in_turns

TITLE = "A 14 kB article"
SIZE = 14_000
NOTES = {"onrecord read": "the whole summary", "python -c pass": "the least possible"}


def measure(folder: Path, runs: int, peer: Path | None) -> list[Row]:
    """Costs of a bare interpreter, of our help, of a whole reading, and of the import alone of a parser."""
    text = folder / "article.txt"
    text.write_text(transcript(SIZE), "utf-8")
    program = [sys.executable, "-m", "onrecord"]
    read = [*program, "read", str(text)]
    commands = {
        "onrecord read": read,
        "onrecord read --json --no-ledger": [*read, "--json", "--no-ledger"],
        "onrecord read --json": [*read, "--json"],
        "onrecord --help": [*program, "--help"],
        "python -c pass": [sys.executable, "-c", "pass"],
    }
    if peer:
        commands["python -c 'import spacy'"] = [str(peer), "-c", "import spacy"]
    held = dict(zip(commands, zip(*rounds(commands.values(), 3 * runs), strict=True), strict=True))
    return [row._replace(note=NOTES.get(row.what, "")) for row in in_turns(held)]
