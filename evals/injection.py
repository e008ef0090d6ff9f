"""Sentences with differences whose place and kind are known: the bench's script puts them in, its scorer judges."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from evals.bench import KEPT, load_module


class Injected(NamedTuple):
    """Two texts, one sentence a line, and what the scorer must know of their differences."""

    before: str
    after: str
    gold: dict[str, Any]


def sources(bench: Path, *languages: str) -> list[Path]:
    """The sentences of each language, line by line translations of one another."""
    return [bench / "collate" / "pud" / f"{language}.tsv" for language in languages]


def script(bench: Path) -> Path:
    """What puts the differences in."""
    return bench / "collate" / "make_edits.py"


def injected(bench: Path, first: str, second: str, seed: int) -> Injected:
    """Sentences of one language, and those of the same or another with differences; the seed decides which."""
    KEPT.mkdir(parents=True, exist_ok=True)
    out = KEPT / f"injected-{first}-{second}-{seed}"
    paths = [script(bench), *sources(bench, first, second), out]
    command = [sys.executable, *map(str, paths), "--seed", str(seed)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    before, after, gold = (
        Path(f"{out}.{end}").read_text("utf-8") for end in ("src.txt", "tgt.txt", "gold.json")
    )
    return Injected(before, after, json.loads(gold))


def scored(bench: Path, answers: Iterable[tuple[Injected, dict[str, list[int]]]]) -> dict[str, Any]:
    """What the bench's scorer says of each kind, over all texts, from the lines that were flagged with it."""
    pairs = [(made.gold, flagged) for made, flagged in answers]
    judged: dict[str, Any] = load_module(bench / "collate" / "score_flags.py").score(pairs)
    return judged
