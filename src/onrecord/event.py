"""The event card: what the text itself says of the event. What it does not say stays null."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from onrecord import lexicon
from onrecord.model import Event, Item, Participant
from onrecord.people.participants import Named
from onrecord.structure import RawBlock
from onrecord.text.dates import dates
from onrecord.text.expressions import later
from onrecord.text.timex import Date

_BLANK_LINE = re.compile(r"\n[ \t\r]{0,80}\n")
_LINE_END = re.compile(r"[ \t]?[\r\n]{1,2}[ \t]?")

_TITLE = 200  # characters of a title after which no further line is one of its own

OPENING = 6000
"""Characters of the frame that are asked for date, place and kind."""


class Card(NamedTuple):
    """What the event is read from: the text, its language, its blocks, and the title its file declares."""

    source: str
    text: str
    language: str | None
    blocks: Sequence[RawBlock]
    declared_title: str | None
    date: str | None  # what the user said


def read_event(card: Card, participants: Sequence[Participant], people: frozenset[str]) -> Event:
    """The card; `people` are folded surnames, which are no places."""
    spoken = list(_dates(card))
    return Event(
        title=_title(card),
        kind=_kind(card),
        date=_date(card, spoken),
        place=_place(card, people),
        duration=_duration(card, spoken),
        participants=tuple(participants),
    )


def _item(card: Card, start: int, end: int, value: str | None) -> Item:
    from onrecord.spans import Span

    return Item(card.source, Span(start, end), card.text[start:end], value)


def _windows(card: Card) -> Iterator[tuple[int, int]]:
    """The frame and the headings before the first words of the transcript, then the opening of the transcript."""
    left = OPENING
    for block in card.blocks:
        if block.kind == "transcript" or left <= 0:
            break
        if block.kind != "furniture":
            yield block.start, min(block.end, block.start + left)
            left -= block.end - block.start


def _title(card: Card) -> Item | None:
    if card.declared_title:
        at = card.text.find(card.declared_title)
        if at >= 0:
            return _item(card, at, at + len(card.declared_title), card.declared_title)
    groups = list(_heading_groups(card))
    if not groups:
        return None
    # A letterhead and a date come before the title of an official record; an event word tells the title.
    said = (group for group in groups if _has_events(card.language) and _best_kind(card, [group]))
    start, end = next(said, groups[0])
    piece = card.text[start:end]
    stripped = piece.strip(" \t\r\n#*_=")
    start += piece.find(stripped)
    return _item(card, start, start + len(stripped), _LINE_END.sub(" ", stripped)) if stripped else None


def _heading_groups(card: Card) -> Iterator[tuple[int, int]]:
    """The headings before the first words of all; lines that follow each other in the same letters, all in capitals
    or not, with no blank line between them, are one heading."""
    group: tuple[int, int] | None = None
    for block in card.blocks:
        if block.kind in ("transcript", "frame"):
            break
        if group and (block.kind != "heading" or not _goes_on(card, group, block)):
            yield group
            group = None
        if block.kind == "heading":
            group = (group[0] if group else block.start, block.end)
    if group:
        yield group


def _goes_on(card: Card, group: tuple[int, int], block: RawBlock) -> bool:
    before, line = card.text[slice(*group)], card.text[block.start : block.end]
    return not _BLANK_LINE.search(before) and before.isupper() == line.isupper() and len(before) <= _TITLE


@cache
def _kinds(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    lines = lexicon.load(language, "events").get("kinds", "").strip().splitlines()
    kinds = {phrase.strip(): kind.strip() for phrase, _, kind in (line.partition("=") for line in lines)}
    phrases = sorted(kinds, key=lambda phrase: (-len(phrase), phrase))
    return later(r"\b(" + "|".join(map(re.escape, phrases)) + r")s?\b", re.IGNORECASE), kinds


def _kind(card: Card) -> Item | None:
    """The most specific event word: a "press conference" wins over the "talks" before it."""
    if not _has_events(card.language):
        return None
    best = _best_kind(card, _windows(card))
    return _item(card, *best) if best else None


def _best_kind(card: Card, windows: Iterable[tuple[int, int]]) -> tuple[int, int, str] | None:
    """Where the most specific event word of these stretches stands, and its kind; of equals the first."""
    pattern, kinds = _kinds(card.language or "")
    found = [match for start, end in windows for match in pattern.finditer(card.text, start, end)]
    if not found:
        return None
    best = max(found, key=lambda match: (_RANK.get(kinds[match[1].lower()], 0), -match.start(1)))
    return best.start(1), best.end(1), kinds[best[1].lower()]


# A press conference may follow talks at a summit: what the text is a record of stands higher.
_RANK = {"press_conference": 6, "briefing": 6, "interview": 5, "debate": 5, "hearing": 4, "sitting": 4,
         "press_statement": 4, "speech": 2, "summit": 3, "meeting": 1}  # fmt: skip


def _has_events(language: str | None) -> bool:
    return language in lexicon.languages() and bool(lexicon.load(str(language), "events"))


def _dates(card: Card) -> Iterator[Date]:
    if card.language in lexicon.languages():
        for start, end in _windows(card):
            yield from dates(card.text, str(card.language), start, end, anchor=card.date)


def _date(card: Card, found: Sequence[Date]) -> Item | None:
    """A whole date before a weekday alone; the first of its sort."""
    whole = [item for item in found if item.kind == "date" and re.fullmatch(r"\d{4}-\d{2}-\d{2}", item.value)]
    part = [
        item
        for item in found
        if item.kind == "weekday"
        or (item.kind == "date" and item.value.startswith("XXXX-") and len(item.value) == 10)
    ]
    for item in (*whole, *part):
        if item.certainty != "ambiguous" and not item.problems:
            return _item(card, item.start, item.end, item.value)
    return None


def _duration(card: Card, found: Sequence[Date]) -> Item | None:
    """The first duration in hours and minutes; an event does not last six years."""
    item = next((item for item in found if item.kind == "duration" and item.value.startswith("PT")), None)
    return _item(card, item.start, item.end, item.value) if item else None


_MAGIC = "WEBVTT"  # the first word of every WebVTT file, no town
# PORT HARLAN, 14 June —   ·   MOSCOW (Agency) —
_DATELINE = later(
    r"^[ \t]*([^\W\d_a-z][^\W\d_a-zà-ÿ]+(?:[ '’-][^\W\d_a-zà-ÿ]{2,}){0,3})(?:, | ?\(| [—–-] )", re.MULTILINE
)
_NAME = r"[^\W\d_a-zà-ÿа-я][\w'’-]+"
_PLACE = rf"({_NAME}(?: {_NAME}){{0,2}}(?:, (?:(?:en|in|en la) )?{_NAME})?)"


def _place(card: Card, people: frozenset[str]) -> Item | None:
    """A dateline, else the capitalised name that follows a word of place at least twice."""
    windows = list(_windows(card))
    for start, end in windows:
        match = _DATELINE.search(card.text, start, end)
        if (
            match
            and match[1] != _MAGIC
            and match[1].casefold() not in people
            and not _opens_label(card, match.end(1))
        ):
            return _item(card, match.start(1), match.end(1), _unshouted(card, match[1]))
    if not _has_events(card.language):
        return None
    words = lexicon.load(str(card.language), "events")["locatives"].split()
    forms = {form for word in words for form in (word, word.capitalize())}
    pattern = later(rf"(?<![\w’'])(?:{'|'.join(map(re.escape, sorted(forms)))}) {_PLACE}")
    seen: Counter[str] = Counter()
    first: dict[str, tuple[int, int]] = {}
    for start, end in windows:
        for match in pattern.finditer(card.text, start, end):
            name = match[1].split(",")[0]
            if not name[0].isupper() or any(word.casefold() in people for word in name.split()):
                continue
            seen[name] += 1
            if name not in first or len(match[1]) > first[name][1] - first[name][0]:
                first[name] = (match.start(1), match.end(1))
    if not seen:
        return None
    name, count = max(seen.items(), key=lambda item: (item[1], -first[item[0]][0]))
    if count < 2:
        return None
    value = re.sub(r", (?:en la|en|in) ", ", ", card.text[slice(*first[name])])
    return _item(card, *first[name], value)


def _unshouted(card: Card, name: str) -> str:
    """A dateline in capitals as the text writes the name elsewhere, if it does: "PORT HARLAN" is "Port Harlan"."""
    written = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE).finditer(card.text)
    return next((match[0] for match in written if match[0].istitle()), name)


def _opens_label(card: Card, end: int) -> bool:
    return card.text[end : end + 2].lstrip()[:1] == ":"


def frame_participants(named: Sequence[Named], card: Card, ids: dict[str, str]) -> list[Participant]:
    """Participants whom the article names, with their printed roles; `ids` maps names to people."""
    found = []
    for item in named:
        if item.present and item.name in ids:
            role = _item(card, *item.role, item.value) if item.role else None
            mention = _item(card, *item.span, item.name)
            found.append(Participant(ids[item.name], mention, role))
    return found
