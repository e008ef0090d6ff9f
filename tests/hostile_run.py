"""The program as a stranger would run it, and what must be true whatever he gives it.

It runs in a process of its own that may make no socket and write no file; processor time and memory (resident, of the
program or the child that reads for it, whichever is larger) are what the system counted.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from hostile_small import Expect, Record, text

SECONDS = 10
MIB = 1024 * 1024
MEMORY = 512 * MIB  # and MEMORY_PER_BYTE for each byte of input
MEMORY_PER_BYTE = 40
REFUSED_STATUS = frozenset({2, 65, 66})
SECRET = b"root:"  # the first word of the file that attacks try to include
_RAW = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]")

# A process that was forked from a large one counts the memory of that one as its own, so a small one stands between.
_MEASURE = """
import os, subprocess, sys
program = subprocess.Popen(sys.argv[2:])
_, status, used = os.wait4(program.pid, 0)
with open(sys.argv[1], "w") as told:
    print(used.ru_utime + used.ru_stime, used.ru_maxrss, file=told)
sys.exit(os.waitstatus_to_exitcode(status) & 255)
"""
_GUARDED = """
import os, runpy, sys
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
def look(event, arguments):
    if event.startswith("socket."):
        os.write(2, b"A SOCKET WAS MADE"); os._exit(99)
    named = event == "open" and isinstance(arguments[0], (str, bytes)) and arguments[0] != os.devnull
    if named and isinstance(arguments[2], int) and arguments[2] & WRITING:
        os.write(2, b"A FILE WAS WRITTEN: " + repr(arguments[0]).encode()); os._exit(99)
sys.addaudithook(look)
sys.argv[0] = "onrecord"
runpy.run_module("onrecord", run_name="__main__", alter_sys=True)
"""


class Answer(NamedTuple):
    """What the command line gave back, and what it took: seconds of processor time, bytes of memory."""

    status: int
    out: bytes
    err: bytes
    seconds: float = 0.0
    memory: int = 0

    @property
    def record(self) -> Record:
        """The one record on standard output."""
        made: Record = json.loads(self.out)
        return made


def onrecord(*arguments: str, told: Path, seed: str = "0", stdin: bytes = b"", wait: int = 600) -> Answer:
    """Run the program; `told` is where the small process between may write what it measured."""
    # A busy machine is no fault: the clock only ends what hangs, and processor time is the limit.
    done = subprocess.run(
        [sys.executable, "-S", "-c", _MEASURE, str(told), sys.executable, "-c", _GUARDED, *arguments],
        capture_output=True,
        input=stdin,
        env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
        timeout=wait,
    )
    seconds, kibibytes = told.read_text().split()
    return Answer(done.returncode, done.stdout, done.stderr, float(seconds), int(kibibytes) * 1024)


def read(
    path: Path, told: Path, *, seconds: float | None = SECONDS, limited: bool = True, seed: str = "0"
) -> Answer:
    """`onrecord read FILE --json`, held to what is true of every input."""
    answer = onrecord("read", str(path), "--json", told=told, seed=seed)
    shown = answer.err.decode("utf-8")
    assert "Traceback" not in shown and answer.status < 70, shown
    assert SECRET not in answer.out + answer.err
    assert not _RAW.search(answer.err), "a raw control on a terminal"
    if answer.status in REFUSED_STATUS:
        assert answer.out == b"", "nothing is recorded of what is refused"
        assert re.fullmatch(r"[^\n]{5,400}\n", shown), f"one line that says why, not {shown!r}"
    assert seconds is None or answer.seconds <= seconds
    if limited:
        assert answer.memory <= MEMORY + MEMORY_PER_BYTE * path.stat().st_size
    return answer


def meets(answer: Answer, expect: Expect, *, verified: bool = True) -> None:
    """Hold an answer against what must come of the input."""
    shown = answer.err.decode("utf-8")
    assert answer.status in expect.status, shown
    if answer.status not in {0, 3}:
        assert re.search(expect.says, shown), shown
        return
    records = answer.out.splitlines()
    if verified:
        exact(records)
    for record in map(json.loads, records):
        assert re.search(expect.says, said(record)), f"nothing says {expect.says!r}:\n{said(record)[:2000]}"
        assert expect.holds(record), text(record)[:500]


def exact(records: list[bytes]) -> None:
    """Every span reads the characters that the record claims."""
    from onrecord.record import decode, verify

    for line in records:
        assert verify(decode(line)) == []


def said(record: Record) -> str:
    """Everything in which a record warns: notes, reasons, judgements."""
    source = record["sources"][0]
    words = [f"{note['kind']}: {note['message']}" for note in source["notes"]]
    words += source["layout"]["reasons"]
    words += [f"{flag['kind']}: {flag['message']}" for flag in record["flags"]]
    for turn in record["turns"]:
        words += [turn["judgement"], *turn["reasons"]]
    for person in record["people"]:
        words += [reason for alias in person["aliases"] for reason in alias["reasons"]]
    return "\n".join(words)
