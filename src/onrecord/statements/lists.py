"""Lists of a programme: what the line above promises, each item below it promises, though no item says so.

    Our government will fund:
    - a tram line to the harbour
    - a clinic in Lerona

An item is a line of its own without a finite verb. It goes on with the act that leads the list, be it a sentence that
ends in a colon or an item that says by itself what is to be done ("Deliver …", "Reviewing …").
"""

from __future__ import annotations

import re
from functools import cache

from onrecord.lexicon import languages, load
from onrecord.statements.acts import Act
from onrecord.text.expressions import later
from onrecord.text.vocabulary import alternatives, words

_BLANKS = 2
"""Blanks in the shortest item: a single word or two are a heading."""
_BULLETS = " \t\u00a0\u202f-–—•·*“\"'"
_LINE_ENDS = later(r"[ ;,.\"”]{0,3}(?:\n|\Z)")
_PROMISING = frozenset({"promised", "expected", "proposed", "demanded"})


def on_own_line(text: str, start: int, end: int) -> bool:
    """Whether nothing but a bullet stands in the line before the slice, and nothing behind it.

    >>> on_own_line("We will fund:\\n- a clinic;", 16, 25), on_own_line("Rain. A clinic.", 6, 15)
    (True, False)
    """
    while start and text[start - 1] in _BULLETS:
        start -= 1
    return (not start or text[start - 1] == "\n") and _LINE_ENDS.match(text, end) is not None


def leads(text: str, start: int, end: int, found: list[Act]) -> Act | None:
    """The act that the lines below a sentence go on with: it ends in a colon, or is itself an item of a list."""
    led = next((act for act in found if act.kind in _PROMISING), None)
    if led is None or not (led.rule.own_line or text.endswith(":", start, end)):
        return None
    return led


def item(text: str, language: str | None, start: int, end: int, lead: Act) -> Act | None:
    """The act of a list's item: a line of its own without a finite verb goes on with the act that leads the list."""
    told, subject = _sentence_words(language)
    if (
        text.count(" ", start, end) < _BLANKS
        or not on_own_line(text, start, end)
        or told.search(text, start, end)
        or subject.match(text, start, end)
    ):
        return None
    return lead._replace(
        start=start, end=end, cue_start=start, cue_end=start, cues=(), clause=(start, end), what=start
    )


@cache
def _sentence_words(language: str | None) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What a list's item does not hold, a finite verb or a question, and does not begin with, a subject."""
    data = load(language, "acts").get("clauses", {}) if language and language in languages() else {}
    finite, subjects = (alternatives(words(data.get(name, ""))) for name in ("finite", "subjects"))
    return re.compile(rf"(?i)(?<!\w){finite}(?!\w)|[?!]"), re.compile(rf"(?i){subjects}(?!\w)")
