"""Whether the data of a package are such as ours: a list where we have a list, words where we have words.

What our own files hold is the rule, so no schema can fall behind them. A key that we have in no language must be of a
kind that its table has; in a table that we do not have, anything goes, for nothing of ours reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Path = tuple[str, ...]
_ANY = ""  # stands for a key of any name, and for the place in a list
_NAMES = {
    str: "text",
    dict: "a table",
    list: "a list",
    int: "a number",
    float: "a number",
    bool: "true or false",
}


def kinds(files: Iterable[Mapping[str, Any]]) -> dict[Path, set[type]]:
    """The kinds of value at every place of some files.

    >>> kinds([{"words": {"we": "we us"}}])[("words", "we")]
    {<class 'str'>}
    """
    found: dict[Path, set[type]] = {}
    for file in files:
        for path, value in _values(file):
            found.setdefault(path, set()).add(type(value))
            found.setdefault((*path[:-1], _ANY), set()).add(type(value))
    return found


def misfit(theirs: Mapping[str, Any], ours: Mapping[Path, set[type]]) -> str | None:
    """What of the data of a package is of another kind than in ours, in a few words; None where nothing is.

    >>> misfit({"words": {"us": 5}}, kinds([{"words": {"we": "we us"}}]))
    'words.us is a number, and text in onrecord'
    """
    for path, value in _values(theirs):
        wanted = ours.get(path) or ours.get((*path[:-1], _ANY))
        if wanted and type(value) not in wanted:
            here, there = (
                _NAMES.get(type(value), "no text"),
                sorted(_NAMES.get(one, "else") for one in wanted),
            )
            return f"{'.'.join(filter(None, path))} is {here}, and {' or '.join(there)} in onrecord"
    return None


def missing(theirs: Mapping[str, Any], ours: Iterable[Mapping[str, Any]]) -> str | None:
    """The first key that all of ours have and a table of the same name has not; None where nothing is missing.

    >>> missing({"name": "x"}, [{"name": "a", "script": "latin"}, {"name": "b", "script": "arabic"}])
    'script'
    """
    common = set.intersection(*(set(one) for one in ours))
    return min(common.difference(theirs), default=None)


def _values(file: Mapping[str, Any]) -> Iterator[tuple[Path, Any]]:
    """Every value with its place, tables and lists before what is in them."""
    waiting: list[tuple[Path, Any]] = [((), file)]
    while waiting:
        path, value = waiting.pop()
        if path:
            yield path, value
        if isinstance(value, Mapping):
            waiting += reversed([((*path, name), one) for name, one in value.items()])
        elif isinstance(value, list):
            waiting += [((*path, _ANY), one) for one in reversed(value)]
