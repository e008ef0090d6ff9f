"""Is everything still there? What a tolerant look at the source sees, against what its reader kept or said it left out.

Readers lose words silently where a tree builder gives up, a stack of tags is misread, or a new kind of element is
unknown to them. So the letters (all characters but white space) of the source are counted again by a second way that
knows nothing of trees, and a gap becomes a note: kind `lost`.

>>> seen_in_markup("<p>Good <b>evening</b>, &eacute;tat.<script>no()</script><!-- no -->")
17
>>> lost(1000, 880, 100) is None, lost(1000, 500, 100).message
(True, 'about 400 of 1000 letters of the source are neither in the text nor among what was left out')
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from onrecord.sources.reading import ReaderNote

_SLACK = 40  # letters: a broken tag at the end, an attribute with a bracket in it
_SHARE = 0.02  # of the source, for the same reasons, where it is long
_TAG = re.compile(r"<(?:!--|!|\?|(/?)([A-Za-z][^\s<>/]{0,60}))")
RAW = frozenset({"script", "style", "title", "textarea", "template", "xmp", "noembed", "noframes", "iframe"})
"""Elements of HTML whose content a browser does not show, or takes for no markup."""
_QUOTED = re.compile(r"[\"'>]")
# No character has so many digits, and Python makes no integer of very many.
_NO_CHARACTER = re.compile(r"&#(?:[0-9]{9}[0-9]*|[xX][0-9a-fA-F]{8}[0-9a-fA-F]*);?")


def letters(text: str | None) -> int:
    """How many characters are no white space."""
    return len("".join(text.split())) if text else 0


def lost(seen: int, kept: int, left_out: int) -> ReaderNote | None:
    """The note on a gap, or None where there is none to speak of."""
    gap = seen - kept - left_out
    if gap <= max(_SLACK, _SHARE * seen):
        return None
    return ReaderNote(
        "lost",
        f"about {gap} of {seen} letters of the source are neither in the text nor among what was left out",
    )


def seen_in_markup(markup: str, raw: frozenset[str] = RAW) -> int:
    """The letters between the tags of a page, entities resolved, without comments and the elements in `raw`."""
    return letters(html.unescape(_NO_CHARACTER.sub("\ufffd", "".join(_between(markup, raw)))))


def _between(markup: str, raw: frozenset[str]) -> Iterator[str]:
    """What stands between tags. Every search goes on from where the last one ended, so that all of it is linear."""
    at = 0
    closers = _Closers(markup)
    while (tag := _TAG.search(markup, at)) is not None:
        yield markup[at : tag.start()]
        opened = tag[0]
        if opened == "<!--":
            at = closers.past("-->", tag.end())
        elif tag[2] is None:
            at = closers.past(">", tag.end())
        else:
            at = closers.past_tag(tag.end())
            name = tag[2].lower()
            if not tag[1] and name in raw:
                at = closers.past_element(name, at)
    yield markup[at:]


class _Closers:
    """Ends of things that began; what was not found once is not looked for again."""

    def __init__(self, markup: str) -> None:
        self._markup = markup
        self._absent: set[str] = set()

    def past(self, closer: str, start: int) -> int:
        """Behind the next `closer`, or the end of the markup."""
        found = self._find(closer, start)
        return found + len(closer) if found >= 0 else len(self._markup)

    def past_tag(self, start: int) -> int:
        """Behind the ">" of a tag, brackets in quoted attributes passed over."""
        at = start
        while (mark := _QUOTED.search(self._markup, at)) is not None:
            at = mark.end()
            if mark[0] == ">":
                return at
            close = self._find(mark[0], at)
            at = close + 1 if close >= 0 else at
        return len(self._markup)

    def past_element(self, name: str, start: int) -> int:
        """Behind the end tag of an element whose content is no markup."""
        key = f"</{name}"
        if key in self._absent:
            return len(self._markup)
        found = re.compile(re.escape(key), re.I).search(self._markup, start)
        if found is None:
            self._absent.add(key)
            return len(self._markup)
        return self.past(">", found.end())

    def _find(self, what: str, start: int) -> int:
        if what in self._absent:
            return -1
        found = self._markup.find(what, start)
        if found < 0:
            self._absent.add(what)
        return found


def seen_in_json(document: Any, keys: frozenset[str]) -> int:
    """The letters of all strings that stand under one of the keys, wherever in the document; each list item too."""
    total = 0
    waiting = [(document, False)]
    while waiting:
        value, counted = waiting.pop()
        if isinstance(value, dict):
            waiting += [(item, key in keys) for key, item in value.items()]
        elif isinstance(value, list):
            waiting += [(item, counted) for item in value]
        elif counted and isinstance(value, str):
            total += letters(value)
    return total
