"""One citation of one turn: whose words, at which event, where exactly, of which text, and in what state.

The page's script fills in the same parts that Python fills in here, so that both cite alike. A checked quotation is
also given as CSL-JSON and as BibTeX, for those who keep their references in a program.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import Formatter
from typing import Any

from onrecord.export import card, floor, visible
from onrecord.model import Match, Person, Record, Source, Turn
from onrecord.quotecheck.citation import CAVEAT, Cited, cited, line
from onrecord.spans import Span
from onrecord.ui import Words
from onrecord.ui.told import told

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
    filled[-1] += _state(source, words)
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


def passage(record: Record, span: Span, turn: Turn | None, chain: tuple[str, ...], words: Words) -> str:
    """The citation of any characters of a record, as that of a checked quotation; `chain` is who reports whom."""
    return in_words(line(cited(record, span, turn, chain)), words)


def in_words(english: str, words: Words) -> str:
    """A citation of the record's language in the reader's, without its caveat, which faces say in their own words."""
    bare = english.partition(f"; {CAVEAT}")[0]
    return told(bare, words.language) or bare


def _state(source: Source, words: Words) -> str:
    """In what state the words are, where that is known, with what stands before it in a citation."""
    state = words(f"words_short.{source.words.value}")
    if state and source.words.judgement != "certain":
        state = f"{words('judgement.likely')} {state}"
    return words("cite.status", status=state) if state else ""


def _event(record: Record, words: Words) -> str:
    known = {fact.name: fact.value for fact in card.facts(record.event, words)}
    named = card.title(record, words)
    return ", ".join(visible.line(value) for value in (named, known.get("place"), known.get("date")) if value)


# ---------------------------------------------------------------------------------------------- checked quotations

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_TEX = str.maketrans(
    {sign: f"\\{sign}" for sign in "{}%&$#_"}
    | {"\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}"}
)


def of_match(record: Record, match: Match) -> Cited:
    """The parts of the citation of one place of a checked quotation."""
    turn = next((one for one in record.turns if one.id == match.turn), None)
    return cited(record, match.span, turn, match.chain)


def csl(parts: Cited) -> dict[str, Any]:
    """The citation as one item of CSL-JSON (version 1.0.2), of type `speech`; unknown fields are left out."""
    fields: dict[str, Any] = {
        "id": _key(parts),
        "type": "speech",
        "title": visible.line(parts.title) or visible.line(parts.name),
        "author": [{"literal": visible.line(parts.speaker)}] if parts.speaker else None,
        "event-place": visible.line(parts.place),
        "issued": {"date-parts": [[int(part) for part in _date(parts)]]} if _date(parts) else None,
        "locator": _locator(parts),
        "source": visible.line(parts.name),
        "language": parts.language,
        "note": "; ".join(_notes(parts)),
    }
    return {name: value for name, value in fields.items() if value}


def bibtex(parts: Cited) -> str:
    """The citation as one BibTeX entry (`@misc`), in UTF-8; what TeX would run is escaped."""
    date = dict(zip(("year", "month", "day"), _date(parts), strict=False))
    fields = {
        "author": f"{{{_tex(parts.speaker)}}}" if parts.speaker else "",
        "title": f"{{{_tex(parts.title or parts.name)}}}",
        "year": date.get("year", ""),
        "month": date.get("month", "").lstrip("0"),
        "address": _tex(parts.place),
        "howpublished": _tex(parts.name),
        "note": _tex("; ".join((_locator(parts), *_notes(parts)))),
        "language": parts.language,
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{_key(parts)},\n{lines}}}\n"


def _key(parts: Cited) -> str:
    return f"{parts.sha256[:SHORT]}-{parts.start}-{parts.end}"


def _date(parts: Cited) -> list[str]:
    """Year, month and day as far as they are known."""
    found = _DATE.fullmatch(parts.date)
    return [part for part in found.groups() if part] if found else []


def _locator(parts: Cited) -> str:
    turn = f"turn {parts.turn.removeprefix('t')}, " if parts.turn else ""
    return f"{turn}characters {parts.start}–{parts.end}"


def _notes(parts: Cited) -> Iterator[str]:
    yield f"“{visible.line(parts.quote)}”"
    if len(parts.chain) > 1:
        yield f"words of {visible.line(parts.chain[-1])}, as reported by {visible.line(parts.chain[0])}"
    yield f"text sha256 {parts.sha256}"
    if parts.state:
        yield parts.state
    if not parts.own:
        yield CAVEAT


def _tex(text: str) -> str:
    return visible.line(text).translate(_TEX)
