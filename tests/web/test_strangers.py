"""What somebody meets who was never here: texts without a title, the first screen, the way to a second account."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from conftest import House
from reading_room import SHORT, Reader, fields, said

from onrecord.web.home import first_words

UNTITLED = (
    "All eyes were on Lindhavn on Friday, when Minister Ilse Marrow and Mayor Tomas Arkell met for talks about the "
    "harbour and said, after long hours, that there was an agreement. “We have agreed,” Marrow told reporters.\n\n"
    "Ilse Marrow: We have agreed to open the pier. The question of the lighthouse remains open.\n\n"
    "Tomas Arkell: We will publish the map in April. I did not agree to a fee.\n\n"
    "Ilse Marrow: Thank you.\n"
)
"""No title, and a day that is only called by its name."""

NAMES = [
    ("\n\n  Harbour talks  \nIlse Marrow: We agreed.", "Harbour talks"),
    ("Talks, 14/03/2031", "Talks, 14⁄03⁄2031"),
    ("word " * 40, "word word word word word word word word word…"),
    ("x" * 400, "x" * 48 + "…"),
    ("a\u202eb", "a\\u202eb"),
    ("\ufeff\n", "\\ufeff"),
    (" \n\t ", ""),
]


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_a_pasted_text_is_called_by_its_first_words(text: str, name: str) -> None:
    assert first_words(text) == name


def test_pasted_markup_is_called_by_what_it_says(reader: Reader) -> None:
    path = reader.give("<html><body><h1>Pier talks</h1><p>Ilse Marrow: We agreed.</p></body></html>")
    assert "<bdi>Pier talks</bdi>" in reader.get(path).text


WHERE = [
    "/", "/events", "{event}", "{version}", "{version}/about", "{version}/t1", "/open", "/speaker?name=Ilse+Marrow",
    "/check", "/search?q=pier",
]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_text_without_a_title_has_a_name_everywhere(language: str, reader: Reader) -> None:
    reader.headers["Accept-Language"] = language
    version = reader.give(UNTITLED)
    for page in WHERE:
        shown = reader.get(page.format(version=version, event=version.partition("/v/")[0])).text
        assert "All eyes were on Lindhavn" in shown, page
        assert not re.search(r"Untitled|sans titre|pasted text|texte collé|None|XXXX", said(shown)), page
        assert "Lindhavn on Friday, when…</a> · <bdi>" not in shown, "the same name twice in one line"


FIRST = [
    (r'Who spoke</dt><dd><a href="#t1"><bdi>Ilse Marrow</bdi></a> <small>\d+%</small>'),
    (r'<a href="#g-agreed">Said to be agreed</a> <small>\d'),
    (r'<a href="#g-open">Open</a> <small>\d'),
    (r'<a href="#g-steps">Promised, next</a> <small>\d'),
]


@pytest.mark.parametrize("expected", FIRST)
def test_the_first_screen_says_who_and_what(expected: str, reader: Reader) -> None:
    shown = reader.get(reader.give(UNTITLED)).text
    assert re.search(expected, shown.partition("</header>")[0])


def test_every_count_of_the_first_screen_leads_to_as_many_lines(house: House) -> None:
    shown = house.reader.get(house.article).text
    front = re.findall(r'<a href="#g-(\w+)">[^<]+</a> <small>([\d,]+)</small>', shown)
    assert len(front) > 5
    for group, count in front:
        part = re.search(rf'id="g-{group}">(.*?)</div>', shown, re.DOTALL)
        assert part and part[1].count('<li class="entry') == int(count), group


def test_every_note_that_is_counted_is_listed(reader: Reader) -> None:
    damaged = "".join(f"Ilse Marrow: Sentence {n} has an in\u200bvisible sign in it.\n\n" for n in range(20))
    shown = reader.get(reader.give(damaged)).text
    count = re.search(r'<a href="#beware">(\d+) notes', shown)
    beware = shown.partition('id="beware"')[2].partition("</section>")[0]
    assert count and int(count[1]) > 12, "more than stand open"
    assert beware.count("<dt>") == int(count[1])


def test_lines_of_one_text_follow_as_they_were_said(reader: Reader) -> None:
    reader.give(SHORT)
    reader.give(UNTITLED)
    told = said(reader.get("/speaker?name=Ilse+Marrow").text)
    places = [told.index(words) for words in ("agreed to open the pier.", "question of the lighthouse")]
    later = told.index("question of the lighthouse", places[1] + 1)
    assert places[0] < places[1] < later, "the text that was added last comes first"


# ------------------------------------------------------------------------------------------- a second account


def test_one_account_says_how_to_add_another_and_it_joins_the_event(reader: Reader) -> None:
    first = reader.give(UNTITLED)
    event = first.partition("/v/")[0]
    alone = reader.get(f"{event}/compare")
    assert alone.status_code == 200 and "Only one account" in said(alone.text)
    form = re.search(r'href="(/\?event=[^"]+)"', alone.text)
    assert form
    asked = reader.get(form[1]).text
    assert "another account of “All eyes were on Lindhavn" in said(asked)
    named = re.search(r'name="event"[^>]* value="([^"]+)"', asked)
    assert named
    second = reader.give(SHORT, event=named[1])
    assert second.startswith(event + "/v/")
    assert reader.get(f"{event}/compare").status_code == 303


def test_an_archive_that_is_only_read_offers_nothing_to_add(tmp_path: Path) -> None:
    path = tmp_path / "read.onrecord"
    event = Reader(path).give(UNTITLED).partition("/v/")[0]
    only = Reader(path, readonly=True)
    for page in ("/", event, f"{event}/compare"):
        shown = only.get(page)
        assert shown.status_code == 200 and "/?event=" not in shown.text and "<textarea" not in shown.text, (
            page
        )


def test_an_event_that_is_not_here_is_not_promised(reader: Reader) -> None:
    assert "another account of" not in said(reader.get("/?event=nowhere").text)


@pytest.mark.parametrize("page", ["/check", "/search?q=pier"])
def test_an_event_is_chosen_by_its_title(page: str, reader: Reader) -> None:
    event = reader.give(UNTITLED).split("/")[2]
    shown = reader.get(page).text
    assert re.search(rf'<option value="{event}">All eyes were on Lindhavn', shown)
    mark = "&" if "?" in page else "?"
    assert f'<option value="{event}" selected>' in reader.get(f"{page}{mark}event={event}").text


def test_a_comparison_leads_back_to_its_event(house: House, reader: Reader) -> None:
    shown = house.reader.get(house.place("/compare?a={a}&b={b}")).text
    assert f'<p class="trail"><a href="{house.event}"' in shown
    for text in (
        SHORT,
        UNTITLED,
        "Wenna Oake: No.\n\nIlse Marrow: Yes.\n\nWenna Oake: No again, and again.\n",
    ):
        reader.give(text, event="harbour")
    table = reader.get("/e/harbour/compare").text
    assert '<table class="matrix">' in table and '<p class="trail"><a href="/e/harbour"' in table


def test_a_hit_says_in_which_event_it_stands(reader: Reader) -> None:
    first, second = reader.give(UNTITLED), reader.give(SHORT)
    shown = reader.get("/search?q=agreed").text
    for path, name in ((first, "All eyes were on Lindhavn"), (second, "Harbour talks, 14 March 2031")):
        event = path.partition("/v/")[0]
        assert f'<p class="reason"><a href="{event}" dir="auto">{name}' in shown
        assert re.search(rf'event={event[3:]}"><bdi>{name}', shown), "and the facet calls it the same"


def test_what_was_corrected_says_so_and_leads_to_who_did_it(reader: Reader) -> None:
    path = reader.give(SHORT)
    assert "about#history" not in reader.get(path).text
    page = f"{path}/correct/t2"
    form = {**fields(reader.get(page).text), "kind": "speaker", "other": "Wenna Oake", "author": "Ana"}
    done = reader.post(page, data=form).headers["Location"]
    shown = reader.get(done.partition("#")[0]).text
    assert shown.count(f'<a class="mended" href="{path}/about#history">corrected</a>') == 1
    assert 'class="says done"' in shown and "Wenna Oake" in shown
    assert 'id="history"' in reader.get(f"{path}/about").text


def test_formats_are_told_in_the_readers_language(house: House) -> None:
    shown = house.reader.get(f"{house.article}/about", headers={"Accept-Language": "fr"}).text
    told = re.findall(r'/as/(\w+)">\w+</a> <span class="reason"([^>]*)>', shown)
    assert len(told) > 8 and {language for _, language in told} == {""}, told


# --------------------------------------------------------------------------------------------------- many files


def test_many_files_at_once_and_one_that_cannot_be_read(reader: Reader) -> None:
    texts = [
        f"Ilse Marrow: Talk {n} began.\n\nTomas Arkell: It ended.\n\nIlse Marrow: So it did.\n"
        for n in range(5)
    ]
    files = [("file", (f"sittings/day {n}.txt", text.encode())) for n, text in enumerate(texts)]
    picture = ("file", ("harbour.png", b"\x89PNG\r\n\x1a\n" + bytes(200)))
    answer = reader.fill_in("/read", {"event": "harbour"}, files=[*files[:3], picture, *files[3:]])
    assert answer.status_code == 200
    told = said(answer.text)
    assert "5 files were read and kept." in told and "1 could not be read; why stands beside it." in told
    links = re.findall(r'<a href="(/e/harbour/v/[^"]+)"><bdi>(day \d\.txt)</bdi>', answer.text)
    assert [name for _, name in links] == [f"day {n}.txt" for n in range(5)]
    assert all(reader.get(link).status_code == 200 for link, _ in links)
    assert re.search(
        r"<bdi>harbour.png</bdi> <span class=\"lost\">This cannot be read: a picture; it needs OCR.",
        answer.text,
    )
    again = reader.fill_in("/read", {}, files=files[:2])
    assert said(again.text).count("was here already") == 2


def test_why_a_file_is_not_read_is_said_in_the_readers_language(reader: Reader) -> None:
    reader.headers["Accept-Language"] = "fr"
    answer = reader.fill_in("/read", {}, files={"file": ("quai.png", b"\x89PNG\r\n\x1a\n" + bytes(200))})
    assert answer.status_code == 422
    assert "Cela ne peut pas être lu\u00a0: une image\u202f; il y faut" in answer.text


def test_files_of_which_none_can_be_read(reader: Reader) -> None:
    files = [("file", (f"{n}.png", b"\x89PNG\r\n\x1a\n" + bytes(200))) for n in range(2)]
    answer = reader.fill_in("/read", {}, files=files)
    assert answer.status_code == 422 and "0 files were read" in said(answer.text)


def test_more_files_than_a_form_takes(reader: Reader) -> None:
    files = [("file", (f"{n}.txt", SHORT.encode())) for n in range(101)]
    answer = reader.fill_in("/read", {}, files=files)
    assert answer.status_code == 413 and "more than 100 files: give them in parts" in said(answer.text)
    assert reader.get("/events.json").json()["events"] == []


def test_files_and_a_text_are_too_much_at_once(reader: Reader) -> None:
    files = [("file", (f"{n}.txt", SHORT.encode())) for n in range(2)]
    answer = reader.fill_in("/read", {"text": UNTITLED}, files=files)
    assert answer.status_code == 400 and "Give one thing only" in said(answer.text)
    assert "All eyes were on Lindhavn" in answer.text, "what was typed is still there"


def test_an_address_among_the_texts_is_moved_to_its_field(reader: Reader) -> None:
    answer = reader.fill_in("/read", {"text": " https://lindhavn.example/talks?day=2\n"})
    assert answer.status_code == 400 and "That is an address" in said(answer.text)
    assert re.search(r'name="address"[^>]* value="https://lindhavn.example/talks\?day=2"', answer.text)
    assert reader.get("/events.json").json()["events"] == []
    kept = reader.give("https://lindhavn.example/talks is where Ilse Marrow said: “We agreed.”")
    assert "⁄talks is where" in said(reader.get(kept).text), "an address with a text behind it is a text"


# --------------------------------------------------------------------------------------------- one thing by itself


HEADS = [("t1", "Turn 1 · "), ("a1", "Claim · "), ("q1", "Quotation · "), ("c100-140", "The text · ")]


@pytest.mark.parametrize(("item", "expected"), HEADS)
def test_a_page_of_one_thing_says_what_it_is_and_how_to_cite_it(
    item: str, expected: str, house: House
) -> None:
    shown = house.reader.get(f"{house.article}/{item}").text
    assert f'<h1 class="again" dir="auto">{expected}' in shown
    cited = said(shown.partition('id="cited"')[2].partition("</section>")[0])
    place = json.loads(house.reader.get(f"{house.article}/{item}.json").content)
    assert f"characters {place['start']}–{place['end']} of " in cited
    assert f"text sha256 {place['text_sha256'][:12]}" in cited
    if item[0] != "t":
        assert f'href="#here" dir="auto">{place["exact"][:20]}' in shown and 'id="here"' in shown


CITED = [("en", "turn 2, characters"), ("fr", "intervention 2, caractères")]


@pytest.mark.parametrize(("language", "expected"), CITED)
def test_a_checked_quotation_is_cited_in_the_readers_language(
    language: str, expected: str, reader: Reader
) -> None:
    reader.headers["Accept-Language"] = language
    reader.give(UNTITLED)
    shown = said(reader.get("/check?quote=We+will+publish+the+map+in+May").text)
    assert (
        "Tomas Arkell (" in shown
        and expected in shown
        and "All eyes were on Lindhavn on Friday, when…" in shown
    )
    assert "XXXX" not in shown and "Friday)" in shown


def test_an_article_is_checked_against_the_event_that_is_chosen(reader: Reader) -> None:
    event = reader.give(SHORT).split("/")[2]
    other = reader.give(UNTITLED).split("/")[2]
    quoted = (
        "“The fee is 12 crowns,” Ilse Marrow said at the harbour on Monday, before the council met again.\n"
    )
    shown = reader.get(f"/check?event={event}").text
    assert shown.count(f'<option value="{event}" selected>') == 2, (
        "in the form of one quotation, and of an article"
    )
    for name, verdict in ((event, "same words"), (other, "not found (1 text searched)")):
        answer = reader.fill_in("/check", {"text": quoted, "event": name}, page="/check")
        assert verdict in said(answer.text), name


def test_a_difference_that_needs_no_name_has_no_colon(reader: Reader) -> None:
    reader.give(SHORT)
    shown = said(reader.get("/check?quote=We+will+publish+the+harbour+map+in+April").text)
    assert "added: “harbour”" in shown and ": added" not in shown
