"""Words that lost the space between them: "ditPlus tard"; "the talks.They ended"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.integrity.document import JOINED_OR_NUMBER, Document
from onrecord.integrity.findings import Example, Finding, Rule, repair
from onrecord.text.expressions import later
from onrecord.text.matching import fold

_SMALL, _LARGE = "a-zß-öø-ÿœа-яё", "A-ZÀ-ÖØ-ÞŒА-ЯЁ"
# The capital first, here and below: a search skips from one to the next, and only then looks around.
_SEAM = re.compile(f"[{_LARGE}](?<=[{_SMALL}].)(?=[{_SMALL}'’])")
_LEFT = later(r"[^\W\d_]{1,30}\Z")
_RIGHT = later(rf"[{_LARGE}][{_SMALL}]{{0,30}}")
_STOP = re.compile(rf"[.!?…](?<=[{_SMALL}][.!?…])(?=[{_LARGE}][{_SMALL}])")
_BEFORE = later(rf"[{_SMALL}]{{2,20}}\Z")
_SHORTEST = 4
"""Letters of an unknown word that may stand at a seam when the other side is one of the commonest words."""
_NAME = 3
"""A form printed this often is a name ("easyJet"), no accident."""


def glued_words(document: Document) -> Iterator[Finding]:
    """A small word runs into a capitalised one, and both are words."""
    text = document.text
    for seam in _SEAM.finditer(text):
        at = seam.start()
        left = _LEFT.search(text, max(0, at - 31), at)
        right = _RIGHT.match(text, at)
        if not left or not right or not left[0].islower() or _edged(text, left.start(), right.end()):
            continue
        whole = left[0] + right[0]
        if _are_words(document, left[0], right[0], text[right.end() : right.end() + 1]) and not _a_name(
            document, whole
        ):
            first = right[0] if _named(document, right[0]) else right[0].lower()
            yield Finding(
                left.start(), right.end(), "minor", f"“{whole}” is two words printed as one",
                repair(f"{left[0]} {first}"),
            )  # fmt: skip


def _edged(text: str, start: int, end: int) -> bool:
    """Whether the word stands in an address, a tag, a compound, or goes on with another capital."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return before in JOINED_OR_NUMBER or after in JOINED_OR_NUMBER or after.isupper() or before == "."


def _are_words(document: Document, left: str, right: str, following: str) -> bool:
    tongue, low = document.tongue, right.lower()
    if len(left) < 2 or left in tongue.listed("glue_not") or low in tongue.listed("glue_not"):
        return False
    if following in ("'", "’"):
        return low in tongue.elisions and (left in tongue.everyday or len(left) >= _SHORTEST)
    if len(low) < 2:
        return False
    known_left = left in tongue.everyday or document.small[left] > 0
    known_right = low in tongue.everyday or document.small[low] > 0
    if known_left and known_right:
        return True
    return (left in tongue.function_words and len(low) >= _SHORTEST) or (
        low in tongue.function_words and len(left) >= _SHORTEST
    )


def _a_name(document: Document, whole: str) -> bool:
    low = fold(whole)
    return low in _brands() or len(document.places.get(low, ())) >= _NAME


def _brands() -> frozenset[str]:
    from onrecord.integrity.shared import listed

    return listed("brands")


def _named(document: Document, word: str) -> bool:
    return document.named[word.lower()] > document.small[word.lower()]


def lost_space(document: Document) -> Iterator[Finding]:
    """A sentence begins without a space before it, between two everyday words."""
    everyday = document.tongue.everyday
    for stop in _STOP.finditer(document.text):
        at = stop.start()
        left, right = _BEFORE.search(document.text, max(0, at - 21), at), _RIGHT.match(document.text, at + 1)
        if not left or not right or _edged(document.text, left.start(), right.end()):
            continue
        if left[0] in everyday and right[0].lower() in everyday:
            whole = document.text[left.start() : right.end()]
            yield Finding(
                left.start(), right.end(), "minor", f"a space is missing in “{whole}”",
                repair(f"{left[0]}{stop[0]} {right[0]}"),
            )  # fmt: skip


RULES = (
    Rule(
        "glued_words", "glued", "form", glued_words,
        Example("fr", "« Rien n’est signé », a-t-il ⟦ditPlus⟧ tard, au quai."),
        Example("fr", "Elle a payé avec easyJet puis acheté un iPhone à la boutique OpenTable."),
    ),
    Rule(
        "lost_space", "glued", "form", lost_space,
        Example("en", "We had a long ⟦talk.They⟧ will meet again in spring."),
        Example("en", "The page is at harbour.Veldania.example, says the U.S.Treasury."),
    ),
)  # fmt: skip
