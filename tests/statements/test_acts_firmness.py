"""Negation, hedges and conditions: closed classes, with the words that only look like them."""

from __future__ import annotations

import pytest

from onrecord.statements.firmness import Kind, cues, negated, speculative, vague


@pytest.mark.parametrize(
    ("language", "text", "kinds"),
    [
        ("en", "The bridge is not open.", ["negation"]),
        ("en", "The bridge isn't open.", ["negation"]),
        ("en", "There is no doubt that the bridge is open.", []),
        ("en", "Not only the bridge is open.", []),
        ("en", "The bridge is open if the wind drops.", ["condition"]),
        ("en", "It was as if the wind had dropped.", []),
        ("en", "Perhaps the bridge might open.", ["hedge", "hedge"]),
        ("en", "The wind is unbearable, unlikely to drop.", ["affixal", "hedge"]),
        ("fr", "Le pont n’est pas ouvert.", ["negation", "negation"]),
        ("fr", "Sans aucun doute, le pont est ouvert.", []),
        ("fr", "Non seulement le pont est ouvert.", []),
        ("fr", "Le pont ouvrira peut-être si le vent tombe.", ["hedge", "condition"]),
        ("fr", "Le pont ouvrira même si le vent souffle.", []),
        ("fr", "Je ne sais pas si le pont ouvrira.", ["hedge"]),
        ("tlh", "Мост не открыт.", []),
        (None, "The bridge is not open.", []),
    ],
)
def test_cues(language: str | None, text: str, kinds: list[Kind]) -> None:
    assert [cue.kind for cue in cues(text, language)] == kinds


def test_cues_give_their_own_characters_in_a_slice() -> None:
    text = "Yes. We may not go."
    found = cues(text, "en", 5)
    assert [(text[cue.start : cue.end], cue.text) for cue in found] == [("may", "may"), ("not", "not")]


def test_a_duty_is_no_speculation_but_a_chance_is() -> None:
    assert speculative(cues("The bridge might open.", "en"))
    assert not speculative(cues("The bridge opens.", "en"))
    assert vague(cues("Some say the bridge opens.", "en"))
    assert negated("le pont n'ouvre pas", "fr", 0, 19)
