"""W3C Web Annotations: turns, quotations, statements, marks and flags on the exact characters of the text.

Model: https://www.w3.org/TR/annotation-model/. Every target has a position in code points, as the model prescribes, and
the words with what stands around them, so that a reader can tell whether the text moved.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from onrecord.export.witness import witness
from onrecord.model import Record
from onrecord.spans import Span

_CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {"onrecord": {"@id": "urn:onrecord:witness", "@type": "@json"}},
]
AROUND = 32
"""Characters of prefix and suffix; what annotation clients commonly store."""


def export(record: Record) -> bytes:
    """One page of annotations, as JSON-LD."""
    source = record.sources[0]
    items = [
        {"id": f"urn:onrecord:{source.text_sha256[:16]}:{name}", "type": "Annotation", **content}
        for name, content in _items(record)
    ]
    page = {
        "@context": _CONTEXT,
        "id": f"urn:onrecord:{source.text_sha256[:16]}",
        "type": "AnnotationPage",
        "items": items,
        "onrecord": witness(record),
    }
    return msgspec.json.format(msgspec.json.encode(page), indent=1) + b"\n"


def _items(record: Record) -> Iterator[tuple[str, dict[str, Any]]]:
    """Everything that stands on characters, with the id it has in the record."""
    names = {person.id: person.name for person in record.people}

    def about(span: Span, motivation: str, *bodies: dict[str, str]) -> dict[str, Any]:
        return {"motivation": motivation, "body": list(bodies), "target": _target(record, span)}

    def named(*ids: str | None) -> list[dict[str, str]]:
        return [_body("identifying", names[one]) for one in ids if one]

    for turn in record.turns:
        sure = _body("describing", turn.judgement)
        yield turn.id, about(turn.span, "identifying", *named(turn.speaker, *turn.others), sure)
    for quote in record.quotes:
        kind = _body("tagging", f"{quote.type} quote")
        yield quote.id, about(quote.span, "classifying", kind, *named(quote.speaker))
    for act in record.statements:
        tags = (_body("tagging", act.kind), _body("tagging", act.firmness))
        yield act.id, about(act.span, "classifying", *tags, *named(act.speaker))
    for number, mark in enumerate(record.marks, 1):
        yield f"m{number}", about(mark.span, "tagging", _body("tagging", mark.kind))
    for flag in record.flags:
        said = (_body("tagging", flag.kind), _body("commenting", flag.message))
        yield flag.id, about(flag.span, "assessing", *said)


def _body(purpose: str, words: str) -> dict[str, str]:
    return {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": words}


def _target(record: Record, span: Span) -> dict[str, Any]:
    """The characters by place and by their words."""
    text = record.sources[0].text
    quoted = {
        "type": "TextQuoteSelector",
        "exact": text[span.start : span.end],
        "prefix": text[max(0, span.start - AROUND) : span.start],
        "suffix": text[span.end : span.end + AROUND],
    }
    place = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    return {"source": f"urn:sha256:{record.sources[0].text_sha256}", "selector": [place, quoted]}
