"""The measured tables in the README and in docs/evaluation.md: written from the floors, never by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from evals.bench import ROOT
from evals.floors import Floors, Pinned
from evals.rows import COLUMNS, ORDER
from evals.stages import STAGES

BEGIN, END = "<!-- measured by python -m evals --table -->", "<!-- end of measured -->"
PREVIEW = frozenset({"quotes", "ledger"})  # only with --ledger; docs/evaluation.md has them all
HEADLINE = ("f1", "e2e", "char", "right", "wrong", "passed")


def headline(floors: Floors) -> str:
    """The README's table: the mean over groups of each stage that every reading runs."""
    lines = _head("measured on", HEADLINE)
    for stage, split, groups in _splits(floors):
        if stage not in PREVIEW and (pinned := groups.get("macro")):
            lines.append(_line(_name(stage, split, len(groups) - 1), pinned.values, HEADLINE))
    return "\n".join(lines) if floors.floors else ""


def complete(floors: Floors) -> str:
    """The table of docs/evaluation.md: every group of every stage, the means last."""
    tables = []
    for stage, split, groups in _splits(floors):
        columns = [name for name in ORDER if any(name in pinned.values for pinned in groups.values())]
        lines = [f"**{stage}, {split}**", "", *_head("group", columns)]
        named = sorted(groups.items(), key=lambda item: (item[0] == "macro", item[0]))
        lines += [_line(group, pinned.values, columns) for group, pinned in named]
        tables.append("\n".join(lines))
    return "\n\n".join(tables)


def _splits(floors: Floors) -> Iterator[tuple[str, str, dict[str, Pinned]]]:
    """Stage, split and floors, in the order of the stages."""
    for stage in STAGES:
        for split, groups in sorted(floors.floors.get(stage, {}).items()):
            yield stage, split, groups


PAGES = {ROOT / "README.md": headline, ROOT / "docs" / "evaluation.md": complete}


def filled(page: str, table: str) -> str:
    """A page with the table between its two marks.

    >>> filled(f"a\\n{BEGIN}\\nold\\n{END}\\nb", "new") == f"a\\n{BEGIN}\\nnew\\n{END}\\nb"
    True
    """
    block = re.compile(f"{re.escape(BEGIN)}\\n.*?{re.escape(END)}", re.DOTALL)
    if len(block.findall(page)) != 1:
        raise ValueError(f"the page must have one block between {BEGIN} and {END}")
    return block.sub(lambda _: f"{BEGIN}\n{table}\n{END}" if table else f"{BEGIN}\n{END}", page)


def write(floors: Floors) -> list[Path]:
    """Write the tables into their pages; which pages changed."""
    changed = []
    for path, table in PAGES.items():
        before = path.read_text("utf-8")
        after = filled(before, table(floors))
        if after != before:
            path.write_text(after, "utf-8")
            changed.append(path)
    return changed


def _name(stage: str, split: str, size: int) -> str:
    what = {
        "structure": f"turns and labels, {size} conventions",
        "leave_one_out": "the same, with the grammar taken away",
        "seed": f"the founding document, {size} checks",
    }.get(stage, stage)
    return what + (", line breaks lost" if split.endswith("-flat") else "")


def _head(first: str, columns: list[str] | tuple[str, ...]) -> list[str]:
    return [
        "| " + " | ".join([first, *(COLUMNS[name].title for name in columns)]) + " |",
        "|---|" + "---:|" * len(columns),
    ]


def _line(name: str, values: dict[str, float], columns: list[str] | tuple[str, ...]) -> str:
    cells = [f"{values[column]:.1f}" if column in values else "" for column in columns]
    return "| " + " | ".join([name, *cells]) + " |"
