"""One measured line, and lines as a table."""

from __future__ import annotations

from typing import NamedTuple

from benchmarks.cost import Cost


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
