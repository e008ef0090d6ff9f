"""Change the inputs of the corpus against one target after the other; each new kind of failure leaves a file.

    python tests/fuzz/run.py MINUTES [--atheris] [TARGET ...]

MINUTES are those of each target; none named: all of them. Small changes to seeds that are near to real input find more
in parsers than random bytes do: flips, cuts, doubled and swapped pieces, pieces of other seeds, and words that formats
take special notice of. With `--atheris` (`pip install atheris`) the hunt is steered by coverage too (`steer.py`): what
reaches a new edge is kept in build/fuzz and changed further, in this run and the next.
"""

from __future__ import annotations

import hashlib
import random
import re
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from targets import CORPUS, TARGETS

SLOW = 10  # seconds for one small input
STEER = Path(__file__).with_name("steer.py")
NEW = Path(__file__).resolve().parents[2] / "build" / "fuzz"
NOTABLE = [
    b"\0", b"\xff\xfe", b"\xed\xa0\x80", "\u202e".encode(), "\u200b".encode(), b"<!DOCTYPE a>", b"<![CDATA[", b"-->",
    b"]]>", b"<!--", b"&#xD800;", b"&#0;", b"\\ud800", b"1e999", b"NaN", b"-1", b"9" * 400, b"[" * 300, b"<b>" * 300,
    b'"', b"'", b"\r", b"\x85", b"%PDF-", b"PK\x03\x04", b"\x1f\x8b", b"\xe2\x80\x9c", b": ", b"\n\n", b"*" * 40,
]  # fmt: skip


def mutated(seed: bytes, others: list[bytes], choose: random.Random) -> bytes:
    """The seed after a few changes."""
    data = bytearray(seed)
    for _ in range(choose.randint(1, 6)):
        at = choose.randrange(len(data) + 1)
        end = min(len(data), at + choose.randint(1, 1 << choose.randint(0, 8)))
        kind = choose.randrange(6)
        if kind == 0 and at < len(data):
            data[at] ^= 1 << choose.randrange(8)
        elif kind == 1:
            del data[at:end]
        elif kind == 2:
            data[at:at] = data[at:end] * choose.randint(1, 8)
        elif kind == 3:
            data[at:at] = choose.choice(NOTABLE)
        elif kind == 4:
            other = choose.choice(others)
            start = choose.randrange(len(other) + 1)
            data[at:end] = other[start : start + choose.randint(1, 200)]
        else:
            data[at:end] = choose.randbytes(end - at)
    return bytes(data[:200_000])


def seeds(target: str) -> list[bytes]:
    """The kept inputs of a target, found bugs among them."""
    return [path.read_bytes() for path in sorted((CORPUS / target).iterdir())]


def late(number: int, frame: FrameType | None) -> None:
    """What the clock does."""
    raise TimeoutError(f"more than {SLOW} s")


def failure(act: Callable[[bytes], None], data: bytes) -> str | None:
    """The kind of failure, as the innermost line of ours and the exception; None where there is none."""
    start = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, SLOW)  # of processor time: a busy machine is no bug
    try:
        act(data)
    except Exception as error:
        ours = [
            f
            for f in traceback.extract_tb(error.__traceback__)
            if "onrecord" in f.filename or "fuzz" in f.filename
        ]
        return f"{Path(ours[-1].filename).name}:{ours[-1].lineno} {type(error).__name__}: {str(error)[:120]}"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    if time.process_time() - start > SLOW:  # the clock struck where every exception is caught
        return f"slow {act.__name__}: more than {SLOW} s"
    return None


def hunt(target: str, seconds: float, seed: int) -> tuple[int, dict[str, bytes]]:
    """How many inputs were tried, and the first input of each kind of failure."""
    choose = random.Random(f"{target} {seed}")
    known, found, tried = seeds(target), {}, 0
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        data = mutated(choose.choice(known), known, choose)
        tried += 1
        if (kind := failure(TARGETS[target], data)) is not None:
            if (name := kind.partition(": ")[0]) not in found:
                print(f"{target}: {kind}", flush=True)
            found.setdefault(name, data)
    return tried, found


def kept(target: str, found: dict[str, bytes]) -> None:
    """What broke becomes a test."""
    for data in found.values():
        (CORPUS / target / f"found-{hashlib.sha256(data).hexdigest()[:12]}").write_bytes(data)


def steered(target: str, seconds: float) -> str:
    """The same by coverage, in a process of its own, because libFuzzer ends it; what is to be said of it."""
    before = len(seeds(target))
    command = [
        sys.executable,
        str(STEER),
        target,
        str(round(seconds)),
        str(NEW / target),
        str(CORPUS / target),
    ]
    done = subprocess.run(
        command, stdout=None, stderr=subprocess.PIPE, text=True, errors="replace", check=False
    )
    tried, edges = re.findall(r"^#(\d+)", done.stderr, re.M), re.findall(r"cov: (\d+)", done.stderr)
    if done.returncode or not edges:
        print(done.stderr[-2000:], file=sys.stderr)
        return f"ended with status {done.returncode} after {(tried or ['0'])[-1]} inputs"
    return f"{tried[-1]} inputs, {edges[-1]} edges, {len(seeds(target)) - before} kinds of failure"


def main(minutes: float, names: list[str], *, atheris: bool) -> int:
    """Hunt through the targets in turn; 1 where something was found."""
    signal.signal(signal.SIGPROF, late)
    before = sum(len(seeds(target)) for target in TARGETS)
    for target in names or TARGETS:
        if atheris:
            said = steered(target, minutes * 60)
        else:
            tried, found = hunt(target, minutes * 60, int(time.time()))
            kept(target, found)
            said = f"{tried} inputs, {len(found)} kinds of failure"
        print(f"{target}: {said}", flush=True)
    return min(sum(len(seeds(target)) for target in TARGETS) - before, 1)


if __name__ == "__main__":
    given = [word for word in sys.argv[1:] if word != "--atheris"]
    sys.exit(main(float(given[0]), given[1:], atheris="--atheris" in sys.argv))
