"""Which reader is asked, what it is told, and how a document is refused."""

from __future__ import annotations

import gzip
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from specimens import notes

from onrecord.errors import BadData, NoInput, OnrecordError, Refused, Unreadable
from onrecord.sources import open_bytes, open_path
from onrecord.sources.limits import MAX_BYTES
from onrecord.sources.sniff import sniff

CONTENT = [
    ("speech.txt", b"Ada Roe: Good evening.", "plain"),
    ("speech.md", b"# Press conference\n\n**Ada Roe:** Good evening.", "plain"),
    ("a.txt", b"[Applause] Ada Roe: Good evening.", "plain"),
    ("a.txt", b"{Applause} Ada Roe: Good evening.", "plain"),
    ("a.txt", b"<Applause> Ada Roe: Good evening.", "plain"),
    ("a.txt", b"At 10:00:01 --> she rose.", "plain"),
    ("a", b"%PDF-1.7 ...", "pdf"),
    ("a.txt", b"PK\x03\x04....", "docx"),
    ("a.json", b"<html><body><p>Good evening.</p>", "html"),
    ("a", b"<!-- saved from a site -->\n<!DOCTYPE html><html>", "html"),
    ("a.html", b"Good evening.<br>Thank you.<p>Bye.</p>", "html"),
    ("a.txt", b"\xef\xbb\xbfWEBVTT\n\n", "captions"),
    ("a.txt", b"1\r\n00:00:01,000 --> 00:00:02,000\r\nHi", "captions"),
    ("a.jsonl", b'{"speaker": "Roe", "text": "Hi"}\n', "utterances"),
    ("a.txt", b'[{"speaker": "Roe", "text": "Hi"}]', "utterances"),
    ("a.xml", b'<?xml version="1.0"?><TEI xmlns="http://www.tei-c.org/ns/1.0"/>', "xml"),
    ("a", b"<akomaNtoso>", "xml"),
    ("a.xml", b'<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml">', "html"),
]


@pytest.mark.parametrize(("name", "data", "reader"), CONTENT)
def test_content_decides_the_reader(name: str, data: bytes, reader: str) -> None:
    assert sniff(name, data).reader == reader


REFUSED = [
    (b"", "a: cannot be read (any reader: empty input)"),
    (b" \t\r\n\xc2\xa0\n", "a: cannot be read (plain: no text)"),
    (b"\x89PNG\r\n", "a: cannot be read (any reader: a picture; it needs OCR)"),
    (b"\0\1\2" * 99, "a: cannot be read (plain: binary data, not text)"),
    (b"{\\rtf1 hello}", "a: cannot be read (any reader: rich text (RTF); save it as .docx)"),
    (gzip.compress(b"Good evening." * 99)[:-9], "truncated gzip file"),
    (b"\x1f\x8bnonsense", "damaged gzip file"),
]


@pytest.mark.parametrize(("data", "message"), REFUSED)
def test_what_cannot_be_read_is_refused_in_one_line(data: bytes, message: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        open_bytes("a", data)
    assert message in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_note_that_cites_a_source_does_not_act_on_a_terminal() -> None:
    cue = b"1\n00:00:01,000 --> 00:00:02,000\nROE: Hi\n\n"
    reading = open_bytes("a.srt", cue + b"2\n00:00:03,000 --> \x1b[31m\xe2\x80\xae4\nNo\n").reading
    assert [message for message in notes(reading, "cue") if "not a cue time" in message]
    assert all(note.message.isprintable() for note in reading.notes)


def test_a_text_is_the_file_to_the_last_line_end() -> None:
    text = "A Roe: un\r\nB Li: deux\rC Ek: trois\n\n\u2028 fin\x0c"
    assert open_bytes("a.txt", b"\xef\xbb\xbf" + text.encode()).reading.text == text


@given(st.text(min_size=1, max_size=300))
def test_no_character_of_a_plain_text_is_lost(text: str) -> None:
    data = ("Ada Roe: " + text).encode("utf-8", "replace")
    try:
        assert open_bytes("a.txt", data).reading.text == data.decode()
    except Unreadable as error:
        assert "binary" in str(error)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["a.txt", "a.json", "a.vtt", "a.xml", "a.html", "a.docx", "a.pdf"]),
    st.sampled_from(
        [b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html>", b"<TEI>", b"WEBVTT\n\n", b'{"text":', b"\x1f\x8b"]
    ),
    st.binary(max_size=200),
)
def test_any_bytes_are_read_or_refused(name: str, head: bytes, tail: bytes) -> None:
    try:
        reading = open_bytes(name, head + tail).reading
    except (Unreadable, Refused) as error:
        assert "\n" not in str(error)
        return
    for layout in reading.layout:
        assert 0 <= layout.start <= layout.end <= len(reading.text)


def test_gzip_is_opened() -> None:
    opened = open_bytes("a.txt.gz", gzip.compress(b"Ada Roe: Good evening."))
    assert opened.reading.text == "Ada Roe: Good evening."
    assert opened.name == "a.txt.gz"


def test_a_bomb_is_refused() -> None:
    with pytest.raises(Refused, match="like a bomb"):
        open_bytes("a.txt.gz", gzip.compress(b"a" * 8_000_000))


def test_a_name_that_contradicts_the_content_is_said() -> None:
    reading = open_bytes("a.json", b"<html><body><p>Good evening.</p></body></html>").reading
    assert notes(reading, "type") == ["named as JSON, but the content is HTML; read as HTML"]


def test_a_path_is_read_and_hashed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Good evening.")
    opened = open_path(str(tmp_path / "a.txt"))
    assert opened.sha256 == hashlib.sha256(b"Good evening.").hexdigest()
    assert (opened.size, opened.reading.text) == (13, "Good evening.")


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    fifo = tmp_path / "pipe"
    os.mkfifo(fifo)
    cases: list[tuple[str, type[OnrecordError], str]] = [
        (str(tmp_path / "none.txt"), NoInput, "no such file"),
        (str(tmp_path), Refused, "a folder"),
        (str(fifo), Refused, "a named pipe"),
        ("/dev/null", Refused, "a device"),
        ("a\0b", BadData, "null"),
    ]
    for path, error, message in cases:
        with pytest.raises(error, match=message):
            open_path(path)


def test_names_are_shown_escaped(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"a\n\x1b\xff.txt")
    path.write_bytes(b"Good evening.")
    assert open_path(str(path)).name.endswith("/a\\x0a\\x1b\\udcff.txt")


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(Refused, match="larger than 512 MB"):
        open_path(str(tmp_path / "huge.txt"))


def test_standard_input() -> None:
    program = "from onrecord.sources import open_path; print(open_path('-').reading.text)"
    run = subprocess.run(
        [sys.executable, "-c", program], input=b"Good evening.", capture_output=True, check=True
    )
    assert run.stdout == b"Good evening.\n"


def test_plain_text_needs_no_heavy_library() -> None:
    program = (
        "import sys; from onrecord.sources import open_bytes; open_bytes('a.txt', b'Good evening.')\n"
        "heavy = {'lxml', 'pypdfium2', 'trafilatura', 'ssl', 'zipfile', 'tarfile', 'email', 'subprocess'}\n"
        "print(*heavy & {name.partition('.')[0] for name in sys.modules})"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    assert run.stdout.split() == []
