"""HTML: the document on a web page, one paragraph a line, without the site around it and without hidden
words.

Recall first: a whole region is chosen only when it plainly holds the document, and what is left out is
said. The tree is lxml's; the choice of text is ours, because extractors tuned for articles drop short
paragraphs ("No.") and keep what a browser hides.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from onrecord.sources import boxes, encoding
from onrecord.sources.conservation import RAW, letters, lost, seen_in_markup
from onrecord.sources.encoding import decode
from onrecord.sources.imprint import imprint
from onrecord.sources.limits import NOTES
from onrecord.sources.markup import declared_charset, looks_truncated, tame
from onrecord.sources.page import Page, Run
from onrecord.sources.plain import charset
from onrecord.sources.reading import Declined, ReaderNote, Reading, of_bytes

_BOLD = frozenset({"b", "strong", "dt", "th"})
_REGION_SHARE = 0.7  # of the page's words that one region must hold to be the document
_CELL = 60  # characters; a row with a longer cell is prose, and its cells are lines
_PROSE_ROWS = 3  # a table of which one row in three is prose is one of speech: its short rows are lines, too


def prepare() -> None:
    """Load all that reading needs, before files are out of reach."""
    import lxml.html  # noqa: F401

    encoding.prepare()
    boxes.rules()


def read(name: str, data: bytes, declared_type: str | None) -> Reading:
    """Extract the document; what is hidden, left out, cut off or flattened is noted."""
    import lxml.etree
    import lxml.html

    markup, _, encoding_notes = decode(data, declared_charset(data) or charset(declared_type))
    markup, zeros = _without_zeros(markup.replace("\r\n", "\n").replace("\r", "\n"))
    tamed, notes = tame(_without_declaration(markup))
    notes += zeros
    if (cut := looks_truncated(markup)) is not None:
        notes.append(ReaderNote("truncated", cut))
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    try:
        root = lxml.html.document_fromstring(
            tamed.encode("utf-8", "replace"), parser=parser, ensure_head_body=True
        )
    except lxml.etree.ParserError:  # nothing but a declaration or comments
        raise Declined("no text that a browser would show", final=True) from None
    body = root.find("body")
    extraction = _Extraction(body if body is not None else root, boxes.sheet_of(root))
    text, layout = extraction.page.done()
    notes = [*of_bytes(encoding_notes), *notes, *extraction.notes()]
    if (gap := lost(seen_in_markup(markup), letters(text), extraction.left_out)) is not None:
        notes.append(gap)
    if not text:
        frames = next(root.iter("frame", "iframe"), None) is not None
        why = "; its frames show other documents: give those" if frames else ""
        raise Declined(f"no text that a browser would show{why}", final=True)
    version = f"html 1, lxml {lxml.__version__}"
    return Reading(text, "text/html", version, layout, tuple(notes), imprint(root))


def _without_zeros(markup: str) -> tuple[str, list[ReaderNote]]:
    """The page without its zero bytes, and a note: a browser shows none, and inside a tag they hide the tag."""
    count = markup.count("\0")
    if not count:
        return markup, []
    many = f"{count} zero byte{'s' if count > 1 else ''} (NUL)"
    message = f"{many} in the page, the first at character {markup.index(chr(0))} of its source; left out"
    return markup.replace("\0", ""), [ReaderNote("nul", message)]


def _without_declaration(markup: str) -> str:
    """libxml2 would believe the encoding of an XML declaration; the characters are decoded already."""
    start = markup.lstrip()
    return start.partition("?>")[2] if start.startswith("<?xml") else markup


class _Extraction:
    """One walk through the tree, in the order of the page, with a stack of its own."""

    def __init__(self, body: Any, sheet: boxes.Sheet) -> None:
        self.page = Page()
        self._sheet = sheet
        self._run = Run()
        self._sizes = boxes.measure(body)
        self._whole = max(self._sizes[body].text, 1)
        self._hidden: list[ReaderNote] = []
        self._furniture: dict[str, int] = {}
        self._comments = 0
        self._frames = 0
        self.left_out = 0  # letters, each said in a note
        self._row: Any = None  # the row that was looked at last, and whether its cells are lines
        self._prose = False
        self._speech: dict[Any, bool] = {}  # whether a table is one of speech
        region = self._region(body)
        if region is not body:
            self._title_before(body, region)
        self._walk(region)
        self._close()

    def _region(self, body: Any) -> Any:
        """The smallest <main>, <article> … that holds most of the page's words outside its furniture, else
        the body.
        """
        outside = sum(
            self._sizes[e].text
            for e in body.iter("nav", "footer", "aside")
            if not any(a.tag in {"nav", "footer", "aside"} for a in e.iterancestors())
        )
        enough = (self._whole - outside) * _REGION_SHARE
        best = body
        for element in body.iter():
            if element not in self._sizes or not _names_document(element):
                continue
            if enough <= self._sizes[element].text <= self._sizes[best].text:
                best = element
        if best is not body:
            left = self._whole - self._sizes[best].text
            if left:
                self._furniture[f"outside <{best.tag}>"] = left
                self.left_out += _weight(body) - _weight(best)
        return best

    def _title_before(self, body: Any, region: Any) -> None:
        """A headline often stands above the region that holds the words."""
        inside = set(region.iter("h1"))
        ancestors = set(region.iterancestors())
        for heading in body.iter("h1"):
            if inside or heading in ancestors or self._sizes[heading].text > 300:
                return
            run = Run()
            run.add(" ".join(heading.itertext()))
            self.left_out -= _weight(heading)
            self.page.put(run, "heading", "1")
            return

    # ------------------------------------------------------------------------------------------ the walk

    def _walk(self, region: Any) -> None:
        stack: list[tuple[Any, bool, bool, bool]] = [
            (region, False, False, True)
        ]  # element, bold, exact, entering
        while stack:
            element, bold, exact, entering = stack.pop()
            if not entering:
                self._leave(element)
                if element is not region and element.tail:
                    self._run.add(element.tail, bold=bold, exact=exact)
                continue
            stack.append((element, bold, exact, False))  # its tail is in its parent's type
            if self._left_out(element, region):
                continue
            self._enter(element)
            bold = bold or _is_bold(element) or self._is_term(element)
            exact = exact or element.tag in {"pre", "listing", "xmp", "plaintext"}
            if element.text:
                self._run.add(element.text, bold=bold, exact=exact)
            stack += [(child, bold, exact, True) for child in reversed(element)]

    def _left_out(self, element: Any, region: Any) -> bool:
        if not isinstance(element.tag, str):  # a comment or an instruction
            self._comments += len((element.text or "").split()) if callable(element.tag) else 0
            return True
        sizes = self._sizes.get(element)
        if sizes is None:
            self._unread(element)
            return True
        most = element is region or sizes.text * 2 > self._whole
        # A style sheet that hides most of the page is one whose script shows it again.
        if (why := boxes.why_hidden(element, boxes.Sheet() if most else self._sheet)) is not None:
            self._hide(element, why)
            return True
        if most:
            return False
        if (why := boxes.why_furniture(element, sizes, self._whole)) is not None:
            self._furniture[why] = self._furniture.get(why, 0) + sizes.text
            self.left_out += _weight(element)
            return True
        return False

    def _unread(self, element: Any) -> None:
        """Pictures, frames and players may hold words in place of themselves; scripts hold none."""
        if element.tag == "iframe" and (element.get("srcdoc") or element.get("src")):
            self._frames += 1
        if element.tag not in {"script", "style"}:
            count = sum(map(letters, element.itertext()))
            if count:
                why = f"<{element.tag}>"
                self._furniture[why] = self._furniture.get(why, 0) + count
                self.left_out += _weight(element)

    def _hide(self, element: Any, why: str) -> None:
        words = " ".join(" ".join(element.itertext()).split())
        self.left_out += _weight(element)
        if words and len(self._hidden) < NOTES:
            shown = words if len(words) <= 80 else words[:79] + "…"
            self._hidden.append(
                ReaderNote("hidden", f"words that a browser does not show ({why}), left out: {shown}")
            )
        elif words and len(self._hidden) == NOTES:
            self._hidden.append(
                ReaderNote("hidden", f"more hidden words; the first {NOTES} places are listed")
            )

    def _enter(self, element: Any) -> None:
        tag = element.tag
        if tag == "br":
            self._break(element)
        elif tag in {"td", "th"}:
            self._cell(element)
        elif tag in boxes.rules().blocks:
            self._close()

    def _leave(self, element: Any) -> None:
        tag = element.tag
        if tag in _HEADINGS:
            self._close(tag[1])
        elif tag in boxes.rules().blocks:
            self._close()

    def _break(self, element: Any) -> None:
        """A line break; two of them end the paragraph."""
        if self._run.ends_line():
            self._close()
        else:
            self._run.add("\n", exact=True)

    def _cell(self, element: Any) -> None:
        """Cells of figures stay on one line; where one holds prose, a speaker's name and his words get a
        line each.
        """
        row = element.getparent()
        if row is not self._row:
            self._row = row
            self._prose = self._holds_prose(row) or self._of_speech(row)
        if self._prose or element.getprevious() is None:
            self._close()
        else:
            self._run.add(" ")

    def _holds_prose(self, row: Any) -> bool:
        return any(cell in self._sizes and self._sizes[cell].text > _CELL for cell in row)

    def _of_speech(self, row: Any) -> bool:
        table = row.getparent()
        if table not in self._speech:
            prose = sum(map(self._holds_prose, table))
            self._speech[table] = prose > 0 and prose * _PROSE_ROWS >= len(table)
        return self._speech[table]

    def _is_term(self, element: Any) -> bool:
        """Whether this is where a table of speech has its speaker."""
        return element.tag == "td" and self._prose and element.getprevious() is None

    def _close(self, level: str | None = None) -> None:
        run, self._run = self._run, Run()
        if level is not None:
            self.page.put(run, "heading", level)
        else:
            self.page.put(run)

    # ----------------------------------------------------------------------------------------- the notes

    def notes(self) -> Iterator[ReaderNote]:
        """What of the page is not in the text."""
        yield from self._hidden
        if self._comments > 3:
            yield ReaderNote("hidden", f"comments in the page's source ({self._comments} words), left out")
        if self._frames:
            many = "a frame is" if self._frames == 1 else f"{self._frames} frames are"
            yield ReaderNote("unread", f"{many} not read: what a browser shows there is another document")
        if self._furniture:
            parts = ", ".join(f"{why} ({count})" for why, count in list(self._furniture.items())[:12])
            total = sum(self._furniture.values())
            yield ReaderNote(
                "dropped", f"parts of the site, not of the document, left out ({total} letters): {parts}"
            )


def _weight(element: Any) -> int:
    """All letters of an element and what is in it, but for scripts and styles."""
    total = -letters(element.tail)
    for one in element.iter():
        total += letters(one.tail)
        if isinstance(one.tag, str) and one.tag not in RAW:
            total += letters(one.text)
    return total


_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def _names_document(element: Any) -> bool:
    return (
        element.tag in {"main", "article"}
        or element.get("role") == "main"
        or "articleBody" in (element.get("itemprop") or "")
    )


def _is_bold(element: Any) -> bool:
    if element.tag in _BOLD:
        return True
    style = (element.get("style") or "")[:2000].replace(" ", "").lower()
    return any(f"font-weight:{weight}" in style for weight in ("bold", "600", "700", "800", "900"))
