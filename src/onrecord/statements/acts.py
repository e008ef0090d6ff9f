"""What is done with words: agreed, promised, demanded … one act a clause, by the cues of the language.

>>> text = "We will build the bridge, but there is no deal until there is a deal."
>>> [(act.kind, text[act.start : act.end]) for act in acts(text, "en")]
[('promised', 'We will build the bridge'), ('denied', 'but there is no deal until there is a deal.')]
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from onrecord.model import StatementKind
from onrecord.statements.clauses import clauses
from onrecord.statements.cuebook import Called, Rule, cuebook
from onrecord.statements.firmness import Cue, cues
from onrecord.statements.patterns import even
from onrecord.statements.scope import asserts, has_agent, relative, supposed
from onrecord.text.expressions import later
from onrecord.text.matching import apart

_BEFORE = 30
"""Characters before a cue in which a negation rules it: an auxiliary, an adverb and the negation itself."""

_ITEM = 3
"""Blanks in the shortest line that a list's item is: what is shorter is a heading or a slogan."""

_GOES_ON = later(r"[\s,'\"“«]{0,4}[\w:]")  # more words, or a list; no dash of somebody who starts anew
_CLOSING = " »”\"')\u00a0\u202f"
_UNSCOPED = frozenset({"position", "praised"})
"""Kinds that stand also where nothing is asserted: thanks behind "if" are thanks."""

_MAY_BE_ASKED = frozenset({"demanded", "proposed"})
"""A question states nothing; but it may ask somebody to act."""

_NOT_BEHIND_IF = frozenset(
    {"agreed", "demanded", "refused", "denied", "accused", "warned", "left_open", "endorsed"}
)
"""Kinds that are undone by “if”, where a promise, an offer or a hope becomes a conditional one."""

_OF_SOMEBODY = frozenset(
    {"promised", "proposed", "demanded", "refused", "denied", "accused", "warned", "endorsed"}
)
"""Deeds: in a relative clause they only tell who is meant. What is agreed or open is so there, too."""

_DEEDS = frozenset(
    {"agreed", "promised", "next_step", "demanded", "refused", "denied", "warned", "left_open", "accused"}
)


class Act(NamedTuple):
    """One act: its span, the cue that shows it (`cue_start`, `cue_end`), the rule that says so.

    From `what` on stands what is promised, agreed …
    """

    start: int
    end: int
    kind: StatementKind
    cue_start: int
    cue_end: int
    rule: Rule
    cues: tuple[Cue, ...]
    clause: tuple[int, int]
    what: int


def acts(
    text: str,
    language: str | None,
    start: int = 0,
    end: int | None = None,
    *,
    folded: str | None = None,
    pieces: Sequence[str] | None = None,
    spoken: bool = False,
) -> list[Act]:
    """The acts of one sentence, in order: the strongest of each clause, and what its nouns presuppose.

    `folded` is the same slice made `even`, and `pieces` are its words `apart`, for a caller who has them. `spoken` says
    that the sentence is somebody's own speech; cues that only hold where somebody tells of others are left out.
    """
    stop = len(text) if end is None else end
    folded = even(text[start:stop]) if folded is None else folded
    called = cuebook(language).called(apart(folded).split() if pieces is None else pieces)
    if not called:
        return []
    asked = folded.rstrip(_CLOSING).endswith("?")
    if asked or spoken:
        called = [
            one
            for one in called
            if (not asked or one.rule.kind in _MAY_BE_ASKED) and not (spoken and one.rule.told)
        ]
    sentence = _Sentence(text[start:stop], folded, language, asked)
    found: list[Act] = []
    for left, right in clauses(sentence.text, language, folded=folded):
        found += _of_clause(sentence, left, right, called)
    return [_moved(act, start) for act in found]


class _Sentence(NamedTuple):
    """What is asked again and again while a sentence is read."""

    text: str
    folded: str
    language: str | None
    asked: bool


def _of_clause(sentence: _Sentence, left: int, right: int, called: list[Called]) -> list[Act]:
    """The strongest act of a clause, and apart from it each noun phrase that presupposes one."""
    best: Act | None = None
    inner: list[Act] = []
    beaten: list[Act] = []
    marks: tuple[Cue, ...] | None = None
    done: set[str] = set()
    for one in called:
        rule = one.rule
        if rule.name in done or (hit := _hit(one, sentence, left, right)) is None:
            continue
        if any(blocker.search(sentence.folded, left, right) for blocker in one.unless):
            done.add(rule.name)
            continue
        if marks is None:
            marks = tuple(cues(sentence.folded, sentence.language, left, right, folded=True))
        kind = _kind(rule, *hit.span(), marks, sentence.folded)
        if kind is None:
            continue
        done.add(rule.name)
        act = Act(left, right, kind, *hit.span(), rule, marks, (left, right), one.pattern.what(hit))
        if rule.span == "match":
            inner.append(act._replace(start=hit.start(), end=hit.end(), cues=_within(marks, *hit.span())))
            continue
        if best is None or rule.weight > best.rule.weight:
            act, best = best or act, act
        if act is not best:
            beaten.append(act)
    outer = _parted(sentence.folded, best, beaten) if best else []
    return sorted([*outer, *inner])


def _hit(called: Called, sentence: _Sentence, left: int, right: int) -> re.Match[str] | None:
    """Where the cue first stands with its own force, met by no pattern of `not_as`."""
    rule, folded = called.rule, sentence.folded
    if rule.own_line and folded.count(" ", left, right) < _ITEM:
        return None
    hit = called.pattern.search(folded, left, right)
    if hit is None or (rule.more and not _GOES_ON.match(folded, hit.end(), right + 1)):
        return None
    taken = sorted(seen.span() for other in called.not_as for seen in other.each(folded, left, right))
    starts, reach = [one for one, _ in taken], list(accumulate((end for _, end in taken), max))
    return next(
        (
            one
            for one in called.pattern.each(folded, hit.start(), right)
            if not ((before := bisect_left(starts, one.end())) and reach[before - 1] > one.start())
            and _stands(rule, sentence, left, one.start())
        ),
        None,
    )


def _stands(rule: Rule, sentence: _Sentence, left: int, at: int) -> bool:
    """Whether the clause asserts what the cue says, and somebody is there to do it where the rule asks for that."""
    if rule.span == "match" or rule.kind in _UNSCOPED:
        return True
    folded, language = sentence.folded, sentence.language
    if not asserts(folded, language, left, at, asked=sentence.asked):
        return False
    if rule.kind in _NOT_BEHIND_IF and supposed(folded, language, left, at):
        return False
    if rule.kind in _OF_SOMEBODY and not rule.told and relative(folded, language, left, at):
        return False
    return not rule.agent or has_agent(sentence.text, language, left, at)


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


def _kind(rule: Rule, start: int, end: int, marks: tuple[Cue, ...], folded: str) -> StatementKind | None:
    """The rule's kind, or what a negation makes of it: one inside the cue may be part of it, one before it never is."""
    if rule.negation == "either":
        return rule.kind
    ruling = [cue for cue in marks if cue.kind == "negation" and start - _BEFORE <= cue.start < end]
    if rule.negation == "part":
        if any(cue.end > start for cue in ruling):
            return rule.kind  # "nothing is settled until all is settled": one negation echoes the other
        ruling = [cue for cue in ruling if "," not in folded[cue.end : start]]
    return rule.negated if ruling else rule.kind


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
        what=act.what + by,
    )


def each_cue(language: str | None) -> Iterator[Rule]:
    """The rules of a language, for tests and for documentation."""
    yield from cuebook(language).rules
