"""The same thing printed in two ways: contractions, spellings, houses' styles; nothing that anybody said differs."""

from __future__ import annotations

from onrecord.collation.account import Account
from onrecord.collation.edits import Change
from onrecord.collation.figures import same_value, worth
from onrecord.collation.phrasebook import Phrasebook


def trimmed_change(change: Change, a: Account, b: Account) -> Change | None:
    """The change without what is the same at its ends; None where nothing is left."""
    a1, a2, b1, b2 = change.a1, change.a2, change.b1, change.b2
    while a1 < a2 and b1 < b2 and (step := _same_here(a, a1, a2, b, b1, b2)):
        a1, b1 = a1 + step[0], b1 + step[1]
    while a1 < a2 and b1 < b2 and _same_word(a, a2 - 1, b, b2 - 1):
        a2, b2 = a2 - 1, b2 - 1
    return Change(a1, a2, b1, b2, change.bead) if a1 < a2 or b1 < b2 else None


def _same_here(a: Account, a1: int, a2: int, b: Account, b1: int, b2: int) -> tuple[int, int] | None:
    """How many tokens at the beginning of both are the same thing printed in two ways."""
    if _same_word(a, a1, b, b1):
        return 1, 1
    for long, short in ((2, 1), (1, 2), (3, 1), (1, 3)):
        if a1 + long <= a2 and b1 + short <= b2:
            left, right = " ".join(a.keys[a1 : a1 + long]), " ".join(b.keys[b1 : b1 + short])
            if a.phrasebook.alike(left, right) or _possessive(a.phrasebook, left, right):
                return long, short
    return None


def _same_word(a: Account, in_a: int, b: Account, in_b: int) -> bool:
    left, right = a.keys[in_a], b.keys[in_b]
    if left == right or a.phrasebook.alike(left, right):
        return True
    if left[0] in "#@" or right[0] in "#@":
        return same_value(worth(a, in_a), worth(b, in_b))
    short = a.phrasebook.short
    return right in short.get(surface(a, in_a, in_a + 1), ()) or left in short.get(
        surface(b, in_b, in_b + 1), ()
    )


def _possessive(book: Phrasebook, a: str, b: str) -> bool:
    """Whether "president's" stands for "president is"."""
    short, long = sorted((a, b), key=lambda words: words.count(" "))
    stem = short.removesuffix("'s")
    return stem != short and any(long == f"{stem} {form}" for form in book.short.get("'s", ()))


def surface(account: Account, first: int, last: int) -> str:
    """The printed words without spaces, in lower case, with one shape of apostrophe."""
    pieces = (account.read(token.start, token.end) for token in account.tokens[first:last])
    return "".join("".join(pieces).split()).casefold().replace("’", "'").replace("ʼ", "'")
