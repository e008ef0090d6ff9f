"""Stage 7: where a text cannot be trusted, and how that is known.

    form      visible damage: glued, untranslated, doubled …    one module a family, each rule named
    facts     what does not fit the shipped roster               facts.py
    versions  another account of the event differs               versions.py; it never says which is right

`find_flags` runs the rules over one source, those of installed packages included; `flags_from` turns a comparison into
flags; `judge_items` says what flags mean for quotations and statements; `words_of` whose words a source holds;
`figures` how much was found, and what cannot be seen. Nothing here rewrites a text, and no flags is never the same as
no damage.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.integrity.document import Document
from onrecord.integrity.findings import Finding, Rule, Tier
from onrecord.integrity.origin import words_of
from onrecord.integrity.rules import RULES, rules
from onrecord.model import Block, Flag, Item, Mark, Person, Turn, Words
from onrecord.spans import Text
from onrecord.text.language import Run

__all__ = ["RULES", "Document", "examine", "find_flags"]

_RANK = {"critical": 0, "major": 1, "minor": 2}


def find_flags(
    text: Text,
    language: str | None,
    turns: Sequence[Turn] = (),
    blocks: Sequence[Block] = (),
    marks: Sequence[Mark] = (),
    people: Sequence[Person] = (),
    *,
    date: str | None = None,
    tiers: Iterable[Tier] = ("form", "facts"),
    source: str = "s1",
) -> list[Flag]:
    """The flags of one source from its own text, in order; those of one kind that overlap are one flag.

    `date` is that of the event (ISO 8601), where it is known. A language without data gets the rules that need none.

    >>> [flag.text for flag in find_flags(Text("Rien n’est signé, a-t-il ditPlus tard."), "fr")]
    ['ditPlus']
    """
    document = Document(text.characters, language, turns, blocks, marks, people, date)
    return _flags(text, document, frozenset(tiers), source)


def examine(
    text: Text,
    language: str | None,
    turns: Sequence[Turn],
    blocks: Sequence[Block],
    marks: Sequence[Mark],
    people: Sequence[Person],
    date: str | None,
    interpreted: int,
    runs: Sequence[Run],
) -> tuple[list[Flag], Words]:
    """The flags of a source and whose words it holds, in one look; `interpreted` as in `origin.words_of`,
    `runs` as in `text.language.language_runs`."""
    document = Document(text.characters, language, turns, blocks, marks, people, date, runs)
    flags = _flags(text, document, frozenset(("form", "facts")), "s1")
    return flags, words_of(document, flags, interpreted)


def _flags(text: Text, document: Document, asked: frozenset[Tier], source: str) -> list[Flag]:
    found = [
        (rule, finding)
        for rule in rules()
        if rule.tier in asked
        for finding in rule.find(document)
        if rule.everywhere or document.prose(finding.start, finding.end)
    ]
    found.sort(key=lambda one: (one[1].start, -one[1].end, one[0].kind))
    return [_flag(text, number, *one, source) for number, one in enumerate(_merged(found), 1)]


def _merged(found: Iterable[tuple[Rule, Finding]]) -> list[tuple[Rule, Finding]]:
    """Of overlapping findings of one kind the most serious, widened to hold them all; the longer where equal."""
    kept: list[tuple[Rule, Finding]] = []
    newest: dict[str, int] = {}
    for rule, finding in found:
        at = newest.get(rule.kind)
        if at is not None and finding.start < kept[at][1].end:
            first_rule, first = kept[at]
            if _RANK[finding.severity] < _RANK[first.severity]:
                first_rule, wide = rule, finding._replace(start=first.start, end=max(first.end, finding.end))
            else:
                wide = first._replace(end=max(first.end, finding.end))
            kept[at] = (first_rule, wide if wide[:2] == first[:2] else wide._replace(suggestion=None))
            continue
        newest[rule.kind] = len(kept)
        kept.append((rule, finding))
    return kept


def _flag(text: Text, number: int, rule: Rule, finding: Finding, source: str) -> Flag:
    span = text.span(finding.start, finding.end)
    evidence = tuple(
        Item(source, text.span(start, end), text.characters[start:end]) for start, end in finding.evidence
    )
    return Flag(
        f"f{number}", source, span, text.read(span), rule.kind, rule.tier, finding.severity, finding.message,
        finding.suggestion, evidence, rule.name,
    )  # fmt: skip
