"""Faults injected into an archive: killed writers, full disks, flipped bits, crowds. Short in tests, long by hand.

A child process adds documents and acknowledges each on its standard output once `add` has returned; what is done to
it, and what is left of the archive then, is counted here.
"""

from __future__ import annotations

import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from samples import NOON, debate, record

from onrecord import store
from onrecord.errors import CannotWrite, OnrecordError

HERE = Path(__file__).resolve().parent


def child(
    address: str, numbers: Iterable[int], *, limit: int = 0, patient: bool = False
) -> subprocess.Popen[str]:
    """A process that adds documents; with `limit` no file of it may grow beyond so many bytes."""
    listed = ",".join(map(str, numbers))
    # -B: under a limit on files Python leaves half a compiled module behind
    command = [sys.executable, "-B", str(HERE / "faults.py"), address, listed, str(limit), str(int(patient))]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=HERE)


def add_all(address: str, numbers: Iterable[int], limit: int, patient: bool) -> int:
    """What the child does; its exit status is that of the first error."""
    if limit:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    for number in numbers:
        for attempt in range(200 if patient else 1):
            try:
                with store.open(address, create=True) as archive:
                    text = debate(number)
                    archive.add(record(text, f"{number}.txt"), text.encode(), added=NOON)
                break
            except OnrecordError as error:
                if not patient or attempt == 199:
                    print(error, file=sys.stderr)
                    return error.exit_status
                time.sleep(0.1)
        print(number, flush=True)
    return 0


class Counted(NamedTuple):
    """What was lost, half there, or different; all must be zero."""

    lost: int
    half: int
    different: int


def complete(path: str, numbers: range) -> str:
    """The digest of an archive to which all documents were added in peace."""
    process = child(path, numbers)
    told = process.communicate()[1]
    assert process.returncode == 0, told
    with store.open(path) as archive:
        return archive.digest()


def killed(folder: Path, times: int, documents: int, seed: int = 1) -> Counted:
    """kill -9 at random moments while adding, then add all of it again."""
    numbers = range(documents)
    start = time.monotonic()
    wanted = complete(str(folder / "whole"), numbers)
    span, choose = time.monotonic() - start, random.Random(seed)
    lost = half = different = 0
    for round in range(times):
        path = str(folder / f"killed{round}")
        process = child(path, numbers)
        time.sleep(choose.random() * span)
        process.kill()
        acknowledged = (process.communicate()[0] or "").split()
        if Path(path).exists() and acknowledged:
            with store.open(path) as archive:
                half += len(archive.verify())
                held = {one.sha256 for event in archive.events() for one in archive.versions(event.id)}
                lost += sum(record(debate(int(n))).sources[0].sha256 not in held for n in acknowledged)
        different += complete(path, numbers) != wanted
    return Counted(lost, half, different)


def full(folder: Path, documents: int) -> tuple[int, str, Counted]:
    """A disk that fills up, and then has space again; exit status and message of the writer that met it."""
    numbers = range(documents)
    wanted = complete(str(folder / "whole"), numbers)
    size = (folder / "whole").stat().st_size
    path = str(folder / "full")
    process = child(path, numbers, limit=size // 2)
    acknowledged, told = process.communicate()
    with store.open(path) as archive:
        half = len(archive.verify())
        lost = len(acknowledged.split()) - archive.count()
    different = complete(path, numbers) != wanted
    return process.returncode, told, Counted(max(lost, 0), half, int(different))


def crowd(address: str, whole: str, writers: int, readers: int, documents: int) -> Counted:
    """Writers of overlapping documents and readers at once; readers must never see half a document."""
    numbers = list(range(documents))
    wanted = complete(whole, range(documents))
    with store.open(address, create=True):
        pass
    processes = []
    for writer in range(writers):
        mine = numbers[:]
        random.Random(writer).shuffle(mine)
        processes.append(child(address, mine[: documents * 3 // 4] if writer else mine))
    watching = [
        subprocess.Popen([sys.executable, str(HERE / "faults.py"), address], cwd=HERE) for _ in range(readers)
    ]
    failed = sum(bool(process.communicate()[1]) for process in processes)
    half = sum(process.wait() != 0 for process in watching)
    with store.open(address) as archive:
        return Counted(failed, half + len(archive.verify()), int(archive.digest() != wanted))


def watch(address: str, rounds: int = 20) -> int:
    """What a reader does: every version that is counted reads whole, and every hit reads its own words."""
    for _ in range(rounds):
        with store.open(address, readonly=True) as archive:
            for event in archive.events():
                for version in archive.versions(event.id):
                    if len(archive.record(version.id).turns) != 6:
                        return 1
            for hit in archive.search("say").hits:
                if "say" not in hit.passage.text:
                    return 1
    return 0


class Found(NamedTuple):
    """Of damaged copies of an archive: those that `verify` found, and those that served wrong characters."""

    damaged: int
    found: int
    wrong: int


def damaged(path: Path, copy: Path, times: int, damage: Callable[[bytearray, random.Random], bytes]) -> Found:
    """Damage copies of a closed archive, verify each, and read from each what it will still give."""
    raw, choose = path.read_bytes(), random.Random(2)
    texts = {}
    with store.open(path, readonly=True) as archive:
        for event in archive.events():
            for version in archive.versions(event.id):
                texts[version.id] = archive.record(version.id).sources[0].text
    found = wrong = 0
    for _ in range(times):
        for extra in ("-wal", "-shm"):
            copy.with_name(copy.name + extra).unlink(missing_ok=True)
        copy.write_bytes(damage(bytearray(raw), choose))
        found += bool(faults_of(copy))
        wrong += serves_wrong(copy, texts)
    return Found(times, found, wrong)


def faults_of(path: Path) -> list[str]:
    """What `verify` says of a file that may not even open."""
    return store.verify(path)


def serves_wrong(path: Path, texts: dict[str, str]) -> bool:
    """Whether any characters that the archive gives out are not those that were stored."""
    try:
        with store.open(path) as archive:
            for query in ("say", "harbour", "treaty"):
                for hit in archive.search(query, limit=100).hits:
                    span = hit.passage.span
                    if texts.get(hit.passage.version, "")[span.start : span.end] != hit.passage.text:
                        return True
            for id, text in list(texts.items())[:3]:
                if archive.record(id).sources[0].text != text:
                    return True
    except OnrecordError:
        return False
    return False


def flip(raw: bytearray, choose: random.Random) -> bytes:
    """One bit, anywhere."""
    at = choose.randrange(len(raw))
    raw[at] ^= 1 << choose.randrange(8)
    return bytes(raw)


def truncate(raw: bytearray, choose: random.Random) -> bytes:
    """The end is missing."""
    return bytes(raw[: choose.randrange(1, len(raw))])


if __name__ == "__main__":
    if len(sys.argv) == 2:
        sys.exit(watch(sys.argv[1]))
    _, where, listed, limit, patient = sys.argv
    try:
        status = add_all(where, map(int, listed.split(",")), int(limit), patient == "1")
    except CannotWrite as error:
        print(error, file=sys.stderr)
        status = error.exit_status
    sys.exit(status)
