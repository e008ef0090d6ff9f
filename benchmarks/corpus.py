"""A corpus through every engine: documents a second, memory of the parent, and whether the bytes are the same.

`python -m benchmarks.corpus [--documents N] [--runs N] [--engines pool:1,pool:2,daft:2,ray:2]` measures whole reading.
`--light` reads the first lines of each document only, so that a parent can be watched over very many documents.
Documents are debates of 2 kB to 60 kB in French and English, half of them short, always the same for a number.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.debate import turns
from onrecord import corpus
from onrecord.model import Record
from onrecord.record import read_source
from onrecord.sources import Opened, open_bytes

SIZES = (2_000, 60_000)
FILES = 8
LIGHT = 400
"""Characters of a document that `--light` reads; the rest is unpacked, hashed and kept out of the record."""


def light(opened: Opened) -> Record:
    """A reading that costs next to nothing: what is left is the corpus itself."""
    return _record(opened.reading.text[:LIGHT])


@lru_cache(maxsize=10_000)
def _record(text: str) -> Record:
    """Documents begin at one of 8,000 places of the same debates, so most of them are known already."""
    return read_source(open_bytes("light.txt", text.encode()), ledger=False)


def documents(number: int) -> Iterator[str]:
    """Debates with sizes spread evenly over their magnitudes, every second one in English."""
    choose = random.Random(11)
    pools = [list(islice(turns(name), 4_000)) for name in ("article.fr.txt", "official.en.txt")]
    smallest, largest = map(math.log, SIZES)
    for count in range(number):
        size = int(math.exp(choose.uniform(smallest, largest)))
        pool, at = pools[count % 2], choose.randrange(4_000)
        lines: list[str] = []
        while size > 0:
            lines.append(pool[at % len(pool)])
            size -= len(lines[-1].encode())
            at += 1
        yield "".join(lines)


def write(folder: Path, number: int) -> int:
    """The documents as JSONL in some files; their bytes."""
    each = -(-number // FILES)
    found = documents(number)
    for file in range(FILES):
        with (folder / f"part{file}.jsonl").open("w", encoding="utf-8") as lines:
            for count, text in enumerate(islice(found, each)):
                lines.write(json.dumps({"id": f"{file}-{count}", "text": text}, ensure_ascii=False) + "\n")
    return sum(path.stat().st_size for path in folder.iterdir())


def one(options: argparse.Namespace) -> None:
    """One run in this process, told as JSON: seconds, processor time, memory of the parent along the way."""
    import resource

    samples: list[tuple[float, float]] = []

    def watch(progress: corpus.Progress) -> None:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        samples.append((progress.share, pages * resource.getpagesize() / 1e6))

    reading = "benchmarks.corpus:light" if options.light else "onrecord.corpus:reading"
    summary = corpus.run(
        [options.input], options.out, engine=options.engine, workers=options.workers,
        shard_size=options.shard_size, progress=watch, reading=reading,
    )  # fmt: skip
    from onrecord.corpus import supervision

    shares = workers_cpu()
    supervision.stop()  # children that have ended are counted
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    first = [size for share, size in samples if share <= 0.1] or [samples[0][1]]
    last = [size for share, size in samples if share >= 0.9] or [samples[-1][1]]
    told = {
        "seconds": summary.seconds,
        "parent": used[0].ru_utime + used[0].ru_stime,
        "workers": used[1].ru_utime + used[1].ru_stime,
        "longest": max(shares, default=0.0),
        "documents": summary.documents,
        "words": summary.quality.total().words,
        "first": max(first),
        "last": max(last),
        "worker": used[1].ru_maxrss / 1000,
        "digest": digest(Path(options.out)),
        "bytes": sum(path.stat().st_size for path in Path(options.out).rglob("*.parquet")),
    }
    print(json.dumps(told))


def workers_cpu() -> list[float]:
    """Processor time of each child that is there (Linux): the longest one says how long idle cores would have taken."""
    ticks = os.sysconf("SC_CLK_TCK")
    children = [
        child
        for thread in Path("/proc/self/task").iterdir()
        for child in (thread / "children").read_text().split()
    ]
    fields = [Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split() for child in children]
    return [(int(values[11]) + int(values[12])) / ticks for values in fields]  # utime and stime of proc(5)


def digest(dataset: Path) -> str:
    """One hash over every file of a dataset and its name, sorted."""
    total = hashlib.sha256()
    for path in sorted(dataset.rglob("*")):
        if path.is_file() and path.name != "lock":
            total.update(path.relative_to(dataset).as_posix().encode() + b"\0")
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:12]


def measured(options: argparse.Namespace, folder: Path, name: str) -> dict[str, Any]:
    """One run in a process of its own; an engine that is not installed is an empty answer."""
    engine, _, workers = name.partition(":")
    with tempfile.TemporaryDirectory(dir=folder) as out:
        command = [
            sys.executable, "-m", "benchmarks.corpus", "--one", "--engine", engine, "--workers", workers,
            "--input", str(folder / "in"), "--out", str(Path(out) / "set"), "--shard-size", str(options.shard_size),
            *(["--light"] if options.light else []),
        ]  # fmt: skip
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = [line for line in answer.stdout.splitlines() if line.startswith("{")]
    if not lines:
        print(f"{name}: {answer.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        return {}
    found: dict[str, Any] = json.loads(lines[-1])
    return found


def main() -> None:
    """Write the corpus, run every engine in turn, and print the table."""
    options = _parser().parse_args()
    if options.one:
        one(options)
        return
    names = options.engines.split(",")
    with tempfile.TemporaryDirectory(dir=options.folder) as place:
        folder = Path(place)
        (folder / "in").mkdir()
        size = write(folder / "in", options.documents)
        load = os.getloadavg()[0]
        print(
            f"{options.documents:,} documents, {size / 1e6:,.0f} MB; load of the machine before: {load:.1f}\n"
        )
        found: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
        for _ in range(options.runs):
            for name in names:  # in turn, so that a busy minute of the machine hits all alike
                if answer := measured(options, folder, name):
                    found[name].append(answer)
    print("\n".join(table(found)))


def table(found: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    """A line for each engine; times are medians.

    On a machine that others use, seconds say little. The processor time of the longest worker is what a run takes on
    idle cores, where the parent has one as well or needs next to none of it.
    """
    yield (
        "| engine:workers | s | against the first | documents/s | cpu s of parent | of all workers "
        "| of the longest | against the first | parent MB, first and last tenth | peak of a worker MB "
        "| bytes of all files |"
    )
    yield "|---|" + "---:|" * 9 + "---|"
    first: dict[str, float] = {}
    for name, answers in found.items():
        if not answers:
            yield f"| {name} | not installed |"
            continue
        middle = {
            key: statistics.median(one[key] for one in answers)
            for key in ("seconds", "parent", "workers", "longest")
        }
        first = first or middle
        last = answers[-1]
        ratio = f"{first['longest'] / middle['longest']:.2f}" if middle["longest"] else ""
        yield (
            f"| {name} | {middle['seconds']:.1f} | {first['seconds'] / middle['seconds']:.2f} "
            f"| {last['documents'] / middle['seconds']:.1f} | {middle['parent']:.1f} | {middle['workers']:.1f} "
            f"| {middle['longest']:.1f} | {ratio} | {last['first']:.0f}, {last['last']:.0f} "
            f"| {last['worker']:.0f} | {last['digest']} |"
        )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m benchmarks.corpus", description=__doc__.splitlines()[0])
    add = parser.add_argument
    add("--documents", type=int, default=2_000)
    add("--runs", type=int, default=3)
    add("--engines", default="pool:1,pool:2,daft:2,ray:2")
    add("--shard-size", type=int, default=100)
    add("--light", action="store_true", help="read only the first lines of each document")
    add("--folder", help="where there is room for the corpus and its datasets")
    for name in ("--engine", "--input", "--out"):
        add(name, help=argparse.SUPPRESS)
    add("--workers", type=int, help=argparse.SUPPRESS)
    add("--one", action="store_true", help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    main()
