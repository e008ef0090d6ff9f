"""The stages that are measured. A stage is one module here with `measure(bench, split) -> list[Row]`.

To add one: write the module, put its name into `STAGES`, run `python -m evals --update`.
`measure` returns no rows where the bench has no folder for it.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from evals.rows import Row

STAGES = (
    "structure",
    "leave_one_out",
    "seed",
    "quotes",
    "ledger",
    "collation",
    "alignment",
    "integrity",
    "quotecheck",
)


class Stage(Protocol):
    """What a module in this folder offers."""

    def measure(self, bench: Path, split: str) -> list[Row]:
        """What the program reaches on one split of the bench."""


def stage(name: str) -> Stage:
    """The stage of that name; `KeyError` lists the names there are."""
    if name not in STAGES:
        raise KeyError(f"no stage {name!r} (there are: {', '.join(STAGES)})")
    return cast(Stage, import_module(f"evals.stages.{name}"))
