"""Minutes in Markdown: the card, the speakers, then every turn with its speaker's name; nothing of a source
can act as markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from onrecord.export import card, floor, visible
from onrecord.export.passages import Paragraph, paragraphs
from onrecord.export.remarks import Remark, remarks
from onrecord.model import Person, Record, Turn
from onrecord.ui import Words, words

_MARKUP = re.compile(r"[\\`*_\[\]<>|~&$]")
# What means something at the start of a line only: headings, lists, rules, tables of older dialects.
_AT_START = re.compile(r"^(\s*)([#+\-=:]|\d{1,9}(?=[.)]))")
_BLANKS = re.compile(r"\s+")


def render(record: Record, *, language: str = "en") -> str:
    """The minutes as one Markdown text (CommonMark; no raw HTML in it)."""
    said = words(language)
    parts = [f"# {escape(card.title(record, said))}", *_front(record, said), *_speakers(record, said)]
    parts += [*_beware(record, said), f"## {said('page.text')}", *_text(record, said), *_foot(record, said)]
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


def _beware(record: Record, said: Words) -> Iterator[str]:
    rows = [
        f"- {one.word}{said.colon}{_remark(one)}" for one in remarks(record, said) if one.kind != "statement"
    ]
    yield f"## {said('record.beware')}"
    yield "\n".join(rows) or said("record.nothing_beware")


def _remark(one: Remark) -> str:
    reason = escape(one.reason)
    return f"{escape(one.lead)} ({reason})" if one.lead and reason else escape(one.lead) or reason


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
