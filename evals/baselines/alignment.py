"""Sentences of two languages aligned by their lengths: Gale and Church (1993), as NLTK implements it.

It gets the sentences and nothing else, as one paragraph; it can leave a sentence out, and cannot see that one moved.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from evals.alignment import (
    ALIGNED,
    LANGUAGES,
    SEEDS,
    Bead,
    agreement,
    agreement_values,
    lost_values,
    sentences,
)
from evals.baselines.peer import NoPeer, ask
from evals.baselines.result import Result, result
from evals.injection import injected, scored
from evals.stages.alignment import STAGE

SPLIT = "dev"
SYSTEM = "Gale-Church (NLTK 3.10)"
ASK_NLTK = """
import json, sys
from nltk.translate.gale_church import align_blocks
print(json.dumps([align_blocks(a, b) for a, b in json.load(sys.stdin)]))
"""


def measure(bench: Path, peer: Path | None) -> Iterator[Result]:
    """Results for the human alignments, and for sentences left out; by the bench's own scorers."""
    if not (bench / "collate").is_dir():
        return
    try:
        yield from _aligned(bench, peer)
        for language in LANGUAGES:
            yield _left_out(bench, language, peer)
    except NoPeer as error:
        print(f"{SYSTEM} was not asked: {error}", file=sys.stderr)


def _aligned(bench: Path, peer: Path | None) -> Iterator[Result]:
    for name in ALIGNED:
        found = beads([sentences(bench, name)], peer)[0]
        yield result(STAGE, SPLIT, name, SYSTEM, agreement_values(agreement(bench, name, found)))


def _left_out(bench: Path, language: str, peer: Path | None) -> Result:
    """Sentences that it leaves without a partner, with the seeds of the stage."""
    made = [injected(bench, "en", language, seed) for seed in SEEDS]
    texts = [(one.before.splitlines(), one.after.splitlines()) for one in made]
    answers = [
        {"omitted": [at for one, other in found if not other for at in one], "moved": []}
        for found in beads(texts, peer)
    ]
    judged = scored(bench, zip(made, answers, strict=True))["omitted"]
    return result(STAGE, SPLIT, f"en-{language}, omitted", SYSTEM, lost_values(judged))


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
    held: list[Bead] = [(tuple(sorted(a)), tuple(sorted(b))) for a, b in found]
    left = {at for one, _ in held for at in one}
    right = {at for _, other in held for at in other}
    held += [((at,), ()) for at in range(first) if at not in left]
    return held + [((), (at,)) for at in range(second) if at not in right]
