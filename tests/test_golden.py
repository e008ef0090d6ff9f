"""Golden records: what the shipped examples read as, one readable page each.

`python tests/test_golden.py` writes the pages anew; look at the difference before you commit it.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from onrecord.model import Item, Record, Statement
from onrecord.record import decode, encode, read_source, verify
from onrecord.sources import open_path

EXAMPLES = Path(str(files("onrecord") / "examples"))
GOLDEN = Path(__file__).parent / "golden"
NAMES = sorted(path.name for path in EXAMPLES.iterdir() if path.suffix in {".txt", ".html", ".vtt", ".jsonl"})


def record_of(name: str) -> Record:
    return read_source(open_path(str(EXAMPLES / name)))


def page(record: Record) -> str:
    """The record as lines that a person can check against the text."""
    source = record.sources[0]
    lines = [
        f"{source.language} · {source.layout.kind} · {source.layout.convention} ({source.layout.judgement})",
        *(
            f"{field}: {shown(getattr(record.event, field))}"
            for field in ("title", "kind", "date", "place", "duration")
        ),
        "",
        *(f"{p.id} {p.name} [{p.kind}] = {' | '.join(a.text for a in p.aliases)}" for p in record.people),
        "",
        *(
            f"{p.person} {p.mention.text} — {p.role.text if p.role else 'no role'}"
            for p in record.event.participants
        ),
        "",
        *(f"{block.kind}: {words(block.text, 8)}" for block in record.blocks),
        "",
    ]
    for turn in record.turns:
        label = source.text[turn.label.start : turn.label.end] if turn.label else "–"
        speech = " ".join(source.text[piece.start : piece.end] for piece in turn.speech)
        who = turn.speaker or "?"
        others = "".join(f"+{other}" for other in turn.others)
        lines.append(
            f"{turn.id} {who}{others} {turn.judgement} [{label}] {words(speech, 5)} … {words(speech, -3)}"
        )
    lines += ["", *(f"{mark.kind} {mark.turn or '–'} {words(mark.text, 12)}" for mark in record.marks), ""]
    lines += [
        f"{q.id} {q.type} {q.speaker or '?'} {q.judgement} {q.text_state} {q.rule}: {words(q.text, 10)}"
        for q in record.quotes
    ]
    lines += ["", *(entry(record, one) for one in record.statements)]
    lines += ["", *(f"{one.id} {one.kind} {one.a} {one.b or '–'}" for one in record.relations)]
    lines += [
        "",
        *(f"{f.id} {f.tier} {f.kind} {f.severity}: {words(f.text, 8)} – {f.message}" for f in record.flags),
    ]
    lines += ["", f"words: {source.words.value} ({'; '.join(source.words.reasons)})"]
    lines += [f"note {note.kind}: {note.message}" for note in source.notes]
    return "\n".join(lines).rstrip() + "\n"


def entry(record: Record, one: Statement) -> str:
    """One line of the ledger: who, what kind, how firmly, and what exactly."""
    text = record.sources[0].text
    what = text[one.content.start : one.content.end] if one.content else "not said what"
    manner = f"{one.firmness} {one.polarity} {one.factuality} {one.text_state}"
    return f"{one.id} {one.speaker or '?'} {one.kind} {manner} {one.rule}: {words(one.text, 12)} – {words(what, 8)}"


def shown(item: Item | None) -> str:
    return "–" if item is None else f"{item.text} = {item.value}"


def words(text: str, count: int) -> str:
    found = text.split()
    return " ".join(found[:count] if count > 0 else found[count:])


@pytest.mark.parametrize("name", NAMES)
def test_example_reads_as_before(name: str) -> None:
    assert page(record_of(name)) == (GOLDEN / f"{name}.golden").read_text("utf-8"), (
        "python tests/test_golden.py"
    )


@pytest.mark.parametrize("name", NAMES)
def test_example_verifies_and_survives_its_json(name: str) -> None:
    record = record_of(name)
    data = encode(record)
    assert verify(record) == []
    assert decode(data) == record
    assert encode(record_of(name)) == data


@pytest.mark.parametrize("name", NAMES)
def test_every_character_of_an_example_has_an_owner(name: str) -> None:
    c = record_of(name).coverage
    assert c.attributed + c.unattributed == c.speech
    assert c.speech + c.labels + c.marks + c.headings + c.furniture + c.frame + c.blank == c.characters


if __name__ == "__main__":
    for example in NAMES:
        (GOLDEN / f"{example}.golden").write_text(page(record_of(example)), "utf-8")
