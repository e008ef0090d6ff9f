"""schema.org for search engines and knowledge graphs: the event, who took part, what they said and claimed.

https://schema.org/Event, /Quotation and /Claim. Google stopped showing ClaimReview in June 2025, and a record reviews
nothing: claims are given as `Claim`, without a rating.
"""

from __future__ import annotations

from typing import Any

import msgspec

from onrecord.export.day import day
from onrecord.model import Item, Person, Quote, Record, Statement


def export(record: Record) -> bytes:
    """One graph as JSON-LD; what the text does not give is left out."""
    graph = [_event(record), *(_person(record, person) for person in record.people)]
    graph += [_quotation(record, quote) for quote in record.quotes if quote.type != "indirect"]
    graph += [_claim(record, act) for act in record.statements if act.kind == "claim"]
    return (
        msgspec.json.format(
            msgspec.json.encode({"@context": "https://schema.org", "@graph": graph}), indent=1
        )
        + b"\n"
    )


def _iri(record: Record, name: str) -> str:
    return f"urn:onrecord:{record.sources[0].text_sha256[:16]}:{name}"


def _plain(item: Item | None) -> str | None:
    return (item.value or item.text) if item else None


def _given(fields: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value not in (None, [], "")}


def _event(record: Record) -> dict[str, Any]:
    event = record.event
    return _given(
        {
            "@type": "Event",
            "@id": _iri(record, "event"),
            "name": _plain(event.title),
            "startDate": day(event.date),
            "location": {"@type": "Place", "name": event.place.text} if event.place else None,
            "performer": [{"@id": _iri(record, one.person)} for one in event.participants],
            "recordedIn": {
                "@type": "CreativeWork",
                "@id": f"urn:sha256:{record.sources[0].text_sha256}",
                "name": record.sources[0].name,
                "inLanguage": record.sources[0].language,
            },
        }
    )


def _person(record: Record, person: Person) -> dict[str, Any]:
    """Everybody: events, quotations and claims refer to voices with no name, too, and to several at once."""
    names = sorted({alias.text for alias in person.aliases} - {person.name})
    return _given(
        {
            "@type": "Organization" if person.kind == "group" else "Person",
            "@id": _iri(record, person.id),
            "name": person.name,
            "alternateName": names,
        }
    )


def _quotation(record: Record, quote: Quote) -> dict[str, Any]:
    text = record.sources[0].text
    words = " … ".join(text[piece.start : piece.end] for piece in quote.segments)
    return _given(
        {
            "@type": "Quotation",
            "@id": _iri(record, quote.id),
            "text": words,
            "creator": {"@id": _iri(record, quote.speaker)} if quote.speaker else None,
            "isPartOf": {"@id": f"urn:sha256:{record.sources[0].text_sha256}"},
        }
    )


def _claim(record: Record, act: Statement) -> dict[str, Any]:
    return _given(
        {
            "@type": "Claim",
            "@id": _iri(record, act.id),
            "text": act.text,
            "creator": {"@id": _iri(record, act.speaker)} if act.speaker else None,
            "appearance": {"@id": f"urn:sha256:{record.sources[0].text_sha256}"},
        }
    )
