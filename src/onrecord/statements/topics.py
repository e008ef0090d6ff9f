"""What a statement speaks of, in a word or two: names in it, topics of `topics.toml`, and things the text keeps naming.

Precision comes first: a statement of which nothing sure can be said has no topic.

>>> text = "We will open the Lerona tunnel, and we ask for a truce."
>>> Topics(text, "en").about(0, len(text), [])
('Lerona', 'transport', 'ceasefire')
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from typing import NamedTuple

from onrecord.lexicon import languages, load
from onrecord.text.matching import Matcher, fold
from onrecord.text.vocabulary import openings, table, words

MOST = 3  # topics of a statement
OFTEN = 3
"""How often a text must name a thing, with its article, before the thing is a topic of that text."""
_LARGE, _MORE = "[A-ZÀ-ÖØ-ÞА-ЯЁ]", r"[\w’'-]{1,30}"
_CAPITAL = _LARGE + _MORE
# The capital first, and only then what stands before it: a search skips from one capital to the next.
_NAME = re.compile(rf"{_LARGE}(?:(?<=[\w,;:’'] .){_MORE}(?: {_CAPITAL}){{0,2}}|(?<=[’'].){_MORE})")
_LAST = re.compile(rf"\b({_CAPITAL}) \Z")
_REACH = 34  # characters that hold one capitalised word
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|-){3,40}")
_NOUNS_HAVE_CAPITALS = frozenset({"de"})


Place = tuple[int, int]


class Topics:
    """The topics of one text."""

    def __init__(self, text: str, language: str | None) -> None:
        self._text, self._language = text, language
        self._words = _words(language)
        self._known: dict[str, bool] = {}  # the words asked so far, and whether each is a thing
        self._listed = list(self._words.topics.scan(text))
        self._starts = [start for start, _, _ in self._listed]

    def about(self, start: int, end: int, taken: Sequence[Place]) -> tuple[str, ...]:
        """The topics of a slice; `taken` are the places of people and dates, which are no topics."""
        names = list(self._names(start, end, taken))
        places = [*taken, *(place for place, _ in names)]
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        listed = (
            topic
            for left, right, topic in self._listed[first:last]
            if right <= end and not _meets((left, right), places)
        )
        found = dict.fromkeys([*(name for _, name in names), *listed])
        if len(found) < MOST:
            found |= dict.fromkeys(self._things(start, end))
        return tuple(found)[:MOST]

    def _names(self, start: int, end: int, places: Sequence[Place]) -> Iterable[tuple[Place, str]]:
        """Capitals in mid-sentence, where they tell anything."""
        if self._language in _NOUNS_HAVE_CAPITALS:
            return
        for found in _NAME.finditer(self._text, start, end):
            left, right = found.span()
            name = found[0].rstrip("’'-").removesuffix("’s").removesuffix("'s")
            if _meets((left, right), places) or fold(name) in self._words.nothing:
                continue
            before = _LAST.search(self._text, max(start, left - _REACH), left)
            if before and fold(before[1]) not in self._words.nothing:
                left, name = before.start(), f"{before[1]} {name}"  # the name opens the sentence
            yield (left, right), name

    def _things(self, start: int, end: int) -> Iterable[str]:
        """Words of the slice that the text names often, each as it stands there."""
        if not self._words.articles:
            return
        for word in _WORD.findall(self._text, start, end):
            if word not in self._known:
                self._known[word] = self._is_thing(word)
            if self._known[word]:
                yield word

    def _is_thing(self, printed: str) -> bool:
        """Whether the text often names a thing by this word."""
        if printed[0].isupper() != (self._language in _NOUNS_HAVE_CAPITALS):
            return False  # in other languages a capital is a name, and names were read before
        word = fold(printed)
        if self._often[word] < OFTEN or word in self._words.nothing:
            return False
        return not self._words.topic_of(word)

    @cached_property
    def _often(self) -> Counter[str]:
        """How often each word stands behind an article."""
        return Counter(found["term"] for found in things(self._language).finditer(fold(self._text)))


def _meets(place: Place, others: Iterable[Place]) -> bool:
    """Whether a place shares a character with any other."""
    return any(start < place[1] and place[0] < end for start, end in others)


class _Words(NamedTuple):
    topics: Matcher[str]
    nothing: frozenset[str]
    articles: bool

    def topic_of(self, word: str) -> str | None:
        """The listed topic that a single word speaks of."""
        return next((topic for _, _, topic in self.topics.scan(word)), None)


@cache
def _words(language: str | None) -> _Words:
    data = load(language, "topics") if language and language in languages() else {}
    rows = table(data.get("topics", {}).get("rows", ""))
    common = load(language, "text")["language"]["function_words"] if data and language else ""
    listed = data.get("things", {})
    return _Words(
        Matcher((form, topic) for topic, forms in rows for form in forms),
        frozenset(map(fold, words(listed.get("nothing", "")))) | frozenset(words(common)),
        bool(words(listed.get("before", ""))),
    )


@cache
def things(language: str | None) -> re.Pattern[str]:
    """A word of six letters or more behind an article, in a folded text: a thing that is spoken of."""
    data = load(language, "topics").get("things", {}) if language and language in languages() else {}
    return re.compile(
        rf"{openings(words(data.get('before', '')))}[ ']?(?P<term>[^\W\d_](?:[^\W\d_]|-){{5,40}})"
    )
