"""Fictional documents for the tests of the archive, and the means to make many of them."""

from __future__ import annotations

import random
from functools import cache

from onrecord.model import Record
from onrecord.record import read_source
from onrecord.sources import open_bytes

NOON = "2031-05-04T12:00:00Z"
LATER = "2031-05-05T12:00:00Z"

PIER = """Joint press conference at the Port Harlan summit, 4 May 2031

President Ida Morel: Good evening. We agreed to reopen the northern pier before the winter, and I promise that the
ferries will run again in October.
Prime Minister Teodor Brask: Thank you. We did not agree on the fishing zones, and nobody should say that we did.
President Ida Morel: There is no treaty until every village has been heard. The négociations go on.
Prime Minister Teodor Brask: We will meet again in Quentin Bay, in the spring.
"""
COUNCIL = """Sitting of the harbour council, 9 June 2031

Chair Odile Castagne: The council is open. The first item is the price of salt.
Hugo Brenner: Salt costs 12 € a sack, and the cessez-le-feu of the traders is over.
Chair Odile Castagne: We shall vote on Thursday, when the C++ committee has reported 100 %.
"""


@cache
def record(text: str, name: str = "account.txt", *, ledger: bool = True) -> Record:
    """The record of a text, read once."""
    return read_source(open_bytes(name, text.encode()), ledger=ledger)


WORDS = """harbour pier winter ferry council salt village treaty border minister spring table rope tide lantern
orchard bridge gravel mirror candle barrel anchor window copper meadow velvet thunder basket pepper garden
saddle ribbon""".split()


def debate(seed: int, turns: int = 6) -> str:
    """A fictional debate, always the same for a seed and unlike those of other seeds."""
    choose = random.Random(seed)
    lines = [f"Sitting number {seed} of the harbour council\n"]
    for turn in range(turns):
        words = " ".join(choose.choice(WORDS) + choose.choice(["", "s", " of"]) for _ in range(30))
        lines.append(
            f"{('Ida Morel', 'Teodor Brask', 'Hugo Brenner')[turn % 3]}: We say that {words} {seed}."
        )
    return "\n".join(lines) + "\n"
