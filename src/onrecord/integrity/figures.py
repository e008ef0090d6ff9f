"""How much damage was found, how much of it the rules are known to find, and what nobody can see. No grade.

The measured recall is data (`measured.toml`), written from the evals; a language without a test set has none.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from onrecord.integrity.rules import RULES
from onrecord.lexicon import toml
from onrecord.model import Flag

UNSEEN = "other damage remains that we cannot see, mostly wrong word senses"
"""What every face says beside the figures."""


class Measured(NamedTuple):
    """Recall of the form rules on one test set, in percent, and what the set is."""

    recall: float
    kind: str
    test_set: str


class Figures(NamedTuple):
    """Of one document: visible damage, places and per 1,000 words, and what that figure is worth."""

    found: int
    words: int
    rate: float
    rules: int
    measured: tuple[Measured, ...]
    unseen: str = UNSEEN


def figures(flags: Iterable[Flag], words: int, language: str | None) -> Figures:
    """The figures of one document of so many words.

    >>> figures([], 2000, "fr").rate, figures([], 0, None).measured
    (0.0, ())
    """
    found = sum(flag.tier == "form" for flag in flags)
    rate = round(1000 * found / words, 2) if words else 0.0
    rules = sum(rule.tier == "form" for rule in RULES)
    return Figures(found, words, rate, rules, _measured().get(language or "", ()))


@cache
def _measured() -> dict[str, tuple[Measured, ...]]:
    path = Path(__file__).with_name("measured.toml")
    table: dict[str, list[dict[str, Any]]] = toml.load(path)
    return {language: tuple(Measured(**row) for row in rows) for language, rows in table.items()}
