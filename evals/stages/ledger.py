"""The ledger: kinds of acts, claims, negation and doubt, contradictions, and the founding document's own ledger.

Each group is one file of `BENCH/ledger`, scored by the scorer that lies beside it. A sentence is positive when one
of its statements has a kind that stands for the bench's label; nothing here is fitted to a row.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from evals.bench import fingerprint
from evals.rows import Row, macro

STAGE = "ledger"
Rows = list[dict[str, Any]]
Prediction = dict[str, Any]

KINDS: Mapping[str, tuple[str, str, frozenset[str]]] = {
    "promised": ("speechacts_au", "Commissive", frozenset({"promised", "next_step", "expected"})),
    "agreed": ("events_plover", "AGREE", frozenset({"agreed", "promised", "next_step"})),
    "demanded": ("events_plover", "DEMAND", frozenset({"demanded"})),
    "refused": ("events_plover", "REJECT", frozenset({"refused"})),
    "warned": ("events_plover", "THREATEN", frozenset({"warned"})),
    "accused": ("events_plover", "DISAPPROVE", frozenset({"accused"})),
}
"""Group: file, label, and our kinds for it. A bench's commitments hold outcomes too, and its agreements pledges."""

DOUBT: Mapping[str, tuple[str, str, frozenset[str]]] = {
    "negation (stories)": ("negation_cdsco", "1", frozenset({"negation", "affixal"})),
    "negation (reviews)": ("negspec_sfu", "negation", frozenset({"negation"})),
    "speculation (reviews)": (
        "negspec_sfu",
        "speculation",
        frozenset({"hedge", "modal", "condition", "alternative"}),
    ),
    "vagueness (encyclopaedia)": ("uncertainty_wiki", "1", frozenset({"hedge", "vague"})),
}


def measure(bench: Path, split: str) -> list[Row]:
    """A row for each file, and the mean over them; none where the bench has no ledger of that split."""
    folder = bench / "ledger" / split if split != "dev" else bench / "ledger"
    if not (folder / "score_bench.py").is_file():
        return []
    rows = [
        *(_acts(folder, split, group) for group in KINDS),
        _documents(folder, split),
        *(_doubt(folder, split, group) for group in DOUBT),
        _claims(folder, split, "claims (sentences)", "checkworthy_claimbuster"),
        _claims(folder, split, "claims (debates)", "checkworthy_clef2020"),
        _contradictions(folder, split),
        *_seed(folder, split, bench.parent / "seed" / "alaska-2025.fr-mt.txt"),
    ]
    return [*rows, macro(rows, ("precision", "recall", "f1"))]


def _acts(folder: Path, split: str, group: str) -> Row:
    from onrecord.statements.acts import acts

    name, label, kinds = KINDS[group]
    return row_of_file(
        folder,
        split,
        group,
        name,
        label,
        lambda row: any(act.kind in kinds for act in acts(row["text"], "en")),
    )


def _documents(folder: Path, split: str) -> Row:
    """Promises again, each document read as a whole: a list's item is known by the lines above it."""
    from onrecord.model import Block
    from onrecord.spans import Text
    from onrecord.statements.ledger import find_statements

    name, label, kinds = KINDS["promised"]
    documents: dict[str, list[dict[str, Any]]] = {}
    for row in _read(folder, name):
        documents.setdefault(row["doc"], []).append(row)
    positive: set[int] = set()
    for rows in documents.values():
        text = Text("\n".join(row["text"] for row in rows))
        frame = Block("s1", text.span(0, len(text)), text.characters, "frame")
        found = [one.span for one in find_statements(text, "en", [], [frame]) if one.kind in kinds]
        at = 0
        for row in rows:
            line = text.span(at, at + len(row["text"]))
            positive |= {id(row)} if any(span.meets(line) for span in found) else set()
            at = line.end + 1
    ordered = [row for rows in documents.values() for row in rows]
    return _row_of(
        folder, split, "promised (documents)", name, label, ordered, lambda row: id(row) in positive
    )


def _doubt(folder: Path, split: str, group: str) -> Row:
    from onrecord.statements.firmness import cues

    name, label, kinds = DOUBT[group]

    def found(row: dict[str, Any]) -> bool:
        # The corpora print "do n't" and a control character for the apostrophe; no reader sees such text.
        text = row["text"].replace("\x92", "'").replace(" n't", "n't").replace(" n'", "n'")
        return any(cue.kind in kinds for cue in cues(text, "en"))

    return row_of_file(folder, split, group, name, label, found)


def _contradictions(folder: Path, split: str) -> Row:
    from onrecord.statements.opposition import opposed

    return row_of_file(
        folder,
        split,
        "contradictions (French)",
        "contradiction_daccord_fr",
        "1",
        lambda row: bool(opposed(row["text"], row["text2"], "fr")),
    )


def _claims(folder: Path, split: str, group: str, name: str) -> Row:
    """Average precision; where the rows have documents, its mean over them."""
    from onrecord.statements.claims import worth

    rows = _read(folder, name)
    predictions = [{"label": "0", "score": worth(row["text"], "en").score} for row in rows]
    documents = any(row.get("doc") for row in rows)
    scores = _scorer(folder, "score_bench").score(rows, predictions, "1", documents)
    return Row.of(
        STAGE,
        split,
        group,
        {"cases": len(rows), "ap": 100 * scores["MAP" if documents else "AP"]},
        _print(folder, name),
    )


def row_of_file(
    folder: Path, split: str, group: str, name: str, label: str, positive: Callable[[dict[str, Any]], bool]
) -> Row:
    """Precision and recall where a row of a file is positive when `positive` says so."""
    return _row_of(folder, split, group, name, label, _read(folder, name), positive)


def _row_of(
    folder: Path,
    split: str,
    group: str,
    name: str,
    label: str,
    rows: Rows,
    positive: Callable[[dict[str, Any]], bool],
) -> Row:
    predictions = [{"label": label if positive(row) else "no"} for row in rows]
    scores = _scorer(folder, "score_bench").score(rows, predictions, label)
    values = {"cases": len(rows), "precision": scores["P"], "recall": scores["R"], "f1": scores["F1"]}
    return Row.of(STAGE, split, group, _percent(values), _print(folder, name))


def _seed(folder: Path, split: str, path: Path) -> Iterable[Row]:
    """The ledger of the founding document, strict: the right kind in the right place."""
    gold_path = folder / "seed.dev.gold.json"
    if not (path.is_file() and gold_path.is_file()):
        return []
    from evals.prediction import read

    record = read(path, ledger=True)
    gold = json.loads(gold_path.read_text("utf-8"))
    first, last = gold["range"]
    predictions = [
        {"start": one.span.start, "end": one.span.end, "kind": one.kind, "firmness": one.firmness}
        for one in record.statements
        if first <= one.span.start < last
    ]
    scores = _scorer(folder, "score_seed").score(gold["items"], predictions)
    strict = scores["strict"]
    values = {
        "cases": len(gold["items"]),
        "precision": strict["P"],
        "recall": strict["R"],
        "f1": strict["F1"],
        "core": scores["core_recall_lenient"],
    }
    return [Row.of(STAGE, split, "founding document", _percent(values), fingerprint([path, gold_path]))]


def _percent(values: Mapping[str, float]) -> dict[str, float]:
    return {name: value if name == "cases" else 100 * value for name, value in values.items()}


def _read(folder: Path, name: str) -> Rows:
    lines = (folder / f"{name}.jsonl").read_text("utf-8").split("\n")  # other line ends stand inside the rows
    rows: Rows = [json.loads(line) for line in lines if line.strip()]
    return [{**row, "label": str(row["label"])} for row in rows]


def _print(folder: Path, name: str) -> str:
    return fingerprint([folder / f"{name}.jsonl"])


def _scorer(folder: Path, name: str) -> ModuleType:
    """The bench's own scorer."""
    spec = importlib.util.spec_from_file_location(f"bench_ledger_{name}", folder / f"{name}.py")
    if spec is None or spec.loader is None:
        raise ImportError(f"{folder / name}.py cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
