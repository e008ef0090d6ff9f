"""Packed files: all that can be unpacked is given, and what ends a stream early is said."""

from __future__ import annotations

import gzip
import io

import pyarrow
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.corpus.streams import unpacked

WORDS = b"".join(b"%d: the pier stays open.\n" % (n * n) for n in range(20_000))
ZIPPED = gzip.compress(WORDS, mtime=0)


@pytest.mark.parametrize(
    ("name", "packed"),
    [
        ("a.jsonl", WORDS),
        ("a.jsonl.gz", ZIPPED),
        ("A.JSONL.GZ", gzip.compress(WORDS[:1000]) + gzip.compress(WORDS[1000:])),
        ("padded.gz", ZIPPED + bytes(512)),
        ("a.jsonl.zst", pyarrow.compress(WORDS, codec="zstd", asbytes=True)),
    ],
)
def test_what_is_packed_comes_out(name: str, packed: bytes) -> None:
    stream = unpacked(io.BytesIO(packed), name)
    assert stream.read() == WORDS
    assert stream.damage is None
    assert stream.position == len(packed)


@pytest.mark.parametrize(
    ("name", "packed", "told"),
    [
        ("cut.gz", ZIPPED[: len(ZIPPED) // 2], "truncated gzip: it ends in the middle, at byte"),
        ("short.gz", ZIPPED[:-4], "truncated gzip"),
        ("rest.gz", ZIPPED + b"something else", "damaged gzip near byte"),
        ("flipped.gz", ZIPPED[:-8] + b"\0\0\0\0" + ZIPPED[-4:], "damaged gzip near byte"),
        ("not.gz", WORDS, "damaged gzip near byte 0 "),
        (
            "cut.zst",
            pyarrow.compress(WORDS, codec="zstd", asbytes=True)[:-9],
            "damaged Zstandard file near byte",
        ),
        ("not.zst", WORDS, "damaged Zstandard file near byte"),
    ],
)
def test_damage_is_said_and_what_came_before_it_is_kept(name: str, packed: bytes, told: str) -> None:
    stream = unpacked(io.BytesIO(packed), name)
    found = stream.read()
    assert stream.damage is not None and stream.damage.startswith(told)
    assert WORDS.startswith(found)
    assert name.startswith("not") or len(found) > len(WORDS) // 3


@given(st.integers(0, len(ZIPPED) - 1))
def test_no_truncation_is_silent(length: int) -> None:
    stream = unpacked(io.BytesIO(ZIPPED[:length]), "a.gz")
    assert WORDS.startswith(stream.read())
    assert (stream.damage is not None) == (length > 0)
