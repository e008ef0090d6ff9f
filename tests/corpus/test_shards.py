"""Plans: the same input has the same shards, everywhere and again, and none is lost or doubled."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.corpus import shards
from onrecord.corpus.documents import Damage, Document, documents
from onrecord.corpus.shards import Plan, _cuts
from onrecord.errors import NoInput, UsageError


def folder(path: Path, count: int) -> Path:
    """A folder of so many texts."""
    for n in range(count):
        file = path / f"y{n % 3}" / f"{n:04}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"Vance: Berth {n} is ours.")
    return path


def test_every_file_is_in_one_shard(tmp_path: Path) -> None:
    plan = Plan([str(folder(tmp_path / "in", 70))], 10)
    places = [place for shard in plan for place in shard.places]
    assert len(places) == len(set(places)) == 70
    assert all(5 <= len(shard.places) <= 10 for shard in list(plan)[:-1])
    assert plan.size() == sum(shard.size for shard in plan)


def test_what_is_given_twice_is_read_once(tmp_path: Path) -> None:
    root = folder(tmp_path / "in", 9)
    for inputs in ([root, root], [root / "y0", root], [root, root / "y1" / "0001.txt", f"{root}/../in"]):
        places = [place for shard in Plan([str(path) for path in inputs]) for place in shard.places]
        assert len(places) == 9
    both = Plan([str(root / "y0"), str(root / "y1")])
    assert sum(len(shard.places) for shard in both) == 6


def test_a_new_file_changes_few_shards(tmp_path: Path) -> None:
    root = folder(tmp_path / "in", 300)
    before = {shard.key for shard in Plan([str(root)], 10)}
    (root / "y0" / "0000a.txt").write_text("Morel: Another one.")
    after = {shard.key for shard in Plan([str(root)], 10)}
    assert len(after - before) <= 5 < len(after)


def test_keys_do_not_know_the_machine(tmp_path: Path) -> None:
    keys = [
        [shard.key for shard in Plan([str(folder(tmp_path / name / "in", 20))], 5)]
        for name in ("here", "there")
    ]
    assert keys[0] == keys[1]


@pytest.mark.parametrize(
    ("name", "line", "kind"),
    [
        ("a.jsonl", '{"text": "Vance: Yes."}', "lines"),
        ("a.ndjson", '"Vance: Yes."', "lines"),
        ("a.jsonl", "broken", "lines"),
        ("a.jsonl", '{"speaker": "Vance", "text": "Yes."}', "files"),
        ("a.jsonl.gz", '{"text": "Vance: Yes."}', "packed"),
        ("a.jsonl.gz", '{"speaker": "Vance", "text": "Yes."}', "files"),
        ("a.jsonl", '{"speaker": "Van\n{"speaker": "Vance", "text": "Yes."}', "files"),
        ("a.jsonl", '{"text": "Van\n{"text": "Yes."}', "lines"),
        ("a.warc", "", "warc"),
        ("a.warc.gz", "", "warc"),
        ("a.parquet", "", "parquet"),
        ("a.txt", "Vance: Yes.", "files"),
        ("a.html", "<p>Yes.</p>", "files"),
        ("a.db", "Vance: Yes.", "files"),
    ],
)
def test_what_a_file_is(tmp_path: Path, name: str, line: str, kind: str) -> None:
    data = line.encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    assert [shard.kind for shard in Plan([str(tmp_path)])] == [kind]


@given(st.lists(st.text("ab\n", max_size=9), max_size=40), st.integers(1, 7), st.booleans())
def test_cuts_tile_a_file_at_line_ends(tmp_path_factory: pytest.TempPathFactory, texts: list[str], size: int,
                                       ended: bool) -> None:  # fmt: skip
    data = "\n".join(texts).encode() + (b"\n" if ended else b"")
    path = tmp_path_factory.mktemp("cuts") / "a.jsonl"
    path.write_bytes(data)
    cuts = list(_cuts(str(path), size))
    assert b"".join(data[start:end] for start, end, _ in cuts) == data
    assert all(data[start:end].count(b"\n") == lines == size for start, end, lines in cuts[:-1])


@pytest.mark.parametrize("kind", ["lines", "files"])
def test_a_shard_ends_after_so_many_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    """Long documents make short shards, so that no worker is left alone with the last one."""
    texts = [json.dumps({"text": "Vance: " + "Yes. " * (40 * (n % 3))}) + "\n" for n in range(30)]
    for n, text in enumerate(texts if kind == "files" else ["".join(texts)]):
        (tmp_path / f"{n:02}.{'txt' if kind == 'files' else 'jsonl'}").write_text(text)
    assert len(list(Plan([str(tmp_path)]))) == 1
    monkeypatch.setattr(shards, "SHARD_BYTES", 1_000)
    plan = Plan([str(tmp_path)])
    assert sum(shard.size for shard in plan) == plan.size() == sum(map(len, texts))
    assert len(list(plan)) > 4
    assert all(1_000 <= shard.size < 1_000 + max(map(len, texts)) for shard in list(plan)[:-1])


def test_lines_keep_their_numbers_over_shards(talks: Callable[..., Path]) -> None:
    path = talks([f"Vance: Berth {n}." for n in range(23)])
    found = [item for shard in Plan([str(path)], 5) for item in documents(shard)]
    assert [item.place for item in found] == [f"talks.jsonl:{n}" for n in range(1, 24)]


@pytest.mark.parametrize(
    ("line", "result"),
    [
        (b'{"text": "Yes.", "id": 7}', ("7", b"Yes.", "text/plain; charset=utf-8")),
        (b'{"html": "<p>Yes.</p>", "url": "http://a.example/"}',
         ("http://a.example/", b"<p>Yes.</p>", "text/html; charset=utf-8")),
        (b'{"content": "<p>Yes.</p>"}', ("a.jsonl:1", b"<p>Yes.</p>", None)),
        (b'{"utterances": [{"speaker": "Vance", "text": "Yes."}]}',
         ("a.jsonl:1", b'{"utterances": [{"speaker": "Vance", "text": "Yes."}]}\n', "application/json")),
        (b'{"text": "a\\ud800b"}', ("a.jsonl:1", "a\ufffdb".encode(), "text/plain; charset=utf-8")),
        (b'"Yes."', ("a.jsonl:1", b"Yes.", "text/plain; charset=utf-8")),
        (b'{"title": "x"}', "none of the fields html, text, content holds a text"),
        (b'{"text": "cut', "not JSON at column 10"),
        (b"[1, 2]", "neither an object nor a text"),
        (b"[" * 100_000, "not JSON ("),
        (b'{"text": "\xff"}', "not JSON ("),
        (b'{"n": ' + b"9" * 9999 + b"}", "not JSON ("),
    ],
)  # fmt: skip
def test_a_line_is_a_document_or_damage(
    tmp_path: Path, line: bytes, result: tuple[str, bytes, str] | str
) -> None:
    (tmp_path / "a.jsonl").write_bytes(line + b"\n")
    found = [item for shard in Plan([str(tmp_path / "a.jsonl")]) for item in documents(shard)]
    assert [item.place for item in found] == ["a.jsonl:1"]
    if isinstance(result, str):
        assert isinstance(found[0], Damage) and found[0].reason.startswith(result)
    else:
        assert isinstance(found[0], Document) and (found[0].name, found[0].data, found[0].declared) == result


@pytest.mark.parametrize(
    ("inputs", "error"),
    [([], NoInput), (["nowhere"], NoInput), (["-"], UsageError), (["https://a.example/x"], UsageError)],
)
def test_inputs_that_are_none(inputs: list[str], error: type[Exception]) -> None:
    with pytest.raises(error):
        Plan(inputs)
