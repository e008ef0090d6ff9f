"""The ledger by lists of words: a sentence is positive when it holds one of them, at a word's beginning and end.

The lists stand in `words.toml`, written from the names of the kinds and a thesaurus, without a look at any row.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from evals.baselines.result import Result, result
from evals.stages.ledger import DOUBT, KINDS, STAGE, row_of_file

SPLIT = "dev"
SYSTEM = "list of words"
LISTS: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))


def measure(bench: Path, peer: Path | None) -> Iterator[Result]:
    """A result for each kind of act, and for negation and doubt."""
    folder = bench / STAGE
    if not (folder / "score_bench.py").is_file():
        return
    for group, (name, label, _) in {**KINDS, **DOUBT}.items():
        row = row_of_file(folder, SPLIT, group, name, label, finder(LISTS[group]))
        yield result(STAGE, SPLIT, group, SYSTEM, row.values)


def finder(words: list[str]) -> Callable[[dict[str, Any]], bool]:
    """Whether the text of a row holds one of the words, in any case.

    >>> [finder(["will", "going to"])({"text": text}) for text in ("We WILL come.", "At will?", "Goodwill.")]
    [True, True, False]
    """
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)
    return lambda row: pattern.search(row["text"]) is not None
