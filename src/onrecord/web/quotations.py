"""Did they say it? One quotation, or every quotation of an article, against the archive."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from onrecord.errors import UsageError
from onrecord.export.verdicts import Row, rows
from onrecord.model import Match, Record, Verdict
from onrecord.quotecheck import Candidate, Candidates, check, check_article
from onrecord.store import Filters
from onrecord.web.events import chosen
from onrecord.web.exchange import Ask, Page, Problem
from onrecord.web.home import MAX_PASTED
from onrecord.web.shelf import Reading, Shelf

_PASSAGES, _RECORDS = 60, 12
_WHOLE = 400  # turns up to which the whole record is read, and not only its likely turns
LONGEST = 4000
"""Characters of one quotation."""


class Holdings:
    """The archive as a corpus: its index names the passages, and the records are those of the shelf."""

    def __init__(self, shelf: Shelf, event: str = "") -> None:
        self.shelf = shelf
        self.event = event
        self.read: dict[str, Reading] = {}

    def candidates(
        self, words: Sequence[str], *, since: str | None = None, event: str | None = None
    ) -> Candidates:
        """The versions whose passages share the rarest words of a quotation; superseded ones are left out."""
        wanted = Filters(since=since, event=self.event or None)
        found = self.shelf.archive.candidates(" ".join(words), _PASSAGES, wanted)
        turns: dict[str, set[str] | None] = {}
        for passage in found:
            if not self.shelf.archive.resolve(f"/e/{passage.event}/v/{passage.version}").current:
                continue
            held = turns.setdefault(passage.version, set())
            if passage.item is None or held is None:
                turns[passage.version] = None
            else:
                held.add(passage.item)
        places = []
        for version, items in list(turns.items())[:_RECORDS]:
            short = self.shelf.version(version).turns <= _WHOLE
            places.append(Candidate(version, None if short or items is None else frozenset(items)))
        return Candidates(tuple(places), self._searched())

    def _searched(self) -> int:
        """How many texts were looked through: those of the event, or all."""
        archive = self.shelf.archive
        if not self.event:
            return archive.count()
        return sum(not one.removed for one in archive.versions(self.event))

    def record(self, name: str) -> Record:
        """The record of a candidate."""
        if name not in self.read:
            self.read[name] = self.shelf.reading(name)
        return self.read[name].record

    def holder(self, match: Match) -> Reading | None:
        """Where a match was read; None where it stands in no text of the archive."""
        held = self.read.values()
        return next((one for one in held if one.version.text_sha256 == match.document), None)


def page(shelf: Shelf, ask: Ask) -> Page:
    """The form and, for a quotation, the verdict in one sentence with the passage beside it."""
    quote, by, event = ask.asked("quote", LONGEST), ask.asked("by", 200), ask.asked("event", 64)
    verdicts: list[Verdict] = []
    says = ""
    corpus = Holdings(shelf, event)
    if quote:
        try:
            verdicts = [check(quote, corpus, by=by or None)]
        except UsageError as error:
            says = str(error)
    return _page(shelf, ask, corpus, verdicts, {"quote": quote, "by": by, "event": event, "text": ""}, says)


def article(shelf: Shelf, ask: Ask) -> Page:
    """Every quotation of an article, worst first, against the archive or against the transcript it prints."""
    from onrecord.record import read_source
    from onrecord.sources import open_bytes

    text = ask.posted.get("text", "")
    given = {"quote": "", "by": "", "event": ask.posted.get("event", "")[:64], "text": text}
    corpus = Holdings(shelf, given["event"])
    if not text.strip():
        return _page(shelf, ask, corpus, [], given, ask.said("web.check.nothing"))
    if len(text) > MAX_PASTED:
        raise Problem(413, "long_text", most=ask.said.number(MAX_PASTED))
    opened = open_bytes(ask.said("web.home.pasted"), text.replace("\r\n", "\n").encode("utf-8", "replace"))
    record = read_source(opened, ledger=True)
    verdicts = check_article(record, None if ask.posted.get("own") == "yes" and record.turns else corpus)
    return _page(shelf, ask, corpus, verdicts, given, "" if verdicts else ask.said("check.none"))


def _page(
    shelf: Shelf, ask: Ask, corpus: Holdings, verdicts: list[Verdict], given: dict[str, str], says: str
) -> Page:
    shown_rows = [
        _row(verdict, row, corpus, ask)
        for verdict, row in zip(verdicts, rows(verdicts, ask.said.language), strict=True)
    ]
    shown = {
        "rows": shown_rows,
        "given": given,
        "says": says,
        "choices": chosen(shelf, ask, given["event"]),
        "searched": shelf.archive.count(),
        "readonly": shelf.readonly,
    }
    data = verdicts[0] if given["quote"] and verdicts else {"verdicts": verdicts}
    return Page("check.html", ask.said("web.check.title"), shown, data)


def _row(verdict: Verdict, row: Row, corpus: Holdings, ask: Ask) -> dict[str, Any]:
    """A verdict with its sentence; its places keep their order."""
    key = "elsewhere" if verdict.setting else verdict.verdict
    return {
        "row": row,
        "says": ask.said(f"web.verdict.{key}"),
        "found": [_found(match, corpus.holder(match)) for match in verdict.matches],
    }


def _found(match: Match, held: Reading | None) -> dict[str, Any]:
    """Where a match stands: its address and its language. The article itself has none of these."""
    if held is None:
        return {"link": "", "language": None}
    return {
        "link": f"{held.path}/c{match.span.start}-{match.span.end}#here",
        "language": held.record.sources[0].language,
    }
