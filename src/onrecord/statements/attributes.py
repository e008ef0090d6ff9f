"""What else is known of a statement: how firm, about what, to whom, by when, how much; and whose words it reports."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Generic, Literal, NamedTuple, TypeVar

from onrecord.lexicon import languages, load
from onrecord.model import Item, Person, Statement, Turn
from onrecord.spans import Span, Text
from onrecord.statements import reasons
from onrecord.statements.acts import Act
from onrecord.statements.claims import Worth
from onrecord.statements.firmness import Cue, cues
from onrecord.statements.patterns import even
from onrecord.statements.topics import Topics
from onrecord.statements.voices import Voice
from onrecord.statements.we import We, whose
from onrecord.text.dates import dates
from onrecord.text.expressions import later
from onrecord.text.matching import Matcher, apart
from onrecord.text.numbers import numbers
from onrecord.text.timex import Date
from onrecord.text.upcoming import upcoming
from onrecord.text.vocabulary import Phrases, alternatives, vocabulary, words

Firmness = Literal["firm", "conditional", "hedged"]

_WORD = re.compile(r"[^\W\d_][\w’'-]*\w|[^\W\d_]")
_WITH_CONTENT = frozenset(
    {"agreed", "promised", "next_step", "proposed", "demanded", "refused", "denied", "left_open"}
)
_WITH_DEADLINE = frozenset({"promised", "next_step", "proposed", "demanded", "warned", "agreed", "expected"})
_SHORTEST_NAME = 2
_REACH = 24  # characters before a duration that may hold "within the next"
_DUTY = frozenset({"demanded", "proposed", "position", "praised", "accused", "endorsed"})
"""Kinds that a modal verb or a belief does not hedge: a duty or a judgement is no less firm for "I think"."""

Found = TypeVar("Found")


class _Placed(Generic[Found]):
    """Findings of the whole text in order, to be asked for a slice."""

    def __init__(self, found: list[tuple[int, int, Found]]) -> None:
        self._found = found
        self._starts = [start for start, _, _ in found]

    def within(self, start: int, end: int) -> list[tuple[int, int, Found]]:
        """Those that lie wholly in the slice."""
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, end, first)
        return [found for found in self._found[first:last] if found[1] <= end]


class Attributes:
    """Makes statements of one source.

    `folded` is its text `even`, and `words` is it `apart`: whoever finds the statements reads the same.
    """

    def __init__(
        self,
        text: Text,
        language: str | None,
        turns: Sequence[Turn],
        people: Sequence[Person],
        source: str,
        day: str | None = None,
    ) -> None:
        self._text, self._language, self._source, self._day = text, language, source, day
        names = Matcher(_names(people), ignore_case=False)
        # One pass over the text for each is a tenth of the cost of asking at every statement.
        self._named = _Placed([(start, end, person) for start, end, person in names.scan(text.characters)])
        hits = vocabulary(language).scan(text.characters)
        times, counts = (
            dates(text.characters, language, hits=hits),
            numbers(text.characters, language, hits=hits),
        )
        ahead = upcoming(text.characters, hits, day)
        self._times = _Placed([(time.start, time.end, time) for time in times])
        self._ahead = _Placed([(time.start, time.end, time) for time in ahead])
        self._numbers = _Placed([(one.start, one.end, one) for one in counts])
        self.folded, self.words = even(text.characters), apart(text.characters)
        self._topics = Topics(text.characters, language)
        self._joint = {turn.id for turn in turns if turn.others}
        self._voices = {turn.speaker for turn in turns if turn.speaker}
        self._lists = _lists(language)

    def statement(
        self, identifier: str, start: int, end: int, act: Act | None, worth: Worth, voice: Voice
    ) -> Statement:
        """The statement that an act, or a claim where there is none, makes in a voice."""
        text = self._text
        span = text.trimmed(start, end)
        kind = act.kind if act else "claim"
        marks = act.cues if act else self._marks(start, end)
        pieces = self.words[span.start : span.end].split()
        named = self._named.within(start, end)
        speaker, chain, reported = self._reported(span, act, named, voice, pieces)
        firmness, why = _firmness(kind, marks, act, text.characters)
        content = self._content(act, span) if act and kind in _WITH_CONTENT else None
        times = [time for _, _, time in self._times.within(span.start, span.end)]
        # "Next year" is counted from the event only where somebody says it there, and not somebody whom they quote.
        there = voice.turn is not None and not reported and len(chain) < 2
        ahead = [time for _, _, time in self._ahead.within(span.start, span.end)] if there else []
        deadline = self._deadline(kind, sorted([*times, *ahead], key=lambda time: time.start))
        we = self._we(span, kind, voice, pieces)
        taken = [*((left, right) for left, right, _ in named), *((time.start, time.end) for time in times)]
        return Statement(
            id=identifier,
            source=self._source,
            span=span,
            text=text.read(span),
            kind=kind,
            speaker=speaker,
            chain=chain,
            turn=voice.turn,
            content=content,
            about=self._topics.about(span.start, span.end, taken),
            to=self._to(span, named, speaker, chain, pieces, both=we is not None and we.side == "both"),
            firmness=firmness,
            polarity=self._polarity(kind, marks),
            factuality="reported" if reported else act.rule.factuality if act else "asserted",
            salience=_salience(kind, worth),
            deadline=deadline,
            quantities=tuple(self._quantities(span, times, deadline)),
            text_state=None,
            score=round(worth.score if act is None else 0.5 + act.rule.weight / 100, 3),
            reasons=(
                *_cue_reason(act, text.characters),
                *worth.reasons,
                *why,
                *((we.reason,) if we else ()),
                *self._distance(deadline, ahead),
            ),
            rule=f"{self._language}.{act.rule.name}" if act else f"{self._language}.claim",
        )

    # ---------------------------------------------------------------------------------------- who and to whom

    def _marks(self, start: int, end: int) -> tuple[Cue, ...]:
        """What takes firmness from a claim, with the words as they are printed."""
        text = self._text.characters
        found = cues(self.folded, self._language, start, end, folded=True)
        return tuple(cue._replace(text=text[cue.start : cue.end]) for cue in found)

    def _reported(
        self,
        span: Span,
        act: Act | None,
        named: list[tuple[int, int, str]],
        voice: Voice,
        pieces: Sequence[str],
    ) -> tuple[str | None, tuple[str, ...], bool]:
        """The speaker and the chain; a verb of saying behind a known name, or in the narrative, reports."""
        saying = self._lists.saying.search(self._text.characters, span.start, span.end, pieces)
        # "I agree with Orval, as she said": an act in front of the verb is the speaker's own.
        if saying and (act is None or saying.start() <= act.cue_start):
            before = [person for _, right, person in named if right <= saying.start() <= right + 24]
            if before and before[-1] != voice.speaker:
                return before[-1], (*voice.chain, before[-1]), True
        narrated_act = voice.narrated and act is not None and act.kind not in {"claim", "position"}
        return voice.speaker, voice.chain, narrated_act

    def _to(
        self,
        span: Span,
        named: list[tuple[int, int, str]],
        speaker: str | None,
        chain: tuple[str, ...],
        pieces: Sequence[str],
        *,
        both: bool,
    ) -> tuple[str, ...]:
        """People named in the statement; "you", or a "we" of both, is the other of two speakers."""
        found = {person for _, _, person in named if person != speaker and person not in chain}
        others = self._voices - {speaker}
        if (
            speaker
            and len(others) == 1
            and (both or self._lists.you.search(self._text.characters, span.start, span.end, pieces))
        ):
            found |= others
        return tuple(sorted(found))

    def _we(self, span: Span, kind: str, voice: Voice, pieces: Sequence[str]) -> We | None:
        """Whom "we" means; the narrative has none of its own."""
        if voice.narrated:
            return None
        joint = voice.turn in self._joint
        text = self._text.characters
        return whose(text, self._language, span.start, span.end, kind, joint=joint, pieces=pieces)

    # ------------------------------------------------------------------------------------------------- what

    def _content(self, act: Act, span: Span) -> Span | None:
        """The words that name what, from where the rule says; nothing where none of them carries meaning."""
        text = self._text.characters
        start = act.what
        if act.rule.noun:
            topic = self._lists.topic.match(text, start, span.end)
            if not topic:
                return None
            start = topic.end()
        elif opener := self._lists.opens.match(text, start, span.end):
            start = opener.end()
        content = self._text.trimmed(start, max(start, span.end))
        if act.rule.fronted and not any(word[0].isupper() for word in self._telling(content)):
            # "Ein Wettrüsten lehnen wir ab": no noun follows the verb, for it stands in front.
            content = self._text.trimmed(span.start, act.cue_start)
        return content if any(self._telling(content)) else None

    def _telling(self, span: Span) -> Iterator[str]:
        """The words of a span that name something: no function words, no "most of them, I would say"."""
        for found in _WORD.finditer(self._text.characters, span.start, span.end):
            word = found[0].casefold().replace("’", "'").rpartition("'")[2]
            if len(word) > 2 and word not in self._lists.common and word not in self._lists.vague:
                yield found[0]

    def _polarity(self, kind: str, marks: tuple[Cue, ...]) -> Literal["positive", "negative"]:
        negative = kind in {"refused", "denied"} or any(cue.kind == "negation" for cue in marks)
        return "negative" if negative else "positive"

    def _deadline(self, kind: str, times: Sequence[Date]) -> Item | None:
        """The first time by which or at which it is to be: a date, or a duration behind "within"."""
        if kind not in _WITH_DEADLINE:
            return None
        within = (time for time in times if time.kind != "duration" or self._is_limit(time))
        return next((self._item(time.start, time.end, time.value) for time in within), None)

    def _distance(self, deadline: Item | None, ahead: Sequence[Date]) -> tuple[str, ...]:
        """That a date is worked out and not printed, and from which day."""
        counted = deadline is not None and any(time.start == deadline.span.start for time in ahead)
        return (reasons.counted(deadline.text, self._day),) if deadline and self._day and counted else ()

    def _is_limit(self, duration: Date) -> bool:
        """Whether a duration is time that somebody is given: "within ten days"."""
        before = self._text.characters[max(0, duration.start - _REACH) : duration.start]
        return self._lists.within.search(before) is not None

    def _quantities(self, span: Span, times: Sequence[Date], deadline: Item | None) -> Iterator[Item]:
        """Durations, and numbers outside of dates, with the value and the unit, in the order of the text."""
        found = [
            self._item(time.start, time.end, time.value)
            for time in times
            if time.kind == "duration" and (deadline is None or time.start != deadline.span.start)
        ]
        for _, _, number in self._numbers.within(span.start, span.end):
            if number.kind == "ordinal" or any(time.start <= number.start < time.end for time in times):
                continue
            if number.value in {"0", "1"} and not number.unit:
                continue  # "un", "one" are articles and pronouns far more often than counts
            value = number.value or f"{number.low or ''}..{number.high or ''}"
            found.append(self._item(number.start, number.end, f"{value} {number.unit or ''}".strip()))
        yield from sorted(found, key=lambda item: item.span)

    def _item(self, start: int, end: int, value: str) -> Item:
        span = self._text.span(start, end)
        return Item(self._source, span, self._text.read(span), value)


def _names(people: Sequence[Person]) -> list[tuple[str, str]]:
    """What each person is called in running text: aliases, the name, and a surname that nobody else has."""
    surnames = Counter(person.name.rpartition(" ")[2] for person in people if person.kind == "person")
    found = [(alias.text, person.id) for person in people for alias in person.aliases]
    found += [(person.name, person.id) for person in people]
    found += [
        (surname, person.id)
        for person in people
        if person.kind == "person" and surnames[surname := person.name.rpartition(" ")[2]] == 1
    ]
    return [(name, person) for name, person in dict.fromkeys(found) if len(name) > _SHORTEST_NAME]


def _firmness(
    kind: str, marks: tuple[Cue, ...], act: Act | None, text: str
) -> tuple[Firmness, tuple[str, ...]]:
    """How firm, and the word that makes it less: a condition first, then a hedge."""
    if act and act.rule.firmness:
        return act.rule.firmness, ()
    inside = [
        cue
        for cue in marks
        if act is None or not (act.cue_start <= cue.start < act.cue_end and cue.kind == "modal")
    ]
    for sort, value in (("condition", "conditional"), ("hedge", "hedged"), ("modal", "hedged")):
        if sort != "condition" and (kind in _DUTY or (sort == "modal" and kind == "claim")):
            continue
        for cue in inside:
            if cue.kind == sort:
                return ("conditional" if value == "conditional" else "hedged"), (
                    reasons.softened(sort, cue.text),
                )
    return ("hedged" if kind == "left_open" else "firm"), ()


def _salience(kind: str, worth: Worth) -> Literal["core", "minor"]:
    if kind in {"position", "praised"}:
        return "minor"
    return "minor" if kind == "claim" and worth.score < 0.62 else "core"


def _cue_reason(act: Act | None, text: str) -> tuple[str, ...]:
    return (reasons.cue(text[act.cue_start : act.cue_end]),) if act else ()


def _topic(data: Mapping[str, str]) -> str:
    """What leads from "the agreement" to what was agreed: "on", or a genitive before what agreements are made about."""
    leads, genitive, things = (
        alternatives(words(data.get(key, ""))) for key in ("topic", "topic_genitive", "topic_nouns")
    )
    return rf"\s*(?:{leads}\b|{genitive}\s?(?={things}\b))"


class _Lists(NamedTuple):
    saying: Phrases
    you: Phrases
    topic: re.Pattern[str]
    opens: re.Pattern[str]
    within: re.Pattern[str]
    common: frozenset[str]
    vague: frozenset[str]


@cache
def _lists(language: str | None) -> _Lists:
    """`[voices]` of the language's acts."""
    known = language in languages() and language is not None
    data = load(language, "acts").get("voices", {}) if known and language else {}
    common = load(language, "text")["language"]["function_words"] if known and language else ""
    return _Lists(
        Phrases(words(data.get("saying", ""))),
        Phrases(words(data.get("you", ""))),
        later(_topic(data), re.IGNORECASE),
        later(
            rf"[\s,'’]*(?:{alternatives(words(data.get('opens', '')))}(?:[\s,'’]+|\Z)){{0,2}}", re.IGNORECASE
        ),
        later(rf"\b{alternatives(words(data.get('within', '')))}\s?\Z", re.IGNORECASE),
        frozenset(words(common)),
        frozenset(words(data.get("vague", ""))),
    )
