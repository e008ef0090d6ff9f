"""Saved searches: what is new in them, here and as Atom feeds."""

from __future__ import annotations

from urllib.parse import quote

from onrecord.errors import NoInput, UsageError
from onrecord.export import visible
from onrecord.web.exchange import Ask, File, Page, Problem, Redirect
from onrecord.web.searching import FIELDS, filters
from onrecord.web.shelf import Shelf

_NEW = 5  # passages of one search that the page shows; the feed has the others


def page(shelf: Shelf, ask: Ask, *, says: str = "", status: int = 200) -> Page:
    """The saved searches with what is new in each."""
    new = {one.search.name: one for one in shelf.archive.alerts(mark=False)}
    rows = []
    for saved in shelf.archive.searches():
        alert = new.get(saved.name)
        passages = alert.passages if alert else ()
        rows.append(
            {
                "name": saved.name,
                "query": saved.query,
                "feed": f"/alerts/{quote(saved.name, safe='')}.xml",
                "added": saved.added,
                "new": len(passages),
                "more": bool(alert and alert.more),
                "passages": [
                    {"link": one.link, "speaker": one.speaker, "text": visible.line(one.text)[:240]}
                    for one in passages[:_NEW]
                ],
            }
        )
    shown = {"rows": rows, "says": says, "readonly": shelf.readonly, "csrf": ask.csrf}
    return Page("alerts.html", ask.said("web.alerts.title"), shown, {"searches": rows}, status)


def save(shelf: Shelf, ask: Ask) -> Page | Redirect:
    """Keep a search under a name."""
    wanted = filters(ask._replace(query={name: ask.posted.get(name, "") for name in FIELDS}))
    name = ask.posted.get("name", "").strip()[:120]
    try:
        shelf.archive.save_search(name, ask.posted.get("q", ""), wanted, time=ask.now)
    except UsageError as error:
        return page(shelf, ask, says=visible.line(str(error)), status=400)
    return Redirect("/alerts")


def forget(shelf: Shelf, ask: Ask) -> Redirect:
    """Drop a saved search; one that is gone already is gone."""
    known = {one.name for one in shelf.archive.searches()}
    if ask.posted.get("name", "") in known:
        shelf.archive.forget_search(ask.posted["name"])
    return Redirect("/alerts")


def feed(shelf: Shelf, ask: Ask, name: str) -> File | Redirect:
    """The Atom feed of a saved search."""
    if ask.form != "xml":
        return Redirect("/alerts")
    try:
        made = shelf.archive.feed(name, ask.address)
    except NoInput as error:
        raise Problem(404, "no_search") from error
    return File(made.encode(), "application/atom+xml")
