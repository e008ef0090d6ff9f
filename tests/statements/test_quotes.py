# ruff: noqa: E501 - a table of texts reads best with a text a line
"""Each rule of `find_quotes`: what it reads, and what it must leave alone. Nobody and no country here exists."""

from __future__ import annotations

import time
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.statements.quote_names import people_named
from onrecord.statements.quotes import RULES, RawQuote, find_quotes


class Case(NamedTuple):
    """A text and one quotation it must give: rule, words, words that name the speaker, type."""

    language: str
    text: str
    rule: str
    segments: list[str]
    mention: str | None
    type: str


EXAMPLES = [
    Case("en", "Vera Lind said that the ferry would sail on Monday.", "bare", ["the ferry would sail on Monday"], "Vera Lind", "indirect"),
    Case("en", "The minister replied that the ferry would sail.", "that", ["the ferry would sail"], "The minister", "indirect"),
    Case("fr", "La ministre a indiqué mardi que le bac partirait lundi.", "that", ["le bac partirait lundi"], "La ministre", "indirect"),
    Case("fr", "Il affirme que le bac est « en règle ».", "that", ["le bac est « en règle »"], "Il", "mixed"),
    Case("en", "Officials say the quay had “no future” at all.", "bare", ["the quay had “no future” at all"], "Officials", "mixed"),
    Case("en", "She added: “The quay is open.”", "colon", ["The quay is open."], "She", "direct"),
    Case("fr", "Vera Lind, maire de Torv, a déclaré : « Le quai est ouvert. »", "colon", ["Le quai est ouvert."], "Vera Lind, maire de Torv", "direct"),
    Case("fr", "Orval a souri devant la presse, Tell les reporters : “Le quai est à nous.”", "colon", ["Le quai est à nous."], "Orval", "direct"),
    Case("en", "He went on on deck: “The quay is open.”", "colon", ["The quay is open."], "He", "direct"),
    Case("en", "Mr. Orval said, “The quay is open.”", "marks", ["The quay is open."], "Mr. Orval", "direct"),
    Case("de", "Orval bezeichnete den Plan als „teuer und dumm“.", "as", ["teuer und dumm"], "Orval", "direct"),
    Case("en", "Orval described the plan as “costly and dumb”.", "as", ["the plan as “costly and dumb”"], "Orval", "mixed"),
    Case("en", "As Orval said, the quay will not be sold this year.", "as_told", ["the quay will not be sold this year"], "Orval", "indirect"),
    Case("en", "“The quay is open,” said Vera Lind, the mayor of Torv.", "postposed", ["The quay is open,"], "Vera Lind, the mayor of Torv", "direct"),
    Case("en", "“The quay,” Lind told reporters, “is open.”", "postposed", ["The quay,", "is open."], "Lind", "direct"),
    Case("en", "The quay will stay open until March, a spokesman said.", "postposed", ["The quay will stay open until March"], "a spokesman", "indirect"),
    Case("fr", "« Le quai est ouvert », a indiqué mardi soir la mairie.", "postposed", ["Le quai est ouvert"], "la mairie", "direct"),
    Case("fr", "« Le quai est ouvert », ajoute-t-elle.", "postposed", ["Le quai est ouvert"], "elle", "direct"),
    Case("fr", "Le quai, estime la mairie, restera ouvert en mars.", "postposed", ["Le quai", "restera ouvert en mars"], "la mairie", "indirect"),
    Case("fr", "“Le quai est ouvert”, Orval ditPlus tard dans la soirée.", "postposed", ["Le quai est ouvert"], "Orval", "direct"),
    Case("es", "«El muelle está abierto», dijo Vera Lind.", "postposed", ["El muelle está abierto"], "Vera Lind", "direct"),
    Case("ru", "«Причал открыт», — сказал Орвал.", "postposed", ["Причал открыт"], "Орвал", "direct"),
    Case("de", "„Der Kai ist offen“, sagte Vera Lind.", "postposed", ["Der Kai ist offen"], "Vera Lind", "direct"),
    Case("fr", "« Le quai, a déclaré M. Orval, est ouvert. »", "inserted", ["Le quai", "est ouvert"], "M. Orval", "direct"),
    Case("en", "According to Vera Lind, the quay is open all night.", "source", ["the quay is open all night"], "Vera Lind", "indirect"),
    Case("fr", "Le quai est resté ouvert toute la nuit selon mairie.", "source", ["Le quai est resté ouvert toute la nuit"], "mairie", "indirect"),
    Case("fr", "D’après la mairie, le quai est resté ouvert.", "source", ["le quai est resté ouvert"], "la mairie", "indirect"),
    Case("en", "“I have never seen such a quay in my life.” — Vera Lind", "signed", ["I have never seen such a quay in my life."], "Vera Lind", "direct"),
    Case("de", "„Der Kai ist offen für alle“, so Bürgermeisterin Vera Lind.", "signed", ["Der Kai ist offen für alle"], "Bürgermeisterin Vera Lind", "direct"),
    Case("en", "ORVAL: Is the quay open or is it not?", "labelled", ["Is the quay open or is it not?"], "ORVAL", "direct"),
    Case("en", "“Open,” Lind said.\n“It will stay so until the winter.”", "floating", ["It will stay so until the winter."], "Lind", "direct"),
    Case("en", "Orval wants a quay “where everybody can land without asking anybody first” by May.", "embedded", ["where everybody can land without asking anybody first"], "Orval", "direct"),
]  # fmt: skip

COUNTER_EXAMPLES = [
    # rule, language, a text in which it must find nothing
    ("that", "en", "The quay that the minister closed is the claim that nobody made."),
    ("that", "fr", "Il indiquera alors le profil des obligations qu’il recherche."),
    ("that", "fr", "Il est difficile de dire que rien ne change."),
    ("bare", "en", "The state added the additional week, known as the golden one."),
    ("bare", "en", "Orval was told the quay would close."),
    ("colon", "fr", "La ville observe un recul des ventes : 2 % seulement en mars."),
    ("marks", "en", "Orval said that in “The Long Quay” nobody dies."),
    ("as", "fr", "Il monte dans la voiture connue sous le nom de « bête »."),
    ("as", "en", "Orval called the so-called “peace train” late."),
    ("as_told", "en", "As Orval left the quay, the rain began to fall."),
    ("postposed", "en", "Eighteen crews, 40 states, and the mayor met."),
    ("postposed", "fr", "Le quai, la digue et le phare seront vendus."),
    ("inserted", "fr", "Le phare « Vieux, rond et blanc » est fermé."),
    ("source", "fr", "Selon."),
    ("signed", "en", "A “quay” – the Old one – is open."),
    ("labelled", "en", "Note: the quay is open."),
    ("floating", "en", "“Quay West” is open."),
    ("embedded", "en", "Everybody read “The Old Quay of the Lost and Drowned” twice."),
]


def found(text: str, language: str) -> list[RawQuote]:
    return find_quotes(text, language)


@pytest.mark.parametrize("case", EXAMPLES, ids=lambda case: f"{case.rule}-{case.language}")
def test_examples(case: Case) -> None:
    quote = found(case.text, case.language)[-1]
    assert quote.rule == case.rule
    assert [case.text[slice(*segment)] for segment in quote.segments] == case.segments
    assert (case.text[slice(*quote.mention)] if quote.mention else None) == case.mention
    assert quote.type == case.type


@pytest.mark.parametrize(("rule", "language", "text"), COUNTER_EXAMPLES)
def test_counter_examples(rule: str, language: str, text: str) -> None:
    assert [quote for quote in found(text, language) if quote.rule == rule] == []


def test_every_rule_has_both() -> None:
    assert {case.rule for case in EXAMPLES} == set(RULES)
    assert {rule for rule, _, _ in COUNTER_EXAMPLES} == set(RULES)


CONTENT_ENDS = [
    ("en", "Lind said the quay would close, and Orval added that he would go.", ["the quay would close", "he would go"]),
    ("en", "Lind said the quay would close, adding that nobody had asked her.", ["the quay would close", "nobody had asked her"]),
    ("en", "Lind said the quay would close; the ferry sails on Monday.", ["the quay would close"]),
    ("en", "Lind said the quay would close, while the union has kept silent.", ["the quay would close"]),
    ("fr", "La ville affirme que le quai ferme et précise que le bac reste.", ["le quai ferme", "le bac reste"]),
    ("fr", "La ville affirme que le quai ferme et que le bac reste.", ["le quai ferme", "le bac reste"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), CONTENT_ENDS)
def test_content_ends_with_its_clause(language: str, text: str, expected: list[str]) -> None:
    assert [
        text[slice(*segment)] for quote in found(text, language) for segment in quote.segments
    ] == expected


SUBJECTS = [
    ("en", "Vera Lind, 56, who leads the union, said the quay would close.", "Vera Lind, 56, who leads the union"),
    ("en", "Ole Brand, of Torv, Lenland, said the quay would close.", "Ole Brand, of Torv, Lenland"),
    ("en", "The quay will close, said the head of the union, Vera Lind.", "the head of the union, Vera Lind"),
    ("en", "The union, which last week said the quay would close, is silent.", "The union"),
    ("en", "On Monday the mayor of Torv said the quay would close.", "the mayor of Torv"),
    ("en", "Lind and Brand said the quay would close.", "Lind and Brand"),
    ("fr", "La société Quai Neuf, filiale de Bacs Réunis, a indiqué que le quai ferme.", "La société Quai Neuf, filiale de Bacs Réunis"),
    ("fr", "Le quai fermera, a indiqué, mardi 3 mars, le maire, M. Orval.", "le maire, M. Orval"),
    ("fr", "Rappelant que le quai ferme, M. Orval a précisé que le bac reste.", "M. Orval"),
    ("de", "In einem Gespräch mit der Presse erklärte er: „Der Kai ist offen.“", "er"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), SUBJECTS)
def test_subjects(language: str, text: str, expected: str) -> None:
    mentions = [quote.mention for quote in found(text, language)]
    assert mentions and {text[slice(*mention)] for mention in mentions if mention} == {expected}


GLUED = [
    # No mark, no colon, and no cue that stands alone: the small letter before a capital is all that tells.
    ("en", "Lind saidThe quay will stay open until March.", ["The quay will stay open until March"]),
    ("en", "The quay will stay open until March, saidLind.", ["The quay will stay open until March"]),
    ("fr", "Le quai restera ouvert en mars, ditOrval.", ["Le quai restera ouvert en mars"]),
    ("fr", "Le quai restera ouvert en mars, comme un PetitPort.", []),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), GLUED)
def test_a_cue_glued_to_the_next_word_is_found(language: str, text: str, expected: list[str]) -> None:
    assert [
        text[slice(*segment)] for quote in found(text, language) for segment in quote.segments
    ] == expected


def test_a_language_without_data_has_no_quotations() -> None:
    assert found("“We sail,” she said.", "tlh") == found("“We sail,” she said.", "it") == []


def test_documents_that_are_read_in_turn_cost_no_more_than_one_by_one() -> None:
    line = "Vera Lind said that the ferry would sail.\n"
    documents = [line * 20_000, line.replace("Lind", "Corm") * 20_000]
    began = time.process_time()
    for number in range(400):  # as two threads do, a speech of one and a speech of the other
        at = number * len(line)
        assert find_quotes(documents[number % 2], "en", [(at, at + len(line))])
    assert time.process_time() - began < 1


def test_frames_are_all_that_is_read() -> None:
    text = "“One is enough,” Lind said.\n“Two is enough,” Orval said."
    assert [quote.segments for quote in find_quotes(text, "en", [(0, 27)])] == [((1, 15),)]


def test_a_label_before_a_word_without_end_speaks_nothing() -> None:
    quotes = find_quotes(f"VERA LIND: We sail.\n\nPAUL ORVAL: {';' * 2500}\n\nVERA LIND: Now.\n", "en")
    assert [quote.segments for quote in quotes if quote.rule == "labelled"] == [((11, 19),), ((2546, 2550),)]


@given(
    st.text(alphabet="ab .,:\n“”«»\"'’Lind said que a dit -il"),
    st.sampled_from(["en", "fr", "de", "es", "ru"]),
)
def test_any_text_gives_spans_of_itself(text: str, language: str) -> None:
    for quote in found(text, language):
        assert quote.segments and all(0 <= start < end <= len(text) for start, end in quote.segments)
        assert list(quote.segments) == sorted(quote.segments)
        assert quote.rule in RULES


@pytest.mark.parametrize("piece", ["President ", "Minister Vera Lind. "])
def test_titles_without_end_are_read_in_linear_time(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    started = time.process_time()
    people_named(text, [(0, len(text))], [], "en")
    assert time.process_time() - started < 6


HOSTILE = ["“", "” ", '"', "« dit-il, ", "he said that ", "Lind said, ", "selon ", "“a” ", "a, ", "(", "il dit : ", "« a, dit Lind, b »\n", "and ", "“Lind said ", "he said she said "]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_hostile_text_is_read_in_linear_time(piece: str, language: str) -> None:
    text = piece * (200_000 // len(piece))
    started = time.process_time()
    found(text, language)
    assert time.process_time() - started < 6
