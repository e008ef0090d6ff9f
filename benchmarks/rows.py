"""One measured line, and lines as a table."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from benchmarks.cost import Cost, middle


class Row(NamedTuple):
    """What was run, what it cost, and how that compares: `ratio` is this cost to the first row's."""

    what: str
    cost: Cost
    ratio: float | None = None
    note: str = ""


def compared(rows: list[Row]) -> list[Row]:
    """Rows with the ratio of their processor time to that of the first."""
    base = rows[0].cost.cpu
    return [row._replace(ratio=row.cost.cpu / base) for row in rows]


def in_turns(held: Mapping[str, Sequence[Cost]]) -> list[Row]:
    """Rows of what was run in rounds, each against the first.

    A ratio is the median of those of the rounds: machines drift, and two runs beside each other drift alike.

    >>> ours, theirs = [Cost(1.0, 1.0, 9.0), Cost(2.0, 2.0, 9.0)], [Cost(4.0, 4.0, 9.0), Cost(9.0, 9.0, 9.0)]
    >>> [(row.what, row.cost.cpu, row.ratio) for row in in_turns({"ours": ours, "theirs": theirs})]
    [('ours', 1.5, 1.0), ('theirs', 6.5, 4.25)]
    """
    base = next(iter(held.values()))
    return [Row(what, middle(costs), times(base, costs)) for what, costs in held.items()]


def times(base: Sequence[Cost], costs: Sequence[Cost]) -> float:
    """How many times the processor time of the one the other takes: the median of the rounds."""
    return statistics.median(one.cpu / ours.cpu for ours, one in zip(base, costs, strict=True))


def markdown(title: str, rows: list[Row]) -> str:
    """A table that reads well on a terminal and in a page.

    >>> print(markdown("Start", compared([Row("python", Cost(0.02, 0.03, 9.0))])))
    ### Start
    <BLANKLINE>
    | run | cpu s | elapsed s | peak MB | ratio | note |
    |---|---:|---:|---:|---:|---|
    | python | 0.02 | 0.03 | 9 | 1.00 |  |
    """
    lines = [f"### {title}", "", "| run | cpu s | elapsed s | peak MB | ratio | note |"]
    lines.append("|---|---:|---:|---:|---:|---|")
    for row in rows:
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        numbers = f"{row.cost.cpu:.2f} | {row.cost.elapsed:.2f} | {row.cost.peak:.0f}"
        lines.append(f"| {row.what} | {numbers} | {ratio} | {row.note} |")
    return "\n".join(lines)
