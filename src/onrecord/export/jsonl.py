"""Utterances, one a line: the simplest format that other tools read, and ConvoKit's own.

https://convokit.cornell.edu/documentation/data_format.html names the fields of an utterance. The first line also
carries the witness, from which onrecord restores the whole record's structure.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import msgspec

from onrecord.export.witness import witness
from onrecord.model import Record, Turn

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date a zip can hold: no clock gets into the file


def export(record: Record) -> bytes:
    """One utterance a line: speaker by name, text, times where there are any, spans, and how sure the speaker is."""
    names = {person.id: person.name for person in record.people}
    rows: list[dict[str, Any]] = [
        {
            "id": turn.id,
            "speaker": names.get(turn.speaker or ""),
            **({"others": [names[other] for other in turn.others]} if turn.others else {}),
            "text": said(record, turn),
            **({"start": turn.time[0], "end": turn.time[1]} if turn.time else {}),
            "span": turn.span,
            "judgement": turn.judgement,
        }
        for turn in record.turns
    ] or [{"id": "text", "speaker": None, "text": record.sources[0].text}]
    rows[0] = {**rows[0], "onrecord": witness(record)}
    return _lines(rows)


def export_convokit(record: Record) -> bytes:
    """A ConvoKit corpus as a zip archive of its five files; unpack it and load the folder."""
    source = record.sources[0]
    conversation = f"c-{source.text_sha256[:16]}"
    rows = list(_utterances(record, conversation)) or [_silence(record, conversation)]
    rows[0]["meta"]["onrecord"] = witness(record)
    speakers = {
        person.id: {"meta": {"name": person.name, "kind": person.kind}, "vectors": []}
        for person in record.people
    }
    if any(row["speaker"] == NOBODY for row in rows):
        speakers[NOBODY] = {"meta": {"name": "", "kind": "unnamed"}, "vectors": []}
    title = record.event.title.text if record.event.title else ""
    meta = {"title": title, "language": source.language, "text_sha256": source.text_sha256}
    files = {
        "utterances.jsonl": _lines(rows),
        "speakers.json": msgspec.json.encode(speakers),
        "conversations.json": msgspec.json.encode({conversation: {"meta": meta, "vectors": []}}),
        "corpus.json": msgspec.json.encode({"name": "onrecord", "version": record.tool.version}),
        "index.json": msgspec.json.encode(_index()),
    }
    return zipped(files)


NOBODY = "nobody"
"""The speaker of turns whose speaker is not known: ConvoKit wants one."""


def said(record: Record, turn: Turn) -> str:
    """What is spoken in a turn: its stretches, a blank line between them, without label and marks."""
    text = record.sources[0].text
    return "\n\n".join(text[piece.start : piece.end] for piece in turn.speech)


def _utterances(record: Record, conversation: str) -> Iterator[dict[str, Any]]:
    """Each turn answers the one before it, as a transcript prints them."""
    before: str | None = None
    for turn in record.turns:
        yield {
            "id": turn.id,
            "conversation_id": conversation,
            "text": said(record, turn),
            "speaker": turn.speaker or NOBODY,
            "meta": {"judgement": turn.judgement, "span": turn.span, "others": list(turn.others)},
            "reply-to": before,
            "timestamp": int(turn.time[0]) if turn.time else None,
            "vectors": [],
        }
        before = turn.id


def _silence(record: Record, conversation: str) -> dict[str, Any]:
    """The one utterance of a text in which nobody speaks: a corpus without any cannot be loaded."""
    return {
        "id": "text",
        "conversation_id": conversation,
        "text": record.sources[0].text,
        "speaker": NOBODY,
        "meta": {"judgement": "unresolved", "span": [0, len(record.sources[0].text)], "others": []},
        "reply-to": None,
        "timestamp": None,
        "vectors": [],
    }


def _index() -> dict[str, Any]:
    """Which fields of `meta` there are, and of which type."""
    return {
        "utterances-index": {
            "judgement": ["<class 'str'>"],
            "span": ["<class 'list'>"],
            "others": ["<class 'list'>"],
            "onrecord": ["<class 'dict'>"],
        },
        "speakers-index": {"name": ["<class 'str'>"], "kind": ["<class 'str'>"]},
        "conversations-index": {
            "title": ["<class 'str'>"], "language": ["<class 'str'>"], "text_sha256": ["<class 'str'>"],
        },
        "overall-index": {"name": ["<class 'str'>"], "version": ["<class 'str'>"]},
        "version": 1,
        "vectors": [],
    }  # fmt: skip


def _lines(rows: list[dict[str, Any]]) -> bytes:
    return b"".join(msgspec.json.encode(row) + b"\n" for row in rows)


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip archive without a date of its own: the same record, the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return packed.getvalue()
