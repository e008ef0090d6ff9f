"""Which printed labels were added and removed since a saved run: read this before believing a score."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import msgspec

from evals.bench import cases, on_every_core
from evals.prediction import printed, read
from onrecord.spans import Span

Labels = dict[str, list[tuple[int, int, str]]]
"""For each text, `SPLIT/NAME`: where labels stand and what they read."""


class Change(NamedTuple):
    """One label that only one of the two runs has."""

    text: str
    sign: str
    start: int
    label: str


def collect(bench: Path, split: str) -> Labels:
    """The labels found now in every text of the structure bench, broken lines and flat."""
    members = [case for part in (split, f"{split}-flat") for case in cases(bench / "structure" / part)]
    found = on_every_core(labels_of, [case.path for case in members])
    return {f"{case.path.parent.name}/{case.name}": spans for case, spans in zip(members, found, strict=True)}


def labels_of(path: Path) -> list[tuple[int, int, str]]:
    """The labels of one text in order; a change of speaker without a name is an empty one where it speaks."""
    record = read(path)
    text, found = record.sources[0].text, []
    for turn in record.turns:
        label = turn.label or Span(turn.span.start, turn.span.start)
        found.append((label.start, label.end, printed(text, label)))
    return found


def save(labels: Labels, path: Path) -> None:
    """Keep a run."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(labels, order="sorted"), indent=0))


def load(path: Path) -> Labels:
    """A run that was kept."""
    return msgspec.json.decode(path.read_bytes(), type=Labels)


def changes(before: Labels, after: Labels) -> list[Change]:
    """Labels added (`+`) and removed (`-`), by text and place.

    >>> print(render(changes({"dev/a": [(0, 3, "ANA"), (9, 12, "Bo:")]}, {"dev/a": [(9, 11, "Bo")]})))
    + dev/a        9  'Bo'
    - dev/a        0  'ANA'
    - dev/a        9  'Bo:'
    1 added, 2 removed
    """
    found = []
    for text in before.keys() | after.keys():
        old, new = set(before.get(text, ())), set(after.get(text, ()))
        found += [Change(text, "+", start, label) for start, _, label in new - old]
        found += [Change(text, "-", start, label) for start, _, label in old - new]
    return sorted(found)


def render(found: list[Change]) -> str:
    """The changes, one a line, and their number."""
    lines = [f"{change.sign} {change.text} {change.start:>8}  {change.label!r}" for change in found]
    added = sum(change.sign == "+" for change in found)
    return "\n".join([*lines, f"{added} added, {len(found) - added} removed"])
