"""Sentence ends: `|` marks where a sentence ends inside each example."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text.sentences import LONGEST, sentences

EXAMPLES = [
    ("fr", "Il est venu.| Il a vu !| Vraiment ?| Oui."),
    ("fr", "Il vient\u00a0?\u00a0| Non\u202f!| Bien."),
    ("fr", "M. J.-P. Orval et Mme Dufour etc. sont là.| Nous aussi."),
    ("fr", "Il y a des vivres, etc.| Nous partons."),
    ("fr", "« Oui. Non », dit-il.| Puis rien."),
    ("fr", "Il a dit : « Oui.| Non. »| Nous partons."),
    ("fr", "“Je verrai.| Je ne sais pas.”| Fin."),
    ("fr", "Voir l’art. 5 du traité.| Le voici."),
    ("fr", "Fini…| Nous partons.| Enfin… peut-être."),
    ("fr", "C’est terminé.|Nous partons."),  # a missing space is damage, not a longer sentence
    ("fr", "Cela coûte 3.5 millions, voir www.exemple.fr ou 10.2.| Bien."),
    ("en", "The U.S. President met Dr. Vale at 1:07 p.m. EDT.| He left the U.S.| We stayed."),
    ("en", "He said no.| Five men left.| See No. 5 now."),
    ("en", "It is plan B.| Then we go.| So do I.| J. R. Vale came."),
    ("en", '"Yes. No," he said.| "Stop!" she cried.| "Go."| They went.'),
    ("en", "Really?!| (Laughter.)| Thank you."),
    ("en", "1. The first.| 2. The second."),
    ("de", "Am 15. August kam er.| Am 3. Mai ging er.| Es waren 15.| Dann kam er."),
    ("de", "„Ja. Nein“, sagte er.| »Gut. Schön«, sagte sie.| Das gilt z. B. Tieren usw.| Wir gehen."),
    ("de", "Im Jahr 44 v. Chr. geschah es, d. h. früh.| Das war 9 n. Chr., spät.| Wir wissen es."),
    ("ru", "Это много, т. е. 12 тысяч и т. д.| Мы ушли."),
    ("es", "¿Qué dice?| ¡No!| El Sr. Robles vino.| Gracias."),
    ("ru", "В. В. Орлов приехал.| «Да. Нет», — сказал он.| Это всё и т.д.| Мы ушли."),
    ("it", "Il dott. Neri è qui.| Grazie."),
    ("pt", "O Sr. Braga chegou.| Obrigado."),
    ("uk", "Це м. Луцьк?| Так.| Дякую."),
    ("ar", "ما هذا؟| نعم.| لا"),
    ("en", "A heading|\nAnother line|\n\nA last one"),
    ("en", "A line that is\nwrapped goes on.| Here."),
    ("en", "This is a paragraph wrapped at some width, in which Mr.\nVale speaks."),
    ("en", "He said: no colon ends it; nor does this."),
]


@pytest.mark.parametrize(("language", "marked"), EXAMPLES)
def test_ends(language: str, marked: str) -> None:
    text = marked.replace("|", "")
    found = [text[start:end] for start, end in sentences(text, language)]
    assert found == [piece.strip() for piece in marked.split("|")]


def test_an_unknown_language_still_has_sentences() -> None:
    assert sentences("Een. Twee!", None) == sentences("Een. Twee!", "nl") == [(0, 4), (5, 10)]


def test_slices_keep_the_offsets_of_the_whole_text() -> None:
    text = "Un. Deux. Trois. Quatre."
    assert sentences(text, "fr", 4, 16) == [(4, 9), (10, 16)]
    assert sentences(text, "fr", 3, 4) == []


def test_a_long_piece_is_cut_at_white_space() -> None:
    pieces = sentences("mot " * 2_000, "fr")
    assert all(0 < end - start <= LONGEST for start, end in pieces)
    assert all((end - start + 1) % 4 == 0 for start, end in pieces), "no word is cut"
    assert [end - start for start, end in sentences("x" * 5_000, "fr")] == [2_000, 2_000, 1_000]


@given(
    st.text(st.sampled_from(list('aA.?!… \n\r\u00a0«»“”„"’()1,;:-é'))), st.sampled_from(["fr", "en", "de"])
)
def test_sentences_hold_every_printed_character_once(text: str, language: str) -> None:
    _tiles(text, language)


@pytest.mark.parametrize(
    "text",
    ["1," * 50_000, "a.a." * 50_000, "« dit-il, " * 20_000, "9" * 1_000_000, '"a. ' * 50_000,
     "«a. " * 50_000 + "»", ". " * 50_000, "\n" * 100_000, " " * 100_000 + "x", "A. " * 50_000],
)  # fmt: skip
def test_hostile_text_takes_linear_time(text: str) -> None:
    began = time.process_time()
    for language in ("fr", "de"):
        _tiles(text, language)
    assert time.process_time() - began < 5


def _tiles(text: str, language: str) -> None:
    at = 0
    for start, end in sentences(text, language):
        assert at <= start < end <= len(text)
        assert not text[at:start].strip(), "what lies between sentences is white space"
        assert text[start:end] == text[start:end].strip()
        assert end - start <= LONGEST
        at = end
    assert not text[at:].strip()
