"""Two accounts in one language, aligned: equal tokens first, sentences from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.collation.account import Account
from onrecord.collation.alignment import Alignment, Bead, Run
from onrecord.collation.matching_runs import match

LINKED = 0.4  # share of the shorter sentence that two sentences must have in common to belong together
TELLING = 4  # tokens of a run that shows kinship rather than a common language

SHORT = 50  # tokens of an account too short to ask for long runs


def align(a: Account, b: Account) -> Alignment:
    """Runs of equal tokens, moved ones marked, and the beads that they make of the sentences."""
    ids: dict[str, int] = {}
    left = [ids.setdefault(key, len(ids)) for key in a.keys]
    right = [ids.setdefault(key, len(ids)) for key in b.keys]
    starts = [sentence.first for sentence in a.sentences], [sentence.first for sentence in b.sentences]
    runs = match(left, right, *starts)
    beads = _beads(a, b, runs)
    return Alignment(tuple(beads), tuple(runs), (), _likeness(a, b, runs), ("equal words",))


def _likeness(a: Account, b: Account, runs: Sequence[Run]) -> float:
    """Share of the shorter account in runs that show kinship: long ones; in a short text any with content."""
    shorter = min(len(a.tokens), len(b.tokens))
    little = a.phrasebook.function_words

    def telling(run: Run) -> bool:
        if run.length >= TELLING or shorter >= SHORT:
            return run.length >= TELLING
        return any(key not in little for key in a.keys[run.a : run.a + run.length])

    return sum(run.length for run in runs if telling(run)) / max(1, shorter)


def segments(a: Account, b: Account, runs: Sequence[Run]) -> Iterator[tuple[int, int, Run]]:
    """The runs cut where a sentence ends on either side: (sentence of A, sentence of B, piece of a run)."""
    for run in runs:
        at = 0
        while at < run.length:
            in_a, in_b = a.tokens[run.a + at].sentence, b.tokens[run.b + at].sentence
            left = min(
                run.length - at,
                a.sentences[in_a].last - run.a - at,
                b.sentences[in_b].last - run.b - at,
            )
            yield in_a, in_b, Run(run.a + at, run.b + at, left, run.moved)
            at += left


def _beads(a: Account, b: Account, runs: Sequence[Run]) -> list[Bead]:
    shared: dict[tuple[int, int], int] = {}
    longest: dict[tuple[int, int], int] = {}
    moved_only: dict[tuple[int, int], bool] = {}
    for in_a, in_b, piece in segments(a, b, runs):
        pair = in_a, in_b
        shared[pair] = shared.get(pair, 0) + piece.length
        moved_only[pair] = moved_only.get(pair, True) and piece.moved
        longest[pair] = max(longest.get(pair, 0), piece.length)
    linked = [
        pair
        for pair, count in shared.items()
        if count >= LINKED * _shorter(a, b, *pair) or longest[pair] >= TELLING
    ]
    kept = [pair for pair in linked if not moved_only[pair]]
    have_a, have_b = {pair[0] for pair in kept}, {pair[1] for pair in kept}
    moved = [pair for pair in linked if moved_only[pair] and pair[0] not in have_a and pair[1] not in have_b]
    beads = [*_joined(kept, shared, a, b, False), *_joined(moved, shared, a, b, True)]
    return _in_order(beads, len(a.sentences), len(b.sentences))


def _size(account: Account, sentence: int) -> int:
    return account.sentences[sentence].last - account.sentences[sentence].first


def _shorter(a: Account, b: Account, in_a: int, in_b: int) -> int:
    return min(_size(a, in_a), _size(b, in_b))


def _joined(
    pairs: Sequence[tuple[int, int]],
    shared: dict[tuple[int, int], int],
    a: Account,
    b: Account,
    moved: bool,
) -> Iterator[Bead]:
    """Pairs that share a sentence make one bead; pairs come in the order of A."""
    group: list[tuple[int, int]] = []
    left: set[int] = set()
    right: set[int] = set()
    for pair in [*sorted(pairs), (-1, -1)]:
        if group and pair[0] not in left and pair[1] not in right:
            size = sum(_size(a, at) for at in left) + sum(_size(b, at) for at in right)
            score = min(1.0, 2 * sum(shared[item] for item in group) / size)
            yield Bead(tuple(sorted(left)), tuple(sorted(right)), round(score, 4), moved)
            group, left, right = [], set(), set()
        group.append(pair)
        left.add(pair[0])
        right.add(pair[1])


def _in_order(beads: Sequence[Bead], count_a: int, count_b: int) -> list[Bead]:
    """All sentences in beads: by A, and what stands in B only behind its neighbour in B."""
    in_a = {at: bead for bead in beads for at in bead.a}
    in_b = {at: bead for bead in beads for at in bead.b}
    before: dict[Bead | None, list[Bead]] = {}  # sentences of B alone, by the unmoved bead they follow
    last: Bead | None = None
    for at in range(count_b):
        bead = in_b.get(at)
        if bead is None:
            before.setdefault(last, []).append(Bead((), (at,), 0.0))
        elif not bead.moved:
            last = bead
    ordered = list(before.get(None, ()))
    for at in range(count_a):
        bead = in_a.get(at)
        if bead is None:
            ordered.append(Bead((at,), (), 0.0))
        elif bead.a[-1] == at:
            ordered.append(bead)
            ordered.extend(before.get(bead, ()) if not bead.moved else ())
    return ordered
