"""Records of texts that nobody would write on purpose: valid in every format, and the same when they come back."""

# ruff: noqa: E501  a row of a table is one line

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import msgspec
import pytest
from evals.exports import ROUND, again, faults
from lxml import etree
from sample import full, hostile

from onrecord import verify
from onrecord.export import formats
from onrecord.model import Block, BlockKind, Record
from onrecord.spans import Span


def text(*lines: str, end: str = "\n") -> tuple[str, bytes]:
    return "a.txt", end.join([*lines, ""]).encode()


def rows(*lines: dict[str, Any]) -> tuple[str, bytes]:
    return "a.jsonl", "".join(json.dumps(line) + "\n" for line in lines).encode()


def said(speaker: str | None, words: str, **more: Any) -> dict[str, Any]:
    return {"speaker": speaker, "text": words, **more}


TWINS = (
    b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><listPerson><person xml:id="a"><persName>Jan Smit</persName></person>'
    b'<person xml:id="b"><persName>Jan Smit</persName></person></listPerson></teiHeader><text><body><u who="#a"><seg>Yes.</seg></u>'
    b'<u who="#b"><seg>No.</seg></u><u who="#a #b"><seg>We agree.</seg></u></body></text></TEI>'
)

AWKWARD: dict[str, tuple[str, bytes]] = {
    "emoji": text("Ada Roe: \U0001f389 Good \U0001f468\u200d\U0001f469\u200d\U0001f467 day \U0001f1eb\U0001f1f7.", "Bo Lund: Yes \U0001f642", "Ada Roe: \U0001f642"),
    "combining marks": text("Ada Roe\u0301: cafe\u0301 \u0301start.", "Bo Lund: \u0301\u0302only marks.", "Ada Roe\u0301: So."),
    "CR LF and CR": text("Ada Roe: One.\rTwo.", "Bo Lund: Three.", "Ada Roe: Four.", end="\r\n"),
    "right to left": text("אדה רועי: שלום לכולם.", "בו לונד: \u202eabc\u202c תודה.", "אדה רועי: כן."),
    "labels without words": text("Ada Roe:", "Bo Lund:", "Ada Roe: Yes.", "Bo Lund:"),
    "words without a label": rows(said(None, "Who?"), said("Ada Roe", "I."), said(None, "And who else?")),
    "nested quotation marks": text("Ada Roe: He said “she said ‘they said \"no\"’ then”.", "Bo Lund: « Il a dit “non” ».", "Ada Roe: \"Fine."),
    "marks at the borders": text("Ada Roe: (Laughter.) Yes. (Applause.)", "Bo Lund: [inaudible]", "Ada Roe: (sic) (Laughter.)", "Bo Lund: No."),
    "two of one name": ("a.xml", TWINS),
    "offices only": text("THE PRESIDENT: Order.", "THE CLERK: The bill.", "THE PRESIDENT: Thank you.", "THE MINISTER: No."),
    "a long name, a long speech": rows(said("A" * 400 + " Roe", "Yes. " * 9000), said("Bo Lund", "No.")),
    "names like ids": rows(said("p2", "One."), said("nobody", "Two."), said("#p1 p2", "Three."), said("t1", "Four.")),
    "names like formulas": rows(said("=cmd|' /C calc'!A0", "=1+1"), said("@here", "+2 percent\n=3"), said("\t=x", "-4"), said("-->", "He --> <v X>")),
    "names like markup": rows(said("a\"b<c>&d'", "<u who='#p1'>?></u>"), said("]]>", "<?onrecord-label-end?>"), said("Ada", "&amp; &#0;")),
    "characters that XML has not": rows(said("Ada Roe", "\x00\x01\x0b\x1f\ufffe\uffff\x7f\x85\u2028 end."), said("Bo\x0cLund", "\x0c")),
    "three languages": text("Ada Roe: Good morning, we begin with the report of the committee.", "Bo Lund: Guten Morgen, wir beginnen mit dem Bericht des Ausschusses.", "Cléo Marchand: Bonjour, nous allons commencer par le rapport de la commission.", "Ada Roe: Thank you."),
    "times": rows(said("Ada", "One.", start=0, end=0), said("Bo", "Two.", start=1.5), said("Ada", "Three.", start=359_999.5, end=999_999_999)),
    "they speak together": text("Ada Roe and Bo Lund: We agree.", "Bo Lund: Yes.", "Ada Roe: Yes."),
    "a day that no calendar has": text("Talks on 30 February 2031 and Monday", "", "Ada Roe: Yes.", "Bo Lund: No.", "Ada Roe: So."),
    "a day without a year": text("The council met on Monday, 3 May, and nobody said anything in particular to anyone."),
    "nobody speaks": text("The council met on Monday and nobody said anything in particular to anyone."),
    "hardly a text": text("."),
    "a label between two captions": text("0:00:30.800 --> 00:00:33.200", "Hm.", "", "8", "00:00:33.(sic) --> 00:00:36.600", "<v Teodor Brask>Our talks were long.", "", "9", "00:00:37.000 --> 00:00:43.500", "<v Teodor Brask>A border runs here,", "", "10", "00:00:44.000 --> 00:00:45.500", "<v Teodor Brask>and no herring reads."),
    "a direction over two lines": text("Ada Roe: We have come to the end of it.", "", "(The conference ends 16:12", "16:47.)", "", "Bo Lund: Six years of silence.", "Ada Roe: Yes."),
    "a heading between": text("# The pier", "Ada Roe: One.", "", "# The bill", "", "Bo Lund: Two.", "Ada Roe: Three."),
}  # fmt: skip


@pytest.fixture(scope="module", params=AWKWARD)
def record(request: pytest.FixtureRequest) -> Record:
    name, data = AWKWARD[request.param]
    return again(data, name)


@pytest.mark.parametrize("format", formats.formats())
def test_every_format_holds_it(record: Record, format: str) -> None:
    assert verify(record) == []
    assert list(faults(record, format)) == []


@pytest.mark.parametrize("format", ROUND)
def test_it_comes_back_sound(record: Record, format: str) -> None:
    kept, unpacked = ROUND[format]
    assert verify(again(unpacked(formats.export(record, format)), kept)) == []


def test_no_segment_of_tei_is_empty(record: Record) -> None:
    """A rule of ParlaMint that its schema cannot say; another: whoever speaks is declared."""
    tree = etree.fromstring(formats.export(record, "tei"))
    space, identity = "{http://www.tei-c.org/ns/1.0}", "{http://www.w3.org/XML/1998/namespace}id"
    assert all("".join(one.itertext()).strip() for one in tree.iter(f"{space}seg"))
    declared = {node.get(identity) for node in tree.iter() if node.get(identity)}
    assert {who[1:] for one in tree.iter(f"{space}u") for who in (one.get("who") or "").split()} <= declared


BY_HAND = {"everything": full(), **{words: hostile(words) for words in ("=1+1", "\t=1+1", ";@SUM(1)", "]]>--><script>", "?> &#0;")}}  # fmt: skip


@pytest.mark.parametrize("name", BY_HAND)
@pytest.mark.parametrize("format", ["tei", "akn", "convokit", "csv", "parquet", "jsonld"])
def test_printed_strings_break_nothing(name: str, format: str) -> None:
    """Overlapping findings, several tiers of flags, joint speakers; and hostile words wherever a string is printed."""
    from evals.exports import _VALID

    assert _VALID[format](formats.export(BY_HAND[name], format)) == ""


@pytest.mark.parametrize("kind", ["frame", "furniture", "heading"])
@pytest.mark.parametrize("format", ["tei", "akn"])
def test_elements_nest_whatever_a_record_says(format: str, kind: BlockKind) -> None:
    """Labels and speech in a block where nobody speaks: not what we find, and no reason to write broken XML."""
    record = full()
    text = record.sources[0].text
    whole = msgspec.structs.replace(record, blocks=(Block("s1", Span(0, len(text)), text, kind),))
    written = etree.fromstring(formats.export(whole, format))
    assert text in "".join(written.itertext())


def test_a_corpus_in_which_nobody_speaks_has_one_utterance() -> None:
    name, data = AWKWARD["nobody speaks"]
    archive = zipfile.ZipFile(io.BytesIO(formats.export(again(data, name), "convokit")))
    (row,) = map(json.loads, archive.read("utterances.jsonl").splitlines())
    assert (row["speaker"], row["text"]) == ("nobody", data.decode())


DATES = [
    ("3 May 2031", b'<date when="2031-05-03"/>', b'date="2031-05-03" name="event"'),
    ("30 February 2031", None, b'date="0001-01-01" name="undated"'),
    ("Monday", None, b'date="0001-01-01" name="undated"'),
]


@pytest.mark.parametrize(("printed", "tei", "akn"), DATES)
def test_only_a_day_that_there_is_becomes_a_date(printed: str, tei: bytes | None, akn: bytes) -> None:
    record = again(
        f"The council met on {printed} and spoke of the pier for a long time, as it had done before.".encode(),
        "a.txt",
    )
    written = formats.export(record, "tei")
    assert tei in written if tei else b"<date" not in written
    assert akn in formats.export(record, "akn")
    day = json.loads(formats.export(record, "jsonld"))["@graph"][0].get("startDate")
    assert day == ("2031-05-03" if tei else None)


@pytest.mark.parametrize("format", ROUND)
def test_the_language_that_the_user_said_comes_back(format: str) -> None:
    """Too few words to tell it from; and what somebody else declares counts only there."""
    from onrecord.record import read_source
    from onrecord.sources import open_bytes

    record = read_source(open_bytes("a.txt", b"Ada Roe: Hm.\nBo: Ok.\nAda Roe: so\n"), language="de")
    kept, unpacked = ROUND[format]
    first = formats.export(record, format)
    back = again(unpacked(first), kept)
    assert back.sources[0].language == "de"
    assert formats.export(back, format) == first


FRENCH = "Nous avons eu des négociations très utiles, et je vous remercie de votre accueil dans cette ville."
DECLARED = [("Hm.", "de-AT", "de"), ("Hm.", "tlh", None), ("Hm.", "xx", None), (FRENCH, "de", "fr")]


@pytest.mark.parametrize(("words", "declared", "language"), DECLARED)
def test_a_declared_language_counts_where_the_words_do_not_tell(
    words: str, declared: str, language: str | None
) -> None:
    data = f'<TEI xml:lang="{declared}"><text><body><u><seg>{words}</seg></u></body></text></TEI>'.encode()
    assert again(data, "a.xml").sources[0].language == language
