"""The reader in a browser under load and attack at once: people who read, and people who try to break in."""

from __future__ import annotations

import http.client
import random
import statistics
import threading
import time
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from benchmarks import reader

from onrecord import store
from onrecord.record import read_source
from onrecord.sources import open_bytes

SCRIPTED = (
    "Ida Morrow: <script>fetch('/' + document.cookie)</script> and <img src=x onerror=alert(1)>.\n\n"
    'Peter Vance: "><svg onload=alert(2)> {{7*7}} </textarea><iframe src=javascript:alert(3)>\n'
)
_QUERIES = ["'", '"', '"a', "a AND", "NEAR(", "*", "^a", "a:b", "-a", "%00", "a" * 3000, "((((", "\\",
            "<script>alert(1)", "'; DROP TABLE event; --", "{\u202e}", "🜚", "a OR 1=1", 'a" OR "b', "%"]  # fmt: skip
_PATHS = ["/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/static/..%2f..%2fetc/passwd", "//evil.example/", "/e/%00",
          "/e/" + "a" * 5000, "/e/x/v/y/c999999999999999999999-1", "/\\evil.example", "/e/%ff%fe", "/events?page=-1",
          "/events?page=9999999999999999999", "/events?page=x", "/nosuch", "/e/<script>alert(1)</script>"]  # fmt: skip
_ADDRESSES = ["http://127.0.0.1:22/", "http://[::1]/", "http://0x7f.1/", "file:///etc/passwd", "gopher://127.0.0.1/",
              "http://169.254.1.1/", "http://localhost.:80/", "http://2130706433/"]  # fmt: skip


class Counted(NamedTuple):
    """What the readers got beside an attack, and the attackers; 95 of 100 pages came within so many seconds."""

    pages: int
    wrong: int
    alone: float
    together: float
    attacks: int
    faults: int
    scripts: int


def attacked(folder: Path, events: int, readers: int, think: float, attackers: int = 4) -> Counted:
    """Readers at their pages, while attackers ask for what should not be."""
    path = folder / "events.onrecord"
    links = reader.build(path, events)
    with store.open(path) as archive:
        data = SCRIPTED.encode()
        made = read_source(open_bytes("scripted.txt", data), ledger=True)
        scripted = archive.add(made, data, added="2031-05-04T12:00:00Z", event="scripted").link
    with reader.served(path) as server:
        alone: list[reader.Visit] = []
        reader.read(server.port, 98, 20, 0, links, [])
        reader.read(server.port, 99, 40, 0.02, links, alone)
        stop, faults = threading.Event(), []
        hands = [
            threading.Thread(target=_attack, args=(server.port, seed, scripted, stop, faults))
            for seed in range(attackers)
        ]
        for hand in hands:
            hand.start()
        visits = reader.crowd(server.port, readers, think, links)
        stop.set()
        for hand in hands:
            hand.join()
    expected = readers * reader.PAGES
    return Counted(
        len(visits), expected - sum(one.status == 200 for one in visits), _p95(alone), _p95(visits),
        len(faults), sum(one == "fault" for one in faults), sum(one == "script" for one in faults),
    )  # fmt: skip


def _p95(visits: list[reader.Visit]) -> float:
    return statistics.quantiles([one.seconds for one in visits], n=20)[18]


def _attack(port: int, seed: int, scripted: str, stop: threading.Event, came: list[str]) -> None:
    """Ask for one bad thing after the other; what came of each: fine, fault or script."""
    choose = random.Random(seed)
    while not stop.is_set():
        query = quote(choose.choice(_QUERIES))
        asked, body = choose.choice(
            [
                (f"/search?q={query}", None),
                (choose.choice(_PATHS), None),
                (scripted, None),
                (f"{scripted}/t1", None),
                (f"/search?q={quote('script onerror')}", None),
                ("/open", f"address={quote(choose.choice(_ADDRESSES))}"),
            ]
        )
        came.append(_came(port, asked, body))
        time.sleep(0.05)


def _came(port: int, asked: str, body: str | None) -> str:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        line.putrequest("POST" if body else "GET", asked, skip_host=False)
        if body:
            line.putheader("Content-Type", "application/x-www-form-urlencoded")
            line.putheader("Content-Length", str(len(body)))
        line.endheaders(body.encode() if body else None)
        answer = line.getresponse()
        page = answer.read()
    except http.client.InvalidURL:  # this client does not even send it
        return "fine"
    except (OSError, http.client.HTTPException):
        return "fault"
    finally:
        line.close()
    if answer.status >= 500:
        return "fault"
    running = (b"<script>fetch", b"<script>alert", b"<img src=x", b"<svg onload", b"<iframe src=javascript")
    return "script" if any(one in page for one in running) else "fine"
