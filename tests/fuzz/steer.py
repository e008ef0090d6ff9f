"""Hunt in one target by coverage: Atheris keeps each input that reaches a new edge of onrecord and changes it further.

    python tests/fuzz/steer.py TARGET SECONDS NEW FOUND

NEW is the folder of inputs that reached something new (it grows from run to run), FOUND that of what breaks. libFuzzer
ends the process by itself, so a failure is written the moment it is met, and `run.py` reads the figures that it prints.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import pkgutil
import random
import signal
import sys
from pathlib import Path

import atheris


def instrumented() -> None:
    """Import onrecord with its edges counted; counting those of every package takes minutes and steers astray."""
    quiet = os.dup(2)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # one line a module
    with atheris.instrument_imports(include=["onrecord"]):
        import onrecord

        for found in pkgutil.walk_packages(onrecord.__path__, "onrecord."):
            if not found.name.endswith("__main__"):
                importlib.import_module(found.name)
    os.dup2(quiet, 2)


def main(target: str, seconds: int, new: Path, found: Path) -> None:
    """Hunt; never returns."""
    instrumented()
    import run
    from targets import TARGETS

    act, known, kinds = TARGETS[target], run.seeds(target), set()
    signal.signal(signal.SIGPROF, run.late)

    def one(data: bytes) -> None:
        if (kind := run.failure(act, data)) is None or (name := kind.partition(": ")[0]) in kinds:
            return
        kinds.add(name)
        (found / f"found-{hashlib.sha256(data).hexdigest()[:12]}").write_bytes(data)
        print(f"{target}: {kind}", flush=True)

    def change(data: bytes, most: int, seed: int) -> bytes:
        """Half by libFuzzer, which knows what was compared with what; half by us, who know what formats notice."""
        choose = random.Random(seed)
        if choose.random() < 0.5:
            return atheris.Mutate(data, most)
        return run.mutated(data, known, choose)[:most]

    for folder in (new, found):
        folder.mkdir(parents=True, exist_ok=True)
    atheris.Setup(
        [
            sys.argv[0],
            f"-max_total_time={seconds}",
            f"-timeout={6 * run.SLOW}",  # for native code, that our own clock cannot interrupt
            f"-report_slow_units={60 * run.SLOW}",  # libFuzzer looks at the clock on the wall; ours is of work
            "-rss_limit_mb=3000",
            "-max_len=16384",
            f"-artifact_prefix={found}/",
            str(new),
            str(run.CORPUS / target),
        ],
        one,
        custom_mutator=change,
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[4]))
