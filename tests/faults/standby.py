"""PostgreSQL with a standby: the primary is killed in mid-import, the standby takes over, and the import goes on."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

sys.path.append(str(Path(__file__).parents[1] / "store"))

from faults import child, complete
from samples import debate, record

from onrecord import store


class Counted(NamedTuple):
    """Documents acknowledged before the primary died, those lost of all, faults, and whether the content differs."""

    before: int
    lost: int
    faults: int
    different: bool


def programs() -> Path | None:
    """Where PostgreSQL keeps its programs; Debian keeps them off the path."""
    known = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_basebackup"))
    found = shutil.which("pg_basebackup")
    return known[-1].parent if known else Path(found).parent if found else None


class Pair:
    """A primary that waits for its standby before it acknowledges, and the standby; both listen on sockets only."""

    def __init__(self, folder: Path, bin: Path) -> None:
        self.folder, self.bin = folder, bin
        self.other = (
            ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        )  # it refuses to run as root
        if self.other:
            shutil.chown(folder, "postgres")
        self.homes = [folder / "one", folder / "two"]
        for home in self.homes:  # not in the data: a copy of the data would have the socket's lock in it
            _socket(home).mkdir()
            if self.other:
                shutil.chown(_socket(home), "postgres")

    def run(self, name: str, *arguments: str) -> None:
        """One of PostgreSQL's programs, as a user that it accepts."""
        subprocess.run(
            [*self.other, self.bin / name, *arguments],
            check=True, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def start(self, home: Path, *settings: str) -> None:
        """A server in its folder, with its socket there."""
        always = ("listen_addresses=''", f"unix_socket_directories={_socket(home)}", "max_connections=30")
        given = " ".join(f"-c {one}" for one in (*always, *settings))
        self.run("pg_ctl", "-D", str(home), "-w", "-l", f"{home}.log", "-o", given, "start")

    def begin(self) -> None:
        """Both, with every commit on both disks before it is acknowledged."""
        one, two = self.homes
        self.run("initdb", "-D", str(one), "-U", "onrecord", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        self.start(one)
        self.run("pg_basebackup", "-D", str(two), "-R", "-X", "stream", "-h", str(_socket(one)), "-U", "onrecord",
                 "-c", "fast")  # fmt: skip
        self.run("pg_ctl", "-D", str(one), "-m", "fast", "stop")
        self.start(one, "synchronous_standby_names='*'")
        self.start(two)

    def fail_over(self) -> None:
        """kill -9 the primary and promote the standby."""
        one, two = self.homes
        os.kill(int((one / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        self.run("pg_ctl", "-D", str(two), "-w", "promote")

    @property
    def address(self) -> str:
        """Both of them; the driver takes the one that can be written."""
        one, two = self.homes
        return f"postgresql://onrecord@/postgres?host={_socket(one)},{_socket(two)}&target_session_attrs=read-write"

    def end(self) -> None:
        """Stop what still runs."""
        for home in self.homes:
            if (home / "postmaster.pid").exists():
                try:
                    self.run("pg_ctl", "-D", str(home), "-m", "immediate", "stop")
                except subprocess.CalledProcessError:  # the one that was killed left its file behind
                    continue


def _socket(home: Path) -> Path:
    return home.with_name(f"{home.name}-socket")


@contextmanager
def pair(bin: Path) -> Iterator[Pair]:
    """A pair of servers, for as long as it is needed."""
    folder = Path(tempfile.mkdtemp(prefix="onrecord-pair-"))
    made = Pair(folder, bin)
    try:
        made.begin()
        yield made
    finally:
        made.end()
        shutil.rmtree(folder, ignore_errors=True)


def failed_over(both: Pair, whole: Path, documents: int, at: int) -> Counted:
    """Add documents; when `at` are acknowledged the primary dies, and the import goes on at the standby."""
    numbers = range(documents)
    wanted = complete(str(whole), numbers)
    process = child(both.address, numbers, patient=True)
    assert process.stdout
    told = [process.stdout.readline() for _ in range(at)]
    both.fail_over()
    rest, wrong = process.communicate()
    acknowledged = [int(line) for line in (*told, *rest.split()) if line.strip()]
    if process.returncode:
        raise AssertionError(wrong)
    with store.open(both.address) as archive:
        held = {one.sha256 for event in archive.events() for one in archive.versions(event.id)}
        lost = sum(record(debate(number)).sources[0].sha256 not in held for number in acknowledged)
        return Counted(at, lost, len(archive.verify()), archive.digest() != wanted)
