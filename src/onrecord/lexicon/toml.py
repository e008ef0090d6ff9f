"""The part of TOML that our data files are written in, read in a fifth of the time that `tomllib` takes.

A short read opens some fifty files, and tomllib walks through most of their values character by character. Here every
statement is one step of one expression. What that does not know (a comment inside a list, a list of lists, a date) and
what TOML refuses (a key given twice) is left to tomllib, which then reads or refuses the whole file.

>>> parsed('[words]\\nwe = "we us"  # all of us\\n')
{'words': {'we': 'we us'}}
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import msgspec

_STRING = r'"[^"\\\n]*(?:\\.[^"\\\n]*)*"'
_LIST = rf'\[[^"\#\[\]{{}}]*(?:{_STRING}[^"\#\[\]{{}}]*)*\]'
_PAIR = rf"[ \t]*([\w-]+)[ \t]*=[ \t]*({_STRING})[ \t]*"
_STATEMENT = re.compile(
    rf"""
    (?: \s | \#[^\n]* )*
    (?: \[ (?P<table>[\w.-]+) \]
      | \[\[ (?P<row>[\w-]+) \]\]
      | (?P<key> [\w.-]+ | "[^"\\\n]+" ) [ \t]* = [ \t]*
        (?: (?P<block> \"\"\" \n? )
          | (?P<string> {_STRING} )
          | (?P<plain> true | false | -?(?:0|[1-9]\d*)(?:\.\d+)? | {_LIST} )
          | \{{ (?P<pairs> {_PAIR} (?: , {_PAIR} )* ) \}}
        )
    )
    """,
    re.VERBOSE,
)
_END = re.compile(r"[ \t]*(?:#[^\n]*)?(?:\n|\Z)")
_REST = re.compile(r"(?:\s|#[^\n]*)*\Z")
_EACH_PAIR = re.compile(_PAIR)
_LAST_COMMA = re.compile(r",\s*\]\Z")


class _Unknown(Exception):
    """Something that this part of TOML does not hold."""


def parsed(text: str) -> dict[str, Any]:
    """What a file says, as `tomllib.loads` has it."""
    try:
        return _statements(text)
    except (_Unknown, msgspec.DecodeError):  # not of the simple part, which is all that these say
        import tomllib

        return tomllib.loads(text)


def load(path: Path) -> dict[str, Any]:
    """What the file at a place says."""
    return parsed(path.read_text("utf-8"))


def _statements(text: str) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    table, seen, at = tree, set[str](), 0
    while found := _STATEMENT.match(text, at):
        end = found.end()
        if name := found["key"]:
            *above, last = [name[1:-1]] if name[0] == '"' else name.split(".")
            holder = _within(table, above)
            if last in holder:
                raise _Unknown(name)
            holder[last], end = _value(found, end)
        elif name := found["row"]:
            rows = tree.setdefault(name, [])
            if not isinstance(rows, list):
                raise _Unknown(name)
            rows.append(table := {})
        elif (name := found["table"]) not in seen:
            seen.add(name)
            table = _within(tree, name.split("."))
        else:
            raise _Unknown(name)
        if not (rest := _END.match(text, end)):
            raise _Unknown(name)
        at = rest.end()
    if not _REST.match(text, at):
        raise _Unknown(text[at : at + 40])
    return tree


def _within(table: dict[str, Any], path: list[str]) -> dict[str, Any]:
    """The table at a path, made where there is none yet."""
    for name in path:
        table = table.setdefault(name, {})
        if not (name and isinstance(table, dict)):
            raise _Unknown(name)
    return table


def _value(found: re.Match[str], end: int) -> tuple[Any, int]:
    """The value of a statement, and where it ends; the statement itself ends at `end`."""
    kind = found.lastgroup
    if kind == "block":
        close = found.string.find('"""', end)
        block = found.string[end:close]
        if close < 0 or "\\" in block or found.string.startswith('"', close + 3):
            raise _Unknown(block)
        return block, close + 3
    if kind == "string":
        return _string(found[kind]), end
    if kind == "plain":  # what TOML and JSON write alike
        return msgspec.json.decode(_LAST_COMMA.sub("]", found[kind])), end
    return {name: _string(string) for name, string in _EACH_PAIR.findall(found["pairs"])}, end


def _string(quoted: str) -> str:
    string: str = msgspec.json.decode(quoted) if "\\" in quoted else quoted[1:-1]
    return string
