"""Which classes and ids a page's own style sheet hides; only rules that leave no doubt.

>>> sorted(hidden_names(".x, #y { display: none } @media print { .z { display: none } } p .w { display: none }"))
['#y', '.x']
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_BRACE = re.compile(r"[{}]")
_COMMENT = re.compile(r"/\*[^*]{0,2000}\*/")
_SIMPLE = re.compile(r"[.#][\w-]{1,100}")
_LONGEST = 2000  # characters of one rule
_HIDING = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|opacity:0(?:\.0{1,9})?(?:;|$|!)"
    r"|font-size:0(?:\.0{1,9})?(?:px|pt|em|rem|%)?(?:;|$|!)|text-indent:-\d{4,9}|(?:left|top):-\d{4,9}px|clip:rect\(0"
)
_COLOUR = re.compile(r"(?:^|;)(color|background(?:-color)?):([^;!]{1,40})")
_WHITE = frozenset({"#fff", "#ffffff", "white", "rgb(255,255,255)"})


def why_unseen(declarations: str) -> str | None:
    """What in a `style` attribute or a rule keeps words from being seen; None when nothing does.

    >>> why_unseen("color: red; font-size: 0px")
    'font-size:0px'
    """
    style = re.sub(r"\s", "", declarations[:_LONGEST]).lower()
    if found := _HIDING.search(style):
        return found[0].rstrip(";!")
    colours = {key.partition("-")[0]: value for key, value in _COLOUR.findall(style)}
    ink, paper = colours.get("color"), colours.get("background")
    if ink == "transparent" or (ink is not None and (ink == paper or {ink, paper} <= _WHITE)):
        return "written in the colour of its background"
    return None


def hidden_names(sheet: str) -> frozenset[str]:
    """The selectors ".class" and "#id" that a sheet hides at every size and on every medium.

    A name that another rule shows again, alone or in company, is left out: a script or a state reveals it.
    """
    hidden: set[str] = set()
    shown: set[str] = set()
    for selectors, declarations in _rules(_COMMENT.sub("", sheet)):
        unseen = why_unseen(declarations) is not None
        for selector in selectors.split(","):
            selector = selector.strip()
            if unseen and _SIMPLE.fullmatch(selector):
                hidden.add(selector)
            elif not unseen and re.search(r"display|visibility|opacity", declarations):
                shown.update(_SIMPLE.findall(selector))
    return frozenset(hidden - shown)


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """The top rules of a sheet: selectors and declarations; what stands inside @media and the like is passed over."""
    depth = start = opened = 0
    selectors = ""
    for brace in _BRACE.finditer(sheet):
        if brace[0] == "{":
            if depth == 0:
                selectors, opened = sheet[start : brace.start()][-_LONGEST:], brace.end()
            depth += 1
            continue
        depth = max(depth - 1, 0)
        if depth == 0:
            if "@" not in selectors:
                yield selectors, sheet[opened : brace.start()][:_LONGEST]
            start = brace.end()
