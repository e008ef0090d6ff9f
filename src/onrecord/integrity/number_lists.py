"""Lists of figures that can be read in two ways: "5, 6, 7 000 people"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from onrecord.integrity.document import Document
from onrecord.integrity.findings import Example, Finding, Rule
from onrecord.text.expressions import later

_LIST = later(r"(?<![\d.,])(\d), (\d),? (?:(\d),? )?(\d)[ \u00a0\u202f.,]000\Z")
_THOUSANDS = re.compile(r"000\b")
_REACH = 20


def short_numbers(document: Document) -> Iterator[Finding]:
    """Single digits that climb to a number of thousands: are the first ones thousands too?"""
    for last in _THOUSANDS.finditer(document.text):
        found = _LIST.search(document.text, max(0, last.end() - _REACH), last.end())
        if found is None:
            continue
        digits = [int(digit) for digit in found.groups() if digit]
        if all(b - a == 1 for a, b in pairwise(digits)):
            yield Finding(
                *found.span(), "major", f"“{found[0]}” leaves open whether the first figures are thousands"
            )


RULES = (
    Rule(
        "short_numbers", "number_list", "form", short_numbers,
        Example("fr", "Il y avait ⟦4, 5, 6 000⟧ voyageurs par semaine."),
        Example("fr", "Aux pages 4, 5 et 6, on lit 6 000 voyageurs ; il y en avait 4 000, 5 000, 6 000."),
    ),
)  # fmt: skip
