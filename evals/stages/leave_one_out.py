"""An unknown convention: what becomes of the words when the grammar for their labels is taken away?

No list of conventions is complete, so what happens outside the list matters as much as what happens inside.
For each convention of the bench, the grammars that our reader picks for its texts are switched off and the
texts are read again. A good reader then says "unknown"; a bad one hands the words to somebody else, surely.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from evals.bench import Case, by_convention, cases, files_of, fingerprint, on_every_core, scorer
from evals.prediction import printed, read
from evals.rows import Row, macro
from onrecord.model import Record, Turn

STAGE = "leave_one_out"
FATES = ("right", "unknown", "wrong")
SURE = frozenset({"certain", "likely"})


class Job(NamedTuple):
    """One case, to be read without some grammars."""

    bench: Path
    case: Case
    without: frozenset[str]


def measure(bench: Path, split: str) -> list[Row]:
    """Rows per convention: shares of gold speech that stay right, become unknown, or go to somebody else."""
    members = cases(bench / "structure" / split)
    if not members:
        return []
    picked = dict(zip((case.name for case in members), on_every_core(detected, members), strict=True))
    jobs = []
    for group in by_convention(members).values():
        names = frozenset(name for case in group if (name := picked[case.name]) is not None)
        jobs += [Job(bench, case, names) for case in group]
    counts = dict(zip((job.case.name for job in jobs), on_every_core(count, jobs), strict=True))
    rows = []
    for convention, group in by_convention(members).items():
        total = sum((counts[case.name] for case in group), Counter[str]())
        rows.append(Row.of(STAGE, split, convention, shares(total, len(group)), fingerprint(files_of(group))))
    return [
        *rows,
        macro(rows, FATES, inputs=fingerprint(files_of(members))),
    ]


def detected(case: Case) -> str | None:
    """The convention our reader picks for a text, None when it picks none or cannot read it."""
    try:
        return read(case.path).sources[0].layout.convention
    except Exception as error:
        print(f"{case.name}: {type(error).__name__}: {error}", file=sys.stderr)
        return None


def count(job: Job) -> Counter[str]:
    """Gold speech characters of one case by what became of them."""
    try:
        record = read(job.case.path, job.without)
    except Exception as error:  # counted: all words are unknown, and a failure has a floor
        print(f"{job.case.name}: {type(error).__name__}: {error}", file=sys.stderr)
        spoken = sum(end - start for _, start, end in speech(job.case.gold()))
        return Counter({"failed": 1, "unknown": spoken})
    return owners(record, job.case.gold(), _scorer(job.bench))


def owners(record: Record, gold: dict[str, Any], score: ModuleType) -> Counter[str]:
    """Gold speech characters that are right, unknown or wrong in a record. Linear in turns and marks."""
    text, tally = record.sources[0].text, Counter[str]()
    turns = sorted(record.turns, key=lambda turn: turn.span)
    starts = [turn.span.start for turn in turns]
    for speaker, start, end in speech(gold):
        tally["unknown"] += end - start
        at = max(0, bisect_right(starts, start) - 1)
        while at < len(turns) and turns[at].span.start < end:
            turn = turns[at]
            shared = min(end, turn.span.end) - max(start, turn.span.start)
            if shared > 0 and (fate := _fate(turn, text, speaker, score)) != "unknown":
                tally[fate] += shared
                tally["unknown"] -= shared
            at += 1
    return tally


def speech(gold: dict[str, Any]) -> Iterator[tuple[str, int, int]]:
    """The spoken stretches of a gold with their speaker: turns without label, marks and headings."""
    marks = sorted((mark["start"], mark["end"]) for mark in gold["marks"])
    starts = [start for start, _ in marks]
    for turn in gold["turns"]:
        at, end = turn["content_start"], turn["end"]
        first = max(0, bisect_right(starts, at) - 1)
        for start, stop in marks[first:]:
            if start >= end:
                break
            if start > at:
                yield turn["speaker"], at, start
            at = max(at, stop)
        if at < end:
            yield turn["speaker"], at, end


def shares(n: Counter[str], texts: int) -> dict[str, float]:
    """Percentages of the speech."""
    spoken = n["right"] + n["unknown"] + n["wrong"]
    parts = {name: 100 * n[name] / spoken if spoken else float("nan") for name in FATES}
    return {"cases": texts, "failed": n["failed"], **parts}


def _fate(turn: Turn, text: str, speaker: str, score: ModuleType) -> str:
    """Words of a voice that the gold cannot name are never right: leaving them unknown is the best answer."""
    label = score.nz(printed(text, turn.label))
    if label and label == score.nz(speaker):
        return "right"
    named = label or turn.speaker is not None
    return "wrong" if named and turn.judgement in SURE else "unknown"


@cache
def _scorer(bench: Path) -> ModuleType:
    return scorer(bench, "structure")
