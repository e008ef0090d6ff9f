"""What a web page says about itself: title, date, outlet, language, address. Nothing is guessed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

_META = {
    "title": ("og:title", "dc.title", "dcterms.title", "twitter:title"),
    "date": ("article:published_time", "og:article:published_time", "datepublished", "dc.date",
             "dcterms.date", "dcterms.created", "date", "pubdate", "parsely-pub-date", "publishdate"),
    "outlet": ("og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "application-name"),
    "address": ("og:url",),
    "language": ("dc.language", "content-language"),
}  # fmt: skip
_LINKED_DATA = {"title": "headline", "date": "datePublished", "language": "inLanguage"}
_LIMIT = 300
_SCRIPTS = 20


def imprint(root: Any) -> dict[str, str]:
    """The page's own statements, the most explicit first: JSON-LD, then meta tags, then its elements."""
    found: dict[str, str] = {}
    for source in (_linked_data(root), _meta(root), _elements(root)):
        for key, value in source:
            value = " ".join(value.split())
            if value and len(value) <= _LIMIT:
                found.setdefault(key, value)
    return {key: found[key] for key in ("title", "date", "outlet", "language", "address") if key in found}


def _linked_data(root: Any) -> Iterator[tuple[str, str]]:
    scripts = [s for s in root.iter("script") if s.get("type") == "application/ld+json"]
    for script in scripts[:_SCRIPTS]:
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue  # a page's own linked data are often malformed; they are only one witness of three
        for item in _items(data):
            for key, name in _LINKED_DATA.items():
                if isinstance(value := item.get(name), str):
                    yield key, value
            publisher = item.get("publisher")
            if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
                yield "outlet", publisher["name"]


def _items(data: Any) -> Iterator[dict[str, Any]]:
    """The objects that describe an article: at the top, in a list, or in a graph."""
    for item in data if isinstance(data, list) else [data]:
        if isinstance(item, dict):
            graph = item.get("@graph")
            for node in [item, *(graph if isinstance(graph, list) else [])]:
                if isinstance(node, dict) and ("headline" in node or "datePublished" in node):
                    yield node


def _meta(root: Any) -> Iterator[tuple[str, str]]:
    given: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (
            meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv") or ""
        )
        given.setdefault(name.lower(), meta.get("content") or "")
    for key, names in _META.items():
        yield from ((key, given[name]) for name in names if given.get(name))


def _elements(root: Any) -> Iterator[tuple[str, str]]:
    yield "language", root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    for tag in ("h1", "title"):
        first = next(root.iter(tag), None)
        if first is not None:
            yield "title", " ".join(first.itertext())
    for time in root.iter("time"):
        if time.get("datetime"):
            yield "date", time.get("datetime")
            break
    for link in root.iter("link"):
        if (link.get("rel") or "").lower() == "canonical":
            yield "address", link.get("href") or ""
