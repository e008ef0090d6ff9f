"""Quotations: found at an overlap of 0.8, and with the right speaker, by the bench's own scorer. One row a set.

The speaker is compared as printed near the words (no set has gold for people). French precision is a lower bound:
its gold is annotated per verb and capped; docs/evaluation.md says more.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from evals.bench import KEPT, fingerprint, on_every_core, scorer
from evals.rows import Row, macro
from onrecord.statements.quotes import RawQuote, find_quotes

STAGE = "quotes"
MACRO = ("quote_precision", "quote_recall", "quote_f1", "quote_e2e")


def measure(bench: Path, split: str) -> list[Row]:
    """One row a set of texts, and their mean."""
    sets = sets_of(bench, split)
    if not sets:
        return []
    answers = KEPT / f"quotes-{split}"
    answers.mkdir(parents=True, exist_ok=True)
    on_every_core(_answer, [(gold, answers) for golds in sets.values() for gold in golds])
    rows = [row_of(bench, split, name, golds, answers) for name, golds in sets.items()]
    every = [path for golds in sets.values() for gold in golds for path in _files(gold)]
    return [*rows, macro(rows, MACRO, inputs=fingerprint(every))]


def sets_of(bench: Path, split: str) -> dict[str, list[Path]]:
    """The golds of each set of texts: a file's name begins with that of its set."""
    sets: dict[str, list[Path]] = {}
    for gold in sorted((bench / STAGE / split).glob("*.gold.json")):
        sets.setdefault(gold.name.split("__")[0], []).append(gold)
    return sets


def _answer(job: tuple[Path, Path]) -> None:
    """Write the quotations of one text in the bench's form; only the language is taken from the gold."""
    gold, folder = job
    text = _text(gold).read_bytes().decode("utf-8")
    found = find_quotes(text, json.loads(gold.read_text("utf-8"))["language"])
    name = gold.name.removesuffix(".gold.json")
    answer = {"quotes": [_plain(text, quote) for quote in found]}
    (folder / f"{name}.json").write_text(json.dumps(answer, ensure_ascii=False), "utf-8")


def _plain(text: str, quote: RawQuote) -> dict[str, Any]:
    return {
        "start": quote.segments[0][0],
        "end": quote.segments[-1][1],
        "segments": [list(segment) for segment in quote.segments],
        "speaker": text[slice(*quote.mention)] if quote.mention else None,
    }


def row_of(bench: Path, split: str, name: str, golds: list[Path], answers: Path) -> Row:
    measured, _, _ = scorer(bench, STAGE).evaluate([str(gold) for gold in golds], str(answers))
    precision, recall, f1 = measured["o80"]
    direct = measured["recall_by_type"].get("direct")
    values = {
        "cases": measured["docs"],
        "failed": measured["missing"],
        "quote_precision": precision,
        "quote_recall": recall,
        "quote_f1": f1,
        "quote_e2e": measured["end2end"][2],
        "quote_direct": direct[1] if direct else float("nan"),
    }
    inputs = fingerprint(path for gold in golds for path in _files(gold))
    return Row.of(STAGE, split, name, values, inputs)


def _files(gold: Path) -> list[Path]:
    return [gold, _text(gold)]


def _text(gold: Path) -> Path:
    return gold.with_name(gold.name.removesuffix(".gold.json") + ".txt")
