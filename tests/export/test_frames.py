"""Comparisons and verdicts as tables: joined by hashes and numbers, typed, and refused for the wrong thing."""

from __future__ import annotations

from pathlib import Path

import pytest

import onrecord
from onrecord import errors
from onrecord.export.answers import TABLES
from onrecord.model import Record

EXAMPLES = Path(errors.__file__).parent / "examples"


@pytest.fixture(scope="module")
def accounts() -> list[Record]:
    return [onrecord.read(EXAMPLES / name, ledger=False) for name in ("article.en.txt", "official.en.txt")]


def test_differences_lead_into_both_texts(accounts: list[Record]) -> None:
    texts = {record.sources[0].text_sha256: record.sources[0].text for record in accounts}
    comparison = onrecord.compare(*accounts)
    rows = onrecord.to_arrow(comparison, "differences").to_pylist()
    assert [row["difference"] for row in rows] == [one.id for one in comparison.differences]
    for row in rows:
        for side in ("a", "b"):
            if row[f"{side}_start"] is not None:
                text = texts[row[f"{side}_document"]]
                assert text[row[f"{side}_start"] : row[f"{side}_end"]] == row[f"{side}_text"]


def test_three_accounts_name_their_pairs(accounts: list[Record]) -> None:
    comparison = onrecord.compare(*accounts, accounts[0])
    hashes = {source.id: source.text_sha256 for source in comparison.sources}
    rows = onrecord.to_arrow(comparison, "differences").to_pylist()
    told = [
        tuple(hashes[id] for id in one.pair) for one in comparison.differences if isinstance(one.pair, tuple)
    ]
    assert told and told == [(row["a_document"], row["b_document"]) for row in rows]


def test_verdicts_lead_into_the_article_and_matches_into_their_texts(accounts: list[Record]) -> None:
    texts = {record.sources[0].text_sha256: record.sources[0].text for record in accounts}
    verdicts = onrecord.check_article(accounts[0], accounts)
    rows = onrecord.to_polars(verdicts, "verdicts").to_dicts()
    article = accounts[0].sources[0].text
    assert [row["verdict"] for row in rows] == [one.verdict for one in verdicts]
    assert all(article[row["start"] : row["end"]].startswith(row["quote"].split(" … ")[0]) for row in rows)
    places = onrecord.to_polars(verdicts, "matches").to_dicts()
    assert {row["document"] for row in places} == set(texts)
    assert all(texts[row["document"]][row["start"] : row["end"]] == row["text"] for row in places)
    assert {row["quotation"] for row in places} <= {row["quotation"] for row in rows}


def test_an_offset_beside_nothing_stays_a_whole_number(accounts: list[Record]) -> None:
    """pandas would make 17.0 of it; a verdict without an article has no place in one."""
    asked = onrecord.check("Nobody ever said a word like this one", accounts)
    verdicts = [*onrecord.check_article(accounts[0], accounts), asked]
    frame = onrecord.to_pandas(verdicts, "verdicts")
    assert str(frame["start"].dtype) == "Int64" and frame["start"].isna().sum() == 1
    assert list(frame.columns) == list(TABLES["verdicts"])


@pytest.mark.parametrize("table", TABLES)
def test_no_answers_are_an_empty_table(table: str) -> None:
    empty = onrecord.to_arrow([], table)
    assert empty.num_rows == 0 and empty.column_names == list(TABLES[table])


def test_the_wrong_thing_is_named(accounts: list[Record]) -> None:
    with pytest.raises(errors.UsageError, match="'verdicts' is made of verdicts, not of a Record"):
        onrecord.to_arrow(accounts, "verdicts")
    with pytest.raises(
        errors.UsageError, match="'turns' is made of records; of answers: differences, verdicts"
    ):
        onrecord.to_arrow(onrecord.compare(*accounts))
    with pytest.raises(errors.UsageError, match="no table is called 'furniture'"):
        onrecord.to_arrow(accounts, "furniture")
