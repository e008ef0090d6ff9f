"""Text that nobody speaks: no exception, no invented speaker, and a cost that grows with the text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model import Block, Statement
from onrecord.spans import Text
from onrecord.statements import ledger
from onrecord.statements.ledger import FEW_CUES, NO_CUES, find_statements, ledger_notes
from onrecord.statements.quoted import quotes
from onrecord.statements.relations import find_relations

BOMBS = {
    "one word": "deal",
    "nothing": "",
    "blank": " \n\t" * 1000,
    "no quotation marks": "We will build a bridge. " * 500,
    "unclosed marks": "“" * 100_000,
    "unclosed guillemets": "«" * 100_000,
    "only marks": "“”" * 10_000,
    "one letter": "a" * 100_000,
    "one cue": "we will " * 8_000,
    "one gap": "the agreement that we " * 2_000,
    "conditions": "if " * 8_000 + "we will build a bridge",
    "nested conditions": "if he says that " * 1_500,
    "commas": "we agreed, " * 2_000,
    "figures": "1," * 8_000,
    "sums": "$1 million for " * 1_500,
    "names": "We will meet " + "Port Harlan " * 2_000,
    "list": "We will fund:\n" + "- deliver a school\n" * 600,
    "colons": "we will fund:\n" * 600,
    "apostrophes": "'" * 20_000,
}


def read(text: str, language: str | None) -> list[Statement]:
    """The ledger of a text without turns, with its quotations and relations."""
    frozen = Text(text)
    frame = Block("s1", frozen.span(0, len(text)), text, "frame")
    quoted = quotes(frozen, language, [(0, len(text))], [], [])
    found = find_statements(frozen, language, [], [frame], quoted.quotes, quoted.people)
    find_relations(found, text, language, [])
    for one in found:
        frozen.check(one.span, one.text)
    return found


@pytest.mark.parametrize(
    ("language", "name"), [("en", name) for name in BOMBS] + [("fr", "one cue"), ("de", "list")]
)
def test_nobody_is_made_to_speak(language: str, name: str) -> None:
    assert {(one.speaker, one.chain) for one in read(BOMBS[name], language)} <= {(None, ())}


@pytest.mark.parametrize("name", [name for name, text in BOMBS.items() if len(text) > 10_000])
def test_twice_the_text_costs_about_twice_as_much(name: str) -> None:
    def cost(text: str) -> float:
        begun = time.process_time()
        read(text, "en")
        return time.process_time() - begun

    text = BOMBS[name]
    # The half second is for a busy machine; a quadratic pass over the longest of these takes minutes.
    assert cost(text + text) < 4 * cost(text) + 0.5


@given(
    st.text(alphabet="we will agreed“”«»'’:;,.?!\n-0$if", max_size=300),
    st.sampled_from(["en", "fr", "es", None]),
)
@settings(max_examples=50)
def test_any_text_is_read(text: str, language: str | None) -> None:
    read(text, language)


@pytest.mark.parametrize(
    ("language", "notes"),
    [
        ("en", []),
        ("fr", []),
        ("de", []),
        ("es", []),
        ("ru", []),
        ("it", [NO_CUES]),
        (None, [NO_CUES]),
    ],
)
def test_a_language_without_cues_says_so(language: str | None, notes: list[str]) -> None:
    assert [note.message for note in ledger_notes(language)] == notes


def test_a_language_with_few_kinds_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    few = [rule for rule in ledger.each_cue("de") if rule.kind in {"agreed", "promised"}]
    monkeypatch.setattr(ledger, "each_cue", lambda language: iter(few))
    assert [note.message for note in ledger_notes("de")] == [FEW_CUES]
