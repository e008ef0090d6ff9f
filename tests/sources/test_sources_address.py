"""Fetching: what is refused before any packet, and how a hostile server is survived."""

# ruff: noqa: E501  a row of a table is one line

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from onrecord.errors import NoInput, OnrecordError, Refused
from onrecord.sources import address, fetch, is_address

# ------------------------------------------------------------------------------------ before any packet

NEVER = [
    "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://0x7f.1/",
    "http://2130706433/", "http://127.1/", "http://0/", "http://017700000001/", "http://169.254.1.1/",
    "http://[fe80::1]/", "http://[fd00::1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://10.1.2.3/",
    "http://172.16.0.1/", "http://192.168.0.1/", "http://100.64.0.1/", "http://224.0.0.1/", "http://255.255.255.255/",
    "http://[ff02::1]/", "http://[::]/", "http://192.0.2.1/", "file:///etc/hostname", "ftp://arland.example/",
    "gopher://arland.example/", "data:text/html,hi", "javascript:alert(1)", "//arland.example/", "http:\\\\arland.example\\",
    "http://user:pw@arland.example/", "http://arland.example@127.0.0.1/", "http://arland%2eexample/",
    "http://arland.example:99999/", "http://arland.example:0/", "http://arland.example:x/", "http://ⓐrland.example/",
    "http://127。0。0。1/", "http://arland.example/a b", "http://arland.example/\r\nHost: x", "http://", "http://intranet/",
    "http://printer.local/", "http://[::1", "http://arland.example\0/", "https://-a.example/",
]  # fmt: skip


@pytest.mark.parametrize("refused", NEVER)
def test_refused_before_any_packet(refused: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def packet(*_: object, **__: object) -> None:
        raise AssertionError("a packet was sent")

    for name in ("getaddrinfo", "create_connection", "socket"):
        monkeypatch.setattr(socket, name, packet)
    with pytest.raises(Refused) as refusal:
        fetch(refused)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("https://a.example/", True),
        ("HTTP://A", True),
        ("file:///a", True),
        ("a.txt", False),
        ("C:\\a", False),
        ("-", False),
    ],
)
def test_what_is_meant_as_an_address(text: str, meant: bool) -> None:
    assert is_address(text) is meant


# ---------------------------------------------------------------------------------- against real servers

Reply = Callable[[BaseHTTPRequestHandler], None]
PAGES: dict[str, Reply] = {}


def page(path: str) -> Callable[[Reply], Reply]:
    def register(reply: Reply) -> Reply:
        PAGES[path] = reply
        return reply

    return register


def send(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


@page("/speech")
def _speech(handler: BaseHTTPRequestHandler) -> None:
    body = "<html><body><p>Été.</p></body></html>".encode("cp1252")
    send(handler, body, Content_Type="text/html; charset=iso-8859-1", Set_Cookie="a=b")


@page("/moved")
def _moved(handler: BaseHTTPRequestHandler) -> None:
    send(handler, b"", 302, Location="/speech")


@page("/inside")
def _inside(handler: BaseHTTPRequestHandler) -> None:
    send(handler, b"", 302, Location="http://10.0.0.1/")


@page("/file")
def _file(handler: BaseHTTPRequestHandler) -> None:
    send(handler, b"", 301, Location="file:///etc/hostname")


@page("/loop")
def _loop(handler: BaseHTTPRequestHandler) -> None:
    send(handler, b"", 302, Location="/loop")


@page("/bomb")
def _bomb(handler: BaseHTTPRequestHandler) -> None:
    send(handler, gzip.compress(b"a" * 30_000_000), Content_Encoding="gzip")


@page("/packed")
def _packed(handler: BaseHTTPRequestHandler) -> None:
    send(handler, gzip.compress(b"Good evening."), Content_Encoding="gzip", Content_Type="text/plain")


@page("/two")
def _two(handler: BaseHTTPRequestHandler) -> None:
    send(handler, gzip.compress(b"Good evening. ") + gzip.compress(b"Good night."), Content_Encoding="gzip")


@page("/half")
def _half(handler: BaseHTTPRequestHandler) -> None:
    send(handler, gzip.compress(b"Good evening." * 99)[:-20], Content_Encoding="gzip")


@page("/short")
def _short(handler: BaseHTTPRequestHandler) -> None:
    send(handler, b"Good eve", Content_Length="500")


@page("/odd")
def _odd(handler: BaseHTTPRequestHandler) -> None:
    send(handler, b"x", Content_Encoding="br")


@page("/endless")
def _endless(handler: BaseHTTPRequestHandler) -> None:
    send(handler, b"")
    for _ in range(40):
        handler.wfile.write(b"a" * 1_000_000)


@page("/drip")
def _drip(handler: BaseHTTPRequestHandler) -> None:
    send(handler, b"")
    for _ in range(100):
        handler.wfile.write(b"a")
        time.sleep(0.1)


class _Server(BaseHTTPRequestHandler):
    seen: list[tuple[str, str | None, str | None]] = []

    def do_GET(self) -> None:
        self.seen.append((self.path, self.headers["Host"], self.headers["Cookie"]))
        try:
            PAGES.get(self.path, lambda handler: send(handler, b"", 404))(self)
        except OSError:
            return  # the client hung up, as it should

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server that the name press.example leads to; for the test alone its loopback address counts as public."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    real, inside = socket.getaddrinfo, address.inside

    def resolve(host: str, *rest: object, **named: object) -> object:
        return real("127.0.0.1" if host == "press.example" else host, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(address, "inside", lambda ip: ip != "127.0.0.1" and inside(ip))
    _Server.seen.clear()
    yield f"http://press.example:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_page_is_read_with_its_declared_charset_and_final_address(site: str) -> None:
    opened = fetch(f"{site}/moved")
    assert opened.reading.text == "Été."
    assert opened.reading.metadata["address"] == f"{site}/speech"
    assert [seen[0] for seen in _Server.seen] == ["/moved", "/speech"]
    assert _Server.seen[0][1] == site.removeprefix("http://")


def test_a_packed_page(site: str) -> None:
    assert fetch(f"{site}/packed").reading.text == "Good evening."


BAD: list[tuple[str, type[OnrecordError], str]] = [
    ("/inside", Refused, "inside this network"),
    ("/file", Refused, "only http and https"),
    ("/loop", Refused, "more than 5 redirects"),
    ("/bomb", Refused, "larger than 20 MB"),
    ("/endless", Refused, "larger than 20 MB"),
    ("/odd", Refused, "not asked for"),
    ("/half", NoInput, "stops in the middle"),
    ("/two", Refused, "something stands behind"),
    ("/short", NoInput, "no complete answer|stops in the middle"),
    ("/none", NoInput, "answers 404 Not Found"),
]


@pytest.mark.parametrize(("path", "error", "message"), BAD)
def test_a_bad_server_is_refused(site: str, path: str, error: type[OnrecordError], message: str) -> None:
    with pytest.raises(error, match=message):
        fetch(site + path)


def test_a_slow_drip_ends_at_the_deadline(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(address, "_SECONDS", 0.5)
    started = time.monotonic()
    with pytest.raises(NoInput, match=r"within 0\.5 s"):
        fetch(f"{site}/drip")
    assert time.monotonic() - started < 3


def test_a_public_name_with_an_inner_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(2, 1, 6, "", ("93.184.216.34", 80)), (2, 1, 6, "", ("10.0.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: both)
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: pytest.fail("connected"))
    with pytest.raises(Refused, match=r"the host arland\.example is inside this network"):
        fetch("http://arland.example/")
