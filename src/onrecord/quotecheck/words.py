"""Words as the quotation check compares them: shapes of characters are equal, their presence is not.

>>> [word.key for word in words("It’s the workers’ co\u2011op, 3.5 km")]
["it's", 'the', 'workers', 'co-op', '3.5', 'km']
>>> points("” — "), points("' -- "), points(",")
("'-", "'-", ',')
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from onrecord.text.matching import fold

_ALONE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f"  # no blanks between words there
_UNSEEN = "\u00ad\u200b\u2060\ufeff"  # soft hyphen, zero-width space, joiner, byte-order mark
_LETTER = rf"[^\W_{_ALONE}]|[\u0300-\u036f{_UNSEEN}]"
_WORD = re.compile(
    rf"[{_ALONE}]|[^\W_{_ALONE}](?:{_LETTER}|['’ʼ‘‑‐-](?=[^\W_])|(?<=\d)[.,](?=\d))*"
)  # an apostrophe or hyphen inside a word belongs to it: supporters / supporter’s
_DROPPED = {ord(sign): None for sign in _UNSEEN}
_SHAPES = str.maketrans(dict.fromkeys('“”„«»"‟‹›‚`´', "'") | dict.fromkeys("–—―−‒", "-") | {"…": "..."})
_RUN = re.compile(r"(['-])\1+")


class Word(NamedTuple):
    """One word: its place, its normal form with case (`form`) and without (`key`)."""

    start: int
    end: int
    key: str
    form: str


def words(text: str, start: int = 0, end: int | None = None) -> Iterator[Word]:
    """The words of a slice, in order; linear. Scripts without blanks give one word a character."""
    for found in _WORD.finditer(text, start, len(text) if end is None else end):
        form = found[0]
        if not form.isascii():
            form = fold(unicodedata.normalize("NFC", form.translate(_DROPPED)), ignore_case=False)
        yield Word(found.start(), found.end(), form.lower(), form)


def points(gap: str) -> str:
    """What is printed between two words, in normal form: no blanks, one shape of quotation mark and of dash."""
    if gap == " " or gap.isspace():
        return ""
    shaped = "".join(fold(gap).translate(_DROPPED).translate(_SHAPES).split())
    return _RUN.sub(r"\1", shaped)
