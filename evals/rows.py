"""One measurement: a row of named columns, and what each column means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from math import isnan
from typing import Literal, NamedTuple


class Column(NamedTuple):
    """What a column measures. `better` says which way is up; without it there is no floor."""

    title: str
    meaning: str
    better: Literal["higher", "lower", None] = "higher"
    counts: bool = False


COLUMNS: Mapping[str, Column] = {
    "cases": Column("n", "texts measured", None, counts=True),
    "failed": Column("failed", "texts that could not be read: empty answers", "lower", counts=True),
    "gold": Column("gold", "turns in the gold", None, counts=True),
    "found": Column("found", "turns found", None, counts=True),
    "precision": Column("P", "turns found that begin where a gold turn begins (within 2 characters)"),
    "recall": Column("R", "gold turns whose beginning was found"),
    "f1": Column("F1", "harmonic mean of P and R"),
    "end": Column("end", "matched turns that also end in the right place"),
    "label": Column("label", "matched turns whose printed label has the right characters"),
    "e2e": Column("e2e", "gold turns found with the right label: a missed turn is wrong"),
    "char": Column("char", "spoken characters put under the right label: whose words went to whom"),
    "mark_f1": Column("mark", "F1 of the spans of what is printed but not spoken"),
    "mark_kind_f1": Column("+kind", "the same, with the right kind"),
    "heading_f1": Column("head", "F1 of the spans of headings"),
    "ap": Column("AP", "mean precision over what is to be found, in the order given (mean over documents)"),
    "core": Column("core", "items of the core of a ledger that were found"),
    "quote_precision": Column("Pq", "quoted segments found that a gold segment covers (overlap 0.8)"),
    "quote_recall": Column("Rq", "gold segments found (overlap 0.8)"),
    "quote_f1": Column("F1q", "harmonic mean of Pq and Rq"),
    "quote_e2e": Column("+who", "the same, where a segment counts only with the right speaker as printed"),
    "quote_direct": Column("direct", "gold segments in quotation marks that were found (overlap 0.8)"),
    "right": Column("right", "spoken characters under the right label"),
    "unknown": Column("unknown", "spoken characters that nobody is surely said to have spoken", None),
    "wrong": Column("wrong", "spoken characters under a wrong label, judged certain or likely", "lower"),
    "diff_precision": Column("Pd", "injected differences: what was flagged and is one, with its kind"),
    "diff_recall": Column("Rd", "injected differences that were flagged with their kind"),
    "strict": Column("strict", "F1 of beads of sentences that are exactly those of the human alignment"),
    "lax": Column("lax", "F1 of beads that share a sentence of both sides with one of the human alignment"),
    "precision_lost": Column("Pl", "sentences said to be left out or moved that are"),
    "recall_lost": Column("Rl", "sentences left out or moved that were said to be"),
    "kept": Column("kept", "equal words that the alignment keeps, of the longest common subsequence"),
    "flag_precision": Column("Pf", "flags that touch marked damage"),
    "flag_recall": Column("Rf", "marked damage that a flag touches"),
    "false_flags": Column("false", "flags per 1,000 words of sound text", "lower"),
    "passed": Column("passed", "100 when the check holds, 0 when it does not"),
}  # fmt: skip

ORDER = tuple(COLUMNS)


class Row(NamedTuple):
    """What one stage reached on one group of texts (a convention, a check, or `macro`, the mean over groups).

    `values` maps names in `COLUMNS` to percentages or counts; a value that does not exist here (no gold
    headings, say) is left out. `inputs` is a hash of the files that the row rests on.
    """

    stage: str
    split: str
    group: str
    values: dict[str, float]
    inputs: str = ""

    @classmethod
    def of(cls, stage: str, split: str, group: str, values: Mapping[str, float], inputs: str = "") -> Row:
        """A row without the values that are not numbers, the others rounded to two decimals."""
        known = {name: round(value, 2) for name, value in values.items() if not isnan(value)}
        return cls(stage, split, group, known, inputs)


def macro(rows: Iterable[Row], columns: Iterable[str], *, inputs: str = "") -> Row:
    """The mean over groups, so that a group with many texts counts no more than one with few."""
    rows = list(rows)
    means = {}
    for name in columns:
        known = [row.values[name] for row in rows if name in row.values]
        if known:
            means[name] = sum(known) / len(known)
    return Row.of(rows[0].stage, rows[0].split, "macro", means, inputs)


def render(rows: Iterable[Row]) -> str:
    """Rows as tables for a terminal, one table for each stage and split.

    >>> print(render([Row("seed", "seed", "four turns", {"passed": 100.0})]))
    seed · seed     passed
    four turns       100.0
    """
    tables = []
    for (stage, split), members in groupby(rows, key=lambda row: (row.stage, row.split)):
        tables.append("\n".join(_table(f"{stage} · {split}", list(members))))
    return "\n\n".join(tables)


def _table(title: str, rows: list[Row]) -> Iterable[str]:
    columns = [name for name in ORDER if any(name in row.values for row in rows)]
    left = max(len(title), *(len(row.group) for row in rows)) + 4
    yield title.ljust(left) + " ".join(COLUMNS[name].title.rjust(7) for name in columns)
    for row in rows:
        yield row.group.ljust(left) + " ".join(_cell(row.values.get(name), name) for name in columns)


def _cell(value: float | None, name: str) -> str:
    if value is None:
        return "-".rjust(7)
    return (f"{value:.0f}" if COLUMNS[name].counts else f"{value:.1f}").rjust(7)
