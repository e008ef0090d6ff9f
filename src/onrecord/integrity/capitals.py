"""Capitals in the middle of a sentence: "les journalistes À bord", where pieces were translated apart."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator

from onrecord.integrity.document import Document
from onrecord.integrity.findings import Example, Finding, Rule, repair

_GAPS = frozenset((" ", "\u00a0", "\u202f"))
_PASTED = 2
"""Misplaced capitals in one paragraph from which its other odd capitals count as well."""


def misplaced_capitals(document: Document) -> Iterator[Finding]:
    """A preposition, article or the like with a capital between small words; with two of them, nouns as well."""
    tongue = document.tongue
    never = tongue.listed("never_capital")
    if not never:
        return
    inside: dict[int, list[int]] = defaultdict(list)
    starts = [paragraph.start for paragraph in document.paragraphs]
    for at in document.where(never):
        if _misplaced(document, at):
            inside[bisect_right(starts, document.starts[at])].append(at)
            yield _finding(document, at)
    for paragraph, found in inside.items():
        if len(found) >= _PASTED and tongue.rules["names_have_capitals"]:
            span = document.paragraphs[paragraph - 1]
            for at in range(document.at(span.start), document.at(span.end)):
                if at not in found and _odd_noun(document, at):
                    yield _finding(document, at)


def _misplaced(document: Document, at: int) -> bool:
    """A capital between two words in small letters, with only a space on either side (a comma may stand before)."""
    if not document.capital[at] or not 0 < at < len(document) - 1 or len(document.words[at]) == 0:
        return False
    gap = document.gap(at)
    if gap not in _GAPS and not (gap == ", " and document.tongue.rules.get("no_capital_behind_comma")):
        return False
    if document.after(at) not in (" ", "’", "'"):
        return False
    if document.capital[at - 1] or document.capital[at + 1] or document.words[at - 1] in _letters(document):
        return False
    return document.text[document.starts[at] : document.end(at)].istitle() and document.prose(
        document.starts[at], document.end(at)
    )


def _letters(document: Document) -> frozenset[str]:
    """Words that announce a title: "le film À bout portant"."""
    return document.tongue.listed("before_title")


def _odd_noun(document: Document, at: int) -> bool:
    """An everyday word with a capital that the text never uses as a name again."""
    if not document.capital[at] or at == 0 or document.opens(at) or document.gap(at) != " ":
        return False
    word = document.words[at]
    single = document.named[word] == 1 and not document.capital[at - 1] and document.after(at)[:1] == " "
    follows = at + 1 < len(document) and (
        not document.capital[at + 1] or document.words[at + 1] in document.tongue.listed("never_capital")
    )
    return single and follows and word in document.tongue.everyday and word not in document.tongue.names


def _finding(document: Document, at: int) -> Finding:
    word = document.text[document.starts[at] : document.end(at)]
    return Finding(
        document.starts[at], document.end(at), "minor", f"“{word}” has a capital in the middle of a sentence",
        repair(word.lower()),
    )  # fmt: skip


RULES = (
    Rule(
        "function_word_capital", "capital", "form", misplaced_capitals,
        Example("fr", "La présidente a salué les pêcheurs ⟦À⟧ bord du bateau pilote."),
        Example("fr", "Le journal La Gazette et le film À quai sont sortis. À bord, rien de neuf."),
    ),
)  # fmt: skip
