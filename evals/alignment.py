"""How well sentences of two languages are aligned: `python -m evals.alignment [--meaning] [--bench DIR]`.

Beads on human alignments (strict and lax F1), sentences left out and moved, numbers changed, and how often a number
or a denial is flagged in sound translations; by the bench's own scorers, with its seeds 3 to 5. Figures that depend
on an extra have no floor; docs/evaluation.md has the floors.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from time import process_time
from typing import Any

from evals.bench import ROOT, load_module
from onrecord.collation.account import Account
from onrecord.collation.across import align
from onrecord.collation.across_differences import classify
from onrecord.collation.pairing import Pairing, pair
from onrecord.collation.passages import lines_as_passages
from onrecord.record import read_source
from onrecord.sources import open_bytes

KEPT = ROOT / "build" / "evals"
ALIGNED = {
    "de-fr": ("textberg_de_fr/dev.de", "textberg_de_fr/dev.fr", "textberg_de_fr/dev.defr"),
    "en-fr": ("transread_en_fr/alice.en", "transread_en_fr/alice.fr", "transread_en_fr/alice.enfr"),
}
SEEDS = (3, 4, 5)
JUDGED = {"number", "negation", "name", "modality"}


def main() -> None:
    """Print one line a measurement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", type=Path, default=ROOT.parent / "shared" / "bench")
    parser.add_argument("--meaning", action="store_true", help='with the extra "semantic"')
    asked = parser.parse_args()
    bench = asked.bench / "collate"
    for name in ALIGNED:
        print(name, beads(bench, name, asked.meaning))
    for language in ("fr", "ru"):
        print(f"en-{language}", left_out(bench, language, asked.meaning))
        print(f"en-{language}", false_flags(bench, language, asked.meaning))


def beads(bench: Path, name: str, meaning: bool) -> dict[str, Any]:
    """Strict and lax scores against a human alignment, and sentences of both sides a CPU second."""
    a, b, gold = (bench / file for file in ALIGNED[name])
    left, right = a.read_text("utf-8").splitlines(), b.read_text("utf-8").splitlines()
    begin = process_time()
    found = _paired(left, right, name.split("-"), meaning)
    speed = (len(left) + len(right)) / (process_time() - begin)
    scorer = load_module(bench / "score_align.py")
    scored: dict[str, Any] = scorer.score([(scorer.read(gold), [(bead.a, bead.b) for bead in found.beads])])
    return {**scored, "sentences a second": round(speed)}


def left_out(bench: Path, language: str, meaning: bool) -> dict[str, Any]:
    """Precision and recall of sentences left out and moved, injected by the bench's script."""
    pairs = []
    KEPT.mkdir(parents=True, exist_ok=True)
    for seed in SEEDS:
        out = KEPT / f"alignment-{language}-{seed}"
        files = [bench / "make_edits.py", bench / "pud" / "en.tsv", bench / "pud" / f"{language}.tsv", out]
        command = [sys.executable, *map(str, files), "--seed", str(seed)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        before, after = (Path(f"{out}.{end}.txt").read_text("utf-8").splitlines() for end in ("src", "tgt"))
        found = _paired(before, after, ["en", language], meaning)
        answer = {
            "omitted": [at for bead in found.beads if not bead.b for at in bead.a],
            "moved": [at for bead in found.beads if bead.moved for at in bead.a],
        }
        pairs.append((json.loads(Path(f"{out}.gold.json").read_text("utf-8")), answer))
    scored = load_module(bench / "score_flags.py").score(pairs)
    return {kind: {"P": scored[kind]["P"], "R": scored[kind]["R"]} for kind in ("omitted", "moved")}


def false_flags(bench: Path, language: str, meaning: bool) -> dict[str, Any]:
    """What is said to contradict in sentences that were soundly translated: each is (nearly always) false."""
    left, right = (_text(bench / "pud" / f"{code}.tsv", code) for code in ("en", language))
    found = [item for item in classify(align(left, right, meaning), left, right) if item.kind in JUDGED]
    return {"sentences": len(left.sentences), "flags": [f"{item.kind}: {item.message}" for item in found]}


def _text(path: Path, language: str) -> Account:
    lines = [line.split("\t")[-1] for line in path.read_text("utf-8").splitlines()]
    opened = open_bytes("account.txt", "\n\n".join(lines).encode())
    return Account(read_source(opened, language=language), whole=True)


def _paired(a: Sequence[str], b: Sequence[str], codes: Sequence[str], meaning: bool) -> Pairing:
    return pair(lines_as_passages(a, codes[0]), lines_as_passages(b, codes[1]), semantically=meaning)


if __name__ == "__main__":
    main()
