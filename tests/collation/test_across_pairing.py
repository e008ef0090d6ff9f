"""Sentences of two languages put together: merges, omissions, additions, moves, and inputs that belong to nothing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.collation import semantic
from onrecord.collation.corridor import corridor, without_detours
from onrecord.collation.pairing import Pairing, pair
from onrecord.collation.passages import lines_as_passages
from onrecord.errors import MissingExtra

ENGLISH = [
    "Good evening, and welcome to the lighthouse of Sandholm.",
    "Minister Orlan and I talked for three hours about the fishing fleet.",
    "We agreed to open the harbour on 12 May.",
    "Forty inspectors will arrive before the summer.",
    "The bridge over the river Tarn remains closed.",
    "My daughter learned to swim here in 1998.",
    "Do you trust the government in Vestria?",
    "I will answer that question tomorrow.",
    "Our doctors need 6,000 beds and a new hospital.",
    "The price of oil has doubled since January.",
    "No soldier will cross the border.",
    "Thank you, and good night to the people of Sandholm.",
]
FRENCH = [
    "Bonsoir et bienvenue au phare de Sandholm.",
    "Le ministre Orlan et moi avons parlé trois heures de la flotte de pêche.",
    "Nous sommes convenus d’ouvrir le port le 12 mai.",
    "Quarante inspecteurs arriveront avant l’été.",
    "Le pont sur la rivière Tarn reste fermé.",
    "Ma fille a appris à nager ici en 1998.",
    "Faites-vous confiance au gouvernement de Vestrie ?",
    "Je répondrai demain à cette question.",
    "Nos médecins ont besoin de 6 000 lits et d’un nouvel hôpital.",
    "Le prix du pétrole a doublé depuis janvier.",
    "Aucun soldat ne franchira la frontière.",
    "Merci, et bonne nuit aux habitants de Sandholm.",
]
RUSSIAN = [
    "Добрый вечер, добро пожаловать на маяк Сандхольма.",
    "Мы с министром Орланом три часа говорили о рыболовном флоте.",
    "Мы договорились открыть порт 12 мая.",
    "Сорок инспекторов прибудут до лета.",
    "Мост через реку Тарн остаётся закрытым.",
    "Моя дочь научилась здесь плавать в 1998 году.",
    "Доверяете ли вы правительству Вестрии?",
    "На этот вопрос я отвечу завтра.",
    "Нашим врачам нужны 6000 коек и новая больница.",
    "Цена нефти с января удвоилась.",
    "Ни один солдат не перейдёт границу.",
    "Спасибо и доброй ночи жителям Сандхольма.",
]
MEANING = [False, *([True] if semantic.available() else [])]


def paired(a: Sequence[str], b: Sequence[str], language: str, semantically: bool = False) -> Pairing:
    return pair(lines_as_passages(a, "en"), lines_as_passages(b, language), semantically=semantically)


def shape(found: Pairing) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(bead.a, bead.b) for bead in found.beads if not bead.moved]


@pytest.mark.parametrize("semantically", MEANING)
@pytest.mark.parametrize(("other", "language"), [(FRENCH, "fr"), (RUSSIAN, "ru")])
def test_a_faithful_translation_is_one_for_one(other: list[str], language: str, semantically: bool) -> None:
    found = paired(ENGLISH, other, language, semantically)
    assert shape(found) == [((at,), (at,)) for at in range(12)]
    assert found.semantic is semantically


@pytest.mark.parametrize("semantically", MEANING)
@pytest.mark.parametrize(("other", "language"), [(FRENCH, "fr"), (RUSSIAN, "ru")])
@pytest.mark.parametrize("at", [3, 5, 8, 9])
def test_a_sentence_left_out_is_not_swallowed(
    other: list[str], language: str, at: int, semantically: bool
) -> None:
    found = paired(ENGLISH, other[:at] + other[at + 1 :], language, semantically)
    assert [bead.a for bead in found.beads if not bead.b] == [(at,)]


@pytest.mark.parametrize("semantically", MEANING)
def test_a_sentence_put_in_stands_alone(semantically: bool) -> None:
    more = [*RUSSIAN[:6], "Кошка спит на крыше старого музея.", *RUSSIAN[6:]]
    found = paired(ENGLISH, more, "ru", semantically)
    assert [bead.b for bead in found.beads if not bead.a] == [(6,)]


@pytest.mark.parametrize("semantically", MEANING)
def test_two_sentences_made_one(semantically: bool) -> None:
    joined = [*FRENCH[:2], FRENCH[2][:-1] + ", et " + FRENCH[3].lower(), *FRENCH[4:]]
    assert ((2, 3), (2,)) in shape(paired(ENGLISH, joined, "fr", semantically))


@pytest.mark.parametrize("semantically", MEANING)
@pytest.mark.parametrize(("other", "language"), [(FRENCH, "fr"), (RUSSIAN, "ru")])
def test_a_block_that_stands_elsewhere_has_moved(other: list[str], language: str, semantically: bool) -> None:
    found = paired(ENGLISH, other[:5] + other[8:11] + other[5:8] + other[11:], language, semantically)
    moved = {(bead.a, bead.b) for bead in found.beads if bead.moved}
    assert moved == {((at,), (at + 3,)) for at in (5, 6, 7)}
    assert not [bead for bead in found.beads if not bead.a or not bead.b]


@pytest.mark.parametrize("semantically", MEANING)
@pytest.mark.parametrize(
    ("a", "b"),
    [
        ([], []),
        (ENGLISH, []),
        ([], FRENCH),
        (["Yes."] * 40, ["Oui."] * 40),
        (ENGLISH[:2], FRENCH * 50),
        (["", " "], ["…", "?!"]),
    ],
)
def test_strange_inputs_are_covered_once(a: list[str], b: list[str], semantically: bool) -> None:
    covered(paired(a, b, "fr", semantically), len(a), len(b))


def covered(found: Pairing, count_a: int, count_b: int) -> None:
    assert [at for bead in found.beads for at in bead.a] == list(range(count_a))
    assert sorted(at for bead in found.beads for at in bead.b) == list(range(count_b))
    assert all(0.0 <= bead.score <= 1.0 for bead in found.beads)


def test_texts_of_two_events_are_hardly_alike() -> None:
    weather = [f"On day {n} the wind turned and rain fell on empty fields." for n in range(12)]
    found = paired(weather, FRENCH, "fr")
    assert sum(bead.score for bead in found.beads) / 12 < 0.2


def test_meaning_asked_for_but_not_installed_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(semantic, "available", lambda: False)
    with pytest.raises(MissingExtra, match=r"onrecord\[semantic\]"):
        paired(ENGLISH, FRENCH, "fr", True)
    assert pair(lines_as_passages(ENGLISH, "en"), lines_as_passages(FRENCH, "fr")).semantic is False


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.sampled_from(ENGLISH), max_size=14),
    st.lists(st.one_of(st.sampled_from(FRENCH), st.text(max_size=30)), max_size=14),
)
def test_every_sentence_is_in_one_bead(a: list[str], b: list[str]) -> None:
    first = paired(a, b, "fr")
    covered(first, len(a), len(b))
    assert first == paired(a, b, "fr")


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 60), st.integers(1, 60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60))))
def test_a_corridor_always_has_a_way_through(rows: int, columns: int, pairs: list[tuple[int, int]]) -> None:
    points = without_detours(sorted(set(pairs)))
    chain: list[tuple[int, int]] = []
    for point in points:
        if (
            point[0] < rows
            and point[1] < columns
            and (not chain or min(point[0] - chain[-1][0], point[1] - chain[-1][1]) > 0)
        ):
            chain.append(point)
    found = corridor(chain, rows, columns)
    assert len(found) == rows + 1 and found[0][0] == 0 and found[-1][1] == columns + 1
    assert all(low < high for low, high in found)
    assert all(here[0] <= there[0] < here[1] <= there[1] for here, there in pairwise(found))
