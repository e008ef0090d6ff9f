"""The ratchet itself: floors rise, falls are seen, and perfect answers score 100."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from evals import bench, exports, floors, table
from evals.alignment import lost_values
from evals.floors import Floors
from evals.rows import COLUMNS, Row
from evals.stages import STAGES, collation, leave_one_out, stage, structure

from onrecord import read
from onrecord.export import formats
from onrecord.model import Turn
from onrecord.spans import Span


def row(group: str = "dialogue", inputs: str = "files", **values: float) -> Row:
    return Row("structure", "dev", group, values, inputs)


def pinned(**values: float) -> Floors:
    return floors.raised(Floors(), [row(**values)])


@pytest.mark.parametrize(
    ("floor", "measured", "fall"),
    [
        ({"f1": 90.0}, {"f1": 90.0}, []),
        ({"f1": 90.0}, {"f1": 95.0}, []),
        ({"f1": 90.0}, {"f1": 89.996}, []),
        ({"f1": 90.0}, {"f1": 89.95}, ["structure · dev · dialogue · F1: 90.00 -> 89.95"]),
        ({"wrong": 2.0}, {"wrong": 1.0}, []),
        ({"wrong": 2.0}, {"wrong": 2.1}, ["structure · dev · dialogue · wrong: 2.00 -> 2.10"]),
        ({"failed": 0}, {"failed": 1}, ["structure · dev · dialogue · failed: 0.00 -> 1.00"]),
        (
            {"f1": 90.0, "end": 80.0},
            {"f1": 90.0},
            ["structure · dev · dialogue · end: 80.00 -> not measured"],
        ),
        ({"gold": 10}, {"gold": 9}, []),
    ],
)
def test_a_value_below_its_floor_is_a_fall(
    floor: dict[str, float], measured: dict[str, float], fall: list[str]
) -> None:
    assert [str(found) for found in floors.falls(pinned(**floor), [row(**measured)])] == fall


def test_a_group_that_vanished_is_a_fall_but_an_unmeasured_split_is_not() -> None:
    before = pinned(f1=90.0)
    other = Row("structure", "dev", "another", {"f1": 1.0})
    assert [str(fall) for fall in floors.falls(before, [other])] == [
        "structure · dev · dialogue · F1: 90.00 -> not measured  (its texts changed)"
    ]
    assert floors.falls(before, [Row("structure", "test", "another", {"f1": 1.0})]) == []


def test_an_update_raises_and_never_lowers() -> None:
    after = floors.raised(pinned(f1=90.0, e2e=80.0, wrong=3.0), [row(f1=85.0, e2e=88.0, wrong=1.0)])
    assert after.floors["structure"]["dev"]["dialogue"].values == {"f1": 90.0, "e2e": 88.0, "wrong": 1.0}


def test_a_floor_is_lowered_only_with_its_reason_on_file() -> None:
    after = floors.lowered(pinned(f1=90.0, end=70.0), [row(f1=85.0)], "the gold was wrong in two places")
    assert after.floors["structure"]["dev"]["dialogue"].values == {"f1": 85.0}
    assert [log.reason for log in after.regressions] == ["the gold was wrong in two places"]
    assert after.regressions[0].falls[0] == "structure · dev · dialogue · F1: 90.00 -> 85.00"


def test_floors_survive_their_file(tmp_path: Path) -> None:
    before = floors.lowered(pinned(f1=90.0), [row(f1=85.0)], "reason")
    floors.save(before, tmp_path / "floors.json")
    assert floors.load(tmp_path / "floors.json") == before


def test_every_stage_has_measure_and_an_unknown_one_lists_them() -> None:
    for name in STAGES:
        assert callable(stage(name).measure)
    with pytest.raises(KeyError, match="there are: structure, leave_one_out"):
        stage("statements")


def test_every_floor_is_a_known_column() -> None:
    known = floors.load()
    for name, split, group in known.groups():
        assert set(known.floors[name][split][group].values) <= set(COLUMNS)


def test_no_folder_no_rows(tmp_path: Path) -> None:
    for name in STAGES:
        assert stage(name).measure(tmp_path / "bench", "dev") == []


def test_the_page_needs_exactly_one_block() -> None:
    with pytest.raises(ValueError, match="one block"):
        table.filled("no block here", "table")


# ---------------------------------------------------------------- leave one out, on a fictional hearing

TEXT = "CHAIR: Order. (Bell) Sit.\nMEMBER: I object.\n"
GOLD: dict[str, Any] = {
    "turns": [
        {"speaker": "CHAIR", "start": 0, "content_start": 7, "end": 25},
        {"speaker": "MEMBER", "start": 26, "content_start": 34, "end": 43},
    ],
    "marks": [{"start": 14, "end": 20, "kind": "stage"}],
}
CHAIR, MEMBER = Span(0, 5), Span(26, 32)
SCORE: Any = SimpleNamespace(nz=str.strip)


def turn(start: int, end: int, label: Span | None, speaker: str | None, judgement: Any) -> Turn:
    speech = (Span(label.end + 2 if label else start, end),)
    return Turn("t", "s1", Span(start, end), TEXT[start:end], label, speech, speaker, judgement=judgement)


def test_speech_is_what_is_neither_label_nor_mark() -> None:
    spoken = [(speaker, TEXT[start:end]) for speaker, start, end in leave_one_out.speech(GOLD)]
    assert spoken == [("CHAIR", "Order. "), ("CHAIR", " Sit."), ("MEMBER", "I object.")]


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        ([], {"unknown": 21}),
        (
            [turn(0, 25, Span(0, 5), "p1", "certain"), turn(26, 43, Span(26, 32), "p2", "certain")],
            {"right": 21},
        ),
        ([turn(0, 43, CHAIR, "p1", "certain")], {"right": 12, "wrong": 9}),
        ([turn(0, 43, CHAIR, "p1", "ambiguous")], {"right": 12, "unknown": 9}),
        ([turn(0, 43, None, None, "unresolved")], {"unknown": 21}),
        ([turn(0, 43, None, "p1", "likely")], {"wrong": 21}),
        ([turn(21, 43, MEMBER, "p2", "likely")], {"right": 9, "wrong": 4, "unknown": 8}),
    ],
)
def test_words_are_right_unknown_or_wrong(turns: list[Turn], expected: dict[str, int]) -> None:
    record: Any = SimpleNamespace(sources=[SimpleNamespace(text=TEXT)], turns=turns)
    assert {k: n for k, n in leave_one_out.owners(record, GOLD, SCORE).items() if n} == expected


def test_words_of_an_unnamed_voice_can_only_be_unknown_or_wrong() -> None:
    gold = {"turns": [{"speaker": "", "start": 0, "content_start": 0, "end": 10}], "marks": []}
    for judgement, speaker, fate in [("unresolved", None, "unknown"), ("certain", "p1", "wrong")]:
        turns = [turn(0, 10, None, speaker, judgement)]
        record: Any = SimpleNamespace(sources=[SimpleNamespace(text=TEXT)], turns=turns)
        assert leave_one_out.owners(record, gold, SCORE)[fate] == 10


# ------------------------------------------------------------------ with the bench, when it is there


@pytest.mark.skipif(
    not (bench.DEFAULT / "structure" / "score.py").is_file(), reason="the bench is not beside us"
)
def test_gold_as_an_answer_scores_100() -> None:
    case = bench.cases(bench.DEFAULT / "structure" / "dev")[0]
    gold = json.loads(case.gold_path.read_text("utf-8"))
    tally = structure.score(structure.Job(bench.DEFAULT, "dev", case), case.text(), gold)
    columns = structure._columns(bench.DEFAULT, tally)
    assert {
        columns[name] for name in ("precision", "recall", "f1", "end", "label", "e2e", "char", "mark_kind_f1")
    } == {100.0}


# ----------------------------------------------------------------------------------- injected differences


@pytest.mark.parametrize(
    ("judged", "expected"),
    [
        ({"omitted": (4, 4, 1.0), "number": (6, 2, 0.5)}, (50.0, 500 / 6)),
        ({"omitted": (0, 4, None)}, (0.0, 0.0)),
        ({}, (0.0, 0.0)),
    ],
)
def test_kinds_weigh_as_much_as_they_have_differences(
    judged: dict[str, tuple[int, int, float | None]], expected: tuple[float, float]
) -> None:
    said = {kind: {"flagged": flagged, "gold": gold, "R": r} for kind, (flagged, gold, r) in judged.items()}
    assert tuple(collation.injected_values(said).values()) == pytest.approx(expected)


def test_nothing_flagged_is_no_precision_and_no_crash() -> None:
    assert lost_values({"P": None, "R": 0.0}) == {"precision_lost": 0.0, "recall_lost": 0.0}


# ------------------------------------------------------------------------------------------------ formats


def test_other_bytes_in_the_second_round_are_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    record = read(exports.EXAMPLES / "transcript.de.txt", ledger=False)
    write, rounds = formats.export, iter(range(2))
    monkeypatch.setattr(formats, "export", lambda record, name: write(record, name) + b"\n" * next(rounds))
    assert list(exports.faults(record, "jsonl")) == ["its bytes are others when it is written again"]


def test_a_reader_that_is_missing_is_said_before_anything_is_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["exports"])
    monkeypatch.setattr(exports, "find_spec", lambda module: None if module == "webvtt" else module)
    assert exports.main() == 69
    assert capsys.readouterr().err == "nothing checked: not installed (pip install webvtt-py)\n"
