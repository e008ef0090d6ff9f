"""All rules, in the order in which they run; a rule belongs to the module of its family, or comes with a package."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import get_args

from onrecord.integrity import (
    brackets,
    capitals,
    characters,
    doubled,
    facts,
    foreign,
    formulas,
    glued,
    labels,
    lower_names,
    number_lists,
    stops,
    titles,
    verbs,
)
from onrecord.integrity.document import Document
from onrecord.integrity.findings import Finding, Rule, Tier
from onrecord.model import FlagKind
from onrecord.plugins import Offer, offers

GROUP = "onrecord.checks"

FAMILIES = (
    characters, glued, foreign, lower_names, capitals, doubled, formulas, labels, titles, brackets, verbs,
    number_lists, stops, facts,
)  # fmt: skip

RULES: tuple[Rule, ...] = tuple(rule for family in FAMILIES for rule in family.RULES)
"""Our own rules: those whose recall is measured."""


@cache
def rules() -> tuple[Rule, ...]:
    """Our rules and those of installed packages, which are named as their entry points are."""
    ours = [rule.name for rule in RULES]
    return (*RULES, *(_offered(offer) for offer in offers(GROUP, Rule, tuple(ours))))


def _offered(offer: Offer) -> Rule:
    """The rule of a package; what it finds is held against the contract, for a record must not break on it."""
    rule: Rule = offer.thing
    for value, known in ((rule.kind, FlagKind), (rule.tier, Tier)):
        if value not in get_args(known):
            raise offer.unusable(f"{value!r} is none of {', '.join(get_args(known))}")

    def find(document: Document) -> Iterator[Finding]:
        try:
            found = list(rule.find(document))
        except Exception as error:  # the code of a stranger
            raise offer.failed(error) from error
        for one in found:
            if not 0 <= one.start < one.end <= len(document.text):
                raise offer.unusable(f"[{one.start}, {one.end}) does not lie in the text")
        yield from found

    return rule._replace(name=offer.name, find=find)
