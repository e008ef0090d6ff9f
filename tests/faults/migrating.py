"""kill -9 while an archive gets a newer schema, or a new index: afterwards it is the old one or the new one."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from onrecord import store
from onrecord.record import read_source
from onrecord.sources import open_bytes
from onrecord.store import schema

OLD = schema.newest().number
STEPS = 200
"""Statements of the migration that is made up here: enough to be killed between any two of them."""


class Counted(NamedTuple):
    """Kills; archives neither old nor new, or that do not verify; and those killed before and after the change."""

    kills: int
    between: int
    before: int
    after: int


def later() -> None:
    """Let this program be one of a later version."""
    statements = tuple(f"CREATE TABLE later{n} (words {{text}})" for n in range(STEPS // 2))
    statements += (
        "UPDATE version SET added = added || 'Z'",
    )  # undone below: what was sealed stays as it was
    statements += ("UPDATE version SET added = substr(added, 1, length(added) - 1)",)
    statements += tuple(f"DROP TABLE later{n}" for n in range(1, STEPS // 2))
    schema.MIGRATIONS = (*schema.MIGRATIONS, schema.Migration(OLD + 1, "9.9", statements))


def filled(path: Path, documents: int) -> str:
    """An archive; its digest."""
    with store.open(path, create=True) as archive:
        for number in range(documents):
            said = f"Ida Morrow: On day {number} we open berth {number * 7}.\n\nPeter Vance: Not on day {number}.\n"
            record = read_source(open_bytes(f"{number}.txt", said.encode()))
            archive.add(record, said.encode(), added="2031-05-04T12:00:00Z", event=f"day-{number}")
        return archive.digest()


def killed(folder: Path, times: int, what: str, documents: int = 30, seed: int = 1) -> Counted:
    """kill -9 at random moments of `what`: migrate or reindex."""
    whole, choose = folder / "whole", random.Random(seed)
    digest = filled(whole, documents)
    span = _time(shutil.copy(whole, folder / "timed"), what)
    between = before = 0
    for number in range(times):
        path = Path(shutil.copy(whole, folder / f"{what}{number}"))
        process = _started(path, what)
        time.sleep(choose.random() * span * 1.1)
        process.kill()
        process.communicate()
        new = _is_new(path)
        between += not _holds(path, digest)
        before += not new
        for left in folder.glob(f"{path.name}*"):
            left.unlink()
    return Counted(times, between, before, times - before)


def _started(path: Path, what: str) -> subprocess.Popen[bytes]:
    """A process that is about to begin."""
    process = subprocess.Popen([sys.executable, __file__, what, str(path)], stdout=subprocess.PIPE)
    assert process.stdout
    process.stdout.readline()
    return process


def _time(path: str, what: str) -> float:
    process = _started(Path(path), what)
    start = time.monotonic()
    process.communicate()
    return time.monotonic() - start


def _is_new(path: Path) -> bool:
    import sqlite3

    with sqlite3.connect(path) as connection:
        (number,) = connection.execute("PRAGMA user_version").fetchone()
    connection.close()
    return bool(number > OLD)


def _holds(path: Path, digest: str) -> bool:
    """Whether it is an archive of one schema or the other, with all that was in it; seen by the newer program."""
    done = subprocess.run([sys.executable, __file__, "look", str(path)], capture_output=True, text=True)
    return done.stdout.split() == [digest]


def main(what: str, path: str) -> None:
    """What the killed process does, and the one that looks at what is left."""
    if what == "reindex":
        with store.open(path) as archive:
            print("begins", flush=True)
            archive.reindex()
        return
    old = not _is_new(Path(path))
    if what == "look" and old:
        with store.open(path) as archive:  # the older program must find it whole, too
            if problems := archive.verify():
                print(*problems)
    if what == "migrate" or not old:
        later()
    if what == "migrate":
        print("begins", flush=True)
    with store.open(path) as archive:
        if what == "look":
            print(*archive.verify(), archive.digest())


if __name__ == "__main__":
    main(*sys.argv[1:])
