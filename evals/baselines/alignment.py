"""Sentences of two languages aligned by their lengths: Gale and Church (1993), as NLTK implements it.

It gets the sentences and nothing else, as one paragraph; it can leave a sentence out, and cannot see that one moved.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from evals.alignment import ALIGNED, KEPT, SEEDS
from evals.baselines.peer import NoPeer, ask
from evals.baselines.result import Result, result
from evals.bench import load_module

STAGE, SPLIT = "alignment", "dev"
SYSTEM = "Gale-Church (NLTK 3.10)"
ASK_NLTK = """
import json, sys
from nltk.translate.gale_church import align_blocks
print(json.dumps([align_blocks(a, b) for a, b in json.load(sys.stdin)]))
"""

Bead = tuple[tuple[int, ...], tuple[int, ...]]


def measure(bench: Path, peer: Path | None) -> Iterator[Result]:
    """Results for the human alignments, and for sentences left out; by the bench's own scorers."""
    folder = bench / "collate"
    if not folder.is_dir():
        return
    try:
        yield from _aligned(folder, peer)
        for language in ("fr", "ru"):
            yield _left_out(folder, language, peer)
    except NoPeer as error:
        print(f"{SYSTEM} was not asked: {error}", file=sys.stderr)


def _aligned(folder: Path, peer: Path | None) -> Iterator[Result]:
    scorer = load_module(folder / "score_align.py")
    for name, (a, b, gold) in ALIGNED.items():
        left, right = ((folder / file).read_text("utf-8").splitlines() for file in (a, b))
        found = beads([(left, right)], peer)[0]
        scores = scorer.score([(scorer.read(folder / gold), found)])
        values = {"strict": 100 * scores["strict"]["F1"], "lax": 100 * scores["lax"]["F1"]}
        yield result(STAGE, SPLIT, name, SYSTEM, values)


def _left_out(folder: Path, language: str, peer: Path | None) -> Result:
    """Sentences that it leaves without a partner, with the seeds of the stage."""
    KEPT.mkdir(parents=True, exist_ok=True)
    texts, golds = [], []
    for seed in SEEDS:
        out = KEPT / f"alignment-{language}-{seed}"
        files = [folder / "make_edits.py", folder / "pud" / "en.tsv", folder / "pud" / f"{language}.tsv", out]
        command = [sys.executable, *map(str, files), "--seed", str(seed)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        a, b = (Path(f"{out}.{end}.txt").read_text("utf-8").splitlines() for end in ("src", "tgt"))
        texts.append((a, b))
        golds.append(json.loads(Path(f"{out}.gold.json").read_text("utf-8")))
    answers = [
        {"omitted": [at for one, other in found if not other for at in one], "moved": []}
        for found in beads(texts, peer)
    ]
    scored = load_module(folder / "score_flags.py").score(list(zip(golds, answers, strict=True)))["omitted"]
    values = {"precision_lost": 100 * (scored["P"] or 0), "recall_lost": 100 * (scored["R"] or 0)}
    return result(STAGE, SPLIT, f"en-{language}, omitted", SYSTEM, values)


def beads(texts: Sequence[tuple[Sequence[str], Sequence[str]]], peer: Path | None) -> list[list[Bead]]:
    """The beads of each pair of texts; what has no partner is a bead with an empty side."""
    lengths = [[[len(line) for line in side] for side in pair] for pair in texts]
    links = ask(peer, ASK_NLTK, lengths)
    return [joined(found, len(a), len(b)) for found, (a, b) in zip(links, texts, strict=True)]


def joined(links: Sequence[Sequence[int]], first: int, second: int) -> list[Bead]:
    """Links of single sentences as beads, in order: those that share a sentence are one.

    >>> joined([(0, 0), (1, 1), (1, 2)], 3, 3)
    [((0,), (0,)), ((1,), (1, 2)), ((2,), ())]
    """
    found: list[tuple[set[int], set[int]]] = []
    for a, b in sorted((one[0], one[1]) for one in links):
        if found and (a in found[-1][0] or b in found[-1][1]):
            found[-1][0].add(a)
            found[-1][1].add(b)
        else:
            found.append(({a}, {b}))
    held = [(tuple(sorted(a)), tuple(sorted(b))) for a, b in found]
    left = {at for one, _ in held for at in one}
    right = {at for _, other in held for at in other}
    held += [((at,), ()) for at in range(first) if at not in left]
    return held + [((), (at,)) for at in range(second) if at not in right]
