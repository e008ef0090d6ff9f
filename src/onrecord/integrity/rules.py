"""All rules, in the order in which they run; a rule belongs to the module of its family."""

from __future__ import annotations

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
from onrecord.integrity.findings import Rule

FAMILIES = (
    characters, glued, foreign, lower_names, capitals, doubled, formulas, labels, titles, brackets, verbs,
    number_lists, stops, facts,
)  # fmt: skip

RULES: tuple[Rule, ...] = tuple(rule for family in FAMILIES for rule in family.RULES)
