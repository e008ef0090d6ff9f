"""Where and when an article says that a quotation was spoken, if that is not the event it reports on.

Only what the narrative around the quotation prints counts: "aboard the plane", "last week", a date that is not the
event's. It is evidence about a quotation that the transcript does not hold, and never makes it wrong.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from onrecord.lexicon import toml
from onrecord.model import Item, Quote, Record
from onrecord.spans import Span
from onrecord.text.dates import dates
from onrecord.text.matching import Matcher
from onrecord.text.sentences import sentences
from onrecord.text.vocabulary import words as entries

_WORD = re.compile(r"[^\W\d_]{2,}")
_UNKNOWN = re.compile(r"[XTP/]")  # a digit not given, a time of day, a duration, a period
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_PHRASE_END = re.compile(r"[,.;:!?“”„«»\"\n]| [-–—] ")
_LONGEST = 60  # characters of a phrase that are shown


class Narrative:
    """The sentences of an article without what they quote."""

    def __init__(self, article: Record) -> None:
        source = article.sources[0]
        self.source, self.language, self.text = source.id, source.language, source.text
        self.day = _day(article.event.date)
        self.sentences = [
            span
            for block in article.blocks
            if block.kind == "frame"
            for span in sentences(source.text, source.language, block.span.start, block.span.end)
        ]
        quoted = [segment for quote in article.quotes for segment in quote.segments if quote.type == "direct"]
        self._quoted = sorted((span.start, span.end) for span in quoted)

    def setting(self, quote: Quote) -> Item | None:
        """The words that set a quotation elsewhere, or None."""
        at = max(0, bisect_right(self.sentences, (quote.span.start, len(self.text))) - 1)
        for number in (at, at - 1):
            if not 0 <= number < len(self.sentences):
                break
            start, end = self.sentences[number]
            told = self._told(start, end)
            if found := self._elsewhere(told, start) or self._dated(told, start):
                return Item(self.source, found, self.text[found.start : found.end])
            if _WORD.search(told):
                break  # the sentence tells something itself, so it does not lean on the one before
        return None

    def _told(self, start: int, end: int) -> str:
        """A sentence with blanks for what it quotes."""
        told, at = list(self.text[start:end]), max(0, bisect_right(self._quoted, (start, start)) - 1)
        for left, right in self._quoted[at:]:
            if left >= end:
                break
            for place in range(max(left, start), min(right, end)):
                told[place - start] = " "
        return "".join(told)

    def _elsewhere(self, told: str, start: int) -> Span | None:
        for left, right, _ in _matcher(self.language).scan(told):
            stop = _PHRASE_END.search(told, right, left + _LONGEST)
            end = stop.start() if stop else right
            return Span(start + left, start + len(told[:end].rstrip()))
        return None

    def _dated(self, told: str, start: int) -> Span | None:
        """A day that is not the event's; where the event's day is unknown no date says anything."""
        if self.day is None:
            return None
        for date in dates(told, self.language, anchor=self.day):
            known = date.kind in ("date", "weekday") and not _UNKNOWN.search(date.value)
            if known and not self.day.startswith(date.value):
                return Span(start + date.start, start + date.end)
        return None


def _day(item: Item | None) -> str | None:
    value = (item.value or "") if item else ""
    return value if _DAY.fullmatch(value) else None


@cache
def _matcher(language: str | None) -> Matcher[bool]:
    data = toml.load(Path(__file__).with_name("setting.toml"))
    listed: Sequence[str] = entries(data.get(language or "", {}).get("elsewhere", ""))
    return Matcher((entry, True) for entry in listed)
