"""JSON of our own that comes back: utterances, a ConvoKit corpus, a page of annotations, a record.

Each carries or is a witness (`sources/witness.py`). Where a row names another speaker than the witness does, somebody
corrected the row, and is obeyed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from onrecord.sources.reading import JOINT, Reading
from onrecord.sources.witness import KEY, media_type, restored, writable

_PERSON = re.compile(r"p(\d{1,9})")
_TURN = re.compile(r"(?:.*:)?t(\d{1,9})")
READER = "utterances 1"


def witness_of(row: Mapping[str, Any]) -> Any:
    """The witness in a row of utterances: its own field, or one of ConvoKit's `meta`."""
    meta = row.get("meta")
    return row.get(KEY) or (meta.get(KEY) if isinstance(meta, Mapping) else None)


def returned_rows(rows: Sequence[Any]) -> Reading | None:
    """Utterances, one a row, the first with the witness."""
    witness = witness_of(rows[0])
    people = _people(witness)
    named = bool(rows[0].get(KEY))  # our own rows name people, those of ConvoKit refer to ids
    speakers: dict[int, list[str]] = {}
    for row in rows:
        number = _turn(row.get("id")) if isinstance(row, Mapping) else None
        if number is not None and "speaker" in row:
            meta = row.get("meta")
            others = row.get("others") or (meta.get("others") if isinstance(meta, Mapping) else None)
            others = others if isinstance(others, list) else []
            said = [one for one in (row["speaker"], *others) if isinstance(one, str) and one]
            speakers[number] = said if named else [name for one in said if (name := _name(one, people))]
    return _reading(witness, speakers)


def returned(document: Any) -> Reading | None:
    """A page of annotations with its witness; the speakers are those that the annotations of turns identify."""
    if not isinstance(document, Mapping) or document.get("type") != "AnnotationPage":
        return None
    speakers: dict[int, list[str]] = {}
    items = document.get("items")
    for item in items if isinstance(items, list) else []:
        number = _turn(item.get("id")) if isinstance(item, Mapping) else None
        bodies = item.get("body") if number is not None else None
        if number is not None and isinstance(bodies, list):
            identified = [
                body for body in bodies if isinstance(body, Mapping) and body.get("purpose") == "identifying"
            ]
            speakers[number] = [body["value"] for body in identified if isinstance(body.get("value"), str)]
    return _reading(document.get(KEY), speakers)


def _reading(witness: Any, speakers: Mapping[int, Sequence[str]]) -> Reading | None:
    exact = restored(witness, speakers)
    if exact is None:
        return None
    declared = {key: witness.get(key) for key in ("title", "language")}
    metadata = {
        key: said for key, said in declared.items() if isinstance(said, str) and said and writable(said)
    }
    kind = media_type(witness.get("media_type"), "text/plain")
    return Reading(exact[0], kind, READER, exact[1], (), metadata)


def _people(witness: Any) -> list[str]:
    people = witness.get("people") if isinstance(witness, Mapping) else None
    rows = people if isinstance(people, list) else []
    return [str(row[1]) for row in rows if isinstance(row, list) and len(row) == 2]


def _turn(identity: Any) -> int | None:
    """The number of a turn, from 0, in an id such as "t1"."""
    match = _TURN.fullmatch(identity) if isinstance(identity, str) and len(identity) < 200 else None
    return int(match[1]) - 1 if match else None


def _name(speaker: str, people: Sequence[str]) -> str | None:
    """A speaker of ConvoKit as a name: it has ids of people, and somebody called "nobody"."""
    if speaker == "nobody":
        return None
    match = _PERSON.fullmatch(speaker)
    return people[int(match[1]) - 1] if match and 0 < int(match[1]) <= len(people) else speaker


def as_witness(record: Mapping[str, Any]) -> dict[str, Any]:
    """The structure of a stored record in the form of a witness; empty where it is no record."""
    try:
        source = record["sources"][0]
        here = source["id"]
        names = {person["id"]: person["name"] for person in record["people"]}
        laid = [
            ["block", *block["span"], block["kind"]] for block in record["blocks"] if block["source"] == here
        ]
        for turn in record["turns"]:
            if turn["source"] == here:
                laid += _laid(turn, names)
        laid += [["mark", *mark["span"], mark["kind"]] for mark in record["marks"] if mark["source"] == here]
        people = [[person["kind"], person["name"]] for person in record["people"]]
        return {
            "text": source["text"],
            "text_sha256": source["text_sha256"],
            "language": source["language"],
            "people": people,
            "aliases": [
                [at, alias["kind"], alias["judgement"], alias["text"]]
                for at, person in enumerate(record["people"])
                for alias in person["aliases"]
                if alias["text"] != person["name"]
            ],
            "layout": laid,
        }
    except (KeyError, IndexError, TypeError):  # somebody else's JSON that looks like a record
        return {}


def _laid(turn: Mapping[str, Any], names: Mapping[str, str]) -> list[list[Any]]:
    """A turn of a record as rows of a layout."""
    speakers = [names[one] for one in (turn["speaker"], *turn["others"]) if one]
    laid: list[list[Any]] = [["turn", *turn["span"], JOINT.join(speakers)]]
    if turn["judgement"] != "certain":
        laid.append(["judgement", *turn["span"], turn["judgement"]])
    if turn["time"]:
        seconds = " ".join(f"{second:.3f}".removesuffix(".000") for second in turn["time"])
        laid.append(["time", *turn["span"], seconds])
    if turn["label"]:
        laid.append(["label", *turn["label"], None])
    return [*laid, *(["speech", *piece, None] for piece in turn["speech"])]
