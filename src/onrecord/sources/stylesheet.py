"""Which classes and ids a page's own style sheet hides; only rules that leave no doubt.

>>> sorted(hidden_names(".x, #y { display: none } @media print { .z { display: none } } p .w { display: none }"))
['#y', '.x']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_BRACE = re.compile(r"[{}]")
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})[ \t\n]?|([^\n0-9a-fA-F]))")
_ALWAYS = re.compile(r"@media\s{1,9}(?:only\s{1,9})?(?:all|screen)\s{0,9}|@layer\b[^,;{}]{0,100}")
_NAME = re.compile(r"[.#][\w-]{1,100}")
_SIMPLE = re.compile(r"(?:[a-zA-Z][a-zA-Z0-9]{0,10})?[.#][\w-]{1,100}")
_LONGEST = 2000  # characters of one rule
_END = r"(?:;|$|!)"
_FAR = r"-(?:\d{4,9}px|(?:[5-9]\d|\d{3,9})r?em|[1-9]\d{2,9}v[wh]|(?:[2-9]\d\d|\d{4,9})%)"  # from the edge of any screen
_HIDING = re.compile(
    rf"display:none|visibility:(?:hidden|collapse)|opacity:0(?:\.0\d{{0,9}})?%?{_END}"
    rf"|font-size:(?:0(?:\.0{{1,9}})?(?:px|pt|em|rem|%)?|[01](?:\.\d{{1,9}})?p[xt]){_END}"
    rf"|text-indent:(?:-\d{{4,9}}|{_FAR})|(?:left|top|right|bottom):{_FAR}"
    r"|clip:rect\((?:0|1px,1px,1px,1px)|clip-path:(?:inset\((?:50|100)%|circle\(0)|scale[xy]?\(0(?:\.0{1,9})?[,)]"
    r"|opacity\(0(?:\.0{1,9})?%?\)|content-visibility:hidden"
)
_FLAT = re.compile(rf"(?:^|;)((?:max-)?(?:height|width):0(?:px|r?em|%)?){_END}")
_CLIPPED = re.compile(r"overflow(?:-[xy])?:(?:hidden|clip)")
_CLEAR = re.compile(
    r"transparent|(?:rgba|hsla)\([^()]{1,40},0(?:\.0{1,9})?%?\)|[a-z]{3}a?\([^()]{1,40}/0%?\)|#(?:.{3}0|.{6}00)"
)
_COLOUR = re.compile(r"(?:^|;)(color|background(?:-color)?):([^;!]{1,40})")
_WHITE = frozenset({"#fff", "#ffffff", "white", "rgb(255,255,255)", "#fffffe", "#fefefe", "snow"})


class Colours(NamedTuple):
    """What a `style` says of ink and paper, in lower case and without blanks; None where it says nothing."""

    ink: str | None
    paper: str | None


def colours(declarations: str) -> Colours:
    """The colours that a `style` attribute or a rule sets."""
    found = {key.partition("-")[0]: value for key, value in _COLOUR.findall(_tight(declarations))}
    return Colours(found.get("color"), found.get("background"))


def is_white(colour: str | None) -> bool:
    """Whether a colour cannot be told from white paper.

    >>> is_white("#FFF"), is_white("red"), is_white(None)
    (True, False, False)
    """
    return colour is not None and colour.strip().lower() in _WHITE


def _tight(declarations: str) -> str:
    style = _uncommented(declarations[:_LONGEST])
    if "\\" in style:
        style = _ESCAPE.sub(_unescaped, style)
    return re.sub(r"\s", "", style).lower()


def _uncommented(sheet: str) -> str:
    pieces: list[str] = []
    at = 0
    while (start := sheet.find("/*", at)) >= 0:
        pieces.append(sheet[at:start])
        end = sheet.find("*/", start + 2)
        at = end + 2 if end >= 0 else len(sheet)
    return "".join((*pieces, sheet[at:]))


def _unescaped(escape: re.Match[str]) -> str:
    """What CSS reads where a character is written as its number ("d\\69splay") or behind a backslash."""
    number = int(escape[1], 16) if escape[1] else 0
    return chr(number) if 0 < number < 0xD800 else "" if escape[1] else escape[2]


def why_unseen(declarations: str, *, flat: bool = True) -> str | None:
    """What in a `style` attribute or a rule keeps words from being seen; None when nothing does.

    `flat` counts a box without height, too; in a style sheet it is one that a click unfolds.

    >>> why_unseen("color: red; font-size: 0px")
    'font-size:0px'
    """
    style = _tight(declarations)
    if found := _HIDING.search(style):
        return found[0].rstrip(";!")
    if flat and (found := _FLAT.search(style)) and _CLIPPED.search(style):
        return found[1]
    ink, paper = colours(style)
    if ink is not None and (ink == paper or (is_white(ink) and is_white(paper))):
        return "written in the colour of its background"
    return "transparent ink" if ink is not None and _CLEAR.fullmatch(ink) else None


def hidden_names(sheet: str) -> frozenset[str]:
    """The selectors ".class", "#id" and "p.class" that a sheet hides at every size and on every medium.

    A name that another rule shows again, alone or in company, is left out: a script or a state reveals it.
    """
    hidden: set[str] = set()
    shown: set[str] = set()
    for selectors, declarations in _rules(_uncommented(sheet)):
        unseen = why_unseen(declarations, flat=False) is not None
        for selector in selectors.split(","):
            selector = selector.strip()
            if unseen and _SIMPLE.fullmatch(selector):
                hidden.add(selector)
            elif not unseen and re.search(r"display|visibility|opacity", declarations):
                shown.update(_NAME.findall(selector))
    return frozenset(one for one in hidden if _NAME.findall(one)[0] not in shown)


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """The top rules of a sheet: selectors and declarations; what stands inside @media and the like is passed over,
    unless it is for every screen.
    """
    depth = start = opened = 0
    selectors = ""
    for brace in _BRACE.finditer(sheet):
        if brace[0] == "{":
            if depth == 0:
                before = sheet[start : brace.start()][-_LONGEST:]
                selectors = before.rpartition(";")[2].strip()  # '@charset "utf-8";' is no part of them
                start = opened = brace.end()
                if _ALWAYS.fullmatch(selectors):
                    continue
            depth += 1
            continue
        if depth == 0:  # the end of a block for every screen
            start = brace.end()
            continue
        depth -= 1
        if depth == 0:
            if "@" not in selectors:
                yield selectors, sheet[opened : brace.start()][:_LONGEST]
            start = brace.end()
