"""One answer in four forms: HTML for people, and the same as JSON, Markdown or XML for programs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

import msgspec

from onrecord.export import visible
from onrecord.export.delivery import encoded
from onrecord.export.markdown import escape as plain
from onrecord.export.typesetting import template
from onrecord.ui import languages
from onrecord.web.exchange import Ask, Form, Page, link
from onrecord.web.words import ROOT

MEDIA: dict[Form, str] = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "md": "text/markdown; charset=utf-8",
    "xml": "application/xml",
}
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DEEPEST = 12  # levels of plain data that are written out; ours have five


class Written(NamedTuple):
    """Forms that are more than plain data: a record has its own JSON, minutes and TEI."""

    json: Callable[[], bytes]
    md: Callable[[], bytes]
    xml: Callable[[], bytes]
    xml_type: str = "application/xml"


def written(page: Page, ask: Ask) -> tuple[bytes, str]:
    """A page in the form that was asked for, and its media type."""
    if ask.form == "html":
        return encoded(html(page, ask)), MEDIA["html"]
    if isinstance(page.data, Written):
        made: Callable[[], bytes] = getattr(page.data, ask.form)
        return made(), page.data.xml_type if ask.form == "xml" else MEDIA[ask.form]
    data = msgspec.to_builtins(page.data)
    if ask.form == "json":
        return msgspec.json.encode(data) + b"\n", MEDIA["json"]
    lines = _markdown(data, page.title) if ask.form == "md" else _xml(data)
    return encoded("\n".join(lines) + "\n"), MEDIA[ask.form]


def html(page: Page, ask: Ask) -> str:
    """A page as HTML."""
    chosen = [(code, link(ask.path, **{**ask.query, "ui": code})) for code in languages()]
    return template(page.template, ROOT / "templates").render(
        ask=ask,
        said=ask.said,
        title=page.title,
        style=page.style,
        link=link,
        languages=chosen,
        **page.shown,
    )


# ------------------------------------------------------------------------------------------------ plain data


def _markdown(data: Any, title: str) -> Iterator[str]:
    yield f"# {plain(visible.line(title))}"
    yield ""
    yield from _listed(data, 0)


def _listed(data: Any, depth: int) -> Iterator[str]:
    """Plain data as nested lists."""
    pairs = data.items() if isinstance(data, dict) else enumerate(data, 1) if isinstance(data, list) else []
    for name, value in pairs:
        lead = f"{'  ' * depth}- " + (f"**{plain(str(name))}**: " if isinstance(data, dict) else "")
        if isinstance(value, dict | list) and depth < _DEEPEST:
            yield lead.rstrip() if isinstance(data, dict) else f"{lead}{name}"
            yield from _listed(value, depth + 1)
        elif value is not None:
            yield lead + plain(visible.line(str(value)))


def _xml(data: Any) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield from _element("answer", data, 0)


def _element(name: str, value: Any, depth: int) -> Iterator[str]:
    """Plain data as elements named by its keys; the items of a list are called `item`."""
    tag = name if re.fullmatch(r"[a-z][a-z_]{0,40}", name) else "entry"
    named = "" if tag == name else f" name={quoteattr(_safe(name))}"
    pairs = (
        list(value.items())
        if isinstance(value, dict)
        else [("item", one) for one in value]
        if isinstance(value, list)
        else None
    )
    if pairs is None or depth > _DEEPEST:
        shown = "" if value is None else escape(_safe(str(value)))
        yield f"{'  ' * depth}<{tag}{named}>{shown}</{tag}>"
        return
    yield f"{'  ' * depth}<{tag}{named}>"
    for key, one in pairs:
        yield from _element(str(key), one, depth + 1)
    yield f"{'  ' * depth}</{tag}>"


def _safe(text: str) -> str:
    """Text for XML 1.0, which has no form at all for most control characters."""
    return _NOT_XML.sub("\ufffd", text)
