"""Two accounts in two languages, aligned: turns first, then sentences, then what merges hide and what has moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.collation import semantic as door
from onrecord.collation.account import Account
from onrecord.collation.alignment import Alignment, Bead
from onrecord.collation.disagreements import disagreements
from onrecord.collation.pairing import pair
from onrecord.collation.passages import passages, token_keys
from onrecord.collation.same_people import SamePeople, same_people
from onrecord.collation.turn_points import turn_points

__all__ = ["METHOD", "align", "disagreements"]

METHOD = ("speakers and lengths", "numbers, dates and names", "words that sound alike", "a table of ideas")
"""What is always compared; an `Alignment` that also read meaning says so behind it."""

_BELONGS = 0.35  # likeness of a bead from which it counts for the likeness of the accounts


def align(a: Account, b: Account, semantic: bool | None = None) -> Alignment:
    """Beads of sentences of A and B, and links between their numbers, dates and names.

    `semantic`: with meaning (`MissingExtra` where the extra is not installed), without, or None for whatever is
    there; `Alignment.method` says which it was.
    """
    people = same_people(a, b)
    left, right = (
        passages(account, people.names[side], people.speakers[side]) for side, account in enumerate((a, b))
    )
    pairing = pair(left, right, semantically=semantic, points=turn_points(a, b, left, right))
    reads = (f"meaning ({door.version()})",) if pairing.semantic else ()
    return Alignment(
        pairing.beads,
        (),
        tuple(link for bead in pairing.beads for link in _links(bead, a, b, people)),
        round(_likeness(pairing.beads, a, b), 4),
        (*METHOD, *reads),
    )


def _links(bead: Bead, a: Account, b: Account, people: SamePeople) -> Iterator[tuple[int, int]]:
    """Numbers, dates and names of a bead that are the same on both sides, each token once, in order."""
    free = [
        (at, frozenset(token_keys(b.tokens[at], b.language, people.names[1])))
        for at in _tokens(b, bead.b)
        if b.tokens[at].kind != "word"
    ]
    for at in _tokens(a, bead.a):
        if a.tokens[at].kind == "word":
            continue
        keys = frozenset(token_keys(a.tokens[at], a.language, people.names[0]))
        place = next((place for place, (_, other) in enumerate(free) if keys & other), None)
        if place is not None:
            yield at, free.pop(place)[0]


def _tokens(account: Account, sentences: Sequence[int]) -> Iterator[int]:
    for sentence in sentences:
        yield from range(account.sentences[sentence].first, account.sentences[sentence].last)


def _likeness(beads: Sequence[Bead], a: Account, b: Account) -> float:
    """Share of the letters of either side that stand in beads that belong together; the better of the two sides."""
    sizes = [[sentence.end - sentence.start for sentence in account.sentences] for account in (a, b)]
    found = [bead for bead in beads if bead.a and bead.b and bead.score >= _BELONGS]
    held = [
        sum(sizes[0][i] for bead in found for i in bead.a),
        sum(sizes[1][j] for bead in found for j in bead.b),
    ]
    return max((part / sum(size) for part, size in zip(held, sizes, strict=True) if sum(size)), default=0.0)
