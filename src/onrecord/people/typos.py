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
    for key, label in zip(keys, labels, strict=True):
        counts[key] = counts.get(key, 0) + label.count
    frequent: dict[str, list[int]] = {}
    for at, key in enumerate(keys):
        if counts[key] >= RATIO and len(key) >= SHORTEST_TYPO:
            for shorter in shortened(key):
                frequent.setdefault(shorter, []).append(at)
    found: dict[int, Misprint] = {}
    for at, key in enumerate(keys):
        if len(key) < SHORTEST_TYPO or any(c.isdigit() for c in key):
            continue
        for other in sorted({o for shorter in shortened(key) for o in frequent.get(shorter, ())}):
            if counts[keys[other]] >= RATIO * counts[key] and _misspells(key, keys[other]):
                found[at] = Misprint(other, _apart(labels[at], labels[other]))
                break
    return found, None


def _misspells(key: str, other: str) -> bool:
    """One word of the two names differs, by one edit, in at least five letters; swaps count as one edit."""
    words, others = key.split(" "), other.split(" ")
    if len(words) != len(others):
        return False
    wrong = [(a, b) for a, b in zip(words, others, strict=True) if a != b]
    return len(wrong) == 1 and one_edit(*wrong[0])


def _apart(rare: Counted, frequent: Counted) -> str | None:
    turns = set(frequent.turns)
    if any(turn - 1 in turns or turn + 1 in turns for turn in rare.turns):
        return f"one letter from {frequent.name!r}, but the two speak in turn with each other"
    one = {known.id for known in (roster().by_full_name(rare.name) or roster().by_surname(rare.name))}
    two = {known.id for known in (roster().by_full_name(frequent.name) or roster().by_surname(frequent.name))}
    if one and two and not one & two:
        return f"one letter from {frequent.name!r}, but both are names of known people"
    return None
