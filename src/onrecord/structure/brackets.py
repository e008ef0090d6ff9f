"""Bracketed stretches of a text, found in one pass."""

from __future__ import annotations

import re

LONGEST = 3000
"""Characters in the longest bracket believed; German minutes print heckles of 1,500. What opens and does not close
within this is an orphan and no bracket."""

_SIGNS = re.compile(r"[()\[\]（）]|\n[ \t]*\n")
_OPENS = {")": "(", "]": "[", "）": "（"}


def find_brackets(text: str) -> list[tuple[int, int]]:
    """Outermost balanced `(…)` and `[…]`, in order, that do not run over a blank line.

    >>> find_brackets("a (b (c) d) [e] (f")
    [(2, 11), (12, 15)]
    """
    found: list[tuple[int, int]] = []
    stack: list[tuple[str, int]] = []
    for match in _SIGNS.finditer(text):
        sign, at = match[0], match.start()
        if sign[0] == "\n":
            stack.clear()
        elif sign in "([（":
            if len(stack) < 8:
                stack.append((sign, at))
            elif at - stack[0][1] > LONGEST:
                stack = [(sign, at)]
        elif stack and stack[-1][0] == _OPENS[sign]:
            start = stack.pop()[1]
            if at - start <= LONGEST:
                while found and found[-1][0] > start:
                    found.pop()
                found.append((start, at + 1))
    return found
