"""One figure of somebody else: which system, on what, and how good; and all of them in one file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from math import isnan
from pathlib import Path

import msgspec

from evals.rows import COLUMNS

MEASURED = Path(__file__).with_name("measured.json")
CITED = Path(__file__).with_name("cited.toml")


class Result(msgspec.Struct, frozen=True):
    """`values` maps columns of `evals.rows.COLUMNS` to percentages, for one group of one stage and split."""

    stage: str
    split: str
    group: str
    system: str
    values: dict[str, float]


def result(stage: str, split: str, group: str, system: str, values: Mapping[str, float]) -> Result:
    """A result without counts and values that are not numbers, the others rounded to one decimal.

    >>> result("quotes", "dev", "a", "marks", {"f1": 12.34, "end": float("nan"), "cases": 7}).values
    {'f1': 12.3}
    """
    known = {
        name: round(value, 1) for name, value in values.items() if not (isnan(value) or COLUMNS[name].counts)
    }
    return Result(stage, split, group, system, known)


def measured() -> list[Result]:
    """What was measured last; nothing where nobody has measured."""
    return msgspec.json.decode(MEASURED.read_bytes(), type=list[Result]) if MEASURED.is_file() else []


def cited() -> list[Result]:
    """Figures that others published or that were measured once, outside of this project."""
    return msgspec.convert(tomllib.loads(CITED.read_text("utf-8"))["result"], list[Result])


def keep(fresh: Iterable[Result]) -> None:
    """Write the fresh results over those of the same stage and system; what was not measured now stays."""
    fresh = list(fresh)
    again = {(one.stage, one.system) for one in fresh}
    kept = [one for one in measured() if (one.stage, one.system) not in again]
    every = sorted([*kept, *fresh], key=lambda one: (one.stage, one.split, one.group, one.system))
    MEASURED.write_bytes(msgspec.json.format(msgspec.json.encode(every), indent=1) + b"\n")
