"""The measured tables in the README and in docs/evaluation.md: written from the floors, never by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from evals.bench import ROOT
from evals.floors import Floors, Pinned
from evals.rows import COLUMNS, ORDER
from evals.stages import STAGES

BEGIN, END = "<!-- measured by python -m evals --table -->", "<!-- end of measured -->"


class Line(NamedTuple):
    """One line of the README's table: what was measured, on what, and which columns of which floor say it."""

    what: str
    on: str
    place: tuple[str, str, str]
    """Stage, split and group."""
    columns: tuple[tuple[str, str], ...]
    """Columns of that row, each with the words for it."""


HEADLINE = (
    Line(
        "who speaks: beginnings of turns, words under the right label", "transcripts, 13 label conventions",
        ("structure", "dev", "macro"), (("f1", "F1"), ("char", "of characters")),
    ),
    Line(
        "the same, every line break lost", "8 conventions",
        ("structure", "dev-flat", "macro"), (("f1", "F1"), ("char", "of characters")),
    ),
    Line(
        "words given to a wrong speaker when the convention is unknown", "13 conventions, each taken away",
        ("leave_one_out", "dev", "macro"), (("wrong", "of characters"),),
    ),
    Line(
        "quotations, and with the right speaker", "English political news",
        ("quotes", "dev", "polnear-dev"), (("quote_f1", "F1"), ("quote_e2e", "with speaker")),
    ),
    Line(
        "quotations, and with the right speaker", "French news",
        ("quotes", "dev", "lemondea"), (("quote_f1", "F1"), ("quote_e2e", "with speaker")),
    ),
    Line(
        "direct quotations found", "German news",
        ("quotes", "dev", "dewikinews-dev"), (("quote_direct", "recall"),),
    ),
    Line(
        "the ledger: lines that are right, core lines found", "a press conference, French by machine",
        ("ledger", "dev", "founding document"), (("precision", "precision"), ("core", "of the core")),
    ),
    Line(
        "promises", "English political statements",
        ("ledger", "dev", "promised"), (("precision", "precision"), ("recall", "recall")),
    ),
    Line(
        "injected differences found, with their kind", "English sentences",
        ("collation", "dev", "injected_en"), (("diff_precision", "precision"), ("diff_recall", "recall")),
    ),
    Line(
        "sentences aligned across languages, without the extra", "a novel, English and French",
        ("alignment", "dev", "en-fr"), (("strict", "strict F1"), ("lax", "lax F1")),
    ),
    Line(
        "visible damage: flags that are right, damage that shows in the text alone found", "the same press conference",
        ("integrity", "dev", "seed, form"), (("flag_precision", "precision"), ("flag_recall", "recall")),
    ),
    Line(
        "flags on sound text, per 1,000 words", "French encyclopaedia and news",
        ("integrity", "dev", "clean_pud_fr"), (("false_flags", "flags"),),
    ),
    Line(
        "verdicts on quotations that are right", "1,044 made from transcripts, en fr de",
        ("quotecheck", "dev", "all"), (("recall", "of verdicts"),),
    ),
)  # fmt: skip


def headline(floors: Floors) -> str:
    """The README's table: one line a verb and language, in words."""
    if not floors.floors:
        return ""
    lines = ["| what | measured on | figure |", "|---|---|---|"]
    for line in HEADLINE:
        stage, split, group = line.place
        values = floors.floors[stage][split][group].values
        told = ", ".join(f"{values[column]:.1f} {words}" for column, words in line.columns)
        lines.append(f"| {line.what} | {line.on} | {told} |")
    return "\n".join(lines)


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


def filled(page: str, table: str, begin: str = BEGIN, end: str = END) -> str:
    """A page with the table between its two marks.

    >>> filled(f"a\\n{BEGIN}\\nold\\n{END}\\nb", "new") == f"a\\n{BEGIN}\\nnew\\n{END}\\nb"
    True
    """
    block = re.compile(f"{re.escape(begin)}\\n.*?{re.escape(end)}", re.DOTALL)
    if len(block.findall(page)) != 1:
        raise ValueError(f"the page must have one block between {begin} and {end}")
    return block.sub(lambda _: f"{begin}\n{table}\n{end}" if table else f"{begin}\n{end}", page)


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


def _head(first: str, columns: list[str] | tuple[str, ...]) -> list[str]:
    return [
        "| " + " | ".join([first, *(COLUMNS[name].title for name in columns)]) + " |",
        "|---|" + "---:|" * len(columns),
    ]


def _line(name: str, values: dict[str, float], columns: list[str] | tuple[str, ...]) -> str:
    cells = [f"{values[column]:.1f}" if column in values else "" for column in columns]
    return "| " + " | ".join([name, *cells]) + " |"
