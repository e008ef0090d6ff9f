"""One citation of one turn: whose words, at which event, where exactly, of which text, and in what state.

The page's script fills in the same parts that Python fills in here, so that both cite alike.
"""

from __future__ import annotations

from string import Formatter

from onrecord.export import card, floor, visible
from onrecord.model import Person, Record, Turn
from onrecord.ui import Words

SHORT = 12  # hexadecimal digits of a hash that still tell texts apart


def parts(record: Record, source_id: str, words: Words) -> list[str]:
    """The citation as alternating text and names of fields (`speaker`, `turn`, `start`, `end`) to fill in."""
    source = floor.sources(record)[source_id]
    given = {"event": _event(record, words), "hash": source.text_sha256[:SHORT]}
    filled = [""]
    for literal, field, _, _ in Formatter().parse(words("cite.citation", **_fields(given))):
        filled[-1] += literal
        if field in given:
            filled[-1] += given[field]
        elif field:
            filled += [field, ""]
    if state := words(f"words_short.{source.words.value}"):
        if source.words.judgement != "certain":
            state = f"{words('judgement.likely')} {state}"
        filled[-1] += words("cite.status", status=state)
    return filled


def _fields(given: dict[str, str]) -> dict[str, str]:
    """Every field of the template as itself: the template is taken apart, not filled in."""
    return {name: "{" + name + "}" for name in ("speaker", "turn", "start", "end", *given)}


def speaker(turn: Turn, known: dict[str, Person], words: Words) -> str:
    """The speaker as a citation names them: a judgement that is not certain says so."""
    name = floor.speaker_of(turn, known, words)
    return words("cite.likely", speaker=name) if turn.judgement == "likely" else name


def cite(record: Record, turn: Turn, words: Words) -> str:
    """The whole citation of a turn."""
    fields = {
        "speaker": visible.line(speaker(turn, floor.people(record), words)),
        "turn": floor.number_of(turn),
        "start": str(turn.span.start),
        "end": str(turn.span.end),
    }
    pieces = parts(record, turn.source, words)
    return "".join(fields[piece] if place % 2 else piece for place, piece in enumerate(pieces))


def _event(record: Record, words: Words) -> str:
    known = {fact.name: fact.value for fact in card.facts(record.event, words)}
    named = card.title(record, words)
    return ", ".join(visible.line(value) for value in (named, known.get("place"), known.get("date")) if value)
