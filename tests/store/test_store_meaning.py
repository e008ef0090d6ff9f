"""Search by meaning: what is encoded, found, kept right and checked, the same on both databases.

The encoder of most tests knows a few ideas in two languages, one component each, so that what is near is plain to see;
the one of the extra is asked at the end.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import COUNCIL, LATER, NOON, PIER, debate, record
from vaults import put

from onrecord import errors, store
from onrecord.errors import BadData, MissingExtra, UsageError
from onrecord.people.names import fold
from onrecord.spans import Span
from onrecord.store import Archive, Encoder, Filters, meaning, nearest
from onrecord.store.consulted import Consulted

numpy = pytest.importorskip("numpy", reason='no numpy here: pip install "onrecord[semantic]"')

IDEAS = (
    "pier jetee",
    "salt sel",
    "winter hiver",
    "fishing peche",
    "spring printemps",
    "vote scrutin",
    "ferries bacs",
)
EXAMPLES = Path(errors.__file__).parent / "examples"


def ideas(texts: Sequence[str]) -> Any:
    """Unit vectors: how often each idea is named, and a last component for all else."""
    rows = [
        [float(sum(fold(text).count(word) for word in idea.split())) for idea in IDEAS] + [0.2]
        for text in texts
    ]
    found = numpy.asarray(rows, dtype=numpy.float32)
    return found / numpy.linalg.norm(found, axis=1, keepdims=True)


FAKE = Encoder("ideas 1", ideas)


@pytest.fixture
def knowing(home: str) -> Iterator[Archive]:
    """An archive of two events that keeps meanings."""
    with store.open(home, create=True, encoder=FAKE) as archive:
        put(archive, PIER, event="port-harlan")
        put(archive, COUNCIL, event="salt")
        archive.encode()
        yield archive


def held(archive: Archive) -> list[tuple[Any, ...]]:
    """Everything that is stored of meanings, in order."""
    return archive.engine.rows("SELECT * FROM meaning ORDER BY passage, starts")


ASKED = [
    # asked, words of the passage that is nearest
    ("la jetée avant l'hiver", "reopen the northern pier before the winter"),
    ("le sel", "Salt costs"),
    ("la pêche", "fishing zones"),
    ("le printemps", "Quentin Bay, in the spring"),
    ("le scrutin", "vote on Thursday"),
]


@pytest.mark.parametrize(("asked", "words"), ASKED)
def test_what_means_the_same_is_found_in_other_words(knowing: Archive, asked: str, words: str) -> None:
    assert knowing.search(asked).total == 0
    page = knowing.search(asked, meaning=True)
    first = page.hits[0]
    assert words in first.passage.text
    assert (first.by, first.matches, page.unencoded) == ("meaning", (), 0)
    assert first.passage.span.holds(first.excerpt)
    assert all(one.score >= other.score for one, other in pairwise(page.hits))


def test_the_scores_are_those_of_a_plain_comparison_of_all(knowing: Archive) -> None:
    question = ideas(["pier, salt and winter"])[0]
    page = knowing.search("pier, salt and winter", meaning=True, limit=100)
    assert page.total == len(page.hits) == knowing.engine.rows("SELECT count(*) FROM passage")[0][0]
    for hit in page.hits:
        text = hit.passage.text
        best = max(float(ideas([text[start:end]])[0] @ question) for start, end in meaning.parts(text))
        assert hit.score == pytest.approx(best, abs=0.01)


FILTERED = [
    (Filters(event="salt"), {"salt"}),
    (Filters(speaker="brask"), {"port-harlan"}),
    (Filters(since="2031-06"), {"salt"}),
    (Filters(language="xx"), set()),
    (Filters(flag="nonsense"), set()),
]


@pytest.mark.parametrize(("filters", "events"), FILTERED)
def test_filters_hold(knowing: Archive, filters: Filters, events: set[str]) -> None:
    by_meaning = knowing.search("pier", filters, meaning=True, limit=100)
    assert {hit.passage.event for hit in by_meaning.hits} == events
    assert {hit.passage.id for hit in by_meaning.hits} == {
        hit.passage.id for hit in knowing.search("", filters, limit=100).hits
    }


def test_pages_follow_each_other_and_end(knowing: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearest, "_CHUNK", 2)
    whole = [hit.passage.id for hit in knowing.search("pier salt", meaning=True, limit=100).hits]
    paged, after = [], None
    while True:
        page = knowing.search("pier salt", meaning=True, limit=3, after=after)
        paged += [hit.passage.id for hit in page.hits]
        after = page.next
        if after is None:
            break
    assert paged == whole
    for mark in ("12", "near-", "near-x", "near--1", "near-99999999"):
        with pytest.raises(UsageError, match="mark"):
            knowing.search("pier", meaning=True, after=mark)


def test_the_nearest_are_found_however_the_chunks_fall(
    knowing: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    for seed in range(6):
        put(knowing, debate(seed))
    for wanted in (1, 3):
        answers = set()
        for chunk in (1, 2, 7, 5000):
            monkeypatch.setattr(nearest, "_CHUNK", chunk)
            page = knowing.search("harbour pier in spring", meaning=True, limit=wanted)
            answers.add(tuple((hit.passage.id, hit.score) for hit in page.hits))
        assert len(answers) == 1


def test_no_more_than_the_nearest_are_paged_through(
    knowing: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nearest, "DEEPEST", 3)
    page = knowing.search("pier", meaning=True, limit=2)
    assert (len(page.hits), page.total, page.more, page.truncated) == (2, 3, True, True)
    last = knowing.search("pier", meaning=True, limit=2, after=page.next)
    assert (len(last.hits), last.next) == (1, None)


@pytest.mark.parametrize(
    "asked", ["", " ", "\0", "\ud800", "x" * 5000, "日本語", "'; DROP TABLE meaning; --"]
)
def test_anything_may_be_asked(knowing: Archive, asked: str) -> None:
    page = knowing.search(asked, meaning=True)
    assert bool(page.hits) == bool(asked.strip())
    assert page.cut == (len(asked) > nearest.QUESTION)


# ------------------------------------------------------------------------------------------------- what is encoded


def test_an_archive_without_meanings_says_how_to_make_them(vault: Archive) -> None:
    vault._given = FAKE
    put(vault, PIER)
    assert not vault.keeps_meanings and held(vault) == []
    with pytest.raises(UsageError, match="add --meaning"):
        vault.search("pier", meaning=True)


def test_without_the_extra_one_line_says_what_to_install(
    knowing: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    from onrecord.collation import semantic

    monkeypatch.setattr(semantic, "available", lambda: False)
    knowing._given = None
    for asked in (lambda: knowing.search("pier", meaning=True), knowing.encode):
        with pytest.raises(MissingExtra, match=r'pip install "onrecord\[semantic\]"'):
            asked()
    put(knowing, debate(1))  # words go on without it …
    assert knowing.search("harbour").total
    knowing._given = FAKE
    page = knowing.search("pier", meaning=True)
    assert page.unencoded == knowing.unencoded() > 0  # … and what has no meaning yet is counted
    assert all("Sitting number 1" not in hit.passage.text for hit in page.hits)


def test_what_is_added_later_is_encoded_with_it(knowing: Archive) -> None:
    put(knowing, PIER.replace("the northern pier", "the southern pier"), added=LATER)
    assert knowing.unencoded() == 0
    assert any("southern pier" in hit.passage.text for hit in knowing.search("jetée", meaning=True).hits)


def test_encoding_tells_how_far_it_is_and_goes_on_after_a_stop(
    vault: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meaning, "BATCH", 4)
    put(vault, PIER)
    put(vault, COUNCIL)
    total = int(vault.engine.rows("SELECT count(*) FROM passage")[0][0])
    left = [2]

    def stopping(texts: Sequence[str]) -> Any:
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        return ideas(texts)

    vault._given = Encoder(FAKE.name, stopping)
    with pytest.raises(KeyboardInterrupt):
        vault.encode()
    vault._given = FAKE
    assert (vault.unencoded(), vault.verify()) == (total - 8, [])
    told: list[tuple[int, int]] = []
    assert vault.encode(lambda done, of: told.append((done, of))) == total - 8
    assert told[-1] == (total - 8, total - 8) and len(told) == -(-(total - 8) // 4)
    assert (vault.encode(), vault.unencoded(), vault.verify()) == (0, 0, [])


def test_another_encoder_begins_anew_and_nothing_is_mixed(knowing: Archive) -> None:
    knowing._given = Encoder("ideas 2", lambda texts: ideas(texts)[:, [0, 2, 7]])
    page = knowing.search("pier", meaning=True)
    assert page.hits == () and page.unencoded == knowing.unencoded() > 0
    assert knowing.encode() == page.unencoded
    assert "pier" in knowing.search("jetée", meaning=True).hits[0].passage.text
    assert {row[3] for row in held(knowing)} == {"ideas 2"} and knowing.verify() == []


# ------------------------------------------------------------------------------------------- it stays what it was


def test_a_correction_keeps_what_still_reads_the_same_and_makes_the_rest(knowing: Archive) -> None:
    version = knowing.holding(record(PIER).sources[0].sha256)
    assert version
    before, asked = {row[4] for row in held(knowing)}, list[str]()

    def listening(texts: Sequence[str]) -> Any:
        asked.extend(texts)
        return ideas(texts)

    knowing._given = Encoder(FAKE.name, listening)
    turn = knowing.record(version.id).turns[0]
    made = knowing.correct(version.id, "speaker", turn.span, "Alva Reuss", author="A", time=NOON, reason="")
    assert asked == [] and {row[4] for row in held(knowing)} == before
    assert knowing.search("pier", Filters(speaker="reuss"), meaning=True).total == 1
    knowing.undo(made.id, author="A", time=LATER)
    asked.clear()  # the question itself
    text = knowing.record(version.id).sources[0].text
    tail = Span(text.index("and nobody"), text.index("that we did.") + len("that we did."))
    knowing.correct(version.id, "split", tail, "Odile Castagne", author="A", time=NOON, reason="")
    assert asked == [
        "Thank you.",
        "We did not agree on the fishing zones,",
        "and nobody should say that we did.",
    ]
    assert (knowing.unencoded(), knowing.verify()) == (0, [])


def test_a_removal_takes_the_vectors_with_it(knowing: Archive) -> None:
    version = knowing.holding(record(PIER).sources[0].sha256)
    assert version
    knowing.remove(version.id, time=LATER, reason="asked for")
    assert all(hit.passage.event == "salt" for hit in knowing.search("pier", meaning=True).hits)
    assert knowing.verify() == []
    assert sum(row[1] == 0 for row in held(knowing)) == knowing.search("pier", meaning=True).total


def test_a_new_index_has_the_same_vectors(knowing: Archive) -> None:
    before = held(knowing)
    knowing.reindex()
    assert held(knowing) == before


def test_an_export_leaves_them_out_and_says_so(knowing: Archive, tmp_path: Path) -> None:
    knowing.export(str(tmp_path / "all.zip"))
    with zipfile.ZipFile(tmp_path / "all.zip") as file:
        assert json.loads(file.read("manifest.json"))["left_out"] == ["meaning"]
    with store.open(tmp_path / "second", create=True, encoder=FAKE) as other:
        other.import_(str(tmp_path / "all.zip"))
        assert (other.digest(), other.keeps_meanings) == (knowing.digest(), False)
        other.encode()
        asked = [
            [(hit.passage.link, hit.score) for hit in one.search("jetée", meaning=True).hits]
            for one in (other, knowing)
        ]
        assert asked[0] == asked[1]


def test_a_backup_has_them(tmp_path: Path) -> None:
    with store.open(tmp_path / "archive", create=True, encoder=FAKE) as archive:
        put(archive, PIER)
        archive.encode()
        archive.backup(str(tmp_path / "copy"))
        with store.open(tmp_path / "copy", readonly=True, encoder=FAKE) as copy:
            assert (held(copy), copy.verify()) == (held(archive), [])
            assert copy.search("jetée", meaning=True).hits[0].score > 0.5


TAMPERED = [
    # what somebody changed behind our back, words of the finding
    ("UPDATE meaning SET ends = ends + 1 WHERE passage = 3", "not what was stored"),
    ("UPDATE meaning SET vector = (SELECT max(vector) FROM meaning)", "not what was stored"),
    ("UPDATE meaning SET passage = 900 WHERE passage = 3", "no such passage"),
    ("DELETE FROM passage WHERE id = 3", "no such passage"),
]


@pytest.mark.parametrize(("sql", "words"), TAMPERED)
def test_verify_holds_every_vector_against_its_seal(knowing: Archive, sql: str, words: str) -> None:
    assert knowing.verify() == []
    if "max(vector)" in sql and knowing.engine.name == "postgres":
        sql = "UPDATE meaning SET vector = (SELECT vector FROM meaning ORDER BY vector DESC LIMIT 1)"
    assert knowing.engine.run(sql)
    assert any("meaning of passage" in one and words in one for one in knowing.verify())


def test_a_damaged_vector_is_not_served_and_a_new_index_drops_it(knowing: Archive) -> None:
    knowing.engine.run("UPDATE meaning SET checksum = checksum + 1")
    with pytest.raises(BadData, match="not what was stored"):
        knowing.search("pier", meaning=True)
    knowing.reindex()
    assert held(knowing) == []
    knowing.encode()
    assert knowing.search("pier", meaning=True).hits and knowing.verify() == []


def test_a_vector_of_another_length_is_not_served(knowing: Archive) -> None:
    knowing.engine.run("UPDATE meaning SET vector = ? WHERE passage = 3", (b"\1\2",))
    with pytest.raises(BadData, match="not what was stored"):
        knowing.search("pier", meaning=True)
    assert knowing.search("pier").total == 1  # words do not mind, and neither does the connection


def test_a_quotation_in_other_words_is_sought_by_meaning(knowing: Archive) -> None:
    consulted = Consulted(knowing)
    translated = "nous allons rouvrir la jetee du nord avant l hiver".split()
    places = consulted.candidates(translated).places
    assert knowing.candidates(" ".join(translated)) == []
    found = knowing.record(places[0].record).sources[0].text
    assert "northern pier" in found
    knowing._given = Encoder(
        FAKE.name, lambda texts: pytest.fail("where the words are, nothing else is asked")
    )
    spoken = consulted.candidates("we agreed to reopen the southern pier before the winter".split())
    assert spoken.places[0].record == places[0].record


# ------------------------------------------------------------------------------------------------------- properties


@given(st.text(max_size=900))
def test_parts_cover_a_passage_in_order_and_stay_short(text: str) -> None:
    found = meaning.parts(text)
    assert found[0][0] == 0 and found[-1][1] <= len(text)
    assert all(left[1] <= right[0] for left, right in pairwise(found))
    covered = "".join(text[start:end] for start, end in found)
    assert "".join(covered.split()) == "".join(text.split())
    lead = len(text) - len(text.lstrip())
    assert all(
        end - start <= meaning.LONGEST + (lead if start == 0 else 0) for start, end in found if text.strip()
    )


@given(st.lists(st.lists(st.floats(-1, 1, width=32), min_size=16, max_size=16), min_size=2, max_size=6))
def test_packed_vectors_keep_their_angles(rows: list[list[float]]) -> None:
    vectors = numpy.asarray(rows, dtype=numpy.float32)
    vectors[:, 0] += 2  # no row without a direction
    unit = vectors / numpy.linalg.norm(vectors, axis=1, keepdims=True)
    whole = nearest._whole(unit, meaning.packed(unit))
    assert numpy.abs(nearest._cosines(whole, whole[0]) - unit @ unit[0]).max() < 0.02


# ------------------------------------------------------------------------------------------- the encoder itself


@pytest.mark.skipif(not meaning.available(), reason='pip install "onrecord[semantic]"')
def test_across_languages_with_the_encoder_of_the_extra(tmp_path: Path) -> None:
    from onrecord.record import read_source
    from onrecord.sources import open_path

    with store.open(tmp_path / "archive", create=True) as archive:
        for name in ("official.en.txt", "article.fr.txt"):
            path = str(EXAMPLES / name)
            archive.add(read_source(open_path(path)), Path(path).read_bytes(), added=NOON)
        archive.encode()
        for asked, language, words in (
            ("La mer n’a pas de mémoire, mais les hommes en ont une.", "en", "the sea has no memory"),
            ("The sea has no memory, but people do.", "fr", "la mer n’a pas de mémoire"),
        ):
            page = archive.search(asked, Filters(language=language), meaning=True, limit=3)
            shown = page.hits[0].passage, page.hits[0].excerpt
            assert (
                words
                in shown[0].text[shown[1].start - shown[0].span.start : shown[1].end - shown[0].span.start]
            )
            assert page.hits[0].score > 0.4
