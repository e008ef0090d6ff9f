"""A format: an entry for the bibliography of whoever cites the record."""

from __future__ import annotations

from onrecord.export.formats import Format
from onrecord.model import Record


def export(record: Record) -> bytes:
    """One BibTeX entry: the event, its day, and the hash of the text that was read."""
    source, event = record.sources[0], record.event
    title = event.title.text if event.title else source.name
    fields = {
        "title": title,
        "date": event.date.value if event.date else None,
        "venue": event.place.text if event.place else None,
        "note": f"text sha256 {source.text_sha256}",
    }
    lines = [f"  {name} = {{{_safe(value)}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{onrecord-{source.text_sha256[:12]},", *lines, "}", ""]).encode()


def _safe(text: str) -> str:
    """What BibTeX would obey is left out."""
    return " ".join(text.translate(str.maketrans("", "", "{}\\%")).split())


BIBTEX = Format(
    "bibtex", "bib", "text/x-bibtex", "an entry for a bibliography", "onrecord_harbour.export:export"
)
