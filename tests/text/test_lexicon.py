"""The data files of the text room: complete, small, with keys that the code reads and usable values."""

from __future__ import annotations

import re
import time
import tomllib
from pathlib import Path

import pytest

from onrecord.lexicon import ROOT, languages, load, parsed
from onrecord.text.language import document_language
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


def test_loading_all_languages_is_quick() -> None:
    from onrecord.text import language as module

    load.cache_clear()
    module._detector.cache_clear()
    began = time.process_time()
    document_language("Bonjour à tous")
    assert time.process_time() - began < 0.06, "about 10 ms on an ordinary machine"


@pytest.mark.parametrize(
    "path", sorted(ROOT.rglob("*.toml")), ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_the_quick_way_to_read_a_file_reads_the_same(path: Path) -> None:
    text = path.read_text("utf-8")
    assert parsed(text) == tomllib.loads(text)


@pytest.mark.parametrize(
    "text",
    [
        'a = """one\\ttwo"""',
        'a = """one \'\'\' two"""',
        'a = """ends with a mark""""',
        'a = """"opens with one"""',
        'a = \'"""\'',
        'a = """\none\n"""\nb = """two"""  # """',
    ],
)
def test_strings_that_only_one_kind_of_marks_can_hold(text: str) -> None:
    assert parsed(text) == tomllib.loads(text)
