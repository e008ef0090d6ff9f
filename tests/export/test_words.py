"""What faces say: every language has the same keys and placeholders, and its own typography."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter
from typing import Any, Literal, get_args, get_type_hints

import pytest

from onrecord import cli, model
from onrecord.errors import UsageError
from onrecord.export import page
from onrecord.export.ledger import ORDER
from onrecord.ui import languages, phrases, words

ENGLISH = dict(phrases(words("en").table))
OTHERS = [code for code in languages() if code != "en"]


@pytest.mark.parametrize("code", OTHERS)
def test_same_keys_and_placeholders(code: str) -> None:
    other = dict(phrases(words(code).table))
    assert other.keys() == ENGLISH.keys()
    assert {key: fields(text) for key, text in other.items()} == {k: fields(t) for k, t in ENGLISH.items()}
    assert words(code).table["grammar"].keys() == words("en").table["grammar"].keys()


def fields(text: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(text) if field}


@pytest.mark.parametrize("code", languages())
def test_nothing_is_empty_but_what_citations_leave_out(code: str) -> None:
    empty = {key for key, text in phrases(words(code).table) if not text.strip()}
    assert empty <= {"words_short.original", "words_short.unknown"}


def test_french_spaces_do_not_break() -> None:
    for key, text in phrases(words("fr").table):
        assert not re.search(r"(?<![\u202f\u00a0])[;!?%:»]", text), key
        assert not re.search(r"«(?!\u00a0)", text), key
        assert "'" not in text, f"{key}: the apostrophe is ’"


COUNTS = [
    ("en", 0, "0 turns"),
    ("en", 1, "1 turn"),
    ("en", 12345, "12,345 turns"),
    ("fr", 0, "0 intervention"),
    ("fr", 1, "1 intervention"),
    ("fr", 12345, "12\u202f345 interventions"),
]


@pytest.mark.parametrize(("code", "number", "expected"), COUNTS)
def test_plurals(code: str, number: int, expected: str) -> None:
    assert words(code).count("turns", number) == expected


DATES = [
    ("en", "2031-03-14", "14 March 2031"),
    ("fr", "2031-03-01", "1er mars 2031"),
    ("fr", "2031-08", "août 2031"),
    ("en", "2031", "2031"),
    ("en", "XXXX-06-04", "4 June"),
    ("fr", "XXXX-06-01", "1er juin"),
    ("en", "a Tuesday", None),
    ("en", "XXXX-WXX-5", None),
    ("en", "2031-13-01", None),
]


@pytest.mark.parametrize(("code", "value", "expected"), DATES)
def test_dates(code: str, value: str, expected: str | None) -> None:
    assert words(code).date(value) == expected


SHARES = [("en", 1, 4, "25%"), ("fr", 1, 4, "25\u202f%"), ("en", 1, 1000, "<1%"), ("en", 0, 10, "0%")]


@pytest.mark.parametrize(("code", "part", "whole", "expected"), SHARES)
def test_shares(code: str, part: int, whole: int, expected: str) -> None:
    assert words(code).percent(part, whole) == expected


def test_lists_and_quotation_marks() -> None:
    assert words("en").enumerate(["Marrow", "Arkell", "Oake"]) == "Marrow, Arkell and Oake"
    assert words("fr").enumerate(["Marrow", "Arkell"], "or") == "Marrow ou Arkell"
    assert words("fr").quote("oui") == "«\u00a0oui\u00a0»"


def test_no_face_speaks_an_unknown_language() -> None:
    with pytest.raises(UsageError, match="en, fr"):
        words("tlh")


# These tables are asked by a value of the record: every value must be in them, and the code names none.
BY_VALUE = {
    "languages", "event_kinds", "words", "words_short", "judgement", "alias", "block", "mark", "statement",
    "tier", "coverage", "firmness", "factuality", "text_state", "flag", "suggestion", "quotation", "agreement",
    "warning", "group", "deed", "sex", "difference", "differences", "severity",
}  # fmt: skip


def test_no_word_is_left_over() -> None:
    room = Path(page.__file__).parent
    faces = [
        *room.rglob("*.py"),
        *room.rglob("*.html"),
        *room.rglob("*.js"),
        *Path(cli.__file__).parent.glob("*.py"),
    ]
    code = "\n".join(path.read_text("utf-8") for path in faces)
    for key in ENGLISH:
        table, _, name = key.partition(".")
        if table not in BY_VALUE | {"percent"} and key not in code:
            # `said.count("turns", …)`, and fields of the card and keys of the keyboard, which a loop names.
            short = name.split(".")[0].removeprefix("keys_")
            assert f"'{short}'" in code or f'"{short}"' in code, key


def values_of(struct: type, field: str) -> Any:
    return get_type_hints(struct)[field]


VALUES = [
    ("alias", model.AliasKind), ("block", model.BlockKind), ("mark", model.MarkKind),
    ("statement", model.StatementKind), ("deed", model.StatementKind),
    ("judgement", model.Judgement), ("flag", model.FlagKind),
    ("words", values_of(model.Words, "value")), ("tier", values_of(model.Flag, "tier")),
    ("firmness", values_of(model.Statement, "firmness")), ("text_state", model.TextState),
    ("factuality", values_of(model.Statement, "factuality")), ("quotation", values_of(model.Quote, "type")),
    ("suggestion", values_of(model.Suggestion, "from_")), ("group", Literal[ORDER]),
]  # fmt: skip


@pytest.mark.parametrize(("table", "values"), VALUES, ids=[table for table, _ in VALUES])
def test_every_value_of_a_record_has_a_name(table: str, values: Any) -> None:
    possible = get_args(values)
    assert possible and {value for value in possible if not words("en").named(table, value)} == set()
