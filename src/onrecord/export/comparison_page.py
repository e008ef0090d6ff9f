"""Two accounts side by side, in step, with what differs marked in both and listed above, worst first.

Sentences that are the same in both are folded away in runs. Filters by kind work without script; n and p walk from one
difference to the next. With more than two accounts there is a section for each pair.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from onrecord.export.comparison import KINDS, Row, pair, rows, summary
from onrecord.export.typesetting import ROOT, digest, template
from onrecord.model import Comparison, Difference, Source, Stretch
from onrecord.spans import Span
from onrecord.ui import Words, words

FOLD = 3  # sentences in a row that are the same in both, from which they are folded away


class Bit(NamedTuple):
    """Characters of one account with the differences that rest on them, the first to begin outermost."""

    text: str
    differences: tuple[Difference, ...]
    first: bool  # whether the innermost of them begins here


class Step(NamedTuple):
    """One step of both accounts; an empty side stands where nothing does."""

    kind: str
    a: tuple[Bit, ...]
    b: tuple[Bit, ...]


class Run(NamedTuple):
    """Steps shown together; `folded` where they are the same in both and there are several."""

    folded: bool
    steps: tuple[Step, ...]


class Facing(NamedTuple):
    """Two accounts: their sources, the differences between them, and the text of both in step."""

    a: Source
    b: Source
    rows: tuple[Row, ...]
    runs: tuple[Run, ...]
    anchors: frozenset[
        str
    ]  # of the differences whose characters stand in the steps; marks may stand between them


def render(comparison: Comparison, *, language: str = "en") -> str:
    """The page as HTML, self-contained. `language` is that of the words around the sources."""
    said = words(language)
    style = "".join((ROOT / name).read_text("utf-8") for name in ("page.css", "comparison.css")) + rules()
    script = (ROOT / "comparison.js").read_text("utf-8")
    return template("comparison.html").render(
        comparison=comparison,
        facings=facings(comparison, said),
        summary=summary(comparison, said),
        kinds=present(comparison),
        said=said,
        style=style,
        script=script,
        policy=f"default-src 'none'; style-src {digest(style)}; script-src {digest(script)}; "
        "base-uri 'none'; form-action 'none'",
    )


def rules() -> str:
    """The style rules by which unticking a kind hides it."""
    return "".join(
        f"main:has(#kind-{kind}:not(:checked)) .k-{kind} {{ --shown: none; }}\n"
        f"main:has(#kind-{kind}:not(:checked)) mark.k-{kind} {{ background: none; text-decoration: none; }}\n"
        for kind in KINDS
    )


def present(comparison: Comparison) -> list[str]:
    """The kinds of difference that were found, in the order of the worst of each."""
    return list(dict.fromkeys(one.kind for one in comparison.differences))


def facings(comparison: Comparison, said: Words) -> list[Facing]:
    """Each pair of accounts with its differences and its text in step."""
    sources = {source.id: source for source in comparison.sources}
    default = (comparison.sources[0].id, comparison.sources[1].id)
    listed = rows(comparison, said)
    pairs = dict.fromkeys(
        one.pair if isinstance(one.pair, tuple) else default for one in comparison.alignment
    )
    pairs |= dict.fromkeys(pair(comparison, one) for one in comparison.differences)
    found = []
    for first, second in pairs or {default: None}:
        aligned = [
            one for one in comparison.alignment if one.pair in ((first, second), default) or len(sources) == 2
        ]
        own = tuple(row for row in listed if pair(comparison, row.difference) == (first, second))
        steps = list(_steps(aligned, [row.difference for row in own], sources[first], sources[second]))
        anchors = frozenset(
            f"{side}-{bit.differences[-1].id}"
            for step in steps
            for side, bits in (("a", step.a), ("b", step.b))
            for bit in bits
            if bit.first
        )
        found.append(Facing(sources[first], sources[second], own, tuple(_runs(steps)), anchors))
    return found


def _steps(
    aligned: Sequence[Stretch], differences: Sequence[Difference], a: Source, b: Source
) -> Iterator[Step]:
    left = _Side(a.text, [(one.a, one) for one in differences if one.a is not None])
    right = _Side(b.text, [(one.b, one) for one in differences if one.b is not None])
    for one in aligned:
        yield Step(one.kind, left.bits(one.a), right.bits(one.b))


def _runs(steps: Sequence[Step]) -> Iterator[Run]:
    for same, group in groupby(steps, key=lambda step: step.kind == "same" and not _differs(step)):
        held = tuple(group)
        yield Run(same and len(held) >= FOLD, held)


def _differs(step: Step) -> bool:
    return any(bit.differences for bit in (*step.a, *step.b))


class _Side:
    """One account, asked stretch by stretch for its characters cut at the edges of differences."""

    def __init__(self, text: str, marked: Sequence[tuple[Span, Difference]]) -> None:
        self.text = text
        self.marked = sorted(marked, key=lambda one: (one[0].start, -one[0].end))
        self.starts = [span.start for span, _ in self.marked]
        self.longest = max((len(span) for span, _ in self.marked), default=0)
        self.opened: set[str] = set()

    def bits(self, stretch: Span | None) -> tuple[Bit, ...]:
        """The characters of a stretch, cut where a difference begins or ends."""
        if stretch is None:
            return ()
        low = bisect_left(self.starts, stretch.start - self.longest)
        high = bisect_left(self.starts, stretch.end)
        inside = [
            (span, one) for span, one in self.marked[low:high] if span.end > stretch.start and len(span)
        ]
        edges = sorted(
            {stretch.start, stretch.end}
            | {at for span, _ in inside for at in (span.start, span.end) if stretch.start < at < stretch.end}
        )
        return tuple(self._bit(start, end, inside) for start, end in pairwise(edges))

    def _bit(self, start: int, end: int, inside: Sequence[tuple[Span, Difference]]) -> Bit:
        over = tuple(one for span, one in inside if span.start <= start and span.end >= end)
        first = bool(over) and over[-1].id not in self.opened
        self.opened |= {one.id for one in over}
        return Bit(self.text[start:end], over, first)
