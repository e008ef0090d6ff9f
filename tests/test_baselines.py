"""Baselines and rivals: no texts, no figures; every figure has its place; the table and the picture are whole."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from benchmarks import plot
from benchmarks.__main__ import PAGE, PICTURE, others, written
from benchmarks.alignment import chronicle
from evals import floors
from evals.baselines import quotes, structure
from evals.baselines import result as results
from evals.baselines.__main__ import STAGES, main
from evals.baselines.alignment import joined
from evals.baselines.collation import flagged
from evals.baselines.peer import NoPeer, ask
from evals.baselines.quotecheck import likest
from evals.baselines.result import Result, cited, measured
from evals.baselines.table import table
from evals.rows import COLUMNS


@pytest.mark.parametrize("stage", STAGES)
def test_no_texts_no_figures(tmp_path: Path, stage: str) -> None:
    assert list(STAGES[stage].measure(tmp_path, None)) == []


def test_a_bench_that_is_not_there_is_said_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--bench", str(tmp_path / "nowhere")]) == 66
    assert capsys.readouterr().err.count("\n") == 1


def test_every_figure_belongs_to_a_group_that_we_measure() -> None:
    held = floors.load().floors
    for one in [*measured(), *cited()]:
        assert one.group in held[one.stage][one.split], one
        assert set(one.values) <= set(COLUMNS) and all(0 <= value <= 100 for value in one.values.values()), (
            one
        )


def test_the_table_has_ours_beside_the_others() -> None:
    pinned = floors.Pinned("x", {"f1": 90.0, "char": 80.04})
    held = floors.Floors(floors={"structure": {"dev": {"a": pinned}}})
    others = [Result("structure", "dev", "a", "one pattern", {"f1": 40.0}),
              Result("structure", "dev", "a", "a rival", {"f1": 50.0, "char": 60.0})]  # fmt: skip
    assert table(others, held).splitlines()[2:] == [
        "| group | figures | onrecord | one pattern | a rival |",
        "|---|---|---:|---:|---:|",
        "| a | F1 / char | 90.0 / 80.0 | 40.0 / – | 50.0 / 60.0 |",
    ]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("VANCE: Yes.\nMore.\nIda Morel: No.", ["VANCE", "Ida Morel"]),
        ("Here is my question: why?\nQ Why?\nM. Vance. Non.", []),
        ("", []),
    ],
)
def test_the_pattern_of_structure(text: str, labels: list[str]) -> None:
    assert [turn["speaker"] for turn in structure.predict(text)["turns"]] == labels


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“We leave the pier.” She left.", ["We leave the pier."]),
        ("« Nous quittons le quai », dit-elle.", [" Nous quittons le quai "]),
        ("a “pact” and an “open quotation", []),
    ],
)
def test_the_marks_of_quotes(text: str, found: list[str]) -> None:
    spans: list[dict[str, Any]] = quotes.marked(text)
    assert [text[one["start"] : one["end"]] for one in spans] == found


def test_a_word_diff_sorts_its_gaps() -> None:
    before = "It rained.\nWe have 40 boats.\nShe does not sail in the winter.\nThe fog came late.\n"
    after = "We have 41 boats.\nShe does sail in the winter.\nThe fog came late.\n"
    assert flagged(before, after) == {"omitted": [0], "moved": [], "number": [1], "negation": [2]}


def test_a_line_that_moved_is_not_left_out() -> None:
    before, after = (
        "The fog came late.\nWe sail.\nThe pier is open.\n",
        "We sail.\nThe pier is open.\nThe fog came late.\n",
    )
    assert flagged(before, after) == {"omitted": [], "moved": [0], "number": [], "negation": []}


@pytest.mark.parametrize(
    ("links", "beads"),
    [
        ([(0, 0), (1, 1)], [((0,), (0,)), ((1,), (1,))]),
        ([(0, 0), (0, 1), (1, 1)], [((0, 1), (0, 1))]),
        ([(0, 1), (1, 1)], [((0, 1), (1,)), ((), (0,))]),
        ([(1, 0)], [((1,), (0,)), ((0,), ()), ((), (1,))]),
    ],
)
def test_links_that_share_a_sentence_are_one_bead(links: list[tuple[int, int]], beads: list[Any]) -> None:
    assert joined(links, 2, 2) == beads


def test_what_was_not_measured_now_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "MEASURED", tmp_path / "measured.json")
    old = [Result("quotes", "dev", "a", system, {"f1": 1.0}) for system in ("marks", "a rival")]
    results.keep(old)
    fresh = Result("quotes", "dev", "a", "marks", {"f1": 2.0})
    results.keep([fresh])
    assert measured() == [old[1], fresh]


def test_the_likest_stretch() -> None:
    pytest.importorskip("rapidfuzz", reason="a rival, installed for `make bench` only")
    text = "We will reopen the ferry line by 1 September, and every passenger will travel."
    quotes = ("We will reopen the ferry line by 2 September", "Nobody asked the pilots of the northern pier")
    assert likest([(quote, text) for quote in quotes], Path(sys.executable)) == ["altered", "absent"]


def test_a_rival_that_cannot_be_asked_is_said_in_one_line() -> None:
    with pytest.raises(NoPeer, match="--peer"):
        likest([], None)
    with pytest.raises(NoPeer, match=r"^ModuleNotFoundError: No module named 'no_such_rival'$"):
        ask(Path(sys.executable), "import no_such_rival", [])


def test_the_chronicle_knows_its_own_answer() -> None:
    made = chronicle(100)
    assert made == chronicle(100)
    assert {a for a, _ in made.links} < set(range(len(made.a)))
    assert {b for _, b in made.links} == set(range(len(made.b)))


def test_the_picture_is_that_of_the_tables() -> None:
    """Every comparison was measured, and picture and page are what `make bench ARGS=--write` makes of the tables."""
    held = written()
    assert len(plot.dots(held)) == len(plot.PAIRS)
    again = "run: make bench ARGS='--write --only NAME'"
    assert plot.svg(plot.dots(held)) == PICTURE.read_text("utf-8"), again
    assert others(held) in PAGE.read_text("utf-8"), again


def test_the_picture_says_what_the_table_says() -> None:
    runs = {"onrecord read --json --no-ledger": 1, "onrecord read --json": 2, "spaCy fr": 30}
    rows = "\n".join(f"| {run} | 1.00 | 1.00 | 9 | {ratio:.2f} | x |" for run, ratio in runs.items())
    found = plot.dots({"speed": rows})
    assert [dot.times for dot in found] == [15.0]
    root = ElementTree.fromstring(plot.svg(found))
    said = " ".join(root.itertext())
    assert "15×" in said and "15×" in plot.table(found) and found[0].task in said
