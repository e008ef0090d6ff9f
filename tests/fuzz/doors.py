"""The doors behind the readers: stored records, archives of others, servers, shards of a corpus, what packages add.

As in `targets.py` each takes bytes and must return. Whatever writes does so in a copy, so that an input means the same
whenever it comes.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import io
import json
import logging
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from given import archived, opened

import onrecord
from onrecord import store
from onrecord.corpus import warc
from onrecord.corpus.documents import Damage, documents
from onrecord.corpus.shards import Kind, Shard
from onrecord.corpus.streams import unpacked
from onrecord.errors import OnrecordError, RecordError
from onrecord.export.formats import export
from onrecord.model import Record
from onrecord.record import decode, encode, read_source
from onrecord.sources import (
    Declined,
    Opened,
    Reading,
    address,
    encoding,
    is_address,
    plain,
    sniff,
    utterances,
    xml,
)
from onrecord.sources.witness import sha256
from onrecord.store import corrections, permalinks, transfer
from onrecord.store.answers import Version
from onrecord.structure import read_structure
from onrecord.verification import verify

SPOKEN = (
    "Harbour talks, 14 March 2031\n\nIlse Marrow: We agreed to open the pier. The fee is 12 crowns.\n\n"
    "Tomas Arkell: I did not agree to a fee. We will publish the map in April.\n\nIlse Marrow: Then we wait.\n"
)
_SECRET = "s" * 43  # of the browser that sends the requests
FORMATS = ("tei", "akn", "jsonl", "convokit", "annotations", "jsonld", "csv", "md", "html")


@cache
def known() -> Record:
    """The record that the archive of these targets holds."""
    return read_source(opened(SPOKEN))


def texts(data: bytes) -> None:
    """A plain text in whatever encoding, and what it would be taken for."""
    declared = data[:40].partition(b"\n")[0].decode("latin-1")
    for kind in (None, declared):
        sniff.sniff("a", data, kind)
        with contextlib.suppress(Declined, OnrecordError):
            plain.read("a", data, kind).text.encode("utf-8")
            encoding.decode(data, plain.charset(kind))


def labels(data: bytes) -> None:
    """The label scanner alone, which is ten times as fast as the whole flow."""
    text = data.decode("utf-8", "replace")
    found = read_structure(Reading(text, "text/plain", "plain 1"))
    assert all(0 <= turn.start <= turn.end <= len(text) for turn in found.turns)
    assert all(a.end <= b.start for a, b in zip(found.turns, found.turns[1:], strict=False))


def decoded(data: bytes) -> None:
    """A file that says it is a record: if it holds, every format and every question takes it."""
    try:
        record = decode(data)
    except RecordError as error:
        assert "\n" not in str(error)
        return
    assert encode(decode(encode(record))) == encode(record)
    if verify(record):
        return
    for name in FORMATS:
        with contextlib.suppress(OnrecordError):
            export(record, name)
    onrecord.compare(known(), record)
    onrecord.check("We will publish the map", [record])


def returning(data: bytes) -> None:
    """Any text, written in the forms that come back: what comes back is the same text and the same speakers."""
    text = data.decode("utf-8", "replace")
    try:
        made = read_source(opened(text))
    except OnrecordError:
        return
    if not made.turns:
        return  # no turn is no utterance, and there is no line that could hold the text
    for name in FORMATS:
        written = export(made, name)
        if (back := _returned(name, written)) is not None:
            assert back.text == made.sources[0].text, name
            again = read_source(Opened("a", sha256(text), len(data), back))
            assert _said(again) == _said(made), name


def _returned(name: str, written: bytes) -> Reading | None:
    if name in ("tei", "akn"):
        return xml.read("a", written, None)
    if name == "convokit":
        with zipfile.ZipFile(io.BytesIO(written)) as packed:
            member = next(one for one in packed.namelist() if one.endswith("utterances.jsonl"))
            return utterances.read("a", packed.read(member), None)
    return utterances.read("a", written, None) if name in ("jsonl", "annotations") else None


def _said(record: Record) -> list[tuple[int, int, str | None]]:
    """Which characters are whose."""
    names = {person.id: person.name for person in record.people}
    return [(turn.span.start, turn.span.end, names.get(turn.speaker or "")) for turn in record.turns]


# ------------------------------------------------------------------------------------------------------- archives


def corrected(data: bytes) -> None:
    """A file of corrections on a record that is well known."""
    try:
        given = msgspec.json.decode(data, type=list[corrections.Correction])
    except (msgspec.DecodeError, ValueError, OnrecordError):
        return
    try:
        record, outcomes = corrections.apply(known(), given)
    except OnrecordError:
        return
    assert verify(record) == []
    assert len(outcomes) == sum(one.undone is None for one in given)
    for name in ("tei", "html", "jsonl"):
        export(record, name)


def brought(data: bytes) -> None:
    """An exported archive whose lines anybody may have changed; its hashes are made to fit."""
    lines: dict[str, list[bytes]] = {name: [] for name in _MEMBERS}
    for line in filter(None, _named(data).split(b"\n")):
        name = _MEMBERS[max(0, b"evscq".find(line[:1]))]
        lines[name].append(_fitted(name, line[1:]))
    members = {name: b"".join(one + b"\n" for one in held) for name, held in lines.items()}
    hashes = {name: hashlib.sha256(held).hexdigest() for name, held in members.items()}
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "a.zip")
        with zipfile.ZipFile(place, "w") as packed:
            for name, held in members.items():
                packed.writestr(name, held)
            packed.writestr("manifest.json", json.dumps({"format": 1, "needs": "1", "members": hashes}))
        with (
            store.open(Path(folder, "a.onrecord"), create=True) as archive,
            contextlib.suppress(OnrecordError),
        ):
            archive.import_(str(place))
            _asked(archive)


_MEMBERS = ("events.jsonl", "versions.jsonl", "sources.jsonl", "corrections.jsonl", "searches.jsonl")
assert set(_MEMBERS) == set(transfer._MEMBERS)
_RECORD_HASH = Version._fields.index("record_sha256")


def _fitted(name: str, line: bytes) -> bytes:
    """A version with the hashes of what it holds now: the door behind the first one."""
    if name != "versions.jsonl":
        return line
    try:
        row = json.loads(line)
        row["version"][_RECORD_HASH] = sha256(row["record"])
        return json.dumps(row).encode()
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return line


def _asked(archive: Any) -> None:
    """What everybody asks of an archive."""
    for event in archive.events():
        for held in archive.versions(event.id):
            archive.record(held.id)
            archive.difference(held.id)
    archive.search("pier")
    archive.alerts(mark=False)
    assert archive.verify() == []


def linked(data: bytes) -> None:
    """Anything as a link of an archive, and as an address of the web."""
    text = _named(data).decode("utf-8", "surrogateescape")
    with contextlib.suppress(OnrecordError):
        assert permalinks.link(*permalinks.parse(text)).rstrip("/") == text.rstrip("/")
    for ask in (_held().resolve, _held().follow):
        with contextlib.suppress(OnrecordError):
            ask(text)
    with contextlib.suppress(OnrecordError):
        if is_address(text):
            address.parse(text)


@cache
def _filled() -> Path:
    """An archive of one version, as a file."""
    return archived(known())


@cache
def _held() -> Any:
    return store.open(_filled(), readonly=True)


def _named(data: bytes) -> bytes:
    """The input with the names that are not the same in every version of onrecord, nor for every reader."""
    for word, name in _names().items():
        data = data.replace(word, name)
    return data


@cache
def _names() -> dict[bytes, bytes]:
    from onrecord.web.correcting import _seen

    version = _held().versions("harbour")[0].id
    return {
        b"VERSION": version.encode(),
        b"SEEN": _seen(known(), "t1").encode(),
        b"SECRET": _SECRET.encode(),
        b"RECORD": msgspec.json.encode(encode(known()).decode()),
        b"SPOKEN": msgspec.json.encode(SPOKEN.encode()),
    }


# -------------------------------------------------------------------------------------------------------- servers


class _Heard(logging.Handler):
    """The exception behind a page that says "a fault of ours"."""

    def __init__(self) -> None:
        super().__init__()
        self.error: BaseException | None = None

    def emit(self, record: logging.LogRecord) -> None:
        self.error = record.exc_info[1] if record.exc_info else None


@contextlib.contextmanager
def _faults(name: str) -> Iterator[None]:
    """Raise what a server caught and logged."""
    logger, heard = logging.getLogger(name), _Heard()
    logger.addHandler(heard)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(heard)
    if heard.error is not None:
        raise heard.error


def assisted(data: bytes) -> None:
    """A question to a tool for assistants: its name and its arguments."""
    try:
        asked = json.loads(_named(data))
    except (ValueError, RecursionError):
        return
    if not isinstance(asked, dict):
        return
    arguments = asked.get("arguments")
    with _faults("onrecord.mcp"):
        if isinstance(arguments, dict):
            msgspec.json.encode(_desk().ask(str(asked.get("name")), arguments))
        _desk().characters(str(asked.get("link")))


@cache
def _desk() -> Any:
    from onrecord.mcp.desk import Desk

    return Desk(_filled())


def requested(data: bytes) -> None:
    """A request to the reader: method and target, headers, then the form."""
    head, _, body = _named(data).partition(b"\n\n")
    first, *lines = head.split(b"\n")
    method, _, target = first.partition(b" ")
    given = [line.partition(b": ")[::2] for line in lines]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST" if method == b"POST" else "GET",
        "scheme": "http",
        "path": _path(target),
        "raw_path": target,
        "query_string": target.partition(b"?")[2],
        "headers": [(name.lower(), value) for name, value in given]
        + [(b"host", b"a"), (b"cookie", b"onrecord_session=" + _SECRET.encode())],
        "server": ("a", 80),
        "client": ("b", 1),
        "root_path": "",
    }
    with _faults("onrecord.web"):
        if scope["method"] == "POST":
            with tempfile.TemporaryDirectory() as folder:
                answer = _answered(shutil.copy(_filled(), folder), scope, body)
        else:
            answer = _answered(str(_filled()), scope, b"")
    assert answer < 600


def _path(target: bytes) -> str:
    """As a server gives it to an application: without its query, what is escaped undone."""
    from urllib.parse import unquote_to_bytes

    return "/" + unquote_to_bytes(target.partition(b"?")[0]).decode("utf-8", "replace").lstrip("/")


def _answered(archive: str, scope: dict[str, Any], body: bytes) -> int:
    from onrecord.web import application

    app = _app(archive) if archive == str(_filled()) else application(archive, fetching=False)
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    return int(sent[0]["status"])


@cache
def _app(archive: str) -> Any:
    from onrecord.web import application

    return application(archive, fetching=False, readonly=True)


# --------------------------------------------------------------------------------------------------------- corpora


def shard(kind: Kind, suffix: str) -> Callable[[bytes], None]:
    """A target out of a kind of corpus file: every document or damage has its place and one line of reason."""

    def target(data: bytes) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, f"a{suffix}")
            path.write_bytes(data)
            made = Shard("a", kind, folder, (str(path),), len(data), end=len(data) if kind == "lines" else 0)
            for found in documents(made):
                shown = found.reason if isinstance(found, Damage) else found.name
                (found.place + shown).encode("utf-8")
                assert "\n" not in found.place

    return target


def pages(data: bytes) -> None:
    """A web archive, plain and as the packed stream that it mostly is."""
    for name in ("a.warc", "a.warc.gz", "a.warc.zst"):
        stream = unpacked(io.BytesIO(data), name)
        for found in warc.read(stream):
            assert found.number > 0
        assert stream.damage is None or stream.damage


DOORS: dict[str, Callable[[bytes], None]] = {
    "plain": texts,
    "labels": labels,
    "stored": decoded,
    "returning": returning,
    "corrections": corrected,
    "brought": brought,
    "links": linked,
    "assistant": assisted,
    "request": requested,
    "lines": shard("lines", ".jsonl"),
    "parquet": shard("parquet", ".parquet"),
    "warc": pages,
}
