"""What is open and what comes next, over all events."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from onrecord.export import visible
from onrecord.store.listing import Filed
from onrecord.web.exchange import Ask, Page, link
from onrecord.web.shelf import Shelf

KINDS = ("left_open", "expected", "next_step", "promised", "demanded")
"""What somebody may have to come back to."""
_SHOWN = 50


def page(shelf: Shelf, ask: Ask) -> Page:
    """Open points and next steps, those of the last added records first."""
    kind = ask.asked("kind") if ask.asked("kind") in KINDS else ""
    before = ask.number("before", 0) or None
    found = shelf.archive.statements([kind] if kind else KINDS, limit=_SHOWN + 1, before=before)
    rows = [shown(one, ask) for one in as_told(found[:_SHOWN])]
    onward = link("/open", kind=kind, before=found[_SHOWN - 1].number) if len(found) > _SHOWN else ""
    given = {
        "rows": rows,
        "kind": kind,
        "kinds": [(one, link("/open", kind=one)) for one in KINDS],
        "next": onward,
    }
    return Page(
        "open.html", ask.said("web.open.title"), given, {"statements": found[:_SHOWN], "next": onward}
    )


def as_told(found: Iterable[Filed]) -> list[Filed]:
    """Texts in the order given, the last added first; the lines of each as they follow in it."""
    texts = [list(held) for _, held in groupby(found, lambda one: one.link.rpartition("/")[0])]
    return [one for held in texts for one in reversed(held)]


def shown(one: Filed, ask: Ask) -> dict[str, Any]:
    """A statement as a line of a list."""
    return {
        "kind": one.kind,
        "kind_name": ask.said(f"statement.{one.kind}"),
        "text": visible.line(one.text),
        "speaker": one.speaker,
        "speaker_link": link("/speaker", name=one.speaker) if one.speaker else "",
        "event": visible.line(one.title or one.account),
        "event_link": f"/e/{one.event}",
        "date": one.date,
        "shown_date": ask.said.date(one.date) if one.date else "",
        "language": one.language,
        "account": visible.line(one.account),
        "link": one.link,
    }
