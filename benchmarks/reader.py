"""The reader under load: fifty people at once over ten thousand events, and the first page of a very long record.

`python -m benchmarks.reader crowd [--events N] [--readers N] [--think SECONDS…]` builds an archive of small, fictional
events, all cast from one mould, serves it with `onrecord serve` and prints what people waited for a page: one who reads
alone, then all at once. `python -m benchmarks.reader long` puts a sitting of 20,000 turns beside one of 200 and prints
what their first pages take after a start of the server, in a server that runs, and again.

With `--archive PATH` what was built is kept there and used again. Waiting is told in seconds of the clock, which others
on the machine lengthen; the work of the server for a page in seconds of the processor.
"""

from __future__ import annotations

import argparse
import http.client
import os
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
from onrecord.web import opening

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
    """An archive of so many events, unless it is there; the addresses of their versions."""
    with store.open(path, create=True) as archive:
        held = archive.engine.rows("SELECT event, id FROM version ORDER BY number")
    if len(held) == events:
        return [f"/e/{event}/v/{version}" for event, version in held]
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


class Server(NamedTuple):
    """A server that runs: the port at which it listens and its process."""

    port: int
    process: int

    def worked(self) -> float:
        """Seconds of the processor that it took so far (Linux)."""
        fields = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(path: Path) -> Iterator[Server]:
    """A server of the archive, for reading only, for as long as it is needed."""
    command = [sys.executable, "-m", "onrecord", "serve", "--archive", str(path), "--port", "0", "--readonly"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert server.stderr is not None
        said = server.stderr.readline()
        port = int(said.partition(";")[0].rpartition(":")[2])
        _await(port)
        yield Server(port, server.pid)
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


def row(what: str, visits: list[Visit], expected: int, worked: float) -> str:
    """A line of the table: median, 95 of 100, the slowest page, what was no page, and the server's work for one."""
    waited = sorted(one.seconds for one in visits)
    slowest = max(visits)
    wrong = expected - sum(one.status == 200 for one in visits)
    p95 = statistics.quantiles(waited, n=20)[18]
    return (
        f"| {what} | {statistics.median(waited):.3f} s | {p95:.3f} s | {slowest.seconds:.2f} s {slowest.address}"
        f" | {wrong} | {1000 * worked / len(visits):.1f} ms |"
    )


def load(path: Path, events: int, readers: int, thinks: list[float]) -> None:
    """What one reader alone and so many at once wait for a page."""
    links = build(path, events)
    print(
        "| readers | median | 95 of 100 | slowest | errors | processor for a page |\n|---|---|---|---|---|---|"
    )
    with served(path) as server:
        read(server.port, 98, 40, 0, links, [])
        begun, alone = server.worked(), list[Visit]()
        read(server.port, 99, 200, 0.02, links, alone)
        print(row("one alone", alone, 200, server.worked() - begun))
        for think in thinks:
            begun = server.worked()
            together = crowd(server.port, readers, think, links)
            worked = server.worked() - begun
            print(row(f"{readers}, a page every {think:g} s", together, readers * PAGES, worked))


# ------------------------------------------------------------------------------------------------------ long records

NAMES = ("Ilse Marrow", "Tomas Arkell", "Wenna Oake")
BRIEF = ("The boats of berth {n} are in, and the harbour is as full as it was last week.",)
RICH = (
    "We agreed to open pier {n} in April, and the fee is {n} crowns.",
    "I do not accept the fee of {n} crowns. We will publish map {n} next week.",
    "The question of berth {n} remains open. You must answer it by 3 May 2031.",
    "I have nothing to add about the {n} boats that came in, and I said so before.",
    "We hope that lighthouse {n} will be lit again; the council refused to pay for lamp {n}.",
)
MORE = "The ferry of the island keeps its hours, whatever anybody says of it in the harbour today."
STARTS = 5  # of the server, for the very first page
KEPT, SECOND = "the first of it in a server that runs", "then the second page, or the only one again"


def sitting(turns: int, said: tuple[str, ...], more: str) -> bytes:
    """A sitting of so many turns, of which no two are alike."""
    return "".join(
        f"{NAMES[n * 7 % 3]}: {said[n % len(said)].format(n=n)} {more}\n\n" for n in range(turns)
    ).encode()


def sittings(path: Path) -> dict[str, tuple[str, str]]:
    """By kind the addresses of a record of 200 turns and of one of 20,000, as `onrecord add` keeps them."""
    found: dict[str, tuple[str, str]] = {}
    with store.open(path, create=True) as archive:
        for kind, said, more in (
            ("short turns", BRIEF, ""),
            ("long turns, a full ledger", RICH, f"{MORE} {MORE}"),
        ):
            links = []
            for turns in (200, 20_000):
                data = sitting(turns, said, more)
                if (held := archive.holding(sha256(data).hexdigest())) is None:
                    record = read_source(open_bytes("sitting.txt", data))
                    added = archive.add(
                        record, data, added="2031-05-04T12:00:00Z", event=f"s{len(found)}-{turns}"
                    )
                    opening.keep(archive, added.version)
                    held = archive.version(added.version)
                links.append(f"/e/{held.event}/v/{held.id}")
            found[kind] = links[0], links[1]
    return found


def first_page(server: Server, link: str) -> float:
    """Seconds until a page is there."""
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    start = time.perf_counter()
    line.request("GET", link)
    answer = line.getresponse()
    answer.read()
    assert answer.status == 200, link
    line.close()
    return time.perf_counter() - start


def long(path: Path) -> None:
    """The first page of 20,000 turns against that of 200: the best of a few starts, as others use the machine too."""
    print("| record | when | 200 turns | 20,000 turns | times |\n|---|---|---|---|---|")
    for kind, links in sittings(path).items():
        waited: dict[tuple[str, str], list[float]] = {}
        for _ in range(STARTS):
            for link in links:
                with served(path) as server:
                    waited.setdefault(("the first after a start", link), []).append(first_page(server, link))
                    waited.setdefault(("again", link), []).append(
                        min(first_page(server, link) for _ in range(5))
                    )
                with served(path) as server:
                    first_page(server, "/")
                    first_page(server, links[link == links[0]] + "/t2")  # another record, with all templates
                    first_page(server, links[link == links[0]])
                    waited.setdefault((KEPT, link), []).append(first_page(server, link))
                    waited.setdefault((SECOND, link), []).append(first_page(server, f"{link}?page=2"))
        for when in ("the first after a start", KEPT, SECOND, "again"):
            short, much = (min(waited[when, link]) for link in links)
            print(f"| {kind} | {when} | {short:.3f} s | {much:.3f} s | {much / short:.1f} |")


def main() -> None:
    """Build, serve, measure, print."""
    parser = argparse.ArgumentParser("python -m benchmarks.reader")
    parser.add_argument("what", choices=("crowd", "long"))
    parser.add_argument("--archive", type=Path, help="where what is built is kept for the next time")
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument(
        "--think",
        type=float,
        nargs="+",
        default=[10.0, 5.0, 3.0],
        help="seconds on a page, half to one and a half",
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.archive or Path(folder) / f"{options.what}.onrecord"
        if options.what == "crowd":
            load(path, options.events, options.readers, options.think)
        else:
            long(path)


if __name__ == "__main__":
    main()
