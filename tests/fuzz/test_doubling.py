"""Twice the text costs at most 2.3 times as much, in everything that is done with a text.

Kinds of text that wear out different parts (a name for each turn, one turn, one sentence said over and over, quotations
in quotations, marks everywhere) are doubled under every step. Formats are found by themselves: whoever adds one has it
tested. `LONG=1` doubles eight times as much; megabytes, and times to compare, are in `benchmarks/doubling.py`.
"""

from __future__ import annotations

import gc
import os
import random
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from given import opened

import onrecord
from onrecord import store
from onrecord.errors import UsageError
from onrecord.export.formats import OURS
from onrecord.model import Record
from onrecord.quotecheck import check_article
from onrecord.record import decode, encode, read_source
from onrecord.store import indexing, likeness
from onrecord.verification import verify

Kind = Callable[[random.Random, int], str]
TWICE = 2.3
NOTHING = 0.02  # seconds: below it a ratio says more of the clock than of us
TRIES = 6  # a busy machine may spoil some; what is quadratic spoils all
SIZE = 320_000 if os.environ.get("LONG") else 20_000  # characters

_SYLLABLES = "ka ro mi te lu sa ne vo pi da ho re bu ta li mo".split()
_FRAMES = (
    "We agreed to {} the {} by the {}.",
    "I do not accept that the {} was {} in {}.",
    "The {} will {} {} crowns for the {}.",
    "Nobody said “{} the {}”, and nobody will.",
    "Is it true that the {} has {} since {}?",
)


def words(choose: random.Random) -> str:
    """A word that nobody knows."""
    return "".join(choose.choices(_SYLLABLES, k=choose.randint(2, 4)))


def sentence(choose: random.Random) -> str:
    """A sentence of a known shape with unknown words."""
    frame = choose.choice(_FRAMES)
    return frame.format(*(words(choose) for _ in range(frame.count("{}"))))


def debate(choose: random.Random, number: int) -> str:
    speaker = ("Ilse Marrow", "Tomas Arkell", "Ida Vance", "The Chair")[number % 4]
    return f"{speaker}: {' '.join(sentence(choose) for _ in range(4))}\n\n"


def crowd(choose: random.Random, number: int) -> str:
    return f"{words(choose).title()} {words(choose).title()}: {sentence(choose)}\n\n"


def monologue(choose: random.Random, number: int) -> str:
    return f"{'Ilse Marrow: ' if number == 0 else ''}{sentence(choose)} "


def refrain(choose: random.Random, number: int) -> str:
    return f"{('Ilse Marrow', 'Tomas Arkell')[number % 2]}: We will publish the map in April.\n\n"


def article(choose: random.Random, number: int) -> str:
    name = f"{words(choose).title()} {words(choose).title()}"
    return f"“{sentence(choose)}” said {name}. {name} added: “{sentence(choose)}”\n\n"


def marked(choose: random.Random, number: int) -> str:
    clock = f"[{number // 3600:02}:{number // 60 % 60:02}:{number % 60:02}]"
    return f"{clock} ILSE MARROW (on the phone): [inaudible] {sentence(choose)} (Applause)\n\n"


KINDS = (debate, crowd, monologue, refrain, article, marked)


@cache
def text(kind: Kind, size: int) -> str:
    """So many characters of a kind."""
    choose, pieces, length = random.Random(kind.__name__), [], 0
    while length < size:
        pieces.append(kind(choose, len(pieces)))
        length += len(pieces[-1])
    return "".join(pieces)


def read(said: str) -> Record:
    """The whole flow, in this process."""
    return read_source(opened(said))


@cache
def record(kind: Kind, size: int) -> Record:
    """The record of a text of a kind."""
    return read(text(kind, size))


def stored(made: Record) -> None:
    """Add to an archive and find again."""
    with TemporaryDirectory() as folder, store.open(Path(folder, "a.onrecord"), create=True) as archive:
        archive.add(made, made.sources[0].text.encode(), added="2031-05-04T10:00:00Z")
        archive.search("map")


def edited(made: Record) -> Record:
    """The same text with a word changed here and there."""
    return read(made.sources[0].text.replace("crowns", "pounds").replace("accept", "admit"))


def read_once(made: Record) -> Record:
    """A record that nothing was remembered of: what is worked out once is part of the cost."""
    return decode(encode(made))


STEPS: dict[str, Callable[[Record], Callable[[], object]]] = {
    "read": lambda made: lambda: read(made.sources[0].text),
    "compare": lambda made: (lambda other: lambda: onrecord.compare(made, other))(edited(made)),
    "check": lambda made: lambda: onrecord.check("We agreed to publish the map by April.", [read_once(made)]),
    "check article": lambda made: lambda: check_article(read_once(made), None),
    "json": lambda made: lambda: decode(encode(made)),
    "verify": lambda made: lambda: verify(made),
    "index": lambda made: lambda: indexing.rows(made),
    "sketch": lambda made: lambda: likeness.sketch(made.sources[0].text),
    "store": lambda made: lambda: stored(made),
    **{format.name: lambda made, format=format: lambda: format.export(made) for format in OURS},
}
"""Everything that is done with a text, by name: what to prepare, and what to measure."""


def seconds(act: Callable[[], object]) -> float:
    """Processor time of the faster of two runs."""
    best = float("inf")
    for _ in range(2):
        gc.collect()
        start = time.process_time()
        act()
        best = min(best, time.process_time() - start)
    return best


def ratio(prepare: Callable[[Record], Callable[[], object]], kind: Kind, size: int = SIZE) -> float:
    """How much more twice the text costs; what cannot be done with such a text is skipped."""
    try:
        once, twice = (seconds(prepare(record(kind, length))) for length in (size, 2 * size))
    except UsageError as error:
        pytest.skip(str(error))
    return twice / max(once, NOTHING)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("step", STEPS)
def test_twice_the_text(step: str, kind: Kind) -> None:
    assert any(ratio(STEPS[step], kind) <= TWICE for _ in range(TRIES))


def test_a_quadratic_step_is_noticed() -> None:
    def pairs(made: Record) -> Callable[[], object]:
        people = made.sources[0].text.split()
        return lambda: sum(a == b for a in people for b in people)

    assert all(ratio(pairs, debate, 10_000) > TWICE for _ in range(2))
