"""Fetching one address, only when the user asks: web servers of the open Internet and nothing else.

Every host is resolved once, every address it resolves to must be public, and the connection goes to the
address that was checked; so a name that changes its mind between check and use gains nothing. Each redirect
is checked anew.
"""

from __future__ import annotations

import contextlib
import ipaddress
import re
import socket
import threading
import time
import zlib
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin, urlsplit

from onrecord.errors import NoInput, Refused
from onrecord.sources.files import printable
from onrecord.sources.limits import MAX_FETCH, MIB
from onrecord.sources.opening import Opened, open_bytes

if TYPE_CHECKING:
    import http.client

_SECONDS = 10.0  # for everything together, redirects included
_REDIRECTS = 5
_HOST = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,20}\.?")
_INNER_V6 = tuple(
    map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96"))
)
_HEADERS = {
    "User-Agent": "onrecord (reads one page for its user)",
    "Accept": "*/*",
    "Accept-Encoding": "gzip",
}


class _Target(NamedTuple):
    scheme: str
    host: str
    port: int
    path: str


class Retrieved(NamedTuple):
    """What a server sent: the address after redirects, the bytes, and what it calls them."""

    address: str
    data: bytes
    declared_type: str | None


def fetch(address: str) -> Opened:
    """Read one page; `Refused` before any packet where the address is not of the open web, `NoInput` if it
    fails.

    The final address (after redirects) is in `reading.metadata["address"]`. At most 20 MB and 10 seconds.
    """
    return opened(retrieve(address))


def opened(got: Retrieved) -> Opened:
    """What a server sent, read."""
    found = open_bytes(got.address, got.data, declared_type=got.declared_type)
    metadata = {**found.reading.metadata, "address": got.address}
    return found._replace(reading=found.reading._replace(metadata=metadata))


def retrieve(address: str) -> Retrieved:
    """The bytes of one page, for those who keep them; refuses and fails as `fetch` does."""
    deadline = time.monotonic() + _SECONDS
    current = address
    for _ in range(_REDIRECTS + 1):
        target = parse(current)
        status, headers, body = _request(target, current, deadline)
        if status in {301, 302, 303, 307, 308} and headers.get("Location"):
            onward = urljoin(current, headers["Location"])
            if target.scheme == "https" and not onward.lower().startswith("https:"):
                raise Refused(
                    f"{printable(address)}: redirects from https to {printable(onward)[:200]}; refused"
                )
            current = onward
            continue
        if status != 200:
            reason = _phrase(status)
            raise NoInput(f"{printable(current)}: the server answers {status} {reason}".rstrip())
        return Retrieved(current, body, headers.get("Content-Type"))
    raise Refused(f"{printable(address)}: more than {_REDIRECTS} redirects")


def _phrase(status: int) -> str:
    from http import HTTPStatus

    return HTTPStatus(status).phrase if status in set(HTTPStatus) else ""


def parse(address: str) -> _Target:
    """Take an address apart; `Refused` for anything but plain http(s) to a plain public host."""

    def refuse(reason: str) -> Refused:
        return Refused(f"{printable(address)[:200]}: {reason}")

    if not address.isascii() or not address.isprintable() or " " in address or "\\" in address:
        raise refuse("not a plain address (spaces, backslashes or characters beyond ASCII); refused")
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise refuse("no valid host or port (1 to 65535)") from None
    if parts.scheme not in {"http", "https"}:
        raise refuse("only http and https are fetched")
    if "@" in parts.netloc or "%" in parts.netloc:
        raise refuse("names a user or hides its host; refused")
    host = parts.hostname or ""
    try:
        literal = ipaddress.ip_address(host)
    except ValueError:
        # A last label of digits is an IP address in disguise (127.1, 0x7f000001, 2130706433).
        last = host.rstrip(".").rpartition(".")[2]
        if (
            not _HOST.fullmatch(host)
            or last[:1].isdigit()
            or host.endswith((".localhost", ".local", ".internal"))
        ):
            raise refuse("not a host of the open Internet; refused") from None
    else:
        if inside(str(literal)):
            raise refuse("an address inside this network; refused")
    if port == 0:
        raise refuse("no valid host or port (1 to 65535)")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return _Target(parts.scheme, host, port or (443 if parts.scheme == "https" else 80), path)


def inside(address: str) -> bool:
    """Whether an IP address is anything but a public one: loopback, private, link-local, shared, multicast,
    disguised.

    >>> inside("100.64.0.1"), inside("::ffff:127.0.0.1"), inside("93.184.216.34")
    (True, True, False)
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            ip = ip.ipv4_mapped
        elif any(ip in network for network in _INNER_V6):
            return True
    return not ip.is_global or ip.is_multicast or ip.is_reserved


def _resolve(target: _Target, shown: str, deadline: float) -> list[str]:
    """All addresses of a host, every one public; the system's resolver has no time limit, so it gets a
    thread.
    """
    found: list[str] = []

    def ask() -> None:
        try:
            answers = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return
        found.extend(dict.fromkeys(str(answer[4][0]) for answer in answers))

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(max(0.0, deadline - time.monotonic()))
    addresses = list(found)
    if not addresses:
        raise NoInput(f"{shown}: the host {target.host} cannot be found")
    if any(inside(address) for address in addresses):
        raise Refused(f"{shown}: the host {target.host} is inside this network; refused")
    return addresses


def _request(target: _Target, address: str, deadline: float) -> tuple[int, http.client.HTTPMessage, bytes]:
    """One GET to a checked address; whatever it does, it ends at the deadline."""
    shown = printable(address)[:200]
    import http.client  # costs as much as the rest of the room together

    connection, plug = _connect(target, shown, deadline)
    late = threading.Event()
    clock = threading.Timer(max(0.0, deadline - time.monotonic()), _cut, [plug, late])
    clock.daemon = True
    clock.start()
    try:
        connection.request("GET", target.path, headers=_HEADERS)
        response = connection.getresponse()
        body = _body(response, shown) if response.status == 200 else b""
        if late.is_set():  # cut in the middle of a body without a length, which looks like its end
            raise TimeoutError
        return response.status, response.headers, body
    except (OSError, http.client.HTTPException, ValueError) as error:
        if late.is_set():
            raise NoInput(f"{shown}: no complete answer within {_SECONDS:g} s") from None
        raise NoInput(f"{shown}: no complete answer ({type(error).__name__})") from None
    finally:
        clock.cancel()
        connection.close()


def _connect(
    target: _Target, shown: str, deadline: float
) -> tuple[http.client.HTTPConnection, socket.socket]:
    import http.client
    import ssl

    reason = "no address answers"
    for ip in _resolve(target, shown, deadline)[:4]:
        left = deadline - time.monotonic()
        if left <= 0:
            break
        try:
            plug = socket.create_connection((ip, target.port), timeout=left)
        except OSError as error:
            reason = error.strerror or str(error)
            continue
        try:
            if target.scheme == "https":
                plug = ssl.create_default_context().wrap_socket(plug, server_hostname=target.host)
        except OSError as error:
            plug.close()
            reason = f"no secure connection ({error.__class__.__name__})"
            continue
        connection = http.client.HTTPConnection(target.host, target.port)
        connection.default_port = 443 if target.scheme == "https" else 80  # so that Host names only odd ports
        connection.sock = plug
        return connection, plug  # the connection forgets its socket once the last answer has begun
    raise NoInput(f"{shown}: cannot connect ({reason})")


def _cut(plug: socket.socket, late: threading.Event) -> None:
    """End a connection from outside, while another thread waits for it."""
    late.set()
    with contextlib.suppress(OSError):  # it may have ended by itself in the same moment
        socket.socket.shutdown(plug, socket.SHUT_RDWR)


def _body(response: http.client.HTTPResponse, shown: str) -> bytes:
    """The body, unpacked as it streams in, within the size limit on both sides of the unpacking."""
    coding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if coding not in {"", "identity", "gzip", "x-gzip"}:
        raise Refused(f"{shown}: answers in an encoding that was not asked for ({coding[:20]})")
    unpack = zlib.decompressobj(wbits=31) if "gzip" in coding else None
    pieces: list[bytes] = []
    size = received = 0
    while piece := response.read1(1 << 16):
        received += len(piece)
        if unpack is not None:
            piece = unpack.decompress(piece, MAX_FETCH + 1 - size)
            if unpack.unused_data.strip(b"\0"):  # to read one page of several would be to cut it short
                raise Refused(f"{shown}: something stands behind the packed page; save it and give the file")
        size += len(piece)
        if size > MAX_FETCH or received > MAX_FETCH:
            raise Refused(f"{shown}: larger than {MAX_FETCH // MIB} MB; save it and give the file")
        pieces.append(piece)
    expected = response.headers.get("Content-Length", "")
    cut_short = (expected.isdigit() and len(expected) < 15 and received < int(expected)) or (
        unpack is not None and not unpack.eof
    )
    if cut_short:
        raise NoInput(f"{shown}: the answer stops in the middle; try again")
    return b"".join(pieces)
