"""Files of our own that came back through other hands: nothing in them is believed before it is checked."""

from __future__ import annotations

import json
from typing import Any

import pytest

from onrecord.record import decode, encode, read_source
from onrecord.sources import open_bytes
from onrecord.sources.witness import restored, sha256
from onrecord.verification import verify

TEXT = "Ida: yes."
PEOPLE = [["person", "Ida"]]
GOOD: list[list[Any]] = [["block", 0, 9, "transcript"], ["turn", 0, 9, "Ida"], ["speech", 5, 9, None]]


def witness(layout: list[Any], people: list[Any] | None = None, text: str = TEXT) -> dict[str, Any]:
    return {"text": text, "text_sha256": sha256(text), "people": people or PEOPLE, "layout": layout}


def test_a_whole_witness_is_believed() -> None:
    """Files that were written before witnesses had other names are as good as later ones."""
    assert restored(witness(GOOD)) is not None
    named = {**witness(GOOD), "aliases": [[0, "role", "likely", "Minister of Piers"]]}
    people = read_source(open_bytes("a.jsonl", json.dumps({"onrecord": named}).encode())).people
    found = [(alias.text, alias.kind, alias.judgement) for alias in people[0].aliases]
    assert found == [("Ida", "printed", "certain"), ("Minister of Piers", "role", "likely")]


HOSTILE = [
    ("a block of no kind", witness([["block", 0, 9, "nonsense"]])),
    ("a mark of no kind", witness([*GOOD, ["mark", 5, 9, "<script>"]])),
    ("a judgement of no kind", witness([*GOOD, ["judgement", 0, 9, "proven"]])),
    ("a time that is none", witness([*GOOD, ["time", 0, 9, "nan inf"]])),
    ("a time that is long", witness([*GOOD, ["time", 0, 9, "9" * 5000]])),
    ("half a character in a name", witness([["block", 0, 9, "transcript"], ["turn", 0, 9, "I\ud800"]])),
    ("half a character in the text", witness([["block", 0, 2, "transcript"]], text="I\ud800")),
    ("somebody of no kind", witness(GOOD, [["god", "Ida"]])),
    ("a hole between blocks", witness([["block", 0, 3, "frame"], ["block", 5, 9, "transcript"]])),
    ("an end behind the text", witness([["block", 0, 99, "transcript"]])),
    ("speech outside of its turn", witness([["block", 0, 9, "transcript"], ["speech", 5, 9, None]])),
    ("another name of nobody", {**witness(GOOD), "aliases": [[1, "role", "likely", "Minister"]]}),
    ("another name before all", {**witness(GOOD), "aliases": [[-1, "role", "likely", "Minister"]]}),
    ("another name of no kind", {**witness(GOOD), "aliases": [[0, "title", "likely", "Minister"]]}),
    ("another name that is proven", {**witness(GOOD), "aliases": [[0, "role", "proven", "Minister"]]}),
    ("another name that is empty", {**witness(GOOD), "aliases": [[0, "role", "likely", ""]]}),
    ("half a character in another name", {**witness(GOOD), "aliases": [[0, "role", "likely", "M\ud800"]]}),
    ("a list for a kind", {**witness(GOOD), "aliases": [[0, [], {}, "Minister"]]}),
    ("other names that are no list", {**witness(GOOD), "aliases": {"Ida": "Minister"}}),
    ("a truth for a number", witness([["block", False, 9, "transcript"]])),
]


@pytest.mark.parametrize("given", [row[1] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
def test_a_hostile_witness_is_not_believed_and_the_file_is_read_like_any_other(given: dict[str, Any]) -> None:
    assert restored(given) is None
    row = {"id": "t1", "speaker": "Ida", "text": "yes.", "onrecord": given}
    opened = open_bytes("a.jsonl", json.dumps(row).encode())
    assert "edited" in {note.kind for note in opened.reading.notes}
    assert verify(decode(encode(read_source(opened)))) == []


@pytest.mark.parametrize("code", ["FFFFFFFFFF", "110000", "D800", "zz", "-1", "", "0" * 5000, "0C 0D"])
def test_a_hostile_instruction_is_no_character(code: str) -> None:
    body = f"<u who='#p1'><seg>Yes<?onrecord-character {code}?></seg></u>"
    page = f"<?onrecord {sha256('Yes')} text/plain?><TEI><text><body>{body}</body></text></TEI>"
    reading = open_bytes("a.xml", page.encode()).reading
    assert reading.text == "Yes"
    assert "edited" in {note.kind for note in reading.notes}


def test_a_media_type_is_a_media_type() -> None:
    page = f"<?onrecord {sha256('Yes')} <b>\x07?><TEI><text><body><u><seg>Yes</seg></u></body></text></TEI>"
    with pytest.raises(Exception, match="malformed XML"):
        open_bytes("a.xml", page.encode())
    page = page.replace("<b>\x07", "<b>")
    assert open_bytes("a.xml", page.encode()).reading.media_type == "application/xml"
