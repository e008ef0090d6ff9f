"""Small fictional accounts that the tests of the quotation check share."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import onrecord
from onrecord.model import Record, Verdict
from onrecord.quotecheck import Library, check
from onrecord.record import read_source
from onrecord.sources import open_bytes

HARBOUR = """\
Transcript of the press conference, Port Harlan, 14 June 2024

The Moderator: Welcome. Minister, the floor is yours.

Minister Lena Ostrov: Thank you. The old dam holds, and it will hold for twenty years. We never promised that the mill \
would reopen. If the river rises again, we will evacuate the lower town. I do not believe that the council acted in \
bad faith.

Aron Weiss: The supporters of the mill are right. Our engineers told us that the sluice gates were rusted through. We \
paid 40 million crowns for [the] repairs (sic) last spring. Nobody asked the fishermen. (Applause) The harbour stays \
open, unless the storm comes early. Must the town pay for it?

The Moderator: One more question.

Minister Lena Ostrov: The council is free to vote as it likes. Weiss and Tarn signed the lease in Lindhavn. \
The mill has no future here. That is what they say in \
the capital. The strait belongs to nobody — and to everybody.
"""


@cache
def account(text: str = HARBOUR) -> Record:
    """The record of a text."""
    return read_source(open_bytes("account.txt", text.encode()))


@cache
def library(text: str = HARBOUR) -> Library:
    """A library of one text."""
    return Library([account(text)])


@cache
def example(name: str) -> Record:
    """The record of a shipped example."""
    return onrecord.read(str(files("onrecord") / "examples" / name), ledger=True)


def ask(quote: str, by: str | None = None) -> Verdict:
    """The verdict on a quotation from the shared account."""
    return check(quote, library(), by=by, semantic=False)
