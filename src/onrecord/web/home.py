"""The first page: give a text, a file or an address, and read its record."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from onrecord.errors import BadData, OnrecordError, Unreadable, UsageError
from onrecord.export import visible
from onrecord.ui.told import because
from onrecord.web.events import chosen, row, title
from onrecord.web.exchange import Ask, Page, Problem, Redirect, Upload, link
from onrecord.web.shelf import Shelf

if TYPE_CHECKING:
    from onrecord.sources import Opened

MAX_PASTED = 5_000_000
"""Characters of a pasted text; a day of a parliament is about a million."""
_NEWEST = 12
_ADDRESS = re.compile(r"https?://[^\s]{1,390}", re.IGNORECASE)
_NAME, _LINE = 48, 400  # characters of the name of a pasted text, and of the text that are looked at for it
_ROBOTS = 500_000  # characters of a robots.txt that are read, as RFC 9309 asks at least


def page(shelf: Shelf, ask: Ask, *, says: str = "", status: int = 200, robots: bool = False) -> Page:
    """The form, and the events that came last."""
    found = [row(shelf, ask, one) for one in shelf.archive.newest_events(_NEWEST + 1)]
    typed = given(ask.posted)
    if not ask.posted and shelf.archive.sources(ask.asked("event", 64)):
        typed["event"] = ask.asked("event", 64)
    shown = {
        "events": found[:_NEWEST],
        "more": len(found) > _NEWEST,
        "says": says,
        "given": typed,
        "another": title(shelf, ask, typed["event"]) if typed["event"] else "",
        "choices": chosen(shelf, ask, typed["event"]),
        "robots": robots,
        "readonly": shelf.readonly,
        "count": shelf.archive.count(),
    }
    return Page(
        "home.html", ask.said("web.home.title"), shown, {"events": found[:_NEWEST], "says": says}, status
    )


def given(posted: Mapping[str, str]) -> dict[str, str]:
    """What was typed, to be shown again: nothing that a person wrote is lost to a mistake."""
    return {name: posted.get(name, "") for name in ("text", "address", "title", "date", "event")}


def again(shelf: Shelf, ask: Ask) -> Redirect:
    """Somebody who opens the address of the form, by hand or going back, finds the form."""
    return Redirect("/")


def read(shelf: Shelf, ask: Ask, *, fetching: bool) -> Page | Redirect:
    """Read what was given, keep it, and go on to its page; what cannot be read is said beside what was typed."""
    try:
        if len(ask.uploads) > 1 and _sorts(ask) == 1:
            return _several(shelf, ask)
        data, opened, address = _opened(ask, fetching)
        return Redirect(_added(shelf, ask, opened, data, address))
    except _Robots as refusal:
        return page(shelf, ask, says=ask.said("web.home.robots", host=refusal.host), status=409, robots=True)
    except OnrecordError as error:
        status = error.status if isinstance(error, Problem) else 422
        return page(shelf, _in_its_field(ask), says=_why(ask, error), status=status)


def _in_its_field(ask: Ask) -> Ask:
    """What was typed, an address in the field for addresses: it only has to be sent again."""
    text = ask.posted.get("text", "").strip()
    if not _ADDRESS.fullmatch(text[: _LINE + 1]) or ask.posted.get("address", "").strip():
        return ask
    return ask._replace(posted={**ask.posted, "text": "", "address": text})


def _why(ask: Ask, error: OnrecordError) -> str:
    """Why something was not read, for the person who gave it; a fault of ours is not for them, and goes on."""
    if isinstance(error, Problem):
        return ask.said(f"web.problem.{error.key}", **error.values)
    if isinstance(error, Unreadable):
        why = because(dict.fromkeys(excuse.reason for excuse in error.excuses), ask.said.language)
        return visible.line(ask.said("web.problem.unreadable", why=why.text))
    if not isinstance(error, BadData | UsageError) and error.exit_status != 66:
        raise error
    return visible.line(str(error))


def _sorts(ask: Ask) -> int:
    """How many of the three ways were used: a text, files, an address."""
    given = (ask.posted.get("text", ""), "x" if ask.uploads else "", ask.posted.get("address", ""))
    return sum(bool(one.strip()) for one in given)


def _several(shelf: Shelf, ask: Ask) -> Page:
    """Read several files, each by itself: what cannot be read is said beside its name, and the others are kept."""
    rows: list[dict[str, str]] = []
    for upload in ask.uploads:
        name, path, says = _named(upload, ask), "", ""
        try:
            opened = open_upload(upload, name)
            path, _, state = _added(shelf, ask, opened, upload.data, None).partition("?added=")
            says = ask.said(f"web.given.{state}")
        except OnrecordError as error:
            says = _why(ask, error).removeprefix(f"{name}: ")
        rows.append({"name": name, "link": path, "says": says})
    read = sum(bool(one["link"]) for one in rows)
    shown = {"rows": rows, "read": read, "failed": len(rows) - read}
    return Page("given.html", ask.said("web.given.title"), shown, {"files": rows}, 200 if read else 422)


class _Robots(Exception):
    """A site asks programs not to read this page; the person may still say so."""

    def __init__(self, host: str) -> None:
        super().__init__(host)
        self.host = host


def _opened(ask: Ask, fetching: bool) -> tuple[bytes, Opened, str | None]:
    """The bytes that were given, read, and where they were published, if that was said."""
    from onrecord.sources import open_bytes

    text, address = ask.posted.get("text", ""), ask.posted.get("address", "").strip()
    if (sorts := _sorts(ask)) != 1:
        raise Problem(400, "several_given" if sorts else "nothing_given")
    if _ADDRESS.fullmatch(text.strip()[: _LINE + 1]):
        raise Problem(400, "is_address")
    if text.strip():
        if len(text) > MAX_PASTED:
            raise Problem(413, "long_text", most=ask.said.number(MAX_PASTED))
        # A browser sends line ends as CR LF, whatever was pasted.
        data = text.replace("\r\n", "\n").encode("utf-8", "replace")
        opened = open_bytes(ask.said("web.home.pasted"), data)
        return data, opened._replace(name=first_words(opened.reading.text) or opened.name), None
    for upload in ask.uploads:
        return upload.data, open_upload(upload, _named(upload, ask)), None
    if not fetching:
        raise Problem(403, "no_fetching")
    return _fetched(address, anyway=ask.posted.get("anyway") == "yes")


def first_words(text: str) -> str:
    """What a text is called that came without a name: its first words, without a sign that parts folders.

    >>> first_words("  Harbour talks, 14/03/2031: who was there, who said what")
    'Harbour talks, 14⁄03⁄2031: who was there, who…'
    """
    line = visible.line(text.lstrip()[:_LINE].partition("\n")[0]).replace("/", "⁄")
    if len(line) <= _NAME:
        return line
    cut = line[: _NAME + 1].rpartition(" ")[0] or line[:_NAME]
    return f"{cut.rstrip(' ,;:.–-')}…"


def _named(upload: Upload, ask: Ask) -> str:
    """The name of a file without the folders that some browsers send."""
    return upload.name.replace("\\", "/").rsplit("/", 1)[-1][:200] or ask.said("web.home.pasted")


def open_upload(upload: Upload, name: str) -> Opened:
    """Read a file; what the browser calls its type counts where it knows more than that it is a file."""
    from onrecord.sources import open_bytes

    told = upload.media_type
    known = None if told in (None, "", "application/octet-stream") else told
    return open_bytes(name, upload.data, declared_type=known)


def _fetched(address: str, *, anyway: bool) -> tuple[bytes, Opened, str]:
    from onrecord.sources.address import opened, retrieve

    got_robots = None if anyway else _forbidden(address)
    if got_robots:
        raise _Robots(got_robots)
    got = retrieve(address)
    return got.data, opened(got), got.address


def _forbidden(address: str) -> str | None:
    """The host whose robots.txt asks programs not to read this page; None where it does not, or has none."""
    from onrecord.sources.address import parse, retrieve

    target = parse(address)
    parts = urlsplit(address)
    try:
        rules = retrieve(f"{parts.scheme}://{parts.netloc}/robots.txt").data
    except (
        OnrecordError
    ):  # no rules, or none that can be had: nothing is asked of us; the page itself is checked next
        return None
    parser = RobotFileParser()
    parser.parse(rules.decode("utf-8", "replace")[:_ROBOTS].splitlines())
    return None if parser.can_fetch("onrecord", target.path) else target.host


def _added(shelf: Shelf, ask: Ask, opened: Opened, data: bytes, address: str | None) -> str:
    """Where the record is to be read after it was kept."""
    from onrecord.collation import compare
    from onrecord.record import read_source

    options: dict[str, Any] = {"ledger": True}
    if date := ask.posted.get("date", "").strip():
        options["date"] = _date(date)
    record = read_source(opened, **options)
    event = ask.posted.get("event", "").strip() or None
    added = shelf.archive.add(record, data, added=ask.now, address=address, event=event, compare=compare)
    if added.status == "removed":
        raise Problem(409, "removed")
    return link(added.link, added=added.status)


def _date(given: str) -> str:
    from datetime import date

    try:
        return date.fromisoformat(given).isoformat()
    except ValueError as error:
        raise Problem(400, "no_date") from error
