"""How well sentences of two languages are aligned: `python -m evals.alignment [--meaning] [--bench DIR]`.

Beads on human alignments (strict and lax F1), sentences left out and moved, numbers changed, and how often a number
or a denial is flagged in sound translations; by the bench's own scorers, with its seeds 3 to 5. Figures that depend
on an extra have no floor; docs/evaluation.md has the floors.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from time import process_time
from typing import Any

from evals.bench import DEFAULT, load_module
from evals.injection import injected, scored, sources
from onrecord.collation.account import Account
from onrecord.collation.across import align
from onrecord.collation.across_differences import classify
from onrecord.collation.pairing import Pairing, pair
from onrecord.collation.passages import lines_as_passages
from onrecord.record import read_source
from onrecord.sources import open_bytes

ALIGNED = {
    "de-fr": ("textberg_de_fr/dev.de", "textberg_de_fr/dev.fr", "textberg_de_fr/dev.defr"),
    "en-fr": ("transread_en_fr/alice.en", "transread_en_fr/alice.fr", "transread_en_fr/alice.enfr"),
}
SEEDS = (3, 4, 5)
LANGUAGES = ("fr", "ru")
Bead = tuple[Sequence[int], Sequence[int]]
"""Which sentences of one side render which of the other."""
JUDGED = {"number", "negation", "name", "modality"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print one line a measurement. 0 measured or nothing to measure, 66 no such bench."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", type=Path, metavar="DIR", help="folder with collate/ (../shared/bench)")
    parser.add_argument("--meaning", action="store_true", help='with the extra "semantic"')
    asked = parser.parse_args(arguments)
    bench = asked.bench or DEFAULT
    if not (bench / "collate").is_dir():
        print(f"no bench at {bench}: nothing measured (give one: --bench DIR)", file=sys.stderr)
        return 66 if asked.bench else 0
    for name in ALIGNED:
        print(name, beads(bench, name, asked.meaning))
    for language in LANGUAGES:
        print(f"en-{language}", left_out(bench, language, asked.meaning))
        print(f"en-{language}", false_flags(bench, language, asked.meaning))
    return 0


def beads(bench: Path, name: str, meaning: bool) -> dict[str, Any]:
    """Strict and lax scores against a human alignment, and sentences of both sides a CPU second."""
    left, right = sentences(bench, name)
    begin = process_time()
    found = _paired(left, right, name.split("-"), meaning)
    speed = (len(left) + len(right)) / (process_time() - begin)
    return {
        **agreement(bench, name, [(bead.a, bead.b) for bead in found.beads]),
        "sentences a second": round(speed),
    }


def files(bench: Path, name: str) -> list[Path]:
    """Both sides and the human alignment."""
    return [bench / "collate" / file for file in ALIGNED[name]]


def sentences(bench: Path, name: str) -> tuple[list[str], list[str]]:
    """Both sides of a human alignment, a sentence each line."""
    left, right, _ = files(bench, name)
    return left.read_text("utf-8").splitlines(), right.read_text("utf-8").splitlines()


def agreement(bench: Path, name: str, found: Sequence[Bead]) -> dict[str, Any]:
    """What the bench's scorer says of beads beside the human alignment: precision, recall and F1, strict and lax."""
    scorer = load_module(bench / "collate" / "score_align.py")
    judged: dict[str, Any] = scorer.score([(scorer.read(files(bench, name)[2]), found)])
    return judged


def agreement_values(judged: dict[str, Any]) -> dict[str, float]:
    """F1 in percent, strict and lax, under the names of their columns."""
    return {kind: 100 * judged[kind]["F1"] for kind in ("strict", "lax")}


def lost_values(judged: dict[str, Any]) -> dict[str, float]:
    """Precision and recall of one kind of loss in percent; 0 where nothing was flagged."""
    return {"precision_lost": 100 * (judged["P"] or 0), "recall_lost": 100 * (judged["R"] or 0)}


def left_out(bench: Path, language: str, meaning: bool) -> dict[str, Any]:
    """Precision and recall of sentences left out and moved, injected by the bench's script."""
    answers = []
    for seed in SEEDS:
        made = injected(bench, "en", language, seed)
        found = _paired(made.before.splitlines(), made.after.splitlines(), ["en", language], meaning)
        answer = {
            "omitted": [at for bead in found.beads if not bead.b for at in bead.a],
            "moved": [at for bead in found.beads if bead.moved for at in bead.a],
        }
        answers.append((made, answer))
    judged = scored(bench, answers)
    return {kind: {"P": judged[kind]["P"], "R": judged[kind]["R"]} for kind in ("omitted", "moved")}


def false_flags(bench: Path, language: str, meaning: bool) -> dict[str, Any]:
    """What is said to contradict in sentences that were soundly translated: each is (nearly always) false."""
    codes = ("en", language)
    left, right = (_text(path, code) for path, code in zip(sources(bench, *codes), codes, strict=True))
    found = [item for item in classify(align(left, right, meaning), left, right) if item.kind in JUDGED]
    return {"sentences": len(left.sentences), "flags": [f"{item.kind}: {item.message}" for item in found]}


def _text(path: Path, language: str) -> Account:
    lines = [line.split("\t")[-1] for line in path.read_text("utf-8").splitlines()]
    opened = open_bytes("account.txt", "\n\n".join(lines).encode())
    return Account(read_source(opened, language=language), whole=True)


def _paired(a: Sequence[str], b: Sequence[str], codes: Sequence[str], meaning: bool) -> Pairing:
    return pair(lines_as_passages(a, codes[0]), lines_as_passages(b, codes[1]), semantically=meaning)


if __name__ == "__main__":
    sys.exit(main())
