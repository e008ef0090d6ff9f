"""Knowledge of no single language: brands with inner capitals, given names, countries with their own titles."""

from __future__ import annotations

from functools import cache
from typing import Any

from onrecord.lexicon import shared
from onrecord.text.vocabulary import words


@cache
def data() -> dict[str, Any]:
    """`lexicon/integrity.toml`."""
    return shared("integrity")


@cache
def listed(key: str) -> frozenset[str]:
    """One list of it, in lower case."""
    return frozenset(word.lower() for word in words(data()[key]))


@cache
def given_names() -> dict[str, str]:
    """Given names that only men ("m") or only women ("f") bear, in lower case, in Latin letters."""
    men, women = listed("men"), listed("women")
    return {**dict.fromkeys(men - women, "m"), **dict.fromkeys(women - men, "f")}
