"""From an alignment to the differences, most serious first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.collation import across_differences
from onrecord.collation.account import Account
from onrecord.collation.alignment import Alignment
from onrecord.collation.answers import with_answers
from onrecord.collation.classes import classify_change, stands_elsewhere
from onrecord.collation.clauses import holding, printed
from onrecord.collation.edits import Beads, Change, Thread, beads_of, changes, rephrased, threads
from onrecord.collation.findings import Finding
from onrecord.collation.printed_marks import other_marks
from onrecord.collation.ranking import ranked
from onrecord.collation.speakers import other_speakers, shared_words
from onrecord.model import Difference
from onrecord.spans import Span

_ELSEWHERE = 3  # fewest tokens that, missing here and added there, have moved; of a whole sentence, one less


def classify(alignment: Alignment, a: Account, b: Account) -> list[Difference]:
    """The differences of two accounts, ranked; without runs (two languages) those that a rule can still show."""
    if not alignment.runs:
        return across_differences.classify(alignment, a, b)
    beads = beads_of(alignment, a, b)
    found = threads(alignment, a, b, beads)
    every = list(changes(found, a, b, beads))
    moved, every = _elsewhere(every, a, b)
    every = list(rephrased(every))
    findings = [
        *(finding for change in every for finding in classify_change(change, a, b)),
        *moved,
        *(_moved(thread, a, b) for thread in found[1:]),
        *other_speakers(shared_words(found, a, b), a, b),
        *other_marks(found, a, b),
        *_other_question(alignment, a, b, beads, found),
    ]
    return ranked(with_answers(findings, a, b, found), a, b)


def _moved(thread: Thread, a: Account, b: Account) -> Finding:
    first, last = thread.runs[0], thread.runs[-1]
    return stands_elsewhere(Change(first.a, last.a + last.length, first.b, last.b + last.length), a, b)


def _elsewhere(every: Sequence[Change], a: Account, b: Account) -> tuple[list[Finding], list[Change]]:
    """What is missing at one place and added at another, word for word: moved, or the order inside a sentence."""
    missing: dict[tuple[str, ...], list[Change]] = {}
    added: dict[tuple[str, ...], list[Change]] = {}
    for change in every:
        if change.b1 == change.b2 and change.a2 > change.a1:
            missing.setdefault(tuple(a.keys[change.a1 : change.a2]), []).append(change)
        elif change.a1 == change.a2:
            added.setdefault(tuple(b.keys[change.b1 : change.b2]), []).append(change)
    found: list[Finding] = []
    settled: set[Change] = set()
    for words, here in missing.items():
        there = added.get(words, [])
        if len(here) != 1 or len(there) != 1:
            continue
        one = Change(here[0].a1, here[0].a2, there[0].b1, there[0].b2, here[0].bead)
        if here[0].bead == there[0].bead >= 0:
            message = f"the same words in another order: {printed(a, one.a1, one.a2)}"
            in_a, in_b = _around(one, here[0], there[0], a, b)
            found.append(Finding("wording", in_a, in_b, "minor", 0.1, message))
        elif len(words) >= _ELSEWHERE - one.whole and holding(a, one.a1, one.a2).weight:
            found.append(stands_elsewhere(one, a, b))
        else:
            continue
        settled |= {here[0], there[0]}
    return found, [change for change in every if change not in settled]


def _around(one: Change, here: Change, there: Change, a: Account, b: Account) -> tuple[Span, Span]:
    """Both places of words that changed their order, in both accounts."""
    first_a, last_a = min(one.a1, there.a1), max(one.a2, there.a2)
    first_b, last_b = min(one.b1, here.b1), max(one.b2, here.b2)
    return a.span(first_a, last_a), b.span(first_b, last_b)


def _other_question(
    alignment: Alignment, a: Account, b: Account, beads: Beads, found: Sequence[Thread]
) -> Iterator[Finding]:
    """A sentence that is a question in one account only, though its words are the same."""
    last = {sentence.last - 1: index for index, sentence in enumerate(a.sentences)}
    ends = {sentence.last - 1: index for index, sentence in enumerate(b.sentences)}
    for thread in found:
        for run in thread.runs:
            for at in range(run.length):
                in_a, in_b = last.get(run.a + at), ends.get(run.b + at)
                if in_a is None or in_b is None:
                    continue
                here, there = a.sentences[in_a], b.sentences[in_b]
                if (here.mark == "?") != (there.mark == "?"):
                    side = "A" if here.mark == "?" else "B"
                    spans = a.text.span(here.start, here.end), b.text.span(there.start, there.end)
                    words = printed(a, here.first, here.last)
                    yield Finding("wording", *spans, "major", 0.4, f"a question in {side} only: {words}")
