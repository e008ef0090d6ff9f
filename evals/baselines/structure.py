"""Turns by one pattern: a line that begins with a name of one to five words and a colon opens a turn.

What most scrapers of transcripts do. Everything up to the next such line is the speaker's; what stands in brackets is
a mark.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from evals.baselines.result import Result, result
from evals.bench import cases
from evals.prediction import Prediction
from evals.stages.structure import STAGE, Job, score, summarise

SYSTEM = "line-start NAME:"
_LABEL = re.compile(r"^[ \t]{0,4}([^\W\d_][\w.’' -]{0,60}):", re.MULTILINE)
_MARK = re.compile(r"\([^()\n]{1,200}\)|\[[^\[\]\n]{1,200}\]")
_WORDS = 5


def measure(bench: Path, peer: Path | None) -> Iterator[Result]:
    """A result for each convention, and their mean, with line breaks and without."""
    for split in ("dev", "dev-flat"):
        members = cases(bench / STAGE / split)
        tallies: list[Counter[str]] = []
        for case in members:
            text = case.text()
            tallies.append(score(Job(bench, split, case), text, predict(text)))
        for row in summarise(bench, split, members, tallies) if members else ():
            yield result(STAGE, split, row.group, SYSTEM, row.values)


def predict(text: str) -> Prediction:
    """Turns and marks of one text.

    >>> [turn["speaker"] for turn in predict("VANCE: Yes.\\nHe said:\\nIda Morel: No.")["turns"]]
    ['VANCE', 'Ida Morel']
    """
    labels = [found for found in _LABEL.finditer(text) if _a_name(found[1])]
    bounds = [found.start(1) for found in labels] + [len(text)]
    turns = [
        {"speaker": found[1].strip(), "start": start, "end": start + len(text[start:end].rstrip())}
        for found, (start, end) in zip(labels, pairwise(bounds), strict=True)
    ]
    marks = [{"start": one.start(), "end": one.end(), "kind": "stage"} for one in _MARK.finditer(text)]
    return {"turns": turns, "marks": marks}


def _a_name(label: str) -> bool:
    words = label.split()
    return len(words) <= _WORDS and not any(word[0].islower() for word in words)
