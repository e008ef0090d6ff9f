"""Comparing two accounts: onrecord against difflib, rapidfuzz and CollateX on the same ready tokens, in one run.

Each contestant runs in a child process of its own and times the second of two runs of its work: reading the tokens,
importing and what is loaded once are not counted. onrecord also finds moves, cuts sentences into beads and classifies
what differs; the others align.
"""

from __future__ import annotations

import platform
import random
import sys
from pathlib import Path

from benchmarks.cost import Cost
from benchmarks.peers import timed, version
from benchmarks.rows import Row

TITLE = "Comparing two accounts (seconds for ready tokens)"
SIZES = (1_000, 19_000, 80_000)
EDITED = 0.03  # of the words are left out, put in or changed

ACCOUNTS = """
a, b = (open(path, encoding="utf-8").read() for path in sys.argv[1:3])
"""
OURS = """
from onrecord.collation.account import Account
from onrecord.collation.differences import classify
from onrecord.collation.same_language import align
from onrecord.record import read_source
from onrecord.sources import open_bytes
left, right = (Account(read_source(open_bytes("a.txt", text.encode()), language="en")) for text in (a, b))
left.keys, right.keys
timed(lambda: classify(align(left, right), left, right))
"""
DIFFLIB = """
from difflib import SequenceMatcher
a, b = a.lower().split(), b.lower().split()
timed(lambda: SequenceMatcher(None, a, b, autojunk=False).get_opcodes())
"""
RAPIDFUZZ = """
from rapidfuzz.distance import Indel
a, b = a.lower().split(), b.lower().split()
timed(lambda: Indel.opcodes(a, b))
"""
COLLATEX = """
from collatex import collate
witnesses = [{"id": name, "tokens": [{"t": word, "n": word} for word in text.lower().split()]}
             for name, text in (("A", a), ("B", b))]
timed(lambda: collate({"witnesses": witnesses}, output="json", segmentation=False))
"""


def measure(folder: Path, runs: int, peer: Path | None) -> list[Row]:
    """Ours at each size; difflib up to 19,000 tokens; with a peer rapidfuzz, and CollateX once at 1,000."""
    rows = []
    for size in SIZES:
        files = _accounts(folder, size)
        ours = timed(sys.executable, ACCOUNTS + OURS, files, runs)
        rows.append(_row("onrecord: align and classify", ours, size, ours))
        if size <= 19_000:
            theirs = timed(sys.executable, ACCOUNTS + DIFFLIB, files, runs)
            rows.append(_row(f"difflib {platform.python_version()}, autojunk=False", theirs, size, ours))
        if peer:
            theirs = timed(str(peer), ACCOUNTS + RAPIDFUZZ, files, runs)
            rows.append(_row(version(str(peer), "rapidfuzz"), theirs, size, ours))
        if peer and size == SIZES[0]:
            theirs = timed(str(peer), ACCOUNTS + COLLATEX, files, 1)
            rows.append(_row(version(str(peer), "collatex"), theirs, size, ours))
    return rows


def _row(what: str, cost: Cost, size: int, ours: Cost) -> Row:
    note = f"{1000 * cost.cpu:.1f} ms for {size:,} tokens"
    return Row(what, cost, cost.cpu / ours.cpu, note)


def _accounts(folder: Path, size: int) -> list[str]:
    """A text of invented words with the frequencies of a language, and the same with differences."""
    choose = random.Random(size)
    words = ["".join(choose.choices("abdeilmnorstu", k=choose.randint(2, 9))) for _ in range(5000)]
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    text = choose.choices(words, weights, k=size)
    other = []
    for word in text:
        if choose.random() < EDITED:
            other += choose.choice(([], [word, choose.choice(words)], [choose.choice(words)]))
        else:
            other.append(word)
    paths = []
    for name, content in (("a", text), ("b", other)):
        path = folder / f"{name}{size}.txt"
        lines = (" ".join(content[at : at + 12]).capitalize() + "." for at in range(0, len(content), 12))
        path.write_text("\n".join(lines), "utf-8")
        paths.append(str(path))
    return paths
