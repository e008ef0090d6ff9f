"""A record that was changed does not hold, wherever it was changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from onrecord.errors import OnrecordError, RecordError
from onrecord.record import decode, encode, read_source, verify
from onrecord.sources import open_bytes

TALK = b"MARROW: Good evening. (Applause.)\n\nARKELL: Thank you.\n\nMARROW: We agreed.\n\nARKELL: We did.\n"
RECORD = read_source(open_bytes("talk.txt", TALK))


def changed(change: Callable[[Any], None]) -> list[str]:
    data = msgspec.json.decode(encode(RECORD))
    change(data)
    return verify(decode(msgspec.json.encode(data)))


def put(value: object, *path: str | int) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        for step in path[:-1]:
            data = data[step]
        data[path[-1]] = value

    return change


def test_a_record_holds() -> None:
    assert verify(RECORD) == []


CHANGES = [
    (put("MARROW: Good morning.", "sources", 0, "text"), "does not have the hash"),
    (put("0" * 63, "sources", 0, "sha256"), "hash of the bytes is malformed"),
    (put("ARKELL", "turns", 0, "text"), "turns[0]: [0, 21) reads"),
    (put("s9", "turns", 0, "source"), "turns[0]: there is no source 's9'"),
    (put([[0, 90]], "turns", 0, "speech"), "t1: [0, 90) lies outside the turn"),
    (put([0, 10], "blocks", 0, "span"), "blocks[0]: [0, 10) reads"),
    (put([], "people"), "t1: there is no 'p1'"),
    (put("p9", "turns", 1, "speaker"), "t2: there is no 'p9'"),
    (put(["p9"], "turns", 1, "candidates"), "t2: there is no 'p9'"),
    (put("t9", "marks", 0, "turn"), "marks[0]: there is no 't9'"),
    (put("t1", "turns", 1, "id"), "t1: stands for two things"),
    (put("p9", "event", "participants", 0, "person"), "event.participants[0]: there is no 'p9'"),
    (put([{"kind": "x", "message": "y", "span": [0, 999]}], "sources", 0, "notes"), "[0, 999) lies outside the text"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "says"), CHANGES, ids=[says for _, says in CHANGES])
def test_every_change_is_found(change: Callable[[Any], None], says: str) -> None:
    assert any(says in problem for problem in changed(change)), changed(change)


BROKEN = [b"", b"{}", b"[]", b'{"schema_version":1}', encode(RECORD)[:-1], b"\xff"]


@pytest.mark.parametrize("data", BROKEN)
def test_what_is_no_record_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(RecordError) as refused:
        decode(data)
    assert "\n" not in str(refused.value) and isinstance(refused.value, OnrecordError)


def test_a_span_that_ends_before_it_begins_is_no_record() -> None:
    with pytest.raises(RecordError, match="half-open"):
        changed(put([9, 3], "turns", 0, "span"))
