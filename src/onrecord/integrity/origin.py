"""Whose words a source holds: spoken so, interpreted, translated by a person or by a machine; with the reasons.

A machine is recognised by what people do not leave behind: words of the source language in every tenth sentence,
doubled spaces where the engine dropped a word, visible damage of many kinds at once. Two such tells are needed, or one
that is very strong. A text that shows none may still be a machine's: a good engine leaves no trace.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from onrecord.integrity.document import Document
from onrecord.integrity.shared import data
from onrecord.model import Flag, Mark, Words
from onrecord.text.matching import Matcher
from onrecord.text.vocabulary import words

# The spaces first: a search skips from one to the next, and only then looks around.
_DOUBLED_SPACE = re.compile(r"  (?<=[^\W\d_][^\W\d_]  )(?=[^\W\d_])")
_SIGNS = frozenset(
    (
        "untranslated",
        "capital",
        "lower_case_name",
        "formula",
        "glued",
        "tense",
        "bracket",
        "title_gender",
        "label_word",
        "duplicate",
    )
)
"""Kinds of damage that translation programs do."""
_FEWEST = 4
"""Places of one sort from which they are a habit and no slip."""
_SPACES, _FOREIGN, _DAMAGE = 5.0, 2.5, 3.0
"""Per 1,000 words, from which doubled spaces, foreign words, visible damage are a machine's. Human transcripts of many
conventions have 0 (in Latin and Cyrillic letters), at most 2.4 and at most 0.4; the output of engines 14 to 26, 4 to
12, 2 to 12. One of the first two is not enough: justified
lines have doubled spaces, bilingual parliaments foreign words."""
_KINDS, _MANY_KINDS = 3, 5
_EDGE = 3_000
"""Characters at either end of a text in which it says where its words come from."""


def words_of(document: Document, flags: Sequence[Flag], interpreted: int = 0) -> Words:
    """Whose words these are. `interpreted` counts what else notes an interpreter, such as manners in labels."""
    said = _said(document)
    if "machine" in said:
        return Words("machine_translated", None, "certain", (f"the text says so: “{said['machine']}”",))
    tells = [*_tells(document, flags)]
    if sum(weight for weight, _ in tells) >= 2:
        return Words("machine_translated", _source(document), "likely", tuple(reason for _, reason in tells))
    noted = interpreted + _interpretations(document.marks)
    if noted:
        return Words(
            "interpreted", None, "likely", (f"the text notes an interpreter or another language {noted}×",)
        )
    if "interpreted" in said:
        return Words("interpreted", None, "likely", (f"the text says so: “{said['interpreted']}”",))
    if "translated" in said:
        return Words("translated", None, "likely", (f"the text says so: “{said['translated']}”",))
    return Words()


def _interpretations(marks: Sequence[Mark]) -> int:
    return sum(mark.kind == "interpretation" for mark in marks)


def _said(document: Document) -> dict[str, str]:
    """What the beginning or the end of the text says of its words: the first phrase for each value."""
    rows = [(form, value) for value, block in data()["origin"].items() for form in words(block)]
    matcher, found = Matcher(rows), dict[str, str]()
    text = document.text
    for start, end in ((0, _EDGE), (max(_EDGE, len(text) - _EDGE), len(text))):
        for left, right, value in matcher.scan(text, start, end):
            if not document.spoken(left):
                found.setdefault(value, text[left:right])
    return found


def _tells(document: Document, flags: Sequence[Flag]) -> Iterator[tuple[int, str]]:
    """Each sign of a machine with its weight; two are needed."""
    thousand = max(len(document), 1) / 1000
    spaces = len(_DOUBLED_SPACE.findall(document.text)) if document.tongue.everyday else 0
    if spaces >= _FEWEST and spaces / thousand >= _SPACES:
        yield 1, f"{spaces} doubled spaces inside sentences"
    foreign = _foreign(document)
    if len(foreign) > 1 and sum(foreign.values()) / thousand >= _FOREIGN:
        shown = ", ".join(
            f"“{word}”" for word, _ in sorted(foreign.items(), key=lambda one: (-one[1], one[0]))[:3]
        )
        yield 1, f"{sum(foreign.values())} words of another language, such as {shown}"
    damage = [flag for flag in flags if flag.tier == "form" and flag.kind in _SIGNS]
    kinds = {flag.kind for flag in damage}
    if len(kinds) >= _KINDS and len(damage) >= _FEWEST and len(damage) / thousand >= _DAMAGE:
        yield (
            (2 if len(kinds) >= _MANY_KINDS else 1),
            f"visible damage of {len(kinds)} kinds in {len(damage)} places",
        )
    labels = {flag.text for flag in flags if flag.kind == "label_word"}
    if labels:
        yield (
            1,
            f"the label {' and '.join(f'“{label}”' for label in sorted(labels))} is an ordinary word for a name",
        )


def _foreign(document: Document) -> Counter[str]:
    """Words of other languages in small letters, with their numbers."""
    small = document.small
    return Counter(
        {word: small[word] for listed in document.tongue.foreign.values() for word in listed & small.keys()}
    )


def _source(document: Document) -> str | None:
    """The language that most of the foreign words belong to; None where there are too few to tell."""
    small = document.small
    counts = {
        code: sum(small[word] for word in listed & small.keys())
        for code, listed in document.tongue.foreign.items()
    }
    best = max(sorted(counts), key=lambda code: counts[code], default=None)
    return best if best is not None and counts[best] >= _FEWEST else None
