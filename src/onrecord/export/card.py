"""The event card: what the text, its metadata or the user gave, in the reader's words, and nothing else."""

from __future__ import annotations

from typing import NamedTuple

from onrecord.model import Event, Item, Record, Source
from onrecord.ui import Words


class Fact(NamedTuple):
    """One line of the card; `item` says where it stands, `name` is the field of the event."""

    name: str
    value: str
    item: Item


def facts(event: Event, words: Words) -> tuple[Fact, ...]:
    """Kind, date, place and duration, as far as they are known."""
    given = (("kind", event.kind), ("date", event.date), ("place", event.place), ("duration", event.duration))
    return tuple(Fact(name, _value(name, item, words), item) for name, item in given if item is not None)


def _value(name: str, item: Item, words: Words) -> str:
    if name == "kind":
        return words.named("event_kinds", item.value) or item.text or item.value or ""
    if name == "date":
        return words.date(item.value or "") or item.text or item.value or ""
    if name == "place":  # the text may shout it: a dateline in capitals
        return item.value or item.text
    return item.text or item.value or ""


def title(record: Record, words: Words) -> str:
    """The event's title, or the file name of the source that has none."""
    if (item := record.event.title) is not None:
        return item.text or item.value or words("record.untitled")
    name = record.sources[0].name.rstrip("/")
    return name.rsplit("/", 1)[-1] or words("record.untitled")


def language(source: Source, words: Words) -> str:
    """The languages of a source, the main one first, and the one that it was translated from."""
    codes = dict.fromkeys([source.language, *(stretch.value for stretch in source.languages)])
    names = [words.named("languages", code) or code for code in codes if code]
    shown = words.enumerate(names) or words("record.language_unknown")
    return f"{shown}, {_origin(source, words)}" if source.words.from_ else shown


def status(source: Source, words: Words) -> str:
    """Whose words the text holds, with "probably" where that is judged; the reasons are the record's own."""
    held = words(f"words.{source.words.value}")
    if source.words.value != "unknown" and source.words.judgement != "certain":
        return words("record.probably", reason=held)
    return held


def _origin(source: Source, words: Words) -> str:
    name = words.named("languages", source.words.from_) or source.words.from_
    return words("words.from", language=name)


def stands_in_text(item: Item, record: Record) -> bool:
    """Whether a place in the text can be shown for the item (what the user gave has none)."""
    return bool(len(item.span)) and any(source.id == item.source for source in record.sources)
