"""The formats that a record can be written in, by name; packages can add theirs (entry points `onrecord.exports`)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import NamedTuple

from onrecord.errors import UsageError
from onrecord.export import visible
from onrecord.model import Record
from onrecord.plugins import offers

GROUP = "onrecord.exports"
"""Entry points of this group name a `Format`."""


class Format(NamedTuple):
    """How one format is written: `write` is "module:function", so that no format costs anything before it is used."""

    name: str
    suffix: str
    media_type: str
    about: str
    write: str

    def export(self, record: Record) -> bytes:
        """One record in this format."""
        module, _, function = self.write.partition(":")
        written: Callable[[Record], bytes] = getattr(import_module(module), function)
        return written(record)


def _ours(name: str, suffix: str, media_type: str, about: str, write: str) -> Format:
    return Format(name, suffix, media_type, about, f"onrecord.export.{write}")


OURS = (
    _ours("tei", "xml", "application/tei+xml", "TEI in the manner of ParlaMint", "tei:export"),
    _ours("akn", "xml", "application/akn+xml", "Akoma Ntoso 3.0 debate", "akoma_ntoso:export"),
    _ours("jsonl", "jsonl", "application/jsonl", "one utterance a line", "jsonl:export"),
    _ours("convokit", "zip", "application/zip", "ConvoKit corpus", "jsonl:export_convokit"),
    _ours("annotations", "json", "application/ld+json", "W3C Web Annotations", "annotations:export"),
    _ours(
        "jsonld", "json", "application/ld+json", "schema.org event, quotations and claims", "jsonld:export"
    ),
    _ours("webvtt", "vtt", "text/vtt", "captions with voices, where the source has times", "webvtt:export"),
    _ours("csv", "zip", "application/zip", "CSV tables, one for each kind of item", "tables:export_csv"),
    _ours(
        "parquet",
        "zip",
        "application/zip",
        "Parquet tables, one for each kind of item",
        "tables:export_parquet",
    ),
    _ours("md", "md", "text/markdown", "minutes in Markdown", "faces:markdown_minutes"),
    _ours("html", "html", "text/html", "one self-contained page", "faces:page_of"),
)


_PLAIN = {"json": visible.json, "jsonl": visible.json, "xml": visible.xml}
"""Formats with escapes, by suffix: nothing in them steers the terminal that they are printed on."""


@cache
def formats() -> dict[str, Format]:
    """All formats by name, those of other packages included; ours cannot be replaced."""
    found = {format.name: format for format in OURS}
    return found | {offer.name: offer.thing for offer in offers(GROUP, Format, tuple(found))}


def export(record: Record, name: str) -> bytes:
    """A record in the format of that name. `UsageError` for a name that nobody offers."""
    known = formats()
    if name not in known:
        raise UsageError(f"no format is called {name!r}: {', '.join(known)}")
    written = known[name].export(record)
    plain = _PLAIN.get(known[name].suffix) if known[name] in OURS else None  # those of others are theirs
    return plain(written) if plain else written
