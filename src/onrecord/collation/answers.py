"""An answer that now follows another question: the gravest thing an omission can do.

Where a part of a question is missing and the next speaker's words are the same in both accounts, the same answer
answers something else. The finding says so, whatever was lost.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from onrecord.collation.account import Account
from onrecord.collation.edits import Thread
from onrecord.collation.findings import Finding
from onrecord.model import Turn
from onrecord.spans import Span

_ASKED = 4  # fewest words of a question that asks for something: "With what?" can be anybody's
_SAME = 3  # first words of the answer that must be the same


def with_answers(
    findings: Iterable[Finding], a: Account, b: Account, found: Sequence[Thread]
) -> Iterator[Finding]:
    """The findings; lost questions whose answer stayed are critical and say so."""
    to_b = {run.a + at: run.b + at for run in found[0].runs for at in range(run.length)}
    to_a = {in_b: in_a for in_a, in_b in to_b.items()}
    for finding in findings:
        lost = {"omission": (a, to_b, finding.a, "B"), "addition": (b, to_a, finding.b, "A")}.get(
            finding.kind
        )
        if lost is not None and _same_answer(*lost[:3]):
            yield finding._replace(
                severity="critical",
                weight=max(finding.weight, 0.8),
                message=f"{finding.message}; the same answer follows another question in {lost[3]}",
            )
        else:
            yield finding


def _same_answer(account: Account, across: dict[int, int], span: Span | None) -> bool:
    """Whether the span is a question (or holds one), and the next turn begins with the same words in both."""
    if not span or account.read(span.start, span.end).count(" ") < _ASKED - 1:
        return False
    if "?" not in account.read(span.start, min(span.end + 1, len(account.text))):
        return False
    turn = bisect_right(account.turns, span.start, key=_end)
    opening = account.turn_openings.get(turn + 1)
    if opening is None or not account.turns[turn].span.start <= span.start:
        return False
    return all(at in across for at in range(opening, min(opening + _SAME, len(account.tokens))))


def _end(turn: Turn) -> int:
    return turn.span.end
