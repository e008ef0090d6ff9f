"""Which words have the form of a personal name. Case, initials and particles decide, in any script."""

from __future__ import annotations

import re
import unicodedata

from onrecord.structure.printed import GOOD, WEAK, LabelParts, Parsed
from onrecord.structure.vocabulary import Vocabulary, vocabulary

# В.Путин, J.-P. Martin, G. W. Bush; a surname with an inner full stop is an initial's.
_INITIAL = re.compile(r"(?:[^\W\d_][.][-‑]?){1,3}(?:[^\W\d_][\w'’\-‑]*)?[.]?")
_NAME = re.compile(r"(?:[^\W\d_]['’])?[^\W\d_][\w'’`´\-‐‑—–\u00ad\u200b-\u200d]*[.]?")
_INITIALS = re.compile(r"(?:^| )[^\W\d_][.] ?[^\W\d_]?[.]?(?: |,|$)")


def has_initials(name: str) -> bool:
    """Whether a name is printed with initials: `Браск Т. И`, `J. Smith`."""
    return bool(_INITIALS.search(name))


def name_token(token: str) -> bool:
    """Whether one word has the form of a part of a name, or is an initial."""
    if token[0].isupper():
        return bool(name_form(token, vocabulary()) or _INITIAL.fullmatch(token))
    return caseless(token)


def named(head: str, tokens: list[str], words: Vocabulary, *, titled: bool = False) -> Parsed | None:
    """Names by their shape alone; behind a title a particle opens a name, no sentence ("De heer De Wit")."""
    if len(tokens) > 7:
        return None
    first = tokens[0].casefold().strip(".,")
    particle = titled and len(tokens) > 1 and first in words.opening_particles
    if (
        not particle
        and first in words.openers
        and len(tokens[0]) != 1
        and not (len(tokens) > 1 and head.isupper())
    ):
        # "The Taoiseach", "An Ceann Comhairle": an office in a language we do not know; only recurrence proves it.
        titled = (
            first in words.unknown_articles
            and head[0].isupper()
            and 1 < len(tokens) <= 4
            and all(map(name_token, tokens[1:]))
        )
        return Parsed(LabelParts("office", head, office=head), WEAK) if titled else None
    if all(caseless(token) for token in tokens):
        return _in_one_case(head, tokens, words)
    if any(title_inside(token, words) for token in tokens[1:]):
        return None
    solid = 0
    for index, token in enumerate(tokens):
        if _INITIAL.fullmatch(token) and token[0].isupper():
            solid += 2 if len(token) > 3 else 1
        elif name_form(token, words) and (token[0].isupper() or token.startswith(words.name_prefixes)):
            solid += 1
        elif not (0 < index < len(tokens) - 1 and token.casefold() in words.particles) and not (
            index == 0 and token in words.opening_particles and len(tokens) > 1
        ):
            return None
    rank = GOOD if solid >= 2 else WEAK
    if len(tokens) > 5 and not head.isupper():
        rank = WEAK
    return Parsed(LabelParts("person", head, name=head), rank, _in_capitals(tokens))


def _in_one_case(head: str, tokens: list[str], words: Vocabulary) -> Parsed | None:
    """Names in a script without capitals; a title glued to the end says that it is one: `鈴木花子君`."""
    if len(tokens) > 4 or head.endswith(words.glued_verbs):
        return None
    title = next(filter(head.endswith, words.honorific_endings), "")
    if not title or len(head) < len(title) + 2:
        return Parsed(LabelParts("person", head, name=head), WEAK)
    return Parsed(LabelParts("person", head, honorific=title, name=head.removesuffix(title)), GOOD)


def name_form(token: str, words: Vocabulary) -> bool:
    """A full stop ends a name only in an abbreviation: `St.`, `Jr.`, a title; else a sentence ends there."""
    if not _NAME.fullmatch(token):
        return False
    return token[-1] != "." or len(token) <= 4 or token.casefold() in words.honorifics


def title_inside(token: str, words: Vocabulary) -> bool:
    """A title of address in the middle: two things were glued, a heading and a label ("Wildfires Mr. Dane Lloyd")."""
    folded = token.casefold()
    return words.honorifics.get(folded) is not None or folded in words.inner_titles


def _in_capitals(tokens: list[str]) -> bool:
    """Whether the surname is set in capitals, a prefix apart: `SMITH`, `McCONNELL`, `DeLAY`, `O'BRIEN`."""
    letters = [character for character in tokens[-1] if character.isalpha()]
    return len(letters) > 1 and all(character.isupper() for character in letters[-max(2, len(letters) - 3) :])


def caseless(token: str) -> bool:
    """Letters of a script without capitals (Arabic, Hebrew, Chinese, Georgian …)."""
    return all(
        unicodedata.category(character) in ("Lo", "Mn", "Mc", "Lm") or character in "-'’.·\"״׳"
        for character in token
    ) and any(character.isalpha() for character in token)
