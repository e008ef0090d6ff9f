"""What faces say, in the reader's language. The words are data: a TOML file a language, same keys in each.

>>> words("en").count("turns", 1), words("fr").count("turns", 1200)
('1 turn', '1\u202f200 interventions')
>>> words("fr").date("2031-05-01")
'1er mai 2031'
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from onrecord.errors import UsageError
from onrecord.lexicon import toml

ROOT = Path(__file__).parent
_DATE = re.compile(r"(\d{4}|XXXX)(?:-(\d\d)(?:-(\d\d))?)?")


@cache
def languages() -> tuple[str, ...]:
    """Codes of the languages that faces can speak."""
    return tuple(sorted(path.stem for path in ROOT.glob("*.toml")))


@cache
def words(language: str) -> Words:
    """The words of one language; `UsageError` if no face speaks it."""
    if language not in languages():
        raise UsageError(f"onrecord does not speak {language!r} (available: {', '.join(languages())})")
    return Words(language, toml.load(ROOT / f"{language}.toml"))


class Words:
    """Sentences, names and typography of one language. Keys are dotted: `words("page.skip")`."""

    def __init__(self, language: str, table: dict[str, Any]) -> None:
        self.language = language
        self.table = table
        self._phrases = dict(phrases(table))
        self._grammar: dict[str, Any] = table["grammar"]

    def __call__(self, key: str, /, **values: object) -> str:
        """The phrase at `key` with its placeholders filled in."""
        return self._phrases[key].format(**values)

    def named(self, table: str, value: str | None) -> str | None:
        """The name of a value in one of the tables of names; None where the table has none for it."""
        return self._phrases.get(f"{table}.{value}")

    def count(self, noun: str, number: int, **values: object) -> str:
        """A number with its noun, in the right plural form."""
        form = "one" if number in self._grammar["singular"] else "many"
        return self._phrases[f"count.{noun}.{form}"].format(n=self.number(number), **values)

    def number(self, number: int) -> str:
        """A whole number, its digits in groups of three."""
        return f"{number:,}".replace(",", self._grammar["thousands"])

    def percent(self, part: int, whole: int) -> str:
        """A share of a whole in percent; what is there but rounds to nothing says so."""
        share = round(100 * part / whole) if whole else 0
        return self("percent.tiny" if part and not share else "percent.plain", n=share)

    @property
    def colon(self) -> str:
        """What stands between a name and its value."""
        return str(self._grammar["colon"])

    def quote(self, text: str) -> str:
        """The text between this language's quotation marks."""
        return f"{self._grammar['open']}{text}{self._grammar['close']}"

    def enumerate(self, names: Sequence[str], conjunction: str = "and") -> str:
        """`A, B and C`; `conjunction` is `and` or `or`."""
        if len(names) < 2:
            return "".join(names)
        return f"{', '.join(names[:-1])} {self._grammar[conjunction]} {names[-1]}"

    def date(self, value: str) -> str | None:
        """An ISO date, or its first half (`2031-05`, `2031`), as people write it; None if it is no such thing.

        A year that nobody gave is written `XXXX` and left out.
        """
        if not (parts := _DATE.fullmatch(value)):
            return None
        year, month, day = parts.groups()
        if month is None:
            return None if year == "XXXX" else year
        if not 1 <= int(month) <= 12:
            return None
        first = self._grammar["first_day"] if day == "01" else (day or "").lstrip("0")
        words = (first, self._grammar["months"][int(month) - 1], year.replace("XXXX", ""))
        return " ".join(word for word in words if word)


def phrases(table: dict[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    """Every phrase of a table with its dotted key; grammar is knowledge of another shape and left out."""
    found: list[tuple[str, str]] = []
    for key, value in table.items():
        if isinstance(value, dict):
            if prefix or key != "grammar":
                found += phrases(value, f"{prefix}{key}.")
        else:
            found.append((prefix + key, value))
    return found
