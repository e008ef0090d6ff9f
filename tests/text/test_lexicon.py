"""The data files of the text room: complete, small, with keys that the code reads and usable values."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from onrecord.lexicon import ROOT, languages, load, toml
from onrecord.text.vocabulary import table, vocabulary, words

CODE = "\n".join(path.read_text("utf-8") for path in (ROOT.parent / "text").glob("*.py"))
TABLES = {
    "numbers": [
        "cardinals",
        "hundreds",
        "scales",
        "ordinals",
        "collectives",
        "collective_plurals",
        "multipliers",
    ],
    "dates": ["months", "weekdays", "day_words"],
}
DISTANCES = {"relative": r"-?\d+|-", "upcoming": r"\d[YMW]|-"}


@pytest.mark.parametrize("language", languages())
def test_file(language: str) -> None:
    data = load(language, "text")
    assert set(data) == {"language", "sentences", "numbers", "dates"}
    assert len((ROOT / language / "text.toml").read_text("utf-8")) <= 12_000
    assert len(set(words(data["language"]["function_words"]))) >= 120
    for section in data.values():
        for key in section.keys() - {"name"}:  # the name is for people
            assert re.search(rf'["\']{key}["\']', CODE), f"no code reads {key!r}"


@pytest.mark.parametrize("language", languages())
def test_tables_have_numbers_first(language: str) -> None:
    data = load(language, "text")
    for section, keys in TABLES.items():
        for key in keys:
            for value, forms in table(data[section].get(key, "")):
                assert re.fullmatch(r"-?\d+", value), f"{key}: {value!r} is no number"
                assert forms, f"{key}: {value} has no word"
    for key, distance in DISTANCES.items():
        for value, forms in table(data["dates"].get(key, "")):
            assert re.fullmatch(distance, value) and forms, f"{key}: {value!r} is no distance, or has no word"
    assert [int(value) for value, _ in table(data["dates"]["months"])] == list(range(1, 13))
    assert [int(value) for value, _ in table(data["dates"]["weekdays"])] == list(range(1, 8))
    assert {value for value, _ in table(data["dates"]["units"])} == {"Y", "M", "W", "D", "TH", "TM", "TS"}


@pytest.mark.parametrize("language", languages())
def test_scales_are_powers_of_ten(language: str) -> None:
    for value, _ in table(load(language, "text")["numbers"]["scales"]):
        assert value.rstrip("0") == "1"


def test_a_word_may_mean_several_things() -> None:
    (hit,) = vocabulary("en").scan("a second".removeprefix("a "))
    assert (hit.value("ordinal"), hit.value("unit"), hit.value("month")) == ("2", "TS", None)


DATA = sorted(ROOT.parent.rglob("*.toml"))


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.relative_to(ROOT.parent).as_posix())
def test_the_quick_way_to_read_a_file_reads_the_same(path: Path) -> None:
    """Same keys in the same order, values of the same types: `repr` shows all of that."""
    text = path.read_text("utf-8")
    assert repr(toml.parsed(text)) == repr(tomllib.loads(text))


READ = [
    "",
    "# nothing but a comment",
    'a = """one \'\'\' two"""',
    'a = "#"  # one\n\n[b.c]\nd = "\\u00a0\\t\\"x\\" \\\\"\n[b]\ne = ""',
    'a.b = "x"\na.c = "y"\n[d]\n"e f.g" = "h"',
    'a = [\n  1,  # of three\n  -2.5,\n]\nb = [["c"]]',
    'a = { one = "{n} x", many = "y # z" }',
    '[[rule]]\nname = "a"\n\n[[rule]]\nname = "b"\nmore = true',
]
REFUSED = [
    'a = "one"\na = "two"', "[a]\n[a]", 'a = "one', 'a = """one', 'a = "\\x"', "a = 01", "a..b = true", "only words",
]  # fmt: skip


@pytest.mark.parametrize("text", READ)
def test_text_of_packages_is_read_as_python_reads_it(text: str) -> None:
    assert repr(toml.parsed(text)) == repr(tomllib.loads(text))


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_toml_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(ValueError, match=r" at line \d+ column \d+$"):
        toml.parsed(text)
