"""What two accounts in two languages say differently: whole sentences first, then single words that contradict.

Wording is not compared: a translation has other words everywhere. Only what a rule can show is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal

from onrecord.collation.account import Account
from onrecord.collation.alignment import Alignment, Bead
from onrecord.collation.disagreements import disagreements
from onrecord.collation.findings import Finding
from onrecord.collation.ranking import ranked
from onrecord.collation.same_people import SamePeople, same_people, strangers
from onrecord.model import Difference, Severity
from onrecord.spans import Span

_SAYS_SOMETHING = 4  # tokens of a sentence whose loss is more than a courtesy
_EXCERPT = 0.3  # share of an account's sentences from which the other is an excerpt, and leaves out by design
_SAME_WORDS = 0.35  # likeness from which two sentences are one sentence, whoever says it
_SHOWN = 80  # characters of a sentence quoted in a message


def classify(alignment: Alignment, a: Account, b: Account) -> list[Difference]:
    """The differences of two accounts in two languages, ranked: most serious first."""
    beads = alignment.beads
    people = same_people(a, b)
    findings = [
        *_missing(beads, a, b, "a"),
        *_missing(beads, a, b, "b"),
        *(_elsewhere(group, a, b) for group in _moved(beads)),
        *_other_speakers(beads, a, b, people),
        *(finding for bead in beads for finding in disagreements(bead, a, b)),
    ]
    return ranked(findings, a, b)


def _missing(beads: Sequence[Bead], a: Account, b: Account, side: Literal["a", "b"]) -> Iterator[Finding]:
    """Sentences of one side that the other does not have; neighbours in one turn are one finding."""
    here, there = (a, b) if side == "a" else (b, a)
    lost = sum(len(bead.a) if side == "a" else len(bead.b) for bead in beads if not (bead.a and bead.b))
    excerpt = lost > _EXCERPT * len(here.sentences)

    def turn(at: int) -> tuple[bool, int]:
        mine, other = (beads[at].a, beads[at].b) if side == "a" else (beads[at].b, beads[at].a)
        alone = bool(mine) and not other
        return alone, here.sentences[mine[0]].turn if alone else -2

    for (alone, _), group in groupby(range(len(beads)), key=turn):
        if not alone:
            continue
        at = list(group)
        missing = [
            sentence for index in at for sentence in (beads[index].a if side == "a" else beads[index].b)
        ]
        own = _span(here, missing)
        place = _place(beads, at[0], there, "b" if side == "a" else "a")
        severity, weight = _gravity(beads, here, missing, side)
        if excerpt and severity == "major":
            severity, weight = "minor", weight / 2
        quoted = _quoted(here, own)
        if side == "a":
            yield Finding("omission", own, place, severity, weight, f"only in A: {quoted}")
        else:
            yield Finding("addition", place, own, severity, weight, f"only in B: {quoted}")


def _gravity(
    beads: Sequence[Bead], account: Account, missing: Sequence[int], side: str
) -> tuple[Severity, float]:
    """A lost question whose answer stayed is the gravest loss; a courtesy is none."""
    tokens = sum(account.sentences[at].last - account.sentences[at].first for at in missing)
    if tokens < _SAYS_SOMETHING:
        return "minor", 0.2
    last = missing[-1]
    asked = account.sentences[last].mark == "?" and last + 1 < len(account.sentences)
    if asked and account.sentences[last + 1].turn != account.sentences[last].turn:
        answered = any(
            bead.a and bead.b and last + 1 in (bead.a if side == "a" else bead.b) for bead in beads
        )
        if answered:
            return "critical", 0.8
    return "major", round(min(0.7, 0.4 + tokens / 200), 3)


def _place(beads: Sequence[Bead], at: int, account: Account, side: str) -> Span | None:
    """Where the missing words would stand: behind the last sentence before them that the account has."""
    for index in range(at - 1, -1, -1):
        sentences = beads[index].a if side == "a" else beads[index].b
        if sentences and not beads[index].moved:
            end = account.sentences[sentences[-1]].end
            return account.text.span(end, end)
    if not account.sentences:
        return None
    start = account.sentences[0].start
    return account.text.span(start, start)


def _moved(beads: Sequence[Bead]) -> Iterator[list[Bead]]:
    """Moved beads, those together that moved together."""
    block: list[Bead] = []
    for bead in (bead for bead in beads if bead.moved):
        if block and not (bead.a[0] == block[-1].a[-1] + 1 and abs(bead.b[0] - block[-1].b[-1]) <= 2):
            yield block
            block = []
        block.append(bead)
    if block:
        yield block


def _elsewhere(block: Sequence[Bead], a: Account, b: Account) -> Finding:
    here = _span(a, [at for bead in block for at in bead.a])
    there = _span(b, sorted(at for bead in block for at in bead.b))
    return Finding("moved", here, there, "minor", 0.3, f"stands elsewhere: {_quoted(a, here)}")


def _other_speakers(beads: Sequence[Bead], a: Account, b: Account, people: SamePeople) -> Iterator[Finding]:
    """Sentences that one account gives to one person and the other to another; one finding for two turns."""
    seen: set[tuple[int, int]] = set()
    for bead in beads:
        if not bead.a or not bead.b or bead.score < _SAME_WORDS:
            continue
        turns = a.sentences[bead.a[0]].turn, b.sentences[bead.b[0]].turn
        if min(turns) < 0 or turns in seen:
            continue
        if strangers(people.speakers[0][turns[0]], people.speakers[1][turns[1]]):
            seen.add(turns)
            message = f"said by {a.speaker_name(turns[0])} in A, by {b.speaker_name(turns[1])} in B"
            yield Finding("speaker", _span(a, bead.a), _span(b, bead.b), "major", 0.7, message)


def _span(account: Account, sentences: Sequence[int]) -> Span:
    return account.text.span(account.sentences[sentences[0]].start, account.sentences[sentences[-1]].end)


def _quoted(account: Account, span: Span) -> str:
    text = " ".join(account.text.read(span).split())
    return f"“{text if len(text) <= _SHOWN else text[: _SHOWN - 1] + '…'}”"
