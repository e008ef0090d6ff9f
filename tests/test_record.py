"""The flow as a whole: what a record holds by default, what is asked for, and what the user may say better."""

from __future__ import annotations

import gc

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model import Record
from onrecord.record import beside, decode, encode, read_source, verify
from onrecord.sources import open_bytes

ARTICLE = """Two leaders meet in the harbour

“We shall sign in March,” President Ada Lind said before the meeting.

Below is the transcript.

PRESIDENT LIND: Good evening. We have agreed on the ferry. I promise that it will sail on Monday.

PRIME MINISTER BRASK: Thank you. I refuse to speak about the islands.

PRESIDENT LIND: Good night.

BRASK: Good night.
"""


def read(text: str, **options: object) -> Record:
    return read_source(open_bytes("talk.txt", text.encode()), **options)  # type: ignore[arg-type]


def test_quotations_and_ledger_are_read_by_default() -> None:
    record = read(ARTICLE)
    kinds = {(one.kind, one.turn) for one in record.statements}
    assert [quote.text for quote in record.quotes] == ["We shall sign in March,"]
    assert {("agreed", "t1"), ("promised", "t1"), ("refused", "t2")} <= kinds
    assert verify(record) == []


def test_without_the_ledger_a_record_stops_at_who_spoke() -> None:
    whole, brief = read(ARTICLE), read(ARTICLE, ledger=False)
    assert (brief.quotes, brief.statements, brief.relations, brief.flags) == ((), (), (), ())
    assert (brief.turns, brief.blocks, brief.coverage) == (whole.turns, whole.blocks, whole.coverage)


def test_another_account_shows_where_the_text_differs() -> None:
    other = read(ARTICLE.replace("We have agreed", "We have not agreed"))
    shown = beside(read(ARTICLE), [other])
    assert [(flag.kind, flag.tier) for flag in shown.flags] == [("negation", "versions")]
    assert [source.id for source in shown.sources] == ["s1", "s2"]
    assert [one.text_state for one in shown.statements if one.kind == "agreed"] == ["disputed"]
    assert verify(shown) == []


def test_an_account_of_something_else_is_said_to_be_that_and_flags_nothing() -> None:
    other = read("CHAIR: The motion on fisheries is carried. We adjourn until nine tomorrow.\n")
    shown = beside(read(ARTICLE), [other])
    assert shown.flags == ()
    assert [note.kind for note in shown.sources[0].notes if note.kind == "accounts"] == ["accounts"]


def test_the_languages_of_its_parts_reach_the_flags() -> None:
    english = "The harbour board met on the northern pier, and nobody was surprised that the crane was late again.\n\n"
    french = "Le conseil du port a dit que la grue serait réparée avant la fin du mois, et personne ne l’a cru.\n\n"
    made = read(english * 12 + french * 12)
    second = made.sources[0].languages[-1]
    assert second.value == "fr"
    assert [flag.span.start for flag in made.flags if "is in English up to here" in flag.message] == [
        second.span.start
    ]


def test_an_alias_of_the_user_is_certain_and_only_that_changes() -> None:
    plain, told = read(ARTICLE), read(ARTICLE, aliases={"BRASK": "Teodor Brask"})
    speaker = {person.id: person.name for person in told.people}
    last = told.turns[-1]
    assert (speaker[last.speaker or ""], last.judgement) == ("Teodor Brask", "certain")
    assert [turn.span for turn in told.turns] == [turn.span for turn in plain.turns]


def test_a_grammar_switched_off_leaves_the_text_to_nobody() -> None:
    record = read(ARTICLE, without=frozenset({"colon"}))
    assert record.turns == ()
    assert record.coverage.attributed == 0


PIECES = (
    "ADA LIND: yes.|BO RUAS: no.|Q: why?|(Applause)|“We agree,” said Ada Lind.|Heading|\n|\n\n|  |…|[sic]|("
)


@settings(deadline=None)  # an expression is made for the first text that needs it
@given(st.lists(st.sampled_from(PIECES.split("|")), min_size=1, max_size=30).map("".join), st.booleans())
def test_whatever_is_read_verifies_sums_up_and_survives_its_json(text: str, ledger: bool) -> None:
    if not text.strip():
        return
    record = read(text, ledger=ledger)
    c = record.coverage
    assert verify(record) == []
    assert c.attributed + c.unattributed == c.speech
    assert c.speech + c.labels + c.marks + c.headings + c.furniture + c.frame + c.blank == c.characters
    assert decode(encode(record)) == record


def test_the_collector_is_not_troubled_with_the_items_of_a_record() -> None:
    """Twenty thousand turns are read in a third of the time."""
    record = decode(encode(read(ARTICLE)))
    items = (record, *record.turns, *record.blocks, *record.statements, *record.quotes, *record.people)
    assert len(items) > 10
    assert not any(map(gc.is_tracked, items))
