"""Where a cue asserts nothing: behind “if”, in an indirect question, in a relative clause, in somebody else's head.

A clause with “we refuse” refuses; “every time we refuse”, “why they refuse”, “those who refuse” and “they think that we
refuse” only speak of refusing. What takes the force from a cue stands before it, in the same clause, and behind the
last comma: a comma ends what is supposed. The words are `[scope]` of the language's `acts.toml`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from onrecord.lexicon import languages, load
from onrecord.text.expressions import later
from onrecord.text.matching import fold
from onrecord.text.vocabulary import alternatives, words

_COMMA = ", "
_REACH = 60
"""Characters before a verb in which its subject ends: an auxiliary, a negation and two adverbs stand between."""

_FAR = 300
"""Characters before a cue that are asked for what takes its force. In a clause without end (captions without a comma)
every cue looks back, and only a bounded look keeps the reading linear."""

_HEAD = 3  # characters that "ce" takes before a pronoun that goes on with the sentence
_NEVER = re.compile(r"(?!)")
_WORD = re.compile(r"\w+")


class _Words(NamedTuple):
    supposing: re.Pattern[str]
    asking: re.Pattern[str]
    questions: re.Pattern[str]
    thinking: re.Pattern[str]
    relative: re.Pattern[str]
    between: re.Pattern[str]
    that: re.Pattern[str]
    subjects: frozenset[str]
    agents: frozenset[str]
    of: frozenset[str]
    determiners: frozenset[str]


def asserts(folded: str, language: str | None, left: int, start: int, *, asked: bool = False) -> bool:
    """Whether a cue at `start` says something of its own, in a clause that begins at `left` of a folded text.

    `asked` says that the sentence is a question: there "what" and "why" ask, too, and ask for nobody's act.
    """
    known = _words(language)
    left = max(left, start - _FAR)
    behind = _behind_comma(folded, left, start, known)
    return not (
        known.thinking.search(folded, behind, start)
        or known.asking.search(folded, behind, start)
        or (asked and known.questions.search(folded, left, start))
    )


def supposed(folded: str, language: str | None, left: int, start: int) -> bool:
    """Whether a cue stands behind “if”.

    >>> supposed("if they refuse to come", "en", 0, 8), supposed("if it rains, they refuse to come", "en", 0, 18)
    (True, False)
    """
    known = _words(language)
    behind = _behind_comma(folded, max(left, start - _FAR), start, known)
    return known.supposing.search(folded, behind, start) is not None


def _behind_comma(folded: str, left: int, start: int, known: _Words) -> int:
    """Where the last stretch between commas begins; a comma before “dass” or “что” parts nothing."""
    comma = folded.rfind(_COMMA, left, start)
    while comma >= 0 and known.that.match(folded, comma + len(_COMMA)):
        comma = folded.rfind(_COMMA, left, comma)
    return max(left, comma + 1)


def relative(folded: str, language: str | None, left: int, start: int) -> bool:
    """Whether the verb at `start` only says which one is meant: “a party that refuses to pay”.

    At the head of its clause a relative pronoun goes on with the sentence: ", which is not true".

    >>> relative("a party that openly refuses to pay", "en", 0, 20)
    True
    """
    known = _words(language)
    subject = known.relative.search(folded, max(left, start - _REACH), start)
    if subject is None or subject.start() <= left + _HEAD:
        return False
    first = _WORD.match(folded, start)
    return first is None or first[0] not in known.subjects  # "that we refuse": the cue brings its own subject


def has_agent(text: str, language: str | None, left: int, start: int) -> bool:
    """Whether somebody who can act stands before a cue as its subject: a person, a body, a name; or nothing at all.

    >>> line = "This rain threatens to stay, but Ostrava threatens to leave."
    >>> has_agent(line, "en", 0, 10), has_agent(line, "en", 29, 41)
    (False, True)
    """
    known = _words(language)
    before = text[max(left, start - _FAR) : start]
    if between := known.between.search(fold(before)):
        before = before[: between.start()]
    found = _WORD.findall(before)
    while len(found) > 2 and (found[-2].lower() in known.of or found[-3].lower() in known.of):
        if _acts(found, known):
            return True
        del found[-2 if found[-2].lower() in known.of else -3 :]
    return not found or _acts(found, known)


def _acts(found: list[str], known: _Words) -> bool:
    """The last word is listed among those who act, or has the capital of a name: in German none behind an article."""
    head = found[-1]
    named = head[0].isupper() and not (len(found) > 1 and found[-2].lower() in known.determiners)
    return head.lower() in known.agents or named


@cache
def _words(language: str | None) -> _Words:
    known = load(language, "acts") if language and language in languages() else {}
    data, clauses = known.get("scope", {}), known.get("clauses", {})

    def any_of(name: str) -> str:
        return alternatives(words(data.get(name, "")))

    def pattern(*names: str, tail: str = "") -> re.Pattern[str]:
        if not all(data.get(name) for name in names):
            return _NEVER
        return later(r"(?<!\w)" + r"\s(?:[\w']{1,20}\s){0,2}".join(map(any_of, names)) + r"(?!\w)" + tail)

    between = rf"(?:[\s']{{1,4}}{any_of('between')}){{0,4}}"
    return _Words(
        supposing=pattern("supposing"),
        asking=pattern("asking"),
        questions=pattern("questions"),
        thinking=pattern("others", "thinking"),
        relative=pattern("relative", tail=rf"{between}[\s']{{0,4}}\Z") if data.get("relative") else _NEVER,
        between=later(rf"{between}[\s']{{0,4}}\Z"),
        that=later(any_of("that") + r"(?!\w)"),
        subjects=frozenset(words(clauses.get("subjects", ""))),
        agents=frozenset(words(data.get("agents", ""))),
        of=frozenset(words(data.get("of", ""))),
        determiners=frozenset(words(data.get("determiners", ""))),
    )
