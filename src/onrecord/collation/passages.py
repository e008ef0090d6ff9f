"""What a sentence, or a whole turn, can be recognised by in another language.

A passage is known by its length, its speaker, and keys that belong to no language: the worth of numbers and dates,
people, the sound of words, the ideas of words, and how it ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from onrecord.collation.account import Account
from onrecord.collation.composed import Composed
from onrecord.collation.concepts import concepts
from onrecord.collation.romanised import SHORTEST, cognates
from onrecord.collation.tokens import Kind, Layers, Token, read_tokens

_DIGITS = re.compile(r"\d[\d./]*")


class Passage(NamedTuple):
    """One unit of alignment.

    text      its characters, for those who read meaning
    letters   its length
    keys      what it can be recognised by; each counts once
    speaker   who speaks, as both accounts know the person; "" where that is not known
    turn      the number of the turn it stands in, -1 where there are none
    """

    text: str
    letters: int
    keys: frozenset[str]
    speaker: str = ""
    turn: int = -1


def passages(
    account: Account, people: Mapping[str, str], speakers: Sequence[str] | None = None
) -> list[Passage]:
    """The sentences of an account; `people` gives names (folded words) a key, `speakers` each turn its person."""
    return [
        Passage(
            account.read(sentence.start, sentence.end),
            sentence.end - sentence.start,
            _with_mark(
                _all_keys(account.tokens[sentence.first : sentence.last], account.language, people),
                sentence.mark,
            ),
            speakers[sentence.turn] if speakers and sentence.turn >= 0 else "",
            sentence.turn,
        )
        for sentence in account.sentences
    ]


def lines_as_passages(lines: Sequence[str], language: str | None) -> list[Passage]:
    """Lines that somebody already cut, one passage each; for texts that are no record.

    >>> [one] = lines_as_passages(["Frieden für 40 Inseln?"], "de")
    >>> sorted(one.keys)
    ['#40', '?', 'fried', 'insel', '~island', '~peace']
    """
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    text = Composed("\n".join(lines))
    there = text.there
    stretches = [
        (there(start), there(start + len(line)), n)
        for n, (start, line) in enumerate(zip(starts, lines, strict=True))
    ]
    sentences, tokens = read_tokens(text, language, Layers(stretches, (), ()), frozenset())
    keys: list[frozenset[str]] = [frozenset()] * len(lines)
    for sentence in sentences:
        own = _all_keys(tokens[sentence.first : sentence.last], language, {})
        keys[sentence.turn] = _with_mark(keys[sentence.turn] | own, sentence.mark)
    return [Passage(line, len(line.strip()), keys[n]) for n, line in enumerate(lines)]


def joined(parts: Sequence[Passage]) -> Passage:
    """Several passages as one; the speaker is that of the first."""
    return Passage(
        " ".join(part.text for part in parts),
        sum(part.letters for part in parts),
        frozenset().union(*(part.keys for part in parts)),
        parts[0].speaker if parts else "",
        parts[0].turn if parts else -1,
    )


def _with_mark(keys: frozenset[str], mark: str) -> frozenset[str]:
    return keys | {mark} if mark else keys


def _all_keys(tokens: Iterable[Token], language: str | None, people: Mapping[str, str]) -> frozenset[str]:
    return frozenset(key for token in tokens for key in token_keys(token, language, people))


def token_keys(token: Token, language: str | None, people: Mapping[str, str]) -> Iterator[str]:
    """What one token can be recognised by: "@09" for a September, "#20" for a twenty, "~war" for an idea."""
    if token.kind == "word" or token.kind == "name":
        word = token.key.rstrip("'")
        if person := people.get(word):
            yield person
        yield from _word_keys(word, token.kind, language)
    else:
        yield from _value_keys(token.key)


@lru_cache(maxsize=65536)
def _word_keys(word: str, kind: Kind, language: str | None) -> tuple[str, ...]:
    ideas = tuple(sorted(f"~{idea}" for idea in concepts(word, language)))
    short = (word,) if kind == "name" and len(word) < SHORTEST else ()
    return (*short, *sorted(cognates(word)), *ideas)


@lru_cache(maxsize=8192)
def _value_keys(key: str) -> tuple[str, ...]:
    """A number by its worth, a date by its parts: an account may leave the year out, another the unit."""
    if key[0] == "#":
        return tuple(f"#{digits.rstrip('.')}" for digits in _DIGITS.findall(key))
    return tuple(f"@{part}" for part in key[1:].split("-") if part.strip("XW"))
