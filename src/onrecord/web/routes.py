"""Which page answers which address."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from onrecord.web import (
    alerts,
    comparing,
    correcting,
    events,
    home,
    open_points,
    quotations,
    reading,
    searching,
    speakers,
)  # fmt: skip
from onrecord.web.exchange import Answer, Ask, Problem
from onrecord.web.shelf import Shelf

_EVENT = r"/e/(?P<event>[a-z0-9-]{1,64})"
_VERSION = _EVENT + r"/v/(?P<version>[a-z0-9]{8,52}-[a-z0-9]{6,52})"
_ITEM = r"/(?P<item>[taqf][0-9]{1,9}(?:\.[0-9]{1,4})?|c[0-9]{1,12}-[0-9]{1,12})"

Answering = Callable[..., Answer]
"""A page: called with the shelf, the request, and the named parts of the address."""


class Route(NamedTuple):
    """Addresses of one form, by the method that is used on them."""

    form: re.Pattern[str]
    get: Answering | None = None
    post: Answering | None = None


def _route(form: str, get: Answering | None = None, post: Answering | None = None) -> Route:
    return Route(re.compile(form), get, post)


ROUTES = (
    _route("/", home.page),
    _route("/read", home.again, home.read),
    _route("/events", events.all_events),
    _route(_EVENT, events.event),
    _route(_EVENT + "/compare", comparing.of_event),
    _route(_EVENT + _ITEM, events.current_item),
    _route(_VERSION, reading.page),
    _route(_VERSION + "/about", events.version),
    _route(_VERSION + "/ledger", reading.ledger),
    _route(_VERSION + "/source", events.source_bytes),
    _route(_VERSION + "/as/(?P<name>[a-z0-9_-]{1,40})", events.exported),
    _route(_VERSION + "/correct" + _ITEM, correcting.form, correcting.correct),
    _route(_VERSION + "/undo/(?P<correction>[0-9a-f]{12})", None, correcting.undo),
    _route(_VERSION + _ITEM, reading.item),
    _route("/compare", comparing.chosen),
    _route("/check", quotations.page, quotations.article),
    _route("/search", searching.page),
    _route("/speaker", speakers.page),
    _route("/open", open_points.page),
    _route("/alerts", alerts.page, alerts.save),
    _route("/alerts/forget", None, alerts.forget),
    _route("/alerts/(?P<name>.{1,300})", alerts.feed),
)


def answer(shelf: Shelf, fetching: bool, ask: Ask) -> Answer:
    """The answer to a request; `Problem` 404 where no page has that address, 405 where it is not used so."""
    for route in ROUTES:
        found = route.form.fullmatch(ask.path)
        if found is None:
            continue
        page = route.post if ask.method == "POST" else route.get
        if page is None:
            raise Problem(405, "not_so")
        given = found.groupdict()
        return (
            page(shelf, ask, fetching=fetching, **given) if page is home.read else page(shelf, ask, **given)
        )
    raise Problem(404, "no_page")
