"""What two renderings of one sentence, in two languages, cannot both have right: numbers, names, denial, firmness.

Translations differ everywhere; almost none of it is a difference. So each rule here says nothing rather than guess,
and everything it does say points at words on both sides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.collation.account import Account
from onrecord.collation.alignment import Bead
from onrecord.collation.findings import Finding
from onrecord.collation.passages import token_keys
from onrecord.collation.polarity import LONGEST, denied_in, firmness, may_deny
from onrecord.collation.tokens import Token
from onrecord.collation.worths import unequal
from onrecord.people.names import fold, skeletons
from onrecord.spans import Span

_RENDERED = 0.35  # likeness of a bead from which its numbers and names may be compared
_LITERAL = 0.6  # likeness from which a rendering is word by word
_BREADTH = 1.8  # times that one rendering may be longer in words and still be word by word


def disagreements(bead: Bead, a: Account, b: Account) -> list[Finding]:
    """The numbers, names, denials and modal verbs of a bead that contradict each other; mostly none."""
    if not bead.a or not bead.b or bead.score < _RENDERED:
        return []
    mine, others = _tokens(a, bead.a), _tokens(b, bead.b)
    found = [*_numbers(mine, others, a, b), *_names(mine, others, a, b)]
    if _literal(bead, mine, others):
        found += [*_denial(bead, mine, others, a, b), *_firmness(mine, others, a, b)]
    return found


def _tokens(account: Account, sentences: Sequence[int]) -> list[Token]:
    first, last = account.sentences[sentences[0]].first, account.sentences[sentences[-1]].last
    return account.tokens[first:last]


def _literal(bead: Bead, mine: Sequence[Token], others: Sequence[Token]) -> bool:
    """Whether a rendering is short and close enough for single small words to count."""
    lengths = sorted((len(mine), len(others)))
    single = len(bead.a) == len(bead.b) == 1
    return single and bead.score >= _LITERAL and lengths[1] <= min(LONGEST, _BREADTH * lengths[0] + 1)


def _span(account: Account, token: Token) -> Span:
    return account.text.span(token.start, token.end)


def _numbers(mine: Sequence[Token], others: Sequence[Token], a: Account, b: Account) -> Iterator[Finding]:
    for one, other in unequal(mine, others, a.source.text, b.source.text):
        here, there = _span(a, one), _span(b, other)
        words = f"{a.text.read(here)} in A, {b.text.read(there)} in B"
        yield Finding("number", here, there, "critical" if one.key[:2] == "@P" else "major", 0.7, words)


def _names(mine: Sequence[Token], others: Sequence[Token], a: Account, b: Account) -> Iterator[Finding]:
    """A name that differs beside one that agrees: "Elin Sorby", "Elin Sorley"."""
    for at, place in _agreeing(mine, others, a, b):
        for step in (1, -1):
            one, other = _beside(mine, at, step), _beside(others, place, step)
            if one is None or other is None or not _two_names(one, other, a, b):
                continue
            here, there = _span(a, one), _span(b, other)
            words = f"{a.text.read(here)} in A, {b.text.read(there)} in B"
            yield Finding("name", here, there, "major", 0.6, words)


def _agreeing(
    mine: Sequence[Token], others: Sequence[Token], a: Account, b: Account
) -> Iterator[tuple[int, int]]:
    """Places of names that both sides print, each once."""
    for at, token in enumerate(mine):
        if token.kind == "name" and len(token.key) > 2:
            places = [
                place
                for place, other in enumerate(others)
                if other.kind == "name" and skeletons(token.key) & skeletons(other.key)
            ]
            if len(places) == 1 and [other.key for other in mine].count(token.key) == 1:
                yield at, places[0]


def _beside(tokens: Sequence[Token], at: int, step: int) -> Token | None:
    """The name directly before or behind another."""
    if not 0 <= at + step < len(tokens):
        return None
    first, second = sorted((tokens[at], tokens[at + step]))
    near = second.start - first.end == 1
    beside = tokens[at + step]
    return beside if near and beside.kind == "name" and len(beside.key) > 3 else None


def _two_names(one: Token, other: Token, a: Account, b: Account) -> bool:
    """Whether two names are alike enough to be meant as one, in one script, and are not one."""
    left, right = fold(one.key.rstrip("'")), fold(other.key.rstrip("'"))
    if left.isascii() != right.isascii() or left[:2] != right[:2] or abs(len(left) - len(right)) > 2:
        return False
    if skeletons(left) & skeletons(right) or left in right or right in left:
        return False
    known_a = set(token_keys(one, a.language, {}))
    return not known_a & {key for key in token_keys(other, b.language, {}) if key[0] == "~"}


def _denial(
    bead: Bead, mine: Sequence[Token], others: Sequence[Token], a: Account, b: Account
) -> Iterator[Finding]:
    denied_a, denied_b = denied_in(a, mine), denied_in(b, others)
    here, there = _whole(a, bead.a), _whole(b, bead.b)
    if denied_a and not may_deny(b, others, a, mine):
        yield Finding("negation", _span(a, denied_a[0]), there, "critical", 0.8, "denied in A, not in B")
    elif denied_b and not may_deny(a, mine, b, others):
        yield Finding("negation", here, _span(b, denied_b[0]), "critical", 0.8, "denied in B, not in A")


def _firmness(mine: Sequence[Token], others: Sequence[Token], a: Account, b: Account) -> Iterator[Finding]:
    """ "We will" in one language, "we could" in the other."""
    left, right = list(firmness(a, mine)), list(firmness(b, others))
    if len(left) == len(right) == 1 and left[0][1] != right[0][1]:
        here, there = _span(a, left[0][0]), _span(b, right[0][0])
        words = f"{a.text.read(here)} in A, {b.text.read(there)} in B"
        yield Finding("modality", here, there, "major", 0.5, words)


def _whole(account: Account, sentences: Sequence[int]) -> Span:
    return account.text.span(account.sentences[sentences[0]].start, account.sentences[sentences[-1]].end)
