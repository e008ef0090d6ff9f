"""What kind of difference a change is: rules from the gravest kind to the least, each on the words of the change.

A kind is only claimed where the rest of the clause agrees on both sides. Everything else is an omission, an
addition or wording, so that what is called a number, a negation or a name is one.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.collation.account import Account
from onrecord.collation.clauses import Holding, holding, printed, sentence_of, weighty
from onrecord.collation.edits import Change
from onrecord.collation.figures import changed_values, counted, term
from onrecord.collation.findings import Finding
from onrecord.collation.same_print import surface, trimmed_change
from onrecord.model import DifferenceKind, Severity
from onrecord.people.names import skeletons

_TIGHT = 6  # tokens on either side up to which what stands in a change faces what stands opposite
_CLAUSE = 10  # the same for modal verbs, which rule more words
_NEAR = 4  # tokens around a negation in which the same word makes it a repetition
_SAID = 3  # content words from which a stretch says something of its own


class _Sides:
    """One change with what either side holds."""

    def __init__(self, change: Change, a: Account, b: Account) -> None:
        self.change, self.a, self.b = change, a, b
        self.in_a: Holding = holding(a, change.a1, change.a2)
        self.in_b: Holding = holding(b, change.b1, change.b2)
        self.size_a, self.size_b = change.a2 - change.a1, change.b2 - change.b1

    @property
    def longer(self) -> int:
        return max(self.size_a, self.size_b)

    def weighty(self) -> bool:
        """Whether the sentence on either side settles or binds something."""
        change = self.change
        return weighty(self.a, change.a1, change.a2) or weighty(self.b, change.b1, change.b2)

    def before(self) -> bool:
        """Whether the words follow a word of their own sentence; it is the same on both sides."""
        change = self.change
        return self._within((change.a1 - 1, change.a1), (change.b1 - 1, change.b1))

    def after(self) -> bool:
        """Whether the words stand before a word of their own sentence; it is the same on both sides."""
        change = self.change
        return self._within((change.a2 - 1, change.a2), (change.b2 - 1, change.b2))

    def _within(self, left: tuple[int, int], right: tuple[int, int]) -> bool:
        # An empty side is a place: where it is follows from the other side.
        return (not self.size_a or _inside(self.a, *left)) and (not self.size_b or _inside(self.b, *right))

    def finding(
        self,
        kind: DifferenceKind,
        severity: Severity,
        weight: float,
        message: str,
        change: Change | None = None,
    ) -> Finding:
        at = change or self.change
        return Finding(kind, self.a.span(at.a1, at.a2), self.b.span(at.b1, at.b2), severity, weight, message)


def _inside(account: Account, left: int, right: int) -> bool:
    tokens = account.tokens
    return left >= 0 and right < len(tokens) and tokens[left].sentence == tokens[right].sentence


def classify_change(change: Change, a: Account, b: Account) -> Iterator[Finding]:
    """The findings of one change; none where both sides print the same thing in two ways."""
    trimmed = trimmed_change(change, a, b)
    if trimmed is None:
        return
    sides = _Sides(trimmed, a, b)
    if surface(a, trimmed.a1, trimmed.a2) == surface(b, trimmed.b1, trimmed.b2):
        return  # "one year" may be read as a duration here and as two words there
    if (apostrophe := _apostrophe(sides)) is not None:
        yield apostrophe
        return
    if trimmed.whole or not (sides.size_a and sides.size_b):
        yield from _one_sided(sides)
        return
    if (answer := _answer(sides)) is not None:
        yield answer
        return
    found = [*_negation(sides), *_modality(sides), *_numbers(sides), *_names(sides)]
    yield from found
    yield from _rest(sides, found)


def stands_elsewhere(change: Change, a: Account, b: Account) -> Finding:
    """The finding of a passage that both accounts have, at other places."""
    weight = 0.2 + min(0.3, 0.01 * (change.a2 - change.a1))
    message = f"stands elsewhere: {printed(a, change.a1, change.a2)}"
    spans = a.span(change.a1, change.a2), b.span(change.b1, change.b2)
    return Finding("moved", *spans, "minor", weight, message)


# ---------------------------------------------------------------------------------------------- kinds of their own


def _apostrophe(sides: _Sides) -> Finding | None:
    """An apostrophe that is all that differs: it changes number, possession or the word."""
    change = sides.change
    if not (0 < sides.size_a <= 2 and 0 < sides.size_b <= 2):
        return None
    left, right = surface(sides.a, change.a1, change.a2), surface(sides.b, change.b1, change.b2)
    if left == right or left.replace("'", "") != right.replace("'", ""):
        return None
    words = printed(sides.a, change.a1, change.a2), printed(sides.b, change.b1, change.b2)
    return sides.finding("wording", "major", 0.8, f"only an apostrophe differs: {words[0]} → {words[1]}")


def _negation(sides: _Sides) -> Iterator[Finding]:
    """A clause that is denied on one side only."""
    if bool(sides.in_a.negations) == bool(sides.in_b.negations) or sides.longer > _TIGHT:
        return
    if not _same_verb(sides) or not (sides.before() or sides.after()):
        return
    in_a = bool(sides.in_a.negations)
    account, other = (sides.a, sides.b) if in_a else (sides.b, sides.a)
    at = (sides.in_a if in_a else sides.in_b).negations[0]
    place = sides.change.b1 if in_a else sides.change.a1
    first, last = sentence_of(other, place, place)
    near = set(other.keys[max(first, place - _NEAR) : min(last, place + _NEAR)])
    if account.keys[at] in near or _half_denied(account, at, near):
        return
    wide = _widened(sides)
    left, right = printed(sides.a, wide.a1, wide.a2), printed(sides.b, wide.b1, wide.b2)
    word = printed(account, at, at + 1)
    message = f"“{word}” stands in {'A' if in_a else 'B'} only: {left or '–'} → {right or '–'}"
    yield sides.finding("negation", "critical", 0.95 if sides.weighty() else 0.9, message, wide)


def _half_denied(account: Account, at: int, near: set[str]) -> bool:
    """Whether a language that denies with two words ("ne … pas") still has one of them there."""
    book = account.phrasebook
    halves = book.negations & book.support
    if not halves:
        return False
    own = set(account.keys[max(0, at - _NEAR) : at + _NEAR + 1]) - {account.keys[at]}
    return bool(near & book.negations) or (account.keys[at] in halves and bool(own & book.negations))


def _answer(sides: _Sides) -> Finding | None:
    """ "Yes" against "no"."""
    book, change = sides.a.phrasebook, sides.change
    if sides.size_a != 1 or sides.size_b != 1:
        return None
    left, right = book.answers.get(sides.a.keys[change.a1]), book.answers.get(sides.b.keys[change.b1])
    if not left or not right or left == right:
        return None
    words = printed(sides.a, change.a1, change.a2), printed(sides.b, change.b1, change.b2)
    return sides.finding("negation", "critical", 0.9, f"another answer: {words[0]} → {words[1]}")


def _same_verb(sides: _Sides) -> bool:
    """Whether apart from the negation both say the same: one word's forms at most, and verbs that carry it.

    A clause that is missing with its subject is an omission, whatever it denied.
    """
    rest_a = _but_negation(sides.a, sides.change.a1, sides.change.a2, sides.in_a)
    rest_b = _but_negation(sides.b, sides.change.b1, sides.change.b2, sides.in_b)
    if not (rest_a and rest_b):
        return not (rest_a or rest_b) or (len(rest_a + rest_b) == 1 and sides.size_a > 0 < sides.size_b)
    if len(rest_a) == len(rest_b) == 1:
        word, other = sides.a.keys[rest_a[0]], sides.b.keys[rest_b[0]]
        return _common_head(word, other) >= max(3, min(len(word), len(other)) - 2)
    return False


def _but_negation(account: Account, first: int, last: int, has: Holding) -> list[int]:
    support = account.phrasebook.support
    return [at for at in range(first, last) if at not in has.negations and account.keys[at] not in support]


def _common_head(a: str, b: str) -> int:
    return next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _widened(sides: _Sides) -> Change:
    """The change with the word before it (or behind it): a negation is read with its verb."""
    change = sides.change
    if sides.before():
        return change._replace(a1=change.a1 - 1, b1=change.b1 - 1)
    return change._replace(a2=change.a2 + 1, b2=change.b2 + 1) if sides.after() else change


def _modality(sides: _Sides) -> Iterator[Finding]:
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


def _numbers(sides: _Sides) -> Iterator[Finding]:
    """Values that face each other and differ."""
    left, right = list(sides.in_a.figures), list(sides.in_b.figures)
    change = sides.change
    if sides.longer > _TIGHT or not (left or right):
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


def _figures_alone(sides: _Sides) -> bool:
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


def _names(sides: _Sides) -> Iterator[Finding]:
    """Names that face each other and are not two forms of one name."""
    if sides.longer > _TIGHT:
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


# --------------------------------------------------------------------------------- omissions, additions, wording


def _rest(sides: _Sides, found: list[Finding]) -> Iterator[Finding]:
    """What is left to say of a change with words on both sides."""
    left, right = sides.in_a.weight, sides.in_b.weight
    if found and max(left, right) <= _SAID:
        return
    change = sides.change
    words = printed(sides.a, change.a1, change.a2), printed(sides.b, change.b1, change.b2)
    if abs(left - right) >= _SAID and min(left, right) * 3 <= max(left, right):
        kind: DifferenceKind = "omission" if left > right else "addition"
        side = "A" if left > right else "B"
        more = sides.in_a if left > right else sides.in_b
        grave = bool(more.figures or more.names or more.acts)
        message = f"more stands in {side}: {words[0]} → {words[1]}"
        yield sides.finding(kind, "major" if grave else "minor", 0.5, message)
        return
    lost = bool(sides.in_a.figures) != bool(sides.in_b.figures) or sides.in_a.subjects != sides.in_b.subjects
    grave = bool(sides.in_a.figures) != bool(sides.in_b.figures) and not found
    weight = 0.2 + 0.05 * min(6, left + right) + (0.1 if lost else 0)
    yield sides.finding(
        "wording", "major" if grave else "minor", weight, f"other words: {words[0]} → {words[1]}"
    )


def _one_sided(sides: _Sides) -> Iterator[Finding]:
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
        if found := list(_negation(sides)) + list(_lone_modal(sides, account, first, last, side)):
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
    return has.weight == 0 and not (book.pro_drop and has.subjects) and last - first <= _SAID


def _loss(account: Account, first: int, last: int, has: Holding, whole: bool) -> tuple[Severity, float]:
    """How much it matters that a stretch is missing."""
    facts = len(has.figures) + len(has.names) + len(has.acts)
    question = account.sentences[account.tokens[last - 1].sentence].mark == "?"
    weight = min(0.9, 0.35 + 0.03 * has.weight + 0.06 * min(facts, 4) + (0.1 if question else 0))
    if whole:
        if has.weight >= 5 and (facts or question):
            return "critical", weight
        return ("major" if has.weight >= _SAID else "minor"), weight
    if has.weight == 0 and has.subjects and account.phrasebook.pro_drop:
        return "major", 0.6  # the subject that need not be said was said: whose deed it is
    grave = facts or has.negations or has.weight >= _SAID
    return ("major" if grave else "minor"), weight


def _repeats(account: Account, first: int, last: int) -> bool:
    """Whether the stretch only says again what stands beside it: "it's it's"."""
    size = last - first
    words = account.keys[first:last]
    return words in (account.keys[max(0, first - size) : first], account.keys[last : last + size])


def _lone_modal(sides: _Sides, account: Account, first: int, last: int, side: str) -> Iterator[Finding]:
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
    wide = _widened(sides)
    left, right = printed(sides.a, wide.a1, wide.a2), printed(sides.b, wide.b1, wide.b2)
    yield sides.finding(
        "modality",
        "major",
        0.7,
        f"“{printed(account, first, last)}” stands in {side} only: {left} → {right}",
        wide,
    )
