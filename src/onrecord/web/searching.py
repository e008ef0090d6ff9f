"""Search over all records, with facets."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple, get_args

import msgspec

from onrecord.export import visible
from onrecord.model import FlagKind, StatementKind
from onrecord.store import Filters, Hit
from onrecord.web.events import chosen, titles
from onrecord.web.exchange import Ask, Page, link
from onrecord.web.shelf import Shelf

_SHOWN, _COUNTED, _FACETS = 20, 100, 8
FIELDS = ("speaker", "statement", "flag", "event", "since", "until", "language")


class Bit(NamedTuple):
    """Characters of an excerpt, lit where they answer the query."""

    text: str
    lit: bool


def filters(ask: Ask) -> Filters:
    """The filters of a query; a kind that does not exist is none."""
    given: dict[str, Any] = {name: ask.asked(name, 200) or None for name in FIELDS}
    if given["statement"] not in get_args(StatementKind):
        given["statement"] = None
    return Filters(**given)


def page(shelf: Shelf, ask: Ask) -> Page:
    """What answers a query, best first, and by what it can be narrowed."""
    query, wanted = ask.asked("q"), filters(ask)
    after = ask.asked("after") or None
    found = shelf.archive.search(query, wanted, limit=_SHOWN, after=after)
    asked = {"q": query, **{name: value for name, value in msgspec.structs.asdict(wanted).items() if value}}
    called = titles(shelf, ask, {hit.passage.event for hit in found.hits})
    hits = [_shown(hit, called[hit.passage.event], ask) for hit in found.hits]
    facets: list[dict[str, Any]] = []
    if found.total and not after:
        facets = _facets(shelf, shelf.archive.search(query, wanted, limit=_COUNTED).hits, asked, ask)
    shown = {
        "asked": {"q": "", **dict.fromkeys(FIELDS, ""), **asked},
        "hits": hits,
        "page": found,
        "facets": facets,
        "statements": get_args(StatementKind),
        "flags": get_args(FlagKind),
        "next": link("/search", **asked, after=found.next) if found.next else "",
        "save": len(asked) > 1 or bool(query),
        "choices": chosen(shelf, ask, wanted.event or ""),
        "searched": shelf.archive.count(),
        "readonly": shelf.readonly,
        "csrf": ask.csrf,
    }
    data = {
        "query": query,
        "filters": wanted,
        "total": found.total,
        "more": found.more,
        "hits": [_data(hit) for hit in found.hits],
        "next": shown["next"],
    }
    head = ask.said("web.search.for", query=query) if query else ask.said("web.search.title")
    return Page("search.html", head, shown, data)


def _data(hit: Hit) -> dict[str, Any]:
    held = hit.passage
    return {
        "link": held.link, "speaker": held.speaker, "event": held.event, "date": held.date, "text": held.text,
        "span": held.span, "matches": hit.matches, "score": hit.score,
    }  # fmt: skip


def _shown(hit: Hit, event: str, ask: Ask) -> dict[str, Any]:
    held = hit.passage
    return {
        "link": held.link,
        "speaker": held.speaker,
        "date": ask.said.date(held.date) if held.date else "",
        "language": held.language,
        "event": visible.line(event),
        "event_link": f"/e/{held.event}",
        "bits": bits(hit),
        "cut_before": hit.excerpt.start > held.span.start,
        "cut_after": hit.excerpt.end < held.span.end,
    }


def bits(hit: Hit) -> list[Bit]:
    """An excerpt in pieces; put together again they are its exact characters, made safe to show."""
    held, found = hit.passage, []
    at = hit.excerpt.start
    for match in hit.matches:
        if match.start < at or match.end > hit.excerpt.end:
            continue
        found.append(Bit(held.text[at - held.span.start : match.start - held.span.start], False))
        found.append(Bit(held.text[match.start - held.span.start : match.end - held.span.start], True))
        at = match.end
    found.append(Bit(held.text[at - held.span.start : hit.excerpt.end - held.span.start], False))
    return [Bit(visible.block(bit.text), bit.lit) for bit in found if bit.text]


def _facets(shelf: Shelf, hits: tuple[Hit, ...], asked: dict[str, Any], ask: Ask) -> list[dict[str, Any]]:
    """Speakers, dates and languages of the best hits, each with the search that keeps it alone."""
    counted = {
        "speaker": Counter(hit.passage.speaker for hit in hits if hit.passage.speaker),
        "event": Counter(hit.passage.event for hit in hits),
        "language": Counter(hit.passage.language for hit in hits if hit.passage.language),
    }
    found = []
    for name, counts in counted.items():
        if name in asked or len(counts) < 2:
            continue
        best = counts.most_common(_FACETS)
        called = titles(shelf, ask, [value for value, _ in best]) if name == "event" else {}
        lines = [
            {
                "label": called[value] if name == "event" else _label(name, value, ask),
                "count": count,
                "link": link("/search", **{**asked, name: value}),
            }
            for value, count in best
        ]
        head = ask.said("record.language" if name == "language" else f"web.search.{name}")
        found.append({"name": name, "title": head, "lines": lines})
    return found


def _label(name: str, value: str, ask: Ask) -> str:
    return ask.said.named("languages", value) or value if name == "language" else value
