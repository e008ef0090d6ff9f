"""Files of the formats that we write, broken: what is wrong is said with its place, and the rest is kept."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord import corpus
from onrecord.record import read_source, verify
from onrecord.sources import open_bytes


def tei(people: str, speeches: str) -> bytes:
    head = f"<teiHeader><particDesc><listPerson>{people}</listPerson></particDesc></teiHeader>"
    body = f"<text><body>\n{speeches}\n</body></text>"
    return f'<TEI xmlns="http://www.tei-c.org/ns/1.0">\n{head}\n{body}</TEI>'.encode()


def person(id: str, name: str) -> str:
    return f'<person xml:id="{id}"><persName>{name}</persName></person>'


def u(who: str, words: str) -> str:
    return f'<u who="#{who}"><seg>{words}</seg></u>'


def akn(people: str, speeches: str) -> bytes:
    head = f'<meta><references source="#us">{people}</references></meta>'
    body = f"<debateBody><debateSection>{speeches}</debateSection></debateBody>"
    start = '<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><debate name="debate">'
    return f"{start}\n{head}\n{body}\n</debate></akomaNtoso>".encode()


def rows(*rows: dict[str, object] | str) -> bytes:
    return "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows).encode()


def said(id: str, speaker: str, reply: str | None) -> dict[str, object]:
    """An utterance as ConvoKit writes it into its files."""
    return {
        "id": id,
        "speaker": speaker,
        "reply-to": reply,
        "conversation_id": "1",
        "text": f"{speaker} speaks.",
    }


BROKEN = [
    (
        "a TEI id for two people", "a.xml",
        tei(person("p1", "Ida Morel") + "\n" + person("p1", "Hugo Brenner"), u("p1", "The pier is open.")),
        ["line 3: #p1 is declared twice, as Ida Morel and as Hugo Brenner; neither name is taken"],
        ["p1: The pier is open."], 0,
    ),
    (
        "a TEI id twice for one person", "a.xml",
        tei(person("p1", "Ida Morel") * 2, u("p1", "The pier is open.")),
        ["line 2: #p1 is declared twice"], ["Ida Morel: The pier is open."], 0,
    ),
    (
        "a TEI speaker whom nobody declares", "a.xml",
        tei(person("p1", "Ida Morel"), u("p1", "The pier is open.") + "\n" + u("p9", "It is not.")),
        ["line 5: the speaker #p9 of 1 paragraph is not declared in this file"],
        ["Ida Morel: The pier is open.", "p9: It is not."], 0,
    ),
    (
        "a blank name in Akoma Ntoso", "a.xml",
        akn(
            '<TLCPerson eId="p1" href="/p1" showAs=""/><TLCPerson eId="p2" href="/p2" showAs="Ida Morel"/>',
            '<speech by="#p1"><p>The pier is open.</p></speech><speech by="#p2"><p>It is not.</p></speech>',
        ),
        ["line 2: #p1 is declared without a name"], ["p1: The pier is open.", "Ida Morel: It is not."], 0,
    ),
    (
        "replies in a circle, to nobody, and an id twice", "utterances.jsonl",
        rows(said("1", "Ida", "2"), said("2", "Hugo", "1"), said("2", "Noé", "7")),
        ["1 id stands twice: 2", "1 reply is to an unknown id: 7", "replies lead in a circle: 1"],
        ["Ida: Ida speaks.", "Hugo: Hugo speaks.", "Noé: Noé speaks."], 0,
    ),
    (
        "lines that are no JSON, or no utterance", "a.jsonl",
        rows(said("1", "Ida", None), '{"id": "2", "speaker": "Hu', said("3", "Noé", None), "[1]"),
        ["line 2: not JSON at column 24", "line 4: no text; left out"],
        ["Ida: Ida speaks.", "Noé: Noé speaks."], 3,
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("what", "name", "data", "told", "kept", "status"), BROKEN, ids=[one[0] for one in BROKEN]
)
def test_what_is_wrong_is_said_with_its_place_and_the_rest_is_kept(
    tmp_path: Path,
    what: str, name: str, data: bytes, told: list[str], kept: list[str], status: int,
) -> None:  # fmt: skip
    """Status 3 where words of the input are not in the record, 0 where only their owner or order is odd."""
    record = read_source(open_bytes(name, data))
    notes = [note.message for note in record.sources[0].notes]
    assert all(any(note.startswith(one) for note in notes) for one in told), notes
    names = {one.id: one.name for one in record.people}
    text = record.sources[0].text
    assert [
        f"{names[turn.speaker or '']}: {text[turn.speech[0].start : turn.speech[-1].end]}"
        for turn in record.turns
    ] == kept
    assert verify(record) == []
    (tmp_path / name).write_bytes(data)
    command = [sys.executable, "-m", "onrecord", "read", str(tmp_path / name), "--json"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == status


def page(words: str, lie: int = 0) -> bytes:
    """One response of a WARC file; `lie` is added to its length."""
    body = f"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n{words}".encode()
    head = f"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {len(body) + lie}\r\n\r\n"
    return head.encode() + body + b"\r\n\r\n"


PACKED = gzip.compress(rows(*({"text": f"Vance: Berth {n} of {n * n} is ours."} for n in range(2_000))))


@pytest.mark.parametrize(
    ("name", "data", "place", "reason"),
    [
        ("a.jsonl.gz", PACKED[: len(PACKED) // 2], "a.jsonl.gz", "ends in the middle"),
        (
            "a.warc", page("Vance: Yes.") + page("Morel: No.", lie=40) + page("Vance: So."),
            "a.warc:2", "no record begins behind",
        ),
        ("a.jsonl", rows({"text": "Vance: Yes."}, '{"text": "Mor', {"text": "Vance: So."}), "a.jsonl:2", "not JSON"),
    ],
)  # fmt: skip
def test_a_corpus_goes_on_behind_what_is_broken(
    tmp_path: Path, name: str, data: bytes, place: str, reason: str
) -> None:
    (tmp_path / name).write_bytes(data)
    summary = corpus.run([tmp_path / name], tmp_path / "out", workers=1)
    assert summary.status == 3 and summary.documents >= 2
    assert set(summary.quarantined) == {"damaged"}
    assert any(one.source.startswith(place) and reason in one.reason for one in summary.examples)
