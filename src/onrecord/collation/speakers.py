"""The same words in another mouth: speakers of two accounts matched by what they say, and where that breaks.

Labels differ from house to house ("DT", "PRESIDENT CASTLE", "Castle"), so who is who is taken from the words that
the accounts share, not from the labels.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from onrecord.collation.account import Account
from onrecord.collation.edits import Thread
from onrecord.collation.findings import Finding
from onrecord.collation.same_language import segments
from onrecord.people.names import fold
from onrecord.spans import Span

_MAJORITY = 0.6  # share of a speaker's shared words that must be one other speaker's
_REMARK = 0.1  # share of a speaker's words below which they are a remark, not the speaker
_WORDS = 2  # fewest shared words of two turns from which they are one turn in two mouths
_SHOWN = 200  # characters up to which a whole turn is shown, not only its label


def shared_words(found: Sequence[Thread], a: Account, b: Account) -> Counter[tuple[int, int]]:
    """How many words each turn of A shares with each turn of B."""
    turns: Counter[tuple[int, int]] = Counter()
    for thread in found:
        for in_a, in_b, piece in segments(a, b, thread.runs):
            turns[a.sentences[in_a].turn, b.sentences[in_b].turn] += piece.length
    return turns


def other_speakers(turns: Counter[tuple[int, int]], a: Account, b: Account) -> Iterator[Finding]:
    """One finding for each pair of turns that share their words (`turns`, as counted above) and not their speaker.

    Somebody must be known to be somebody else in the other account: where one house prints "Q" and the other the
    names of reporters, nobody is.
    """
    together: Counter[tuple[str, str]] = Counter()
    for (in_a, in_b), words in turns.items():
        pair = a.speaker(in_a), b.speaker(in_b)
        if pair[0] and pair[1]:
            together[pair[0], pair[1]] += words
    best_a, best_b = _best(together, 0), _best(together, 1)
    for (in_a, in_b), words in sorted(turns.items()):
        who_a, who_b = a.speaker(in_a), b.speaker(in_b)
        if who_a is None or who_b is None or words < _WORDS or words * 2 < _smaller(a, in_a, b, in_b):
            continue
        counterparts = best_a.get(who_a), best_b.get(who_b)
        if who_b == counterparts[0] or who_a == counterparts[1] or _one_name(a, in_a, b, in_b):
            continue
        if (counterparts[0] and a.named(in_a)) or (counterparts[1] and b.named(in_b)):
            message = f"said by {a.speaker_name(in_a)} in A, by {b.speaker_name(in_b)} in B"
            yield Finding("speaker", _shown(a, in_a), _shown(b, in_b), "major", 0.7, message)


def _best(together: Counter[tuple[str, str]], side: int) -> dict[str, str]:
    """For each speaker of one side the one of the other who says most of the same words, if it is most of them.

    Who only shares a remark with somebody whose words are nearly all another's is nobody's counterpart.
    """
    totals: Counter[str] = Counter()
    most: dict[str, tuple[int, str]] = {}
    others: Counter[str] = Counter()
    for pair, words in together.items():
        totals[pair[side]] += words
        others[pair[1 - side]] += words
        most[pair[side]] = max(most.get(pair[side], (0, "")), (words, pair[1 - side]))
    return {
        who: other
        for who, (words, other) in most.items()
        if words >= _MAJORITY * totals[who] and words >= _REMARK * others[other]
    }


def _smaller(a: Account, in_a: int, b: Account, in_b: int) -> int:
    return min(a.turn_sizes[in_a], b.turn_sizes[in_b])


def _one_name(a: Account, in_a: int, b: Account, in_b: int) -> bool:
    """Whether the two names share their last word: "President Castle" and "Castle"."""
    left, right = fold(a.speaker_name(in_a)).split(), fold(b.speaker_name(in_b)).split()
    return bool(left and right) and left[-1] == right[-1]


def _shown(account: Account, turn: int) -> Span:
    held = account.turns[turn]
    return held.span if len(held.span) <= _SHOWN or held.label is None else held.label
