"""Search, candidates for quotations, saved searches: the same answers on both databases."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import pytest
from msgspec.structs import replace
from samples import COUNCIL, LATER, NOON, PIER, debate, record
from vaults import put

from onrecord.errors import UsageError
from onrecord.store import Archive, Filters
from onrecord.store.searching import WINDOW


@pytest.fixture
def filled(vault: Archive) -> Archive:
    """An archive with two events in it."""
    put(vault, PIER, event="port-harlan")
    put(vault, COUNCIL, event="salt")
    return vault


FOUND = [
    # typed, the words that are shown as found in each hit
    ("pier", [["pier"]]),
    ("PIER winter", [["pier", "winter"]]),
    ('"northern pier"', [["northern pier"]]),
    ('"pier northern"', []),
    ("ferr*", [["ferries"]]),
    ("negociations", [["négociations"]]),
    ("NE\u0301GOCIATIONS", [["négociations"]]),
    ("cessez-le-feu", [["cessez-le-feu"]]),
    ("feu-le-cessez", []),
    ("C++", [["C", "++"]]),
    ("100 %", [["100", "%"]]),
    ("€", [["€"]]),
    ("salt pier", []),
    ("nowhere", []),
]


@pytest.mark.parametrize(("typed", "expected"), FOUND)
def test_what_is_found(filled: Archive, typed: str, expected: list[list[str]]) -> None:
    shown = []
    for hit in filled.search(typed).hits:
        text = filled.record(hit.passage.version).sources[0].text
        assert text[hit.passage.span.start : hit.passage.span.end] == hit.passage.text
        assert hit.passage.span.holds(hit.excerpt)
        shown.append("\0".join(text[span.start : span.end] for span in hit.matches).replace("+\0+", "++"))
    assert [one.split("\0") for one in shown] == expected


FILTERED = [
    (Filters(speaker="brask"), 2),
    (Filters(speaker="MORÉL ida"), 2),
    (Filters(speaker="%"), 0),
    (Filters(event="salt"), 4),
    (Filters(language="en", event="salt"), 4),
    (Filters(language="ru"), 0),
    (Filters(since="2031-06-01"), 4),
    (Filters(until="2031-05"), 5),
    (Filters(since="2031", until="2031"), 9),
    (Filters(flag="glued"), 0),
    (Filters(speaker="brask", event="salt"), 0),
]


@pytest.mark.parametrize(("filters", "count"), FILTERED, ids=str)
def test_filters(filled: Archive, filters: Filters, count: int) -> None:
    """Without words a search lists all that its filters allow: headings of both texts are passages, too."""
    page = filled.search("", filters)
    assert (page.total, len(page.hits)) == (count, count)


def test_a_kind_of_statement_is_a_filter(filled: Archive) -> None:
    kinds = {one.kind for one in record(PIER).statements}
    assert "promised" in kinds
    hits = filled.search("october", Filters(statement="promised")).hits
    assert [hit.passage.item for hit in hits] == ["t1"]
    assert filled.search("quentin", Filters(statement="promised")).hits == ()


def test_without_anything_to_look_for_nothing_is_found(filled: Archive) -> None:
    assert filled.search("").total == filled.search("  \t ").total == 0


def test_hits_are_ranked_and_ties_are_settled(filled: Archive) -> None:
    put(filled, "Vance: Salt, salt, and once more salt.\n", event="other")
    hits = filled.search("salt").hits
    assert hits[0].passage.event == "other"
    assert [hit.passage.id for hit in hits] == [hit.passage.id for hit in filled.search("salt").hits]


@pytest.mark.parametrize("limit", [1, 2, 7])
def test_pages_show_everything_once(filled: Archive, limit: int) -> None:
    for seed in range(4):
        put(filled, debate(seed))
    seen, page = [], filled.search("we", limit=limit)
    total = page.total
    while True:
        assert page.total == total and page.truncated == (page.next is not None)
        seen += [hit.passage.id for hit in page.hits]
        if page.next is None:
            break
        page = filled.search("we", limit=limit, after=page.next)
    assert len(seen) == len(set(seen)) == total
    assert len(seen) > 20


def test_windows_follow_each_other(vault: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.store.searching.WINDOW", 5)
    for seed in range(3):
        put(vault, debate(seed, 4))
    page = vault.search("say", limit=3)
    assert (page.total, page.more) == (5, True)
    seen = [hit.passage.id for hit in page.hits]
    while page.next:
        page = vault.search("say", limit=3, after=page.next)
        seen += [hit.passage.id for hit in page.hits]
    assert len(seen) == len(set(seen)) == 12
    assert WINDOW == 1000


HOSTILE = [
    '"', '""', "'", "*", "a*b", "NEAR(", "col:x", "-", "^", "(a OR", "AND", "' OR 1=1 --", "%", "_", "\\", "🤝",
    "é", "a" * 100_000, "a " * 20_000, "\u202e", "{a b}:c", "\0", "\ud800", "№5", "x\ty", '"' * 999, "a:b:c*",
]  # fmt: skip


@pytest.mark.parametrize("typed", HOSTILE, ids=lambda typed: ascii(typed[:12]))
def test_anything_typed_is_a_query(filled: Archive, typed: str) -> None:
    filled.search(typed)
    filled.search(
        "salt", Filters(speaker=typed, event=typed, language=typed, since=typed, until=typed, flag=typed)
    )
    filled.candidates(typed)
    if typed.isprintable():
        put(filled, f"Vance: what was typed is {typed} and no more.\n", event="typed")
        assert any(hit.passage.event == "typed" for hit in filled.search(typed).hits)


@pytest.mark.parametrize("after", ["", "x", "1.2", "1.2.x", "9" * 400, "1.nan.3"])
def test_a_mark_that_is_none_is_refused_or_empty(filled: Archive, after: str) -> None:
    try:
        filled.search("salt", after=after)
    except UsageError as error:
        assert "page" in str(error)


# ------------------------------------------------------------------------------------------------------ candidates

QUOTES = [
    "We did not agree on the fishing zones",
    "nobody should say that we did not agree on fishing zones",  # words changed and moved
    "There is no treaty until every town was heard",
    "the negociations go on and the unheardofword",
]


@pytest.mark.parametrize("quote", QUOTES)
def test_the_likeliest_passage_comes_first(filled: Archive, quote: str) -> None:
    for seed in range(6):
        put(filled, debate(seed))
    assert filled.candidates(quote)[0].event == "port-harlan"


def test_candidates_obey_filters_and_limits(filled: Archive) -> None:
    assert len(filled.candidates("the pier and the salt and the council", 2)) == 2
    assert {one.event for one in filled.candidates("the council", filters=Filters(event="salt"))} == {"salt"}
    assert filled.candidates("") == filled.candidates("…!") == filled.candidates("qqq zzz") == []


# ---------------------------------------------------------------------------------------------------------- alerts


def test_alerts_tell_what_is_new_once(filled: Archive) -> None:
    filled.save_search("salt", "salt", time=NOON)
    filled.save_search("all of salt", "salt", time=NOON, whole=True)
    assert [(one.search.name, len(one.passages)) for one in filled.alerts(mark=False)] == [("all of salt", 2)]
    filled.alerts()
    assert filled.alerts() == []
    added = put(filled, "Vance: More salt for the villages.\n", event="late", added=LATER)
    alerts = filled.alerts()
    assert {one.search.name: [p.link for p in one.passages] for one in alerts} == {
        "salt": [f"{added.link}/t1"],
        "all of salt": [f"{added.link}/t1"],
    }
    assert filled.alerts() == []
    with pytest.raises(UsageError, match="already"):
        filled.save_search("salt", "salt", time=NOON)
    filled.forget_search("salt")
    assert [one.name for one in filled.searches()] == ["all of salt"]


def test_more_news_than_one_look_tells_come_with_the_next(
    vault: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.store.alerts.MOST", 10)
    vault.save_search("say", "say", time=NOON)
    for seed in range(4):
        put(vault, debate(seed))
    told = []
    for _ in range(10):
        told += [passage.id for one in vault.alerts() for passage in one.passages]
    assert len(told) == len(set(told)) == 24


def test_a_correction_raises_no_alert(filled: Archive) -> None:
    filled.save_search("pier", "pier", time=NOON)
    version = filled.versions("port-harlan")[0]
    turn = filled.record(version.id).turns[0]
    filled.correct(version.id, "speaker", turn.span, "Alva Reuss", author="A", time=NOON, reason="")
    assert filled.alerts() == []


def test_a_feed_is_valid_and_repeats_itself(filled: Archive) -> None:
    put(filled, "Vance: <script>salt</script> & \x07 ]]>\n", event="odd", added=LATER)
    filled.save_search("salt <&>", "salt", time=NOON)
    feed = filled.feed("salt <&>", "https://archive.example/")
    assert feed == filled.feed("salt <&>", "https://archive.example")
    root = ElementTree.fromstring(feed)
    atom = "{http://www.w3.org/2005/Atom}"
    entries = root.findall(f"{atom}entry")
    assert (root.findtext(f"{atom}title"), root.findtext(f"{atom}updated")) == ("salt <&>", LATER)
    assert len(entries) == 3
    assert all((one.findtext(f"{atom}id") or "").startswith("https://archive.example/e/") for one in entries)


def test_dates_of_events_are_compared_as_dates(vault: Archive) -> None:
    other = record(PIER)
    assert other.event.date is not None and other.event.date.value == "2031-05-04"
    dateless = replace(record(COUNCIL), event=replace(record(COUNCIL).event, date=None))
    vault.add(dateless, COUNCIL.encode(), added=NOON)
    assert vault.search("salt", Filters(until="2099")).total == 0
    assert vault.search("salt").total == 2
