"""One sentence printed twice with one different word: two renderings of the same words, of which one at most is right.

An article quotes what the transcript has; a translation program translates both, and differently. Parallel sentences of
a speaker ("we will rebuild our schools … our hospitals") are no damage: so one of the two must stand in quotation marks
that are the article's, and the other in another paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from onrecord.integrity.document import Document
from onrecord.integrity.findings import Example, Finding, Rule

_ANCHOR = 5
"""Words in a row that two renderings share; a run of them that comes back often is a phrase of the house."""
_OFTEN = 4
_SHORTEST = 8
"""Words of the shorter sentence, the different one included."""
_REACH = 40
_QUOTED = re.compile(r"[«“„\"][^«»“”„\"\n]{30,400}[»”“\"]")
_STOP = frozenset('.!?…\n\r«»“”„";:()[]')


class Clause(NamedTuple):
    """Words `first` to `last` (not included) between two full stops or quotation marks."""

    first: int
    last: int


def one_different_word(document: Document) -> Iterator[Finding]:
    """Both renderings, each with the other as evidence."""
    seen: set[tuple[int, int]] = set()
    for first, second in _anchors(document):
        one, two = _clause(document, first), _clause(document, second)
        if (one.first, two.first) in seen or one.first == two.first:
            continue
        seen |= {(one.first, two.first), (two.first, one.first)}
        slot = _slot(document, one, two)
        if slot is not None:
            yield from _both(document, one, two, slot)


def _anchors(document: Document) -> Iterator[tuple[int, int]]:
    """Pairs of places that share five words, few places do: one told by the article, one in another paragraph."""
    told: dict[tuple[str, ...], list[int]] = {}
    for first, last in _told(document):
        for at in range(first, last - _ANCHOR + 1):
            told.setdefault(tuple(document.words[at : at + _ANCHOR]), []).append(at)
    if not told:
        return
    words = document.words
    shared: dict[tuple[str, ...], list[int]] = {}
    for at, run in enumerate(zip(*(words[shift:] for shift in range(_ANCHOR)), strict=False)):
        if run in told:
            shared.setdefault(run, []).append(at)
    lines = [paragraph.start for paragraph in document.paragraphs]
    for run, places in shared.items():
        if 1 < len(places) <= _OFTEN:
            for at in told[run]:
                line = bisect_right(lines, document.starts[at])
                yield from ((at, n) for n in places if bisect_right(lines, document.starts[n]) != line)


def _told(document: Document) -> Iterator[tuple[int, int]]:
    """Where an article quotes: words in quotation marks, outside of speech where there is speech."""
    for found in _QUOTED.finditer(document.text):
        if not document.spoken(found.start()):
            yield document.at(found.start()), document.at(found.end())


def _clause(document: Document, at: int) -> Clause:
    """The clause around a word, at most forty words to either side."""
    first = at
    while first > max(0, at - _REACH) and _STOP.isdisjoint(document.gap(first)):
        first -= 1
    last = at + 1
    while last < min(len(document), at + _REACH) and _STOP.isdisjoint(document.gap(last)):
        last += 1
    return Clause(first, last)


Slot = tuple[int, int]


def _slot(document: Document, one: Clause, two: Clause) -> Slot | None:
    """The one word that differs, by its number in either clause; words that only lean on a sentence may be added."""
    light = document.tongue.listed("leaning")
    a = [at for at in range(one.first, one.last) if document.words[at] not in light]
    b = [at for at in range(two.first, two.last) if document.words[at] not in light]
    a, b = _units(document, a), _units(document, b)
    if min(len(a), len(b)) < _SHORTEST or len(a) != len(b):
        return None
    differ = [
        n for n, (x, y) in enumerate(zip(a, b, strict=True)) if _word(document, x) != _word(document, y)
    ]
    if len(differ) != 1:
        return None
    x, y = a[differ[0]], b[differ[0]]
    return (x, y) if _content(document, x) and _content(document, y) else None


def _units(document: Document, numbers: Sequence[int]) -> list[int]:
    """The words without the later parts of a hyphenated one: "rendez-vous" is one word."""
    return [at for n, at in enumerate(numbers) if n == 0 or document.gap(at) not in ("-", "‑")]


def _extent(document: Document, at: int) -> int:
    """The end of a word with its hyphenated parts."""
    while at + 1 < len(document) and document.after(at) in ("-", "‑"):
        at += 1
    return document.end(at)


def _word(document: Document, at: int) -> str:
    return document.folded[document.starts[at] : _extent(document, at)]


def _content(document: Document, at: int) -> bool:
    """Whether the word carries sense of its own; numbers, names and forms of one another differ for good reasons."""
    return _word(document, at) not in document.tongue.function_words and not document.capital[at]


def _both(document: Document, one: Clause, two: Clause, slot: Slot) -> Iterator[Finding]:
    first, second = (document.text[document.starts[at] : _extent(document, at)] for at in slot)
    if first[:4].lower() == second[:4].lower():
        return  # another form of the same word
    clauses = [(document.starts[clause.first], _extent(document, clause.last - 1)) for clause in (one, two)]
    for at, other, printed, evidence in (
        (slot[0], second, first, clauses[1]),
        (slot[1], first, second, clauses[0]),
    ):
        yield Finding(
            document.starts[at], _extent(document, at), "critical",
            f"the same sentence stands twice, here with “{printed}”, elsewhere with “{other}”",
            None, (evidence,),
        )  # fmt: skip


RULES = (
    Rule(
        "same_formula", "formula", "form", one_different_word,
        Example(
            "fr",
            "Il a dit : « Rien n’est signé tant que tout n’est pas signé par la ⟦cime⟧ ».\n"
            "La suite a été longue.\nRien n’est donc signé tant que tout n’est pas signé par la ⟦réunion⟧.",
        ),
        Example(
            "fr",
            "Nous allons rouvrir la ligne entre nos deux grands ports.\n"
            "Nous allons rouvrir la ligne entre nos deux grands phares.",
        ),
    ),
)  # fmt: skip
