"""Why a line stands in the ledger, in one short English sentence each; ui/reasons has them in other languages.

>>> cue("we  agreed"), worth("comparison", "fell")
('the words “we agreed” say so', 'it compares: “fell”')
"""

from __future__ import annotations

from collections.abc import Mapping

IN_A_LIST = "it stands in a list, and the words above the list say so"
FIGURE = "it gives a figure"
YEAR = "it names a year"

_WORTH: Mapping[str, str] = {
    "share": "it names a share: “{}”",
    "amount": "it names an amount: “{}”",
    "comparison": "it compares: “{}”",
    "absolute": "it allows no exception: “{}”",
    "deed": "it reports a deed: “{}”",
    "figure_word": "it counts: “{}”",
}  # fmt: skip
_SOFTENED: Mapping[str, str] = {
    "condition": "it sets a condition: “{}”",
    "hedge": "it hedges: “{}”",
    "modal": "a modal verb softens it: “{}”",
}  # fmt: skip
_OPPOSED: Mapping[str, str] = {
    "denied": "one says that something is agreed, the other denies it",
    "left_open": "one says that something is agreed, the other leaves it open",
    "refused": "one says that something is agreed, the other refuses",
}  # fmt: skip

WE_BOTH = "“we” are both sides: “{}”"
WE_JOINT = "“we” are those who speak together here"
WE_AGREED = "“we” are both sides: an agreement has two"
WE_COUNTRY = "“we” are the speaker’s country: “{}”"
WE_SIDE = "“we” are the speaker’s own side: “{}”"
WE_ASKING = "“we” are the speaker’s own side: it turns to somebody else"
WE_OPEN = "“we” may be both sides or the speaker’s own: no word near it tells"


def cue(words: str) -> str:
    """The words that show an act; for an item of a list they stand above it."""
    said = " ".join(words.split())
    return f"the words “{said}” say so" if said else IN_A_LIST


def worth(sort: str, words: str) -> str:
    """What makes a claim worth checking: a list of `claims.toml` and the entry found."""
    return _WORTH.get(sort, "it says “{}”").format(words)


def softened(sort: str, words: str) -> str:
    """What takes firmness away: the kind of cue and its words."""
    return _SOFTENED[sort].format(" ".join(words.split()))


def counted(words: str, day: str) -> str:
    """How a date was worked out that the words name by its distance from the event."""
    return f"“{' '.join(words.split())}” is counted from the date of the event: {day}"


def contested(kind: str) -> str:
    """Somebody says that something is agreed, and somebody else says what this kind says."""
    return _OPPOSED[kind]
