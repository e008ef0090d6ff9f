"""Structure that the file itself says in full, because onrecord wrote it: nothing is looked for again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, cast, get_args

from onrecord.model import Alias, AliasKind, BlockKind, Judgement, MarkKind
from onrecord.sources.reading import JOINT, Layout
from onrecord.structure.conventions import Convention
from onrecord.structure.frame import RawBlock
from onrecord.structure.labels import parse
from onrecord.structure.marks import RawMark
from onrecord.structure.printed import LabelParts
from onrecord.structure.turns import RawTurn

EXACT = "exact"
"""The grammar of such a file."""


class Exact(NamedTuple):
    """Blocks, turns and marks as the file says them."""

    convention: Convention
    blocks: list[RawBlock]
    turns: list[RawTurn]
    marks: list[RawMark]


class ListedPerson(NamedTuple):
    """Somebody whom the file lists, with the other names it gives."""

    kind: str
    name: str
    aliases: tuple[Alias, ...] = ()


WHY = ("the file says so",)
"""Why we think that a name is somebody's, or that somebody speaks."""


def listed_people(layout: Sequence[Layout]) -> list[ListedPerson]:
    """Everybody whom the file lists, in its order."""
    found: list[tuple[str, str, list[Alias]]] = []
    for item in layout:
        if item.kind == "person":
            kind, _, name = (item.value or "").partition(JOINT)
            found.append((kind, name, []))
        elif item.kind == "alias" and found and (alias := _alias(item.value or "")):
            found[-1][2].append(alias)
    return [ListedPerson(kind, name, tuple(aliases)) for kind, name, aliases in found if name]


def _alias(value: str) -> Alias | None:
    kind, judgement, name = value.split(JOINT, 2) if value.count(JOINT) > 1 else ("", "", "")
    if kind not in get_args(AliasKind) or judgement not in get_args(Judgement) or not name:
        return None
    return Alias(name, cast(AliasKind, kind), cast(Judgement, judgement), WHY)


def is_exact(layout: Sequence[Layout]) -> bool:
    """Whether a reading says its whole structure itself."""
    return any(item.kind == "block" for item in layout)


def read_exact(layout: Sequence[Layout]) -> Exact:
    """The structure in a layout of blocks, turns, labels, speech and marks."""
    blocks = [
        RawBlock(item.start, item.end, cast(BlockKind, item.value))
        for item in layout
        if item.kind == "block" and item.value in get_args(BlockKind)
    ]
    marks = [
        RawMark(item.start, item.end, cast(MarkKind, item.value))
        for item in layout
        if item.kind == "mark" and item.value in get_args(MarkKind)
    ]
    turns = _turns(layout)
    reason = f"the file says who speaks in {len(turns)} turns"
    return Exact(Convention("given", ("given", EXACT), "certain", (reason,)), blocks, turns, marks)


def _turns(layout: Sequence[Layout]) -> list[RawTurn]:
    """Labels and speech belong to the turn that they lie in; a layout is in the order of the text."""
    turns: list[RawTurn] = []
    # Apart from the turns, for a turn of a hundred thousand pieces is built once.
    speech: list[list[tuple[int, int]]] = []
    for item in sorted(layout, key=lambda item: (item.start, item.kind != "turn")):
        if item.kind == "turn":
            turns.append(RawTurn(item.start, item.end, None, (), speakers(item.value or "")))
            speech.append([])
        elif turns and item.start < max(turns[-1].end, turns[-1].start + 1):
            if item.kind == "speech":
                speech[-1].append((item.start, item.end))
            else:
                turns[-1] = _told(turns[-1], item)
    return [turn._replace(speech=tuple(pieces)) for turn, pieces in zip(turns, speech, strict=True)]


def _told(turn: RawTurn, item: Layout) -> RawTurn:
    """A turn with what else the file says of it: its label, its time, how sure its speaker is."""
    if item.kind == "label":
        return turn._replace(label=(item.start, item.end))
    if item.kind == "judgement" and item.value in get_args(Judgement):
        return turn._replace(judgement=cast(Judgement, item.value))
    if item.kind == "time" and item.value:
        begin, _, finish = item.value.partition(" ")
        return turn._replace(time=(float(begin), float(finish or begin)))
    return turn


def speakers(value: str) -> LabelParts:
    """The names that a file gives, as a label; what kind of voice they are is read from their form."""
    names = [name for name in value.split(JOINT) if name]
    if not names:
        return LabelParts("unnamed", "")
    each = tuple(_one(name) for name in names)
    return each[0] if len(each) == 1 else LabelParts("person", value, name=names[0], joint=each)


def _one(name: str) -> LabelParts:
    parsed = parse(name)
    return LabelParts(parsed.parts.kind if parsed else "person", name, name=name)
