"""One speaker: what this person agreed, promised, refused, over time, as a plot and as the table it is drawn from."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import NamedTuple, get_args

from onrecord.model import StatementKind
from onrecord.store.listing import Filed
from onrecord.web.events import title
from onrecord.web.exchange import Ask, Page, Problem, link
from onrecord.web.open_points import as_told, shown
from onrecord.web.shelf import Shelf

KINDS = tuple(
    kind for kind in get_args(StatementKind) if kind not in ("praised", "endorsed", "position", "claim")
)
"""The kinds that are plotted and listed first; the others are opinions."""
_MOST = 300  # statements of one page, and dots of one plot
_WIDTH, _LANE, _LEFT = 640, 26, 8


class Dot(NamedTuple):
    """One day's statements of a kind: its place, its size, and what it stands for."""

    x: float
    y: float
    r: float
    label: str


class Lane(NamedTuple):
    """A kind of statement as a line of the plot."""

    name: str
    y: float
    total: int


class Plot(NamedTuple):
    """Statements along time, a line for each kind; direct labels, no legend."""

    width: int
    height: int
    lanes: tuple[Lane, ...]
    dots: tuple[Dot, ...]
    ticks: tuple[tuple[float, str], ...]


def page(shelf: Shelf, ask: Ask) -> Page:
    """What one person put on record; without a name, everybody who speaks in the archive."""
    name = ask.asked("name", 300)
    if not name:
        everybody = shelf.archive.speakers()
        listed = [(one, link("/speaker", name=one)) for one in everybody]
        return Page("speakers.html", ask.said("web.speaker.all"), {"names": listed}, {"speakers": everybody})
    kind = ask.asked("kind") if ask.asked("kind") in get_args(StatementKind) else ""
    found = shelf.archive.statements(get_args(StatementKind), speaker=name, limit=_MOST + 1)
    accounts = shelf.archive.heard(name)
    if not found and not accounts:
        raise Problem(404, "no_speaker")
    counts = Counter(one.kind for one in found)
    kept = [one for one in found if kind in ("", one.kind) and (kind or one.kind in KINDS)]
    order = get_args(StatementKind)
    given = {
        "name": name,
        "rows": [shown(one, ask) for one in as_told(kept)],
        "accounts": [
            {"account": one, "title": title(shelf, ask, one.event, one.title),
             "link": f"/e/{one.event}/v/{one.version}", "date": ask.said.date(one.date) if one.date else ""}
            for one in accounts
        ],
        "counts": [
            (one, counts[one], link("/speaker", name=name, kind=one)) for one in order if counts[one]
        ],
        "kind": kind,
        "all": link("/speaker", name=name),
        "plot": plot(found, ask),
        "more": len(found) > _MOST,
    }  # fmt: skip
    return Page("speaker.html", name, given, {"name": name, "statements": found, "accounts": accounts})


def plot(found: list[Filed], ask: Ask) -> Plot | None:
    """The plot of the statements whose event has a full date; None where there are too few to show a course."""
    dated: Counter[tuple[str, date]] = Counter()
    for one in found:
        if one.kind in KINDS and (day := _day(one.date)):
            dated[one.kind, day] += 1
    days = sorted({day for _, day in dated})
    if not days:
        return None
    kinds = [kind for kind in KINDS if any(kind == one for one, _ in dated)]
    span = max((days[-1] - days[0]).days, 1)
    place = {kind: 14 + _LANE * number for number, kind in enumerate(kinds)}

    def across(day: date) -> float:
        return round(
            _WIDTH / 2 if len(days) == 1 else _LEFT + (_WIDTH - 2 * _LEFT) * (day - days[0]).days / span, 1
        )

    dots = tuple(
        Dot(
            across(day),
            place[kind],
            round(2.5 + min(count, 16) ** 0.5 * 1.6, 1),
            _label(kind, day, count, ask),
        )
        for (kind, day), count in sorted(dated.items(), key=lambda one: (one[0][0], one[0][1]))
    )
    lanes = tuple(
        Lane(ask.said(f"statement.{kind}"), place[kind], sum(n for (of, _), n in dated.items() if of == kind))
        for kind in kinds
    )
    ticks = tuple(
        (across(day), ask.said.date(day.isoformat()) or "") for day in dict.fromkeys((days[0], days[-1]))
    )
    return Plot(_WIDTH, 14 + _LANE * len(kinds) + 12, lanes, dots, ticks)


def _day(given: str | None) -> date | None:
    try:
        return date.fromisoformat(given or "")
    except ValueError:  # only a year or a month is known: that is no day, and the table shows it
        return None


def _label(kind: str, day: date, count: int, ask: Ask) -> str:
    return f"{ask.said(f'statement.{kind}')}, {ask.said.date(day.isoformat())}{ask.said.colon}{ask.said.number(count)}"
