"""Where a cue has no force: supposed, asked, relative, thought by others; and whose act it can be."""

from __future__ import annotations

import pytest

from onrecord.model import StatementKind
from onrecord.statements.acts import acts
from onrecord.statements.scope import has_agent


@pytest.mark.parametrize(
    ("language", "text", "kinds"),
    [
        # Supposed: up to the next comma.
        ("en", "Every time we refuse to answer, the harbour grows.", []),
        ("en", "If it rains, we refuse to sail.", ["refused"]),
        ("en", "Whenever they accuse the mayor of theft, he laughs.", []),
        # A promise under a condition is a conditional promise.
        ("en", "If re-elected we will rebuild the lighthouse.", ["promised"]),
        # Asked for.
        ("en", "I wonder whether they refuse to pay.", []),
        ("en", "What does the island demand that we pay?", []),
        ("en", "Will you demand that they pay?", ["demanded"]),
        # A clause that only says who is meant; with a comma and “which” the sentence goes on.
        ("en", "Nobody likes a party that refuses to pay.", []),
        ("en", "Those who have openly threatened to leave are few.", []),
        ("en", "They say that the dam broke, which is not true.", ["denied"]),
        ("en", "I tell you that we refuse to pay.", ["refused"]),
        # In somebody else's head.
        ("en", "They think that we should build a second dam.", []),
        ("en", "I think that we should build a second dam.", ["proposed"]),
        # A negation in front undoes a refusal, a negation inside is part of it.
        ("en", "I am not opposed to the treaty.", []),
        ("en", "I will not accept the treaty.", ["refused"]),
        ("en", "No, I am opposed to the treaty.", ["refused"]),
        ("fr", "À ceux qui s'opposent à ce pont, je réponds par des chiffres.", []),
        ("fr", "Vous estimez qu'il faut financer le pont.", []),
        ("fr", "Le pont est fermé, ce qui est faux.", ["denied"]),
        ("fr", "Lorsqu'un conseil exige des preuves, il les obtient.", []),
        ("de", "Wenn Sie glauben, dass wir den Antrag ablehnen, irren Sie.", []),
        # A comma before “dass” and “что” ends nothing: what follows is still thought or supposed.
        ("de", "Sie behaupten, dass der Rat den Rücktritt fordert.", []),
        ("ru", "Они думают, что мы отказываемся платить.", []),
        ("ru", "Если он говорит, что мы отказываемся платить, он ошибается.", []),
        ("ru", "Если пойдёт дождь, мы отказываемся платить.", ["refused"]),
        ("de", "Was fordert Ihre Regierung?", []),
        ("es", "Los que se niegan a pagar son pocos.", []),
        ("ru", "Это меры, которые мы предлагаем соседям.", []),
        # A comparison refuses nothing; whoever opposes does, whatever it is.
        ("en", "The harbour is safe, as opposed to the bridge.", []),
        ("en", "Ostrava opposes foreign bases on the island.", ["refused"]),
        # What is forbidden from now on is a threat; what was not allowed was refused.
        ("en", "The cabinet will not allow islanders on the ballot.", ["warned"]),
        ("en", "The cabinet did not allow any of them on the ballot.", ["refused"]),
        # Whoever is told that he blames somebody blames nobody here.
        ("fr", "Vous osez dénoncer ce traité.", []),
        ("fr", "Nous dénonçons ce traité.", ["accused"]),
        ("fr", "Nous menaçons de fermer le canal.", ["warned"]),
        ("de", "Das ist falsch und gefährlich.", ["denied"]),
        # Who threatens is somebody.
        ("en", "This rain threatens to stay.", []),
        ("en", "The government of the valley threatens to leave.", ["warned"]),
        ("en", "Ostrava now threatens to leave.", ["warned"]),
    ],
)
def test_force(language: str, text: str, kinds: list[StatementKind]) -> None:
    assert [act.kind for act in acts(text, language) if act.kind not in {"position", "expected"}] == kinds


def test_what_news_tells_of_others_is_no_act_in_speech() -> None:
    text = "The islanders are seeking a ban on night flights."
    assert [act.rule.name for act in acts(text, "en")] == ["demand-told"]
    assert not acts(text, "en", spoken=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("la pluie n’a toujours pas", False),
        ("Ostrava n’a", True),
        ("la ville d’Ostrava n’est", True),
    ],
)
def test_any_shape_of_apostrophe_stands_between_the_agent_and_the_verb(text: str, expected: bool) -> None:
    assert has_agent(text + " ", "fr", 0, len(text) + 1) is expected
    plain = text.replace("’", "'")
    assert has_agent(plain + " ", "fr", 0, len(text) + 1) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ostrava", True),
        ("the", False),
        ("the leaders of the valley", True),
        ("the storms of the valley", False),
        ("the storms of Ostrava", True),  # nobody can tell from "the people of Ostrava"
        ("this weather has often", False),
        ("they have already", True),
        ("", True),
    ],
)
def test_whoever_acts_is_listed_or_has_a_name(text: str, expected: bool) -> None:
    assert has_agent(text + " ", "en", 0, len(text) + 1) is expected
