"""Sentences of two languages laid side by side, without the extra `semantic`.

Against human alignments, and with sentences left out and moved. What the extra adds has no floor, since not every
machine has it: `python -m evals.alignment --meaning`.
"""

from __future__ import annotations

from pathlib import Path

from evals.alignment import ALIGNED, beads, left_out
from evals.bench import fingerprint
from evals.rows import Row

STAGE = "alignment"


def measure(bench: Path, split: str) -> list[Row]:
    """A row for each human alignment, and for each language with sentences left out and moved."""
    folder = bench / "collate"
    if split != "dev" or not folder.is_dir():
        return []
    rows = []
    for name, files in ALIGNED.items():
        scores = beads(folder, name, meaning=False)
        values = {"strict": scores["strict"]["F1"] * 100, "lax": scores["lax"]["F1"] * 100}
        rows.append(Row.of(STAGE, split, name, values, fingerprint([folder / file for file in files])))
    for language in ("fr", "ru"):
        source = fingerprint([folder / "pud" / f"{code}.tsv" for code in ("en", language)])
        for kind, found in left_out(folder, language, meaning=False).items():
            values = {"precision_lost": found["P"] * 100, "recall_lost": found["R"] * 100}
            rows.append(Row.of(STAGE, split, f"en-{language}, {kind}", values, source))
    return rows
