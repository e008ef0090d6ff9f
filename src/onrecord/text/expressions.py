"""Expressions that few texts need, made when one does.

To make a regular expression takes Python longer than most of them ever search in a short text; all that a reading knows
would be a sixth of its time.
"""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub")


class _Later:
    """Stands for an expression until one of its methods is asked for; from then on, the methods are its own."""

    def __init__(self, written: str, flags: int) -> None:
        self._written, self._flags = written, flags

    def __getattr__(self, name: str) -> Any:
        made = re.compile(self._written, self._flags)
        self.__dict__.update((method, getattr(made, method)) for method in _METHODS)
        return getattr(made, name)


def later(written: str, flags: int = 0) -> re.Pattern[str]:
    """A regular expression that is made when it is first searched.

    >>> later(r"\\d+").findall("40 of 50")
    ['40', '50']
    """
    return cast(re.Pattern[str], _Later(written, flags))
