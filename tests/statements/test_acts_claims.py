"""What is worth checking: an order, not a gate."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.statements.claims import worth
from onrecord.text.matching import apart, fold


@pytest.mark.parametrize(
    ("language", "more", "less"),
    [
        ("en", "Exports fell by 12% in 2019.", "Exports matter to all of us."),
        ("en", "We have the highest unemployment in the region.", "I think unemployment is bad."),
        ("en", "The senator voted against the bill.", "The senator is a good man."),
        ("en", "They closed three hospitals last year.", "Will they close hospitals?"),
        ("fr", "Le chômage a baissé de 3 % en 2021.", "Le chômage nous préoccupe tous."),
        (
            "fr",
            "Ils ont fermé trois hôpitaux l'an dernier.",
            "Merci de votre question, mesdames et messieurs.",
        ),
        ("ru", "В 2019 году экспорт упал на 12 %.", "Экспорт важен для всех нас."),
    ],
)
def test_order(language: str, more: str, less: str) -> None:
    assert worth(more, language).score > worth(less, language).score


def test_reasons_name_the_words() -> None:
    assert worth("Exports fell by 12% in 2019.", "en").reasons == (
        "it gives a figure",
        "it names a year",
        "it names a share: “%”",
        "it compares: “fell”",
    )


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Catches fell by 12 % in Lerona.", "it names a share: “%”"),
        ("The new pier cost $40 a day.", "it names an amount: “$”"),
        ("The new pier cost €40 a day.", "it names an amount: “€”"),
        ("The new pier cost £40 a day.", "it names an amount: “£”"),
        # An entry of several words is named whole, and not by its longest word.
        ("The new pier cost more than the old one.", "it compares: “more than”"),
        ("Income per capita has stood still.", "it names a share: “per capita”"),
    ],
)
def test_an_entry_is_named_in_a_sentence_and_in_the_words_of_one(sentence: str, reason: str) -> None:
    whole = worth(sentence, "en")
    assert reason in whole.reasons
    assert worth(sentence, "en", folded=fold(sentence), pieces=apart(sentence).split()) == whole


@given(st.text(max_size=300), st.sampled_from(["en", "fr", None]))
def test_a_score_is_a_share(text: str, language: str | None) -> None:
    assert 0 <= worth(text, language).score <= 1
