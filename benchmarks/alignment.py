"""Sentences of two languages aligned: ours without a model, against Gale and Church (1993) in NLTK, on ready sentences.

The texts are an invented harbour chronicle in English and French, made from parts of sentences in both, with a few
sentences left out on one side and a few cut in two, so that the right answer is known: the note has the share of
links of single sentences found (R) and right (P).
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path
from typing import NamedTuple

from benchmarks.cost import Cost
from benchmarks.peers import answered, version
from benchmarks.rows import Row

TITLE = "Aligning English and French sentences (seconds for ready sentences)"
SIZES = (200, 800)
LEFT_OUT, CUT = 0.03, 0.05

NAMES = ("Ida Morel", "Hugo Brenner", "Zélie Quentin", "Tibor Lancel", "Noé Aubin", "Odile Castagne")
OPENINGS = (
    ("In the spring", "Au printemps"), ("After the storm", "Après la tempête"), ("That winter", "Cet hiver-là"),
    ("Before the fog lifted", "Avant la levée du brouillard"), ("On {day} June", "Le {day} juin"),
    ("In {year}", "En {year}"), ("For {day} days", "Pendant {day} jours"), ("At the northern pier", "À la jetée nord"),
)  # fmt: skip
ACTORS = (
    ("the harbour board", "le conseil du port"), ("{name}", "{name}"), ("the last ferry", "le dernier bac"),
    ("the pilots of Great Lenn", "les pilotes de Grand-Lenn"),
    ("a crew of {day} men", "un équipage de {day} hommes"), ("the customs house", "la douane"),
)  # fmt: skip
DEEDS = (
    ("asked for new cranes", "a demandé des grues neuves"), ("refused to sail", "a refusé d’appareiller"),
    ("lost {day} crowns", "a perdu {day} couronnes"), ("moved the lights", "a déplacé les feux"),
    ("carried {year} passengers to the island", "a transporté {year} passagers jusqu’à l’île"),
    ("promised {name} a licence to fish", "a promis à {name} un permis de pêche"),
    ("waited", "a attendu"), ("wrote a long letter to the ministry", "a écrit une longue lettre au ministère"),
    ("closed the fishing grounds until the end of the month", "a fermé les zones de pêche jusqu’à la fin du mois"),
)  # fmt: skip
TAILS = (
    ("", ""), (" and nobody objected", ", et personne ne s’y est opposé"), (" once more", " une fois de plus"),
    (", which cost a third more than the year before", ", ce qui a coûté un tiers de plus que l’année précédente"),
    (" because the roof had fallen in", " parce que le toit s’était effondré"),
)  # fmt: skip
"""Parts of sentences in both languages; agreement in number is not minded, since neither program reads it."""

OURS = """
from onrecord.collation.pairing import pair
from onrecord.collation.passages import lines_as_passages
a, b = json.load(open(sys.argv[1], encoding="utf-8"))
found = timed(lambda: pair(lines_as_passages(a, "en"), lines_as_passages(b, "fr"), semantically=False))
print(json.dumps([[i, j] for bead in found.beads for i in bead.a for j in bead.b]))
"""
NLTK = """
from nltk.translate.gale_church import align_blocks
a, b = json.load(open(sys.argv[1], encoding="utf-8"))
print(json.dumps(timed(lambda: align_blocks(list(map(len, a)), list(map(len, b))))))
"""


class Parallel(NamedTuple):
    """Sentences of both sides, and which of the one renders which of the other."""

    a: list[str]
    b: list[str]
    links: set[tuple[int, int]]


def chronicle(size: int) -> Parallel:
    """About so many sentences a side, always the same for a size."""
    choose = random.Random(size)
    made = Parallel([], [], set())
    for _ in range(size):
        (opening, debut), (actor, qui), (deed, acte), (tail, fin) = map(
            choose.choice, (OPENINGS, ACTORS, DEEDS, TAILS)
        )
        slots = {
            "name": choose.choice(NAMES),
            "day": choose.randint(2, 28),
            "year": choose.randint(1890, 1990),
        }
        left = f"{opening} {actor} {deed}{tail}.".format(**slots)
        right = f"{debut}, {qui} {acte}{fin}.".format(**slots)
        fate = choose.random()
        if fate < LEFT_OUT:
            made.a.append(left)
            continue
        halves = right.split(", ", 1) if fate < LEFT_OUT + CUT else [right]
        made.links.update((len(made.a), len(made.b) + at) for at in range(len(halves)))
        made.a.append(left)
        made.b.extend(halves)
    return made


def measure(folder: Path, runs: int, peer: Path | None) -> list[Row]:
    """Ours at each size, and with a peer NLTK's, once: it takes time with the product of both sides."""
    rows = []
    for size in SIZES:
        made = chronicle(size)
        path = folder / f"chronicle{size}.json"
        path.write_text(json.dumps([made.a, made.b]), "utf-8")
        ours, found = _aligned(sys.executable, OURS, path, runs)
        rows.append(Row("onrecord, without a model", ours, 1.0, _note(made, found)))
        if peer:
            theirs, found = _aligned(str(peer), NLTK, path, 1)
            name = f"Gale-Church, {version(str(peer), 'nltk')}"
            rows.append(Row(name, theirs, theirs.cpu / ours.cpu, _note(made, found)))
    return rows


def _aligned(python: str, program: str, path: Path, runs: int) -> tuple[Cost, set[tuple[int, int]]]:
    """The median cost, and the links that are found."""
    cost, said = answered(python, program, [str(path)], runs)
    return cost, {(a, b) for a, b in json.loads(said[0])}


def _note(made: Parallel, found: set[tuple[int, int]]) -> str:
    right = len(made.links & found)
    sizes = f"{len(made.a):,} and {len(made.b):,} sentences"
    return f"{sizes}, P {100 * right / max(1, len(found)):.1f}, R {100 * right / len(made.links):.1f}"
