"""The report: counts that add up, names that are safe to show, and a line of progress that says how long."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.corpus.datasets import rows

from onrecord import corpus
from onrecord.corpus.meter import meter
from onrecord.corpus.quality import COUNTS, Quality, Tally

TALLIES = [
    Tally("fr", "both", "colon", documents=2, words=900, speech=50, flags={"glued": 3}),
    Tally("en", "both", "colon", documents=1, words=100, speech=5, flags={"glued": 1, "bracket": 2}),
    Tally("fr", "article", "none", documents=4, words=1000),
]


def test_sums_add_up() -> None:
    quality = Quality([*TALLIES, TALLIES[0]])
    assert quality.total().flags == {"bracket": 2, "glued": 7}
    for field in ("language", "layout", "convention"):
        assert sum(one.words for one in quality.by(field)) == quality.total().words == 2900
    assert [one.language for one in quality.by("language")] == ["fr", "en"]
    assert quality.total().per_thousand == pytest.approx(9 / 2.9)
    assert "words" in COUNTS and "flags" not in COUNTS


def test_the_report_says_what_the_tables_hold(talks: Callable[..., Path], tmp_path: Path) -> None:
    texts = ["Vance: We leave the pier open.\nMorel: Until the spring.", "", "<script>alert(1)</script>"]
    summary = corpus.run([talks(texts, "<b>.jsonl")], tmp_path / "out", workers=1)
    page = (summary.out / "report.html").read_text()
    assert "&lt;b&gt;.jsonl:2" in page and "<b>.jsonl" not in page and "<script" not in page
    assert "empty input" in page
    told = list(csv.DictReader(io.StringIO((summary.out / "report.csv").read_text())))
    documents = rows(summary.out, "documents")
    assert sum(int(line["documents"]) for line in told) == len(documents) == summary.documents
    for name in ("characters", "speech", "attributed", "unattributed", "frame"):
        assert sum(int(line[name]) for line in told) == sum(row[name] for row in documents)
    assert sum(int(line["turns"]) for line in told) == len(rows(summary.out, "turns"))


def test_the_report_does_not_depend_on_who_is_first(talks: Callable[..., Path], tmp_path: Path) -> None:
    path = tmp_path / "broken.jsonl"
    path.write_text("{\n" * 600)
    pages = []
    for workers in (1, 3):
        summary = corpus.run([path], tmp_path / str(workers), workers=workers, shard_size=20)
        assert summary.quarantined == {"damaged": 600} and len(summary.examples) == 200
        pages.append((summary.out / "report.html").read_bytes())
    assert pages[0] == pages[1] and b"The first 200;" in pages[0]


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_for_terminals_alone(talks: Callable[..., Path], tmp_path: Path) -> None:
    with meter(io.StringIO()) as show:
        assert show is None
    terminal = _Terminal()
    with meter(terminal) as show:
        corpus.run([talks(["Vance: Yes."])], tmp_path / "out", workers=1, progress=show)
    assert "documents" in terminal.getvalue() and terminal.getvalue().endswith("\r\x1b[K")


@pytest.mark.parametrize("workers", [1, 3])
def test_the_share_of_the_input_only_grows_to_the_whole(
    talks: Callable[..., Path], tmp_path: Path, workers: int
) -> None:
    shares: list[float] = []
    path = talks([f"Vance: Berth {n}." for n in range(40)])
    corpus.run(
        [path], tmp_path / "out", workers=1, shard_size=10, progress=lambda one: shares.append(one.share)
    )
    assert shares == sorted(shares) and shares[-1] == 1.0
