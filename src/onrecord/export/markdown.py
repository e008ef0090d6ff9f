"""Minutes in Markdown: what was found, the ledger, what to beware of, the speakers, then every turn with its
speaker's name; nothing of a source can act as markup.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import zip_longest

from onrecord.export import card, floor, visible
from onrecord.export.findings import Finding, filtered, findings, view
from onrecord.export.ledger import Entry, Place, groups
from onrecord.export.passages import Lines, Paragraph, paragraphs
from onrecord.export.remarks import Remark, remarks, warnings
from onrecord.model import Person, Record, Turn
from onrecord.ui import Words, words

_MARKUP = re.compile(r"[\\`*_\[\]<>|~&$]")
# What means something at the start of a line only: headings, lists, rules, tables of older dialects.
_AT_START = re.compile(r"^(\s*)([#+\-=:]|\d{1,9}(?=[.)]))")
_BLANKS = re.compile(r"\s+")


def render(
    record: Record, *, language: str = "en", by: str | None = None, kinds: Collection[str] = ()
) -> str:
    """The minutes as one Markdown text (CommonMark; no raw HTML in it).

    `by` and `kinds` choose the lines of the ledger that are shown, as `findings.filtered` does.
    """
    said = words(language)
    found = findings(record, said)
    chosen = filtered(record, by, kinds)
    parts = [f"# {escape(card.title(record, said))}", *_front(record, said), *_lead(found, said)]
    parts += [*_ledger(chosen, view(record, said, by, kinds), found, said), *_beware(record, found, said)]
    parts += [*_speakers(record, said), f"## {said('page.text')}", *_text(record, said), *_foot(record, said)]
    return "\n\n".join(parts) + "\n"


def escape(text: str) -> str:
    """Source text as Markdown that shows exactly these words, on one line.

    >>> print(escape("# *not* a <b>heading</b>"))
    \\# \\*not\\* a \\<b\\>heading\\</b\\>
    """
    return _AT_START.sub(_escape_start, _words(text))


def _words(text: str) -> str:
    """Source text inside a line."""
    return _MARKUP.sub(r"\\\g<0>", visible.block(_BLANKS.sub(" ", text).strip()))


def _escape_start(start: re.Match[str]) -> str:
    sign = start[2]
    # A digit cannot be escaped, but a numeric reference is never a list marker.
    return start[1] + (f"&#{ord(sign[0])};{sign[1:]}" if sign.isdigit() else f"\\{sign}")


def _front(record: Record, said: Words) -> Iterator[str]:
    facts = [
        f"- {said(f'record.{fact.name}')}{said.colon}{escape(fact.value)}"
        for fact in card.facts(record.event, said)
    ]
    for source in record.sources:
        facts += [
            f"- {said('record.language')}{said.colon}{escape(card.language(source, said))}",
            f"- {said('record.words')}{said.colon}{escape(card.status(source, said))}",
            f"- {said('record.source')}{said.colon}{escape(source.name)}, sha256 {source.sha256}",
        ]
    yield "\n".join(facts)


def _lead(found: tuple[Finding, ...], said: Words) -> Iterator[str]:
    """The sentences that answer, before any list."""
    for one in found:
        if one.kind in ("agreed", "words", "endings"):
            reason = f" ({escape(one.because.text)})" if one.because else ""
            lines = ", ".join(said("record.line", n=said.number(spot.line)) for spot in one.spots)
            where = f" ({lines})" if lines else ""
            yield f"**{_words(one.text)}**{reason}{where}"


def _ledger(record: Record, shown: str, found: tuple[Finding, ...], said: Words) -> Iterator[str]:
    """Every line of the ledger, under the question that it answers."""
    held = groups(record, said)
    if held or shown:
        yield f"## {said('ledger.title')}"
    if shown:
        yield escape(shown)
    for group in held:
        yield f"### {group.title}"
        yield "\n".join(f"- {_entry(entry, said)}" for entry in group.entries)
    for one in found:
        if one.kind == "quotes":
            yield escape(one.text)
    if held:
        yield said("ledger.legend")


def _entry(entry: Entry, said: Words) -> str:
    deed = f" {entry.deed}" if entry.deed else ""
    deed += f" {escape(said('ledger.to', names=entry.to))}" if entry.to else ""
    where = [_place(entry.place, said)]
    if entry.against:
        where.append(said("ledger.against", places=_lines(entry.against, said)))
    if entry.again:
        where.append(said("ledger.again", places=_lines(entry.again, said)))
    qualities = f" · {' · '.join(entry.qualities)}" if entry.qualities else ""
    reason = f" · {escape(entry.because.text)}" if entry.because else ""
    stop = said.table["grammar"]["semicolon"]
    words_said = said.quote(_words(entry.said))
    return f"**{escape(entry.who)}**{deed}{said.colon}{words_said}{qualities}{reason} ({stop.join(where)})"


def _lines(places: Sequence[Place], said: Words) -> str:
    """The lines of other entries, each once: their own entries say the turn."""
    return ", ".join(dict.fromkeys(said("record.line", n=said.number(one.line)) for one in places))


def _place(place: Place, said: Words) -> str:
    """The line, and the turn where the words are spoken in one."""
    line = said("record.line", n=said.number(place.line))
    return f"{said('record.turn', n=escape(place.turn[1:]))}, {line}" if place.turn else line


def _speakers(record: Record, said: Words) -> Iterator[str]:
    yield f"## {said('record.speakers')} ({said('record.share')})"
    held = floor.floors(record)
    total, known = sum(one.words for one in held), floor.people(record)
    rows = [
        f"- **{escape(floor.name_of(one.people, known, said))}**{said.colon}"
        f"{said.percent(one.words, total)}, {said.count('turns', len(one.turns))}{_labels(record, one, said)}"
        for one in held
    ]
    yield "\n".join(rows) or said("record.no_turns")
    if there := floor.also_there(record, said):
        yield escape(there)


def _labels(record: Record, one: floor.Floor, said: Words) -> str:
    labels = ", ".join(escape(label) for label in floor.labels_of(record, one))
    return f"; {said('record.printed', labels=labels)}" if labels else ""


def _beware(record: Record, found: tuple[Finding, ...], said: Words) -> Iterator[str]:
    lines = {source.id: Lines(source.text) for source in record.sources}
    rows = [f"- {_remark(one, lines, said)}" for one in warnings(remarks(record, said))]
    yield f"## {said('record.beware')}"
    for one in found:
        if one.kind == "damage":
            yield escape(one.text)
    yield "\n".join(rows) or said("record.nothing_beware")


def _remark(one: Remark, lines: dict[str, Lines], said: Words) -> str:
    """What it is, the words, and where they stand."""
    number = lines[one.source].number(one.span.start) if one.span else None
    where = f"{said('record.line', n=said.number(number))} · " if number else ""
    what = " · ".join(escape(part) for part in (one.lead, *one.aside) if part)
    reason = escape(one.reason)
    shown = f"{what} ({reason})" if what and reason else what or reason
    return f"{where}{one.word}{said.colon}{shown}"


def _text(record: Record, said: Words) -> Iterator[str]:
    held: Turn | None = None
    known = floor.people(record)
    for paragraph in paragraphs(record):
        if paragraph.kind == "heading":
            yield f"### {_line(paragraph)}"
        elif paragraph.turn is not None:
            name = "" if paragraph.turn is held else f"**{_who(known, paragraph.turn, said)}** "
            yield name + _line(paragraph)
            held = paragraph.turn
        elif paragraph.kind == "transcript" and not all(piece.owned for piece in paragraph.pieces):
            yield f"**{said('page.outside')}** {_line(paragraph)}"
        elif paragraph.kind == "transcript":
            yield _line(paragraph)
        else:
            yield f"> {_line(paragraph)}"


def _who(known: dict[str, Person], turn: Turn, said: Words) -> str:
    name = escape(floor.speaker_of(turn, known, said))
    probably = f", {said('judgement.likely')}" if turn.judgement == "likely" else ""
    return f"{name}{probably} ({escape(floor.number_of(turn))})."


def _line(paragraph: Paragraph) -> str:
    """A paragraph with its marks in italics.

    The printed label of a certain speaker is left out, since the name says as much; of any other it stays, as
    evidence.
    """
    turn = paragraph.turn
    first = turn.speech[0].start if turn and turn.speech and turn.judgement == "certain" else 0
    shown = ""
    for piece, after in zip_longest(paragraph.pieces, paragraph.pieces[1:]):
        if piece.mark:
            # CommonMark sees no emphasis where a letter touches the asterisk outside a bracket.
            glued = shown[-1:].isalnum() or (after is not None and after.text[:1].isalnum())
            shown += _words(piece.text) if glued else f"*{_words(piece.text)}*"
        elif piece.start < first:
            shown += " " + _spaced(piece.text[first - piece.start :])
        else:
            shown += _spaced(piece.text)
    return _AT_START.sub(_escape_start, shown.strip())


def _spaced(text: str) -> str:
    """Plain words, with one blank where the text has blanks at an end."""
    bare = _words(text)
    return f"{' ' * text[:1].isspace()}{bare}{' ' * text[-1:].isspace()}" if bare else " " * bool(text)


def _foot(record: Record, said: Words) -> Iterator[str]:
    yield "---"
    if record.coverage.speech:
        yield floor.unattributed(record, said)
    tool = record.tool
    yield f"{said('page.made_by')}{said.colon}{escape(f'{tool.name} {tool.version}')}"
