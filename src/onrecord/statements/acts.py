"""What is done with words: agreed, promised, demanded … one act a clause, by the cues of the language.

>>> text = "We will build the bridge, but there is no deal until there is a deal."
>>> [(act.kind, text[act.start : act.end]) for act in acts(text, "en")]
[('promised', 'We will build the bridge'), ('denied', 'but there is no deal until there is a deal.')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from onrecord.model import StatementKind
from onrecord.statements.clauses import clauses
from onrecord.statements.cuebook import Called, Rule, cuebook
from onrecord.statements.firmness import Cue, cues
from onrecord.text.matching import fold

_BEFORE = 30
"""Characters before a cue in which a negation rules it: an auxiliary, an adverb and the negation itself."""

_ITEM = 3
"""Blanks in the shortest line that a list's item is: what is shorter is a heading or a slogan."""

_GOES_ON = re.compile(r"[\w:]")  # more words, or a list
_CLOSING = " »”\"')\u00a0\u202f"
_MAY_BE_ASKED = frozenset({"demanded", "proposed"})
"""A question states nothing; but it may ask somebody to act."""

_DEEDS = frozenset(
    {"agreed", "promised", "next_step", "demanded", "refused", "denied", "warned", "left_open", "accused"}
)


class Act(NamedTuple):
    """One act: its span, the cue that shows it (`cue_start`, `cue_end`), and the rule that says so."""

    start: int
    end: int
    kind: StatementKind
    cue_start: int
    cue_end: int
    rule: Rule
    cues: tuple[Cue, ...]
    clause: tuple[int, int]


def acts(
    text: str, language: str | None, start: int = 0, end: int | None = None, *, folded: str | None = None
) -> list[Act]:
    """The acts of one sentence, in order: the strongest of each clause, and what its nouns presuppose.

    `folded` is the same slice folded, for a caller who has it.
    """
    stop = len(text) if end is None else end
    folded = fold(text[start:stop]) if folded is None else folded
    called = cuebook(language).called(folded)
    if not called:
        return []
    asked = folded.rstrip(_CLOSING).endswith("?")
    if asked:
        called = [one for one in called if one.rule.kind in _MAY_BE_ASKED]
    found: list[Act] = []
    for left, right in clauses(text[start:stop], language, folded=folded):
        found += _of_clause(folded, left, right, called, language)
    return [_moved(act, start) for act in found]


def _of_clause(folded: str, left: int, right: int, called: list[Called], language: str | None) -> list[Act]:
    """The strongest act of a clause, and apart from it each noun phrase that presupposes one."""
    best: Act | None = None
    inner: list[Act] = []
    beaten: list[Act] = []
    marks: tuple[Cue, ...] | None = None
    done: set[str] = set()
    for one in called:
        rule = one.rule
        if rule.name in done or (hit := _hit(one, folded, left, right)) is None:
            continue
        if any(blocker.search(folded, left, right) for blocker in one.unless):
            done.add(rule.name)
            continue
        if marks is None:
            marks = tuple(cues(folded, language, left, right, folded=True))
        kind = _kind(rule, hit.start(), hit.end(), marks)
        if kind is None:
            continue
        done.add(rule.name)
        clause = (left, right)
        if rule.span == "match":
            inner.append(
                Act(
                    hit.start(),
                    hit.end(),
                    kind,
                    hit.start(),
                    hit.end(),
                    rule,
                    _within(marks, *hit.span()),
                    clause,
                )
            )
            continue
        act = Act(left, right, kind, hit.start(), hit.end(), rule, marks, clause)
        if best is None or rule.weight > best.rule.weight:
            act, best = best or act, act
        if act is not best:
            beaten.append(act)
    outer = _parted(folded, best, beaten) if best else []
    return sorted([*outer, *inner])


def _hit(called: Called, folded: str, left: int, right: int) -> re.Match[str] | None:
    """Where the cue stands first, met by no pattern of `not_as`: those tell only of what stands there."""
    if called.rule.own_line and folded.count(" ", left, right) < _ITEM:
        return None
    hit = called.pattern.search(folded, left, right)
    if hit is None or (called.rule.more and not _GOES_ON.search(folded, hit.end(), right + 1)):
        return None
    if not called.not_as:
        return hit
    taken = [seen.span() for other in called.not_as for seen in other.each(folded, left, right)]
    return next(
        (
            one
            for one in called.pattern.each(folded, hit.start(), right)
            if not any(start < one.end() and one.start() < end for start, end in taken)
        ),
        None,
    )


def _parted(folded: str, best: Act, beaten: list[Act]) -> list[Act]:
    """The strongest act, and one of another kind that a comma parts from it: coordinated, and so its own."""
    for other in sorted(beaten, key=lambda act: -act.rule.weight):
        first, second = sorted((best, other), key=lambda act: act.cue_start)
        comma = folded.rfind(", ", first.cue_end, second.cue_start)
        if comma >= 0 and other.kind != best.kind and {other.kind, best.kind} <= _DEEDS:
            after = comma + 2
            return [
                first._replace(end=comma, cues=_within(first.cues, first.start, comma)),
                second._replace(start=after, cues=_within(second.cues, after, second.end)),
            ]
    return [best]


def _kind(rule: Rule, start: int, end: int, marks: tuple[Cue, ...]) -> StatementKind | None:
    """The rule's kind, or what a negation makes of it."""
    if rule.negation_is_part:
        return rule.kind
    if any(cue.kind == "negation" and start - _BEFORE <= cue.start < end for cue in marks):
        return rule.negated
    return rule.kind


def _within(marks: tuple[Cue, ...], start: int, end: int) -> tuple[Cue, ...]:
    return tuple(cue for cue in marks if start <= cue.start and cue.end <= end)


def _moved(act: Act, by: int) -> Act:
    """The act with offsets into the whole text."""
    return act._replace(
        start=act.start + by,
        end=act.end + by,
        cue_start=act.cue_start + by,
        cue_end=act.cue_end + by,
        cues=tuple(cue._replace(start=cue.start + by, end=cue.end + by) for cue in act.cues),
        clause=(act.clause[0] + by, act.clause[1] + by),
    )


def each_cue(language: str | None) -> Iterator[Rule]:
    """The rules of a language, for tests and for documentation."""
    yield from cuebook(language).rules
