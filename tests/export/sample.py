# ruff: noqa: E501  (a script, in long lines of prose and of plain data)
"""A record made by hand: two leaders of two invented countries meet the press, and everything odd happens."""

from __future__ import annotations

import hashlib
from typing import Any, NamedTuple

from onrecord.model import (
    Alias,
    Block,
    BlockKind,
    Coverage,
    Event,
    Flag,
    Item,
    Judgement,
    Languages,
    LayoutJudgement,
    Mark,
    MarkKind,
    Note,
    Participant,
    Person,
    Quote,
    Record,
    Relation,
    Source,
    Statement,
    Suggestion,
    Tool,
    Turn,
    Words,
)
from onrecord.spans import Span, Text


class Said(NamedTuple):
    """A line of the script: printed label (empty: none), words, and what the record makes of it."""

    label: str
    speech: str
    speaker: str | None = None
    others: tuple[str, ...] = ()
    judgement: Judgement = "certain"
    candidates: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


class Printed(NamedTuple):
    """A line of the script that nobody speaks."""

    kind: BlockKind
    text: str


SCRIPT: list[Said | Printed] = [
    Printed("furniture", "Harbour Gazette | World | Sport | Weather"),
    Printed("heading", "“The bridge stays open”: the Ostwick press conference in full"),
    Printed(
        "frame",
        "OSTWICK, 14 March 2031 – President Ilse Marrow of Veldania and Prime Minister Tomas Arkell of Norrland "
        "faced reporters for forty minutes after a day of talks on the river border; Wenna Oake, her foreign minister, kept silent beside them. They said that they had agreed "
        "on the bridge. Neither said what becomes of the customs house. Mr. Arkell’s words are given as interpreted.",
    ),
    Printed("heading", "Opening statements"),
    Said(
        "PRESIDENT MARROW",
        "Good evening, everybody. (Applause.) We have talked for nine hours, and I would do it again tomorrow. Let me "
        "begin with the thing you came for: the bridge at Ostwick stays open, to lorries and to people, day and "
        "night.\nThere is a second paper on the table. I will not read it to you tonight, because it is not finished; "
        "there is no paper until there is a paper.",
        "p1",
    ),
    Said(
        "PRIME MINISTER ARKELL (as interpreted)",
        "Thank you, Ilse. I came with three wishes and I leave with two and a half. That is a good day on any river. "
        "(Laughter.) We will send engineers in April. They will look at the pillars, all eleven of them [twelve, "
        "according to the ministry], and then we will speak about money. Fred og fisk, as my grandmother used to say.",
        "p2",
    ),
    Printed("heading", "Questions"),
    Said("Q", "Madam President, will the customs house close, yes or no?", "p3"),
    Said(
        "PRESIDNET MARROW",
        "You would like a word, and I have only a sentence. Nobody looses (sic) his post this year.",
        "p1",
        judgement="likely",
        reasons=("“PRESIDNET MARROW” is two letters away from “PRESIDENT MARROW”",),
    ),
    Said("Q", "And Prime Minister, is that your understanding too?", "p3"),
    Said(
        "MINISTER",
        "It is. We wrote it down, both of us, in two languages.",
        judgement="ambiguous",
        candidates=("p2", "p4"),
        reasons=("two people here are ministers: Tomas Arkell, Wenna Oake",),
    ),
    Said("MARROW AND ARKELL", "Good night! (They shake hands.)", "p1", ("p2",)),
    Said(
        "",
        "One last thing, if I may: the ferry runs as well.",
        judgement="unresolved",
        reasons=("a new paragraph after the farewell, with no label",),
    ),
    Printed("furniture", "© 2031 Harbour Gazette. Read also: <b>Ten bridges</b> you must cross"),
]

MARKS: list[tuple[str, MarkKind]] = [
    ("(Applause.)", "stage"),
    ("(Laughter.)", "stage"),
    ("(as interpreted)", "interpretation"),
    ("[twelve, according to the ministry]", "insertion"),
    ("(sic)", "sic"),
    ("(They shake hands.)", "stage"),
]

PEOPLE = (
    Person(
        "p1",
        "Ilse Marrow",
        "person",
        (
            Alias("PRESIDENT MARROW", "printed", "certain"),
            Alias(
                "PRESIDNET MARROW",
                "typo",
                "likely",
                ("“PRESIDNET MARROW” is two letters away from “PRESIDENT MARROW”",),
            ),
        ),
    ),
    Person("p2", "Tomas Arkell", "person", (Alias("PRIME MINISTER ARKELL", "printed", "certain"),)),
    Person("p3", "Q", "unnamed", (Alias("Q", "printed", "certain"),)),
    Person("p4", "Wenna Oake", "person"),
)


def _write() -> tuple[str, list[Block], list[Turn]]:
    """The script as one text, with its blocks and turns."""
    text = ""
    blocks: list[Block] = []
    turns: list[Turn] = []
    for line in SCRIPT:
        start = len(text)
        if isinstance(line, Printed):
            text += line.text
        else:
            text += f"{line.label}: " if line.label else ""
            said = len(text)
            text += line.speech
            label = Span(start, start + len(line.label)) if line.label else None
            turns.append(
                Turn(
                    f"t{len(turns) + 1}", "s1", Span(start, len(text)), text[start:], label, (Span(said, len(text)),),
                    line.speaker, line.others, line.judgement, line.candidates, line.reasons,
                )
            )  # fmt: skip
        text += "\n\n"
        kind: BlockKind = line.kind if isinstance(line, Printed) else "transcript"
        blocks.append(Block("s1", Span(start, len(text)), "", kind))
    tiled = [Block(b.source, b.span, text[b.span.start : b.span.end], b.kind) for b in blocks]
    return text, tiled, turns


def _place(text: str, words: str) -> Span:
    start = text.index(words)
    return Text(text).span(start, start + len(words))


def _item(text: str, words: str, value: str | None = None) -> Item:
    return Item("s1", _place(text, words), words, value)


def _without(spans: tuple[Span, ...], marks: list[Span]) -> tuple[Span, ...]:
    """Speech without the marks inside it."""
    kept: list[Span] = []
    for span in spans:
        at = span.start
        for mark in marks:
            if span.holds(mark):
                kept.append(Span(at, mark.start))
                at = mark.end
        kept.append(Span(at, span.end))
    return tuple(piece for piece in kept if len(piece))


def sample(**changes: Any) -> Record:
    """The record; `changes` replace its fields."""
    text, blocks, turns = _write()
    spans = sorted(_place(text, words) for words, _ in MARKS)
    turns = [
        Turn(
            t.id, t.source, t.span, t.text, t.label, _without(t.speech, spans), t.speaker, t.others, t.judgement,
            t.candidates, t.reasons,
        )
        for t in turns
    ]  # fmt: skip
    owner = {
        span: next((turn for turn in turns if turn.span.holds(span)), None)
        for span in (_place(text, words) for words, _ in MARKS)
    }
    marks = []
    for words, kind in MARKS:
        span = _place(text, words)
        turn = owner[span]
        marks.append(Mark("s1", span, words, kind, turn.id if turn else None))
    source = Source(
        "s1",
        "ostwick.txt",
        "text/plain",
        hashlib.sha256(text.encode()).hexdigest(),
        Text(text).sha256,
        "plain 1",
        "en",
        (Languages(_place(text, "Fred og fisk"), "da"),),
        text,
        LayoutJudgement("both", "colon", "certain", ("8 labels with a colon",)),
        Words("interpreted", None, "likely", ("the article says “given as interpreted”",)),
        (
            Note(
                "hidden", "markup stands in the text as characters", None, _place(text, "<b>Ten bridges</b>")
            ),
        ),
    )
    speech = sum(len(span) for turn in turns for span in turn.speech)
    lost = sum(len(span) for turn in turns if turn.speaker is None for span in turn.speech)
    by_kind = {
        kind: sum(len(b.span) for b in blocks if b.kind == kind) for kind in ("heading", "furniture", "frame")
    }
    labels = sum(len(turn.label) for turn in turns if turn.label)
    marked = sum(len(mark.span) for mark in marks)
    counted = speech + labels + marked + sum(by_kind.values())
    fields: dict[str, Any] = {
        "schema_version": 1,
        "tool": Tool("onrecord", "0.1.0", "0" * 64),
        "sources": (source,),
        "event": Event(
            _item(text, "“The bridge stays open”: the Ostwick press conference in full"),
            _item(text, "press conference", "joint_press_conference"),
            _item(text, "14 March 2031", "2031-03-14"),
            _item(text, "OSTWICK", "Ostwick"),
            _item(text, "forty minutes", "PT40M"),
            (
                Participant("p1", _item(text, "Ilse Marrow"), _item(text, "President")),
                Participant("p4", _item(text, "Wenna Oake"), _item(text, "her foreign minister")),
            ),
        ),
        "people": PEOPLE,
        "blocks": tuple(blocks),
        "turns": tuple(turns),
        "marks": tuple(marks),
        "quotes": (),
        "statements": (_promise(text),),
        "relations": (),
        "flags": (_flag(text),),
        "coverage": Coverage(
            len(text), speech, speech - lost, lost, labels, marked, by_kind["heading"], by_kind["furniture"],
            by_kind["frame"], len(text) - counted,
        ),
    }  # fmt: skip
    return Record(**(fields | changes))


def _promise(text: str) -> Statement:
    words = "We will send engineers in April"
    return Statement(
        "a1", "s1", _place(text, words), words, "promised", "p2", ("p2",), "t2", None, (), (), "firm", "positive",
        "asserted", "core", None, (), None, 0.9, ("“we will” with a verb of doing",), "promised.will",
    )  # fmt: skip


def _flag(text: str) -> Flag:
    words = "all eleven of them"
    return Flag(
        "f1", "s1", _place(text, words), words, "number", "versions", "major",
        "the ministry’s own text counts twelve", None, (), "version.number",
    )  # fmt: skip


def stated(
    kind: str, words: str, speaker: str | None = None, turn: str | None = None, **more: Any
) -> Statement:
    """A line of the ledger on words of the sample; `content` is given as words too, `number` makes the id."""
    text = sample_text()
    content = _place(text, more.pop("content")) if "content" in more else None
    number = more.pop("number", 1)
    fields: dict[str, Any] = {
        "id": f"a{number}", "source": "s1", "span": _place(text, words), "text": words, "kind": kind,
        "speaker": speaker, "chain": (speaker,) if speaker else (), "turn": turn, "content": content, "about": (),
        "to": (), "firmness": "firm", "polarity": "positive", "factuality": "asserted", "salience": "core",
        "deadline": None, "quantities": (), "text_state": None, "score": 0.8, "reasons": (), "rule": "en.sample",
    }  # fmt: skip
    return Statement(**(fields | more))


def sample_text() -> str:
    return _write()[0]


AGREED = "We wrote it down, both of us, in two languages"
OPEN = "it is not finished"
DENIED = "there is no paper until there is a paper"


def ledger() -> tuple[Statement, ...]:
    """A line for each thing that faces must show well; in the order of the text."""
    text = sample_text()
    lines: list[tuple[str, str, str | None, str | None, dict[str, Any]]] = [
        ("agreed", "They said that they had agreed on the bridge", None, None, {"content": "the bridge", "factuality": "reported"}),
        ("left_open", "Neither said what becomes of the customs house", None, None, {"firmness": "hedged"}),
        ("claim", "We have talked for nine hours", "p1", "t1", {"score": 0.7}),
        ("agreed", "the bridge at Ostwick stays open, to lorries and to people, day and night", "p1", "t1", {"factuality": "presupposed"}),
        ("left_open", OPEN, "p1", "t1", {}),
        ("denied", DENIED, "p1", "t1", {"firmness": "conditional", "text_state": "damaged"}),
        ("praised", "That is a good day on any river", "p2", "t2", {"salience": "minor"}),
        ("promised", "We will send engineers in April", "p2", "t2", {"content": "engineers", "deadline": _item(text, "April", "2031-04")}),
        ("claim", "They will look at the pillars, all eleven of them", "p2", "t2", {"score": 0.9, "text_state": "disputed", "quantities": (_item(text, "eleven", "11"),)}),
        ("next_step", "then we will speak about money", "p2", "t2", {}),
        ("demanded", "will the customs house close, yes or no?", "p3", "t3", {"to": ("p1",)}),
        ("promised", "Nobody looses (sic) his post this year", "p1", "t4", {}),
        ("agreed", AGREED, "p2", "t6", {}),
        ("expected", "the ferry runs as well", None, "t8", {}),
    ]  # fmt: skip
    return tuple(
        stated(kind, words, speaker, turn, number=number, **more)
        for number, (kind, words, speaker, turn, more) in enumerate(lines, 1)
    )


def relations() -> tuple[Relation, ...]:
    return (
        Relation("r1", "contested", "a4", "a13", ("other figures",)),
        Relation("r2", "contested", "a6", "a13", ("agreed against denied",)),
        Relation("r3", "contested", "a2", "a4", ("agreed against left open",)),
        Relation("r4", "unanswered", "a11", None, ("no other speaker touches its words",)),
        Relation("r5", "silent", "a14", None, ("the transcript never mentions “ferry”",)),
        Relation("r6", "repeated", "a8", "a10", ("80% of the words are the same",)),
    )


def flags() -> tuple[Flag, ...]:
    """Flags of every tier; f1, f2 and the ninth statement overlap each other."""
    text = sample_text()
    made: list[tuple[str, str, str, str, str, Suggestion | None, tuple[Item, ...]]] = [
        ("number", "versions", "major", "all eleven of them", "the ministry’s own text counts twelve", Suggestion("all twelve of them", "version"), ()),
        ("bracket", "form", "minor", "pillars, all eleven of them [twelve", "a bracket opens in mid-sentence", None, ()),
        ("formula", "form", "critical", "until there is a paper", "one sentence stands here with two endings", None, (_item(text, "because it is not finished"),)),
        ("glued", "form", "minor", "looses", "two words seem to have run together", Suggestion("loses", "repair"), ()),
        ("role", "facts", "major", "her foreign minister", "the cast has another office for her", Suggestion("interior minister", "cast"), (_item(text, "Wenna Oake"),)),
        ("tense", "hint", "minor", "One last thing", "a tense that does not fit", None, ()),
    ]  # fmt: skip
    return tuple(
        Flag(
            f"f{number}", "s1", _place(text, words), words, kind, tier, severity, message, suggestion, evidence,
            f"sample.{kind}",
        )
        for number, (kind, tier, severity, words, message, suggestion, evidence) in enumerate(made, 1)
    )  # fmt: skip


def quotes() -> tuple[Quote, ...]:
    text = sample_text()
    made: list[tuple[str, str, str | None, tuple[str, ...], Judgement]] = [
        ("“The bridge stays open”", "direct", "p1", ("p1",), "likely"),
        ("that they had agreed on the bridge", "indirect", None, (), "unresolved"),
        ("as my grandmother used to say", "mixed", "p4", ("p2", "p4"), "certain"),
    ]
    return tuple(
        Quote(
            f"q{number}", "s1", _place(text, words), words, (_place(text, words),), kind, None, speaker, None, chain,
            judgement, None, "sample.quote",
        )
        for number, (words, kind, speaker, chain, judgement) in enumerate(made, 1)
    )  # fmt: skip


def full(**changes: Any) -> Record:
    """The record with everything: a ledger, relations, quotations, flags, and words that a machine translated."""
    base = sample().sources[0]
    given = {name: getattr(base, name) for name in base.__struct_fields__}
    source = Source(**{**given, "words": Words("machine_translated", "de", "likely", ("few labels",))})
    fields: dict[str, Any] = {
        "sources": (source,), "statements": ledger(), "relations": relations(), "flags": flags(), "quotes": quotes(),
    }  # fmt: skip
    return sample(**(fields | changes))


def hostile(text: str) -> Record:
    """A record whose every printed string is `text` somewhere: title, label, name, reason, file name, speech."""
    label, speech = text, f"{text} said so."
    body = f"{text}\n{label}: {speech}\n"
    start = len(text) + 1
    turn = Turn(
        "t1", "s1", Span(start, len(body) - 1), body[start:-1], Span(start, start + len(label)),
        (Span(start + len(label) + 2, len(body) - 1),), "p1", (), "likely", (), (text,),
    )  # fmt: skip
    source = Source(
        "s1", text, "text/plain", "0" * 64, Text(body).sha256, text, "en", (), body,
        LayoutJudgement("transcript", text, "certain"), Words(reasons=(text,)), (Note("odd", text),),
    )  # fmt: skip
    blocks = (
        Block("s1", Span(0, start), body[:start], "heading"),
        Block("s1", Span(start, len(body)), body[start:], "transcript"),
    )
    return sample(
        sources=(source,), event=Event(Item("s1", Span(0, len(text)), text)), turns=(turn,), marks=(), flags=(),
        statements=(), blocks=blocks, people=(Person("p1", text, "person", (Alias(text, "typo", "likely"),)),),
    )  # fmt: skip


def armed(text: str) -> Record:
    """The hostile record with a ledger, a quotation and a flag that say `text` wherever a record may."""
    record = hostile(text)
    turn = record.turns[0]
    said = stated(
        "demanded", "nine hours", "p1", "t1", span=turn.span, text=turn.text, reasons=(text,), rule=text, to=("p1",),
    )  # fmt: skip
    item = Item("s1", turn.span, turn.text, text)
    flag = Flag(
        "f1",
        "s1",
        turn.speech[0],
        text,
        "formula",
        "form",
        "major",
        text,
        Suggestion(text, "repair"),
        (item,),
        text,
    )
    quote = Quote(
        "q1",
        "s1",
        turn.span,
        turn.text,
        (turn.span,),
        "direct",
        None,
        "p1",
        None,
        ("p1",),
        "likely",
        None,
        text,
    )
    given = {name: getattr(record, name) for name in record.__struct_fields__}
    relation = Relation("r1", "silent", "a1", None, (text,))
    return Record(
        **(given | {"statements": (said,), "flags": (flag,), "quotes": (quote,), "relations": (relation,)})
    )


def long_record(count: int) -> Record:
    """A sitting of `count` turns of three voices, one paragraph each."""
    text, turns = "", []
    for number in range(count):
        start = len(text)
        label = ("CHAIR", "MARROW", "ARKELL")[number % 3]
        text += (
            f"{label}: The clerk will note motion {number}, and the house will hear it in its turn today.\n"
        )
        speech = Span(start + len(label) + 2, len(text) - 1)
        turns.append(
            Turn(
                f"t{number + 1}", "s1", Span(start, len(text) - 1), text[start:-1], Span(start, start + len(label)),
                (speech,), f"p{number % 3 + 1}", judgement="certain",
            )
        )  # fmt: skip
    base = sample().sources[0]
    source = Source(
        "s1", "sitting.txt", base.media_type, base.sha256, Text(text).sha256, base.reader, "en", (), text, base.layout,
        base.words,
    )  # fmt: skip
    return sample(
        sources=(source,), event=Event(), turns=tuple(turns), marks=(), flags=(), statements=(),
        blocks=(Block("s1", Span(0, len(text)), text, "transcript"),),
    )  # fmt: skip
