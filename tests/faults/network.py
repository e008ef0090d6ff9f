"""Servers that mean harm: how long they can hold a reader, how much they can send, and whether it turns inside."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from unittest import mock

from onrecord.errors import OnrecordError
from onrecord.sources import address, fetch

MIB = 1 << 20


class Met(NamedTuple):
    """One server: what it does, seconds until it was refused, what was read of it, and what was said of it."""

    what: str
    seconds: float
    read: int
    said: str


def _drip(handler: BaseHTTPRequestHandler) -> None:
    while True:
        handler.wfile.write(b"a")
        time.sleep(0.2)


def _endless(handler: BaseHTTPRequestHandler) -> None:
    while True:
        handler.wfile.write(b"a" * MIB)


def _bomb(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(gzip.compress(b"a" * (200 * MIB)))


def _short(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"Good eve")


def _nothing(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(30)


def _moved(handler: BaseHTTPRequestHandler) -> None:
    return


MEETINGS = {
    # path: status, headers, body
    "/drip": (200, {}, _drip),
    "/silence": (200, {"Content-Length": "9"}, _nothing),
    "/endless": (200, {}, _endless),
    "/bomb": (200, {"Content-Encoding": "gzip"}, _bomb),
    "/short": (200, {"Content-Length": "5000"}, _short),
    "/loop": (302, {"Location": "/loop"}, _moved),
    "/file": (302, {"Location": "file:///etc/hostname"}, _moved),
    "/inside": (302, {"Location": "http://127.0.0.2:{inner}/"}, _moved),
    "/metadata": (302, {"Location": "http://169.254.1.1/"}, _moved),
    "/rebound": (302, {"Location": "http://rebound.example:{inner}/"}, _moved),
}


@contextmanager
def _sites() -> Iterator[tuple[int, int, list[str]]]:
    """A public server, as far as this test is concerned, and one inside; what the one inside was asked for."""
    asked: list[str] = []
    inner = ThreadingHTTPServer(("127.0.0.2", 0), type("Inner", (_Quiet,), {"asked": asked}))
    _Outer.inner = inner.server_port
    outer = ThreadingHTTPServer(("127.0.0.1", 0), _Outer)
    for server in (inner, outer):
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
    yield outer.server_port, inner.server_port, asked
    inner.shutdown()
    outer.shutdown()


class _Quiet(BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        return


class _Outer(_Quiet):
    inner = 0

    def do_GET(self) -> None:
        status, headers, body = MEETINGS[self.path]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value.format(inner=self.inner))
        self.end_headers()
        try:
            body(self)
        except OSError:  # the reader hung up, as it should
            self.close_connection = True


def met() -> tuple[list[Met], int]:
    """Every meeting, and how many connections reached a server inside the network."""
    real, inside, receive = socket.getaddrinfo, address.inside, socket.socket.recv_into
    read = 0
    names = {"press.example": ["127.0.0.1"], "rebound.example": ["127.0.0.1", "127.0.0.2"]}
    answers = {name: iter([*given, *given[-1:] * 9]) for name, given in names.items()}

    def resolve(host: str, *rest: object, **named: object) -> object:
        known = next(answers[host]) if host in answers else host
        return real(known, *rest, **named)  # type: ignore[arg-type]

    def counted(line: socket.socket, *rest: object) -> int:
        nonlocal read
        count = receive(line, *rest)  # type: ignore[arg-type]
        read += count
        return count

    found = []
    with (
        _sites() as (port, _, asked),
        mock.patch.object(socket, "getaddrinfo", resolve),
        mock.patch.object(socket.socket, "recv_into", counted),
        mock.patch.object(address, "inside", lambda ip: ip != "127.0.0.1" and inside(ip)),
    ):
        for path in MEETINGS:
            answers["press.example"] = iter(["127.0.0.1"] * 20)
            read, start = 0, time.monotonic()
            try:
                fetch(f"http://press.example:{port}{path}")
                said = "accepted"
            except OnrecordError as error:
                said = str(error)
            found.append(Met(path, time.monotonic() - start, read, said))
    return found, len(asked)
