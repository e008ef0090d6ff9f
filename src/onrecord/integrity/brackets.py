"""Brackets that no editor sets: "(nous) considérerait"; and tags of a page that were printed as words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.integrity.document import Document
from onrecord.integrity.findings import Example, Finding, Rule
from onrecord.text.matching import fold

_BRACKET = re.compile(r"[(\[]([^\W\d_]{1,6})[)\]][ \u00a0]([^\W\d_]{1,30})([^\w\s]?)")
_TAG = re.compile(
    r"</?(?:a|b|i|p|br|hr|em|li|td|th|tr|ul|ol|h[1-6]|div|img|nav|sup|sub|span|code|body|head|html|table|strong|button|"
    r"script|style|figure|caption|figcaption|section|article|aside|iframe|blockquote)(?: [^<>\n]{0,200})?/?>",
    re.IGNORECASE,
)
_MARKED_UP = 8
"""Tags from which a text is a page that shows its markup, which its reader says elsewhere."""


def impossible_brackets(document: Document) -> Iterator[Finding]:
    """An inserted pronoun that the verb behind it cannot have, or with no verb behind it; a lone article of English."""
    endings: dict[str, str] = document.tongue.rules.get("bracket_verbs", {})
    lone = document.tongue.listed("bracket_never")
    pronouns = frozenset(endings) | document.tongue.listed("pronouns")
    if not endings and not lone:
        return
    for found in _BRACKET.finditer(document.text):
        inside, follows, stop = fold(found[1]), fold(found[2]), found[3]
        start, end = found.span(1)[0] - 1, found.end(2)
        if (
            inside in endings
            and follows not in pronouns
            and follows not in document.tongue.listed("before_verb")
        ):
            if _verb(document, follows) and not follows.endswith(tuple(endings[inside].split())):
                yield Finding(
                    start, end, "critical", f"the verb “{found[2]}” does not fit the inserted “{found[1]}”"
                )
        elif inside in endings and follows in pronouns and stop in (",", ".", ";"):
            yield Finding(start, end, "critical", f"the inserted “{found[1]}” has no verb")
        elif inside in lone and _inside_sentence(document, found.start()):
            yield Finding(
                start,
                found.end(1) + 1,
                "minor",
                f"the inserted “{found[1]}” is no word that could stand here",
            )


def _verb(document: Document, word: str) -> bool:
    """Whether a word has the form of a verb: one of the language's verbal endings, or the pronouns' own."""
    return word.endswith(tuple(document.tongue.listed("verb_endings")))


def _inside_sentence(document: Document, at: int) -> bool:
    """Whether plain words stand before the bracket, and the text has no list "(a) … (b)"."""
    before = document.text[max(0, at - 3) : at]
    return len(before) == 3 and before[1].isalpha() and before[2] == " " and "(b)" not in document.text


def leaked_markup(document: Document) -> Iterator[Finding]:
    """A tag of HTML among the words of a text that is no page."""
    found = list(_TAG.finditer(document.text))
    if 0 < len(found) <= _MARKED_UP:
        for tag in found:
            yield Finding(*tag.span(), "minor", f"“{tag[0]}” is markup of a page, not text")


RULES = (
    Rule(
        "impossible_bracket", "bracket", "form", impossible_brackets,
        Example("fr", "De plus, ⟦(nous) partagerait⟧ toujours ce détroit avec nos voisins."),
        Example("fr", "De plus, (nous) partageons (la) côte et (ils) nous ont répondu (sic)."),
    ),
    Rule(
        "leaked_markup", "bracket", "form", leaked_markup,
        Example("es", "La ministra llegó al puerto.⟦<caption>⟧ El puerto de noche"),
        Example("en", "The rate was < 5 % and > 3 %, says <harbour@veldania.example>."),
        everywhere=True,
    ),
)  # fmt: skip
