"""Does what stands right before or behind the words turn them round? A negation, a condition, a question.

>>> from onrecord.quotecheck.context import Surroundings
>>> turned(Surroundings("", "We will sail", " if the wind allows it.", ""), "en").words
(13, 34)

Only the sentence itself and the beginning of the next one are read; irony leaves no mark and is not found.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from onrecord.collation.phrasebook import phrasebook
from onrecord.lexicon import toml
from onrecord.text.matching import Matcher, fold
from onrecord.text.vocabulary import words as entries

REACH = 8  # words over which a negation rules what follows; six suffice in nine scopes of ten
SHORT = 3  # words between a condition and what hangs on it, without a comma
BEHIND = 3  # words behind the quotation in which a negation still belongs to its clause
_LONG = 25  # words of a clause that holds a condition before its main clause

_BOUNDARY = re.compile(r"[;:!?()\[\]«»“”„\"]|[—–]|\s--?\s|\.(?=\s)")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*['’]?")
_STOP = re.compile(r"[,;:.!?—–]")

Kind = Literal["negation", "condition", "question"]


class Surroundings(NamedTuple):
    """A passage, what its sentence has before and behind it, and the beginning of the next sentence."""

    before: str
    passage: str
    behind: str
    next: str


class Turn(NamedTuple):
    """What turns a passage: its kind and its words, as characters counted from the beginning of `before`."""

    kind: Kind
    words: tuple[int, int]


def turned(
    around: Surroundings, language: str | None, *, asks: bool = False, states: bool = False
) -> Turn | None:
    """What turns the passage, or None; `asks`, `states`: the quotation ends in a question mark, in a full stop."""
    know = _turning(language)
    at = len(around.before)
    found = _before(know, around.before) or _behind(know, around, at + len(around.passage))
    if found:
        return found
    end = at + len(around.passage)
    ends = not _WORD.search(around.behind)
    whole = ends and (states or not _WORD.search(around.before))
    if whole and "?" in around.behind and not asks:
        mark = around.behind.index("?")
        return Turn("question", (end + mark, end + mark + 1))
    if ends and (denial := know.next.match(around.next)):
        left = end + len(around.behind)
        return Turn("negation", (left + denial.start(1), left + denial.end(1)))
    return None


class _Turning:
    """The words of one language that turn what stands beside them."""

    def __init__(self, language: str | None) -> None:
        data = _data().get(language or "", {})
        book = phrasebook(language)
        self._book = book
        self._plain = _matcher([*book.not_negations])
        self.before = _matcher(entries(data.get("before", "")))
        self.wish = _ending(entries(data.get("wish", "")))
        self.condition = _matcher(entries(data.get("condition", "")))
        self.after = _opening(entries(data.get("after", "")))
        self.next = _opening(entries(data.get("next", "")))
        self.that = re.compile(
            rf",\s{{1,3}}(?:{_any(entries(data.get('that', '')))})\s{{1,3}}$", re.IGNORECASE
        )
        self.joins = frozenset(entries(data.get("joins", "")))
        self.opens = self.joins | frozenset(entries(data.get("opens", "")))

    def negations(self, text: str, start: int, end: int | None = None) -> list[re.Match[str]]:
        """The words of a slice that deny, "don't" among them; not those of phrases that only look so ("not only")."""
        return [
            word
            for word in _WORD.finditer(text, start, len(text) if end is None else end)
            if any(part in self._book.negations for part, _ in self._book.parts(word[0]))
            and not self.hidden(text, word.start())
        ]

    def hidden(self, text: str, at: int) -> bool:
        """Whether a phrase that only looks like a denial ("no doubt") holds this place."""
        return any(left <= at < right for left, right, _ in self._plain.scan(text))


def _before(know: _Turning, before: str) -> Turn | None:
    """A negation or a denial whose clause the passage goes on with; a condition that it hangs on."""
    before = know.that.sub(
        lambda found: f" {found[0][1:]}", before
    )  # "glaube nicht, dass": one clause governs
    begin = max((found.end() for found in _BOUNDARY.finditer(before)), default=0)
    words = list(_WORD.finditer(before, begin))
    if not words:
        return None
    clause = _clause(know, before, words)
    if wish := know.wish.search(before, words[max(0, len(words) - 5)].start()):
        return Turn("condition", wish.span(1))
    denials = [word.start() for word in know.negations(before, clause)]
    denials += [start for start, _, _ in know.before.scan(before, clause) if not know.hidden(before, start)]
    if denials:
        return Turn("negation", (max(denials), len(before.rstrip())))
    return _hangs(know, before, begin, words)


def _clause(know: _Turning, before: str, words: list[re.Match[str]]) -> int:
    """Where the clause begins that the passage continues: behind a comma or a joining word, `REACH` words at most."""
    for word in reversed(words[-REACH:]):
        if "," in before[word.end() :] or fold(word[0]) in know.joins:
            return word.end()
    return words[max(0, len(words) - REACH)].start()


def _hangs(know: _Turning, before: str, begin: int, words: list[re.Match[str]]) -> Turn | None:
    """A condition: right before the passage, or the subordinate clause that a comma closes right before it."""
    tail = before.rstrip()
    for start, end, _ in know.condition.scan(before, begin):
        between = sum(1 for word in words if word.start() >= end)
        direct = between <= SHORT and "," not in before[end:]
        opening = not _WORD.search(before[begin:start]) or _joined(know, before[begin:start])
        closed = tail.endswith(",") and before.count(",", end) == 1 and between <= _LONG
        if direct or (opening and closed):
            return Turn("condition", (start, len(tail)))
    return None


def _joined(know: _Turning, before: str) -> bool:
    """Whether nothing but a comma or a joining word stands right before a condition."""
    last = _WORD.findall(before)[-1:]
    return before.rstrip().endswith(",") or (bool(last) and fold(last[0]) in know.joins)


def _behind(know: _Turning, around: Surroundings, at: int) -> Turn | None:
    """A condition, an exception or a denial that opens what follows; a negation that belongs to the same clause."""
    behind = around.behind
    if (found := know.after.match(behind)) is not None:
        return Turn("condition", (at + found.start(1), at + _clause_end(behind, found.end(1))))
    words = list(_WORD.finditer(behind))[:BEHIND]
    last = _WORD.findall(around.passage)[-1:]
    if any(fold(word) in know.opens for word in last):
        return None  # a new clause has begun inside the quotation
    stop = _BOUNDARY.search(behind)
    limit = min(stop.start() if stop else len(behind), _comma(behind))
    for denial in know.negations(behind, 0, limit):
        opened = any(fold(word[0]) in know.opens for word in words if word.start() < denial.start())
        if denial.start() <= words[-1].start() and not opened:
            return Turn("negation", (at + words[0].start(), at + _clause_end(behind, denial.end())))
    return None


def _comma(text: str) -> int:
    place = text.find(",")
    return place if place >= 0 else len(text)


def _clause_end(text: str, at: int) -> int:
    """Where the clause ends that goes on at `at`: at a comma or a stronger mark."""
    stop = _STOP.search(text, at)
    return len(text[: stop.start() if stop else len(text)].rstrip())


def _matcher(listed: list[str]) -> Matcher[bool]:
    return Matcher((entry, True) for entry in listed)


def _opening(listed: list[str]) -> re.Pattern[str]:
    """The entries at the beginning of a text, after a comma or a dash."""
    return re.compile(rf"[\s,—–-]{{0,4}}({_any(listed)})", re.IGNORECASE)


def _ending(listed: list[str]) -> re.Pattern[str]:
    """The entries at the end of a text, with at most a joining word and a comma behind them."""
    return re.compile(
        rf"(?<![^\W_])({_any(listed)})(?:\s(?:that|que|qu['’]|dass|что))?[\s,]{{0,3}}$", re.IGNORECASE
    )


def _any(listed: list[str]) -> str:
    if not listed:
        return "(?!)"
    forms = (re.escape(entry).replace(r"\ ", " ").replace(" ", r"\s{1,3}") for entry in listed)
    shaped = (form.replace("'", "['’]") for form in forms)
    tails = (form if form.endswith("['’]") else rf"{form}(?![^\W_])" for form in shaped)
    return "|".join(sorted(tails, key=len, reverse=True))


@cache
def _turning(language: str | None) -> _Turning:
    return _Turning(language)


@cache
def _data() -> dict[str, dict[str, str]]:
    return toml.load(Path(__file__).with_name("turning.toml"))
