"""Denial and firmness across languages, where a sentence is short and rendered word by word.

Languages deny with different words, and often with none ("unable", "reject"), so a missing "not" says nothing by
itself. It is only reported where one side denies plainly and the other has no word that could.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from onrecord.collation.account import Account
from onrecord.collation.concepts import concepts
from onrecord.collation.romanised import cognates
from onrecord.collation.tokens import Token
from onrecord.lexicon import languages, load
from onrecord.people.names import fold
from onrecord.text.vocabulary import words

LONGEST = 22
"""Tokens of a sentence up to which it is clear what is denied."""
_FIRM, _OPEN = frozenset({"will", "must", "will_have_to"}), frozenset({"could", "may"})


class _Signs(NamedTuple):
    """`polarity.toml` of one language; folded, beginnings of words except `plain` and `nouns`."""

    plain: frozenset[str]
    nouns: frozenset[str]
    affixes: tuple[str, ...]
    weak: tuple[str, ...]


_ABSENCE = frozenset({"without", "nobody", "nothing"})
_AFFIXED = 4  # letters that must follow an affix: "in" denies in "inactive", not in "inn"
_ANYTHING = _Signs(
    frozenset(), frozenset(), (), ("",)
)  # of an unknown language: nothing denies plainly, every word may


@cache
def _signs(language: str | None) -> _Signs:
    data = load(language, "polarity").get("polarity", {}) if language in languages() else {}
    if not language or not data:
        return _ANYTHING
    affixes, weak = (tuple(sorted(map(fold, words(data[key])))) for key in ("affixes", "weak"))
    return _Signs(frozenset(words(data["plain"])), frozenset(words(data.get("nouns", ""))), affixes, weak)


def denied_in(account: Account, tokens: Sequence[Token]) -> list[Token]:
    """The tokens that plainly deny, without set phrases ("not only") and nouns that look alike ("un pas")."""
    signs, phrases = _signs(account.language), account.phrasebook.not_negations
    before = ["", *(token.key for token in tokens)]
    after = [*(token.key for token in tokens[1:]), ""]
    return [
        token
        for token, last, following in zip(tokens, before, after, strict=False)
        if token.key in signs.plain
        and f"{token.key} {following}" not in phrases
        and f"{last} {token.key}" not in signs.nouns
    ]


def may_deny(account: Account, tokens: Sequence[Token], other: Account, rendered: Sequence[Token]) -> bool:
    """Whether anything in a rendering could carry a denial that the `rendered` words of the other account carry.

    That is a negation, a restriction, a verb of refusing. What has its counterpart there has not: "without" where
    "sans" stands, "inspection" where a relative of it or its idea is known.
    """
    signs = _signs(account.language)
    there = absences(other, rendered)
    relatives = frozenset().union(*(cognates(token.key) for token in rendered))
    for token in tokens:
        word, ideas = fold(token.key), concepts(token.key, account.language)
        if token.kind != "word" or ideas & there:
            continue
        if word.startswith(signs.weak):
            return True
        affixed = any(
            word.startswith(affix) and len(word) >= len(affix) + _AFFIXED for affix in signs.affixes
        )
        if affixed and not ideas and not cognates(token.key) & relatives:
            return True
    return False


def absences(account: Account, tokens: Sequence[Token]) -> frozenset[str]:
    """The ideas of absence that a rendering has besides its plain denials: "without", "nobody", "nothing"."""
    denied = denied_in(account, tokens)
    return frozenset(
        idea
        for token in tokens
        if token not in denied
        for idea in concepts(token.key, account.language) & _ABSENCE
    )


def firmness(account: Account, tokens: Sequence[Token]) -> Iterator[tuple[Token, str]]:
    """The modal words of a rendering, each as "firm" or "open"; those that say neither are left out."""
    for token in tokens:
        value = account.phrasebook.modals.get(token.key, "")
        if value in _FIRM:
            yield token, "firm"
        elif value in _OPEN:
            yield token, "open"
