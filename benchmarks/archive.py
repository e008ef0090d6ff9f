"""The archive with a million utterances: does a search, or a quotation, take longer than in a small one?

`python -m benchmarks.archive [--utterances N] [--keep FOLDER]` builds archives from seeded, invented words whose
frequencies follow Zipf's law, as those of languages do, and prints a table: candidates for quotations against a scan
with `LIKE` and against the small archive; queries that nobody expects against one FTS5 term; adding against reading.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path

from benchmarks.debate import turns
from onrecord import store
from onrecord.model import Block, Record, Turn
from onrecord.record import read_source
from onrecord.sources import open_bytes
from onrecord.spans import Span
from onrecord.store import Archive

SMALL, LARGE = 10_000, 1_000_000
TURNS = 100
"""Utterances of one invented sitting."""
SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu".split()
HOSTILE = (
    '"', '""', "'", "*", "a*b", "NEAR(", "NEAR(a b,", "col:x", "text : x", "-", "^", "(a OR", "a AND", "NOT",
    "' OR 1=1 --", "%", "_", "\\", "🤝", "é", "a" * 100_000, "a " * 20_000, "\u202e", "{a b}:c", "C++", "№5", "1 234",
    "ba", "ba ce", '"ba ce"', "ba ce di fo gu ha je ki lo mu na pe", "bab*", '"ba ce', "ba,", ".", "ba's", "ba ba ba",
)  # fmt: skip
"""Queries as people and attackers type them; `ba`, `ce` … are the most frequent words of the invented language."""


@cache
def vocabulary() -> tuple[list[str], list[float]]:
    """30,000 invented words, most frequent first, and their cumulated weights by Zipf's law."""
    pairs = [a + b for a in SYLLABLES for b in SYLLABLES]
    words = SYLLABLES + pairs + [a + b for a in pairs for b in pairs][: 30_000 - len(SYLLABLES) - len(pairs)]
    return words, list(accumulate(1 / rank for rank in range(1, len(words) + 1)))


def sitting(number: int) -> list[str]:
    """The utterances of an invented sitting, always the same for a number."""
    choose = random.Random(number)
    words, weights = vocabulary()
    drawn = iter(choose.choices(words, cum_weights=weights, k=30 * TURNS))
    lengths = [choose.randint(6, 28) for _ in range(TURNS)]
    return [" ".join(next(drawn) for _ in range(length)).capitalize() + "." for length in lengths]


@cache
def _mould() -> Record:
    return read_source(open_bytes("mould.txt", b"Vance: Yes.\n"))


def record(number: int) -> tuple[Record, bytes]:
    """A sitting as a record, cast from a mould: the archive is measured here, not the reading."""
    from hashlib import sha256

    from msgspec.structs import replace

    mould, at = _mould(), 0
    lines, held = [], []
    for index, said in enumerate(sitting(number)):
        start = at + len("Vance: ")
        span = Span(at, start + len(said))
        first = mould.turns[0]
        held.append(
            Turn(
                f"t{index + 1}",
                "s1",
                span,
                f"Vance: {said}",
                Span(at, at + 5),
                (Span(start, span.end),),
                first.speaker,
                judgement=first.judgement,
            )
        )
        lines.append(f"Vance: {said}\n")
        at = span.end + 1
    text = "".join(lines)
    data = text.encode()
    digest = sha256(data).hexdigest()
    source = replace(mould.sources[0], sha256=digest, text_sha256=digest, text=text, languages=())
    whole = Block("s1", Span(0, len(text)), text, "transcript")
    event = replace(mould.event, title=None, date=None, participants=())
    return replace(mould, sources=(source,), event=event, blocks=(whole,), turns=tuple(held)), data


def build(path: Path, utterances: int) -> Archive:
    """An archive of so many utterances; one that is there already is opened."""
    if path.exists():
        return store.open(path)
    archive = store.open(path, create=True)
    archive.engine.run("PRAGMA synchronous = OFF")  # a benchmark's archive need not outlive a power loss
    for number in range(utterances // TURNS):
        made, data = record(number)
        archive.add(made, data, added="2031-05-04T12:00:00Z", event=f"sitting-{number}")
        if number % 1000 == 999:
            print(f"\r{(number + 1) * TURNS:,} utterances", end="", file=sys.stderr)
    archive.close()
    return store.open(path)


def quotations(utterances: int) -> Iterator[tuple[str, str]]:
    """200 quotations and what was said: half as spoken, a quarter with two words changed, a quarter never spoken."""
    choose = random.Random(3)
    for number in range(200):
        spoken = sitting(choose.randrange(utterances // TURNS))[choose.randrange(TURNS)]
        said = spoken.rstrip(".").split()
        if number % 4 == 1:
            said[len(said) // 2] = "zuzuzu"
            said[0] = "yoyo"
        if number % 4 == 3:
            choose.shuffle(said)
            said = said[::2] + sitting(10**9 + number)[0].split()[::2]
        yield " ".join(said), "" if number % 4 == 3 else spoken


def milliseconds(work: Callable[..., object], *given: object) -> float:
    """The best of three runs."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        work(*given)
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def measure(archive: Archive, utterances: int) -> dict[str, float]:
    """Times in milliseconds, and how often the passage of a quotation is among the candidates."""
    asked = list(quotations(utterances))
    checked = [milliseconds(archive.candidates, quote) for quote, _ in asked]
    held = [any(said == one.text for one in archive.candidates(quote)) for quote, said in asked if said]
    typed = [milliseconds(archive.search, query) for query in HOSTILE]
    terms = [vocabulary()[0][rank] for rank in (20, 50, 100, 200, 400)]
    plain = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT 20"
    single = [milliseconds(archive.engine.rows, plain, (f'"{term}"',)) for term in terms]
    ours = [milliseconds(archive.search, term) for term in terms]
    scan = "SELECT id FROM passage WHERE CAST(text AS TEXT) LIKE ? LIMIT 20"
    liked = [milliseconds(archive.engine.rows, scan, (f"%{quote}%",)) for quote, _ in asked[3:12:4]]
    return {
        "candidates, median": statistics.median(checked),
        "candidates, p95": percentile(checked, 95),
        "passage of the quotation among 20, %": 100 * statistics.mean(held),
        "LIKE '%…%' scan, median": statistics.median(liked),
        "one FTS5 term by rank, median": statistics.median(single),
        "the same term searched, median": statistics.median(ours),
        "hostile query, p95": percentile(typed, 95),
        "hostile query, worst": max(typed),
    }


def percentile(values: Sequence[float], share: int) -> float:
    """The value below which so many per cent of the values lie."""
    return sorted(values)[min(len(values) - 1, len(values) * share // 100)]


def adding(folder: Path, documents: int = 40) -> dict[str, float]:
    """Documents of 14 kB a second with all stages, alone and with the store."""
    texts = []
    for seed in range(documents):
        lines = turns("article.fr.txt", seed)
        texts.append("".join(next(lines) for _ in range(45)).encode())
    read_source(open_bytes("warm.txt", texts[0]), ledger=True)
    reading = stored = 0.0
    with store.open(folder / "adding.onrecord", create=True) as archive:
        for number, data in enumerate(texts):
            start = time.perf_counter()
            made = read_source(open_bytes(f"{number}.txt", data), ledger=True)
            middle = time.perf_counter()
            archive.add(made, data, added="2031-05-04T12:00:00Z")
            reading += middle - start
            stored += time.perf_counter() - middle
    return {
        "read with all stages, documents a second": documents / reading,
        "the same and added, documents a second": documents / (reading + stored),
        "share": reading / (reading + stored),
    }


def main(arguments: list[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser("python -m benchmarks.archive", description=__doc__)
    parser.add_argument("--utterances", type=int, default=LARGE)
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="build the archives there and keep them")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        table: list[dict[str, float]] = []
        for size in (SMALL, options.utterances):
            start = time.perf_counter()
            with build(folder / f"{size}.onrecord", size) as archive:
                print(f"\r{size:,} utterances after {time.perf_counter() - start:.0f} s", file=sys.stderr)
                table.append(measure(archive, size))
        print(f"| milliseconds | {SMALL:,} utterances | {options.utterances:,} utterances |\n|---|---|---|")
        for name in table[0]:
            print(f"| {name} | {table[0][name]:.2f} | {table[1][name]:.2f} |")
        for name, value in adding(Path(scratch)).items():
            print(f"| {name} | {value:.2f} | |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
