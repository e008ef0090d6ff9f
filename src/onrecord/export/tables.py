"""Records as tables: one for each kind of item, typed, offsets as 64-bit integers.

`rows` is what every tabular face is made from: CSV, Parquet, data frames, the datasets of `onrecord corpus`. The one
file that touches pyarrow.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal

from onrecord.errors import BadData, MissingExtra
from onrecord.export.jsonl import said, zipped
from onrecord.export.ledger_csv import safe
from onrecord.model import Item, Record
from onrecord.spans import Span

if TYPE_CHECKING:
    import pyarrow

Type = Literal["text", "texts", "integer", "number"]
Row = dict[str, Any]

_PLACE: dict[str, Type] = {"document": "text", "start": "integer", "end": "integer", "text": "text"}

TABLES: dict[str, dict[str, Type]] = {
    "documents": {
        "document": "text", "name": "text", "sha256": "text", "media_type": "text", "reader": "text",
        "language": "text", "layout": "text", "convention": "text", "words": "text", "title": "text",
        "date": "text", "place": "text", "characters": "integer", "speech": "integer", "attributed": "integer",
        "unattributed": "integer", "labels": "integer", "marks": "integer", "headings": "integer",
        "furniture": "integer", "frame": "integer", "blank": "integer", "notes": "texts", "version": "text",
        "lexicons": "text",
    },
    "people": {
        "document": "text", "person": "text", "name": "text", "kind": "text", "known": "text", "aliases": "texts",
    },
    "turns": {
        **_PLACE, "turn": "text", "speaker": "text", "name": "text", "others": "texts", "judgement": "text",
        "candidates": "texts", "label": "text", "speech": "text", "begins": "number", "ends": "number",
    },
    "marks": {**_PLACE, "kind": "text", "turn": "text", "speaker": "text"},
    "quotes": {
        **_PLACE, "quote": "text", "words": "text", "type": "text", "speaker": "text", "name": "text", "cue": "text",
        "chain": "texts", "judgement": "text", "text_state": "text", "rule": "text",
    },
    "statements": {
        **_PLACE, "statement": "text", "kind": "text", "speaker": "text", "name": "text", "turn": "text",
        "content": "text", "about": "texts", "to": "texts", "firmness": "text", "polarity": "text",
        "factuality": "text", "salience": "text", "deadline": "text", "quantities": "texts", "text_state": "text",
        "score": "number", "rule": "text",
    },
    "relations": {"document": "text", "relation": "text", "kind": "text", "a": "text", "b": "text", "reasons": "texts"},
    "flags": {
        **_PLACE, "flag": "text", "kind": "text", "tier": "text", "severity": "text", "message": "text",
        "suggestion": "text", "suggestion_from": "text", "rule": "text",
    },
}  # fmt: skip
"""The columns of each table with their types. `document` is the hash of the text, and joins the tables."""


def rows(record: Record) -> dict[str, list[Row]]:
    """The rows of every table for one record, in the order of the text."""
    source = record.sources[0]
    names = {person.id: person.name for person in record.people}
    found: dict[str, list[Row]] = {"documents": [_document(record)]}
    found["people"] = [
        {
            "person": one.id, "name": one.name, "kind": one.kind, "known": one.known,
            "aliases": [alias.text for alias in one.aliases],
        }
        for one in record.people
    ]  # fmt: skip
    found["turns"] = [
        {
            **_place(one.span, one.text), "turn": one.id, "speaker": one.speaker, "name": names.get(one.speaker or ""),
            "others": list(one.others), "judgement": one.judgement, "candidates": list(one.candidates),
            "label": _read(source.text, one.label), "speech": said(record, one),
            "begins": one.time[0] if one.time else None, "ends": one.time[1] if one.time else None,
        }
        for one in record.turns
    ]  # fmt: skip
    found["marks"] = [
        {**_place(one.span, one.text), "kind": one.kind, "turn": one.turn, "speaker": one.speaker}
        for one in record.marks
    ]
    found["quotes"] = list(_quotes(record, names))
    found["statements"] = list(_statements(record, names))
    found["relations"] = [
        {"relation": one.id, "kind": one.kind, "a": one.a, "b": one.b, "reasons": list(one.reasons)}
        for one in record.relations
    ]
    found["flags"] = [
        {
            **_place(one.span, one.text), "flag": one.id, "kind": one.kind, "tier": one.tier, "severity": one.severity,
            "message": one.message, "suggestion": one.suggestion.text if one.suggestion else None,
            "suggestion_from": one.suggestion.from_ if one.suggestion else None, "rule": one.rule,
        }
        for one in record.flags
    ]  # fmt: skip
    return {name: [{"document": source.text_sha256, **row} for row in found[name]] for name in TABLES}


def _document(record: Record) -> Row:
    source, event = record.sources[0], record.event
    counts = {name: getattr(record.coverage, name) for name in record.coverage.__struct_fields__}
    return {
        "name": source.name, "sha256": source.sha256, "media_type": source.media_type, "reader": source.reader,
        "language": source.language, "layout": source.layout.kind, "convention": source.layout.convention,
        "words": source.words.value, "title": _valued(event.title), "date": _valued(event.date),
        "place": event.place.text if event.place else None, **counts,
        "notes": [note.message for note in source.notes], "version": record.tool.version,
        "lexicons": record.tool.lexicons,
    }  # fmt: skip


def _quotes(record: Record, names: Mapping[str, str]) -> Iterator[Row]:
    text = record.sources[0].text
    for one in record.quotes:
        yield {
            **_place(one.span, one.text), "quote": one.id,
            "words": " … ".join(text[piece.start : piece.end] for piece in one.segments), "type": one.type,
            "speaker": one.speaker, "name": names.get(one.speaker or ""), "cue": _read(text, one.cue),
            "chain": list(one.chain), "judgement": one.judgement, "text_state": one.text_state, "rule": one.rule,
        }  # fmt: skip


def _statements(record: Record, names: Mapping[str, str]) -> Iterator[Row]:
    text = record.sources[0].text
    for one in record.statements:
        yield {
            **_place(one.span, one.text), "statement": one.id, "kind": one.kind, "speaker": one.speaker,
            "name": names.get(one.speaker or ""), "turn": one.turn, "content": _read(text, one.content),
            "about": list(one.about), "to": list(one.to), "firmness": one.firmness, "polarity": one.polarity,
            "factuality": one.factuality, "salience": one.salience, "deadline": _valued(one.deadline),
            "quantities": [_valued(item) for item in one.quantities], "text_state": one.text_state,
            "score": one.score, "rule": one.rule,
        }  # fmt: skip


def _place(span: Span, text: str) -> Row:
    return {"start": span.start, "end": span.end, "text": text}


def _read(text: str, span: Span | None) -> str | None:
    return text[span.start : span.end] if span else None


def _valued(item: Item | None) -> str | None:
    return (item.value or item.text) if item else None


# ------------------------------------------------------------------------------------------------ CSV, Parquet


def export_csv(record: Record) -> bytes:
    """A zip archive of CSV files, one a table; RFC 4180, UTF-8, and no cell that a spreadsheet would run."""
    found = rows(record)
    return zipped({f"{name}.csv": _csv(found[name], list(TABLES[name])) for name in TABLES})


def _csv(table: Sequence[Row], columns: Sequence[str]) -> bytes:
    written = io.StringIO(newline="")
    lines = csv.writer(written, lineterminator="\r\n")
    lines.writerow(columns)
    lines.writerows([safe(_cell(row.get(column))) for column in columns] for row in table)
    return written.getvalue().encode()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def export_parquet(record: Record) -> bytes:
    """A zip archive of Parquet files, one a table."""
    return zipped({f"{name}.parquet": parquet(table) for name, table in arrow([record]).items()})


def arrow(records: Sequence[Record]) -> dict[str, pyarrow.Table]:
    """The tables of several records as Arrow tables with the types of `TABLES`; empty ones keep their columns."""
    found = [rows(record) for record in records]
    return {
        name: arrow_table([row for tables in found for row in tables[name]], columns)
        for name, columns in TABLES.items()
    }


def arrow_table(found: Sequence[Row], columns: Mapping[str, Type]) -> pyarrow.Table:
    """Rows as one Arrow table with the types of its columns."""
    return _pyarrow().Table.from_pylist(list(found), schema=_schema(columns))


def _schema(columns: Mapping[str, Type]) -> pyarrow.Schema:
    pa = _pyarrow()
    types = {
        "text": pa.string(),
        "texts": pa.list_(pa.string()),
        "integer": pa.int64(),
        "number": pa.float64(),
    }
    return pa.schema([(column, types[kind]) for column, kind in columns.items()])


def parquet(table: pyarrow.Table) -> bytes:
    """One Arrow table as a Parquet file; the same table gives the same bytes."""
    _pyarrow()
    import pyarrow.parquet

    written = io.BytesIO()
    pyarrow.parquet.write_table(table, written, compression="zstd")
    return written.getvalue()


class PartWriter:
    """A Parquet file of a table that is too long for memory: each `write` is a group of rows.

    The same rows in the same groups give the same bytes; a table without rows keeps its columns.
    """

    def __init__(self, path: Path, columns: Mapping[str, Type]) -> None:
        self._schema = _schema(columns)
        import pyarrow.parquet

        self._writer = pyarrow.parquet.ParquetWriter(path, self._schema, compression="zstd")

    def write(self, found: Sequence[Row]) -> None:
        """One more group of rows; none for no rows."""
        if found:
            self._writer.write_table(_pyarrow().Table.from_pylist(found, schema=self._schema))

    def close(self) -> None:
        """Finish the file."""
        self._writer.close()


def stored_rows(path: str, columns: Sequence[str]) -> Iterator[tuple[float, Row]]:
    """The rows of a Parquet file, of these columns those it has, each with its place in the file (0 to 1).

    `BadData` where the file, or a page of it, cannot be read.
    """
    pa = _pyarrow()
    import pyarrow.parquet

    try:
        with pyarrow.parquet.ParquetFile(path) as file:
            names = [name for name in columns if name in file.schema_arrow.names]
            if not names:
                raise BadData(f"no column {', '.join(columns[:-1])} or {columns[-1]}")
            count, total = 0, max(file.metadata.num_rows, 1)
            for batch in file.iter_batches(batch_size=64, columns=names, use_threads=False):
                for row in batch.to_pylist():
                    count += 1
                    yield count / total, row
    except (pa.ArrowException, UnicodeDecodeError, OSError) as error:
        raise BadData(f"damaged Parquet file ({str(error).splitlines()[0][:200]})") from None


def zstandard(file: IO[bytes]) -> Any:
    """The stream inside a Zstandard file; `OSError` where it is damaged or ends in the middle."""
    return _pyarrow().CompressedInputStream(_pyarrow().PythonFile(file, mode="r"), "zstd")


def pyarrow_there() -> None:
    """`MissingExtra` where pyarrow is not installed: better said at the beginning than after the first shard."""
    _pyarrow()


def _pyarrow() -> Any:
    try:
        import pyarrow
    except ImportError:
        raise MissingExtra("or writing Parquet", "parquet", "pyarrow") from None
    return pyarrow
