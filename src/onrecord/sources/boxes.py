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

from onrecord.sources.stylesheet import hidden_names, why_unseen

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
    import tomllib

    table = tomllib.loads(Path(__file__).with_name("html.toml").read_text("utf-8"))
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


def sheet_of(root: Any) -> frozenset[str]:
    """The selectors that the page's own style sheets hide."""
    return hidden_names("\n".join(style.text or "" for style in root.iter("style")))


def why_hidden(element: Any, sheet: frozenset[str]) -> str | None:
    """Why a browser would not show this element, from its attributes and the style sheet; None when it would."""
    if element.tag in rules().unshown:
        return f"<{element.tag}>"
    if element.get("hidden") is not None and element.get("hidden") != "until-found":
        return "hidden attribute"
    classes = (element.get("class") or "").split()
    if any(name.lower() in rules().hidden for name in classes):
        return "class for screen readers"
    if sheet and (named := sheet & {*(f".{name}" for name in classes), f"#{element.get('id')}"}):
        return f"style sheet, {min(named)}"
    style = element.get("style")
    return why_unseen(style) if style else None


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
