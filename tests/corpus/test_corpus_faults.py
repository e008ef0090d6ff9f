"""Documents that hang, eat memory or kill, and runs that are stopped: the rest is done, and nothing twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.corpus.datasets import ODD, content, held, rows

from onrecord import corpus
from onrecord.corpus import Progress
from onrecord.corpus.journal import Claim, Entry, Journal, Quarantined, _bodies
from onrecord.errors import CannotWrite, UsageError

Talks = Callable[..., Path]
LIMITS = corpus.Limits(seconds=3.0, memory=512)


@pytest.mark.parametrize(
    ("word", "kind", "told"),
    [
        ("HANG", "time", "took longer than 3 s"),
        ("EAT", "memory", "wanted more than 512 MiB of memory"),
        ("DIE", "killed", "the worker died of it twice (SIGKILL)"),
        ("BUG", "fault", "ValueError: no such pier"),
    ],
)
def test_one_bad_document_costs_itself_alone(
    talks: Talks, tmp_path: Path, word: str, kind: str, told: str
) -> None:
    texts = [f"Vance: Berth {n}." for n in range(12)]
    texts[7] = f"Vance: {word}."
    summary = corpus.run(
        [talks(texts)], tmp_path / "out", workers=2, shard_size=6, limits=LIMITS, reading=ODD
    )
    assert held(tmp_path / "out") == {"talks.jsonl:8": (kind, told)}
    assert summary.documents == 11 and summary.status == 3


def test_a_worker_that_is_killed_once_changes_nothing(talks: Talks, tmp_path: Path) -> None:
    texts = [f"Vance: Berth {n}." for n in range(6)]
    texts[3] = f"Vance: ONCE {tmp_path / 'mark'}"
    whole = corpus.run([talks(texts)], tmp_path / "out", workers=1, reading=ODD)
    assert whole.status == 0 and whole.documents == whole.read == 6
    again = corpus.run([talks(texts)], tmp_path / "other", workers=1, reading=ODD)
    assert content(again.out) == content(whole.out)


@pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
def test_an_interrupted_run_goes_on_where_it_was(talks: Talks, tmp_path: Path, share: float) -> None:
    """At most one document a worker is read twice, and the dataset is that of a run in one piece."""
    path = talks([f"Vance: SLOW berth {n}." for n in range(120)])
    begun = 0

    def stop(progress: Progress) -> None:
        nonlocal begun
        begun = progress.begun
        if begun >= 120 * share:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        corpus.run([path], tmp_path / "out", workers=2, shard_size=40, reading=ODD, progress=stop)
    assert not (tmp_path / "out" / "_SUCCESS").exists()
    summary = corpus.run([path], tmp_path / "out", workers=2, shard_size=40, reading=ODD)
    assert summary.documents == 120
    assert begun + summary.read <= 120 + 2 + 2  # two more may begin between the last look and the stop
    whole = corpus.run([path], tmp_path / "whole", workers=1, shard_size=40, reading=ODD)
    assert content(summary.out) == content(whole.out)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_program_that_is_killed_goes_on_where_it_was(
    talks: Talks, tmp_path: Path, how: signal.Signals
) -> None:
    path = talks([f"Vance: SLOW berth {n}." for n in range(200)])
    program = (
        f"from onrecord import corpus; corpus.run([{str(path)!r}], {str(tmp_path / 'out')!r}, workers=2, "
        f"shard_size=100, reading={ODD!r})"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    running = subprocess.Popen([sys.executable, "-c", program], env=environment, stderr=subprocess.DEVNULL)
    work = tmp_path / "out" / "_work"
    deadline = time.monotonic() + 60
    while (
        sum(file.stat().st_size for file in work.glob("*.journal")) < 20_000 and time.monotonic() < deadline
    ):
        time.sleep(0.02)
    running.send_signal(how)
    assert running.wait(30) != 0
    time.sleep(0.3)  # a child whose parent is gone notices with its next document
    kept = sum(_entries(file) for file in work.glob("*.journal"))
    summary = corpus.run([path], tmp_path / "out", workers=2, shard_size=100, reading=ODD)
    assert summary.documents == 200 and 0 < kept < 200
    assert summary.read == 200 - kept


def _entries(path: Path) -> int:
    with path.open("rb") as file:
        return max(len(list(_bodies(file))) - 1, 0)


@pytest.mark.parametrize("cut", [1, 5, 40])
def test_a_torn_entry_does_not_count(tmp_path: Path, cut: int) -> None:
    claim, path = Claim("f", "v", "l", "r"), tmp_path / "a.journal"
    journal = Journal(path, claim)
    for index in range(3):
        journal.append(Entry(index, quarantined=Quarantined(f"a:{index}", "damaged", "x" * 50)))
    journal.close()
    path.write_bytes(path.read_bytes()[:-cut])
    again = Journal(path, claim)
    assert again.next == 2
    assert [entry.index for entry in again.entries()] == [0, 1]
    again.close()
    other = Journal(path, Claim("g", "v", "l", "r"))
    assert other.next == 0
    other.close()


def test_an_orphan_that_hangs_ends_by_itself(talks: Talks, tmp_path: Path) -> None:
    """The program is killed while a document hangs; the next run waits for its worker, and not for ever."""
    path = talks(["Vance: Berth 1.", "Vance: HANG."])
    program = (
        f"from onrecord import corpus; corpus.run([{str(path)!r}], {str(tmp_path / 'out')!r}, workers=1, "
        f"reading={ODD!r}, limits=corpus.Limits(2.0, 512))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    running = subprocess.Popen([sys.executable, "-c", program], env=environment, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not any(_entries(file) for file in (tmp_path / "out" / "_work").glob("*.journal")):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    running.kill()
    running.wait()
    summary = corpus.run([path], tmp_path / "out", workers=1, reading=ODD, limits=corpus.Limits(2.0, 512))
    assert summary.quarantined == {"time": 1} and summary.read == 1


def test_higher_limits_read_again_what_they_stopped(talks: Talks, tmp_path: Path) -> None:
    path = talks(["Vance: EAT.", "Vance: Berth 2."])
    first = corpus.run([path], tmp_path / "out", workers=1, reading=ODD, limits=LIMITS)
    same = corpus.run([path], tmp_path / "out", workers=1, reading=ODD, limits=LIMITS)
    more = corpus.run([path], tmp_path / "out", workers=1, reading=ODD, limits=LIMITS._replace(memory=600))
    assert (first.kept, same.kept, more.kept) == (0, 1, 0)
    assert "600 MiB" in held(tmp_path / "out")["talks.jsonl:1"][1]


def test_a_disk_that_is_full_is_said_and_then_gone_on(
    talks: Talks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = talks([f"Vance: Berth {n}." for n in range(4)])
    corpus.run([path], tmp_path / "out", workers=1)
    before = content(tmp_path / "out")
    for part in (tmp_path / "out" / "_manifests").iterdir():
        part.unlink()
    (tmp_path / "out" / "_work").chmod(0o500)
    if os.geteuid() == 0:  # nothing stops root but a file in the place of a folder
        (tmp_path / "out" / "_work").chmod(0o700)
        (next((tmp_path / "out" / "turns").iterdir())).unlink()
        (tmp_path / "out" / "turns").rmdir()
        (tmp_path / "out" / "turns").touch()
    with pytest.raises((CannotWrite, PermissionError)):
        corpus.run([path], tmp_path / "out", workers=1)
    (tmp_path / "out" / "_work").chmod(0o700)
    if os.geteuid() == 0:
        (tmp_path / "out" / "turns").unlink()
    corpus.run([path], tmp_path / "out", workers=1)
    assert content(tmp_path / "out") == before


def test_one_run_at_a_time(talks: Talks, tmp_path: Path) -> None:
    path = talks(["Vance: SLOW."])

    def again(progress: Progress) -> None:
        with pytest.raises(UsageError, match="another run is writing"):
            corpus.run([path], tmp_path / "out")

    corpus.run([path], tmp_path / "out", workers=1, reading=ODD, progress=again)
    assert len(rows(tmp_path / "out", "turns")) == 1
