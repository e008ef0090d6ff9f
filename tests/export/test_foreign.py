"""Files of other people's parliaments and tools: what they say of speakers is taken as it stands, nothing is guessed."""

# ruff: noqa: E501  a row of a table is one line

from __future__ import annotations

import json

import pytest

from onrecord.errors import Unreadable
from onrecord.model import Record
from onrecord.record import read_source, verify
from onrecord.sources import open_bytes

PEOPLE = (
    '<person xml:id="RoeAda"><persName><surname>Roe</surname><forename>Ada</forename></persName></person>'
    '<person xml:id="LundBo"><persName><forename>Bo</forename><nameLink>van</nameLink><surname>Lund</surname>'
    "<roleName>Minister</roleName></persName></person>"
)


def tei(body: str, people: str = PEOPLE) -> bytes:
    """A sitting of an invented parliament."""
    return (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:xi="http://www.w3.org/2001/XInclude"><teiHeader><particDesc>'
        f"<listPerson>{people}</listPerson></particDesc></teiHeader><text><body><div>{body}</div></body></text></TEI>"
    ).encode()


def akn(body: str, space: str = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0") -> bytes:
    people = '<TLCPerson id="roe" eId="roe" href="/p/roe" showAs="Ada Roe"/><TLCRole eId="chair" showAs="The Chair"/>'
    head = f"<meta><references>{people}</references></meta>"
    return f'<akomaNtoso xmlns="{space}"><debate>{head}<debateBody>{body}</debateBody></debate></akomaNtoso>'.encode()


def rows(*lines: object) -> bytes:
    return "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines).encode()


def told(record: Record) -> list[str]:
    """Each turn as `label | speakers: speech / speech`, nobody as `?`."""
    names = {person.id: person.name for person in record.people}
    text = record.sources[0].text
    found = []
    for turn in record.turns:
        who = " + ".join(names[one] for one in (turn.speaker, *turn.others) if one) or "?"
        label = f"{text[turn.label.start : turn.label.end]} | " if turn.label else ""
        found.append(f"{label}{who}: {' / '.join(text[one.start : one.end] for one in turn.speech)}")
    return found


TURNS = [
    (
        "what is noted inside an utterance does not end it, and is no label", "a.xml",
        tei(
            '<note type="speaker">CHAIR ROE:</note><u who="#RoeAda"><seg>We begin.</seg><kinesic><desc>Applause</desc>'
            '</kinesic><seg>Order order</seg><note>Ada Roe</note><seg>You <gap reason="inaudible"><desc>lost</desc></gap>'
            " go on.</seg></u>"
        ),
        ["CHAIR ROE | Ada Roe: We begin. / Order order / You / go on."],
        [("Applause", "stage"), ("Ada Roe", "stage"), ("lost", "inaudible")],
    ),
    (
        "an utterance without a speaker is speech of nobody", "a.xml",
        tei('<u who="#RoeAda"><seg>Yes.</seg></u><u><seg>Who said that?</seg></u><u who="#"><seg>Nobody.</seg></u>'),
        ["Ada Roe: Yes.", "?: Who said that?", "?: Nobody."], [],
    ),
    (
        "several speak together", "a.xml", tei('<u who="#RoeAda #LundBo"><seg>We do.</seg></u>'),
        ["Ada Roe + Bo van Lund: We do."], [],
    ),
    (
        "each utterance is a turn", "a.xml",
        tei('<u who="#RoeAda"><seg>One.</seg></u><u who="#RoeAda"><seg>Two.</seg><seg>Three</seg></u>'),
        ["Ada Roe: One.", "Ada Roe: Two. / Three"], [],
    ),
    (
        "two people of one name are two people", "a.xml",
        tei(
            '<u who="#a"><seg>The pier.</seg></u><u who="#b"><seg>No.</seg></u><u who="#a"><seg>Yes.</seg></u>',
            '<person xml:id="a"><persName>Jan Smit</persName></person>'
            '<person xml:id="b"><persName>Jan Smit</persName></person>',
        ),
        ["Jan Smit (a): The pier.", "Jan Smit (b): No.", "Jan Smit (a): Yes."], [],
    ),
    (
        "names that are nearly one are two", "a.xml",
        tei(
            '<u who="#a"><seg>The pier.</seg></u><u who="#b"><seg>No.</seg></u>',
            '<person xml:id="a"><persName>Jan Smit</persName></person>'
            '<person xml:id="b"><persName>Jan Smits</persName></person>',
        ),
        ["Jan Smit: The pier.", "Jan Smits: No."], [],
    ),
    (
        "the name that is still borne, in one alphabet", "a.xml",
        tei(
            '<u who="#a"><seg>The pier.</seg></u>',
            '<person xml:id="a"><persName to="2030-01-01">Ada Stein</persName><persName xml:lang="en">Ada Roe</persName>'
            '<persName xml:lang="ru">Ада Роу</persName></person>',
        ),
        ["Ada Roe: The pier."], [],
    ),
    (
        "somebody of another file", "a.xml", tei('<u who="people.xml#MorelIda"><seg>Hello.</seg></u>'),
        ["MorelIda: Hello."], [],
    ),
    *(
        (
            f"questions and answers, {space}", "a.xml",
            akn(
                '<questions><question by="#roe"><from>Ms Roe:</from><p>Is it open?</p></question><answer by="#chair">'
                '<p>It is</p><narrative>(Applause)</narrative><p>All day.</p></answer></questions><speech><p>Nobody.</p>'
                '</speech><speech by="#roe"><from/><p>Good.</p></speech>', space,
            ),
            ["Ms Roe | Ada Roe: Is it open?", "The Chair: It is / All day.", "?: Nobody.", "Ada Roe: Good."],
            [("(Applause)", "stage")],
        )
        for space in ("http://docs.oasis-open.org/legaldocml/ns/akn/3.0", "http://www.akomantoso.org/2.0")
    ),
    (
        "rows without a speaker among others", "a.jsonl",
        rows({"speaker": "Ada Roe", "text": "One."}, {"speaker": None, "text": "Two"}, {"speaker": ["x"], "text": "Three"},
             {"speaker": None, "text": "(Laughter)"}, {"speaker": "Bo Lund", "text": "Four\nOrder order"},
             {"speaker": "Ada Roe", "text": "Five."}),
        ["Ada Roe: One.", "?: Two", "?: Three", "Bo Lund: Four\nOrder order", "Ada Roe: Five."], [("(Laughter)", "stage")],
    ),
    (
        "a first line that is cut off", "a.jsonl",
        rows('{"speaker": "Ada Roe", "te', {"speaker": "Bo Lund", "text": "Two."}), ["Bo Lund: Two."], [],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("what", "name", "data", "turns", "marks"), TURNS, ids=[one[0] for one in TURNS])
def test_speech_stays_with_whom_the_file_gives_it(
    what: str, name: str, data: bytes, turns: list[str], marks: list[tuple[str, str]]
) -> None:
    record = read_source(open_bytes(name, data))
    assert told(record) == turns
    assert [(mark.text, mark.kind) for mark in record.marks] == marks
    assert [block for block in record.blocks if block.kind == "heading"] == []
    assert verify(record) == []


def test_a_row_without_a_time_keeps_its_words_and_takes_no_time_of_others() -> None:
    data = rows(
        {"speaker": "Ada Roe", "text": "One.", "start": 1, "end": 2},
        {"speaker": "Bo Lund", "text": "Two."},
        {"speaker": "Ada Roe", "text": "Three.", "start": 5, "end": 6},
    )
    record = read_source(open_bytes("a.jsonl", data))
    assert told(record) == ["Ada Roe: One.", "Bo Lund: Two.", "Ada Roe: Three."]
    assert [turn.time for turn in record.turns] == [(1.0, 2.0), None, (5.0, 6.0)]


BAD_BYTES = [
    ("a.xml", tei('<u who="#RoeAda"><seg>Yes, we \xff do, d\u00e9j\u00e0.</seg></u>')),
    (
        "a.html",
        "<html><body><p>Ada Roe: Yes, we \xff do, d\u00e9j\u00e0.</p><p>Bo Lund: No.</p></body></html>".encode(),
    ),
    (
        "a.jsonl",
        '{"speaker": "Ada Roe", "text": "Yes, we \xff do, d\u00e9j\u00e0, \u00e9t\u00e9, o\u00f9, \u00e0."}\n{"speaker": "Bo", "text": "No."}'.encode(),
    ),
]


@pytest.mark.parametrize(("name", "data"), BAD_BYTES)
def test_the_place_of_a_bad_byte_is_told_in_bytes(name: str, data: bytes) -> None:
    """The file's characters are not those of its text: a span would lead beside it, or behind its end."""
    record = read_source(open_bytes(name, data.replace("\xff".encode(), b"\xff")))
    (note,) = (one for one in record.sources[0].notes if one.kind == "encoding")
    assert (note.byte, note.span) == (data.index("\xff".encode()), None)
    assert verify(record) == []


def test_a_file_of_ours_without_words_is_refused_like_any() -> None:
    from onrecord.sources.witness import sha256

    with pytest.raises(Unreadable, match="no text"):
        open_bytes("a.xml", f"<?onrecord {sha256('')} text/plain?><TEI><text><body/></text></TEI>".encode())


SAID = [
    (tei('<u who="#a"><seg>Yes.</seg></u><u who="#b"><seg>No.</seg></u>',
         '<person xml:id="a"><persName>Jan Smit</persName></person><person xml:id="b"><persName>Jan Smit</persName></person>'),
     "#a and #b are both called Jan Smit; each is named with its id"),
    (tei('<xi:include href="people.xml"/><u who="#a"><seg>Yes.</seg></u>'), "line 1: an XInclude of people.xml, not followed"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "note"), SAID)
def test_what_is_doubtful_is_said(data: bytes, note: str) -> None:
    assert note in [one.message for one in read_source(open_bytes("a.xml", data)).sources[0].notes]


REFUSED = [
    ("a.xml", tei('<xi:include href="sitting-12.xml"/>'), "no words of its own: it includes sitting-12.xml"),
    (
        "a.jsonl",
        rows({"author": "Ada", "body": "Yes"}),
        "no field is called text, .*its fields are author, body",
    ),
]


@pytest.mark.parametrize(("name", "data", "why"), REFUSED)
def test_a_refusal_says_what_is_there(name: str, data: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        open_bytes(name, data)


def test_who_is_one_as_the_user_says() -> None:
    """Two people of the file become one person, with both names and no other speech."""
    data = tei('<u who="#RoeAda"><seg>Yes.</seg></u><u who="#LundBo"><seg>No.</seg></u>')
    record = read_source(open_bytes("a.xml", data), aliases={"Bo van Lund": "Ada Roe"})
    assert told(record) == ["Ada Roe: Yes.", "Ada Roe: No."]
    assert [[alias.text for alias in person.aliases] for person in record.people] == [
        ["Ada Roe", "Bo van Lund"]
    ]
