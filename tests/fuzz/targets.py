"""What strangers' bytes reach, one function each: readers, labels, quotations, comparison, search, our own files.

A target takes bytes and must return; an `OnrecordError` (a refusal in one line) or `Declined` is a good answer,
anything else is a bug. Whatever is read must hold: spans exact, a record that verifies and can be
written in every form.
"""

from __future__ import annotations

import contextlib
import io
import json
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from doors import DOORS
from given import archived, opened

import onrecord
from onrecord import store
from onrecord.errors import OnrecordError
from onrecord.model import Record
from onrecord.record import decode, encode, read_source
from onrecord.sources import (
    Declined,
    Reading,
    archive,
    captions,
    docx,
    html,
    opening,
    pdf,
    utterances,
    xml,
)
from onrecord.sources.witness import sha256
from onrecord.verification import verify

CORPUS = Path(__file__).with_name("corpus")
SPOKEN = (
    "Ida Morrow: We will sign on Friday.\n\nPeter Vance: We will not, he said: “Never.”\n\n"
    "Ida Morrow: Then we wait.\n"
)


def held(reading: Reading) -> None:
    """What is true of everything that was read: it can be written, and layout lies in the text."""
    reading.text.encode("utf-8")
    for name in (*reading.metadata.values(), *(item.value or "" for item in reading.layout)):
        name.encode("utf-8")
    assert all(0 <= item.start <= item.end <= len(reading.text) for item in reading.layout)
    assert all(len(opening.printable(note.message).encode("utf-8")) < 20_000 for note in reading.notes)


def of(read: Callable[[str, bytes, str | None], Reading]) -> Callable[[bytes], None]:
    """A target out of a reader, without the fence: the bug itself, not its grave."""

    def target(data: bytes) -> None:
        with contextlib.suppress(Declined, OnrecordError):
            held(read("a", data, None))

    return target


def record(data: bytes) -> None:
    """The whole flow on any text, in-process."""
    text = data.decode("utf-8", "replace")
    try:
        made = read_source(opened(text))
    except OnrecordError:
        return
    encoded = encode(made)
    assert verify(decode(encoded)) == []
    assert encode(read_source(opened(text))) == encoded


def returned(data: bytes) -> None:
    """A file of our own that came through other hands, its witness made to fit or not."""
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return
    if isinstance(document, dict) and isinstance(document.get("onrecord"), dict):
        text = document["onrecord"].get("text")
        if isinstance(text, str):
            document["onrecord"]["text_sha256"] = sha256(text)
    for row in (document, [document]):
        try:
            found = opening.open_bytes("a.json", json.dumps(row).encode())
            held(found.reading)
            assert verify(decode(encode(read_source(found)))) == []
        except OnrecordError:
            continue


def instructions(data: bytes) -> None:
    """Processing instructions of ours with anything in them."""
    said = data.decode("utf-8", "replace").replace("?>", "")
    text = "Yes"
    page = (
        f"<?onrecord {sha256(text)} text/plain?><TEI><text><body><u who='#p1'>"
        f"<seg>Yes<?onrecord-character {said}?></seg>"
        f"<?onrecord-judgement {said}?><?onrecord-together {said}?></u></body></text></TEI>"
    )
    of(xml.read)(page.encode("utf-8", "replace"))


def paragraphs(data: bytes) -> None:
    """Anything as the main part of a DOCX: behind the checksums of the zip, which stop most other changes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", data)
        package.writestr("word/styles.xml", data)
    of(docx.read)(packed.getvalue())


def members(data: bytes) -> None:
    """A zip or tar archive, every member of it."""
    try:
        found = archive.Archive(data)
        for name in found.names[:20]:
            found.member(name)
    except Declined:
        return


def unpacked(data: bytes) -> None:
    """A gzip file."""
    try:
        archive.unzip(data)
    except Declined:
        return


def compared(data: bytes) -> None:
    """A text against one that is well known."""
    try:
        onrecord.compare(_known(), read_source(opened(data.decode("utf-8", "replace"))))
    except OnrecordError:
        return


def quoted(data: bytes) -> None:
    """Any quotation against a text that is well known."""
    try:
        onrecord.check(data.decode("utf-8", "replace"), [_known()])
    except OnrecordError:
        return


@cache
def _known() -> Record:
    return read_source(opened(SPOKEN))


def query(data: bytes) -> None:
    """Anything typed into the search of an archive."""
    try:
        page = _filled().search(data.decode("utf-8", "replace"))
    except OnrecordError as error:
        assert "fts5" not in str(error).lower() and "sql" not in str(error).lower(), error
        return
    assert all(hit.passage.text for hit in page.hits)


@cache
def _filled() -> Any:
    return store.open(archived(_known()), readonly=True)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "html": of(html.read),
    "docx": of(docx.read),
    "paragraphs": paragraphs,
    "pdf": of(pdf.read),
    "xml": of(xml.read),
    "captions": of(captions.read),
    "utterances": of(utterances.read),
    "archive": members,
    "gzip": unpacked,
    "returned": returned,
    "instructions": instructions,
    "record": record,
    "collation": compared,
    "quotation": quoted,
    "query": query,
    **DOORS,
}
