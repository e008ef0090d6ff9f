"""The ledger as a reader asks for it: what was agreed, but, what is open, who asks what of whom …

Every statement stands in exactly one place: under the question its kind answers, or, where a relation says more,
under "but" (it contests another) or under "silent" (the transcript never comes back to it), or folded under the first
statement that it repeats. Nothing is judged here; all of it is read from the fields of the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, overload

from onrecord.export import floor, visible
from onrecord.export.columns import clipped, columns
from onrecord.export.passages import Lines, lines_of
from onrecord.model import Record, Relation, Statement, StatementKind
from onrecord.ui import Words
from onrecord.ui.told import Because, because

GROUPS: dict[str, tuple[StatementKind, ...]] = {
    "agreed": ("agreed",),
    "open": ("left_open", "expected"),
    "asks": ("demanded", "proposed"),
    "refused": ("refused", "denied"),
    "steps": ("next_step", "promised"),
    "accused": ("accused", "warned"),
    "claims": ("claim",),
    "views": ("endorsed", "praised", "position"),
}
"""The questions of a reader and the kinds that answer them; every kind is in one of them."""

ORDER = ("agreed", "but", "open", "asks", "refused", "steps", "accused", "silent", "claims", "views")
"""The groups as they are shown; `but` and `silent` rest on relations."""

FOLDED = frozenset({"views"})
"""Groups that are there to be opened, not to be read first."""

NAMED = frozenset({"agreed", "promised", "proposed", "demanded"})
"""Kinds whose `content` says what; where it is null, that is a finding: "not said what"."""

_PLAIN_KINDS = frozenset(
    {"agreed", "left_open", "claim"}
)  # the first of their group, and what its title says

_TELLING = 12  # columns from which the end of a clause says something by itself
_GROUP_OF = {kind: group for group, kinds in GROUPS.items() for kind in kinds}


class Place(NamedTuple):
    """Where something stands: the id of the item, its line in the source, and its turn (none in the article)."""

    id: str
    line: int
    turn: str | None


class Entry(NamedTuple):
    """One line of the ledger in the reader's language; `said` and `what` are exact characters made safe to show.

    `kind` names the sort of statement by itself ("denied"); `deed` is what stands behind the speaker ("denies"), and
    is empty where the title of the group says it. `findings` are what a reader must know of it ("not said what",
    "visible damage"), `manner` how it is said.
    """

    statement: Statement
    place: Place
    kind: str
    deed: str
    who: str
    to: str
    said: str
    what: str | None
    findings: tuple[str, ...]
    manner: tuple[str, ...]
    against: tuple[Place, ...]
    again: tuple[Place, ...]
    because: Because | None

    @property
    def qualities(self) -> tuple[str, ...]:
        """All that is said beside the words, what matters most first."""
        return self.findings + self.manner

    def brief(self, room: int) -> str:
        """The words in about `room` columns; of a longer clause the end that says what, where enough of it does."""
        what = self.what or ""
        telling = _TELLING <= columns(what) <= columns(self.said) * 2 // 3
        if columns(self.said) <= room or not telling:
            return clipped(self.said, room)
        return "…" + clipped(what.lstrip(" ,;:.–—"), room - 1)


class Group(NamedTuple):
    """The entries that answer one question; `name` is one of `ORDER`."""

    name: str
    title: str
    entries: Sequence[Entry]


class Entries(Sequence[Entry]):
    """Lines of the ledger in order, each written when it is asked for: of thousands a page shows a dozen."""

    def __init__(self, book: Ledger, statements: Sequence[Statement]) -> None:
        self._book = book
        self._statements = statements

    def __len__(self) -> int:
        return len(self._statements)

    @overload
    def __getitem__(self, place: int) -> Entry: ...
    @overload
    def __getitem__(self, place: slice) -> Entries: ...
    def __getitem__(self, place: int | slice) -> Entry | Entries:
        if isinstance(place, slice):
            return Entries(self._book, self._statements[place])
        return self._book.entry(self._statements[place])


def group_of(kind: StatementKind) -> str:
    """The group of a kind.

    >>> group_of("denied")
    'refused'
    """
    return _GROUP_OF[kind]


def groups(record: Record, words: Words, book: Ledger | None = None) -> tuple[Group, ...]:
    """The groups that hold anything, in the order of `ORDER`; `book` is the ledger of the record, if it is there."""
    book = book or Ledger(record, words)
    filed: dict[str, list[Statement]] = {}
    for statement in record.statements:
        if statement.id not in book.first:
            filed.setdefault(book.group(statement), []).append(statement)
    return tuple(
        Group(name, words(f"group.{name}"), Entries(book, book.ranked(name, filed[name])))
        for name in ORDER
        if name in filed
    )


class Ledger:
    """The statements of a record with all that its relations say of them, by id."""

    def __init__(self, record: Record, words: Words, lines: Mapping[str, Lines] | None = None) -> None:
        self.words = words
        self.texts = {source.id: source.text for source in record.sources}
        self.lines = lines or lines_of(record)
        self.people = floor.people(record)
        self.turns = {turn.id: turn for turn in record.turns}
        self.by_id = {statement.id: statement for statement in record.statements}
        self.order = {name: number for number, name in enumerate(self.by_id)}
        self.first = self._first(one for one in record.relations if one.kind == "repeated")
        self.again: dict[str, list[str]] = {}
        for later, root in self.first.items():
            self.again.setdefault(root, []).append(later)
        self.against: dict[str, list[str]] = {}
        self.disputed: set[str] = set()
        self.silent: dict[str, Relation] = {}
        self.unanswered: set[str] = set()
        for relation in record.relations:
            self._relate(relation)

    def _first(self, repeated: Iterable[Relation]) -> dict[str, str]:
        """For each statement that repeats another, the first of its row."""
        first: dict[str, str] = {}
        pairs = [(one.a, one.b) for one in repeated if one.a in self.by_id and one.b in self.by_id]
        for a, b in sorted((self._in_order(a, b or a) for a, b in pairs), key=lambda p: self.order[p[1]]):
            root = first.get(a, a)
            if b != root and b not in first:
                first[b] = root
        return first

    def _in_order(self, a: str, b: str) -> tuple[str, str]:
        return (a, b) if self.order[a] <= self.order[b] else (b, a)

    def _relate(self, relation: Relation) -> None:
        a = self.first.get(relation.a, relation.a)
        if a not in self.by_id:
            return
        if relation.kind == "silent":
            self.silent.setdefault(a, relation)
        elif relation.kind == "unanswered":
            self.unanswered.add(a)
        elif relation.kind == "contested" and relation.b in self.by_id:
            self._contest(*self._in_order(a, self.first.get(relation.b, relation.b)))

    def _contest(self, a: str, b: str) -> None:
        """What is said to be agreed stays where it is, and the other side is the "but"; else the later one is."""
        if self.by_id[b].kind == "agreed" and self.by_id[a].kind != "agreed":
            a, b = b, a
        contested = self.against.setdefault(b, [])
        if a != b and a not in contested:
            contested.append(a)
        voices = {self.by_id[a].speaker, self.by_id[b].speaker}
        if len(voices) == 2 and None not in voices:
            self.disputed |= {a, b}

    def group(self, statement: Statement) -> str:
        """The one group in which a statement stands."""
        if self.against.get(statement.id) and statement.kind != "agreed":
            return "but"
        if statement.id in self.silent:
            return "silent"
        return group_of(statement.kind)

    def ranked(self, name: str, statements: Iterable[Statement]) -> list[Statement]:
        """Claims by their worth; the rest core before minor, by kind as the group lists them, as they stand."""
        if name == "claims":
            return sorted(statements, key=lambda one: (-one.score, self.order[one.id]))
        kinds = GROUPS.get(name, ())
        return sorted(
            statements,
            key=lambda one: (
                one.salience == "minor" and name not in FOLDED,
                kinds.index(one.kind) if one.kind in kinds else 0,
                self.order[one.id],
            ),
        )

    def entry(self, statement: Statement) -> Entry:
        """The statement in the reader's words."""
        relation = self.silent.get(statement.id)
        text = self.texts[statement.source]
        content = statement.content
        return Entry(
            statement,
            self.place(statement),
            self.words(f"statement.{statement.kind}"),
            self._deed(statement),
            self.who(statement),
            self._asked(statement),
            visible.line(statement.text),
            visible.line(text[content.start : content.end]) if content else None,
            tuple(self._findings(statement)),
            tuple(self._manner(statement)),
            tuple(self.place(self.by_id[one]) for one in self.against.get(statement.id, ())),
            tuple(self.place(self.by_id[one]) for one in self.again.get(statement.id, ())),
            because(relation.reasons, self.words.language) if relation else None,
        )

    def _deed(self, statement: Statement) -> str:
        """What the speaker does. An article that tells of a denial does not deny: there the sort is named."""
        if statement.kind in _PLAIN_KINDS:
            return ""
        narrated = statement.speaker is None and statement.turn is None
        return self.words(f"statement.{statement.kind}" if narrated else f"deed.{statement.kind}")

    def _asked(self, statement: Statement) -> str:
        """Of whom a named speaker asks; in other deeds `to` may be anybody whom the clause names."""
        if statement.kind not in GROUPS["asks"] or statement.speaker is None:
            return ""
        return self.words.enumerate([self.name(one) for one in statement.to])

    def place(self, statement: Statement) -> Place:
        """Where the statement stands."""
        line = self.lines[statement.source].number(statement.span.start)
        return Place(statement.id, line, statement.turn)

    def name(self, person: str) -> str:
        """A person's name, made safe to show."""
        return visible.line(self.people[person].name)

    def who(self, statement: Statement) -> str:
        """Whose statement it is: a name, with "probably" where the turn's speaker is judged; else what is printed."""
        turn = self.turns.get(statement.turn or "")
        if statement.speaker is None:
            if turn is None:
                return self.words("ledger.article")
            return visible.line(floor.speaker_of(turn, self.people, self.words))
        name = self.name(statement.speaker)
        if turn is not None and turn.judgement == "likely" and turn.speaker == statement.speaker:
            name = self.words("ledger.probably", name=name)
        reporters = [self.name(one) for one in statement.chain if one != statement.speaker]
        return self.words("ledger.told_by", name=name, teller=reporters[-1]) if reporters else name

    def _findings(self, statement: Statement) -> Iterator[str]:
        """Each in a word of its own: damage to the text never in that of a dispute between speakers."""
        if statement.kind in NAMED and statement.content is None:
            yield self.words("ledger.not_said_what")
        if statement.id in self.disputed and self.group(statement) != "but":
            yield self.words("ledger.disputed")
        if statement.id in self.unanswered:
            yield self.words("ledger.unanswered")
        if statement.text_state in ("damaged", "disputed"):
            yield self.words(f"text_state.{statement.text_state}")

    def _manner(self, statement: Statement) -> Iterator[str]:
        """What is not simply and firmly asserted."""
        if statement.factuality != "asserted":
            yield self.words(f"factuality.{statement.factuality}")
        if statement.firmness != "firm":
            yield self.words(f"firmness.{statement.firmness}")
