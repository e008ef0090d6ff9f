"""What is wrong is put right beside the source, signed, undone in one step; two people do not overwrite each other."""

from __future__ import annotations

import json

import pytest
from reading_room import SHORT, Reader, fields, said


def corrected(reader: Reader, path: str, item: str, given: dict[str, str], *, author: str = "Wenna") -> str:
    page = f"{path}/correct/{item}"
    hidden = fields(reader.get(page).text)
    answer = reader.post(page, data={**hidden, "author": author, **given})
    assert answer.status_code == 303, said(answer.text)
    return str(answer.headers["Location"])


def speaker(reader: Reader, path: str, turn: int) -> str | None:
    record = json.loads(reader.get(f"{path}.json").content)
    names = {person["id"]: person["name"] for person in record["people"]}
    return names.get(record["turns"][turn]["speaker"])


def test_a_speaker_is_corrected_and_the_correction_undone(reader: Reader) -> None:
    path = reader.give(SHORT)
    back = corrected(reader, path, "t2", {"kind": "speaker", "other": "Rurik Stahl", "reason": "heard him"})
    assert back.startswith(f"{path}?done=") and back.endswith("#t2")
    assert speaker(reader, path, 1) == "Rurik Stahl"
    page = reader.get(back.partition("#")[0]).text
    assert "Corrected." in said(page)
    assert "Rurik Stahl" in said(reader.get("/search?q=map").text), "search shows it at once"
    history = said(reader.get(f"{path}/about").text)
    assert "speaks: Rurik Stahl" in history and "Wenna" in history and "heard him" in history
    undo = page.partition('action="')[2]
    action = next(part for part in page.split('"') if "/undo/" in part)
    assert undo
    assert reader.post(action, data=fields(page)).status_code == 303
    assert speaker(reader, path, 1) == "Tomas Arkell"
    assert "undone by Wenna" in said(reader.get(f"{path}/about").text)
    assert reader.post(action, data=fields(page)).status_code == 303, "twice undone is undone"


def test_a_form_that_is_sent_twice_is_one_correction(reader: Reader) -> None:
    path = reader.give(SHORT)
    given = {"kind": "speaker", "other": "Rurik Stahl", "author": "Wenna"}
    opened = fields(reader.get(f"{path}/correct/t2").text)
    again = fields(reader.get(f"{path}/correct/t2").text)
    first, twice = (reader.post(f"{path}/correct/t2", data={**opened, **given}) for _ in range(2))
    back = reader.post(f"{path}/correct/t2", data={**again, **given, "reason": "heard him"})
    assert [one.status_code for one in (first, twice, back)] == [303, 303, 303]
    assert len({one.headers["Location"] for one in (first, twice, back)}) == 1
    assert said(reader.get(f"{path}/about").text).count("speaks: Rurik Stahl") == 1


def test_the_source_never_changes(reader: Reader) -> None:
    path = reader.give(SHORT)
    before = reader.get(f"{path}/source").content
    corrected(reader, path, "t1", {"kind": "speaker", "speaker": ""})
    assert reader.get(f"{path}/source").content == before
    assert speaker(reader, path, 0) is None


def test_two_people_at_the_same_turn(reader: Reader) -> None:
    path = reader.give(SHORT)
    first, second = (fields(reader.get(f"{path}/correct/t2").text) for _ in range(2))
    mine = {"kind": "speaker", "author": "Wenna", "reason": "I was there"}
    assert (
        reader.post(f"{path}/correct/t2", data={**first, **mine, "other": "Rurik Stahl"}).status_code == 303
    )
    late = reader.post(f"{path}/correct/t2", data={**second, **mine, "other": "Danil Korvat"})
    assert late.status_code == 409
    assert "Somebody else has corrected this" in said(late.text)
    assert "Danil Korvat" in late.text and "I was there" in late.text, "what the second one wrote is kept"
    assert "Now: Rurik Stahl" in said(late.text)
    assert speaker(reader, path, 1) == "Rurik Stahl"
    again = reader.post(f"{path}/correct/t2", data={**fields(late.text), **mine, "other": "Danil Korvat"})
    assert again.status_code == 303
    assert speaker(reader, path, 1) == "Danil Korvat"


def test_a_turn_is_divided_and_joined(reader: Reader) -> None:
    path = reader.give(SHORT)
    corrected(reader, path, "t2", {"kind": "split", "words": "We will publish", "other": "Wenna Oake"})
    record = json.loads(reader.get(f"{path}.json").content)
    texts = [turn["text"] for turn in record["turns"]]
    assert any(text.startswith("We will publish the map") for text in texts)
    page = f"{path}/correct/t1"
    refused = reader.post(
        page, data={**fields(reader.get(page).text), "kind": "split", "words": "no such words"}
    )
    assert refused.status_code == 400 and "the new turn begins" in said(refused.text)


@pytest.mark.parametrize("item", ["t99", "a99", "f1", "q1"])
def test_what_is_not_there_cannot_be_corrected(item: str, reader: Reader) -> None:
    path = reader.give(SHORT)
    assert reader.get(f"{path}/correct/{item}").status_code == 404


def test_a_line_of_the_ledger_is_corrected(reader: Reader) -> None:
    path = reader.give(SHORT)
    record = json.loads(reader.get(f"{path}.json").content)
    agreed = next(one for one in record["statements"] if one["kind"] == "agreed")
    corrected(reader, path, agreed["id"], {"statement": ""})
    after = json.loads(reader.get(f"{path}.json").content)
    assert [
        one for one in after["statements"] if one["span"] == agreed["span"] and one["kind"] == "agreed"
    ] == []


def test_a_correction_is_signed(reader: Reader) -> None:
    path = reader.give(SHORT)
    page = f"{path}/correct/t1"
    answer = reader.post(
        page, data={**fields(reader.get(page).text), "kind": "speaker", "other": "X", "author": " "}
    )
    assert answer.status_code == 400 and "signed" in said(answer.text)
