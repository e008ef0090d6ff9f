"""Structure that a file of our own carries: is it whole, does it fit its text, and what does it say?

The witness is plain JSON: `text_sha256`, `media_type`, `text`, `people` as [kind, name], `aliases` as [which of the
people (from 0), kind, judgement, name] (older files have none), and `layout` as [kind, start, end, value]. It came
through other hands, so nothing in it is believed before it is checked.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, get_args

from onrecord.model import AliasKind, BlockKind, Judgement, MarkKind
from onrecord.sources.reading import JOINT, Layout, LayoutKind

_VALUES: dict[str, tuple[str, ...]] = {
    "block": get_args(BlockKind),
    "mark": get_args(MarkKind),
    "judgement": get_args(Judgement),
}
PERSON_KINDS = ("person", "group", "office", "unnamed")
_MEDIA_TYPE = re.compile(r"[a-z]{1,20}/[a-z0-9.+-]{1,90}")
_TIME = re.compile(r"\d{1,9}(?:\.\d{1,9})?(?: \d{1,9}(?:\.\d{1,9})?)?", re.A)
_HALF = re.compile("[\ud800-\udfff]")

KEY = "onrecord"
"""The field that holds the witness."""


def sha256(text: str) -> str:
    """The hash of a text, as records write it."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def restored(
    witness: Any, speakers: Mapping[int, Sequence[str]] | None = None
) -> tuple[str, tuple[Layout, ...]] | None:
    """Text and layout of a witness, or None where it does not hold.

    `speakers` are the names that the file's own rows give for turns, by number: who corrected a row is obeyed.
    """
    if not isinstance(witness, Mapping) or not isinstance(text := witness.get("text"), str):
        return None
    if witness.get("text_sha256") != sha256(text):
        return None
    people, others, rows = witness.get("people"), witness.get("aliases", []), witness.get("layout")
    if not (isinstance(people, list) and isinstance(others, list) and isinstance(rows, list)):
        return None
    strings = (text, *chain.from_iterable(row for row in (*people, *others, *rows) if isinstance(row, list)))
    if not all(writable(one) for one in strings if isinstance(one, str)):
        return None
    named = [tuple(row) for row in people if _is_pair(row)]
    laid = [item for row in rows if (item := _item(row)) is not None]
    aliases = [(row[0], JOINT.join(row[1:])) for row in others if _is_alias(row, len(people))]
    if len(named) < len(people) or len(laid) < len(rows) or len(aliases) < len(others):
        return None
    laid, new = _corrected(laid, speakers or {}, {name for _, name in named})
    return (text, (*_listed((*named, *new), aliases), *laid)) if consistent(laid, len(text)) else None


def _is_pair(row: Any) -> bool:
    whole = isinstance(row, list) and len(row) == 2 and all(isinstance(part, str) and part for part in row)
    return whole and row[0] in PERSON_KINDS


def _is_alias(row: Any, people: int) -> bool:
    if not isinstance(row, list) or len(row) != 4 or type(row[0]) is not int or not 0 <= row[0] < people:
        return False
    kind, judgement, name = row[1:]
    return (
        kind in get_args(AliasKind)
        and judgement in get_args(Judgement)
        and isinstance(name, str)
        and name != ""
    )


def _listed(people: Iterable[Sequence[str]], aliases: Iterable[tuple[int, str]]) -> Iterator[Layout]:
    """The people in order, each followed by the other names."""
    others: dict[int, list[Layout]] = {}
    for at, alias in aliases:
        others.setdefault(at, []).append(Layout("alias", 0, 0, alias))
    for at, person in enumerate(people):
        yield Layout("person", 0, 0, JOINT.join(person))
        yield from others.get(at, ())


def _item(row: Any) -> Layout | None:
    if not isinstance(row, list) or len(row) != 4 or row[0] not in get_args(LayoutKind):
        return None
    kind, start, end, value = row
    if type(start) is not int or type(end) is not int or not (value is None or isinstance(value, str)):
        return None
    return Layout(kind, start, end, value)


def _corrected(
    laid: Sequence[Layout], speakers: Mapping[int, Sequence[str]], known: set[str]
) -> tuple[list[Layout], list[tuple[str, str]]]:
    """The layout with the speakers that the rows name, and the people whom only they name."""
    found: list[Layout] = []
    new: dict[str, None] = {}
    number = 0
    for item in laid:
        if item.kind == "turn":
            names = speakers.get(number, (item.value or "").split(JOINT))
            new |= dict.fromkeys(name for name in names if name and name not in known)
            item = item._replace(value=JOINT.join(names))
            number += 1
        found.append(item)
    return found, [("person", name) for name in new]


def media_type(said: Any, otherwise: str) -> str:
    """The media type that a file of ours says its text had, if it is one."""
    return said if isinstance(said, str) and _MEDIA_TYPE.fullmatch(said) else otherwise


def writable(text: str) -> bool:
    """Whether a text has no half characters (lone surrogates), which nothing downstream can write."""
    return _HALF.search(text) is None


def _sound(item: Layout) -> bool:
    """Whether the value of an item is one that its kind may have."""
    if item.kind == "time":
        return _TIME.fullmatch(item.value or "") is not None
    return item.kind not in _VALUES or item.value in _VALUES[item.kind]


def consistent(laid: Iterable[Layout], length: int) -> bool:
    """Whether blocks tile the text, turns and marks follow each other, and labels and what is spoken lie in their turn,
    apart from each other; and whether every kind, judgement and time is one of ours.
    """
    laid = list(laid)
    if not all(map(_sound, laid)):
        return False
    ends = {"block": 0, "turn": 0, "mark": 0, "printed": 0}
    turns: list[Layout] = []
    for item in sorted(laid, key=lambda item: (item.start, item.kind != "turn", item.end)):
        track = "printed" if item.kind in ("label", "speech") else item.kind
        if track not in ends:
            continue
        if not ends[track] <= item.start <= item.end <= length:
            return False
        if item.kind == "block" and item.start != ends["block"]:
            return False
        if item.kind == "turn":
            turns.append(item)
        elif track == "printed" and not (turns and item.start < item.end <= turns[-1].end):
            return False
        ends[track] = item.end
    return ends["block"] == length
