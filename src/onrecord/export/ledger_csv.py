"""The ledger as CSV for spreadsheets: RFC 4180 (comma, CRLF, quotes doubled), UTF-8, one statement a row.

A cell that a spreadsheet would run as a formula gets an apostrophe in front, as OWASP advises for CSV injection; so
the column `text` is exact but for that. The exact characters are `start` and `end` of the source's text.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from onrecord.model import Item, Record, Statement
from onrecord.spans import Span

COLUMNS = (
    "source", "kind", "speaker", "content", "text", "firmness", "polarity", "factuality", "to", "about", "deadline",
    "quantities", "turn", "start", "end", "text_state", "score", "rule", "relations",
)  # fmt: skip
"""The columns, in this order; further ones may be added behind them."""

_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def render(record: Record, *, header: bool = True) -> str:
    """The ledger as one CSV text, in the order of the statements. `header=False` to append to another table."""
    written = StringIO(newline="")
    table = csv.writer(written, lineterminator="\r\n")
    if header:
        table.writerow(COLUMNS)
    table.writerows([safe(cell) for cell in row] for row in _rows(record))
    return written.getvalue()


def safe(cell: str) -> str:
    """A cell that no spreadsheet runs; a plain number stays one.

    >>> safe("=1+1"), safe("-3.5"), safe(" @here"), safe("said so")
    ("'=1+1", '-3.5', "' @here", 'said so')
    """
    if not cell.lstrip(" \u00a0\ufeff").startswith(_RUNS) or _is_number(cell):
        return cell
    return f"'{cell}"


def _is_number(cell: str) -> bool:
    return cell.isascii() and cell[1:].replace(".", "", 1).isdigit()


def _rows(record: Record) -> Iterator[tuple[str, ...]]:
    texts = {source.id: source.text for source in record.sources}
    files = {source.id: source.name for source in record.sources}
    names = {person.id: person.name for person in record.people}
    related = _relations(record)
    for one in record.statements:
        yield (
            files[one.source],
            one.kind,
            names.get(one.speaker or "", ""),
            _read(texts[one.source], one.content),
            one.text,
            one.firmness,
            one.polarity,
            one.factuality,
            "; ".join(names[person] for person in one.to),
            "; ".join(one.about),
            _valued(one.deadline) if one.deadline else "",
            "; ".join(_valued(item) for item in one.quantities),
            one.turn or "",
            str(one.span.start),
            str(one.span.end),
            one.text_state or "",
            f"{one.score:.3f}",
            one.rule,
            "; ".join(related.get(one.id, ())),
        )


def _read(text: str, span: Span | None) -> str:
    return text[span.start : span.end] if span else ""


def _valued(item: Item) -> str:
    """What is printed, and what it means where that is known."""
    return f"{item.text} = {item.value}" if item.value is not None else item.text


def _relations(record: Record) -> dict[str, list[str]]:
    """For each statement: `contested 120-164`, the kind of the relation and the characters of the other side."""
    by_id: dict[str, Statement] = {one.id: one for one in record.statements}
    found: dict[str, list[str]] = {}
    for relation in record.relations:
        sides = [relation.a, relation.b] if relation.b is not None else [relation.a]
        for here, there in zip(sides, reversed(sides), strict=True):
            other = by_id[there].span if here != there else None
            shown = f"{relation.kind} {other.start}-{other.end}" if other else relation.kind
            found.setdefault(here, []).append(shown)
    return found
