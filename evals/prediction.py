"""What the structure bench wants to know of a record: turns with their printed labels, and marks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from onrecord.model import Record
from onrecord.spans import Span

# The bench has no gold for these kinds and asks to leave them out. Some of its golds count "(inaudible)" as a
# stage direction; those few marks are missed on purpose rather than reported as something they are not.
NO_GOLD = frozenset({"sic", "insertion", "inaudible"})

Prediction = dict[str, list[dict[str, Any]]]


def read(path: Path, without: frozenset[str] = frozenset(), ledger: bool = False) -> Record:
    """The record of one file, as `onrecord read` makes it, without the label conventions named."""
    from onrecord.record import read_source
    from onrecord.sources import open_path

    return read_source(open_path(str(path)), ledger=ledger, without=without)


def predict(record: Record) -> Prediction:
    """Turns and marks of the first source, in the bench's form."""
    source = record.sources[0]
    turns = [
        {"speaker": printed(source.text, turn.label), "start": turn.span.start, "end": turn.span.end}
        for turn in record.turns
        if turn.source == source.id
    ]
    marks = [_mark(mark.span, mark.kind) for mark in record.marks if mark.kind not in NO_GOLD]
    marks += [_mark(block.span, "heading") for block in record.blocks if block.kind == "heading"]
    return {"turns": turns, "marks": marks}


def printed(text: str, label: Span | None) -> str:
    """The label as it stands in the text; empty where a turn has none."""
    return "" if label is None else text[label.start : label.end]


def write(prediction: Prediction, path: Path) -> None:
    """Keep a prediction, so that the bench's scorer can be run on it by hand."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(prediction, ensure_ascii=False), "utf-8")


def _mark(span: Span, kind: str) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "kind": kind}
