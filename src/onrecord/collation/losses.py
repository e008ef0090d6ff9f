"""What is no kind of its own: words that stand on one side only, and other words for the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.collation.account import Account
from onrecord.collation.clauses import Holding, printed
from onrecord.collation.findings import Finding
from onrecord.collation.kinds import negation
from onrecord.collation.sides import SAID, TIGHT, Sides, common_head, widened
from onrecord.model import DifferenceKind, Severity


def other_words(sides: Sides, found: Sequence[Finding]) -> Iterator[Finding]:
    """What is left to say of a change with words on both sides."""
    left, right = sides.in_a.weight, sides.in_b.weight
    if found and max(left, right) <= SAID:
        return
    change = sides.change
    words = printed(sides.a, change.a1, change.a2), printed(sides.b, change.b1, change.b2)
    if abs(left - right) >= SAID and min(left, right) * 3 <= max(left, right):
        kind: DifferenceKind = "omission" if left > right else "addition"
        side = "A" if left > right else "B"
        more = sides.in_a if left > right else sides.in_b
        grave = bool(more.figures or more.names or more.acts)
        message = f"more stands in {side}: {words[0]} → {words[1]}"
        yield sides.finding(kind, "major" if grave else "minor", 0.5, message)
        return
    figure = bool(sides.in_a.figures) != bool(sides.in_b.figures)
    who = {sides.a.keys[at] for at in sides.in_a.subjects} != {sides.b.keys[at] for at in sides.in_b.subjects}
    grave = not found and (figure or _another_act(sides))
    weight = 0.2 + 0.05 * min(6, left + right) + (0.1 if figure or who else 0)
    yield sides.finding(
        "wording", "major" if grave else "minor", weight, f"other words: {words[0]} → {words[1]}"
    )


def _another_act(sides: Sides) -> bool:
    """Whether a verb by which something is settled faces another word: "agreed" against "spoke"."""
    if not (sides.in_a.acts or sides.in_b.acts) or sides.longer > TIGHT:
        return False
    left = [sides.a.keys[at] for at in (*sides.in_a.acts, *sides.in_a.content)]
    right = [sides.b.keys[at] for at in (*sides.in_b.acts, *sides.in_b.content)]
    return bool(left and right) and not any(
        common_head(a, b) >= 3 or a[:2] == b[:2] for a in left for b in right
    )


def one_sided(sides: Sides) -> Iterator[Finding]:
    """Words that stand on one side only."""
    in_a = sides.size_a > 0
    account = sides.a if in_a else sides.b
    change, has = sides.change, sides.in_a if in_a else sides.in_b
    first, last = (change.a1, change.a2) if in_a else (change.b1, change.b2)
    side, words = ("A" if in_a else "B"), printed(account, first, last)
    kind: DifferenceKind = "omission" if in_a else "addition"
    if not change.whole:
        if _repeats(account, first, last):
            yield sides.finding("wording", "minor", 0.1, f"said twice in {side} only: {words}")
            return
        if found := list(negation(sides)) + list(_lone_modal(sides, account, first, last, side)):
            yield from found
            return
        if all(account.tokens[at].inserted for at in range(first, last)):
            yield sides.finding("wording", "minor", 0.2, f"an editor's addition in {side}: {words}")
            return
        if _aside(account, first, last, has):
            yield sides.finding("wording", "minor", 0.15, f"stands in {side} only: {words}")
            return
    severity, weight = _loss(account, first, last, has, change.whole)
    yield sides.finding(kind, severity, weight, f"stands in {side} only: {words}")


def _aside(account: Account, first: int, last: int, has: Holding) -> bool:
    """Whether nothing is said by the stretch: function words, or an aside like "you know"."""
    book = account.phrasebook
    if " ".join(account.keys[first:last]) in book.asides:
        return True
    return has.weight == 0 and not (book.pro_drop and has.subjects) and last - first <= SAID


def _loss(account: Account, first: int, last: int, has: Holding, whole: bool) -> tuple[Severity, float]:
    """How much it matters that a stretch is missing."""
    facts = len(has.figures) + len(has.names) + len(has.acts)
    question = account.sentences[account.tokens[last - 1].sentence].mark == "?"
    weight = min(0.8, 0.35 + 0.03 * has.weight + 0.06 * min(facts, 4) + (0.1 if question else 0))
    if whole:
        if has.weight >= 5 and (facts or question):
            return "critical", weight
        return ("major" if has.weight >= SAID else "minor"), weight
    if has.weight == 0 and has.subjects and account.phrasebook.pro_drop:
        return "major", 0.6  # the subject that need not be said was said: whose deed it is
    grave = facts or has.negations or has.weight >= SAID
    return ("major" if grave else "minor"), weight


def _repeats(account: Account, first: int, last: int) -> bool:
    """Whether the stretch only says again what stands beside it: "it's it's"."""
    size = last - first
    words = account.keys[first:last]
    return words in (account.keys[max(0, first - size) : first], account.keys[last : last + size])


def _lone_modal(sides: Sides, account: Account, first: int, last: int, side: str) -> Iterator[Finding]:
    """A modal verb that one account has and the other does not, in a clause that is otherwise the same."""
    book = account.phrasebook
    has = sides.in_a if side == "A" else sides.in_b
    if len(has.modals) != 1 or has.weight or last - first > 3 or not (sides.before() and sides.after()):
        return
    value = book.modals[account.keys[has.modals[0]]]
    if value in book.stances and last - first == 1:
        return
    weak = value not in book.binding and value not in {"would", "can"}
    if not weak:
        return
    wide = widened(sides)
    left, right = printed(sides.a, wide.a1, wide.a2), printed(sides.b, wide.b1, wide.b2)
    yield sides.finding(
        "modality",
        "major",
        0.7,
        f"“{printed(account, first, last)}” stands in {side} only: {left} → {right}",
        wide,
    )
