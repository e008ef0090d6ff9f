"""Turns, labels, marks and headings, by the bench's own scorer: one row a convention, and their mean."""

from __future__ import annotations

import sys
from collections import Counter
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from evals.bench import KEPT, Case, by_convention, cases, files_of, fingerprint, on_every_core, scorer
from evals.prediction import Prediction, predict, read, write
from evals.rows import Row, macro

STAGE = "structure"
TOLERANCE = 2  # characters; the scorer's own default
MACRO = ("precision", "recall", "f1", "e2e", "char", "mark_f1", "mark_kind_f1", "heading_f1")


class Job(NamedTuple):
    """One case to read and score."""

    bench: Path
    split: str
    case: Case


def measure(bench: Path, split: str) -> list[Row]:
    """Rows for `split`, and for `split-flat`: the same texts with every line break lost."""
    rows: list[Row] = []
    for part in (split, f"{split}-flat"):
        members = cases(bench / STAGE / part)
        if not members:
            continue
        jobs = [Job(bench, part, case) for case in members]
        rows += summarise(bench, part, members, on_every_core(count, jobs))
    return rows


def count(job: Job) -> Counter[str]:
    """Read one case, keep the prediction, and count hits as the bench's scorer does."""
    text, tally = job.case.text(), Counter[str]()
    try:
        record = read(job.case.path)
        if record.sources[0].text != text:
            raise ValueError("the text is not the file's: the gold's offsets do not hold")
        prediction = predict(record)
    except Exception as error:  # any failure is a result here: an empty answer, and a count that has a floor
        print(f"{job.split}/{job.case.name}: {type(error).__name__}: {error}", file=sys.stderr)
        prediction, tally["failed"] = {"turns": [], "marks": []}, 1
    write(prediction, KEPT / job.split / f"{job.case.name}.json")
    return tally + score(job, text, prediction)


def score(job: Job, text: str, prediction: Prediction) -> Counter[str]:
    """The bench's counts for one prediction."""
    tally: Counter[str] = _scorer(job.bench).score(text, job.case.gold(), prediction, TOLERANCE)
    return tally


def summarise(bench: Path, split: str, members: list[Case], tallies: list[Counter[str]]) -> list[Row]:
    """One row a convention and their mean."""
    tally = dict(zip((case.name for case in members), tallies, strict=True))
    rows = []
    for convention, group in by_convention(members).items():
        total = sum((tally[case.name] for case in group), Counter[str]())
        values = {"cases": len(group), **_columns(bench, total)}
        rows.append(Row.of(STAGE, split, convention, values, fingerprint(files_of(group))))
    return [*rows, macro(rows, MACRO, inputs=fingerprint(files_of(members)))]


def _columns(bench: Path, n: Counter[str]) -> dict[str, float]:
    share, f1 = _scorer(bench).pct, _scorer(bench).f1
    return {
        "failed": n["failed"],
        "gold": n["g"],
        "found": n["p"],
        "precision": share(n["tp"], n["p"]),
        "recall": share(n["tp"], n["g"]),
        "f1": f1(n["tp"], n["g"], n["p"]),
        "end": share(n["end"], n["tp"]),
        "label": share(n["ls"], n["tp"]),
        "e2e": share(n["ls"], n["g"]),
        "char": share(n["ca"], n["ca_n"]),
        "mark_f1": f1(n["mt"], n["mg"], n["mp"]),
        "mark_kind_f1": f1(n["mk"], n["mg"], n["mp"]),
        "heading_f1": f1(n["ht"], n["hg"], n["hp"]),
    }


@cache
def _scorer(bench: Path) -> ModuleType:
    return scorer(bench, STAGE)
