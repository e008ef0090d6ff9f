"""Whom an article names, in what role, and who is said to be missing.

A role stands directly beside its name: before it ("le secrétaire d'État, Marco Rubio"), with nothing
between the two but links, nationalities and capitals, or after it behind a comma ("Sergey Orlov, the
foreign minister"). Where no role word stands there, an institution shortly before counts ("la Maison
Blanche … Steve Witkoff").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from onrecord.people.mentions import runs
from onrecord.people.names import fold, is_particle, split
from onrecord.people.roles import Roles, content, is_role_word, noun, roles
from onrecord.people.roster import roster
from onrecord.text.expressions import later

REACH = 120  # characters beside a name in which its role may stand
FAR = 60  # and in which an institution, or a word of absence, may
_WORD = later(r"[^\W_]+(?:-[^\W_]+)*")
_STOP = later(r"[.!?;:«»“”\"()\n]")
_DASH = re.compile(r"\s[–—-]\s")
_SENTENCE = re.compile(r"[.!?;:\n]")
_PHRASE = 5  # words of the longest role phrase
_NAME_WORDS = 6  # and of the longest name


class Named(NamedTuple):
    """A full name in the frame; `value` is the role in English; `present` false: said to be missing."""

    name: str
    span: tuple[int, int]
    role: tuple[int, int] | None = None
    value: str | None = None
    present: bool = True


class Word(NamedTuple):
    """A word of the text with its place."""

    text: str
    start: int
    end: int


def participants(text: str, frames: Iterable[tuple[int, int]], language: str | None) -> list[Named]:
    """Full names of the frames with their roles, each person once, best mention first.

    A name counts when it has two words, is no place or institution by the words in it, and either the
    roster knows it or a role stands beside it, or its first word never occurs in lower case.
    """
    known = roles(language)
    found: dict[str, Named] = {}
    bearers = _Bearers(text)
    for start, end in frames:
        lower = {word.text for word in _words(text, start, end) if word.text[:1].islower()}
        previous = start
        for first, last, name in _names(text, start, end, lower, language, bearers):
            named = _beside(text, (first, last), name, (previous, end), language, known)
            previous = last
            if named.role is None and not roster().by_full_name(name):
                continue
            key = split(name).surname
            if key not in found or (found[key].role is None and named.role is not None):
                found[key] = named
    return _missing(text, list(found.values()), language, known, list(frames))


def _names(
    text: str, start: int, end: int, lower: set[str], language: str | None, bearers: _Bearers
) -> Iterator[tuple[int, int, str]]:
    """Runs of two or more words without the role words, sentence openers and places they begin with."""
    for first, last, _ in runs(text, start, end):
        words = list(_words(text, first, last))
        while words and (is_role_word(words[0].text) or words[0].text.lower() in lower):
            words.pop(0)
        if words and words[0].start == first:
            words = words[_place(text, start, words, language) :]
        words = _behind_role(text, words, language)
        if 2 <= len(words) <= _NAME_WORDS and not any(
            is_role_word(word.text) and len(word.text) > 3 for word in words
        ):
            words = bearers.without_place(words)
            name = text[words[0].start : words[-1].end]
            if split(name).given:
                yield words[0].start, words[-1].end, name


def _behind_role(text: str, words: list[Word], language: str | None) -> list[Word]:
    """The name in a run that a role opens behind a word nobody knows: "[Ruritanian Foreign Minister] Ivan Orlov"."""
    for at in range(len(words) - 2, max(len(words) - _NAME_WORDS - 1, 0), -1):
        if words[at].text[0].isupper() and any(
            _noun(text, words[first:at], language) for first in range(max(0, at - _PHRASE), at)
        ):
            return words[at:]
    return words


class _Bearers:
    """Words that the text also prints as a surname alone; read once, when first asked."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._alone: set[str] | None = None

    def without_place(self, words: list[Word]) -> list[Word]:
        """ "Vera Lind de Ruritania" without its last words, where the text also has "Lind" without them."""
        at = next((n for n, word in enumerate(words) if n > 1 and is_particle(word.text)), None)
        if at is None or words[at].text[:1].isupper() or words[at - 1].text not in self._surnames():
            return words
        return words[:at]

    def _surnames(self) -> set[str]:
        if self._alone is None:
            printed = list(_words(self._text, 0, len(self._text)))
            self._alone = {
                word.text
                for word, after in pairwise(printed)
                if word.text[:1].isupper() and not is_particle(after.text)
            }
        return self._alone


def _place(text: str, start: int, words: list[Word], language: str | None) -> int:
    """How many words at the front of a run are a place: "Prime Minister of [Ruritania] Paolo Gentili".

    A role with a link stands before it (in Russian without: "министр обороны [Руритании] Иван Орлов"), and what
    is left is a name of two words, or one that the roster knows.
    """
    extra = len(words) - 2
    if extra < 1 or roster().by_full_name(text[words[0].start : words[-1].end]):
        return 0
    if any(word.text.lower() == word.text for word in words) or words[-2].text.endswith(
        roles(language).patronymics
    ):
        return 0
    before = list(_words(text, max(start, words[0].start - REACH), words[0].start))[-_PHRASE:]
    linked = bool(before) and fold(before[-1].text) in roles(language).links
    if not linked and not roles(language).linkless:
        return 0
    head = before[:-1] if linked else before
    return extra if any(_noun(text, head[at:], language) for at in range(len(head))) else 0


def _beside(
    text: str, span: tuple[int, int], name: str, room: tuple[int, int], language: str | None, known: Roles
) -> Named:
    before = (max(room[0], span[0] - REACH), span[0])
    after = (span[1], min(room[1], span[1] + REACH))
    role = _role_before(text, *before, language, known) or _role_after(text, *after, language, known)
    role = role or _institution(text, before, known)
    return Named(name, span, role[0], role[1]) if role else Named(name, span)


Found = tuple[tuple[int, int], str]


def _role_before(text: str, start: int, end: int, language: str | None, known: Roles) -> Found | None:
    """The role phrase that ends directly before `end`."""
    tail = text[start:end].rstrip(" \u00a0,–—-")
    if _STOP.search(text[start + len(tail) : end]):
        return None
    stops = [match.end() for match in _STOP.finditer(tail)]
    words = list(_words(text, start + (stops[-1] if stops else 0), start + len(tail)))
    if (
        words and fold(words[-1].text) in known.joiners
    ):  # "Foreign Minister Vera Lind and": it was the other's
        return None
    best: tuple[int, str] | None = None
    loose = 0
    for at in range(len(words) - 1, -1, -1):
        for length in range(min(_PHRASE, len(words) - at), 0, -1):
            if (value := _noun(text, words[at : at + length], language)) and _joins(
                text, words[at + length :], known, language
            ):
                best = (at, value)
                break
        word = words[at].text
        key = fold(word)
        if key in known.breaks or (at and "," in text[words[at - 1].end : words[at].start]):
            break
        plain = not (word[0].isupper() or key in known.links or known.adjective(word) or noun(word, language))
        loose += plain
        if loose > 4:
            break
    if best is None:
        return None
    return (words[best[0]].start, words[-1].end), best[1]


def _noun(text: str, words: list[Word], language: str | None) -> str | None:
    phrase = text[words[0].start : words[-1].end]
    if value := noun(phrase, language):
        return value
    known = roles(language)
    if {fold(words[0].text), fold(words[-1].text)} & known.links:
        return None
    # "secrétaire américain de l'État"; of a nation that nobody listed one word may be skipped
    inner = [word.text for word in words[1:-1] if not known.adjective(word.text)]
    ends = words[0].text, words[-1].text
    if len(words) < 2 or any(known.adjective(word) for word in ends):
        return None
    for skipped in range(len(inner), -1, -1):
        sense = [ends[0], *inner[:skipped], *inner[skipped + 1 :], ends[1]]
        if value := known.content.get(content(sense, known.links)):
            return value
    return None


def _joins(text: str, rest: list[Word], known: Roles, language: str | None) -> bool:
    """Whether the words between a role noun and the name belong to the role."""
    if rest and _DASH.search(text, rest[0].start - 3, rest[-1].end):
        return False
    loose = 0
    linked = False
    for word in rest:
        key = fold(word.text)
        if key in known.breaks:
            return False
        if key in known.links:
            linked = True
        elif not (word.text[0].isupper() or known.adjective(word.text) or noun(word.text, language)):
            loose += 1
            if (not linked and not known.linkless) or loose > 4:
                return False
    return True


def _role_after(text: str, start: int, end: int, language: str | None, known: Roles) -> Found | None:
    """A role behind a comma, a dash or in brackets: "X, the Danish foreign minister"."""
    opener = re.match(r"\s?[,(–—]\s?", text[start:end])
    if not opener:
        return None
    start += opener.end()
    stop = re.search(r"[,.;:!?)\n–—]", text[start:end])
    words = list(_words(text, start, start + stop.start() if stop else end))[:12]
    if words and fold(words[0].text) in known.determiners:
        words = words[1:]
    for at, word in enumerate(words[:6]):
        for length in range(min(_PHRASE, len(words) - at), 0, -1):
            if value := _noun(text, words[at : at + length], language):
                last = at + length
                while last < len(words) and fold(words[last].text) not in known.breaks:
                    last += 1
                return (words[0].start, words[last - 1].end), value
        key = fold(word.text)
        if key in known.breaks or not (
            word.text[0].isupper() or known.adjective(word.text) or key in known.links
        ):
            return None
    return None


def _institution(text: str, before: tuple[int, int], known: Roles) -> Found | None:
    start = max(before[0], before[1] - FAR)
    stops = [match.end() for match in _STOP.finditer(text, start, before[1])]
    words = list(_words(text, stops[-1] if stops else start, before[1]))
    for at in range(len(words) - 1, -1, -1):
        if fold(words[at].text) in known.joiners:
            return None
        for length in (3, 2, 1):
            piece = words[at : at + length]
            if len(piece) == length and (
                value := known.institutions.get(fold(text[piece[0].start : piece[-1].end]))
            ):
                return (piece[0].start, piece[-1].end), value
    return None


def _missing(
    text: str, named: list[Named], language: str | None, known: Roles, frames: list[tuple[int, int]]
) -> list[Named]:
    """Mark those whom the frame says to be missing, by name or nation ("sans leur homologue danois")."""
    nations: set[str] = set()
    away: set[int] = set()
    order = sorted(range(len(named)), key=lambda n: named[n].span)
    starts = [named[n].span[0] for n in order]
    for start, end in frames:
        for word in _words(text, start, end):
            if fold(word.text) not in known.without:
                continue
            reach = min(end, word.end + FAR)
            stop = _STOP.search(text, word.end, reach)
            reach = stop.start() if stop else reach
            near = list(_words(text, word.end, reach))
            away.update(order[bisect_left(starts, word.end) : bisect_left(starts, reach)])
            if any(noun(other.text, language) for other in near):
                nations |= {stem for other in near if (stem := known.adjective(other.text))}
        for phrase in known.absent.finditer(text, start, end):
            before = order[: bisect_left(starts, phrase.start())][-_PHRASE:]
            away.update(_subjects(text, [(n, _extent(named[n])) for n in before], phrase.start(), known))
    found = []
    for n, one in enumerate(named):
        role = list(_words(text, *one.role)) if one.role else []
        absent = n in away or any(known.adjective(word.text) in nations for word in role)
        found.append(one._replace(present=not absent))
    return found


def _extent(one: Named) -> tuple[int, int]:
    """A name with its role."""
    start, end = one.role or one.span
    return min(start, one.span[0]), max(end, one.span[1])


def _subjects(text: str, before: list[tuple[int, tuple[int, int]]], verb: int, known: Roles) -> Iterator[int]:
    """The last name before a verb in its sentence, with those that joiners tie to it; nobody across another verb
    unless it stands in a clause between commas ("Vera Lind, who is ill, was not invited")."""
    end = verb
    for n, (start, stop) in reversed(before):
        between = text[stop:end].strip()
        aside = between[-1:] == "," and "," in between[:-1]
        other_verb = any(fold(word.text) in known.breaks for word in _words(between, 0, len(between)))
        if _SENTENCE.search(between) or (other_verb and not aside):
            return
        if end != verb and fold(between) and fold(between) not in known.joiners:
            return
        yield n
        end = start


def _words(text: str, start: int, end: int) -> Iterator[Word]:
    for match in _WORD.finditer(text, start, end):
        yield Word(match[0], match.start(), match.end())
