"""Two accounts compared: documented cases, injected differences, and equal words kept on a real pair.

A documented case passes when its named difference stands first. Differences are injected by the bench's own
script, which also scores; the seed is one nobody tuned on. Only the split `dev` has such texts.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from evals.bench import fingerprint
from evals.injection import injected, scored, script, sources
from evals.rows import Row
from onrecord.collation import compare
from onrecord.collation.account import Account
from onrecord.collation.gaps import common
from onrecord.collation.same_language import align
from onrecord.model import Comparison, Difference, Record
from onrecord.record import read_source
from onrecord.sources import open_bytes

STAGE = "collation"
SEED = 7
LANGUAGES = ("en", "fr", "ru")
KINDS = {"omitted": "omission", "moved": "moved", "number": "number", "negation": "negation"}
WHOLE = 0.8  # share of a line that must be missing for the line to be missing
NAMED = {
    "C01": ("omission", "did you want President Trump to win the election"),
    "C02": ("omission", "ми"),
    "C04": ("wording", "supporters"),
    "C06": ("omission", "psychiatry"),
    "C07": ("name", "Syria"),
    "C09": ("modality", "hope"),
}
"""The difference that each documented case is about: its kind, and characters of `a` that it must hold."""


def measure(bench: Path, split: str) -> list[Row]:
    """Rows for the cases, for each language with injected differences, and for the real pair."""
    if split != "dev" or not (bench / "collate").is_dir():
        return []
    return [*_cases(bench / "cases.jsonl"), *(_injected(bench, code) for code in LANGUAGES), _pair(bench)]


def _record(text: str, language: str | None = None) -> Record:
    return read_source(open_bytes("account.txt", text.encode()), language=language)


def documented(path: Path) -> list[dict[str, Any]]:
    """The cases of which it is known which difference they are about."""
    every = map(json.loads, path.read_text("utf-8").splitlines())
    return [case for case in every if case["id"] in NAMED]


def _cases(path: Path) -> Iterable[Row]:
    for case in documented(path):
        found = compare([_record(case["a"]), _record(case["b"])]).differences
        kind, words = NAMED[case["id"]]
        right = bool(found) and found[0].kind == kind and words in (found[0].a_text or "")
        yield Row.of(STAGE, "dev", case["id"], {"passed": 100.0 * right}, fingerprint([path]))


def _injected(bench: Path, language: str) -> Row:
    """Precision and recall over all kinds that the bench's script injects into sentences of one language."""
    made = injected(bench, language, language, SEED)
    answer = compare([_record(made.before, language), _record(made.after, language)])
    values = injected_values(scored(bench, [(made, _flagged(answer, made.before))]))
    files = [*sources(bench, language), script(bench)]
    return Row.of(STAGE, "dev", f"injected_{language}", values, fingerprint(files))


def injected_values(judged: dict[str, Any]) -> dict[str, float]:
    """Precision and recall over the kinds together, from what the bench's scorer says of each."""
    said = sum(kind["flagged"] for kind in judged.values())
    true = sum(kind["gold"] for kind in judged.values())
    hits = sum((kind["R"] or 0) * kind["gold"] for kind in judged.values())
    return {"diff_precision": 100 * hits / max(1, said), "diff_recall": 100 * hits / max(1, true)}


def _flagged(answer: Comparison, before: str) -> dict[str, list[int]]:
    """The lines of the first text that each kind of difference speaks of."""
    starts = [0]
    for line in before.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    flagged: dict[str, set[int]] = {name: set() for name in KINDS}
    for difference in answer.differences:
        for name, kind in KINDS.items():
            if difference.kind == kind:
                flagged[name].update(_lines(difference, starts, whole=name == "omitted"))
    return {name: sorted(lines) for name, lines in flagged.items()}


def _lines(difference: Difference, starts: list[int], *, whole: bool) -> range:
    span = difference.a
    if span is None:
        return range(0)
    first, last = (
        bisect_right(starts, span.start) - 1,
        bisect_right(starts, max(span.start, span.end - 1)) - 1,
    )
    if whole and len(span) < WHOLE * (starts[first + 1] - starts[first]):
        return range(0)
    return range(first, last + 1)


def _pair(bench: Path) -> Row:
    """Equal words kept, of the longest common subsequence, on two real transcripts of one debate."""
    paths = sorted((bench / "collate" / "debate").glob("*.txt"))
    a, b = (Account(_record(path.read_text("utf-8"), "en"), whole=True) for path in paths)
    kept = sum(run.length for run in align(a, b).runs)
    best = sum(length for _, _, length in common(a.keys, b.keys))
    return Row.of(STAGE, "dev", "debate", {"kept": 100 * min(1.0, kept / best)}, fingerprint(paths))
