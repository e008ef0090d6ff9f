"""Sentences, by rules and each language's abbreviations.

>>> text = "M. J.-P. Orval est venu à 13 h. « Bien. Merci », dit-il. Vraiment ?"
>>> [text[s:e] for s, e in sentences(text, "fr")]
['M. J.-P. Orval est venu à 13 h.', '« Bien. Merci », dit-il.', 'Vraiment ?']
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from typing import Any

from onrecord.text.vocabulary import table, text_data, words

LONGEST = 2_000  # characters; no real sentence needs more
_LONGEST_QUOTE = 1_000  # a longer quotation is several sentences, whatever follows it

_STOP = re.compile(r"[.!?…؟。]+")
_QUOTE = re.compile(r"[«»“”„\"]")
_LINE_BREAK = re.compile(r"[\n\r\u2028\u2029\x0b\x0c\x85]\s*")
_BLANK_LINE = re.compile(r"(?:\r\n|\s)[ \t\xa0]{0,200}[\n\r\u2028\u2029\x0b\x0c\x85]")
_WRAPPED = range(45, 91)  # widths at which people and programs wrap lines
_TOKEN = re.compile(r"[\w.'’-]{0,24}$")
_NEXT = re.compile(r"[\W_]{0,8}([^\W\d_]{1,24})")
_INITIAL = re.compile(r"(?:[^\W\d_]\.?-)?[^\W\d_]$")
_ONE_LETTER = re.compile(r"[^\W\d_]\.")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.){1,6}[^\W\d_]{1,2}$")
_CLOSERS = frozenset(")]}’'")
_SPACES = "\u00a0\u202f "


class _Rules:
    """`[sentences]` of one language."""

    def __init__(self, language: str | None) -> None:
        data = text_data(language)
        rules: dict[str, Any] = data.get("sentences", {})
        self.never_end = _stems(rules.get("never_end", ""))
        self.abbreviations = _stems(rules.get("abbreviations", ""))
        several = [stem.partition(".") for stem in self.never_end | self.abbreviations]
        self.first_parts = frozenset(first for first, dot, _ in several if dot)
        self.before_number = _stems(rules.get("before_number", ""))
        self.listed = self.never_end | self.abbreviations | self.first_parts | self.before_number
        self.lettered = frozenset(words(rules.get("lettered", "")))
        self.letter_words = frozenset(words(rules.get("letter_words", "")))
        self.ordinal_dot = bool(rules.get("ordinal_dot", ""))
        self.openers = frozenset(words(rules.get("openers", "")))
        months = table(data.get("dates", {}).get("months", ""))
        self.months = frozenset(form.rstrip(".") for _, forms in months for form in forms)


def _stems(block: str) -> frozenset[str]:
    return frozenset(word.rstrip(".") for word in words(block))


@cache
def _rules(language: str | None) -> _Rules:
    return _Rules(language)


def sentences(
    text: str, language: str | None, start: int = 0, end: int | None = None
) -> list[tuple[int, int]]:
    """The sentences of a slice, as spans; together they hold every character of it that is not white space.

    A line break ends a sentence, except where a line is visibly wrapped: no full stop before the break, and
    after it a small letter, or before it a line of 45 to 90 characters. A colon ends none. A quotation that
    the sentence goes on after is never cut. A piece over 2,000 characters (`LONGEST`) is cut at white space.
    A language that no lexicon knows, or None, has no abbreviations.
    """
    stop = len(text) if end is None else min(end, len(text))
    rules = _rules(language)
    found: list[tuple[int, int]] = []
    for left, right in _paragraphs(text, start, stop):
        at = left
        for cut in [*_cuts(text[left:right], rules), right - left]:
            found.extend(_trimmed(text, at, left + cut))
            at = left + cut
    return found


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The slice cut at line breaks that are no mere wrapping."""
    at = line = start
    for found in _LINE_BREAK.finditer(text, start, end):
        before = text[max(line, found.start() - 4) : found.start()].rstrip("»”\"’') \u00a0")
        follows = text[found.end() : found.end() + 1]
        wrapped = False
        if follows and before and not _BLANK_LINE.match(found[0]):
            fits = found.start() - line in _WRAPPED
            # Behind a full stop the line may still go on: "Mr." at its end; the rules below decide that.
            wrapped = (
                fits if before[-1] == "." else before[-1] not in "!?…:;؟。" and (fits or follows.islower())
            )
        line = found.end()
        if not wrapped:
            yield at, found.start()
            at = found.end()
    yield at, end


def _trimmed(text: str, left: int, right: int) -> Iterator[tuple[int, int]]:
    """The piece without white space at its ends, capped; nothing if it is blank."""
    piece = text[left:right]
    left += len(piece) - len(piece.lstrip())
    right = left + len(piece.strip())
    while right - left > LONGEST:
        head = text[left : left + LONGEST]
        between_words = head[-1].isspace() or text[left + LONGEST].isspace()
        room = LONGEST if between_words else len(head) - len(head.rsplit(None, 1)[-1])
        cut = left + (room or LONGEST)
        yield left, left + len(text[left:cut].rstrip())
        left = cut
        while text[left].isspace():
            left += 1
    if left < right:
        yield left, right


def _cuts(piece: str, rules: _Rules) -> Iterator[int]:
    """Offsets in one paragraph after which a new sentence begins."""
    closing, kept = _quotations(piece) if _QUOTE.search(piece) else (set[int](), list[tuple[int, int]]())
    begins = 0  # of the current sentence
    for found in _STOP.finditer(piece):
        stop, after = found.span()
        if stop < begins:
            continue
        if piece[after : after + 1] != " " or not piece[after + 1 : after + 2].isupper():
            after = _past_closers(piece, after, closing)
            if after == len(piece):
                return
            if not _may_end(piece, found, after):
                continue
        if kept and _inside(kept, after):
            continue
        if found[0] == "." and after == found.end() and _abbreviated(piece, begins, stop, rules):
            continue
        yield after
        begins = after


def _may_end(piece: str, stop: re.Match[str], after: int) -> bool:
    """Whether what follows a full stop and its closing marks, at `after`, allows the sentence to end there.

    A space and a capital do, which is settled before this is asked.
    """
    if not piece[after].isspace() and (after > stop.end() or not _glued(piece, stop)):
        return False
    return not _goes_on(piece, after)


def _quotations(piece: str) -> tuple[set[int], list[tuple[int, int]]]:
    """Where closing quotation marks stand, and the quotations which the sentence goes on after.

    German prints „so“ or »so«, French « so », and a straight mark only tells by its place; so a mark opens or
    closes by what is open and by the spaces around it.
    """
    closing: set[int] = set()
    kept: list[tuple[int, int]] = []
    opened: dict[str, list[int]] = {"«": [], "»": [], "“": [], "„": [], '"': []}
    for found in _QUOTE.finditer(piece):
        at = found.start()
        if not (partner := _closes(found[0], piece, at, opened)):
            opened.setdefault(found[0], []).append(at)
            continue
        left = opened[partner].pop()
        closing.add(at)
        if at - left <= _LONGEST_QUOTE and _goes_on(piece, at + 1):
            while kept and kept[-1][0] > left:
                kept.pop()
            kept.append((left, at))
    return closing, kept


def _closes(mark: str, piece: str, at: int, opened: dict[str, list[int]]) -> str:
    """The opening mark that this one closes, or "" if it opens."""
    if mark in "«»":
        other = "»" if mark == "«" else "«"
        if opened[other] and not (opened[mark] and opened[mark][-1] > opened[other][-1]):
            return other
        return ""
    if mark == '"':
        return '"' if opened['"'] else ""
    if opened["„"]:
        return "„" if mark != "„" else ""
    return "“" if mark == "”" and opened["“"] else ""


def _past_closers(piece: str, at: int, closing: set[int]) -> int:
    """The offset behind the closing quotation marks and brackets that belong to a full stop."""
    for _ in range(4):
        if at < len(piece) and (at in closing or piece[at] in _CLOSERS):
            at += 1
        elif at + 1 < len(piece) and piece[at] in _SPACES and at + 1 in closing:
            at += 2  # « Oui. »
        else:
            break
    return at


def _goes_on(piece: str, at: int) -> bool:
    """Whether the sentence goes on here: a comma, or a small letter (after a dash, perhaps)."""
    following = piece[at : at + 6].lstrip()
    if following[:1] in {",", ";"}:
        return True
    return following.lstrip("–—-… \u00a0\u202f")[:1].islower()


def _inside(kept: list[tuple[int, int]], at: int) -> bool:
    """Whether the offset lies in one of the quotations, which are in order and apart."""
    index = bisect_right(kept, (at, -1)) - 1
    return index >= 0 and kept[index][0] < at <= kept[index][1]


def _glued(piece: str, stop: re.Match[str]) -> bool:
    """A full stop without the space after it, as damaged texts have them: "fini.Nous" but not "U.S.A"."""
    before, after = piece[max(0, stop.start() - 2) : stop.start()], piece[stop.end() : stop.end() + 2]
    return len(before) == 2 and before.islower() and before.isalpha() and after.istitle() and after.isalpha()


def _abbreviated(piece: str, begins: int, stop: int, rules: _Rules) -> bool:
    """Whether the full stop at `stop` belongs to an abbreviation, an initial or an ordinal number."""
    blank = piece.rfind(" ", max(begins, stop - 20), stop)
    beside = piece[max(begins, blank - 1) : max(blank, 0)]
    word = piece[blank + 1 : stop] if blank >= 0 and beside != "." and not beside.isspace() else ""
    if len(word) > 1 and word.isalpha() and word.lower() not in rules.listed:
        return False  # a plain word, and no abbreviation before it: nearly every case
    token = _last_token(piece, begins, stop)
    if not token:
        return False
    stem = token.lower()
    if token.isdigit():
        return _numbering(piece, begins, stop, token, rules)
    following = piece[stop + 1 : stop + 40].lstrip()
    if stem in rules.never_end or _inside_spaced(stem, following, rules):
        return True
    before = piece[max(begins, stop - 24) : stop].split()[-2:-1]
    if before and before[0].endswith("."):  # the last part of "т. е.", "v. Chr."
        stem = stem if stem in rules.abbreviations else before[0].lower() + stem
        if stem in rules.never_end:
            return True
    if stem in rules.before_number and (following[:1].isdigit() or following[:2].isupper()):
        return True
    if len(token) == 1 and token not in rules.letter_words and _ONE_LETTER.match(following):
        return True  # "z. B.", "J. R. Vale"
    if token[-1].isupper() and _INITIAL.fullmatch(token):
        return token not in rules.letter_words and not _lettered(piece, begins, stop - len(token), rules)
    return (stem in rules.abbreviations or bool(_DOTTED.fullmatch(token))) and not _opens(following, rules)


def _inside_spaced(stem: str, following: str, rules: _Rules) -> bool:
    """Whether an abbreviation of several parts goes on behind a space: "v. Chr.", "т. е."."""
    if stem not in rules.first_parts:
        return False
    whole = f"{stem}.{following.split()[0].rstrip('.,;:)').lower()}" if following else ""
    return whole in rules.never_end or whole in rules.abbreviations


def _last_token(piece: str, begins: int, stop: int) -> str:
    found = _TOKEN.search(piece[max(begins, stop - 24) : stop])
    token = found[0].replace("’", "'") if found else ""
    return token.rpartition("'")[2] if token[1:2] == "'" else token  # "l'art." is about "art."


def _opens(following: str, rules: _Rules) -> bool:
    """Whether a sentence plainly opens here: with a capitalised opener."""
    found = _NEXT.match(following)
    return bool(found and found[1][0].isupper() and found[1].lower() in rules.openers)


def _lettered(piece: str, begins: int, at: int, rules: _Rules) -> bool:
    """Whether the word before a single capital is one like "plan": then the letter is no initial."""
    before = piece[max(begins, at - 24) : at].split()
    return bool(before) and before[-1].lower() in rules.lettered


def _numbering(piece: str, begins: int, stop: int, token: str, rules: _Rules) -> bool:
    """A list number at the beginning, or an ordinal in languages that write one with a full stop."""
    if len(token) <= 3 and not piece[begins : stop - len(token)].strip(" \u00a0([-–•"):
        return True
    if not rules.ordinal_dot or len(token) > 2:
        return False
    found = _NEXT.match(piece, stop + 1)
    if not found:
        return False
    word = found[1].lower()
    return word in rules.months or word not in rules.openers
