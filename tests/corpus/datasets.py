"""What a dataset holds, for tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

ODD = "tests.corpus.odd_reading:reading"
"""The function to read with that does what a document says."""


def content(dataset: Path) -> dict[str, bytes]:
    """Every file of a dataset with its bytes."""
    return {
        path.relative_to(dataset).as_posix(): path.read_bytes()
        for path in sorted(dataset.rglob("*"))
        if path.is_file() and path.name != "lock"
    }


def rows(dataset: Path, table: str) -> list[dict[str, Any]]:
    """The rows of one table, of all parts."""
    import pyarrow.parquet

    parts = sorted((dataset / table).glob("*.parquet"))
    return [row for part in parts for row in pyarrow.parquet.ParquetFile(part).read().to_pylist()]


def held(dataset: Path) -> dict[str, tuple[str, str]]:
    """What is in quarantine: kind and reason by place."""
    return {row["source"]: (row["kind"], row["reason"]) for row in rows(dataset, "quarantine")}
