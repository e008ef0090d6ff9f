"""The cues of the ledger: every example of the data files fires, every counter-example does not."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.lexicon import languages, load
from onrecord.model import StatementKind
from onrecord.statements.acts import acts, each_cue
from onrecord.statements.cuebook import WEIGHTS, Rule, cuebook

WITH_ACTS = [language for language in languages() if load(language, "acts")]
RULES = [(language, rule) for language in WITH_ACTS for rule in each_cue(language)]
NAMED = [f"{language}.{rule.name}" for language, rule in RULES]


@pytest.mark.parametrize(("language", "rule"), RULES, ids=NAMED)
def test_every_cue_fires_on_its_example_and_not_on_its_counter_example(language: str, rule: Rule) -> None:
    assert (rule.kind, rule.name) in [(act.kind, act.rule.name) for act in acts(rule.example, language)]
    assert rule.name not in [act.rule.name for act in acts(rule.counter, language)]


CORE = WEIGHTS.keys() - {"claim", "position"}


@pytest.mark.parametrize("language", WITH_ACTS)
def test_cues_have_names_of_their_own_and_cover_the_kinds(language: str) -> None:
    rules = cuebook(language).rules
    assert len({rule.name for rule in rules}) == len(rules)
    kinds = {rule.kind for rule in rules}
    assert kinds >= CORE
    if language in {"en", "fr"}:
        assert kinds == WEIGHTS.keys() - {"claim"}


@pytest.mark.parametrize(
    ("language", "text", "kinds"),
    [
        ("en", "We will rebuild the lighthouse.", ["promised"]),
        ("en", "We will not rebuild the lighthouse.", ["promised"]),
        (
            "en",
            "We agreed on the ferry, but there is no deal until the price is known.",
            ["agreed", "denied"],
        ),
        ("en", "Valmora has not agreed to the inspections.", ["left_open"]),
        (
            "en",
            "Ostrava rejected the proposal and we hope that it will think again.",
            ["refused", "expected"],
        ),
        ("en", "The two presidents will meet again in May.", ["next_step"]),
        (
            "en",
            "We signed an agreement on fish, with two points that are not settled.",
            ["agreed", "left_open"],
        ),
        ("en", "Will you build the lighthouse?", []),
        ("en", "It rained all morning.", []),
        # What tells of one "will" does not silence another one in the clause.
        ("en", "Our government will fund a school that people will love.", ["promised"]),
        ("en", "Our opponents fear that our government will fund a school.", []),
        ("en", "That is why we will never abandon the islands.", ["promised"]),
        ("fr", "Nous ferons reconstruire le phare.", ["promised"]),
        ("fr", "Il n'y a aucun accord tant que le prix n'est pas connu.", ["denied"]),
        ("fr", "Nous n'y sommes pas arrivés.", ["left_open"]),
        ("fr", "J'espère que l'accord auquel nous sommes parvenus tiendra.", ["expected", "agreed"]),
        ("fr", "Le conseil exige que Valmora libère l'équipage.", ["demanded"]),
        ("fr", "Il a plu toute la matinée.", []),
        # The running of a meeting, what others may do, and fragments are no acts.
        ("en", "The clerk will call the roll.", []),
        ("en", "We will meet our responsibilities.", ["promised"]),
        ("en", "I will.", []),
        # A dash behind the verb, and somebody starts anew.
        ("en", "We will—I mean, the harbour is full.", []),
        ("en", "We will see you in four years.", []),
        ("fr", "Je vais maintenant parler du contexte.", []),
        ("fr", "Pourquoi ne pas confier le pont aux deux villes ?", ["proposed"]),
        ("fr", "Personne ne conteste que la route est mauvaise.", ["position"]),
        ("de", "Wir haben uns noch nicht geeinigt.", ["left_open"]),
        ("de", "Wir werden bis zum 12. Mai 2031 eine Brücke bauen.", ["promised"]),
        ("de", "Es gibt keine Vereinbarung.", ["denied"]),
        ("de", "Als nächste Rednerin rufe ich Frau Lind auf.", []),
        ("es", "No aceptaremos el ultimátum.", ["refused"]),
        ("es", "Los dos países acordaron una tregua.", ["agreed"]),
        ("es", "Llovió toda la mañana.", []),
        ("ru", "Мы не договорились о мосте.", ["left_open"]),
        ("ru", "Надеюсь, что встреча состоится.", ["expected"]),
        ("ru", "Мы требуем освободить экипаж.", ["demanded"]),
        ("tlh", "We will rebuild the lighthouse.", []),
        (None, "We will rebuild the lighthouse.", []),
    ],
)
def test_kinds_of_a_sentence(language: str | None, text: str, kinds: list[StatementKind]) -> None:
    assert [act.kind for act in acts(text, language)] == kinds


def test_a_noun_phrase_presupposes() -> None:
    text = "Je voudrais espérer que l’accord que nous avons conclu ensemble ouvrira la voie."
    inner = [act for act in acts(text, "fr") if act.kind == "agreed"]
    assert [(text[act.start : act.end], act.rule.factuality) for act in inner] == [
        ("l’accord que nous avons conclu ensemble", "presupposed")
    ]


@given(
    st.text(alphabet="wel ilagrdtopmsun,;.«»'no\n", max_size=200), st.sampled_from(["en", "fr", "de", None])
)
def test_acts_lie_in_their_clause_and_clauses_do_not_overlap(text: str, language: str | None) -> None:
    found = acts(text, language)
    for act in found:
        assert (
            0
            <= act.clause[0]
            <= act.start
            <= act.cue_start
            <= act.cue_end
            <= act.end
            <= act.clause[1]
            <= len(text)
        )
    ends = sorted({act.clause for act in found})
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(ends))
