"""Languages of documents, of paragraphs, and of foreign stretches inside a paragraph."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text.language import document_language, language_runs

DOCUMENTS = [
    ("Nous avons eu des échanges très francs et je vous en remercie.", "fr"),
    ("We had a very frank exchange, and I would like to thank you for it.", "en"),
    ("Wir haben uns sehr offen ausgetauscht, und dafür danke ich Ihnen.", "de"),
    ("Tuvimos un intercambio muy franco y se lo agradezco a todos ustedes.", "es"),
    ("У нас был очень откровенный разговор, и я вас за это благодарю.", "ru"),
    ("Abbiamo avuto uno scambio molto franco e vi ringrazio per questo.", "it"),
    ("Tivemos uma conversa muito franca e agradeço a todos vocês por isso.", "pt"),
    ("Ми мали дуже відверту розмову, і я вам за це дякую.", "uk"),
    ("كان لنا حوار صريح جدا وأنا أشكركم على ذلك", "ar"),
    ("Bonjour", "fr"),
    ("ЭТО ВСЁ, ЧТО МЫ МОЖЕМ СКАЗАТЬ", "ru"),
    ("Dit is een zin die niemand van ons vandaag zonder hulp kan vertalen.", None),  # Dutch has no lexicon
    ("这是一个测试", None),
    ("15:30 — 2 + 2 = 4", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "expected"), DOCUMENTS)
def test_document(text: str, expected: str | None) -> None:
    guess = document_language(text)
    assert guess.language == expected
    assert (guess.judgement == "unresolved") == (expected is None)


def test_judgement_grows_with_evidence() -> None:
    assert document_language("Bonjour").judgement == "likely"
    assert document_language("Nous avons eu des échanges francs. " * 5).judgement == "certain"
    both = "Nous avons eu des échanges francs avec eux. We had a frank exchange with all of them there. "
    assert document_language(both * 3).judgement == "ambiguous"


FRENCH = "Nous avons eu des échanges très francs avec nos voisins, et je vous en remercie encore une fois."
# paragraphs, runs as (beginning of the run, language)
RUNS = [
    ([FRENCH, "Merci.", FRENCH], [("Nous", "fr")]),
    ([FRENCH, "We would like to thank all of you for this.", FRENCH],
     [("Nous", "fr"), ("We w", "en"), ("Nous", "fr")]),
    ([FRENCH, "We would like to thank all of you for this.", "Thank you", FRENCH],
     [("Nous", "fr"), ("We w", "en"), ("Nous", "fr")]),
    ([FRENCH + " Il a dit : “There is no deal until we sign it”, puis il est parti."],
     [("Nous", "fr"), ("Ther", "en"), ("”, p", "fr")]),
    ([FRENCH + " Elle est venue, Tell les journalistes à bord."], [("Nous", "fr")]),  # one word is no stretch
    ([FRENCH, "Donald Prime Minister"], [("Nous", "fr")]),
    ([FRENCH, "Мы готовы говорить об этом, но не здесь."], [("Nous", "fr"), ("Мы г", "ru")]),
    ([FRENCH, "这是一个测试, 这是一个测试", FRENCH], [("Nous", "fr")]),
    ([FRENCH, "   ", "12 345"], [("Nous", "fr")]),
]  # fmt: skip


@pytest.mark.parametrize(("paragraphs", "expected"), RUNS)
def test_runs(paragraphs: list[str], expected: list[tuple[str, str]]) -> None:
    text = "\n".join(paragraphs)
    runs = language_runs(text, _lines(text))
    assert [(text[start : start + 4], language) for start, _, language in runs] == expected


@given(
    st.lists(
        st.sampled_from([FRENCH, "We had it all. ", "Да, это так и есть.", "x", "", "« Yes, we did it »"])
    )
)
def test_runs_are_in_order_and_apart(paragraphs: list[str]) -> None:
    text = "\n".join(paragraphs)
    at = 0
    for start, end, _ in language_runs(text, _lines(text)):
        assert at <= start < end <= len(text)
        at = end


def test_a_million_short_lines_stay_cheap() -> None:
    text = "Oui, merci.\n" * 200_000
    lines = [(at, at + 11) for at in range(0, len(text), 12)]
    began = time.process_time()
    assert len(language_runs(text, lines)) == 1
    assert time.process_time() - began < 4


def _lines(text: str) -> list[tuple[int, int]]:
    lines, at = [], 0
    for line in text.split("\n"):
        lines.append((at, at + len(line)))
        at += len(line) + 1
    return lines
