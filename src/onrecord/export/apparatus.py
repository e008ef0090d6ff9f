"""What stands on the words of the page: the characters of each item, how they light up, and what can be hidden.

No script is needed for any of it. A link to an item lights its exact characters (`:target`), and the filters are
radio buttons and check boxes that the style sheet reads (`:has`); the rules written for one record are made here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from onrecord.export import visible
from onrecord.export.findings import evidence_ids
from onrecord.export.passages import Overlay, Paragraph
from onrecord.export.remarks import Remark
from onrecord.model import Quote, Record, Statement
from onrecord.spans import Span
from onrecord.ui import Words

_SAFE = re.compile(r"[a-z]{1,4}\d{1,9}(?:e\d{1,4})?")  # ids that may enter a style sheet
_SPEAKERS = 12  # with a button of their own
OFF = frozenset({"hint"})
"""Tiers of flags that are hidden until somebody asks for them."""


class Choice(NamedTuple):
    """One button of a filter, or one switch: its address, its words, how many lines it stands for, and its style."""

    id: str
    label: str
    lines: int
    style: str = ""
    on: bool = True


def overlays(
    record: Record, remarks: Iterable[Remark], address: Callable[[Remark], str], within: Span | None = None
) -> Iterator[Overlay]:
    """The characters of every statement, quotation, flag, piece of evidence and note of a reader.

    With a stretch `within`, statements and quotations that do not touch it are left out: they are the many.
    """
    spoken: tuple[Statement | Quote, ...] = (*record.statements, *record.quotes)
    for one in spoken:
        if within is None or (one.span.start <= within.end and one.span.end >= within.start):
            yield Overlay(one.source, one.span, one.id, ("hit",))
    for flag in record.flags:
        yield Overlay(flag.source, flag.span, flag.id, ("hit", f"u-{flag.tier}", f"f-{flag.kind}"))
        for name, item in zip(evidence_ids(flag.id, len(flag.evidence)), flag.evidence, strict=True):
            yield Overlay(item.source, item.span, name, ("hit",))
    for remark in remarks:
        if remark.kind == "note" and remark.span:
            yield Overlay(remark.source, remark.span, f"{address(remark)}-here", (f"u-{remark.underline}",))


def shown(paragraphs: Iterable[Paragraph]) -> Counter[str]:
    """In how many pieces each overlay is printed; what is in none has no address."""
    return Counter(
        over.id for paragraph in paragraphs for piece in paragraph.pieces for over in piece.overlays
    )


def speakers(record: Record, words: Words) -> tuple[Choice, ...]:
    """A button for everybody who has a line in the ledger, in the order of appearance, and one for nobody known."""
    counts = Counter(one.speaker for one in record.statements)
    names = {person.id: visible.line(person.name) for person in record.people}
    known = [(who, n) for who, n in counts.items() if who is not None and _SAFE.fullmatch(who)][:_SPEAKERS]
    found = [Choice(f"by-{who}", names[who], n) for who, n in known]
    if counts[None]:
        found.append(Choice("by-nobody", words("ledger.nobody"), counts[None]))
    return tuple(found) if len(found) > 1 else ()


def kinds(record: Record, words: Words) -> tuple[Choice, ...]:
    """A button for every kind that the ledger holds, in the order of the vocabulary."""
    counts = Counter(one.kind for one in record.statements)
    found = [Choice(f"k-{kind}", words(f"statement.{kind}"), n) for kind, n in counts.items()]
    order = list(words.table["statement"])
    return tuple(sorted(found, key=lambda one: order.index(one.id[2:]))) if len(found) > 1 else ()


def switches(record: Record, words: Words) -> tuple[Choice, ...]:
    """A switch for every kind of flag in the record, in the order of the vocabulary."""
    counts = Counter(flag.kind for flag in record.flags)
    tiers = {flag.kind: flag.tier for flag in record.flags}
    return tuple(
        Choice(f"f-{kind}", words(f"flag.{kind}"), counts[kind], f"u-{tiers[kind]}", tiers[kind] not in OFF)
        for kind in words.table["flag"]
        if kind in tiers
    )


def voice(speaker: str | None) -> str:
    """The style name by which the lines of a speaker are chosen."""
    return f"by-{speaker}" if speaker is not None else "by-nobody"


def rules(choices: tuple[Choice, ...], flags: tuple[Choice, ...], pieces: Counter[str]) -> str:
    """The style rules of one record: what its buttons hide, and which pieces light up together."""
    lines = []
    for one in choices:
        chosen = f"body:has(#{one.id}:checked)"
        lines.append(
            f"{chosen} .entry:not(.{one.id}), {chosen} .group:not(:has(.{one.id})) {{ display: none; }}"
        )
    for one in flags:
        off = f"body:has(#{one.id}:not(:checked))"
        lines.append(
            f"{off} span.{one.id} {{ text-decoration: none; }} {off} :is(.note, .flagged).{one.id} {{ display: none; }}"
        )
    lines += [
        f".leaf:has(#{name}:target) .{name} {{ background: var(--lit); }}"
        for name, count in pieces.items()
        if count > 1 and _SAFE.fullmatch(name)
    ]
    return "".join(f"{line}\n" for line in lines)
