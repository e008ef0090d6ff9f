"""Faults of the machine around a reading: files that change, clocks that jump, batches that are stopped.

Those of the archive (kills, full disks, crowds, damaged bits) are in tests/store, those of the corpus in tests/corpus,
those of the network in tests/sources; docs/reliability.md has the whole table.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from batches import bombs, read

from onrecord.errors import BadData
from onrecord.sources import files, open_path

SPOKEN = "Ida Morrow: We will sign on 4 May 2031.\n\nPeter Vance: We will not.\n\nIda Morrow: Then we wait.\n"
CLEAN = {
    "PATH": os.environ["PATH"],
    "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
    "PYTHONDONTWRITEBYTECODE": "1",  # under a limit on files Python leaves half a compiled module behind
}
WRITTEN = 36 << 10  # bytes that a file of the fault "disk full" may have


def onrecord(
    *arguments: str, env: dict[str, str] | None = None, **how: Any
) -> subprocess.CompletedProcess[bytes]:
    how = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | how
    return subprocess.run(
        [sys.executable, "-m", "onrecord", *arguments],
        env={**CLEAN, **(env or {})},
        check=False,
        timeout=120,
        **how,
    )


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    """One small text."""
    path = tmp_path / "talk.txt"
    path.write_text(SPOKEN, "utf-8")
    return path


# ------------------------------------------------------------------------------------ F04, F12: nowhere to write


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_behind_standard_output_is_one_line(talk: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = onrecord("read", str(talk), "--json", stdout=full)
    assert done.returncode == 74
    assert done.stderr.count(b"\n") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_behind_standard_error_leaves_the_status(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        assert onrecord("read", str(tmp_path / "none.txt"), stderr=full).returncode == 66


def test_a_full_disk_leaves_no_half_file(talk: Path, tmp_path: Path) -> None:
    talk.write_text(SPOKEN * 400, "utf-8")
    out = tmp_path / "out"
    done = onrecord("read", str(talk), "--html", str(out), preexec_fn=limited)
    assert done.returncode == 74, done.stderr
    assert done.stderr.count(b"\n") == 1
    assert list(tmp_path.iterdir()) == [talk]


@pytest.mark.parametrize("verb", ["backup", "export-archive"])
def test_a_full_disk_leaves_no_half_copy_of_an_archive(verb: str, talk: Path, tmp_path: Path) -> None:
    noise = " ".join(f"{number * 7919 % 99991:x}" for number in range(20_000))
    talk.write_text(f"{SPOKEN}Ida Morrow: {noise}\n", "utf-8")
    archive = str(tmp_path / "archive")
    assert onrecord("add", str(talk), "--archive", archive).returncode == 0
    done = onrecord(verb, str(tmp_path / "copy"), "--archive", archive, preexec_fn=limited)
    assert done.returncode == 74, done.stderr
    assert done.stderr.count(b"\n") == 1 and b"/copy: " in done.stderr
    assert not list(tmp_path.glob("copy*"))
    assert onrecord("verify", archive).returncode == 0


def limited() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (WRITTEN, WRITTEN))


def test_a_reader_that_went_away_is_no_traceback(talk: Path) -> None:
    talk.write_text(SPOKEN * 2000, "utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "onrecord", "read", str(talk), "--json"],
        env=CLEAN, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    told = process.stderr.read()
    process.stderr.close()
    assert process.wait(60) in {0, 74, 141, -signal.SIGPIPE}
    assert b"Traceback" not in told


@pytest.mark.parametrize("closed", [0, 1, 2])
def test_standard_streams_that_are_closed(closed: int, talk: Path) -> None:
    done = onrecord("read", str(talk), "--json", stdin=None, preexec_fn=lambda: os.close(closed))
    assert done.returncode in {0, 74}
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    "env",
    [
        {},
        {"LC_ALL": "C"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"HOME": "/nonexistent"},
    ],
    ids=["bare", "C", "POSIX", "no home"],
)
def test_any_environment_gives_the_same_record(env: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "ete.html"
    path.write_text("<p>Marlène Castel : Oui.</p><p>Téodor Brask : Non, jamais.</p>", "utf-8")
    wanted = onrecord("read", str(path), "--json", env={"LC_ALL": "C.UTF-8", "HOME": "/root"}).stdout
    done = onrecord("read", str(path), "--json", env=env)
    assert done.returncode == 0, done.stderr
    assert done.stdout == wanted != b""


def test_a_folder_that_cannot_be_written_is_one_line(talk: Path) -> None:
    done = onrecord("read", str(talk), "--html", "/proc/nothing/page.html")
    assert done.returncode == 74
    assert done.stderr.count(b"\n") == 1


# ------------------------------------------------------------------------------------- F07: a file that changes


def test_a_file_that_grows_while_it_is_read_is_refused(talk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    look = os.fstat

    def grown(number: int) -> os.stat_result:
        seen = look(number)
        with talk.open("a") as file:
            file.write("Peter Vance: And one more word.\n")
        return seen

    monkeypatch.setattr(files.os, "fstat", grown)
    with pytest.raises(BadData, match="changed while it was read"):
        open_path(str(talk))


def test_a_file_that_is_cut_while_it_is_read_is_refused(talk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    look = os.fstat

    def cut(number: int) -> os.stat_result:
        seen = look(number)
        os.truncate(talk, 20)
        return seen

    monkeypatch.setattr(files.os, "fstat", cut)
    with pytest.raises(BadData, match="changed while it was read"):
        open_path(str(talk))


# ------------------------------------------------------------------------------------------ F08: clocks that jump

JUMP = """
import sys, time, datetime
shift = float(sys.argv.pop(1))
for name in ("time", "monotonic"):
    setattr(time, name, (lambda real: lambda: real() + shift)(getattr(time, name)))
from onrecord.cli import main
main()
"""


@pytest.mark.parametrize("years", [-10, 10])
def test_a_clock_that_is_wrong_changes_nothing(years: int, talk: Path) -> None:
    wanted = onrecord("read", str(talk), "--json").stdout
    shifted = subprocess.run(
        [sys.executable, "-c", JUMP, str(years * 31_556_952), "read", str(talk), "--json"],
        env=CLEAN, capture_output=True, check=True,
    )  # fmt: skip
    assert shifted.stdout == wanted != b""


@pytest.mark.parametrize("zone", ["America/St_Johns", "Pacific/Kiritimati", "Nowhere/AtAll"])
def test_a_time_zone_changes_nothing(zone: str, talk: Path) -> None:
    wanted = onrecord("read", str(talk), "--json").stdout
    assert onrecord("read", str(talk), "--json", env={"TZ": zone, "PYTHONTZPATH": ""}).stdout == wanted


# ------------------------------------------------------------------------------- F09, F10: batches that meet trouble


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, {130, -2}), (signal.SIGTERM, {143, -15})])
def test_a_batch_that_is_stopped_has_written_whole_records_only(
    number: signal.Signals, status: set[int], tmp_path: Path
) -> None:
    for index in range(400):
        (tmp_path / f"{index:03}.txt").write_text(SPOKEN * 5, "utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "onrecord", "read", str(tmp_path), "--json"],
        env=CLEAN, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    first = process.stdout.readline()
    process.send_signal(number)
    rest, told = process.communicate(timeout=60)
    assert process.returncode in status
    assert b"Traceback" not in told
    lines = (first + rest).splitlines(keepends=True)
    whole = [line for line in lines if line.endswith(b"\n")]
    assert len(lines) - len(whole) <= (number == signal.SIGTERM)  # the system's own end may cut the last line
    assert all(json.loads(line)["sources"] for line in whole)


def test_bombs_in_a_batch_are_refused_and_the_others_are_read(tmp_path: Path) -> None:
    bombs(tmp_path, 60)
    found = read(tmp_path)
    assert (found.read, found.status) == (61, 3)
    assert found.refused == ["bomb.docx", "deep.json", "endless.pdf"]
    assert found.seconds < 120
