"""A title of the wrong gender: "(directrice du port) John Vale"."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.integrity.document import Document
from onrecord.integrity.findings import Example, Finding, Rule
from onrecord.integrity.shared import given_names
from onrecord.people.roles import noun, roles

_STOPS = frozenset(".;:,!?\n(«“")
_REACH = 8
"""Words between a title and the name it belongs to."""


def title_gender(document: Document) -> Iterator[Finding]:
    """A title that only women (men) bear directly before the given name of a man (woman)."""
    for gender, key in (("f", "titles_women"), ("m", "titles_men")):
        for at in document.where(document.tongue.listed(key)):
            name = _name_behind(document, at)
            if name is None or given_names().get(document.words[name], gender) == gender:
                continue
            start, end = document.starts[at], document.end(name + 1)
            title = document.text[start : document.end(at)]
            bearer = document.text[document.starts[name] : end]
            sex, other = ("woman", "man") if gender == "f" else ("man", "woman")
            yield Finding(
                start, end, "major", f"“{title}” is the title of a {sex}, “{bearer}” the name of a {other}"
            )


def _name_behind(document: Document, at: int) -> int | None:
    """The given name that the title stands with: between them only links, places and a closing bracket."""
    known = roles(document.language)
    links = known.links
    for near in range(at + 1, min(at + _REACH, len(document) - 1)):
        gap, word = document.gap(near), document.words[near]
        if not _STOPS.isdisjoint(gap):
            return None
        bracket = ")" in gap
        if (
            document.capital[near]
            and not document.joined(near)
            and word in given_names()
            and _full(document, near)
        ):
            linked = document.words[near - 1] in links and not bracket
            return None if linked else near
        if bracket or not (
            document.capital[near] or word in links or known.adjective(word) or noun(word, document.language)
        ):
            return None
    return None


def _full(document: Document, at: int) -> bool:
    """Whether a surname follows the given name."""
    return document.capital[at + 1] and document.after(at) in (" ", "\u00a0")


RULES = (
    Rule(
        "title_gender", "title_gender", "form", title_gender,
        Example("fr", "Merci à la délégation et à la ⟦directrice de la CIA John Vale⟧, qui est ici."),
        Example("fr", "La directrice de l’école Jean Moulin et la présidente Marie Orval étaient là."),
    ),
)  # fmt: skip
