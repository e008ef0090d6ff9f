"""Labels that are misprints of other labels: "KERIRK" beside "KERIK", once "Angela Markel" for Angela Merkel.

A label is taken for a misprint when it is rare, one letter away from a label at least three times as
frequent, and nothing says that two people are meant: they do not speak in turn with each other, and the
roster does not know them as two. The search goes through words with one letter left out, so it is linear in
the labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from onrecord.people.names import SHORTEST_TYPO, fold, one_edit, shortened
from onrecord.people.roster import roster

MOST_LABELS = (
    5000  # beyond this many different names the search stops paying: nearly all are names of their own
)
RATIO = 3


class Counted(NamedTuple):
    """A printed name with its frequency and the turns it labels."""

    name: str
    count: int  # type: ignore[assignment]
    turns: tuple[int, ...]


class Misprint(NamedTuple):
    """`of` is the index of the correct label; `kept_apart` says why the two are not joined after all."""

    of: int
    kept_apart: str | None = None


def misprints(labels: Sequence[Counted]) -> tuple[dict[int, Misprint], str | None]:
    """For each label that looks like a misprint, what of; and a remark where the search was not made."""
    keys = [fold(label.name) for label in labels]
    if len(set(keys)) > MOST_LABELS:
        return {}, f"misprints were not looked for: more than {MOST_LABELS} different names"
    counts: dict[str, int] = {}
    first: dict[str, int] = {}
    turns: dict[str, list[int]] = {}
    for at, (key, label) in enumerate(zip(keys, labels, strict=True)):
        counts[key] = counts.get(key, 0) + label.count
        first.setdefault(key, at)
        turns.setdefault(key, []).extend(label.turns)
    frequent: dict[str, list[str]] = {}
    for key, count in counts.items():
        if count >= RATIO and len(key) >= SHORTEST_TYPO:
            for shorter in shortened(key):
                frequent.setdefault(shorter, []).append(key)
    meant: dict[str, Misprint] = {}
    for key, count in counts.items():
        if len(key) < SHORTEST_TYPO or any(c.isdigit() for c in key):
            continue
        near = {other for shorter in shortened(key) for other in frequent.get(shorter, ())}
        fitting = [other for other in near if counts[other] >= RATIO * count and _misspells(key, other)]
        if fitting:
            other = min(fitting, key=lambda other: first[other])
            rare, right = labels[first[key]].name, labels[first[other]].name
            meant[key] = Misprint(first[other], _apart(rare, turns[key], right, set(turns[other])))
    return {at: meant[key] for at, key in enumerate(keys) if key in meant}, None


def _misspells(key: str, other: str) -> bool:
    """One word of the two names differs, by one edit, in at least five letters; swaps count as one edit."""
    words, others = key.split(" "), other.split(" ")
    if len(words) != len(others):
        return False
    wrong = [(a, b) for a, b in zip(words, others, strict=True) if a != b]
    return len(wrong) == 1 and one_edit(*wrong[0])


def _apart(rare: str, turns: list[int], frequent: str, others: set[int]) -> str | None:
    """Why two labels one letter apart are two people all the same."""
    if any(turn - 1 in others or turn + 1 in others for turn in turns):
        return f"one letter from {frequent!r}, but the two speak in turn with each other"
    one = {known.id for known in (roster().by_full_name(rare) or roster().by_surname(rare))}
    two = {known.id for known in (roster().by_full_name(frequent) or roster().by_surname(frequent))}
    if one and two and not one & two:
        return f"one letter from {frequent!r}, but both are names of known people"
    return None
