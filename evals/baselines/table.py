"""The table of docs/evaluation.md: this release beside baselines and rivals, a line for each group of texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from evals.baselines.result import Result, cited, measured
from evals.bench import ROOT
from evals.floors import Floors
from evals.rows import COLUMNS
from evals.stages import STAGES
from evals.table import filled

PAGE = ROOT / "docs" / "evaluation.md"
BEGIN, END = "<!-- measured by python -m evals.baselines --write -->", "<!-- end of baselines -->"
SHOWN = (
    "f1", "char", "quote_f1", "quote_e2e", "quote_direct", "diff_precision", "diff_recall", "strict", "lax",
    "precision_lost", "recall_lost", "kept", "flag_precision", "flag_recall", "false_flags", "passed", "ap",
)  # fmt: skip
"""Columns that tell methods apart; where a stage has no F1, its precision and recall as well."""
PARTS = ("precision", "recall")


def complete(floors: Floors) -> str:
    """The table of everything that was measured or is cited, beside the figures of this release."""
    return table([*measured(), *cited()], floors)


def table(results: Iterable[Result], floors: Floors) -> str:
    """One table for each stage and split; a group that nobody else was measured on is left out."""
    sections: dict[tuple[str, str], list[Result]] = {}
    for one in sorted(results, key=_place):
        sections.setdefault((one.stage, one.split), []).append(one)
    return "\n\n".join(
        "\n".join(_section(stage, split, members, floors)) for (stage, split), members in sections.items()
    )


def write(floors: Floors) -> list[Path]:
    """Put the complete table between its two marks; which pages changed."""
    before = PAGE.read_text("utf-8")
    after = filled(before, complete(floors), BEGIN, END)
    if after == before:
        return []
    PAGE.write_text(after, "utf-8")
    return [PAGE]


def _place(one: Result) -> tuple[int, str]:
    """By stage and split; systems stay in their order."""
    return STAGES.index(one.stage), one.split


def _section(stage: str, split: str, members: Sequence[Result], floors: Floors) -> Iterator[str]:
    systems = list(dict.fromkeys(one.system for one in members))
    yield f"**{stage}, {split}**"
    yield ""
    yield "| " + " | ".join(["group", "figures", "onrecord", *systems]) + " |"
    yield "|---|---|" + "---:|" * (len(systems) + 1)
    groups = sorted({one.group for one in members}, key=lambda group: (group in {"macro", "all"}, group))
    for group in groups:
        held = {one.system: one.values for one in members if one.group == group}
        pinned = floors.floors.get(stage, {}).get(split, {}).get(group)
        ours = pinned.values if pinned else {}
        columns = _columns(held.values())
        cells = [_cell(values, columns) for values in (ours, *(held.get(name, {}) for name in systems))]
        titles = " / ".join(COLUMNS[name].title for name in columns)
        yield "| " + " | ".join([group, titles, *cells]) + " |"


def _columns(values: Iterable[dict[str, float]]) -> list[str]:
    known = {name for one in values for name in one}
    shown = [name for name in SHOWN if name in known]
    return shown if "f1" in known else [name for name in PARTS if name in known] + shown


def _cell(values: dict[str, float], columns: Sequence[str]) -> str:
    if not any(name in values for name in columns):
        return ""
    return " / ".join(f"{values[name]:.1f}" if name in values else "–" for name in columns)
