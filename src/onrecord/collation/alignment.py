"""What aligning two accounts gives: which sentences belong together, and which words are the same.

Both aligners give this, the one for two accounts in one language (`same_language`) and the one for two languages
(`across`); everything after them (differences, judgement, ranking) reads nothing else.
"""

from __future__ import annotations

from typing import NamedTuple


class Bead(NamedTuple):
    """Sentences of A that belong to sentences of B, as indexes into `Account.sentences`; one side may be empty.

    `score` is their likeness, 0 to 1 (0 where a side is empty). `moved`: the pair stands elsewhere in the order.
    """

    a: tuple[int, ...]
    b: tuple[int, ...]
    score: float
    moved: bool = False


class Run(NamedTuple):
    """`length` tokens that are the same one by one, from token `a` of A and token `b` of B on."""

    a: int
    b: int
    length: int
    moved: bool = False


class Alignment(NamedTuple):
    """Beads in the order of A (what stands in B only comes where it should stand), and runs in the order of A.

    Every sentence of both accounts is in exactly one bead. `runs` is empty across languages, where no token equals
    another; there `links` pairs single tokens that mean the same (numbers, dates, names), as (token of A, token of
    B). `likeness` is the share of the shorter account that has its counterpart, 0 to 1; `method` says in words how
    the accounts were aligned.
    """

    beads: tuple[Bead, ...]
    runs: tuple[Run, ...] = ()
    links: tuple[tuple[int, int], ...] = ()
    likeness: float = 0.0
    method: tuple[str, ...] = ()
