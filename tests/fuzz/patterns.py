"""Every regular expression that the program compiles, and the strings most likely to make one slow.

Run as a program it reads and compares the shipped examples, so that patterns which are built from the lexicon or inside
functions are met, too, and makes those at once that wait for a text which needs them; what `re` was asked to compile by
a module of onrecord is printed, one JSON list a line.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from re import _constants as c  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

COMPILED: dict[tuple[str | bytes, int], str] = {}

_BETWEEN = {"re", "__main__", "onrecord.text.expressions"}
"""Modules through which others have their expressions made."""

_CATEGORY = {
    c.CATEGORY_DIGIT: "7", c.CATEGORY_NOT_DIGIT: "x", c.CATEGORY_SPACE: " ", c.CATEGORY_NOT_SPACE: "x",
    c.CATEGORY_WORD: "w", c.CATEGORY_NOT_WORD: "-",
}  # fmt: skip


def watch() -> None:
    """From now on note what is compiled, and for which module."""
    compile_pattern = re._compile  # type: ignore[attr-defined]

    def noting(pattern: Any, flags: int) -> Any:
        compiled = compile_pattern(pattern, flags)
        frame = sys._getframe(1)
        while frame.f_back is not None and frame.f_globals.get("__name__") in _BETWEEN:
            frame = frame.f_back
        module = str(frame.f_globals.get("__name__"))
        if module.startswith("onrecord"):
            COMPILED[compiled.pattern, compiled.flags] = module
        return compiled

    re._compile = noting  # type: ignore[attr-defined]


def at_once() -> None:
    """From now on no expression waits for a text that needs it."""
    from onrecord.statements.patterns import Compiled
    from onrecord.text import expressions

    _then(expressions._Later, lambda made: made.search)
    _then(Compiled, lambda made: made.expression)


def _then(kind: type, act: Callable[[Any], object]) -> None:
    """Do something with everything of a kind as soon as it is there."""
    begin = kind.__init__

    def begun(self: Any, *given: Any, **named: Any) -> None:
        begin(self, *given, **named)
        act(self)

    kind.__init__ = begun  # type: ignore[misc]


def exercise() -> None:
    """Import everything and read, compare and search examples of each language."""
    import onrecord

    for found in pkgutil.walk_packages(onrecord.__path__, "onrecord."):
        if not found.name.endswith("__main__"):
            try:
                importlib.import_module(found.name)
            except ImportError as error:  # an extra that is not installed here
                print(error, file=sys.stderr)
    examples = Path(onrecord.__file__).with_name("examples")
    readable = {".txt", ".html", ".jsonl", ".vtt"}
    records = [onrecord.read(str(path)) for path in sorted(examples.iterdir()) if path.suffix in readable]
    for other in records[1:3]:
        onrecord.compare(records[0], other)


def sample(tree: Any) -> str:
    """A short string that a parsed pattern matches, or nearly."""
    pieces = []
    for op, argument in tree:
        if op is c.LITERAL:
            pieces.append(chr(argument))
        elif op in (c.NOT_LITERAL, c.ANY):
            pieces.append("x" if argument != ord("x") else "y")
        elif op is c.IN:
            pieces.append(_one_of(argument))
        elif op is c.BRANCH:
            pieces.append(sample(argument[1][0]))
        elif op is c.SUBPATTERN:
            pieces.append(sample(argument[3]))
        elif op is c.ATOMIC_GROUP:
            pieces.append(sample(argument))
        elif op in _REPEATS:
            pieces.append(sample(argument[2]) * max(1, argument[0]))
    return "".join(pieces)


_REPEATS = (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT)


def _one_of(choices: Any) -> str:
    negated = choices[0][0] is c.NEGATE
    if negated:
        return "x"
    op, argument = choices[0]
    if op is c.LITERAL:
        return chr(argument)
    if op is c.RANGE:
        return chr(argument[0])
    return _CATEGORY.get(argument, "x")


def attacks(pattern: str | bytes, flags: int) -> Iterator[str]:
    """Units that, repeated, keep a backtracking matcher busy: what each repeats, alone and behind its prefix."""
    shown = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
    waiting = [(_parser.parse(shown, flags & ~re.UNICODE if isinstance(pattern, bytes) else flags), "")]
    units: dict[str, None] = {}
    while waiting:
        tree, before = waiting.pop()
        units |= dict.fromkeys((sample(tree), sample(tree) + "!"))
        for op, argument in tree:
            here = sample([(op, argument)])
            if op in _REPEATS:
                unit = sample(argument[2])
                units |= dict.fromkeys((unit, unit + " ", before + unit, before))
                waiting.append((argument[2], ""))
            elif op is c.SUBPATTERN:
                waiting.append((argument[3], before))
            elif op is c.BRANCH:
                waiting += [(branch, before) for branch in argument[1]]
            before = (before + here)[-200:]
    yield from (unit for unit in units if unit)


if __name__ == "__main__":
    watch()
    at_once()
    exercise()
    for (pattern, flags), module in COMPILED.items():
        kind = "bytes" if isinstance(pattern, bytes) else "str"
        text = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
        print(json.dumps([module, kind, text, flags]))
