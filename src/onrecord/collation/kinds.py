"""Kinds of their own: an apostrophe, a negation, a modal verb, a number, a name that differs in the same place.

A kind is only claimed where the rest of the clause agrees on both sides, so that what is called a number is one.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.collation.account import Account
from onrecord.collation.clauses import Holding, printed, sentence_of
from onrecord.collation.edits import Change
from onrecord.collation.figures import changed_values, counted, term
from onrecord.collation.findings import Finding
from onrecord.collation.same_print import surface
from onrecord.collation.sides import TIGHT, Sides, common_head, widened
from onrecord.model import Severity
from onrecord.people.names import skeletons

_CLAUSE = 10  # the same for modal verbs, which rule more words
_NEAR = 3  # tokens around a place in which another negation belongs to the same clause
_BESIDE = 2  # and in which the same word again is a repetition


def apostrophe(sides: Sides) -> Finding | None:
    """An apostrophe that is all that differs: it changes number, possession or the word."""
    change = sides.change
    if not (0 < sides.size_a <= 2 and 0 < sides.size_b <= 2):
        return None
    left, right = surface(sides.a, change.a1, change.a2), surface(sides.b, change.b1, change.b2)
    if left == right or left.replace("'", "") != right.replace("'", ""):
        return None
    words = printed(sides.a, change.a1, change.a2), printed(sides.b, change.b1, change.b2)
    return sides.finding("wording", "major", 0.8, f"only an apostrophe differs: {words[0]} → {words[1]}")


def negation(sides: Sides) -> Iterator[Finding]:
    """A clause that is denied on one side only."""
    if bool(sides.in_a.negations) == bool(sides.in_b.negations) or sides.longer > TIGHT:
        return
    if not _same_verb(sides) or not (sides.before() or sides.after()):
        return
    in_a = bool(sides.in_a.negations)
    account, other = (sides.a, sides.b) if in_a else (sides.b, sides.a)
    at = (sides.in_a if in_a else sides.in_b).negations[0]
    place = sides.change.b1 if in_a else sides.change.a1
    first, last = sentence_of(other, place, place)
    near = set(other.keys[max(first, place - _NEAR) : min(last, place + _NEAR)])
    beside = other.keys[max(first, place - _BESIDE) : min(last, place + _BESIDE)]
    if account.keys[at] in beside or _half_denied(account, at, near):
        return
    wide = widened(sides)
    left, right = printed(sides.a, wide.a1, wide.a2), printed(sides.b, wide.b1, wide.b2)
    word = printed(account, at, at + 1)
    message = f"“{word}” stands in {'A' if in_a else 'B'} only: {left or '–'} → {right or '–'}"
    yield sides.finding("negation", "critical", 0.95 if sides.weighty() else 0.9, message, wide)


def _half_denied(account: Account, at: int, near: set[str]) -> bool:
    """Whether the other side still denies, with its other word ("ne … pas") or a word that goes with a negation.

    "I don't have nothing" and "I don't have anything" say the same.
    """
    book, word = account.phrasebook, account.keys[at]
    if near & book.concord or (word in book.concord and near & book.negations):
        return True
    halves = book.negations & book.support
    own = set(account.keys[max(0, at - _NEAR) : at + _NEAR + 1]) - {word}
    return bool(halves) and (bool(near & book.negations) or (word in halves and bool(own & book.negations)))


def answer(sides: Sides) -> Finding | None:
    """ "Yes" against "no"."""
    book, change = sides.a.phrasebook, sides.change
    if sides.size_a != 1 or sides.size_b != 1:
        return None
    left, right = book.answers.get(sides.a.keys[change.a1]), book.answers.get(sides.b.keys[change.b1])
    if not left or not right or left == right:
        return None
    words = printed(sides.a, change.a1, change.a2), printed(sides.b, change.b1, change.b2)
    return sides.finding("negation", "critical", 0.9, f"another answer: {words[0]} → {words[1]}")


def _same_verb(sides: Sides) -> bool:
    """Whether apart from the negation both say the same: one word's forms at most, and verbs that carry it.

    A clause that is missing with its subject is an omission, whatever it denied.
    """
    rest_a = _but_negation(sides.a, sides.change.a1, sides.change.a2, sides.in_a)
    rest_b = _but_negation(sides.b, sides.change.b1, sides.change.b2, sides.in_b)
    if not (rest_a and rest_b):
        return not (rest_a or rest_b) or (len(rest_a + rest_b) == 1 and sides.size_a > 0 < sides.size_b)
    if len(rest_a) == len(rest_b) == 1:
        word, other = sides.a.keys[rest_a[0]], sides.b.keys[rest_b[0]]
        return common_head(word, other) >= max(3, min(len(word), len(other)) - 2)
    return False


def _but_negation(account: Account, first: int, last: int, has: Holding) -> list[int]:
    support = account.phrasebook.support
    return [at for at in range(first, last) if at not in has.negations and account.keys[at] not in support]


def modality(sides: Sides) -> Iterator[Finding]:
    """Another modal verb, or one that stands on one side only: how sure, how binding."""
    if sides.longer > _CLAUSE:
        return
    book, change = sides.a.phrasebook, sides.change
    left = {book.modals[sides.a.keys[at]]: at for at in reversed(sides.in_a.modals) if at - change.a1 < 3}
    right = {book.modals[sides.b.keys[at]]: at for at in reversed(sides.in_b.modals) if at - change.b1 < 3}
    gone, come = left.keys() - right.keys(), right.keys() - left.keys()
    if not gone or not come or left.keys() & right.keys():
        return
    in_a, in_b = min(left[value] for value in gone), min(right[value] for value in come)
    values = book.modals[sides.a.keys[in_a]], book.modals[sides.b.keys[in_b]]
    if set(values) <= book.stances:
        return
    binding = [value in book.binding for value in values]
    severity: Severity = "critical" if binding[0] != binding[1] else "major"
    words = printed(sides.a, in_a, in_a + 1), printed(sides.b, in_b, in_b + 1)
    message = f"another modal verb: {words[0]} → {words[1]}"
    pair = Change(in_a, in_a + 1, in_b, in_b + 1, change.bead)
    yield sides.finding("modality", severity, 0.9 if sides.weighty() else 0.8, message, pair)


def numbers(sides: Sides) -> Iterator[Finding]:
    """Values that face each other and differ."""
    left, right = list(sides.in_a.figures), list(sides.in_b.figures)
    change = sides.change
    if sides.longer > TIGHT or not (left or right):
        return
    left = left or [at for at in range(change.a1, change.a2) if counted(sides.a, at)]
    right = right or [at for at in range(change.b1, change.b2) if counted(sides.b, at)]
    pairs = [
        Change(in_a, in_a + 1, in_b, in_b + 1, change.bead)
        for in_a, in_b in changed_values(sides.a, left, sides.b, right)
    ]
    if not pairs and _figures_alone(sides):
        pairs = [change]  # "2015-2016" against "2025-2016": one is a range, the other two numbers
    for pair in pairs:
        words = printed(sides.a, pair.a1, pair.a2), printed(sides.b, pair.b1, pair.b2)
        grave = term(sides.a.keys[pair.a1]) or term(sides.b.keys[pair.b1])
        severity: Severity = "critical" if grave and sides.weighty() else "major"
        message = f"another number: {words[0]} → {words[1]}"
        yield sides.finding("number", severity, 0.85 if grave else 0.75, message, pair)


def _figures_alone(sides: Sides) -> bool:
    """Whether all that either side says is figures, and the digits that it prints differ."""
    if not (sides.in_a.figures and sides.in_b.figures):
        return False
    if len(sides.in_a.figures) != sides.in_a.weight or len(sides.in_b.figures) != sides.in_b.weight:
        return False
    change = sides.change
    left, right = (
        [character for character in surface(account, first, last) if character.isdigit()]
        for account, first, last in ((sides.a, change.a1, change.a2), (sides.b, change.b1, change.b2))
    )
    return bool(left and right) and left != right


def names(sides: Sides) -> Iterator[Finding]:
    """Names that face each other and are not two forms of one name."""
    if sides.longer > TIGHT:
        return
    left = [
        at
        for at in sides.in_a.names
        if sides.a.keys[at] not in sides.b.keys[sides.change.b1 : sides.change.b2]
    ]
    right = [
        at
        for at in sides.in_b.names
        if sides.b.keys[at] not in sides.a.keys[sides.change.a1 : sides.change.a2]
    ]
    if not left or not right:
        return
    pair = Change(left[0], left[-1] + 1, right[0], right[-1] + 1, sides.change.bead)
    words = printed(sides.a, pair.a1, pair.a2), printed(sides.b, pair.b1, pair.b2)
    if _one_name(*words):
        message = f"a name in two forms: {words[0]} → {words[1]}"
        yield sides.finding("wording", "minor", 0.3, message, pair)
    else:
        yield sides.finding("name", "major", 0.85, f"another name: {words[0]} → {words[1]}", pair)


def _one_name(a: str, b: str) -> bool:
    """Whether two printed names are one: by sound, or one cut short."""
    if skeletons(a) & skeletons(b):
        return True
    short, long = sorted((a.casefold(), b.casefold()), key=len)
    return long.startswith(short.rstrip("s.-–—"))
