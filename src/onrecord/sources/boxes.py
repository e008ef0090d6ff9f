"""Which boxes of a web page are the document: furniture and hidden words are set apart before any text is
taken.

Works on any tree with `tag`, `get`, `text`, `tail` and children (lxml's here), without recursion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from onrecord.lexicon import toml
from onrecord.sources.stylesheet import colours, hidden_names, is_white, why_unseen

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MIN_LINKS = 3
_STATES = frozenset({"has", "no", "not", "with", "without", "is", "js"})


class Rules(NamedTuple):
    """html.toml as sets."""

    code: frozenset[str]
    unshown: frozenset[str]
    furniture: frozenset[str]
    roles: frozenset[str]
    boxes: frozenset[str]
    hidden: frozenset[str]
    blocks: frozenset[str]


@cache
def rules() -> Rules:
    """What html.toml knows."""
    table = toml.load(Path(__file__).with_name("html.toml"))
    return Rules(**{key: frozenset(table[key]) for key in Rules._fields})


class Sizes(NamedTuple):
    """How much an element holds with everything in it: letters of text, those inside links, and links."""

    text: int
    linked: int
    links: int


def measure(root: Any) -> dict[Any, Sizes]:
    """The sizes of every element below `root`, without scripts and styles; one pass, children first."""
    sizes: dict[Any, Sizes] = {}
    code = rules().code
    for element in reversed(list(root.iter())):
        if not isinstance(element.tag, str) or element.tag in code:
            continue
        text, linked, links = _letters(element.text), 0, 0
        for child in element:
            text += _letters(child.tail)
            inner = sizes.get(child)
            if inner is not None:
                text, linked, links = text + inner.text, linked + inner.linked, links + inner.links
        if element.tag == "a" and element.get("href"):
            linked, links = text, links + 1
        sizes[element] = Sizes(text, linked, links)
    return sizes


def _letters(text: str | None) -> int:
    return len(text) - text.count(" ") - text.count("\n") if text else 0


class Sheet(NamedTuple):
    """What the style sheets of a page say: the selectors they hide, and whether the paper may be anything but white."""

    hidden: frozenset[str] = frozenset()
    paper: bool = True


def sheet_of(root: Any) -> Sheet:
    """The page's own style sheets; those in other files are not fetched, and may colour anything."""
    own = "\n".join(style.text or "" for style in root.iter("style"))
    elsewhere = "@import" in own or any("stylesheet" in (link.get("rel") or "") for link in root.iter("link"))
    return Sheet(hidden_names(own), elsewhere or "background" in own)


def why_hidden(element: Any, sheet: Sheet) -> str | None:
    """Why a browser would not show this element, from its attributes and the style sheet; None when it would."""
    if element.tag in rules().unshown:
        return f"<{element.tag}>"
    if element.get("hidden") is not None and element.get("hidden") != "until-found":
        return "hidden attribute"
    classes = (element.get("class") or "").split()
    if any(name.lower() in rules().hidden for name in classes):
        return "class for screen readers"
    if sheet.hidden and (named := sheet.hidden & _selectors(element, classes)):
        return f"style sheet, {min(named)}"
    style = element.get("style")
    if style and (why := why_unseen(style)) is not None:
        return why
    return "white on white" if (style or element.get("color")) and _white_on_white(element, sheet) else None


def _selectors(element: Any, classes: list[str]) -> set[str]:
    simple = [*(f".{name}" for name in classes), f"#{element.get('id')}"]
    return {*simple, *(f"{element.tag}{one}" for one in simple)}


def _white_on_white(element: Any, sheet: Sheet) -> bool:
    """Whether an element is printed in white and nothing behind it may have another colour."""
    if not is_white(colours(element.get("style") or "").ink or element.get("color")):
        return False
    if any(one.get("color") or "color" in (one.get("style") or "") for one in element.iterdescendants()):
        return False  # something in it can be seen
    for around in (element, *element.iterancestors()):
        paper = colours(around.get("style") or "").paper or around.get("bgcolor")
        if paper or around.get("background"):
            return is_white(paper)
    return not sheet.paper


def names(element: Any) -> Iterator[str]:
    """The words of an element's class and id, without states ("has-sidebar") and variants ("body--sidebar")."""
    given = f"{element.get('class') or ''} {element.get('id') or ''}"
    for token in given[:500].split():
        words = re.split(r"[_:-]{1,9}", _CAMEL.sub("-", token.partition("--")[0]).lower())
        if words[0] not in _STATES:
            yield from words


def why_furniture(element: Any, sizes: Sizes, whole: int) -> str | None:
    """Why an element is a part of the site and not of the document (of `whole` letters), or None."""
    known = rules()
    if element.tag in known.furniture:
        return f"<{element.tag}>"
    if (role := element.get("role")) in known.roles:
        return str(role)
    small = (
        sizes.text * 5 < whole or sizes.linked * 2 > sizes.text
    )  # a name alone does not outweigh many words
    if small and element.tag not in {"html", "body", "main", "article", "p", "h1", "h2", "h3"}:
        for name in names(element):
            if name in known.boxes:
                return name
    if (
        element.tag in {"ul", "ol", "div", "section", "header", "td"}
        and sizes.links >= _MIN_LINKS
        and sizes.linked * 4 >= sizes.text * 3
    ):
        return "links"
    return None
