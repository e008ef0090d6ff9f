"""JSON that already knows its speakers: lines or lists of utterances, a bare {"text": …}, or a record of
our own.

{"speaker": "Ada Roe", "text": "Good morning.", "start": 1.5, "end": 3.0}      one a line, or in a list
{"utterances": [...]}, {"segments": [...]}, {"turns": [...]}                   a list under its usual name
{"id": "u1", "speaker": {"id": "roe"}, "reply_to": null, "text": "…"}          ConvoKit
{"text": "Ada Roe: Good morning."}                                             no speakers: plain text in JSON
{"schema_version": 1, "sources": [{"text": "…", "text_sha256": "…"}]}          the first source of a record
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from onrecord.sources.characters import whole
from onrecord.sources.conservation import letters, lost, seen_in_json
from onrecord.sources.encoding import decode
from onrecord.sources.limits import NOTES, Hostile
from onrecord.sources.page import Page
from onrecord.sources.plain import charset
from onrecord.sources.reading import Declined, ReaderNote, Reading, of_bytes
from onrecord.sources.returned import as_witness, returned, returned_rows, witness_of
from onrecord.sources.threads import thread_notes
from onrecord.sources.witness import media_type, restored

_TEXT = ("text", "utterance", "content", "speech", "transcript")
_TEXTS = frozenset(_TEXT)
_SPEAKER = ("speaker", "speaker_name", "speaker_id", "name", "user", "who")
_LISTS = ("utterances", "segments", "turns", "speeches", "results")
_TIMES = ("start", "end", "start_time", "end_time", "time")
# ConvoKit writes the first into its files, and calls the attribute by the second.
_REPLY = ("reply-to", "reply_to")
_THREAD = ("id", *_REPLY, "conversation_id", "root")
_OPENING = 20
"""Lines of a file that are asked whether it is one of lines."""
_METADATA = ("title", "date", "outlet", "language", "address")


class _Repeated(ValueError):
    """A key that we read stands twice with two values: two readers would see two texts."""


class _Input:
    """What is noticed while JSON is taken apart."""

    def __init__(self) -> None:
        self.notes: list[ReaderNote] = []
        self.where = ""
        self.bad = 0
        self.unread: dict[str, None] = {}

    def note(self, kind: str, message: str) -> None:
        if len(self.notes) < NOTES:
            self.notes.append(ReaderNote(kind, f"{self.where}{message}"))
        elif len(self.notes) == NOTES:
            self.notes.append(ReaderNote(kind, f"the first {NOTES} remarks are listed, there are more"))

    def parse(self, text: str) -> Any:
        """Standard JSON; keys twice, NaN and numbers without measure are noted, not trusted."""
        return json.loads(
            text,
            object_pairs_hook=self._pairs,
            parse_constant=self._constant,
            parse_int=_integer,
            parse_float=_decimal,
        )

    def _pairs(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        table = dict(pairs)
        if len(table) < len(pairs):
            seen: dict[str, Any] = {}
            for key, value in pairs:
                if key in seen and key in (*_TEXT, *_SPEAKER) and seen[key] != value:
                    raise _Repeated(f'the key "{key}" stands twice with two values')
                if key in seen:
                    self.note("json", f'the key "{key[:40]}" stands twice; the last value counts')
                seen[key] = value
        return table

    def _constant(self, name: str) -> None:
        self.note("json", f"{name} is not JSON; read as nothing")


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) <= 300 else digits  # Python refuses to convert thousands of digits


def _decimal(digits: str) -> float | None:
    value = float(digits)
    return value if math.isfinite(value) else None


def read(name: str, data: bytes, declared_type: str | None) -> Reading:
    """Join the utterances' texts, one a line; bad lines are noted by number and the rest is read."""
    text, _, notes = decode(data, charset(declared_type))
    source = _Input()
    try:
        document = _parse_whole(source, text)
    except RecursionError:
        raise Hostile("JSON nested too deeply; refused") from None
    source.notes[:0] = of_bytes(notes)
    if (
        isinstance(document, dict)
        and isinstance(document.get("sources"), list)
        and "schema_version" in document
    ):
        return _of_record(document)
    rows = document if isinstance(document, Iterator) else _rows(source, document)
    try:
        if exact := returned(document):
            return exact
        rows = iter(rows)
        first = next(rows, None)
        if isinstance(first, dict) and witness_of(first) is not None:
            found = [first, *rows]
            if exact := returned_rows(found):
                return exact
            source.note(
                "edited", "written by onrecord and edited since: its witness does not hold; read as any other"
            )
            rows = iter(found)
        else:
            rows = chain([first] if first is not None else [], rows)
        return _reading(source, rows, document)
    except RecursionError:
        raise Hostile("JSON nested too deeply; refused") from None


def _parse_whole(source: _Input, text: str) -> Any:
    """The document, or an iterator over its lines where it is JSONL."""
    try:
        return source.parse(text)
    except _Repeated as error:
        raise Declined(f"{error}; two readers would see two texts", final=True) from None
    except json.JSONDecodeError as error:
        lines = text.splitlines() if text.count("\n") > 1_000_000 else text.split("\n")
        # A file of lines may begin with one that was cut off: some line of its beginning is an object.
        opening = islice((line for line in lines if line.strip()), _OPENING)
        is_lines = any(_is_object(source, line) for line in opening)
        source.notes.clear()
        if not is_lines:
            reason = f"malformed JSON at line {error.lineno}, column {error.colno}: {error.msg}"
            raise Declined(reason) from None
        return _lines(source, lines)


def _is_object(source: _Input, line: str) -> bool:
    try:
        return isinstance(source.parse(line), dict)
    except (ValueError, RecursionError):
        return False


def _lines(source: _Input, lines: list[str]) -> Iterator[Any]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        source.where = f"line {number}: "
        try:
            row = source.parse(line)
        except json.JSONDecodeError as error:
            source.bad += 1
            source.note("line", f"not JSON at column {error.colno} ({error.msg}); left out")
            continue
        except _Repeated as error:
            source.bad += 1
            source.note("line", f"{error}; left out")
            continue
        except RecursionError:
            source.bad += 1
            source.note("line", "nested too deeply; left out")
            continue
        yield row
    source.where = ""


def _rows(source: _Input, document: Any) -> Iterator[Any]:
    found = document
    if isinstance(document, dict):
        lists = (document[key] for key in _LISTS if isinstance(document.get(key), list) and document[key])
        found = next(lists, [document])
    if not isinstance(found, list):
        raise Declined("JSON, but neither utterances nor a text")
    for number, row in enumerate(found, 1):
        source.where = f"utterance {number}: " if len(found) > 1 else ""
        yield row
    source.where = ""


def _reading(source: _Input, rows: Iterator[Any], document: Any) -> Reading:
    page, threads, count = Page(), [], 0
    places: list[tuple[int, int, str | None]] = []
    seen = left_out = 0
    for row in rows:
        count += 1
        holds = seen_in_json(row, _TEXTS)
        seen += holds
        text = _first(row, _TEXT) if isinstance(row, dict) else row
        if not isinstance(text, str) or not text.strip():
            # Nothing is missing where nothing was said.
            source.bad += text is not None and not isinstance(text, str)
            left_out += holds
            source.note("line", "no text; left out")
        else:
            places.append(_put(source, page, row if isinstance(row, dict) else {}, text))
        if isinstance(row, dict):
            if "id" in row and (key := next((key for key in _REPLY if key in row), None)):
                threads.append((str(row["id"]), row[key]))
            source.unread |= dict.fromkeys(str(key)[:40] for key in row)
    _give(page, places)
    text, layout = page.done()
    if not text:
        raise Declined(_wanting(source) if count else "JSON, but neither utterances nor a text")
    unread = [
        key for key in source.unread if key not in {*_TEXT, *_SPEAKER, *_TIMES, *_LISTS, *_THREAD, *_METADATA}
    ]
    if unread:
        source.note(
            "unread", f"fields that are not read: {', '.join(unread[:12])}{', …' if len(unread) > 12 else ''}"
        )
    source.notes += thread_notes(threads)
    seen = max(seen, 0 if isinstance(document, Iterator) else seen_in_json(document, _TEXTS))
    if (gap := lost(seen, letters(text), left_out)) is not None:
        source.notes.append(gap)
    given = document if isinstance(document, dict) else {}
    metadata = {
        key: whole(given[key])[0] for key in _METADATA if isinstance(given.get(key), str) and given[key]
    }
    kind = "application/jsonl" if isinstance(document, Iterator) else "application/json"
    return Reading(text, kind, "utterances 1", layout, tuple(source.notes), metadata, bool(source.bad))


def _wanting(source: _Input) -> str:
    """Why there is nothing to read: the fields that there are, and those that would have been read."""
    there = f"; its fields are {', '.join(list(source.unread)[:12])}" if source.unread else ""
    return f"JSON without any text: no field is called {', '.join(_TEXT[:-1])} or {_TEXT[-1]}{there}"


def _give(page: Page, places: list[tuple[int, int, str | None]]) -> None:
    """The utterances to their speakers; where some have one, those without are speech of nobody who is known."""
    if any(speaker for *_, speaker in places):
        for start, end, speaker in places:
            if speaker is not None:
                page.mark("speaker", start, end, speaker)


def _put(source: _Input, page: Page, row: dict[str, Any], text: str) -> tuple[int, int, str | None]:
    """A line of the page for an utterance, with its time; its place and its speaker, "" where none is given.

    None for a mere bracket without a speaker: that is no utterance, it may be a stage direction.
    """
    text, halves = whole(text)
    for note in halves:
        source.note(note.kind, note.message)
    speaker = _first(row, _SPEAKER)
    if isinstance(speaker, dict):
        speaker = _first(speaker, ("name", "id"))
    if isinstance(speaker, (int, float)) and not isinstance(speaker, bool):
        speaker = str(speaker)
    name = whole(speaker)[0].strip() if isinstance(speaker, str) else ""
    start, end = page.line(text)
    times = [_time(source, row, keys) for keys in (("start", "start_time", "time"), ("end", "end_time"))]
    if times[0] is not None:
        stop = times[1] if times[1] is not None and times[1] >= times[0] else times[0]
        page.mark("time", start, end, f"{times[0]:.3f} {stop:.3f}".replace(".000", ""))
    bracketed = text.strip()[:1] in "([" and text.strip()[-1:] in ")]"
    return start, end, None if bracketed and not name else name


def _time(source: _Input, row: dict[str, Any], keys: tuple[str, ...]) -> float | None:
    value = _first(row, keys)
    if value is None:
        return None
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < 1e9:
        return float(value)
    source.note("time", f"{keys[0]} is no number of seconds: {str(value)[:40]}")
    return None


def _first(row: dict[str, Any], keys: tuple[str, ...]) -> Any:
    return next((row[key] for key in keys if row.get(key) is not None), None)


def _of_record(document: dict[str, Any]) -> Reading:
    """The text of a record's first source, if it still is what the record's hash says."""
    first = document["sources"][0] if document["sources"] else {}
    text = first.get("text") if isinstance(first, dict) else None
    if not isinstance(text, str):
        raise Declined("a record without the text of its source", final=True)
    claimed = first.get("text_sha256")
    if claimed and hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != claimed:
        raise Declined("a record whose text does not match its hash; it was changed", final=True)
    kind = media_type(first.get("media_type"), "text/plain")
    witness = as_witness(document)
    if exact := restored(witness):
        language = witness["language"]
        metadata = {"language": language} if isinstance(language, str) else {}
        return Reading(exact[0], kind, "utterances 1", exact[1], (), metadata)
    text, notes = whole(text)
    return Reading(text, kind, "utterances 1", (), notes)
