"""How well passages of one account render passages of another: shared keys, lengths, speakers, meaning.

Keys weigh by rarity, measured on the two texts themselves; keys that only one text has count for nothing, because
a language without an entry for a word must not look like an omission.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate
from math import erfc, log, sqrt
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from onrecord.collation.passages import Passage
from onrecord.collation.same_people import strangers

if TYPE_CHECKING:
    from onrecord.collation.semantic import Meaning


class Costs(NamedTuple):
    """Weights of the evidence; tuned on development texts, with those of a model where there is one.

    keys      cost of sharing no key that matters
    meaning   cost of a cosine of 0
    length    weight of the surprise (in nats) of a length
    spread    variance of a length, per character (Gale and Church 1993 found 6.8)
    skip      cost of a sentence that has no counterpart
    merge     cost of each sentence beyond one on a side
    stranger  cost of another speaker, and of one sentence that is said in two turns
    """

    keys: float = 2.0
    meaning: float = 0.0
    length: float = 0.3
    spread: float = 6.8
    skip: float = 2.0
    merge: float = 1.0
    stranger: float = 1.5


LEXICAL = Costs()
SEMANTIC = Costs(keys=0.4, meaning=2.3, length=0.1, spread=3.0, skip=2.0, merge=0.8)

_ENOUGH = (
    0.7  # share of the weight in common from which more says nothing: no two languages share all their keys
)
_DOUBT = (
    4.0  # weight of invented, unshared evidence: two short sentences that share one word are not yet alike
)
_SURPRISE = 9.0  # nats: a length can be only so surprising, or one long insertion would undo its surroundings
_FEW = 5  # pairs below which nothing is learnt from them
_USUAL = (0.6, 1.7)  # letters for a letter between two languages; a text outside is no whole translation
_SHORT = 20  # passages below which a text is too short to show what is rare
_LIGHTEST = 0.9  # keys lighter than this stand in every other sentence


class Likeness:
    """The evidence between all passages of A and those of B that a corridor lets meet.

    `known` are pairs that belong together; they show how much longer one language prints the same.
    """

    def __init__(
        self,
        a: Sequence[Passage],
        b: Sequence[Passage],
        costs: Costs,
        meaning: Meaning | None = None,
        known: Sequence[tuple[int, int]] = (),
    ) -> None:
        self.costs, self.meaning = costs, meaning
        self.a, self.b = a, b
        self.weights = weights(a, b)
        self._postings = postings(b, self.weights)
        self._weight_a = _sums(self._weight(passage) for passage in a)
        self._weight_b = _sums(self._weight(passage) for passage in b)
        self._letters_a = _sums(float(passage.letters) for passage in a)
        self._letters_b = _sums(float(passage.letters) for passage in b)
        self._ratio = _ratio(a, b, known)
        self._rows: dict[int, dict[int, float]] = {}

    def _weight(self, passage: Passage) -> float:
        return sum(self.weights.get(key, 0.0) for key in sorted(passage.keys))

    def see(self, i: int, low: int, high: int) -> None:
        """Gather the evidence between passage `i` of A and `[low, high)` of B; a bead may use no other."""
        row: dict[int, float] = {}
        for key in sorted(self.a[i].keys):  # sums in one order, whatever the hash seed
            weight = self.weights.get(key)
            if weight is None:
                continue
            places = self._postings[key]
            for at in range(bisect_left(places, low), len(places)):
                if (j := places[at]) >= high:
                    break
                row[j] = row.get(j, 0.0) + weight
        self._rows[i] = row

    def agreement(self, i: int, n: int, j: int, m: int) -> float:
        """Share of the weight that `n` passages of A from `i` and `m` of B from `j` have in common, 0 to 1."""
        mine = self._weight_a[i + n] - self._weight_a[i]
        other = self._weight_b[j + m] - self._weight_b[j]
        common = 0.0
        for x in range(i, i + n):
            row = self._rows[x]
            held = 0.0
            for y in range(j, j + m):
                held += row.get(y, 0.0)
            common += min(held, self._weight_a[x + 1] - self._weight_a[x])  # a key renders one key, not two
        return 2 * min(common, mine, other) / (mine + other + _DOUBT)

    def sharing(self, i: int, j: int) -> float:
        """`agreement` of two single passages anywhere in the texts, whatever the corridor lets meet."""
        mine = self._weight_a[i + 1] - self._weight_a[i]
        other = self._weight_b[j + 1] - self._weight_b[j]
        return 2 * self.common(i, j) / (mine + other + _DOUBT)

    def common(self, i: int, j: int) -> float:
        """Weight of the keys that two single passages share, wherever they stand."""
        return sum(self.weights.get(key, 0.0) for key in sorted(self.a[i].keys & self.b[j].keys))

    def fits(self, i: int, n: int, j: int, m: int) -> float:
        """The surprise, in nats, of so much text in B for so much in A; never above 9."""
        wanted = (self._letters_a[i + n] - self._letters_a[i]) * self._ratio
        found = self._letters_b[j + m] - self._letters_b[j]
        deviation = (found - wanted) / sqrt(self.costs.spread * (wanted + found) / 2 + 1)
        tail = erfc(abs(deviation) / 1.4142135623730951)
        return _SURPRISE if tail < 1.3e-4 else -log(tail)

    def close(self, i: int, n: int, j: int, m: int) -> bool:
        """Whether the lengths are of one order at all: what is not is never looked at as a merge."""
        wanted = (self._letters_a[i + n] - self._letters_a[i]) * self._ratio
        found = self._letters_b[j + m] - self._letters_b[j]
        return found < 2.5 * wanted + 20 and wanted < 2.5 * found + 20

    def stranger(self, i: int, j: int) -> bool:
        """Whether both speakers are known, and are not one."""
        return strangers(self.a[i].speaker, self.b[j].speaker)

    def cost(self, i: int, n: int, j: int, m: int) -> float:
        """What it costs to call `n` passages of A and `m` of B renderings of each other."""
        costs = self.costs
        unlike = costs.keys * (1.0 - min(1.0, self.agreement(i, n, j, m) / _ENOUGH))
        unlike += costs.length * self.fits(i, n, j, m)
        if self.meaning is not None:
            unlike += costs.meaning * (1.0 - self.meaning.cosine(i, n, j, m))
        apart = self.stranger(i, j) + self._astride(i, n, j, m)
        return unlike * (n + m) / 2 + costs.merge * (n + m - 2) + costs.stranger * apart

    def _astride(self, i: int, n: int, j: int, m: int) -> bool:
        """Whether a merge takes in the end of one turn and the beginning of the next"""
        over_a = self.a[i].turn != self.a[i + n - 1].turn
        over_b = self.b[j].turn != self.b[j + m - 1].turn
        return over_a or over_b

    def score(self, i: int, n: int, j: int, m: int) -> float:
        """The likeness of a bead as shown to people, 0 to 1."""
        lexical = min(1.0, self.agreement(i, n, j, m) / _ENOUGH)
        if self.meaning is None:
            return lexical
        return max(0.0, min(1.0, 0.2 * lexical + 0.8 * self.meaning.cosine(i, n, j, m)))


def _ratio(a: Sequence[Passage], b: Sequence[Passage], known: Sequence[tuple[int, int]]) -> float:
    """Letters of B for one letter of A: of pairs that belong together, since one account may be an excerpt.

    >>> long, short = Passage("", 90, frozenset()), Passage("", 60, frozenset())
    >>> _ratio([long] * 9, [short] * 9, [(at, at) for at in range(9)])
    0.6666666666666666
    """
    if len(known) >= _FEW:
        return median(max(b[j].letters, 1) / max(a[i].letters, 1) for i, j in known)
    whole = sum(passage.letters for passage in b) / max(1, sum(passage.letters for passage in a))
    return whole if _USUAL[0] <= whole <= _USUAL[1] else 1.0


def weights(a: Sequence[Passage], b: Sequence[Passage]) -> dict[str, float]:
    """The weight of each key that both texts have: the log of how rare it is where it is less rare."""
    in_a = Counter(key for passage in a for key in passage.keys)
    in_b = Counter(key for passage in b for key in passage.keys)
    many_a, many_b = max(len(a), _SHORT), max(len(b), _SHORT)
    found = {
        key: -log(max(in_a[key] / many_a, in_b[key] / many_b)) + 0.3 for key in in_a.keys() & in_b.keys()
    }
    return {key: weight for key, weight in found.items() if weight > _LIGHTEST}


def postings(side: Sequence[Passage], weights: dict[str, float]) -> dict[str, list[int]]:
    """Where each weighing key stands, in order."""
    found: dict[str, list[int]] = {key: [] for key in weights}
    for index, passage in enumerate(side):
        for key in passage.keys:
            if key in found:
                found[key].append(index)
    return found


def _sums(values: Iterable[float]) -> list[float]:
    return list(accumulate(values, initial=0.0))
