"""A dataset: every table typed, every span in its text, and up to date with its input, no more and no less."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest
from tests.corpus.datasets import content, held, rows

from onrecord import corpus, store
from onrecord.corpus.parts import TABLES
from onrecord.errors import MissingExtra, UsageError
from onrecord.export import tables
from onrecord.record import read_source
from onrecord.sources import open_path

Talks = Callable[..., Path]
EXAMPLES = Path(str(files("onrecord") / "examples"))
SAID = ["Vance: We leave the pier open.", "Vance: Until the spring, and no longer.", "Vance: Agreed."]


def test_spans_of_every_table_read_their_own_text(tmp_path: Path) -> None:
    out = tmp_path / "out"
    summary = corpus.run([EXAMPLES], out, workers=2)
    texts = {row["source"]: row["text"] for row in rows(out, "documents")}
    assert summary.documents == len(texts) == len(rows(out, "documents")) > 8
    for name in ("turns", "marks", "quotes", "statements", "flags"):
        found = rows(out, name)
        assert found, name
        assert all(texts[row["source"]][row["start"] : row["end"]] == row["text"] for row in found)
    assert summary.rows == {name: len(rows(out, name)) for name in TABLES}


def test_tables_are_those_of_one_record(tmp_path: Path) -> None:
    path = EXAMPLES / "official.en.txt"
    corpus.run([path], tmp_path / "out", workers=1)
    alone = tables.rows(read_source(open_path(str(path))))
    for name, expected in alone.items():
        made = [{key: row[key] for key in tables.TABLES[name]} for row in rows(tmp_path / "out", name)]
        assert made == expected


def test_offsets_are_long_integers_even_where_a_table_is_empty(talks: Talks, tmp_path: Path) -> None:
    corpus.run([talks(["Nothing was said."])], tmp_path / "out", workers=1)
    for name, columns in TABLES.items():
        schema = pyarrow.parquet.read_schema(next((tmp_path / "out" / name).iterdir()))
        assert schema.names == list(columns)
        assert all(schema.field(key).type == pyarrow.int64() for key in ("start", "end") if key in columns)


def _warc(texts: list[str]) -> bytes:
    pages = []
    for n, text in enumerate(texts):
        block = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>{text}</p>".encode()
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://harlan.example/{n}\r\n"
        kind = f"Content-Type: application/http\r\nContent-Length: {len(block)}\r\n\r\n"
        pages.append(gzip.compress((head + kind).encode() + block + b"\r\n\r\n"))
    return b"".join(pages)


def _parquet(path: Path, column: str) -> None:
    pyarrow.parquet.write_table(pyarrow.table({"id": ["a", "b", "c"], column: SAID}), path)


def _lines() -> bytes:
    return "".join(json.dumps({"text": text}) + "\n" for text in SAID).encode()


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.jsonl", lambda path: path.write_bytes(_lines())),
        ("a.jsonl.gz", lambda path: path.write_bytes(gzip.compress(_lines()))),
        ("a.jsonl.zst", lambda path: path.write_bytes(pyarrow.compress(_lines(), "zstd", asbytes=True))),
        ("a.warc.gz", lambda path: path.write_bytes(_warc(SAID))),
        ("a.parquet", lambda path: _parquet(path, "text")),
        ("b.parquet", lambda path: _parquet(path, "content")),
    ],
)
def test_every_kind_of_input_says_the_same(tmp_path: Path, name: str, make: Callable[[Path], object]) -> None:
    make(tmp_path / name)
    summary = corpus.run([tmp_path / name], tmp_path / "out", workers=1)
    assert [row["source"] for row in rows(summary.out, "documents")] == [f"{name}:{n}" for n in (1, 2, 3)]
    assert [row["speech"].strip() for row in rows(summary.out, "turns")] == [
        "We leave the pier open.", "Until the spring, and no longer.", "Agreed.",
    ]  # fmt: skip
    assert summary.status == 0


def test_an_archive_gives_its_records_as_they_are(tmp_path: Path) -> None:
    with store.open(tmp_path / "desk.onrecord", create=True) as archive:
        for n, text in enumerate(SAID):
            path = tmp_path / f"{n}.txt"
            path.write_text(text)
            record = read_source(open_path(str(path)), aliases={"Vance": "Orla Vance"})
            archive.add(record, path.read_bytes(), added=f"2031-05-04T10:00:0{n}Z")
    summary = corpus.run([tmp_path / "desk.onrecord"], tmp_path / "out", workers=1, shard_size=2)
    assert summary.shards == 2 and summary.documents == 3
    assert {row["name"] for row in rows(summary.out, "people")} == {"Orla Vance"}


@pytest.mark.parametrize(
    ("name", "data", "documents", "place", "told"),
    [
        ("a.jsonl", _lines() + b"{broken\n" + _lines(), 6, "a.jsonl:4", "not JSON at column 2"),
        (
            "a.jsonl.gz",
            gzip.compress(_lines() * 9)[:-6],
            27,
            "a.jsonl.gz",
            "truncated gzip: it ends in the middle",
        ),
        ("a.warc.gz", _warc(SAID)[:-30], 2, "a.warc.gz", "truncated gzip: it ends in the middle"),
        (
            "a.warc",
            re.sub(rb"Length: \d+", b"Length: 70", gzip.decompress(_warc(SAID)), count=1),
            2,
            "a.warc:1",
            "says 70 bytes",
        ),
        ("a.parquet", b"PAR1 and no more", 0, "a.parquet", "damaged Parquet file"),
        ("a.txt", b"", 0, "a.txt", "empty input"),
        ("a.txt", b"\x89PNG\r\n", 0, "a.txt", "a picture; it needs OCR"),
    ],
)
def test_damage_is_named_by_its_place_and_the_rest_is_kept(
    tmp_path: Path, name: str, data: bytes, documents: int, place: str, told: str
) -> None:
    (tmp_path / name).write_bytes(data)
    summary = corpus.run([tmp_path / name], tmp_path / "out", workers=1)
    assert summary.documents == documents and summary.status == 3
    assert told in held(summary.out)[place][1]


def test_a_second_run_reads_what_is_new_and_forgets_what_is_gone(tmp_path: Path) -> None:
    root = tmp_path / "in"
    root.mkdir()
    for name in "abc":
        (root / f"{name}.jsonl").write_bytes(_lines())
    first = corpus.run([root], tmp_path / "out", workers=1)
    before = content(first.out)
    same = corpus.run([root], tmp_path / "out", workers=1)
    assert (same.kept, same.read) == (3, 0) and content(same.out) == before
    (root / "b.jsonl").write_text('{"text": "Morel: No."}\n')
    (root / "c.jsonl").unlink()
    changed = corpus.run([root], tmp_path / "out", workers=1)
    assert (changed.kept, changed.read, changed.documents) == (1, 1, 4)
    fresh = corpus.run([root], tmp_path / "fresh", workers=2)
    assert content(changed.out) == content(fresh.out)


@pytest.mark.parametrize("lost", ["turns", "documents", "quarantine"])
def test_a_part_that_is_gone_is_made_again(talks: Talks, tmp_path: Path, lost: str) -> None:
    path = talks(SAID)
    before = content(corpus.run([path], tmp_path / "out", workers=1).out)
    next((tmp_path / "out" / lost).iterdir()).unlink()
    assert content(corpus.run([path], tmp_path / "out", workers=1).out) == before


def test_the_same_bytes_however_many_do_it(talks: Talks, tmp_path: Path) -> None:
    path = talks(SAID * 7)
    made = [content(corpus.run([path], tmp_path / str(n), workers=n, shard_size=4).out) for n in (1, 3)]
    assert made[0] == made[1]


@pytest.mark.parametrize(
    ("out", "options", "told"),
    [
        ("in/out", {}, "inside its input"),
        ("full", {}, "not a dataset of onrecord"),
        ("file", {}, "a dataset is a folder"),
        ("out", {"engine": "abacus"}, "no engine is called"),
        ("out", {"reading": "nowhere:read"}, "names no function to read with"),
        ("out", {"reading": "json:nothing"}, "names no function to read with"),
        ("out", {"workers": -1}, "at least one worker"),
        ("out", {"shard_size": 0}, "at least one document"),
        ("out", {"limits": corpus.Limits(0)}, "more than 0 seconds"),
    ],
)
def test_calls_that_cannot_be_carried_out(
    tmp_path: Path, out: str, options: dict[str, object], told: str
) -> None:
    for name in ("in/a.txt", "full/a.txt", "file"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Vance: Yes.")
    with pytest.raises(UsageError, match=told):
        corpus.run([tmp_path / "in"], tmp_path / out, **options)  # type: ignore[arg-type]


def test_without_pyarrow_it_says_so_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(MissingExtra, match=r"onrecord\[parquet\]"):
        corpus.run([EXAMPLES], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_program_that_goes_elsewhere_takes_its_relative_paths_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A child that waits for work from before was started in another folder."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "talk.txt").write_text("Vance: We leave the pier open.\n\nMorel: Until spring.\n")
        monkeypatch.chdir(tmp_path / name)
        assert corpus.run(["talk.txt"], "dataset", workers=1).status == 0
