"""The ledger: what was agreed, promised, refused, claimed …, each with its exact characters and whose it is.

A statement stands in one turn, or in one quotation, or in the narrative between them; it never joins two voices.
Acts are found by cues (acts.py); where a sentence holds none, it may still hold a claim worth checking.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from onrecord.model import Block, Note, Person, Quote, Statement, Turn
from onrecord.spans import Text
from onrecord.statements.acts import Act, acts, each_cue
from onrecord.statements.attributes import Attributes
from onrecord.statements.claims import Worth, worth
from onrecord.statements.cuebook import WEIGHTS
from onrecord.statements.lists import item, leads, on_own_line
from onrecord.statements.voices import Voice, voices
from onrecord.text.sentences import sentences

CLAIM = 0.5
"""The worth at which a sentence without an act is put on record as a claim; ranking goes by the score."""


NO_CUES = "no ledger: no cues are known for this language"
FEW_CUES = (
    "in this language the ledger finds only what is agreed, promised, next, proposed, demanded, refused, "
    "denied or left open"
)


def ledger_notes(language: str | None) -> list[Note]:
    """What a reader of a ledger in this language must know: that there can be none, or only a part of one.

    >>> [note.message for note in ledger_notes("it")]
    ['no ledger: no cues are known for this language']
    """
    kinds = {rule.kind for rule in each_cue(language)}
    if kinds >= WEIGHTS.keys() - {"claim", "position"}:  # an aside without an act is no gap in a ledger
        return []
    return [Note("ledger", FEW_CUES if kinds else NO_CUES)]


class Found(NamedTuple):
    """An act or a claim with its voice, before it becomes a statement."""

    start: int
    end: int
    act: Act | None
    worth: Worth
    voice: Voice


def find_statements(
    text: Text,
    language: str | None,
    turns: Sequence[Turn],
    blocks: Sequence[Block] = (),
    quotes: Sequence[Quote] = (),
    people: Sequence[Person] = (),
    source: str = "s1",
    day: str | None = None,
) -> list[Statement]:
    """The ledger of one source, in the order of the text; a language without cues has claims by figures only.

    `blocks` of kind `frame` are read as narrative, where a quotation of `quotes` speaks with its own voice. `day` is
    the date of the event, from which "next year" is counted.
    """
    attributes = Attributes(text, language, turns, people, source, day)
    found: list[Found] = []
    for voice in voices(turns, blocks, quotes):
        found += _in_voice(text.characters, attributes.folded, attributes.words, language, voice)
    said: set[tuple[str, str | None, str]] = set()
    statements = []
    for number, one in enumerate(found, 1):
        statement = attributes.statement(f"a{number}", one.start, one.end, one.act, one.worth, one.voice)
        key = (statement.kind, statement.speaker, statement.text.casefold())
        statements.append(_minor(statement) if key in said else statement)
        said.add(key)
    return statements


def _minor(statement: Statement) -> Statement:
    """A statement made again in the same words counts less."""
    return msgspec.structs.replace(statement, salience="minor")


def _in_voice(text: str, folded: str, words: str, language: str | None, voice: Voice) -> Iterator[Found]:
    """The acts and claims of one voice, sentence by sentence; the items of a list go on with what leads it."""
    lead: Act | None = None
    for start, end in sentences(text, language, voice.start, voice.end):
        sentence, pieces = folded[start:end], words[start:end].split()
        found = acts(text, language, start, end, folded=sentence, pieces=pieces, spoken=not voice.narrated)
        own_line = bool(found) and any(act.rule.own_line for act in found)
        if own_line and not (
            on_own_line(text, start, end) and (voice.narrated or lead)
        ):  # spoken, or within a paragraph, such words are an appeal
            found, own_line = [act for act in found if not act.rule.own_line], False
        carried = item(text, language, start, end, lead) if lead else None
        if carried and not own_line:
            found = [carried]
        else:
            lead = leads(text, start, end, found) if found else None
        if all(act.kind == "position" or act.rule.span == "match" for act in found):
            value = worth(text[start:end], language, folded=sentence, pieces=pieces)
            if value.score >= CLAIM:
                found = [act for act in found if act.rule.span == "match"]
                yield Found(start, end, None, value, voice)
        for act in found:
            yield Found(act.start, act.end, act, Worth(0.0, ()), voice)
