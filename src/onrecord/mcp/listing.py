"""What one version holds, page by page: turns, statements, flags; and how it differs from another text."""

from __future__ import annotations

from onrecord.errors import UsageError
from onrecord.mcp import answers, questions
from onrecord.mcp.account import Reading, opened, version_read
from onrecord.mcp.answers import Answered
from onrecord.mcp.pages import fitting, page
from onrecord.model import Difference, Flag, Record, Statement, Turn
from onrecord.store import Archive


def get_turns(archive: Archive, asked: questions.GetTurns) -> Answered:
    """Turns in the order in which they were spoken."""
    reading, place = opened(archive, asked.link)
    turns = reading.record.turns
    if place.item is not None and place.item.startswith("t"):
        first = next((at for at, turn in enumerate(turns) if turn.id == place.item), 0)
        turns = turns[first:]
    wanted = [turn for turn in turns if reading.speaks(asked.speaker, turn.speaker)]
    shown, part = page(
        wanted, lambda turn: turn.id, lambda turn: _spoken(reading, turn), asked.limit, asked.after
    )
    return Answered(
        part.line("turn"),
        answers.Turns(
            account=reading.account(), turns=shown, total=part.total, truncated=part.truncated, next=part.next
        ),
    )


def _spoken(reading: Reading, turn: Turn) -> answers.Spoken:
    return answers.Spoken(
        id=turn.id,
        quoted=reading.quoted(turn.span, turn.id),
        label=reading.text[turn.label.start : turn.label.end] if turn.label else None,
        speaker=reading.name(turn.speaker),
        judgement=turn.judgement,
        candidates=reading.named(turn.candidates),
        reasons=turn.reasons,
        time=turn.time,
    )


def get_statements(archive: Archive, asked: questions.GetStatements) -> Answered:
    """Statements in the order of the text, with what answers them."""
    reading, _ = opened(archive, asked.link)
    record = reading.record
    wanted = [
        one
        for one in record.statements
        if asked.kind in (None, one.kind)
        and asked.firmness in (None, one.firmness)
        and reading.speaks(asked.speaker, one.speaker)
    ]
    shown, part = page(
        wanted, lambda one: one.id, lambda one: _stated(reading, one), asked.limit, asked.after
    )
    relations = _relations(record, {one.id for one in shown})
    related = fitting(relations, len(relations))
    told = answers.Statements(
        account=reading.account(),
        statements=shown,
        relations=related,
        relations_truncated=len(related) < len(relations),
        total=part.total,
        truncated=part.truncated,
        next=part.next,
    )
    return Answered(part.line("statement"), told)


def _relations(record: Record, shown: set[str]) -> tuple[answers.Related, ...]:
    return tuple(
        answers.Related(kind=one.kind, a=one.a, b=one.b, reasons=one.reasons)
        for one in record.relations
        if one.a in shown or one.b in shown
    )


def _stated(reading: Reading, one: Statement) -> answers.Stated:
    return answers.Stated(
        id=one.id,
        kind=one.kind,
        quoted=reading.quoted(one.span, one.id),
        content=reading.quoted(one.content) if one.content else None,
        speaker=reading.name(one.speaker),
        chain=reading.named(one.chain),
        to=reading.named(one.to),
        about=one.about,
        firmness=one.firmness,
        polarity=one.polarity,
        factuality=one.factuality,
        deadline=one.deadline.value or one.deadline.text if one.deadline else None,
        text_state=one.text_state,
        turn=one.turn,
        rule=one.rule,
    )


def get_flags(archive: Archive, asked: questions.GetFlags) -> Answered:
    """Flags in the order of the text."""
    reading, _ = opened(archive, asked.link)
    wanted = [
        one
        for one in reading.record.flags
        if asked.kind in (None, one.kind)
        and asked.tier in (None, one.tier)
        and asked.severity in (None, one.severity)
    ]
    shown, part = page(
        wanted, lambda one: one.id, lambda one: _flagged(reading, one), asked.limit, asked.after
    )
    line = part.line("flag") + "; other damage remains that cannot be seen in one text"
    return Answered(
        line,
        answers.Flags(
            account=reading.account(), flags=shown, total=part.total, truncated=part.truncated, next=part.next
        ),
    )


def _flagged(reading: Reading, one: Flag) -> answers.Flagged:
    return answers.Flagged(
        id=one.id,
        kind=one.kind,
        tier=one.tier,
        severity=one.severity,
        quoted=reading.quoted(one.span, one.id),
        message=one.message,
        suggestion=one.suggestion,
        rule=one.rule,
    )


# ------------------------------------------------------------------------------------------------------- comparing


def compare_versions(archive: Archive, asked: questions.CompareVersions) -> Answered:
    """How a text differs from an earlier version of itself, or from another account of the event."""
    from onrecord.collation import compare

    later, _ = opened(archive, asked.link)
    earlier = _before(archive, later) if asked.against is None else opened(archive, asked.against)[0]
    if earlier.version.id == later.version.id:
        raise UsageError("both links lead to the same version: give two, or leave `against` out")
    comparison = compare([earlier.record, later.record])
    wanted = [one for one in comparison.differences if asked.severity in (None, one.severity)]
    shown, part = page(
        wanted, lambda one: one.id, lambda one: _changed(earlier, later, one), asked.limit, asked.after
    )
    told = answers.Compared(
        a=earlier.account(),
        b=later.account(),
        one_event=comparison.one_event,
        differences=shown,
        total=part.total,
        truncated=part.truncated,
        next=part.next,
    )
    doubt = (
        "; they do not look like accounts of one event"
        if comparison.one_event.judgement == "unresolved"
        else ""
    )
    return Answered(part.line("difference") + doubt, told)


def _before(archive: Archive, later: Reading) -> Reading:
    """The version of the same account that came before."""
    held = archive.versions(later.version.event, later.version.source)
    earlier = [one for one in held if one.number < later.version.number and not one.removed]
    if not earlier:
        raise UsageError(
            "no earlier version of this account is held: name another account of the event in `against`"
        )
    return version_read(archive, earlier[-1].id)


def _changed(earlier: Reading, later: Reading, one: Difference) -> answers.Changed:
    return answers.Changed(
        id=one.id,
        kind=one.kind,
        severity=one.severity,
        message=one.message,
        a=earlier.quoted(one.a) if one.a else None,
        b=later.quoted(one.b) if one.b else None,
    )
