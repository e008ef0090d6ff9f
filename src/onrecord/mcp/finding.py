"""Finding a way in: passages that answer a query, and what is known of an event."""

from __future__ import annotations

from onrecord.mcp import answers, questions
from onrecord.mcp.account import SCHEME, opened
from onrecord.mcp.answers import Answered
from onrecord.mcp.pages import counted, fitting, number
from onrecord.store import Archive, Filters, Hit
from onrecord.store.permalinks import link, parse

MANY = 200
"""Participants, versions and notes of one event that an answer shows, if they are short enough."""


def search(archive: Archive, asked: questions.Search) -> Answered:
    """Passages that answer a query, best first."""
    filters = Filters(
        speaker=asked.speaker,
        statement=asked.statement,
        flag=asked.flag,
        event=_event(asked.event),
        since=asked.since,
        until=asked.until,
        language=asked.language,
    )
    page = archive.search(asked.query, filters, limit=asked.limit, after=asked.after)
    found = answers.Found(
        hits=tuple(_hit(archive, hit) for hit in page.hits),
        total=page.total,
        more_than_total=page.more,
        query_cut=page.cut,
        truncated=page.truncated,
        next=page.next,
    )
    return Answered(counted("passage", len(found.hits), page.total, more=page.more), found)


def _event(asked: str | None) -> str | None:
    """The name of an event, from itself or from a permalink."""
    if asked is None or "/" not in asked:
        return asked
    return parse(asked.removeprefix(SCHEME)).event


def _hit(archive: Archive, hit: Hit) -> answers.Hit:
    passage, shown = hit.passage, hit.excerpt
    start = passage.span.start
    return answers.Hit(
        quoted=answers.Quoted(
            text=passage.text[shown.start - start : shown.end - start],
            span=shown,
            text_sha256=archive.version(passage.version).text_sha256,
            link=passage.link,
            whole=passage.span if passage.span != shown else None,
        ),
        matches=hit.matches,
        event=passage.event,
        version=passage.version,
        speaker=passage.speaker,
        date=passage.date,
        language=passage.language,
    )


def get_event(archive: Archive, asked: questions.GetEvent) -> Answered:
    """What one account says of its event, and which accounts and versions are held."""
    reading, _ = opened(archive, asked.link)
    record = reading.record
    event = record.event
    items = {
        "title": event.title, "kind": event.kind, "date": event.date, "place": event.place, "duration": event.duration,
    }  # fmt: skip
    facts = tuple(
        answers.Fact(name=name, value=item.value or item.text, quoted=reading.quoted(item.span))  # type: ignore[arg-type]
        for name, item in items.items()
        if item
    )
    present = [
        answers.Present(
            person=reading.name(one.person) or one.mention.text,
            role=one.role.text if one.role else None,
            quoted=reading.quoted(one.mention.span),
        )
        for one in event.participants
    ]
    held = _versions(archive, reading.version.event)
    shown = fitting(present, MANY), fitting(held, MANY)
    source = record.sources[0]
    card = answers.EventCard(
        account=reading.account(),
        facts=facts,
        participants=shown[0],
        versions=shown[1],
        counts=answers.Counts(
            characters=len(source.text),
            turns=len(record.turns),
            quotes=len(record.quotes),
            statements=len(record.statements),
            flags=len(record.flags),
        ),
        notes=tuple(note.message for note in source.notes[:MANY]),
        truncated=len(present) > len(shown[0]) or len(held) > len(shown[1]) or len(source.notes) > MANY,
    )
    return Answered(f"one event, {number('version', len(held))} held", card)


def _versions(archive: Archive, event: str) -> list[answers.Held]:
    sources = {source.id: source for source in archive.sources(event)}
    return [
        answers.Held(
            account=sources[one.source].name,
            address=sources[one.source].address,
            version=one.id,
            link=link(event, one.id),
            language=one.language,
            turns=one.turns,
            sha256=one.sha256,
            text_sha256=one.text_sha256,
            added=one.added,
            removed=one.removed,
        )
        for one in archive.versions(event)
    ]
