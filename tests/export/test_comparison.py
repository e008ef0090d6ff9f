"""Comparisons for people: worst first, in words, with both wordings; and a page whose links land."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from onrecord import errors
from onrecord.collation import compare
from onrecord.export import comparison, comparison_page
from onrecord.model import Comparison, Record
from onrecord.record import read_source
from onrecord.sources import open_bytes, open_path
from onrecord.ui import languages, words

EXAMPLES = Path(errors.__file__).parent / "examples"
SAID = words("en")


def account(text: str, name: str) -> Record:
    return read_source(open_bytes(name, text.encode()), ledger=False)


TALK = "".join(
    f"{who}: {said}\n\n"
    for who, said in (
        ("ADA ROE", "Good evening. We met for three hours in the old harbour house with both delegations."),
        ("BO LUND", "Thank you. We will not open the second pier before the winter, whatever it costs."),
        ("ADA ROE", "The ferries carried four hundred people in a single week of March last year."),
        ("BO LUND", "Then the harbour is open, and everybody who waited for it may go home tonight."),
    )
)


@pytest.fixture(scope="module")
def pair() -> Comparison:
    changed = TALK.replace("will not open", "will open").replace("four hundred", "nine hundred")
    return compare([account(TALK, "a.txt"), account(changed, "b.txt")])


@pytest.fixture(scope="module")
def examples() -> Comparison:
    names = ("article.en.txt", "official.en.txt")
    return compare([read_source(open_path(str(EXAMPLES / name)), ledger=False) for name in names])


def test_the_summary_counts_kinds(pair: Comparison) -> None:
    assert comparison.summary(pair, SAID) == "1 negation differs and 1 number changed."
    assert comparison.summary(pair, words("fr")) == "1 négation diffère et 1 nombre changé."


def test_words_are_shown_with_their_neighbours(pair: Comparison) -> None:
    shown = comparison.render(pair, width=100)
    assert "A  BO LUND: Thank you. We “will not” open the second pier before the winter" in shown
    assert shown.index("negation") < shown.index("number ·")


def test_what_stands_in_one_account_only_is_no_word_of_the_other(examples: Comparison) -> None:
    shown = comparison.render(examples, width=300)
    assert "A  [nothing] And trade has not grown" in shown
    assert "A  Reporters: “Mr President! Mr President”!\n" in shown  # no blank that nobody printed


def test_nothing_differs() -> None:
    same = compare([account(TALK, "a.txt"), account(TALK, "b.txt")])
    assert comparison.render(same) == "a.txt (A) and b.txt (B)\nNo difference found.\n"


def test_accounts_of_something_else_are_said_to_be_that() -> None:
    other = "CHAIR: The motion on inland fisheries is carried. We adjourn until nine tomorrow morning.\n" * 5
    found = compare([account(TALK, "a.txt"), account(other, "b.txt")])
    assert comparison.summary(found, SAID).startswith("These do not look like accounts of one event")
    assert "A  " not in comparison.render(found)


@pytest.mark.parametrize(
    ("kinds", "expected"), [(["negation"], True), (["name", "moved"], False), ([], False)]
)
def test_what_fails(pair: Comparison, kinds: list[str], expected: bool) -> None:
    assert comparison.reached(pair, kinds) is expected


@pytest.mark.parametrize("code", languages())
def test_every_kind_has_its_words(code: str) -> None:
    said = words(code)
    for kind in comparison.KINDS:
        assert said(f"difference.{kind}") and said(f"differences.{kind}.many", n=2)


def test_every_link_of_the_page_lands(examples: Comparison) -> None:
    page = comparison_page.render(examples)
    anchors = set(re.findall(r' id="([^"]+)"', page))
    links = set(re.findall(r' href="#([^"]+)"', page))
    assert len(links) > 20 and links <= anchors


def test_both_texts_stand_on_the_page_in_their_own_characters(examples: Comparison) -> None:
    said = words("en")
    for facing in comparison_page.facings(examples, said):
        steps = [step for run in facing.runs for step in run.steps]
        for one, step in zip(examples.alignment, steps, strict=True):
            for span, bits, source in ((one.a, step.a, facing.a), (one.b, step.b, facing.b)):
                expected = source.text[span.start : span.end] if span else ""
                assert "".join(bit.text for bit in bits) == expected


def test_three_accounts_have_a_section_for_each_pair() -> None:
    changed = TALK.replace("will not open", "will open")
    found = compare([account(TALK, "a.txt"), account(changed, "b.txt"), account(TALK, "c.txt")])
    page = comparison_page.render(found)
    assert page.count('<section class="facing"') == 3
    assert "a.txt · b.txt · line 3 of A" in comparison.render(found, width=100)


def test_a_hostile_text_stays_text() -> None:
    bad = TALK.replace("ADA ROE", "<script>alert(1)</script> ROE").replace("harbour", "\x1b[31mharbour|*x*")
    found = compare([account(TALK, "<b>.txt"), account(bad, "b|`.txt")])
    assert "<script>alert" not in comparison_page.render(found)
    assert "\x1b" not in comparison.render(found) and "\x1b" not in comparison.markdown(found)
    for line in comparison.markdown(found).splitlines():
        assert not line.startswith("| c") or len(re.findall(r"(?<!\\)\|", line)) == 6
