"""The flow as a whole: what a record holds by default, what is asked for, and what the user may say better."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import Record
from onrecord.record import decode, encode, read_source, verify
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


def test_quotations_and_ledger_are_read_when_asked_for() -> None:
    record = read(ARTICLE, ledger=True)
    kinds = {(one.kind, one.turn) for one in record.statements}
    assert [quote.text for quote in record.quotes] == ["We shall sign in March,"]
    assert {("agreed", "t1"), ("promised", "t1"), ("refused", "t2")} <= kinds
    assert verify(record) == []


def test_by_default_they_are_not() -> None:
    record = read(ARTICLE)
    assert (record.quotes, record.statements, record.relations) == ((), (), ())


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
