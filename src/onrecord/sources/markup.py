"""A cheap look at HTML before any tree is built: its charset, its shape, and whether it was cut off.

Tree builders fail silently on two shapes: libxml2 stops at 256 nested elements and loses the rest, and a
tag with very many attributes costs quadratic time. Both are flattened here, and said.

>>> tame("<p " + "x=1 " * 5000 + ">Good evening.</p>")[0]
'<p >Good evening.</p>'
"""

from __future__ import annotations

import re

from onrecord.sources.limits import MAX_DEPTH
from onrecord.sources.reading import ReaderNote

_LONG_TAG = 8192
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]{0,40})([^<>]*)>")
_META = re.compile(rb"<meta\b[^<>]{0,300}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_:.-]{2,40})", re.I)
_XML = re.compile(rb"<\?xml[^<>]{0,100}?encoding\s{0,9}=\s{0,9}[\"']([A-Za-z0-9_.-]{2,40})", re.I)
_OPEN_ENDED = re.compile(r"<(?:html|body)\b", re.I)
_CLOSED = re.compile(r"</(?:html|body)\s{0,9}>", re.I)
# Elements whose end may be left out, or that have none: counting them would find depth where there is none.
_SELF_CLOSING = frozenset(
    {
        "p",
        "li",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "tfoot",
        "option",
        "optgroup",
        "colgroup",
        "rp",
        "rt",
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "html",
        "head",
        "body",
    }
)
# A browser shows what stands behind the ends of these; libxml2 would begin a second tree there.
_LAST = frozenset({"html", "body"})
# Elements whose content is not markup, with their ends.
_RAW = {tag: re.compile(rf"</{tag}\b", re.I) for tag in ("script", "style", "textarea", "title")}
_INLINE = frozenset(
    {"a", "abbr", "b", "big", "em", "font", "i", "mark", "s", "small", "span", "strong", "sub", "sup", "u"}
)


def declared_charset(data: bytes) -> str | None:
    """The charset that the page's first kilobytes declare."""
    head = data[:8192]
    match = _META.search(head) or _XML.search(head)
    return match[1].decode("ascii") if match else None


def tame(markup: str) -> tuple[str, list[ReaderNote]]:
    """The markup without overlong tags and excessive nesting, and notes on what was flattened."""
    pieces: list[str] = []
    at = depth = long = deep = 0
    skipped: dict[str, int] = {}
    script_until = 0
    endless = ""
    for match in _TAG.finditer(markup):
        closing, tag, rest = match[1], match[2].lower(), match[3]
        if match.start() < script_until:
            continue
        if tag in _RAW and not closing:
            end = _RAW[tag].search(markup, match.end())
            script_until = end.start() if end else len(markup)
            endless = endless or ("" if end else tag)
        if closing and tag in _LAST:
            pieces.append(markup[at : match.start()])
            at = match.end()
        if len(rest) > _LONG_TAG:
            long += 1
            pieces += (markup[at : match.start()], f"<{closing}{tag} >")
            at = match.end()
        if tag in _SELF_CLOSING or rest.endswith("/"):
            continue
        if not closing:
            depth += 1
            drop = depth > MAX_DEPTH
            if drop:
                skipped[tag] = skipped.get(tag, 0) + 1
        else:
            drop = depth > MAX_DEPTH and skipped.get(tag, 0) > 0
            depth -= 1 if drop or 0 < depth <= MAX_DEPTH else 0
            if drop:
                skipped[tag] -= 1
        if drop and match.start() >= at:
            deep += 1
            pieces += (markup[at : match.start()], "" if tag in _INLINE else "<br>")
            at = match.end()
    pieces.append(markup[at:])
    notes = _flattened(long, deep)
    if endless:
        notes.append(
            ReaderNote("truncated", f"a <{endless}> never ends: what follows it is no text of the page")
        )
    return "".join(pieces), notes


def _flattened(long: int, deep: int) -> list[ReaderNote]:
    notes = []
    if long:
        notes.append(
            ReaderNote(
                "limit", f"{long} tag(s) longer than {_LONG_TAG} characters; their attributes were left out"
            )
        )
    if deep:
        notes.append(
            ReaderNote(
                "limit", f"nested more than {MAX_DEPTH} deep; {deep} tags were flattened, no words lost"
            )
        )
    return notes


def looks_truncated(markup: str) -> str | None:
    """Why the page looks cut off, or None."""
    last = markup.rfind("<")
    if last > markup.rfind(">") and markup[last + 1 : last + 2].strip(" \t\n!?/").isalpha():
        return "looks truncated: it ends inside a tag"
    if _OPEN_ENDED.search(markup[:20000]) and not _CLOSED.search(markup[-20000:]):
        return "looks truncated: </body> and </html> are missing"
    return None
