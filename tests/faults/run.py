"""Every fault of docs/reliability.md at its acceptance figure, and a table at the end: `make faults`.

`python tests/faults/run.py [F01 …] [--share 0.1]`: some faults only, or so large a part of each count. Exit status 1
says that a figure was not reached. Faults that have no count are tests; their rows say how many of them passed.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

sys.path.append(str(Path(__file__).resolve().parents[1] / "store"))
sys.path.append(str(Path(__file__).resolve().parents[2]))

import batches
import crowded
import faults
import migrating
import network
import power
import standby
from samples import NOON, debate, record

from onrecord import store

ROOT = Path(__file__).resolve().parents[2]


class Row(NamedTuple):
    """A line of the table: what was done to the program, what is asked of it, what it did, and whether that will do."""

    how: str
    asked: str
    reached: str
    holds: bool


Fault = Callable[[Path, float], Row]
FAULTS: dict[str, tuple[str, Fault]] = {}


def fault(id: str, name: str) -> Callable[[Fault], Fault]:
    """A fault of the table."""

    def register(function: Fault) -> Fault:
        FAULTS[id] = (name, function)
        return function

    return register


def several(count: int, share: float) -> int:
    """So large a part of a count, and one at least."""
    return max(1, round(count * share))


@fault("F01", "kill -9 during import")
def _killed(folder: Path, share: float) -> Row:
    times = several(200, share)
    found = faults.killed(folder, times, 12)
    return Row(f"{times} kills", "0 lost, 0 half, 0 different", str(found), found == (0, 0, 0))


@fault("F02", "kill -9 during migration, reindexing")
def _migrated(folder: Path, share: float) -> Row:
    times, reached, holds = several(100, share), [], True
    for what in ("migrate", "reindex"):
        found = migrating.killed(folder, times, what)
        reached.append(f"{what}: {found.between} between, {found.before} old, {found.after} new")
        holds &= not found.between
        for left in folder.iterdir():
            left.unlink()
    reached[-1] = reached[-1].partition(",")[0]  # an index has no number
    return Row(f"{times} kills each", "old or new, never between", "; ".join(reached), holds)


@fault("F03", "loss of power")
def _unpowered(folder: Path, share: float) -> Row:
    if not shutil.which("strace"):
        return Row("not tried", "0 lost", "no strace here: apt-get install strace", False)
    for name in ("talks", "live"):
        (folder / name).mkdir()
    for number in range(8):
        (folder / "talks" / f"{number}.txt").write_text(debate(number), "utf-8")
    calls = power.recorded(folder / "live", folder / "talks", "archive")
    found = power.replayed(calls, folder / "lost", "archive", several(2000, share))
    how = f"{found.points} points in {len(calls)} calls, 8 texts"
    return Row(
        how, "0 lost, 0 broken", f"{found.lost} lost, {found.broken} broken", not found.lost + found.broken
    )


@fault("F04", "disk full")
def _filled(folder: Path, share: float) -> Row:
    status, told, found = faults.full(folder, 24)
    good = (status, told.count("\n"), found) == (74, 1, (0, 0, 0))
    source = folder / "whole"
    for verb in ("backup", "export-archive"):
        done = _limited(verb, str(folder / "copy"), "--archive", str(source))
        good &= (done.returncode, done.stderr.count("\n")) == (74, 1) and not list(folder.glob("copy*"))
    done = _limited("verify", str(source))
    good &= done.returncode in (0, 65, 74) and "Traceback" not in done.stderr
    with store.open(source) as archive:
        good &= not archive.verify()
    return Row(
        "a limit on files: import, backup, export, temporary", "status 74, one line, nothing half",
        f"{status}, {found}" if good else f"{status} {told} {found} {done.stderr}", good,
    )  # fmt: skip


def _limited(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The program where no file may be larger than 36 KiB; -B, or its compiled modules would be cut as well."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (36 << 10, 36 << 10))

    program = [sys.executable, "-B", "-m", "onrecord", *arguments]
    return subprocess.run(program, capture_output=True, text=True, check=False, preexec_fn=limit)


@fault("F05", "crowds")
def _crowded(folder: Path, share: float) -> Row:
    found = []
    for writers in (2, 4, 8):
        place = folder / str(writers)
        place.mkdir()
        found.append(
            faults.crowd(str(place / "archive"), str(place / "whole"), writers, 16, several(24, share))
        )
    holds = all(one == (0, 0, 0) for one in found)
    return Row("2, 4, 8 writers, 16 readers", "0 errors, 0 half, same content", f"{found[-1]}", holds)


@fault("F06", "damaged bits, cut files")
def _damaged(folder: Path, share: float) -> Row:
    rest = folder / "rest"
    with store.open(folder / "living", create=True) as archive:
        for seed in range(60):
            text = debate(seed, 20)
            archive.add(record(text), text.encode(), added=NOON)
        archive.backup(str(rest))
    flips = faults.damaged(rest, folder / "copy", several(300, share), faults.flip)
    cuts = faults.damaged(rest, folder / "copy", several(60, share), faults.truncate)
    holds = (
        flips.found >= 0.97 * flips.damaged and cuts.found == cuts.damaged and not flips.wrong + cuts.wrong
    )
    return Row(
        f"{flips.damaged} flips, {cuts.damaged} cuts", "≥ 97 %, 100 %, 0 wrong served",
        f"{flips.found}, {cuts.found}, {flips.wrong + cuts.wrong} wrong", holds,
    )  # fmt: skip


@fault("F10", "bombs in a batch")
def _bombed(folder: Path, share: float) -> Row:
    pages = several(996, share)
    batches.bombs(folder, pages)
    found = batches.read(folder)
    holds = (found.read, found.refused, found.status) == (
        pages + 1,
        ["bomb.docx", "deep.json", "endless.pdf"],
        3,
    )
    reached = f"{found.read} read, {len(found.refused)} refused by name, {found.seconds:.0f} s"
    return Row(f"{pages + 4} inputs, 4 bombs", "all others read", reached, holds)


@fault("F11", "the network")
def _netted(folder: Path, share: float) -> Row:
    found, inside = network.met()
    slowest, most = max(one.seconds for one in found), max(one.read for one in found)
    holds = slowest < 11 and most < 21.5e6 and not inside and all(one.said != "accepted" for one in found)
    reached = f"{slowest:.1f} s, {most / 1e6:.0f} MB, {inside} inside"
    return Row(
        f"{len(found)} servers that mean harm",
        "refused in 10 s, 20 MB (and one block), 0 inside",
        reached,
        holds,
    )


@fault("F13", "PostgreSQL fails over")
def _failed_over(folder: Path, share: float) -> Row:
    programs = standby.programs()
    if programs is None:
        return Row("not tried", "0 lost", "no PostgreSQL here: apt-get install postgresql", False)
    with standby.pair(programs) as both:
        found = standby.failed_over(both, folder / "whole", several(40, share), several(15, share))
    holds = not (found.lost or found.faults or found.different)
    return Row(
        "kill -9 of the primary, standby promoted",
        "0 lost, same content",
        f"{found.lost} lost, {found.faults} faults",
        holds,
    )


@fault("F18", "the web under load and attack")
def _attacked(folder: Path, share: float) -> Row:
    found = crowded.attacked(folder, several(3000, share), several(50, share), 5.0)
    holds = not found.wrong + found.faults + found.scripts and found.together <= 3 * found.alone
    return Row(
        f"{found.pages} pages read, {found.attacks} attacks", "0 errors, 0 5xx, 0 scripts, p95 within 3 × alone",
        f"{found.wrong} errors, {found.faults} 5xx, {found.scripts} scripts, p95 {found.together:.2f} s"
        f" (alone {found.alone:.2f} s)",
        holds,
    )  # fmt: skip


TESTS = {
    # what it is called, the tests that it is, and which of these
    "F07": ("a file that changes", "tests/faults/test_faults.py", "while_it_is_read"),
    "F08": ("clocks and zones", "tests/faults/test_faults.py", "clock or time_zone"),
    "F09": ("an interrupted batch", "tests/faults tests/corpus", "stopped or interrupted or killed"),
    "F12": (
        "no HOME, closed, read-only",
        "tests/faults",
        "environment or streams or permission or nothing_may",
    ),
    "F14": ("old and later archives", "tests/store/test_store_opening.py", ""),
    "F15": ("versions in any order", "tests/store/test_store_archive.py", "order_of_arrival or same_bytes"),
    "F16": ("1,000 places in an edited text", "tests/store/test_store_corrections.py", "thousand"),
    "F17": ("there and back", "tests/export/test_formats.py", "there_and_back or same_bytes or parquet"),
}


def tested(where: str, which: str) -> Row:
    """A fault whose acceptance is a set of tests."""
    command = [sys.executable, "-m", "pytest", *where.split(), "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, "-k", which] if which else command, cwd=ROOT, capture_output=True, text=True, check=False
    )
    reached = (done.stdout.strip().splitlines() or ["nothing"])[-1].partition(" in ")[0]
    return Row(where, "all pass", reached, done.returncode == 0)


def main() -> int:
    """Run, and print the table."""
    parser = argparse.ArgumentParser("python tests/faults/run.py")
    parser.add_argument("faults", metavar="F01", nargs="*")
    parser.add_argument("--share", type=float, default=1.0, help="of every count")
    options = parser.parse_args()
    wanted = options.faults or sorted({*FAULTS, *TESTS})
    rows = []
    for id in wanted:
        start, before = time.monotonic(), os.times()
        if id in TESTS:
            name, where, which = TESTS[id]
            row = tested(where, which)
        else:
            name, function = FAULTS[id]
            with tempfile.TemporaryDirectory(prefix="onrecord-fault-") as folder:
                row = function(Path(folder), options.share)
        after = os.times()
        worked = sum(after[:4]) - sum(before[:4])
        print(f"{id} {'holds' if row.holds else 'FAILS'}: {row.reached} ({time.monotonic() - start:.0f} s, "
              f"{worked:.0f} s of processor)", file=sys.stderr, flush=True)  # fmt: skip
        rows.append((id, name, row))
    print("| | fault | how | asked | reached | |\n|---|---|---|---|---|---|")
    for id, name, row in rows:
        print(
            f"| {id} | {name} | {row.how} | {row.asked} | {row.reached} | {'holds' if row.holds else 'FAILS'} |"
        )
    return int(not all(row.holds for _, _, row in rows))


if __name__ == "__main__":
    sys.exit(main())
