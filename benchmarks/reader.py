"""The reader under load: fifty people at once over ten thousand events, against one alone.

`python -m benchmarks.reader [--events N] [--readers N] [--think SECONDS]` builds an archive of small,
fictional events, all cast from one mould, serves it with `onrecord serve` and prints what people waited for a page.
"""

from __future__ import annotations

import argparse
import http.client
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from onrecord import store
from onrecord.record import decode, encode, read_source
from onrecord.sources import open_bytes

WORDS = (
    "harbour pier ferry island treaty border customs rescue lighthouse strait fishing engine council".split()
)
_NUMBER, _WORD = "00000", "mouldword"
MOULD = (
    f"Talks number {_NUMBER}, 14 March 2031\n\n"
    f"Ilse Marrow: We agreed to open the {_WORD}. The fee is 12 crowns.\n\n"
    f"Tomas Arkell: I did not agree to a fee. We will publish the map of number {_NUMBER} in April.\n\n"
    f"Ilse Marrow: The question of the {_WORD} remains open.\n\n"
    "Tomas Arkell: Thank you.\n"
)
"""Number and word are replaced by others of the same length, so that every span of the mould holds."""
PAGES = 6  # that each reader opens


class Visit(NamedTuple):
    """One page that somebody waited for."""

    seconds: float
    status: int
    address: str


def build(path: Path, events: int) -> list[str]:
    """An archive of so many events; the addresses of their versions."""
    mould = read_source(open_bytes("talks.txt", MOULD.encode()))
    cast, old = encode(mould), mould.sources[0].sha256
    links = []
    with store.open(path, create=True) as archive:
        archive.engine.run("PRAGMA synchronous = OFF")  # a benchmark's archive need not outlive a power loss
        for number in range(events):
            word = WORDS[number % len(WORDS)].ljust(len(_WORD), "s")[: len(_WORD)]
            data = MOULD.replace(_NUMBER, f"{number:05}").replace(_WORD, word).encode()
            made = cast.replace(_NUMBER.encode(), b"%05d" % number).replace(_WORD.encode(), word.encode())
            made = made.replace(old.encode(), sha256(data).hexdigest().encode())
            links.append(
                archive.add(decode(made), data, added="2031-05-04T12:00:00Z", event=f"talks-{number}").link
            )
    return links


@contextmanager
def served(path: Path) -> Iterator[int]:
    """A server of the archive, for as long as it is needed; the port at which it listens."""
    command = [sys.executable, "-m", "onrecord", "serve", "--archive", str(path), "--port", "0", "--readonly"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert server.stderr is not None
        said = server.stderr.readline()
        port = int(said.partition(";")[0].rpartition(":")[2])
        _await(port)
        yield port
    finally:
        server.terminate()
        server.wait()


def _await(port: int) -> None:
    """Until the server answers: it says where it will listen before it does."""
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except ConnectionRefusedError:
            time.sleep(0.1)
    raise TimeoutError(f"nobody listens at port {port}")


def address(choose: random.Random, links: list[str]) -> str:
    """What somebody opens next: mostly records, now and then a search or a list."""
    link = choose.choice(links)
    word, other = choose.sample(WORDS, 2)
    return choose.choice(
        (
            link, link, f"{link}/t2", link.partition("/v/")[0], f"/search?q={word}+{other}",
            f"/events?page={choose.randint(1, 9)}", "/open", "/speaker?name=Ilse+Marrow",
        )
    )  # fmt: skip


def read(port: int, seed: int, pages: int, think: float, links: list[str], visits: list[Visit]) -> None:
    """One reader with one connection, who looks at each page for half to one and a half times `think`."""
    choose = random.Random(seed)
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    time.sleep(choose.random() * think)
    for _ in range(pages):
        asked, start = address(choose, links), time.perf_counter()
        line.request("GET", asked)
        answer = line.getresponse()
        answer.read()
        visits.append(Visit(time.perf_counter() - start, answer.status, asked))
        time.sleep(think * (0.5 + choose.random()))
    line.close()


def crowd(port: int, readers: int, think: float, links: list[str]) -> list[Visit]:
    """What so many readers at once waited for."""
    visits: list[Visit] = []
    threads = [
        threading.Thread(target=read, args=(port, seed, PAGES, think, links, visits))
        for seed in range(1, readers + 1)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return visits


def row(what: str, visits: list[Visit], expected: int) -> str:
    """A line of the table: median, 95 of 100, the slowest page, and what was no page."""
    waited = sorted(one.seconds for one in visits)
    slowest = max(visits)
    wrong = expected - sum(one.status == 200 for one in visits)
    p95 = statistics.quantiles(waited, n=20)[18]
    return (
        f"| {what} | {statistics.median(waited):.3f} s | {p95:.3f} s"
        f" | {slowest.seconds:.2f} s {slowest.address} | {wrong} |"
    )


def main() -> None:
    """Build, serve, measure, print."""
    parser = argparse.ArgumentParser("python -m benchmarks.reader")
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--think", type=float, default=5.0, help="seconds on a page, half to one and a half")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.onrecord"
        links = build(path, options.events)
        with served(path) as port:
            warm: list[Visit] = []
            read(port, 98, 20, 0, links, warm)
            alone: list[Visit] = []
            read(port, 99, 60, 0.02, links, alone)
            together = crowd(port, options.readers, options.think, links)
    print("| readers | median | 95 of 100 | slowest | errors |\n|---|---|---|---|---|")
    print(row("one alone", alone, 60))
    many = f"{options.readers}, a page every {options.think:g} s"
    print(row(many, together, options.readers * PAGES))


if __name__ == "__main__":
    main()
