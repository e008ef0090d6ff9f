"""The tables of records and answers as data frames of pandas and polars, which no other file knows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeAlias

from onrecord.errors import MissingExtra, UsageError
from onrecord.export import answers
from onrecord.export.tables import TABLES, arrow, arrow_table
from onrecord.model import Comparison, Record, Verdict

if TYPE_CHECKING:
    import pandas
    import polars

    PandasFrame: TypeAlias = pandas.DataFrame
    PolarsFrame: TypeAlias = polars.DataFrame

ArrowTable: TypeAlias = Any
"""A `pyarrow.Table`: its door is `export/tables.py`, and it comes without types."""


Tabled: TypeAlias = Record | Comparison | Verdict
"""What has tables: a record, and the answers about records."""


def to_arrow(things: Tabled | Iterable[Tabled], table: str) -> ArrowTable:
    """One table of one or more records, comparisons or verdicts as a `pyarrow.Table`.

    `UsageError` for a name that is no table, and for things that the table is not made of.
    """
    given: list[Tabled] = [things] if isinstance(things, Record | Comparison | Verdict) else _several(things)
    if table in answers.TABLES:
        return arrow_table(answers.rows(given, table), answers.TABLES[table])
    if table not in TABLES:
        raise UsageError(f"no table is called {table!r}: {', '.join([*TABLES, *answers.TABLES])}")
    records = [one for one in given if isinstance(one, Record)]
    if len(records) < len(given):
        raise UsageError(f"the table {table!r} is made of records; of answers: {', '.join(answers.TABLES)}")
    return arrow(records)[table]


def _several(things: Iterable[Tabled]) -> list[Tabled]:
    given = list(things) if isinstance(things, Iterable) and not isinstance(things, str | bytes) else [things]
    for one in given:
        if not isinstance(one, Record | Comparison | Verdict):
            raise UsageError(
                f"tables are made of records, comparisons and verdicts, not of a {type(one).__name__}: read it first"
            )
    return given


def to_pandas(things: Tabled | Iterable[Tabled], table: str) -> PandasFrame:
    """The same as a data frame of pandas: offsets as int64 (`Int64` where some are missing), lists as lists."""
    try:
        import pandas
    except ImportError:
        raise MissingExtra("records as pandas frames", "pandas", "pandas") from None
    rows = to_arrow(things, table)
    frame: PandasFrame = rows.to_pandas()
    columns = TABLES.get(table) or answers.TABLES[table]
    for name, kind in columns.items():
        if kind == "texts":  # pyarrow makes arrays of them, which neither compare nor print like lists
            frame[name] = pandas.Series(rows[name].to_pylist(), dtype=object)
        elif kind == "integer" and rows[name].null_count:  # else an offset beside nothing would become 17.0
            frame[name] = pandas.Series(rows[name].to_pylist(), dtype="Int64")
    return frame


def to_polars(things: Tabled | Iterable[Tabled], table: str) -> PolarsFrame:
    """The same as a data frame of polars."""
    try:
        import polars
    except ImportError:
        raise MissingExtra("records as polars frames", "polars", "polars") from None
    frame = polars.from_arrow(to_arrow(things, table))
    assert isinstance(
        frame, polars.DataFrame
    )  # a table always gives a frame, a column alone would give a series
    return frame
