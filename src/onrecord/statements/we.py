"""Whom “we” means: both sides, the speaker's own, the speaker's country; or that no word tells.

A leader's “we” is the least certain word of a press conference. It is read by the words beside it, in its own clause,
and by what is done with it: an agreement has two sides; whoever asks, refuses or threatens speaks for one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple

from onrecord.lexicon import languages, load
from onrecord.statements import reasons
from onrecord.text.matching import apart
from onrecord.text.vocabulary import Phrases, words

_AGAINST = frozenset({"demanded", "refused", "accused", "warned"})
Side = Literal["both", "own", "country", "open"]


class We(NamedTuple):
    """Who is meant, and why in one sentence."""

    side: Side
    reason: str


class _Words(NamedTuple):
    we: Phrases
    both: Phrases
    own: Phrases
    country: Phrases
    you: Phrases


def whose(
    text: str,
    language: str | None,
    start: int,
    end: int,
    kind: str,
    *,
    joint: bool,
    pieces: Sequence[str] | None = None,
) -> We | None:
    """Whom the “we” of a clause means; None where it has none. `joint`: several people speak in this turn.

    `pieces` are the words of the clause, `apart`, for a caller who has them.

    >>> clause = "we will keep the bridge open together"
    >>> whose(clause, "en", 0, len(clause), "promised", joint=False)
    We(side='both', reason='“we” are both sides: “together”')
    """
    known = _words(language)
    pieces = apart(text[start:end]).split() if pieces is None else pieces
    if not known.we.search(text, start, end, pieces):
        return None
    if joint:
        return We("both", reasons.WE_JOINT)
    if found := known.both.search(text, start, end, pieces):
        return We("both", reasons.WE_BOTH.format(found[0]))
    if kind == "agreed":
        return We("both", reasons.WE_AGREED)
    if found := known.own.search(text, start, end, pieces):
        return We("own", reasons.WE_SIDE.format(found[0]))
    if kind in _AGAINST or known.you.search(text, start, end, pieces):
        return We("own", reasons.WE_ASKING)
    if found := known.country.search(text, start, end, pieces):
        return We("country", reasons.WE_COUNTRY.format(found[0]))
    return We("open", reasons.WE_OPEN)


@cache
def _words(language: str | None) -> _Words:
    """`[we]` of the language's acts, and its words for those who are addressed."""
    data = load(language, "acts") if language and language in languages() else {}
    listed = data.get("we", {})
    blocks = (listed.get(name, "") for name in ("words", "both", "own", "country"))
    return _Words(*(Phrases(words(block)) for block in (*blocks, data.get("voices", {}).get("you", ""))))
