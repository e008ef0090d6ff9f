"""Sentences of two languages laid side by side, without the extra `semantic`.

Against human alignments, and with sentences left out and moved. What the extra adds has no floor, since not every
machine has it: `python -m evals.alignment --meaning`.
"""

from __future__ import annotations

from pathlib import Path

from evals.alignment import ALIGNED, LANGUAGES, agreement_values, beads, files, left_out, lost_values
from evals.bench import fingerprint
from evals.injection import sources
from evals.rows import Row

STAGE = "alignment"


def measure(bench: Path, split: str) -> list[Row]:
    """A row for each human alignment, and for each language with sentences left out and moved."""
    if split != "dev" or not (bench / "collate").is_dir():
        return []
    rows = []
    for name in ALIGNED:
        values = agreement_values(beads(bench, name, meaning=False))
        rows.append(Row.of(STAGE, split, name, values, fingerprint(files(bench, name))))
    for language in LANGUAGES:
        source = fingerprint(sources(bench, "en", language))
        for kind, found in left_out(bench, language, meaning=False).items():
            rows.append(Row.of(STAGE, split, f"en-{language}, {kind}", lost_values(found), source))
    return rows
