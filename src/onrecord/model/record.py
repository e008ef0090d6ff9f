"""What a record is made of. These types are the JSON contract (docs/record-format.md); nothing else is.

Every item that stands in a source carries the source's id, its span and the exact characters. Items are frozen;
sequences are tuples. Judgements follow the practice of entity resolution: `certain`, `likely`, `ambiguous`
(candidates are listed), `unresolved`. An unresolved speaker is a value, not an error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from onrecord.model.brief import brief
from onrecord.spans import Span

if TYPE_CHECKING:
    import onrecord

SCHEMA_VERSION = 1

Judgement = Literal["certain", "likely", "ambiguous", "unresolved"]


class Struct(msgspec.Struct, frozen=True, gc=False):
    """Base of every type of the record. A frozen tree has no cycles: the collector has nothing to find in it."""

    def __repr__(self) -> str:
        return brief(self)


class Item(Struct, frozen=True):
    """A finding with a value: where it stands, the characters, and what they mean (`value`)."""

    source: str
    span: Span
    text: str
    value: str | None = None


class Tool(Struct, frozen=True):
    """Which program made the record, and a hash of everything it knows about languages and people."""

    name: str
    version: str
    lexicons: str


# ------------------------------------------------------------------------------------------------ sources


class Note(Struct, frozen=True):
    """Something a reader of the source must know: `kind` is a short word, `message` one sentence.

    `byte` is an offset into the original bytes, `span` into the text; either may be unknown.
    """

    kind: str
    message: str
    byte: int | None = None
    span: Span | None = None


class Languages(Struct, frozen=True):
    """A stretch of text in one language (ISO 639-1 code)."""

    span: Span
    value: str


class LayoutJudgement(Struct, frozen=True):
    """What sort of document this is, and by which label convention it names its speakers."""

    kind: Literal["article", "transcript", "both", "other"]
    convention: str | None
    judgement: Judgement
    reasons: tuple[str, ...] = ()


class Words(Struct, frozen=True):
    """Whose words the text holds: spoken so, interpreted, translated by a person or by a machine."""

    value: Literal["original", "interpreted", "translated", "machine_translated", "unknown"] = "unknown"
    from_: str | None = msgspec.field(default=None, name="from")
    judgement: Judgement = "unresolved"
    reasons: tuple[str, ...] = ()


class Source(Struct, frozen=True):
    """One document: hashes of bytes and of characters, the reader that extracted them, and the characters."""

    id: str
    name: str
    media_type: str
    sha256: str
    text_sha256: str
    reader: str
    language: str | None
    languages: tuple[Languages, ...]
    text: str
    layout: LayoutJudgement
    words: Words
    notes: tuple[Note, ...] = ()


# ------------------------------------------------------------------------------------------- event, people


class Participant(Struct, frozen=True):
    """Somebody the text puts at the event; `role` is the printed role, where one stands beside the name."""

    person: str
    mention: Item
    role: Item | None = None


class Event(Struct, frozen=True):
    """The event card. What the text, its metadata or the user did not give is null."""

    title: Item | None = None
    kind: Item | None = None
    date: Item | None = None
    place: Item | None = None
    duration: Item | None = None
    participants: tuple[Participant, ...] = ()


AliasKind = Literal[
    "printed", "short", "given", "initials", "role", "typo", "transliterated", "translated", "user"
]


class Alias(Struct, frozen=True):
    """One way the document names a person, and why we think so."""

    text: str
    kind: AliasKind
    judgement: Judgement
    reasons: tuple[str, ...] = ()


class Person(Struct, frozen=True):
    """Somebody who speaks or takes part. `known` is an id of the shipped roster, never a source of text."""

    id: str
    name: str
    kind: Literal["person", "group", "office", "unnamed"]
    aliases: tuple[Alias, ...] = ()
    known: str | None = None


# ---------------------------------------------------------------------------------------------- structure

BlockKind = Literal["frame", "transcript", "heading", "furniture"]


class Block(Struct, frozen=True):
    """A stretch of the source with one function. Blocks tile the source: no gap, no overlap."""

    source: str
    span: Span
    text: str
    kind: BlockKind


class Turn(Struct, frozen=True):
    """One speaker holding the floor.

    `span` runs from the label (from the speech where nothing is printed) to the last spoken character; `label`
    is the printed label without its separator; `speech` are the spoken stretches. `others` are joint speakers.
    """

    id: str
    source: str
    span: Span
    text: str
    label: Span | None
    speech: tuple[Span, ...]
    speaker: str | None
    others: tuple[str, ...] = ()
    judgement: Judgement = "unresolved"
    candidates: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    time: tuple[float, float] | None = None


MarkKind = Literal["stage", "sic", "insertion", "interpretation", "language", "time", "page", "inaudible"]


class Mark(Struct, frozen=True):
    """Printed, but not spoken: a stage direction, `(sic)`, an editor's insertion, a clock line …"""

    source: str
    span: Span
    text: str
    kind: MarkKind
    turn: str | None = None
    speaker: str | None = None


# --------------------------------------------------------------------------------------------- statements

TextState = Literal["no_damage_found", "damaged", "disputed"]


class Quote(Struct, frozen=True):
    """Words that the narrative gives to somebody: `segments` are the content without marks and cue."""

    id: str
    source: str
    span: Span
    text: str
    segments: tuple[Span, ...]
    type: Literal["direct", "mixed", "indirect"]
    mention: Span | None
    speaker: str | None
    cue: Span | None
    chain: tuple[str, ...]
    judgement: Judgement
    text_state: TextState | None
    rule: str


StatementKind = Literal[
    "agreed", "promised", "next_step", "proposed", "demanded", "refused", "denied", "accused", "warned",
    "praised", "endorsed", "left_open", "expected", "position", "claim",
]  # fmt: skip


class Statement(Struct, frozen=True):
    """One line of the ledger. `content` names *what* was agreed, promised …; null means "not said what"."""

    id: str
    source: str
    span: Span
    text: str
    kind: StatementKind
    speaker: str | None
    chain: tuple[str, ...]
    turn: str | None
    content: Span | None
    about: tuple[str, ...]
    to: tuple[str, ...]
    firmness: Literal["firm", "conditional", "hedged"]
    polarity: Literal["positive", "negative"]
    factuality: Literal["asserted", "presupposed", "reported"]
    salience: Literal["core", "minor"]
    deadline: Item | None
    quantities: tuple[Item, ...]
    text_state: TextState | None
    score: float
    reasons: tuple[str, ...]
    rule: str


class Relation(Struct, frozen=True):
    """How two statements stand to each other; `b` is null where nothing answers `a`."""

    id: str
    kind: Literal["contested", "agreeing", "unanswered", "repeated", "silent"]
    a: str
    b: str | None
    reasons: tuple[str, ...] = ()


# ---------------------------------------------------------------------------------------------- integrity


Severity = Literal["critical", "major", "minor"]


class Suggestion(Struct, frozen=True):
    """What the text may have said, and where that reading comes from."""

    text: str
    from_: Literal["version", "occurrence", "cast", "repair"] = msgspec.field(name="from")


FlagKind = Literal[
    "glued", "untranslated", "lower_case_name", "capital", "duplicate", "formula", "label_word", "title_gender",
    "bracket", "tense", "number_list", "full_stop", "mojibake", "invisible", "mixed_script", "truncated", "hidden",
    "role", "country", "first_name", "date",
    "omission", "addition", "number", "name", "negation", "modality", "sense",
]  # fmt: skip


class Flag(Struct, frozen=True):
    """A place where the text cannot be trusted, and how that is known (`tier`)."""

    id: str
    source: str
    span: Span
    text: str
    kind: FlagKind
    tier: Literal["versions", "form", "facts", "hint"]
    severity: Severity
    message: str
    suggestion: Suggestion | None
    evidence: tuple[Item, ...]
    rule: str


# ------------------------------------------------------------------------------------------------- record


class Coverage(Struct, frozen=True):
    """Every character of the first source by owner; the counts below `characters` sum to it."""

    characters: int
    speech: int
    attributed: int
    unattributed: int
    labels: int
    marks: int
    headings: int
    furniture: int
    frame: int
    blank: int


class Record(Struct, frozen=True):
    """The whole answer for one reading of one or more sources.

    At a prompt it is one line, in a notebook a short page; `to_pandas` and the like give its items as tables.
    """

    schema_version: int
    tool: Tool
    sources: tuple[Source, ...]
    event: Event
    people: tuple[Person, ...]
    blocks: tuple[Block, ...]
    turns: tuple[Turn, ...]
    marks: tuple[Mark, ...]
    quotes: tuple[Quote, ...]
    statements: tuple[Statement, ...]
    relations: tuple[Relation, ...]
    flags: tuple[Flag, ...]
    coverage: Coverage

    def __repr__(self) -> str:
        kinds = ("people", "turns", "quotes", "statements", "flags")
        held = ", ".join(f"{len(getattr(self, kind))} {kind}" for kind in kinds)
        names = " + ".join(repr(source.name) for source in self.sources)
        return f"<Record {names}: {held}>"

    def _repr_html_(self) -> str:
        from onrecord.model.notebook import record_html

        return record_html(self)

    def to_arrow(self, table: str = "turns") -> onrecord.ArrowTable:
        """One of its tables (`onrecord.to_arrow`) as an Arrow table."""
        import onrecord

        return onrecord.to_arrow(self, table)

    def to_pandas(self, table: str = "turns") -> onrecord.PandasFrame:
        """One of its tables (`onrecord.to_pandas`) as a data frame of pandas."""
        import onrecord

        return onrecord.to_pandas(self, table)

    def to_polars(self, table: str = "turns") -> onrecord.PolarsFrame:
        """One of its tables (`onrecord.to_polars`) as a data frame of polars."""
        import onrecord

        return onrecord.to_polars(self, table)
