"""Records as data frames: the tables of `export/tables.py` in pandas and polars. The one file that knows these two."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeAlias

from onrecord.errors import MissingExtra, UsageError
from onrecord.export.tables import TABLES, arrow
from onrecord.model import Record

if TYPE_CHECKING:
    import pandas
    import polars

    PandasFrame: TypeAlias = pandas.DataFrame
    PolarsFrame: TypeAlias = polars.DataFrame

ArrowTable: TypeAlias = Any
"""A `pyarrow.Table`: its door is `export/tables.py`, and it comes without types."""


def to_arrow(records: Record | Iterable[Record], table: str) -> ArrowTable:
    """One table of one or more records as a `pyarrow.Table`. `UsageError` for a name that is no table."""
    if table not in TABLES:
        raise UsageError(f"no table is called {table!r}: {', '.join(TABLES)}")
    return arrow([records] if isinstance(records, Record) else list(records))[table]


def to_pandas(records: Record | Iterable[Record], table: str) -> PandasFrame:
    """The same as a data frame of pandas: offsets as int64, lists as lists."""
    try:
        import pandas
    except ImportError:
        raise MissingExtra("records as pandas frames", "pandas", "pandas") from None
    rows = to_arrow(records, table)
    frame: PandasFrame = rows.to_pandas()
    for name, kind in TABLES[table].items():
        if kind == "texts":  # pyarrow makes arrays of them, which neither compare nor print like lists
            frame[name] = pandas.Series(rows[name].to_pylist(), dtype=object)
    return frame


def to_polars(records: Record | Iterable[Record], table: str) -> PolarsFrame:
    """The same as a data frame of polars."""
    try:
        import polars
    except ImportError:
        raise MissingExtra("records as polars frames", "polars", "polars") from None
    frame = polars.from_arrow(to_arrow(records, table))
    assert isinstance(
        frame, polars.DataFrame
    )  # a table always gives a frame, a column alone would give a series
    return frame
