"""Accounts beside each other: two with their differences ranked, more than two as a table of pairs."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import Any, get_args

from onrecord.errors import NoInput
from onrecord.export import visible
from onrecord.export.comparison import summary
from onrecord.export.passages import Lines
from onrecord.model import Comparison, Difference, DifferenceKind, Severity, Stretch
from onrecord.spans import Span
from onrecord.ui.told import because
from onrecord.web.events import title
from onrecord.web.exchange import Ask, Page, Redirect, link
from onrecord.web.shelf import Reading, Shelf
from onrecord.web.words import core

_SHOWN = 40  # differences, or steps of the alignment, on one page
_MOST = 6  # accounts in one table
_CONTEXT = 70  # characters shown before and after words that are shorter than this
_ROOM = 700  # characters of a wording in a row; the text itself has all of them


def of_event(shelf: Shelf, ask: Ask, event: str) -> Page | Redirect:
    """All accounts of an event, each in its last version: two side by side, more as a table."""
    readings = []
    for source in shelf.archive.sources(event):
        left = [one for one in shelf.archive.versions(event, source.id) if not one.removed]
        if left:
            readings.append(shelf.reading(left[-1].id))
    if not readings:
        raise NoInput("there is no such event")
    if len(readings) < 2:
        alone = {"event": event, "readonly": shelf.readonly}
        data = {"accounts": [_side(one, ask) for one in readings], "pairs": {}, "held": 1}
        return Page("alone.html", ask.said("web.compare.title"), alone, data)
    if len(readings) == 2:
        return Redirect(link("/compare", a=readings[0].version.id, b=readings[1].version.id))
    return _matrix(shelf, ask, readings[:_MOST], len(readings))


def chosen(shelf: Shelf, ask: Ask) -> Page | Redirect:
    """Two versions side by side: their differences, the gravest first, or both texts in step."""
    a, b = ask.asked("a", 120), ask.asked("b", 120)
    if not a or not b:
        return Redirect("/events")
    first, second = shelf.reading(a), shelf.reading(b)
    found = shelf.comparison((first, second))
    view = "text" if ask.asked("view") == "text" else ""
    given = {"a": a, "b": b, "view": view, "kind": _one_of(ask.asked("kind"), get_args(DifferenceKind))}
    kinds = Counter(one.kind for one in found.differences)
    severities = Counter(one.severity for one in found.differences)
    rows: list[dict[str, Any]]
    if view:
        rows = _in_step(found, first, second)
    else:
        kept = [one for one in found.differences if given["kind"] in ("", one.kind)]
        rows = _rows(kept, found, first, second, ask)
    number = ask.number("page")
    one_event = first.version.event == second.version.event
    shown = {
        "sides": [_side(first, ask), _side(second, ask)],
        "event": f"/e/{first.version.event}" if one_event else "",
        "called": title(shelf, ask, first.version.event),
        "comparison": found,
        "summary": summary(found, core(ask.said)),
        "rows": rows[(number - 1) * _SHOWN : number * _SHOWN],
        "first": (number - 1) * _SHOWN,
        "total": len(rows),
        "view": view,
        "given": given,
        "kinds": [
            {"kind": kind, "count": count, "link": link("/compare", **{**given, "kind": kind, "view": ""})}
            for kind, count in kinds.most_common()
        ],
        "severities": [(name, severities[name]) for name in get_args(Severity) if severities[name]],
        "all": link("/compare", a=a, b=b),
        "in_step": link("/compare", a=a, b=b, view="text"),
        "turned": link("/compare", a=b, b=a),
        "previous": link("/compare", **given, page=number - 1 if number > 2 else "") if number > 1 else "",
        "next": link("/compare", **given, page=number + 1) if len(rows) > number * _SHOWN else "",
    }
    return Page("compare.html", ask.said("web.compare.title"), shown, found)


def _one_of(given: str, known: tuple[str, ...]) -> str:
    return given if given in known else ""


def _side(reading: Reading, ask: Ask) -> dict[str, Any]:
    source = reading.record.sources[0]
    return {
        "name": visible.line(source.name),
        "link": reading.path,
        "language": source.language,
        "language_name": ask.said.named("languages", source.language) or source.language or "",
        "added": reading.version.added,
        "event": f"/e/{reading.version.event}",
    }


def _rows(
    kept: list[Difference], found: Comparison, first: Reading, second: Reading, ask: Ask
) -> list[dict[str, Any]]:
    """Differences as a reader sees them: the words on both sides, where they stand, and in what they differ."""
    lines = [Lines(one.record.sources[0].text) for one in (first, second)]
    rows = []
    for one in kept:
        told = because([one.message], ask.said.language)
        sides = [
            _place(reading, span, text, place)
            for reading, span, text, place in zip(
                (first, second), (one.a, one.b), (one.a_text, one.b_text), lines, strict=True
            )
        ]
        rows.append({"one": one, "sides": sides, "why": told.text, "why_language": told.language})
    return rows


def _place(reading: Reading, span: Span | None, text: str | None, lines: Lines) -> dict[str, Any]:
    """One side of a difference: its words, cut to what a row holds, with those around them, and their address."""
    shown = visible.line(text or "")
    before, after = _around(reading.record.sources[0].text, span) if span is not None else ("", "")
    return {
        "text": shown[:_ROOM] + ("…" if len(shown) > _ROOM else ""),
        "before": before,
        "after": after,
        "link": f"{reading.path}/c{span.start}-{span.end}#here" if span is not None and len(span) else "",
        "line": lines.number(span.start) if span is not None else None,
    }


def _around(text: str, span: Span) -> tuple[str, str]:
    """The words of the same line before and after a place, as far as a row holds them."""
    if len(span) > _CONTEXT:
        return "", ""
    start = max(text.rfind("\n", 0, span.start) + 1, span.start - _CONTEXT)
    end = text.find("\n", span.end, span.end + _CONTEXT)
    end = min(span.end + _CONTEXT, len(text)) if end < 0 else end
    before, after = text[start : span.start], text[span.end : end]
    if start and text[start - 1] != "\n":
        before = "… " + before.partition(" ")[2]
    if end < len(text) and text[end] != "\n":
        after = after.rpartition(" ")[0] + " …"
    return visible.block(before), visible.block(after)


def _in_step(found: Comparison, first: Reading, second: Reading) -> list[dict[str, Any]]:
    """The two texts in step, as far as they align."""
    lines = [Lines(one.record.sources[0].text) for one in (first, second)]

    def side(reading: Reading, span: Span | None, place: Lines) -> dict[str, Any]:
        text = reading.record.sources[0].text[span.start : span.end] if span else ""
        return {**_place(reading, span, text, place), "before": "", "after": ""}

    def row(stretch: Stretch) -> dict[str, Any]:
        sides = [side(first, stretch.a, lines[0]), side(second, stretch.b, lines[1])]
        return {"one": stretch, "sides": sides, "why": "", "why_language": ""}

    return [row(stretch) for stretch in found.alignment]


def _matrix(shelf: Shelf, ask: Ask, readings: list[Reading], held: int) -> Page:
    """How many differences each pair of accounts has, and how many of them are grave.

    Across languages a comparison takes seconds: its cell is filled once somebody has asked for that pair.
    """
    cells: dict[str, dict[str, Any]] = {}
    for one, other in combinations(range(len(readings)), 2):
        pair = (readings[one], readings[other])
        same = pair[0].version.language == pair[1].version.language
        found = shelf.comparison(pair) if same else shelf.kept_comparison(pair)
        address = link("/compare", a=pair[0].version.id, b=pair[1].version.id)
        if found is None:
            cells[f"{one}-{other}"] = {"link": address, "total": None}
            continue
        grave = Counter(difference.severity for difference in found.differences)
        cells[f"{one}-{other}"] = {
            "link": address,
            "total": len(found.differences),
            "critical": grave["critical"],
            "major": grave["major"],
            "unrelated": found.one_event.judgement == "unresolved",
        }
    sides, of = [_side(one, ask) for one in readings], readings[0].version.event
    shown = {
        "sides": sides,
        "cells": cells,
        "held": held,
        "event": f"/e/{of}",
        "called": title(shelf, ask, of),
    }
    data = {"accounts": sides, "pairs": cells, "held": held}
    return Page("matrix.html", ask.said("web.compare.title"), shown, data)
