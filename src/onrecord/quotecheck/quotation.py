"""A quotation as it was pasted: its words, the cuts it declares, and what its editor put in brackets.

    “We will … sail”        a declared cut before “sail”
    “[They] will sail”      an inserted word, which may stand for words of the source
    “[T]he ferry sail[ed]”  words changed at one end only
    “the boats was (sic)”   printed, but no part of the quotation

>>> [(word.key, word.inserted) for word in read_quotation("“[They] will … sail[ed]”").words]
[('they', True), ('will', False), ('sailed', False)]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from onrecord.quotecheck.words import Word, points, words

LONGEST = 20_000  # characters of a quotation that are read; more is a document, and documents are compared

_CUT = re.compile(r"[\[(]\s{0,3}(?:…|\.{3,4}|\. \. \.)\s{0,3}[\])]|…|\.{3,}|\. \. \.")
_SIC = re.compile(r"[\[(]\s{0,3}sic\s{0,3}[!.]?\s{0,3}[\])]", re.IGNORECASE)
_BRACKET = re.compile(r"\[[^\[\]]{1,200}\]")


class Quoted(NamedTuple):
    """One word of a quotation.

    inserted   the whole word stands in brackets: the editor's, not the speaker's
    head, tail what is outside the brackets of a word that is bracketed in part ("[T]he": "", "he")
    cut        a cut is declared before it
    gap        what is printed between it and the word before, in normal form; None where an editor's sign stands
    """

    start: int
    end: int
    key: str
    form: str
    inserted: bool = False
    head: str = ""
    tail: str = ""
    cut: bool = False
    gap: str | None = ""

    @property
    def loose(self) -> bool:
        """Whether only a part of the word is the speaker's."""
        return bool(self.head or self.tail)

    def fits(self, key: str) -> bool:
        """Whether a word of a source can be this one."""
        if self.loose and not self.inserted:
            return key == self.key or (key.startswith(self.head) and key.endswith(self.tail))
        return key == self.key


class Quotation(NamedTuple):
    """The words of a quotation; spans are characters of `text`.

    `asks`, `states`: it ends in a question mark, in a full stop. `shortened`: only its first `LONGEST` count.
    """

    text: str
    words: tuple[Quoted, ...]
    asks: bool
    states: bool
    shortened: bool

    @property
    def keys(self) -> list[str]:
        return [word.key for word in self.words]


def read_quotation(text: str) -> Quotation:
    """The quotation in a text; it may have no words at all. Never fails; linear; reads `LONGEST` characters."""
    shortened = len(text) > LONGEST
    held = text[:LONGEST]
    whole = _SIC.sub(_blanks, held)
    cuts = [found.span() for found in _CUT.finditer(whole)]
    bare = _CUT.sub(_blanks, whole)
    brackets = [found.span() for found in _BRACKET.finditer(bare)]
    found = list(_glued(bare, list(words(bare))))
    read = tuple(_placed(held, bare, found, cuts, brackets))
    ending = held[read[-1].end :] if read else ""
    asks = "?" in ending
    return Quotation(text, read, asks, not asks and ("." in ending or "!" in ending), shortened)


def _blanks(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _glued(text: str, found: list[Word]) -> Iterator[Quoted]:
    """Words; the parts of one that brackets cut in two are put together again."""
    at = 0
    while at < len(found):
        first, key, form, last = found[at], found[at].key, found[at].form, found[at]
        head, tail = "", ""
        while at + 1 < len(found) and text[last.end : found[at + 1].start] in ("[", "]"):
            after = found[at + 1]
            if text[last.end] == "[":
                head = head or key
                tail = ""
            else:
                tail = after.key
            key, form, last = key + after.key, form + after.form, after
            at += 1
        yield Quoted(first.start, last.end, key, form, head=head, tail=tail)
        at += 1


def _placed(
    text: str, bare: str, found: list[Quoted], cuts: list[tuple[int, int]], brackets: list[tuple[int, int]]
) -> Iterator[Quoted]:
    """Each word with the cut, the bracket and the points before it; all lists are in order and read once."""
    cut_at = bracket_at = before = 0
    editor = False
    for word in found:
        while bracket_at < len(brackets) and brackets[bracket_at][1] <= word.start:
            bracket_at += 1
        inside = bracket_at < len(brackets) and brackets[bracket_at][0] < word.start
        inserted = inside and word.end < brackets[bracket_at][1] and not word.loose
        cut = False
        while cut_at < len(cuts) and cuts[cut_at][1] <= word.start:
            cut, cut_at = True, cut_at + 1
        signed = inserted or editor or cut or text[before : word.start] != bare[before : word.start]
        gap = None if signed else points(text[before : word.start].replace("[", "").replace("]", ""))
        yield word._replace(inserted=inserted, cut=cut and before > 0, gap=gap)
        before, editor = word.end, inserted
