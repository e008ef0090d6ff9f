"""The reading page of a version, one turn of it by itself, and its whole ledger."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from msgspec.structs import replace

from onrecord.errors import NoInput
from onrecord.export import citation, floor
from onrecord.export.leaves import Passage
from onrecord.export.ledger import ORDER, Group
from onrecord.export.passages import Overlay
from onrecord.export.sheet import Onward, Sheet, Spread
from onrecord.export.shown import Shown
from onrecord.export.typesetting import template
from onrecord.model import Flag, Quote, Record, Source, Statement, Turn
from onrecord.record import encode
from onrecord.spans import Span
from onrecord.store.places import item_span
from onrecord.ui import Words
from onrecord.web import opening
from onrecord.web.exchange import Ask, Page, link
from onrecord.web.forms import Written
from onrecord.web.held import Held
from onrecord.web.paged import Leaf, Pages, paginate
from onrecord.web.shelf import Reading, Shelf
from onrecord.web.words import ROOT

_AROUND = 32  # characters before and after a place, as a W3C TextQuoteSelector gives them
_LINES = 100  # of the ledger on one page


def page(shelf: Shelf, ask: Ask, event: str, version: str) -> Page:
    """The reading page: the answer first, then the text with its margins, a page of it at a time."""
    held = shelf.held(version, event)
    if ask.form != "html":
        return Page("", "", {}, forms(shelf.read(held).record))
    number = ask.number("page")
    printed = shelf.printed(
        ("page", number, ask.said.language), held, lambda: _set(shelf, held, ask.said, number), Printed.weight
    )
    shown = {
        **about(shelf, held),
        "source": printed.source,
        "printed": printed,
        "added": ask.asked("added") if ask.asked("added") in ("new", "version", "revision", "same") else "",
        "done": next((one for one in held.standing if one.id == ask.asked("done")), None),
        "current": shelf.archive.resolve(held.path).current,
    }
    return Page("reading.html", printed.title, shown, None, style=printed.rules)


class Printed(NamedTuple):
    """The text of a page as it is set, the same for everybody, and what its frame must know of it."""

    html: str
    rules: str
    title: str
    citation: str
    counted: str
    front: bool
    onward: tuple[Onward, ...]
    source: Source

    def weight(self) -> int:
        """Its length in characters."""
        return len(self.html)


def _set(shelf: Shelf, held: Held, said: Words, number: int) -> Printed:
    """Set a page of a version."""
    sheet, cut = _first(shelf, held, said) if number == 1 else _any(shelf, held, said)
    leaf = Leaf(sheet, cut, number, held.path, said, readonly=shelf.readonly)
    source = sheet.record.sources[0]
    html = template("record.html", ROOT / "templates").render(
        sheet=sheet, spread=leaf, said=said, record=sheet.record, source=source
    )
    counted = said("web.page.of", n=leaf.number, of=len(cut.starts))
    bare = replace(source, text="", notes=(), languages=())
    return Printed(html, leaf.rules, sheet.title, sheet.citation, counted, leaf.front, leaf.onward, bare)


def _any(shelf: Shelf, held: Held, said: Words) -> tuple[Sheet, Pages]:
    """What any page of a version is made from: the whole record."""
    reading = shelf.read(held)
    sheet = shelf.sheet(reading, said)
    return sheet, pages(shelf, reading, sheet)


def _first(shelf: Shelf, held: Held, said: Words) -> tuple[Shown, Pages]:
    """What the first page is made from: of a long record what was kept of it; what was not is worked out and kept."""
    if opened := shelf.opened(held, said):
        return opened, opened.pages
    sheet, cut = _any(shelf, held, said)
    opening.put(shelf.archive, held, sheet, cut)
    return sheet, cut


def common(shelf: Shelf, reading: Reading) -> dict[str, Any]:
    """What every page about one version shows."""
    return {**about(shelf, reading), "record": reading.record, "source": reading.record.sources[0]}


def about(shelf: Shelf, held: Held) -> dict[str, Any]:
    """The same for a page that does without the record."""
    return {
        "reading": held,
        "path": held.path,
        "readonly": shelf.readonly,
        "standing": len(held.standing),
    }


def forms(record: Record) -> Written:
    """A record for programs: its JSON, its minutes, its TEI."""
    from onrecord.export.formats import export

    return Written(
        lambda: encode(record) + b"\n",
        lambda: export(record, "md"),
        lambda: export(record, "tei"),
        "application/tei+xml",
    )


def pages(shelf: Shelf, reading: Reading, sheet: Sheet) -> Pages:
    """How the text of a version is cut into pages."""
    return shelf.kept(("pages", sheet.said.language), reading, lambda: paginate(sheet))


# -------------------------------------------------------------------------------------------------- one item


class One(Leaf):
    """One stretch of a text by itself, with one item of it lit."""

    titled = False

    def __init__(self, leaf: Leaf, within: Span, lit: Iterable[Overlay]) -> None:
        self.pages, self.number, self.path, self.said = leaf.pages, 0, leaf.path, leaf.said
        self.readonly, self.front, self.history = leaf.readonly, False, leaf.history
        self.lit = tuple(lit)
        Spread.__init__(self, leaf.sheet, within)

    def bind(self, within: Span | None) -> Iterable[tuple[Passage, ...]]:
        """The stretch in leaves, with the item lit."""
        return self.sheet.leaves(within, self.lit)

    @property
    def onward(self) -> tuple[Onward, ...]:
        """Nothing: the page has its own links to the turns around it."""
        return ()


def item(shelf: Shelf, ask: Ask, event: str, version: str, item: str) -> Page:
    """One turn by itself, for links: its words, who speaks, why we think so, and the citation."""
    reading = shelf.reading(version, event)
    record = reading.record
    span = item_span(record, item)
    if span is None:
        raise NoInput(f"this version has no {item}; a correction may have taken it away")
    turn = next((one for one in record.turns if one.span.holds(span)), None)
    sheet = shelf.sheet(reading, ask.said)
    leaf = Leaf(sheet, pages(shelf, reading, sheet), 1, reading.path, ask.said, readonly=shelf.readonly)
    lit = Overlay(record.sources[0].id, span, "here", ("hit", "lit")) if item[0] != "t" else None
    one = One(leaf, _around(record, turn, span), [lit] if lit else [])
    order = [known.id for known in record.turns]
    at = order.index(turn.id) if turn else -1
    shown = {
        **common(shelf, reading),
        "sheet": sheet,
        "spread": one,
        "item": item,
        "words": record.sources[0].text[span.start : span.end] if lit else "",
        "turn": turn,
        "cited": _cited(record, item, span, turn, sheet.said),
        "before": order[at - 1] if at > 0 else None,
        "after": order[at + 1] if 0 <= at < len(order) - 1 else None,
        "whole": leaf.to(item if item in leaf.pages.places else turn.id if turn else "").removeprefix("#"),
        "address": f"{ask.address}{reading.path}/{item}",
    }
    title = ask.said("web.item.title", what=_called(record, item, turn, sheet.said), name=sheet.title)
    return Page("item.html", title, shown, _selector(reading, item, span, turn), style=one.rules)


def _thing(record: Record, item: str) -> Statement | Quote | Flag | None:
    """The line, the quotation or the flag of this name; None for a turn and for plain characters."""
    held: tuple[Statement | Quote | Flag, ...] = (*record.statements, *record.quotes, *record.flags)
    return next((one for one in held if one.id == item), None)


def _called(record: Record, item: str, turn: Turn | None, said: Words) -> str:
    """What an item is, for the head of its page."""
    thing = _thing(record, item)
    if isinstance(thing, Statement):
        name = said(f"statement.{thing.kind}")
    elif isinstance(thing, Flag):
        name = said(f"flag.{thing.kind}")
    elif thing is not None:
        name = said("quotation.word")
    else:
        name = said("record.turn", n=floor.number_of(turn)) if turn else said("page.text")
    return name[:1].upper() + name[1:]


def _cited(record: Record, item: str, span: Span, turn: Turn | None, said: Words) -> str:
    """The citation of an item: of a turn as a whole, or of these characters of it."""
    if turn is not None and item == turn.id:
        return citation.cite(record, turn, said)
    thing = _thing(record, item)
    chain = thing.chain if isinstance(thing, Statement | Quote) else ()
    return citation.passage(record, span, turn, chain, said)


def _around(record: Record, turn: Turn | None, span: Span) -> Span:
    """What is shown of the text: the turn, or the lines in which the characters stand."""
    if turn is not None:
        return turn.span
    text = record.sources[0].text
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    return Span(start, end if end >= 0 else len(text))


def _selector(reading: Reading, item: str, span: Span, turn: Turn | None) -> dict[str, Any]:
    """The place of an item as data: exact characters with those around them, and the hash of the text."""
    source = reading.record.sources[0]
    return {
        "link": f"{reading.path}/{item}",
        "text_sha256": source.text_sha256,
        "start": span.start,
        "end": span.end,
        "exact": source.text[span.start : span.end],
        "prefix": source.text[max(0, span.start - _AROUND) : span.start],
        "suffix": source.text[span.end : span.end + _AROUND],
        "turn": turn,
    }


# ------------------------------------------------------------------------------------------------ the ledger


def ledger(shelf: Shelf, ask: Ask, event: str, version: str) -> Page:
    """Every line of the ledger, of one group or of all, a page at a time."""
    reading = shelf.reading(version, event)
    sheet = shelf.sheet(reading, ask.said)
    chosen = ask.asked("group") if ask.asked("group") in ORDER else ""
    found = [group for group in sheet.groups if group.name == chosen or not chosen]
    total = sum(len(group.entries) for group in found)
    number = ask.number("page")
    stretches = _slice(found, (number - 1) * _LINES, number * _LINES)
    leaf = Leaf(sheet, pages(shelf, reading, sheet), 1, reading.path, ask.said, readonly=shelf.readonly)
    shown = {
        **common(shelf, reading),
        "sheet": sheet,
        "spread": _Elsewhere(leaf),
        "stretches": stretches,
        "chosen": chosen,
        "total": total,
        "next": link(f"{reading.path}/ledger", group=chosen, page=number + 1)
        if total > number * _LINES
        else "",
    }
    lines = [entry.statement for one in stretches for entry in one.group.entries]
    groups = [{"name": group.name, "title": group.title, "total": len(group.entries)} for group in found]
    data = {"total": total, "groups": groups, "statements": lines}
    return Page("ledger.html", ask.said("ledger.title"), shown, data)


class _Stretch(NamedTuple):
    """Lines of one group on one page; `goes_on` if the group began on a page before."""

    group: Group
    goes_on: bool


def _slice(groups: Iterable[Group], low: int, high: int) -> list[_Stretch]:
    """Lines of several groups counted through; only these are written."""
    shown: list[_Stretch] = []
    for group in groups:
        if lines := group.entries[max(low, 0) : max(high, 0)]:
            shown.append(_Stretch(group._replace(entries=lines), low > 0))
        low, high = low - len(group.entries), high - len(group.entries)
    return shown


class _Elsewhere:
    """Links of a page that shows nothing of the text itself: all of them lead to the reading page."""

    def __init__(self, leaf: Leaf) -> None:
        self.leaf = leaf

    def href(self, name: str) -> str | None:
        places = self.leaf.pages.places
        page = self.leaf.pages.page_of(places.get(name, 0))
        return f"{link(self.leaf.path, page=page if page > 1 else '')}#{name}" if name in places else None
