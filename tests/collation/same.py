"""Two texts become two accounts, and two accounts differences: what the tests of one language share."""

from __future__ import annotations

from onrecord.collation import compare
from onrecord.collation.account import Account
from onrecord.model import Comparison, Difference, Record
from onrecord.record import read_source
from onrecord.sources import open_bytes


def record(text: str, language: str | None = None, name: str = "account.txt") -> Record:
    """A text read into a record, in a language that is given or guessed."""
    return read_source(open_bytes(name, text.encode()), language=language)


def account(text: str, language: str | None = "en") -> Account:
    """A text prepared for comparison, all of it."""
    return Account(record(text, language), whole=True)


def compared(a: str, b: str, language: str | None = "en") -> Comparison:
    """Two texts compared."""
    return compare([record(a, language), record(b, language)])


def found(a: str, b: str, language: str | None = "en") -> list[tuple[str, str | None, str | None]]:
    """The differences of two texts as (kind, characters of A, characters of B), worst first."""
    return [shown(difference) for difference in compared(a, b, language).differences]


def shown(difference: Difference) -> tuple[str, str | None, str | None]:
    """A difference as (kind, characters of A, characters of B)."""
    return difference.kind, difference.a_text, difference.b_text
