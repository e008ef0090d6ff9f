"""One picture of all comparisons with others, drawn from the tables of docs/performance.md and nothing else.

A dot a comparison, on a logarithmic axis: how many times our processor time the other program takes for the same
input. Left of the line the other one is quicker. Plain SVG, because a picture of dots needs no library.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import NamedTuple


class Pair(NamedTuple):
    """What is compared: a table by its benchmark, and how the runs of ours and of the other begin.

    `holds` narrows where a table has several: both hold it in their name or their note.
    """

    task: str
    rival: str
    table: str
    ours: str
    theirs: str
    holds: str = ""


class Dot(NamedTuple):
    """One comparison that was measured: `times` is the other's processor time by ours."""

    task: str
    rival: str
    times: float


PAIRS = (
    Pair("read 1 MB of French, ledger and all", "spaCy parse", "speed", "onrecord read --json", "spaCy"),
    Pair("read 1 MB of English, ledger and all", "spaCy parse", "speed_english", "onrecord read --json", "spaCy"),
    Pair("read a 14 kB article", "import of spaCy", "start", "onrecord read", "python -c 'import spacy'"),
    Pair("quotations of English news", "textacy on spaCy", "quotations", "onrecord, en", "textacy", ", en"),
    Pair("quotations of French news", "textacy on spaCy", "quotations", "onrecord, fr", "textacy", ", fr"),
    Pair("compare 1,000 words", "CollateX", "collation", "onrecord", "collatex", " 1,000 tokens"),
    Pair("compare 1,000 words", "difflib", "collation", "onrecord", "difflib", " 1,000 tokens"),
    Pair("compare 1,000 words", "rapidfuzz", "collation", "onrecord", "rapidfuzz", " 1,000 tokens"),
    Pair("compare 19,000 words", "difflib", "collation", "onrecord", "difflib", " 19,000 tokens"),
    Pair("compare 19,000 words", "rapidfuzz", "collation", "onrecord", "rapidfuzz", " 19,000 tokens"),
    Pair("compare 80,000 words", "rapidfuzz", "collation", "onrecord", "rapidfuzz", " 80,000 tokens"),
    Pair("align 200 sentences", "Gale-Church", "alignment", "onrecord", "Gale-Church", "200 and"),
    Pair("align 800 sentences", "Gale-Church", "alignment", "onrecord", "Gale-Church", "800 and"),
    Pair("text of 60 pages of HTML", "trafilatura", "pages", "onrecord: text", "trafilatura"),
)  # fmt: skip

WIDTH, ROW, LEFT, RIGHT, TOP = 800, 24, 370, 70, 46
DECADES = (-2, 4)  # powers of ten at both ends of the axis
_ROW = re.compile(r"^\| ([^|\n]+) \|(?:[^|\n]*\|){3} ([\d.]+) \| ([^|\n]*) \|$", re.MULTILINE)
"""Run, ratio and note. The ratio is of exact times, of which the columns of seconds show two digits."""


def dots(tables: Mapping[str, str]) -> list[Dot]:
    """The comparisons whose two runs are in the tables, by benchmark.

    >>> table = "| onrecord read --json | 2.00 | 2 | 9 | 1.00 | x |\\n| spaCy sm | 30.00 | 3 | 9 | 15.00 | y |"
    >>> dots({"speed": table})
    [Dot(task='read 1 MB of French, ledger and all', rival='spaCy parse', times=15.0)]
    """
    found = []
    for pair in PAIRS:
        rows = _ROW.findall(tables.get(pair.table, ""))
        ours, theirs = (_ratio(rows, begins, pair.holds) for begins in (pair.ours, pair.theirs))
        if ours and theirs:
            found.append(Dot(pair.task, pair.rival, theirs / ours))
    return found


def _ratio(rows: Sequence[tuple[str, str, str]], begins: str, holds: str) -> float:
    """The ratio of the run that begins so and whose name or note holds that; 0 where there is none.

    A run named in full is meant before one that only begins alike.
    """
    fitting = [row for row in rows if row[0].startswith(begins) and holds in f" {row[0]} {row[2]}"]
    exact = [row for row in fitting if row[0] == begins]
    return float((exact or fitting)[0][1]) if fitting else 0.0


def table(found: Sequence[Dot]) -> str:
    """The picture as a table."""
    lines = ["| the same input | other program | times our processor time |", "|---|---|---:|"]
    lines += [f"| {dot.task} | {dot.rival} | {_times(dot.times)} |" for dot in found]
    return "\n".join(lines)


def svg(found: Sequence[Dot]) -> str:
    """The picture; the same figures give the same bytes."""
    height = TOP + ROW * len(found) + 16
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="t d">',
        '<title id="t">Processor time of other programs, in multiples of ours</title>',
        f'<desc id="d">{escape("; ".join(f"{dot.task}: {dot.rival} {_times(dot.times)}" for dot in found))}</desc>',
        "<style>text{font:13px Georgia,serif;fill:#222}.small{font-size:11px;fill:#666}"
        ".axis{stroke:#ddd}.one{stroke:#222}.stem{stroke:#9a3324;stroke-width:1.5}.dot{fill:#9a3324}"
        "@media(prefers-color-scheme:dark){text{fill:#ddd}.small{fill:#aaa}.axis{stroke:#444}.one{stroke:#ddd}"
        ".stem{stroke:#e08a7a}.dot{fill:#e08a7a}}</style>",
    ]
    for power in range(DECADES[0], DECADES[1] + 1):
        x, style = _x(10.0**power), "one" if power == 0 else "axis"
        parts.append(f'<line class="{style}" x1="{x}" x2="{x}" y1="{TOP - 12}" y2="{height - 12}"/>')
        said = "onrecord = 1" if power == 0 else f"{10.0**power:,g}"
        parts.append(f'<text class="small" x="{x}" y="{TOP - 18}" text-anchor="middle">{said}</text>')
    parts += [_row(dot, TOP + ROW * number + ROW // 2) for number, dot in enumerate(found)]
    return "\n".join([*parts, "</svg>", ""])


def _row(dot: Dot, y: int) -> str:
    x, one = _x(dot.times), _x(1.0)
    task = f'<text x="{LEFT - 52}" y="{y + 4}" text-anchor="end">{escape(f"{dot.task}: {dot.rival}")}</text>'
    stem = f'<line class="stem" x1="{one}" x2="{x}" y1="{y}" y2="{y}"/><circle class="dot" cx="{x}" cy="{y}" r="4"/>'
    side, at = ("start", x + 9) if dot.times >= 1 else ("end", x - 9)
    return f'{task}{stem}<text class="small" x="{at:g}" y="{y + 4}" text-anchor="{side}">{_times(dot.times)}</text>'


def _x(times: float) -> float:
    low, high = DECADES
    share = (math.log10(times) - low) / (high - low)
    return round(LEFT + (WIDTH - LEFT - RIGHT) * share, 1)


def _times(times: float) -> str:
    """Two digits that mean something.

    >>> [_times(times) for times in (1268.6, 41.6, 3.69, 0.034)]
    ['1,269×', '42×', '3.7×', '0.03×']
    """
    return f"{times:,.0f}×" if times >= 10 else f"{times:.1f}×" if times >= 0.1 else f"{times:.2f}×"
