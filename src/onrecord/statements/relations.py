"""How statements stand to each other: contested, agreeing, repeated, unanswered, silent. To review, not to believe.

Two renderings of one utterance are `repeated`, whatever differs in them, and never `contested`: what differs may be
the translator's. A pair is looked at only when both speak of the same things, found by rare words they share; so the
cost grows with the text, not with its square.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from itertools import combinations
from typing import Any, Literal, NamedTuple

from onrecord.lexicon import languages, load
from onrecord.model import Relation, Statement, Turn
from onrecord.statements import reasons
from onrecord.statements.opposition import Words, contradictions, stems
from onrecord.statements.topics import things
from onrecord.text.matching import Matcher, fold
from onrecord.text.vocabulary import words

Kind = Literal["contested", "agreeing", "unanswered", "repeated", "silent"]

REPEATED = 0.7
"""Shared words of the longer of two statements from which they are one utterance, given twice."""
SHARED = 0.6
"""Content words of the longer of two statements that the other must share before a contradiction is one."""
RARE = 12
"""Statements that may share a word before it stops telling what they speak of."""
TOPIC = 3
"""Content words that two statements must share to speak of one thing."""
TABLE = 4
"""Speakers of a talk, a summit, an interview: in an assembly "agreed" is not said of one agreement."""
FORMULA = 3
"""Repetitions from which words are a formula of the house, and no utterance given twice."""
_FACTS = frozenset({"claim", "position", "denied", "expected", "promised", "agreed", "accused"})
_OPEN = frozenset({"denied", "left_open", "refused"})
_ASKS = frozenset({"demanded", "proposed"})
_WORD = re.compile(r"[^\W_]+")
_MATTERS = frozenset({"demanded", "proposed", "promised", "expected", "agreed", "next_step"})
_TERM = re.compile(r"[^\W\d_](?:[^\W\d_]|-){5,40}")
_LONG = 6  # letters by which a thing is known again in another form


class Pair(NamedTuple):
    """A relation before it has a number."""

    a: str
    b: str | None
    kind: Kind
    reasons: tuple[str, ...]


def find_relations(
    statements: Sequence[Statement], text: str, language: str | None, turns: Sequence[Turn] = ()
) -> list[Relation]:
    """The relations of one source's statements, in the order of the first of each pair; none twice."""
    order = {statement.id: number for number, statement in enumerate(statements)}
    repeated = list(_repeated(statements))
    same = {(pair.a, pair.b) for pair in repeated}
    times = Counter(pair.a for pair in repeated)
    found = [pair for pair in repeated if times[pair.a] < FORMULA]
    found += _facts(statements, language, same)
    speakers = {turn.speaker for turn in turns} | {one.speaker for one in statements}
    if len(speakers - {None}) <= TABLE:
        found += _agreements(statements, language, same)
    if turns:
        spoken = _Spoken(text, turns, language)
        found += _unanswered(statements, spoken, language) if len(speakers - {None}) <= TABLE else ()
        found += _silent(statements, spoken, language, {pair.a for pair in repeated})
    unique = {(pair.a, pair.b, pair.kind): pair for pair in found}
    ranked = sorted(unique.values(), key=lambda pair: (order[pair.a], order.get(pair.b or "", -1), pair.kind))
    return [
        Relation(f"r{number}", pair.kind, pair.a, pair.b, pair.reasons)
        for number, pair in enumerate(ranked, 1)
    ]


def _repeated(statements: Sequence[Statement]) -> Iterator[Pair]:
    """One speaker (or the narrative, which may quote anybody), almost the same words."""
    bags = {statement.id: frozenset(_WORD.findall(fold(statement.text))) for statement in statements}
    for a, b in _near(statements, bags, least=2):
        if a.speaker != b.speaker and a.turn and b.turn:
            continue
        left, right = bags[a.id], bags[b.id]
        shared = len(left & right) / max(len(left), len(right))
        figures = [{word for word in bag if word.isdigit()} for bag in (left, right)]
        if shared >= REPEATED and min(len(left), len(right)) > TOPIC and figures[0] == figures[1]:
            yield Pair(a.id, b.id, "repeated", (f"{shared:.0%} of the words are the same",))


def _agreements(
    statements: Sequence[Statement], language: str | None, same: set[tuple[str, str | None]]
) -> Iterator[Pair]:
    """Who says that there is an agreement, against who says that there is none or that it is open."""
    agreement = _agreement(language)
    joint = _joint(language)
    agreed = [
        one
        for one in statements
        if one.kind == "agreed" and (one.factuality == "presupposed" or any(joint.scan(one.text)))
    ]
    again = {later for _, later in same}  # said before in almost the same words
    other = [
        one
        for one in statements
        if one.kind in _OPEN and one.id not in again and any(agreement.scan(one.text))
    ]
    agreed, other = agreed[:RARE], other[:RARE]
    for a in agreed:
        for b in other:
            first, second = sorted((a, b), key=lambda one: one.span.start)
            if a.speaker != b.speaker and (first.id, second.id) not in same:
                yield Pair(first.id, second.id, "contested", (reasons.contested(b.kind),))
    firsts: dict[str, Statement] = {}
    for one in agreed:
        if one.speaker:
            firsts.setdefault(one.speaker, one)
    for a, b in combinations(firsts.values(), 2):
        yield Pair(a.id, b.id, "agreeing", ("both say that something was agreed",))


def _facts(
    statements: Sequence[Statement], language: str | None, same: set[tuple[str, str | None]]
) -> Iterator[Pair]:
    """Two speakers on one thing whose words contradict each other."""
    known = [one for one in statements if one.kind in _FACTS and one.factuality != "reported"]
    read = {one.id: Words(one.text, language) for one in known}
    bags = {number: one.stems for number, one in read.items()}
    for a, b in _near(known, bags, least=TOPIC):
        if a.speaker == b.speaker or not (a.speaker and b.speaker) or (a.id, b.id) in same:
            continue
        shared = bags[a.id] & bags[b.id]
        if len(shared) < SHARED * max(len(bags[a.id]), len(bags[b.id])):
            continue
        if why := contradictions(read[a.id], read[b.id]):
            yield Pair(a.id, b.id, "contested", tuple(why))


def _near(
    statements: Sequence[Statement], bags: dict[str, frozenset[str]], least: int
) -> Iterator[tuple[Statement, Statement]]:
    """Pairs that share at least so many rare words."""
    holders: dict[str, list[int]] = defaultdict(list)
    for number, statement in enumerate(statements):
        for word in sorted(bags[statement.id]):
            holders[word].append(number)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for numbers in holders.values():
        if len(numbers) <= RARE:
            for pair in combinations(numbers, 2):
                shared[pair] += 1
    for (left, right), count in sorted(shared.items()):
        if count >= least:
            yield statements[left], statements[right]


class _Spoken:
    """The words of the turns: who says them, and which things are named; read only where a statement asks for it."""

    def __init__(self, text: str, turns: Sequence[Turn], language: str | None) -> None:
        self._text, self._turns, self._language = text, turns, language
        self.speakers = {turn.speaker for turn in turns if turn.speaker}

    @cached_property
    def terms(self) -> set[str]:
        """The beginnings of the long words of all turns."""
        return {term[:_LONG] for piece, _ in self._pieces() for term in _TERM.findall(fold(piece))}

    @cached_property
    def sayers(self) -> dict[str, set[str | None]]:
        """Who says each content word."""
        found: dict[str, set[str | None]] = defaultdict(set)
        for piece, speaker in self._pieces():
            for word in stems(piece, self._language):
                found[word].add(speaker)
        return found

    @cached_property
    def volume(self) -> Counter[str | None]:
        """How many content words each says."""
        return Counter(speaker for speakers in self.sayers.values() for speaker in speakers)

    def _pieces(self) -> Iterator[tuple[str, str | None]]:
        for turn in self._turns:
            for span in turn.speech:
                yield self._text[span.start : span.end], turn.speaker


ENOUGH = 40
"""Content words that somebody else must have said before silence on a demand means anything."""


def _unanswered(statements: Sequence[Statement], spoken: _Spoken, language: str | None) -> Iterator[Pair]:
    """A demand or an offer whose matter nobody else ever touches."""
    for one in statements:
        if one.kind not in _ASKS or one.turn is None or one.content is None or one.salience != "core":
            continue
        content = one.text[one.content.start - one.span.start : one.content.end - one.span.start]
        matter = stems(content, language)
        said = any(spoken.sayers.get(word, set()) - {one.speaker} for word in matter)
        others = max((count for who, count in spoken.volume.items() if who != one.speaker), default=0)
        if len(matter) >= 2 and others >= ENOUGH and not said:
            yield Pair(one.id, None, "unanswered", ("no other speaker touches its words",))


def _silent(
    statements: Sequence[Statement], spoken: _Spoken, language: str | None, repeated: set[str]
) -> Iterator[Pair]:
    """What a speaker is quoted with in the narrative, and nobody says a word of in the transcript."""
    told: set[str] = set()
    for one in statements:
        if one.turn or one.kind not in _MATTERS or one.speaker not in spoken.speakers or one.id in repeated:
            continue
        for named in things(language).finditer(fold(one.text)):
            term = named["term"]
            if len(term) < _LONG or term[:_LONG] in spoken.terms or term in told or not stems(term, language):
                continue
            told.add(term)
            yield Pair(one.id, None, "silent", (f"the transcript never mentions “{term}”",))
            break


@cache
def _agreement(language: str | None) -> Matcher[str]:
    data = _data(language).get("agreement", {})
    return Matcher((word, word) for word in words(data.get("words", "")))


@cache
def _joint(language: str | None) -> Matcher[str]:
    """Words of those who speak for all at the table: without one, an agreement is somebody else's."""
    data = _data(language).get("agreement", {})
    return Matcher((word, word) for word in words(data.get("joint", "")))


def _data(language: str | None) -> dict[str, Any]:
    return load(language, "relations") if language is not None and language in languages() else {}
