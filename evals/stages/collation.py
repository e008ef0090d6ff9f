"""Two accounts compared: documented cases, injected differences, and equal words kept on a real pair.

A documented case passes when its named difference stands first. Differences are injected by the bench's own
script, which also scores; the seed is one nobody tuned on. Only the split `dev` has such texts.
"""

from __future__ import annotations

import json
import subprocess
import sys
from bisect import bisect_right
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from evals.bench import ROOT, fingerprint, load_module
from evals.rows import Row
from onrecord.collation import compare
from onrecord.collation.account import Account
from onrecord.collation.gaps import common
from onrecord.collation.same_language import align
from onrecord.model import Comparison, Difference, Record
from onrecord.record import read_source
from onrecord.sources import open_bytes

STAGE = "collation"
KEPT = ROOT / "build" / "evals"
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


def _cases(path: Path) -> Iterable[Row]:
    for line in path.read_text("utf-8").splitlines():
        case = json.loads(line)
        if case["id"] in NAMED:
            found = compare([_record(case["a"]), _record(case["b"])]).differences
            kind, words = NAMED[case["id"]]
            right = bool(found) and found[0].kind == kind and words in (found[0].a_text or "")
            values = {"passed": 100.0 * right}
            yield Row.of(STAGE, "dev", case["id"], values, fingerprint([path]))


def _injected(bench: Path, language: str) -> Row:
    """Precision and recall over all kinds that the bench's script injects into sentences of one language."""
    source = bench / "collate" / "pud" / f"{language}.tsv"
    KEPT.mkdir(parents=True, exist_ok=True)
    out = KEPT / f"collation-{language}"
    script = bench / "collate" / "make_edits.py"
    command = [sys.executable, str(script), str(source), str(source), str(out), "--seed", str(SEED)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    before, after = (Path(f"{out}.{end}.txt").read_text("utf-8") for end in ("src", "tgt"))
    answer = compare([_record(before, language), _record(after, language)])
    gold: dict[str, Any] = json.loads(Path(f"{out}.gold.json").read_text("utf-8"))
    scored = load_module(bench / "collate" / "score_flags.py").score([(gold, _flagged(answer, before))])
    return Row.of(
        STAGE, "dev", f"injected_{language}", injected_values(scored), fingerprint([source, script])
    )


def injected_values(scored: dict[str, Any]) -> dict[str, float]:
    """Precision and recall over the kinds together, from what the bench's scorer says of each."""
    said = sum(kind["flagged"] for kind in scored.values())
    true = sum(kind["gold"] for kind in scored.values())
    hits = sum((kind["R"] or 0) * kind["gold"] for kind in scored.values())
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
