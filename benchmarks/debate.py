"""Transcripts of any size, made from the sentences of a shipped example: fictional, always the same."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import islice

SPEAKERS = (
    "Ida Morel", "Pierre Vance", "Odile Castagne", "Hugo Brenner", "Salomé Tardieu", "Anselme Koury",
    "Blanche Deroux", "Tibor Lancel", "Marguerite Oswald", "Cyprien Hallier", "Zélie Quentin", "Noé Aubin",
)  # fmt: skip
SENTENCE = range(50, 80)
"""Characters of a short turn's one sentence; with the shortest label a turn has 60 at least."""


@cache
def sentences(example: str) -> tuple[str, ...]:
    """The sentences of one shipped example, without labels, brackets and headings."""
    text = (files("onrecord") / "examples" / example).read_text("utf-8")
    plain = re.sub(r"[(\[][^()\[\]]{0,200}[)\]]", "", text)
    found = re.findall(r"(?<=[.!?…] )[^\W\d_][^.!?…\n:]{30,300}[.!?…]", plain)
    return tuple(dict.fromkeys(sentence.strip() for sentence in found))


def turns(example: str, seed: int = 20) -> Iterator[str]:
    """An endless debate, one turn a line: `NAME : …`, now and then with an applause."""
    choose, pool, last = random.Random(seed), sentences(example), ""
    while True:
        speaker = choose.choice([name for name in SPEAKERS if name != last])
        speech = " ".join(choose.choices(pool, k=choose.randint(1, 6)))
        applause = " (Applaudissements)" if choose.random() < 0.05 else ""
        last = speaker
        yield f"{speaker} : {speech}{applause}\n"


def transcript(size: int, example: str = "article.fr.txt") -> str:
    """A French transcript of at least `size` bytes."""
    lines, total = [], 0
    for line in turns(example):
        lines.append(line)
        total += len(line.encode())
        if total >= size:
            break
    return "".join(lines)


def short_turns(number: int, example: str = "article.fr.txt") -> Iterator[str]:
    """`number` turns of one sentence, each of at least 60 characters."""
    choose = random.Random(7)
    pool = [sentence for sentence in sentences(example) if len(sentence) in SENTENCE]
    endless = (f"{SPEAKERS[n % len(SPEAKERS)]} : {choose.choice(pool)}\n" for n in range(number))
    return islice(endless, number)


_FRAMES = {
    "article.en.txt": (
        "“{}” said {}.",
        "{} told the harbour board that nobody had asked. {}",
        "According to {}, that is late. {}",
    ),
    "article.fr.txt": (
        "« {} » a déclaré {}.",
        "{} a dit à la chambre que personne n’avait demandé. {}",
        "Selon {}, c’est tard. {}",
    ),
}


def news(size: int, example: str = "article.en.txt") -> str:
    """An article of at least `size` bytes: its paragraphs quote the speakers, in marks and without."""
    choose, pool = random.Random(4), sentences(example)
    direct, indirect, source = _FRAMES[example]
    lines, total = [], 0
    while total < size:
        quoted = choose.choice(pool).rstrip(".!?…") + ","
        parts = [
            direct.format(quoted, choose.choice(SPEAKERS)),
            indirect.format(choose.choice(SPEAKERS), choose.choice(pool)),
            source.format(choose.choice(SPEAKERS), choose.choice(pool)),
        ]
        lines.append(" ".join(choose.sample(parts, 3)) + "\n")
        total += len(lines[-1].encode())
    return "".join(lines)
