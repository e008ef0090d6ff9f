"""What a person types becomes a query: words, "phrases" and beginnings*; nothing that can be typed is an error.

There are no operators. Every word must be found; what is typed without a blank (`cessez-le-feu`, `l'accord`) must
stand together. Signs count where they mean something (`C++`, `100 %`, `12 €`), and ordinary punctuation counts only
when nothing else was typed.

>>> parse('"sans conditions" négoc*').terms
(Term(keys=('sans', 'conditions'), prefix=False), Term(keys=('negoc',), prefix=True))
>>> parse("NOT (a OR").terms
(Term(keys=('not',), prefix=False), Term(keys=('a',), prefix=False), Term(keys=('or',), prefix=False))
>>> fts5(parse("C++").terms) == '"c" AND "\\ue0002b"'
True
>>> tsquery(parse("cessez-le-feu").terms)
"('cessez' <-> 'le' <-> 'feu')"
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from onrecord.store.words import SIGN_MARK, keys, sign_key, signs, words

MOST_TERMS = 24
LONGEST_PHRASE = 64
SHORTEST_PREFIX = 3
"""Letters before `*`; the beginnings of one or two letters are those of most words, and are matched as whole words."""

_CHUNKS = re.compile(r'"([^"]*)"|([^\s"]+|")')


class Term(NamedTuple):
    """Words that stand together in this order; with `prefix` the last is only the beginning of a word."""

    keys: tuple[str, ...]
    prefix: bool = False


class Query(NamedTuple):
    """Terms that must all be found. `cut`: more was typed than is looked for (`MOST_TERMS`, `LONGEST_PHRASE`)."""

    terms: tuple[Term, ...]
    cut: bool = False


def fts5(terms: Sequence[Term], *, every: bool = True) -> str:
    """The `MATCH` expression of SQLite that wants every term, or any; made of quoted keys only."""
    written = (f'"{" ".join(term.keys)}"{"*" if term.prefix else ""}' for term in terms)
    return (" AND " if every else " OR ").join(written)


def tsquery(terms: Sequence[Term], *, every: bool = True) -> str:
    """The `tsquery` of PostgreSQL that wants every term, or any; made of quoted keys only."""
    written = (
        "(" + " <-> ".join(f"'{key}'" for key in term.keys) + (":*" if term.prefix else "") + ")"
        for term in terms
    )
    return (" & " if every else " | ").join(written)


def parse(typed: str) -> Query:
    """The query that somebody typed; any string is one, and only a blank one has no terms."""
    found: dict[Term, None] = {}
    loose = ""
    cut = False
    for chunk in _CHUNKS.finditer(typed):
        if len(found) > MOST_TERMS:
            break
        quoted = chunk[1] is not None
        piece = chunk[1] if quoted else chunk[2]
        term, long = _term(piece, quoted)
        cut = cut or long
        if term:
            found[term] = None
        loose += (chunk[0] if quoted or not term else piece) if len(loose) < MOST_TERMS else ""
    telling = [sign for sign in signs(loose) if _tells(sign)] if found else signs(loose)
    found.update((Term((sign_key(sign),)), None) for sign in telling)
    terms = tuple(found)
    return Query(terms[:MOST_TERMS], cut or len(terms) > MOST_TERMS)


def _term(piece: str, quoted: bool) -> tuple[Term | None, bool]:
    """The words of one piece, which stand together, and whether it was cut."""
    got = keys(piece[: 64 * LONGEST_PHRASE])
    if not got:
        return None, False
    prefix = not quoted and piece.endswith("*") and piece[-2:-1].isalnum() and len(got[-1]) >= SHORTEST_PREFIX
    kept = tuple(got[:LONGEST_PHRASE])
    return Term(kept, prefix and len(kept) == len(got)), len(got) > len(kept)


def _tells(sign: str) -> bool:
    """Currency, mathematics, number, percent and at signs mean something beside words; punctuation does not."""
    return unicodedata.category(sign)[0] == "S" or sign in "%@#&№§"


def places(text: str, offset: int, terms: Sequence[Term]) -> list[tuple[int, int]]:
    """Where the terms stand in a text, in order, none within another; `offset` is added.

    >>> places("No deal until there's a deal.", 100, parse("deal").terms)
    [(103, 107), (124, 128)]
    """
    row = list(words(text, offset))
    at: dict[str, list[int]] = {}
    for index, word in enumerate(row):
        at.setdefault(word.key, []).append(index)
    found: list[tuple[int, int]] = []
    for term in terms:
        if term.keys[0][0] == SIGN_MARK:
            sign = chr(int(term.keys[0][1:], 16))
            found += [(offset + i, offset + i + 1) for i, c in enumerate(text) if c == sign]
            continue
        last = len(term.keys) - 1
        starts = range(len(row)) if term.prefix and not last else at.get(term.keys[0], ())
        for first in starts:
            got = [word.key for word in row[first : first + last + 1]]
            if len(got) == last + 1 and _same(got, term):
                found.append((row[first].start, row[first + last].end))
    return _outermost(found)


def _same(got: Sequence[str], term: Term) -> bool:
    if tuple(got[:-1]) != term.keys[:-1]:
        return False
    return got[-1].startswith(term.keys[-1]) if term.prefix else got[-1] == term.keys[-1]


def _outermost(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept
