"""The ledger as CSV, read back."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample import full, ledger, sample, stated

from onrecord.export import ledger_csv
from onrecord.model import Person, Record


def rows(record: Record) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(ledger_csv.render(record), newline=""), strict=True))


def test_one_row_a_statement_under_the_promised_columns() -> None:
    written = ledger_csv.render(full())
    assert written.split("\r\n")[0] == (
        "source,kind,speaker,content,text,firmness,polarity,factuality,to,about,deadline,quantities,turn,start,end,"
        "text_state,score,rule,relations"
    )
    assert [row["text"] for row in rows(full())] == [one.text for one in ledger()]


CELLS = [
    (0, "speaker", ""),
    (0, "content", "the bridge"),
    (7, "deadline", "April = 2031-04"),
    (8, "quantities", "eleven = 11"),
    (8, "text_state", "disputed"),
    (8, "score", "0.900"),
    (10, "speaker", "Q"),
    (10, "to", "Ilse Marrow"),
    (10, "relations", "unanswered"),
    (12, "source", "ostwick.txt"),
]


@pytest.mark.parametrize(("row", "column", "expected"), CELLS)
def test_cells(row: int, column: str, expected: str) -> None:
    assert rows(full())[row][column] == expected


def test_offsets_read_the_text_again() -> None:
    record = full()
    text = record.sources[0].text
    for row in rows(record):
        assert text[int(row["start"]) : int(row["end"])] == row["text"]


def test_a_relation_names_the_characters_of_the_other_side() -> None:
    held = rows(full())
    other = held[12]
    assert held[5]["relations"] == f"contested {other['start']}-{other['end']}"


SAFE = [
    ("=1+1", "'=1+1"),
    ("+49 30", "'+49 30"),
    ("-2", "-2"),
    ("-2.5", "-2.5"),
    ("-2+cmd|'/c'!A0", "'-2+cmd|'/c'!A0"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("\t=1", "'\t=1"),
    ("\r=1", "'\r=1"),
    ("  =1", "'  =1"),
    ("\u00a0=1", "'\u00a0=1"),
    ("＝1", "'＝1"),
    ("said = done", "said = done"),
    ("", ""),
]


@pytest.mark.parametrize(("cell", "expected"), SAFE)
def test_no_cell_runs_as_a_formula(cell: str, expected: str) -> None:
    assert ledger_csv.safe(cell) == expected


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1))
def test_any_name_survives_the_table(name: str) -> None:
    record = sample(
        people=(Person("p1", name, "person"),), statements=(stated("claim", "nine hours", "p1", "t1"),)
    )
    (row,) = rows(record)
    assert row["speaker"] in (name, f"'{name}")


def test_the_header_is_left_out_to_append() -> None:
    assert ledger_csv.render(full(), header=False).count("\r\n") == len(ledger())
    assert ledger_csv.render(sample(statements=())).count("\r\n") == 1
