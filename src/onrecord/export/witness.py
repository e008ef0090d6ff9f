"""The exact structure of a record as plain JSON, which formats carry so that nothing is guessed when they come back."""

from __future__ import annotations

from typing import Any

from onrecord.export.sequence import layout
from onrecord.model import Record


def witness(record: Record) -> dict[str, Any]:
    """Text, hash, language, people, names and layout of the first source (`sources/witness.py` reads and checks it)."""
    source = record.sources[0]
    return {
        "text_sha256": source.text_sha256,
        "media_type": source.media_type,
        **({"language": source.language} if source.language else {}),
        "title": record.event.title.text if record.event.title else "",
        "text": source.text,
        "people": [[person.kind, person.name] for person in record.people],
        "aliases": [
            [at, alias.kind, alias.judgement, alias.text]
            for at, person in enumerate(record.people)
            for alias in person.aliases
            if alias.text != person.name
        ],
        "layout": [list(item) for item in layout(record)],
    }
