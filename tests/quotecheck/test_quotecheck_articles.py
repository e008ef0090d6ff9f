"""Every quotation of an article: worst first, each with its passage; what is set elsewhere is never wrong."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

import pytest
from accounts import account, example
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import UsageError
from onrecord.model import Verdict
from onrecord.quotecheck import check, check_article
from onrecord.quotecheck.article import WORST, badness
from onrecord.quotecheck.words import points, words

LISTED: list[dict[str, Any]] = tomllib.loads(
    (files("onrecord") / "examples" / "quotations.toml").read_text("utf-8")
)["quotation"]
ARTICLE = example("article.en.txt")
VERDICTS = check_article(ARTICLE)


def verdict_on(piece: str) -> Verdict | None:
    bare = [word.key for word in words(piece)]
    return next((one for one in VERDICTS if [word.key for word in words(one.quote)] == bare), None)


@pytest.mark.parametrize("listed", LISTED, ids=lambda listed: listed["quote"][0][:30])
def test_the_example_s_quotations(listed: dict[str, Any]) -> None:
    for piece in listed["quote"]:
        verdict = verdict_on(piece)
        if listed["verdict"] == "none":  # a title, a name held at arm's length
            assert verdict is None
        else:
            assert verdict is not None
            assert verdict.verdict == listed["verdict"]


@pytest.mark.parametrize(
    ("words", "setting"),
    [
        ("If I go home with a timetable", "on the deck of the pilot boat"),
        ("And if I go home wet", "on the deck of the pilot boat"),
        ("A prisoner exchange", "as she left the building"),
        ("would sooner lose an election", "afterwards"),
    ],
)
def test_what_is_set_elsewhere_says_where(words: str, setting: str) -> None:
    verdict = next(one for one in VERDICTS if one.quote.startswith(words))
    assert verdict.setting is not None and verdict.setting.text.startswith(setting)
    assert verdict.verdict == "absent"


def test_what_stands_in_the_transcript_has_no_setting() -> None:
    assert {one.verdict for one in VERDICTS if one.setting} == {"absent"}


def test_the_worst_comes_first() -> None:
    order = [WORST.index(one.verdict) for one in VERDICTS]
    assert order == sorted(order) and len(set(order)) > 4
    assert sorted(VERDICTS, key=badness) == VERDICTS


def test_the_translated_article_is_checked_in_its_own_language() -> None:
    found = {one.verdict for one in check_article(example("article.fr.txt"))}
    assert found == {"exact", "altered", "spliced", "context_cut", "misattributed", "absent"}


def test_an_article_without_transcript_must_be_told_where_to_look() -> None:
    bare = account("The mayor spoke on Monday. “The mill is closed for good,” Lena Ostrov said.\n")
    with pytest.raises(UsageError, match="--in"):
        check_article(bare)
    [verdict] = check_article(bare, [account()])
    assert (verdict.verdict, verdict.by) == ("absent", "Lena Ostrov")


def test_a_date_that_is_not_the_event_s_is_a_setting() -> None:
    text = (
        "HARLAN, 14 June 2024 — The council met on Friday 14 June 2024.\n\n"
        "“The herons will decide,” Lena Ostrov said on 2 May 2024.\n"
    )
    [verdict] = check_article(account(text), [account()])
    assert verdict.setting is not None and verdict.setting.text == "2 May 2024"


ARTICLE_ONLY = (
    "HARLAN, 14 June 2024 — The council met on Friday to settle the future of the old mill.\n\n"
    "“The mill is closed for good,” Minister Lena Ostrov told reporters. Few people in the square believed it.\n\n"
    "Aron Weiss, an engineer, disagreed: “The gates can be repaired by the autumn.”\n"
)


@pytest.mark.parametrize(
    ("quote", "by", "verdict", "match"),
    [
        ("The mill is closed for good", "Ostrov", "exact", True),
        ("The mill is closed for good", "Weiss", "misattributed", False),
        ("The gates can be repaired by the spring", "Weiss", "altered", True),
        ("Few people in the square believed it", "Ostrov", "misattributed", False),
        ("Few people in the square believed it", None, "exact", None),
    ],
)
def test_an_article_is_evidence_of_what_it_quotes(
    quote: str, by: str | None, verdict: str, match: bool | None
) -> None:
    found = check(quote, [account(ARTICLE_ONLY)], by=by, semantic=False)
    assert (found.verdict, found.speaker_match) == (verdict, match)


# ------------------------------------------------------------------------------------------------- normal form


@pytest.mark.parametrize(
    ("a", "b", "equal"),
    [
        ("it’s", "it's", True),
        ("cafe\u0301", "café", True),
        ("co\u2011operate", "co-operate", True),
        ("agree\u00adment", "agreement", True),
        ("supporters", "supporter’s", False),
        ("well being", "well-being", False),
        ("3.5", "35", False),
        ("résumé", "resume", False),
    ],
)
def test_words_are_equal_in_shape_only(a: str, b: str, equal: bool) -> None:
    assert ([word.key for word in words(a)] == [word.key for word in words(b)]) is equal


@given(st.text(max_size=300))
def test_words_read_their_own_characters(text: str) -> None:
    before = 0
    for word in words(text):
        assert before <= word.start < word.end <= len(text)
        assert word.key
        before = word.end
    assert points(points(text)) == points(text)


def test_every_verdict_says_where_the_article_prints_the_words() -> None:
    text = ARTICLE.sources[0].text
    for verdict in VERDICTS:
        printed = verdict.printed
        assert printed is not None and printed.value == verdict.quote
        assert text[printed.span.start : printed.span.end] == printed.text
        assert printed.text.startswith(verdict.quote.split(" … ")[0])
    assert check("We will reopen the ferry line", [ARTICLE]).printed is None


def test_a_match_names_the_text_that_it_stands_in() -> None:
    """Every record calls its source s1: the hash is what leads from a place of a search to its record."""
    shelf = {record.sources[0].text_sha256: record for record in (ARTICLE, example("official.en.txt"))}
    matches = check("no family will be held up for hours", list(shelf.values())).matches
    assert len({match.document for match in matches}) == len(matches) == 2
    for match in matches:
        text = shelf[match.document].sources[0].text
        assert text[match.span.start : match.span.end] == match.text
