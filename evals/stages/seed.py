"""The founding document: an article with a transcript, machine-translated: one speaker is a playing card.

It lies beside the bench (`../seed`) and does not travel with the project. Each check is a row: 100 or 0.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from evals.bench import fingerprint
from evals.prediction import printed, read
from evals.rows import Row
from onrecord.model import Person, Record, Turn

STAGE = "seed"
NAME = "alaska-2025.fr-mt.txt"
LABELS = ["Vladimir Poutine", "Donald Trump", "Poutine", "Atout"]
DELEGATIONS = ("Marco Rubio", "Steve Witkoff", "Lavrov", "Ushakov")
FRAME_PARAGRAPHS = 6
STAGE_DIRECTION = "(pointe"

Check = Callable[[Record], str | None]
"""None when it holds, else what is wrong in a few words."""


def measure(bench: Path, split: str) -> list[Row]:
    """One row a check, and their share; the same for every split."""
    path = bench.parent / "seed" / NAME
    if not path.is_file():
        return []
    inputs, record = fingerprint([path]), read(path)
    rows = []
    for title, check in CHECKS.items():
        if (wrong := check(record)) is not None:
            print(f"{STAGE}: {title}: {wrong}", file=sys.stderr)
        rows.append(Row(STAGE, STAGE, title, {"passed": 100.0 if wrong is None else 0.0}, inputs))
    share = sum(row.values["passed"] for row in rows) / len(rows)
    return [*rows, Row(STAGE, STAGE, "macro", {"passed": round(share, 2)}, inputs)]


def four_turns(record: Record) -> str | None:
    """Two long statements, a closing word each; nothing else is a turn."""
    labels = [label_of(record, turn) for turn in record.turns]
    return None if labels == LABELS else f"turns are labelled {labels}"


def two_speakers(record: Record) -> str | None:
    """Two people speak, alternating."""
    speakers = [turn.speaker for turn in record.turns]
    alternate = len(speakers) == 4 and speakers[:2] == speakers[2:] and len(set(speakers)) == 2
    return None if alternate and None not in speakers else f"speakers are {speakers}"


def mangled_label(record: Record) -> str | None:
    """The translated label is likely, never certain, Donald Trump, and the record says why."""
    turns = [turn for turn in record.turns if label_of(record, turn) == LABELS[3]]
    if len(turns) != 1:
        return f"{len(turns)} turns carry the label"
    person = person_of(record, turns[0])
    if person is None or person.name != LABELS[1]:
        return f"it is given to {person.name if person else 'nobody'}"
    if turns[0].judgement != "likely":
        return f"the judgement is {turns[0].judgement}"
    alias = next((alias for alias in person.aliases if alias.text == LABELS[3]), None)
    return None if alias and alias.reasons and alias.judgement == "likely" else "the alias gives no reasons"


def frame(record: Record) -> str | None:
    """The article's own paragraphs are frame to the last character, and nothing of them is speech."""
    text = record.sources[0].text
    ends = (end.start() for end in re.finditer(r"\n+|\Z", text) if text[: end.start()].strip())
    end = next(islice(ends, FRAME_PARAGRAPHS - 1, None))
    inside = [block for block in record.blocks if block.span.start < end]
    if kinds := {block.kind for block in inside if block.text.strip()} - {"frame"}:
        return f"blocks before the transcript are {sorted(kinds)}"
    if record.turns and record.turns[0].span.start < end:
        return "a turn begins in the frame"
    return (
        None if record.turns and record.turns[0].span.start - end < 3 else "the frame is longer or has no end"
    )


def brackets(record: Record) -> str | None:
    """Every bracket of the transcript is a mark with its exact span and its kind."""
    text = record.sources[0].text
    marks = {mark.span: mark.kind for mark in record.marks}
    start = record.turns[0].span.start if record.turns else len(text)
    wrong = []
    for found in re.finditer(r"\([^()]{1,80}\)", text):
        kind = next((kind for span, kind in marks.items() if (span.start, span.end) == found.span()), None)
        if found.start() >= start and kind != kind_of(found[0]):
            wrong.append(f"{found[0]} is {kind}, not {kind_of(found[0])}")
    return "; ".join(wrong) or (None if record.turns else "there is no transcript")


def delegations(record: Record) -> str | None:
    """The four companions come with the roles the article prints beside their names."""
    roles = {part.mention.text: part.role for part in record.event.participants}
    missing = [name for name in DELEGATIONS if not any(name in text and role for text, role in roles.items())]
    return f"no role for {', '.join(missing)}" if missing else None


CHECKS: dict[str, Check] = {
    "four turns": four_turns,
    "two people speak": two_speakers,
    "the mangled label": mangled_label,
    "six paragraphs of frame": frame,
    "every bracket is a mark": brackets,
    "delegations with roles": delegations,
}


def label_of(record: Record, turn: Turn) -> str:
    """The printed label of a turn."""
    return printed(record.sources[0].text, turn.label)


def person_of(record: Record, turn: Turn) -> Person | None:
    """Who a turn is given to."""
    return next((person for person in record.people if person.id == turn.speaker), None)


def kind_of(bracket: str) -> str:
    """What a bracket of this document is: an editor's (sic), a gesture, or a word the editor put in."""
    if bracket == "(sic)":
        return "sic"
    return "stage" if bracket.startswith(STAGE_DIRECTION) else "insertion"
