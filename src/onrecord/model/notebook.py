"""Records and answers in a notebook: a page of HTML in which every character of a source is escaped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape

from onrecord.model.answers import Comparison, Verdict
from onrecord.model.brief import clipped
from onrecord.model.record import Item, Record

ROWS = 12
"""Rows of a table that are shown; the rest is counted."""
_WIDTH = 160  # characters of a title
_LONGEST = 320  # of a cell: a passage, or a whole citation


def record_html(record: Record) -> str:
    """Who was there and spoke how much, what was put on record, and where the text cannot be trusted."""
    source = record.sources[0]
    event = record.event
    facts = [_shown(item) for item in (event.kind, event.date, event.place)]
    facts += [source.language or "", source.layout.kind, _damage(record)]
    if source.words.value not in {"original", "unknown"}:
        facts.append(f"{source.words.value.replace('_', ' ')} words")
    names = {person.id: person.name for person in record.people}
    core = [one for one in record.statements if one.salience == "core"]
    title = _shown(event.title) or source.name
    return _page(
        title,
        " · ".join(fact for fact in facts if fact),
        _table("Speakers", ("speaker", "turns", "words"), _speakers(record)),
        _table(
            "On record",
            ("kind", "speaker", "words", "at"),
            [
                (one.kind, names.get(one.speaker or "", "nobody known"), one.text, str(one.span.start))
                for one in core
            ],
        ),
    )


def comparison_html(comparison: Comparison) -> str:
    """The differences, worst first, and what they lie between."""
    names = " / ".join(source.name for source in comparison.sources)
    one = comparison.one_event
    rows = [(d.severity, d.kind, d.a_text or "", d.b_text or "") for d in comparison.differences]
    about = "one event" if one.judgement in {"certain", "likely"} else "perhaps not one event"
    heads = ("severity", "kind", "first", "second")
    return _page(names, f"{about}: {one.judgement}", _table("Differences", heads, rows))


def verdict_html(verdict: Verdict) -> str:
    """The verdict and the passages that it rests on; their citations say whose words they are."""
    rows = [(match.role, match.text, match.citation) for match in verdict.matches]
    about = f"{verdict.verdict.replace('_', ' ')} · {verdict.searched} texts searched"
    by = f" ({verdict.by})" if verdict.by else ""
    return _page(f"“{verdict.quote}”{by}", about, _table("Passages", ("role", "words", "where"), rows))


def _speakers(record: Record) -> list[tuple[str, str, str]]:
    text = record.sources[0].text
    turns: Counter[str | None] = Counter(turn.speaker for turn in record.turns)
    words: Counter[str | None] = Counter()
    for turn in record.turns:
        words[turn.speaker] += sum(len(text[one.start : one.end].split()) for one in turn.speech)
    names = {person.id: person.name for person in record.people}
    total = sum(words.values()) or 1
    return [
        (names.get(one or "", "nobody known"), str(turns[one]), f"{count} ({count / total:.0%})")
        for one, count in words.most_common()
    ]


def _damage(record: Record) -> str:
    tiers: Counter[str] = Counter(flag.tier for flag in record.flags)
    said = {
        "versions": "places where versions differ",
        "form": "of visible damage",
        "facts": "against known facts",
    }
    return ", ".join(f"{tiers[tier]} {words}" for tier, words in said.items() if tiers[tier])


def _shown(item: Item | None) -> str:
    return (item.value or item.text) if item else ""


def _page(title: str, about: str, *tables: str) -> str:
    return (
        f'<div class="onrecord"><p><strong dir="auto">{_safe(title)}</strong><br>{_safe(about)}</p>'
        f"{''.join(tables)}</div>"
    )


def _table(caption: str, heads: Sequence[str], rows: Sequence[Iterable[str]]) -> str:
    if not rows:
        return ""
    head = "".join(f"<th>{name}</th>" for name in heads)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows[:ROWS])
    more = f"<p>and {len(rows) - ROWS} more</p>" if len(rows) > ROWS else ""
    return f"<table><caption>{caption}</caption><tr>{head}</tr>{body}</table>{more}"


def _cell(text: str) -> str:
    return f'<td dir="auto">{_safe(text, _LONGEST)}</td>'


def _safe(text: str, width: int = _WIDTH) -> str:
    """Escaped; control and direction characters, and halves of characters, are shown as escapes, not obeyed."""
    visible = "".join(
        c if c.isprintable() or c in " \n\t\u00a0\u202f" else c.encode("unicode_escape").decode()
        for c in clipped(text, width)
    )
    return escape(visible)
