"""What is worth checking: an order, not a gate."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.statements.claims import worth


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


@given(st.text(max_size=300), st.sampled_from(["en", "fr", None]))
def test_a_score_is_a_share(text: str, language: str | None) -> None:
    assert 0 <= worth(text, language).score <= 1
