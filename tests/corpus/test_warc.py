"""Web archives: pages come out, and records that lie are named while the others are read."""

from __future__ import annotations

import gzip
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.corpus import warc
from onrecord.corpus.streams import unpacked

HTML = b"<html><body><p>Vance: We leave the pier open.</p></body></html>"


def record(
    block: bytes, kind: str = "response", type_: str = "application/http", length: str | None = None
) -> bytes:
    """One WARC record."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: http://harlan.example/{len(block)}\r\n"
        f"Content-Type: {type_}\r\nContent-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def answer(body: bytes = HTML, head: str = "HTTP/1.1 200 OK\r\nContent-Type: text/html") -> bytes:
    """What a server says."""
    return head.encode() + b"\r\n\r\n" + body


def read(data: bytes, name: str = "a.warc") -> list[warc.Page | warc.Lie]:
    return list(warc.read(unpacked(io.BytesIO(data), name)))


PLAIN = record(answer())
CHUNKED = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked"
PACKED = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip"


@pytest.mark.parametrize(
    ("data", "bodies"),
    [
        (b"", []),
        (PLAIN, [HTML]),
        (PLAIN * 3, [HTML] * 3),
        (PLAIN.rstrip(b"\r\n"), [HTML]),
        (record(b"software: crawler", "warcinfo", "application/warc-fields") + PLAIN, [HTML]),
        (record(b"GET / HTTP/1.1", "request", "application/http; msgtype=request") + PLAIN, [HTML]),
        (record(answer(head="HTTP/1.1 404 Not Found\r\nContent-Type: text/html")), []),
        (record(answer(b"\x89PNG", "HTTP/1.1 200 OK\r\nContent-Type: image/png")), []),
        (record(answer(b"5\r\n<html\r\n1;x=y\r\n>\r\n0\r\n\r\n", CHUNKED)), [b"<html>"]),
        (record(answer(HTML, CHUNKED)), [HTML]),  # the crawler has put it together and left the header
        (record(answer(gzip.compress(HTML), PACKED)), [HTML]),
        (record(answer(HTML, PACKED)), [HTML]),
        (record(b"Morel: Non.", "conversion", "text/plain"), [b"Morel: Non."]),
        (record(b"x" * 3_000_000, "resource", "text/plain") + PLAIN, [b"x" * 3_000_000, HTML]),
    ],
)
def test_pages(data: bytes, bodies: list[bytes]) -> None:
    found = read(data)
    assert [one.body for one in found if isinstance(one, warc.Page)] == bodies
    assert len(found) == len(bodies)
    assert [
        one.body for one in read(gzip.compress(data), "a.warc.gz") if isinstance(one, warc.Page)
    ] == bodies


def test_a_page_has_its_number_address_and_type() -> None:
    found = read(record(b"software: crawler", "warcinfo", "application/warc-fields") + PLAIN)
    assert found == [warc.Page(2, f"http://harlan.example/{len(answer())}", HTML, "text/html")]


@pytest.mark.parametrize(
    ("data", "number", "told", "pages"),
    [
        (PLAIN + record(answer(), length="20") + PLAIN, 2, "says 20 bytes, but no record begins behind", 2),
        (
            PLAIN + record(answer(), length="400") + PLAIN * 2,
            2,
            "says 400 bytes, but no record begins behind",
            3,
        ),
        (PLAIN + record(answer(), length="9999"), 2, "says 9999 bytes, but only", 1),
        (PLAIN + record(answer(), length="99999999999") + PLAIN, 2, "more than 64 MB is not read", 2),
        (PLAIN + record(answer(), length="-5") + PLAIN, 2, 'says no length but "-5"', 2),
        (PLAIN + record(answer(), length="²") + PLAIN, 2, 'says no length but "²"', 2),
        (b"junk\r\n" + PLAIN, 1, "no WARC record begins at byte 0", 1),
        (PLAIN + b"junk" * 2_000_000 + b"\n" + PLAIN, 1, "no record begins behind", 1),
        (b"WARC/1.0\r\n" + b"x" * 200_000 + b"\r\n" + PLAIN, 1, "do not end", 1),
        (record(b"no answer") + PLAIN, 1, "says it is an answer by HTTP, and is none", 1),
        (record(answer(b"\x1f\x8b\x08 broken", PACKED)) + PLAIN, 1, "cannot be unpacked", 1),
        (record(answer(b"\x0b\x02", PACKED.replace("gzip", "br"))) + PLAIN, 1, "packed with br", 1),
    ],
)
def test_lies_are_named_and_the_others_are_read(data: bytes, number: int, told: str, pages: int) -> None:
    found = read(data)
    lies = [one for one in found if isinstance(one, warc.Lie)]
    assert lies[0].number == number and told in lies[0].reason
    assert len(lies) == 1
    assert sum(isinstance(one, warc.Page) for one in found) == pages


def test_many_lies_cost_no_more_than_reading_on() -> None:
    """Each says that it is as long as allowed, so each look ahead is as long as can be."""
    count = 3_000
    data = record(answer(), length=str(30_000_000)) * count + b"x" * 1000
    stream = io.BytesIO(data)
    found = list(warc.read(unpacked(stream, "a.warc")))
    assert len(found) == count and all(isinstance(one, warc.Lie) for one in found)


@settings(max_examples=50)
@given(st.binary(max_size=400), st.integers(0, 3))
def test_any_bytes_end(junk: bytes, at: int) -> None:
    pieces = [PLAIN] * 3
    pieces.insert(at, junk)
    assert all(isinstance(one, (warc.Page, warc.Lie)) for one in read(b"".join(pieces)))
