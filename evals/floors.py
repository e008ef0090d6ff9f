"""The ratchet: what was once reached is not lost silently.

`floors.json` keeps the best value ever of each (stage, split, group, column). A measurement below its floor
is a fall, and a fall fails. `raised` lifts floors and never lowers one; `lowered` does, and writes the reason
down.
"""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import NamedTuple

import msgspec

from evals.rows import COLUMNS, Row

PATH = Path(__file__).with_name("floors.json")

EPSILON = 0.005
"""Percentage points below a floor that are no fall. The program is deterministic, so nothing needs a margin
but rounding: rows keep two decimals, and half of the last one is all that can differ. One turn more or less
in the largest convention of the bench (some 2,000 turns) moves a value by 0.05: ten times as much."""


class Pinned(msgspec.Struct, omit_defaults=True):
    """The floors of one group of texts, and a hash of the files they were measured on."""

    inputs: str
    values: dict[str, float]


class Regression(msgspec.Struct):
    """Floors that somebody lowered, and why."""

    reason: str
    falls: list[str]


Key = tuple[str, str, str]


class Floors(msgspec.Struct):
    """All floors: stage, then split, then group; and every regression that was allowed."""

    epsilon: float = EPSILON
    floors: dict[str, dict[str, dict[str, Pinned]]] = {}
    regressions: list[Regression] = []

    def pinned(self, row: Row) -> Pinned | None:
        """The floors of a row, None when it is new."""
        return self.floors.get(row.stage, {}).get(row.split, {}).get(row.group)

    def groups(self) -> list[Key]:
        """Every (stage, split, group) that has floors."""
        return [
            (stage, split, group)
            for stage, splits in self.floors.items()
            for split, groups in splits.items()
            for group in groups
        ]


class Fall(NamedTuple):
    """A value worse than its floor; `value` is None when it was not measured any more."""

    row: Row
    column: str
    floor: float
    value: float | None
    moved: bool
    """The files under it changed since the floor was set."""

    def __str__(self) -> str:
        now = "not measured" if self.value is None else f"{self.value:.2f}"
        note = "  (its texts changed)" if self.moved else ""
        name = f"{self.row.stage} · {self.row.split} · {self.row.group} · {COLUMNS[self.column].title}"
        return f"{name}: {self.floor:.2f} -> {now}{note}"


def load(path: Path = PATH) -> Floors:
    """The floors of the repository; none yet where the file is missing."""
    return msgspec.json.decode(path.read_bytes(), type=Floors) if path.is_file() else Floors()


def save(floors: Floors, path: Path = PATH) -> None:
    """Write the floors, sorted, so that a change reads as a change."""
    plain = msgspec.json.encode(floors, order="sorted")
    path.write_bytes(msgspec.json.format(plain, indent=1) + b"\n")


def falls(floors: Floors, rows: list[Row]) -> list[Fall]:
    """Every value below its floor, in the order of the rows; last, groups that vanished from a split."""
    found = []
    for row in rows:
        pinned = floors.pinned(row)
        if pinned is None:
            continue
        for column, floor in pinned.values.items():
            value = row.values.get(column)
            if value is None or worse(column, value, floor):
                found.append(Fall(row, column, floor, value, pinned.inputs != row.inputs))
    return found + _vanished(floors, rows)


def raised(floors: Floors, rows: list[Row]) -> Floors:
    """Floors lifted to what was measured; what is below its floor keeps it."""
    return _moved(floors, rows, keep=True)


def lowered(floors: Floors, rows: list[Row], reason: str) -> Floors:
    """Floors set to what was measured, up or down, with the reason for each fall on file."""
    found = falls(floors, rows)
    moved = _moved(floors, rows, keep=False)
    for fall in found:
        row = fall.row
        if fall.value is None:
            groups = moved.floors[row.stage][row.split]
            groups[row.group].values.pop(fall.column, None)
            if not groups[row.group].values:
                del groups[row.group]
    log = [Regression(reason, [str(fall) for fall in found])] if found else []
    return Floors(EPSILON, moved.floors, [*floors.regressions, *log])


def worse(column: str, value: float, floor: float) -> bool:
    """Whether a value is on the wrong side of its floor by more than rounding."""
    gap = value - floor if COLUMNS[column].better == "lower" else floor - value
    return gap > EPSILON


def _moved(floors: Floors, rows: list[Row], *, keep: bool) -> Floors:
    tree = deepcopy(floors.floors)
    for row in rows:
        before = floors.pinned(row)
        values = dict(before.values) if before else {}
        for column, value in row.values.items():
            held = values.get(column)
            if COLUMNS[column].better and (held is None or not keep or not worse(column, value, held)):
                values[column] = value
        tree.setdefault(row.stage, {}).setdefault(row.split, {})[row.group] = Pinned(row.inputs, values)
    return Floors(EPSILON, tree, floors.regressions)


def _vanished(floors: Floors, rows: list[Row]) -> list[Fall]:
    measured = {(row.stage, row.split, row.group) for row in rows}
    splits = {(row.stage, row.split) for row in rows}
    found = []
    for stage, split, group in floors.groups():
        if (stage, split) in splits and (stage, split, group) not in measured:
            pinned = floors.floors[stage][split][group]
            gone = Row(stage, split, group, {}, "")
            found += [Fall(gone, column, floor, None, True) for column, floor in pinned.values.items()]
    return found
