"""What takes firmness away from a clause: negation, hedges and conditions, with how far they reach.

A cue rules its own clause to the right, and at most eight words of it (six suffice in nine scopes of ten; a
verb group in English or French adds two). Words that only look like a cue hide it: "no doubt", "sans doute".

>>> [(cue.kind, cue.text) for cue in cues("there is no doubt that we may not go", "en")]
[('modal', 'may'), ('negation', 'not')]
"""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple, cast

from onrecord.lexicon import languages, load
from onrecord.text.matching import Matcher
from onrecord.text.vocabulary import words

Kind = Literal["negation", "affixal", "hedge", "modal", "condition", "alternative", "vague"]
REACH = 8  # words


class Cue(NamedTuple):
    """One cue in a text."""

    start: int
    end: int
    kind: Kind
    text: str


def cues(
    text: str, language: str | None, start: int = 0, end: int | None = None, *, folded: bool = False
) -> list[Cue]:
    """The cues of a slice, in order; none for a language without `firmness.toml`.

    `folded` says that the text is folded already.
    """
    matcher = _matcher(language)
    return [
        Cue(left, right, cast(Kind, kind), text[left:right])
        for left, right, kind in matcher.scan(text, start, end, folded=folded)
        if kind != "plain"
    ]


@cache
def _matcher(language: str | None) -> Matcher[str]:
    data = load(language, "firmness") if language in languages() and language else {}
    entries: dict[str, str] = {}
    # `plain` is read last: an entry that stands there and elsewhere is no cue.
    for kind, block in data.get("firmness", {}).items():
        for entry in words(block):
            if kind == "plain" or entry not in entries:
                entries[entry] = kind
    return Matcher(entries.items())


def negated(text: str, language: str | None, start: int, end: int) -> bool:
    """Whether the slice holds a syntactic negation."""
    return any(cue.kind == "negation" for cue in cues(text, language, start, end))


def speculative(found: list[Cue]) -> bool:
    """Whether any cue leaves the truth of the clause open, be it by belief, by a modal verb or by a condition."""
    return any(cue.kind in {"hedge", "modal", "condition", "alternative"} for cue in found)


def vague(found: list[Cue]) -> bool:
    """Whether a reader could ask "who says so?", "how many?", "how often?"."""
    return any(cue.kind in {"hedge", "vague"} for cue in found)
