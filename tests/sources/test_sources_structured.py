"""Formats that say who speaks or when: captions, JSON, TEI, Akoma Ntoso."""

# ruff: noqa: E501  a row of a table is one line

from __future__ import annotations

import json

import pytest
from specimens import notes, spans

from onrecord.errors import Refused, Unreadable
from onrecord.sources import Reading, open_bytes


def read(name: str, text: str) -> Reading:
    return open_bytes(name, text.encode()).reading


# ---------------------------------------------------------------------------------------------- captions

VTT = (
    "WEBVTT - Press room\n\nNOTE made by hand\n\nSTYLE\n::cue { color: red }\n\n"
    "intro\n00:01.500 --> 00:00:04.000 align:left\n<v Ada Roe>Good evening.</v>\n<v.loud Ben Li>Good\n\n"
    "01:00:00.000 --> 01:00:02.250\nNo name\nover two lines\n"
)


def test_cues_are_spans_over_the_unchanged_file() -> None:
    reading = read("a.vtt", VTT)
    assert reading.text == VTT
    assert spans(reading, "time") == [
        ("<v Ada Roe>Good evening.</v>\n<v.loud Ben Li>Good", "1.5 4"),
        ("No name\nover two lines", "3600 3602.25"),
    ]
    assert spans(reading, "voice") == [("Ada Roe", "Ada Roe"), ("Ben Li", "Ben Li")]
    assert not reading.partial


SRT = "1\r\n00:00:01,000 --> 00:00:02,000\r\nROE: Hi\r\n\r\n2\r\n00:00:02,000 --> 00:00:03,1\r\nLI: No\r\n"


def test_subrip() -> None:
    reading = read("a.txt", SRT)
    assert (reading.text, reading.media_type) == (SRT, "application/x-subrip")
    assert spans(reading, "time") == [("ROE: Hi", "1 2"), ("LI: No", "2 3.1")]


BROKEN = [
    ("7\n00:00:03 -> 00:00:04\nno\n", "line 6: not a cue time: 00:00:03 -> 00:00:04"),
    ("00:00:09,000 --> 00:00:04,000\nno\n", "line 5: the cue ends before it starts"),
    ("00:00:0x,000 --> 00:00:04,000\nno\n", "line 5: not a cue time: 00:00:0x,000 --> 00:00:04,000"),
    ("00:00:75,000 --> 00:01:20,000\nno\n", "line 5: not a cue time: 00:00:75,000 --> 00:01:20,000"),
    ("00:75:00,000 --> 01:20:00,000\nno\n", "line 5: not a cue time: 00:75:00,000 --> 01:20:00,000"),
    ("words without a time\n", "line 5: not a cue, left unread as speech"),
]


@pytest.mark.parametrize(("cue", "message"), BROKEN)
def test_broken_cues_are_named_by_line_and_the_rest_is_kept(cue: str, message: str) -> None:
    reading = read("a.srt", "1\n00:00:01,000 --> 00:00:02,000\nROE: Hi\n\n" + cue)
    assert spans(reading, "time") == [("ROE: Hi", "1 2")]
    assert notes(reading, "cue") == [message]
    assert not reading.partial  # what is no cue stays in the text


def test_a_rounded_second_sixty_is_a_time() -> None:
    reading = read("a.srt", "1\n00:00:58,800 --> 00:00:60,000\nROE: Hi\n")
    assert spans(reading, "time") == [("ROE: Hi", "58.8 60")]


def test_minutes_without_hours_go_beyond_the_hour() -> None:
    reading = read("a.vtt", "WEBVTT\n\n75:00.000 --> 76:00.000\nROE: Hi\n")
    assert spans(reading, "time") == [("ROE: Hi", "4500 4560")]


def test_a_missing_blank_line_does_not_swallow_the_next_cue() -> None:
    reading = read("a.srt", SRT.replace("\r\n\r\n", "\r\n"))
    assert spans(reading, "time") == [("ROE: Hi", "1 2"), ("LI: No", "2 3.1")]


def test_webvtt_without_cues_is_refused() -> None:
    with pytest.raises(Unreadable, match="captions: no cues"):
        read("a.vtt", "WEBVTT\n\nNOTE nothing here\n")


# -------------------------------------------------------------------------------------------------- JSON

ROE, LI = (
    {"speaker": "Ada Roe", "text": "Good evening."},
    {"speaker": "Ben Li", "text": "No.\nNever.", "start": 1.5, "end": 3},
)
UTTERANCES = [
    ("a.jsonl", json.dumps(ROE) + "\n\n" + json.dumps(LI) + "\n"),
    ("a.json", json.dumps([ROE, LI])),
    ("a.json", json.dumps({"utterances": [ROE, LI]})),
    ("a.json", json.dumps({"text": "whole", "segments": [ROE, LI]})),
    ("a.json", json.dumps([{"speaker": {"id": "Ada Roe"}, "text": "Good evening."}, LI])),
]


@pytest.mark.parametrize(("name", "text"), UTTERANCES)
def test_utterances_carry_their_given_speakers(name: str, text: str) -> None:
    reading = read(name, text)
    assert reading.text == "Good evening.\nNo.\nNever."
    assert spans(reading, "speaker") == [("Good evening.", "Ada Roe"), ("No.\nNever.", "Ben Li")]
    assert spans(reading, "time") == [("No.\nNever.", "1.500 3")]
    assert not reading.partial


def test_a_text_in_json_is_a_text() -> None:
    reading = read("a.json", '{"text": "Roe: Good evening.", "title": "Press room", "x": 1}')
    assert (reading.text, reading.metadata) == ("Roe: Good evening.", {"title": "Press room"})
    assert notes(reading, "unread") == ["fields that are not read: x"]


def test_bad_lines_are_named_and_the_rest_is_read() -> None:
    lines = [
        json.dumps(ROE),
        '{"text": "cut',
        json.dumps({"speaker": "X", "text": None}),
        json.dumps(LI),
        '{"te',
    ]
    reading = read("a.jsonl", "\n".join(lines))
    assert reading.partial
    assert [message.partition(":")[0] for message in notes(reading, "line")] == ["line 2", "line 3", "line 5"]
    assert len(spans(reading, "speaker")) == 2


@pytest.mark.parametrize(("said", "partial"), [("", False), (" ", False), (None, False), (5, True)])
def test_nothing_is_missing_where_nothing_was_said(said: object, partial: bool) -> None:
    rows = [ROE, {"speaker": "X", "text": said}, LI]
    reading = read("a.jsonl", "\n".join(map(json.dumps, rows)))
    assert (reading.partial, len(notes(reading, "line"))) == (partial, 1)


NOTED = [
    ('{"text": "a", "x": NaN}', "json", "NaN is not JSON; read as nothing"),
    ('{"text": "a", "x": 1, "x": 2}', "json", 'the key "x" stands twice; the last value counts'),
    ('[{"text": "a", "start": "soon"}]', "time", "start is no number of seconds: soon"),
    (
        '{"text": "a \\ud83d b"}',
        "surrogate",
        "1 half character (lone surrogate) shown as U+FFFD, the first at character 2",
    ),
    ('{"text": "a", "x": ' + "9" * 5000 + "}", "unread", "fields that are not read: x"),
]


@pytest.mark.parametrize(("text", "kind", "message"), NOTED)
def test_odd_json_is_noted(text: str, kind: str, message: str) -> None:
    assert notes(read("a.json", text), kind) == [message]


REFUSED = [
    ('{"text": "a", "text": "b"}', Unreadable, 'the key "text" stands twice with two values'),
    ('{"text": "a",\n "b" 1}', Unreadable, "malformed JSON at line 2, column 6"),
    ("[" * 100_000 + "]" * 100_000, Refused, "JSON nested too deeply"),
    ('{"a":' * 50_000 + "1" + "}" * 50_000, Refused, "JSON nested too deeply"),
    ("[1, 2]", Unreadable, "JSON without any text"),
    ('{"a": 1}', Unreadable, "JSON without any text"),
]


@pytest.mark.parametrize(("text", "error", "message"), REFUSED)
def test_bad_json_is_refused(text: str, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        read("a.json", text)


def test_replies_are_checked() -> None:
    rows = [
        {"id": i, "reply_to": r, "speaker": "s", "text": "x"}
        for i, r in (("a", "b"), ("b", "a"), ("b", "q"), ("c", None))
    ]
    assert notes(read("a.jsonl", "\n".join(map(json.dumps, rows))), "thread") == [
        "1 id stands twice: b",
        "1 reply is to an unknown id: q",
        "replies lead in a circle: a",
    ]


def test_our_own_record_gives_its_text_if_the_hash_holds() -> None:
    record = {"schema_version": 1, "sources": [{"text": "Roe: No.\r\n", "text_sha256": "0" * 64}]}
    with pytest.raises(Unreadable, match="does not match its hash"):
        read("a.json", json.dumps(record))
    del record["sources"][0]["text_sha256"]  # type: ignore[index]
    assert read("a.json", json.dumps(record)).text == "Roe: No.\r\n"


# --------------------------------------------------------------------------------------------------- XML

TEI = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><title>Sitting</title><particDesc><listPerson>'
    '<person xml:id="roe"><persName><forename>Ada</forename> <surname>Roe</surname></persName></person>'
    "</listPerson></particDesc></teiHeader><text><body><head>Budget</head>"
    '<u who="#roe"><seg>Good <hi>evening</hi>.</seg><note>Applause</note><seg>No.</seg></u>'
    "<sp><speaker>Ben Li</speaker><p>Why?</p></sp></body></text></TEI>"
)


def test_tei_speeches_keep_speaker_and_order() -> None:
    reading = read("a.xml", TEI)
    assert reading.text == "Budget\nGood evening.\nApplause\nNo.\nBen Li\nWhy?"
    assert spans(reading, "speaker") == [("Good evening.", "Ada Roe"), ("No.", "Ada Roe"), ("Why?", "Ben Li")]
    assert spans(reading, "voice") == [("Ben Li", "Ben Li")]
    assert spans(reading, "heading") == [("Budget", "2")]
    assert reading.metadata == {"title": "Sitting"}


AKN = (
    '<akomaNtoso><debate><meta><references><TLCPerson eId="roe" showAs="Ada Roe"/><TLCPerson eId="li" showAs=" "/>'
    '</references></meta><debateBody><speech by="#roe" startTime="10:00:00"><from>Ms. Roe</from><p>Yes &amp; no.</p></speech>'
    '<narrative>Laughter</narrative><question by="#ghost" startTime="25:61"><p>Why?</p></question></debateBody></debate></akomaNtoso>'
)


@pytest.mark.parametrize(
    ("names", "speaker"),
    [
        (["Ben Li", "Ben Li"], "Ben Li"),
        (["Ben Li", "Ada Roe"], "li"),
        (["Ben Li", "Ada Roe", "Ben Li"], "li"),  # as much two people as in any other order
    ],
)
def test_an_id_of_two_people_stands_for_nobody(names: list[str], speaker: str) -> None:
    people = "".join(f'<TLCPerson eId="li" showAs="{name}"/>' for name in names)
    speech = '<speech by="#li"><p>The pier is open.</p></speech>'
    reading = read("a.xml", f"<akomaNtoso><debate><meta>{people}</meta>{speech}</debate></akomaNtoso>")
    assert spans(reading, "speaker") == [("The pier is open.", speaker)]


def test_akoma_ntoso_speeches() -> None:
    reading = read("a.xml", AKN)
    assert reading.text == "Ms. Roe\nYes & no.\nLaughter\nWhy?"
    assert spans(reading, "voice") == [("Ms. Roe", "Ada Roe")]
    assert spans(reading, "speaker") == [("Yes & no.", "Ada Roe"), ("Why?", "ghost")]
    assert [note.message for note in reading.notes] == [
        "line 1: #li is declared without a name",
        "line 1: startTime is no time: 25:61",
        "line 1: the speaker #ghost of 1 paragraph is not declared in this file",
    ]


def test_an_xinclude_is_not_followed() -> None:
    include = (
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/hostname" parse="text"/>'
    )
    reading = read("a.xml", f"<TEI><text>{include}<u>ok</u></text></TEI>")
    assert reading.text == "ok"
    assert notes(reading, "unread") == ["line 1: an XInclude of file:///etc/hostname, not followed"]


BAD_XML = [
    ('<!DOCTYPE a [<!ENTITY x "y">]><TEI><u>&x;</u></TEI>', Refused, "document type declaration"),
    (
        '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><TEI><u>ok</u></TEI>',
        Refused,
        "document type declaration",
    ),
    ("<TEI>" + "<div>" * 300 + "<u>x</u>" + "</div>" * 300 + "</TEI>", Refused, "nested more than 200 deep"),
    ("<TEI>\n <u>AT&T</u></TEI>", Unreadable, "malformed XML at line 2, column 9"),
    ("<TEI><u>&x;</u></TEI>", Unreadable, "malformed XML at line 1, column 9: undefined entity"),
    (
        '<?xml version="1.0"?><rss><title>News</title></rss>',
        Unreadable,
        "XML of a kind that is not read .<rss>.",
    ),
    ("<TEI><u> </u></TEI>", Unreadable, "no text"),
]


@pytest.mark.parametrize(("text", "error", "message"), BAD_XML)
def test_bad_xml_is_refused(text: str, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        read("a.xml", text)
