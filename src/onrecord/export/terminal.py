"""The summary on a terminal: what a reader needs first, in plain words, at any width.

Bars are made of text; colour only repeats what the words say. Nothing of a source reaches the terminal raw.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import click

from onrecord.export import card, floor, visible
from onrecord.export.columns import clipped, columns, padded, wrap
from onrecord.export.findings import Finding, filtered, findings, view
from onrecord.export.ledger import Entry, Group, groups
from onrecord.export.passages import Lines
from onrecord.export.remarks import Remark, remarks, warnings
from onrecord.model import Record, Source
from onrecord.ui import Words, words
from onrecord.ui.told import because

NARROW = 40  # narrower terminals get these columns and wrap them
_REMARKS, _VOICES, _LABELS = 8, 12, 4  # how much of each list the first screen shows
# Of each group of the ledger the first screen shows so many lines, of a group not named here a few.
_ENTRIES = {"agreed": 3, "asks": 3, "steps": 3, "refused": 1, "accused": 1, "silent": 1, "views": 0}
_FEW = 2
_REASON = 200  # columns of a reason; the record has all of it
_WHOLE = 36  # columns of a line's words that are shown in any case, on a third line if need be
_ROOMY = 90  # columns below which a line takes two, so that fewer are shown
_BESIDE = 64  # columns from which the titles of the ledger stand beside its lines
_EIGHTHS = " ▏▎▍▌▋▊▉█"


def render(
    record: Record, *, width: int = 80, colour: bool = False, language: str = "en",
    by: str | None = None, kinds: Collection[str] = (),
) -> str:  # fmt: skip
    """The summary as text that ends in a line end. `width` in columns; `colour` allows escape codes.

    `by` and `kinds` choose the lines of the ledger that are shown, as `findings.filtered` does.
    """
    said = words(language)
    page = _Page(max(width, NARROW), colour)
    found = findings(record, said)
    page.lines(_front(record, found, said, page))
    page.lines(_lead(found, said, page))
    page.lines(_ledger(filtered(record, by, kinds), view(record, said, by, kinds), found, said, page))
    page.section(said("record.beware"))
    page.lines(_beware(record, found, said, page))
    page.section(said("record.speakers"), said("record.share"))
    page.lines(_speakers(record, said, page))
    page.section(said("record.coverage"))
    page.lines(_coverage(record, said, page))
    return "\n".join(page.written) + "\n"


class _Page:
    """Lines of a fixed width."""

    def __init__(self, width: int, colour: bool) -> None:
        self.width = width
        self.colour = colour
        self.written: list[str] = []

    def style(self, text: str, **styles: bool) -> str:
        return click.style(text, **styles) if self.colour else text

    def lines(self, lines: Iterator[str]) -> None:
        self.written += lines

    def section(self, title: str, aside: str = "") -> None:
        self.written += ["", self.style(title, bold=True)]
        if aside:
            self.written[-1] += self.style(f" ({aside})", dim=True) if self._fits(title, aside) else ""

    def _fits(self, title: str, aside: str) -> bool:
        return columns(title) + columns(aside) + 3 <= self.width

    def wrap(self, text: str, indent: int = 2, hang: int = 0) -> list[str]:
        return wrap(text, self.width, " " * indent, " " * (indent + hang))


def _front(record: Record, found: tuple[Finding, ...], said: Words, page: _Page) -> Iterator[str]:
    for line in page.wrap(visible.line(card.title(record, said)), 0):
        yield page.style(line, bold=True)
    if facts := " · ".join(visible.line(fact.value) for fact in card.facts(record.event, said)):
        yield from page.wrap(facts, 0)
    warned = any(one.kind == "words" for one in found)
    for source in record.sources:
        language, status = card.language(source, said), card.status(source, said)
        yield from page.wrap(language if warned else f"{language} · {status}", 0)
        if not warned and (reasons := visible.line(because(source.words.reasons, said.language).text)):
            yield from page.wrap(said("record.because", reason=reasons))
        yield from (page.style(line, dim=True) for line in page.wrap(_identity(source, said), 0))


def _lead(found: tuple[Finding, ...], said: Words, page: _Page) -> Iterator[str]:
    """The sentences that answer, before any list."""
    first = [one for one in found if one.kind in ("agreed", "words", "endings")]
    if first:
        yield ""
    for one in first:
        reason = f" ({visible.line(one.because.text)})" if one.because else ""
        if one.kind == "endings":  # of what was agreed the ledger below says where
            lines = (said("record.line", n=said.number(spot.line)) for spot in one.spots)
            reason = f" ({', '.join(lines)})"
        yield from (
            page.style(line, bold=one.kind == "agreed") for line in page.wrap(one.text + reason, 0, 2)
        )


def _ledger(
    record: Record, shown: str, found: tuple[Finding, ...], said: Words, page: _Page
) -> Iterator[str]:  # fmt: skip
    held = groups(record, said)
    if held:
        yield from ("", page.style(said("ledger.title"), bold=True))
    if shown:
        yield from page.wrap(shown)
    limits = {group.name: _limit(group, page) for group in held}
    titles = {group.name: _title(group, limits[group.name], said) for group in held}
    beside = max(map(columns, titles.values()), default=0) + 2 if page.width >= _BESIDE else 0
    for group in held:
        first = group.entries[: limits[group.name]]
        yield from _group(first, titles[group.name], beside, said, page)
    rest = sum(max(len(group.entries) - limits[group.name], 0) for group in held)
    if rest:
        yield from page.wrap(said("ledger.all_with", n=said.number(rest)))
    for one in found:
        if one.kind == "quotes":
            yield from page.wrap(one.text)


def _limit(group: Group, page: _Page) -> int:
    """How many lines of a group are shown."""
    limit = _ENTRIES.get(group.name, _FEW)
    return limit if page.width >= _ROOMY else min(limit, max(limit - 1, 1))


def _title(group: Group, limit: int, said: Words) -> str:
    """The title, with the number of lines where not all are shown."""
    return f"{group.title} · {said.number(len(group.entries))}" if len(group.entries) > limit else group.title


def _group(entries: Iterable[Entry], title: str, beside: int, said: Words, page: _Page) -> Iterator[str]:
    """Lines of a group, its title in the left column or, on a narrow terminal, above them."""
    indent = 2 + beside if beside else 4
    rows = [
        line for entry in entries for line in page.wrap(_entry(entry, page.width - indent, said), indent, 2)
    ]
    if beside and rows:
        rows[0] = f"  {page.style(padded(title, beside), bold=True)}{rows[0][indent:]}"
    else:
        yield f"  {page.style(title, bold=True)}"
    yield from rows


def _entry(entry: Entry, room: int, said: Words) -> str:
    """Who, which sort of deed, the words, what must be said of them, and where: on one line where they fit."""
    head = " ".join(part for part in (entry.who, entry.deed) if part)
    head = f"{head} {said('ledger.to', names=entry.to)}" if entry.to else head
    where = said("record.line", n=said.number(entry.place.line)).replace(" ", "\u00a0")
    tail = " · ".join(
        ["", *entry.qualities, *([visible.line(entry.because.text)] if entry.because else []), where]
    )
    left = room - columns(head) - columns(said.colon) - columns(tail) - columns(said.quote(""))
    if left < min(columns(entry.said), 30):  # two lines then, and all of the second for the words
        left += room - 2
    return f"{head}{said.colon}{said.quote(entry.brief(max(left, _WHOLE)))}{tail}"


def _identity(source: Source, said: Words) -> str:
    size = said.count("characters", len(source.text))
    return f"{visible.line(source.name)} · {size} · sha256 {source.text_sha256[:12]}"


def _speakers(record: Record, said: Words, page: _Page) -> Iterator[str]:
    held = floor.floors(record)
    if not held:
        yield from page.wrap(said("record.no_turns"))
        yield from page.wrap(visible.line(floor.also_there(record, said)))
        return
    total = sum(one.words for one in held)
    known = floor.people(record)
    doubtful = {alias.text for one in record.people for alias in one.aliases if alias.judgement != "certain"}
    for one in held[:_VOICES]:
        name = visible.line(floor.name_of(one.people, known, said))
        share, turns = said.percent(one.words, total), said.count("turns", len(one.turns))
        yield from _row(name, one.words / total if total else 0.0, share, turns, bool(one.people), page)
        labels = [label for label in floor.labels_of(record, one) if label != name]
        if labels:
            printed = [_label(label, label in doubtful, said) for label in labels[:_LABELS]]
            if len(labels) > _LABELS:
                printed.append(said("record.more", n=len(labels) - _LABELS))
            line = said("record.printed", labels=", ".join(printed))
            yield from (page.style(part, dim=True) for part in page.wrap(line, 4, 2))
    if len(held) > _VOICES:
        yield from page.wrap(said("record.more", n=said.count("voices", len(held) - _VOICES)))
    yield from page.wrap(visible.line(floor.also_there(record, said)))


# What a terminal without these characters is given for them: bars, dots and quotation marks of our own.
_PLAIN = {ord(sign): "#" for sign in "█▉▊▋▌▍"} | {ord(sign): " " for sign in "▎▏"}
_PLAIN |= str.maketrans({"░": ".", "·": "-", "×": "x", "–": "-", "—": "-", "…": "...", "’": "'", "‘": "'"})
_PLAIN |= str.maketrans({"“": '"', "”": '"', "«": '"', "»": '"', "\u00a0": " ", "\u202f": " "})


def plain(text: str, encoding: str) -> str:
    """The summary for a terminal whose encoding lacks its ornaments; other characters are left as they are.

    >>> plain("“Sorby” · 40%", "ascii"), plain("“Sorby” · 40%", "utf-8")
    ('"Sorby" - 40%', '“Sorby” · 40%')
    """
    lacking = {code: shown for code, shown in _PLAIN.items() if not _has(encoding, chr(code))}
    return text.translate(lacking)


def _has(encoding: str, sign: str) -> bool:
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _label(label: str, doubtful: bool, said: Words) -> str:
    shown = visible.line(label)
    return f"{shown} ({said('judgement.likely')})" if doubtful else shown


def _row(name: str, part: float, share: str, turns: str, owned: bool, page: _Page) -> Iterator[str]:
    """Name, bar and numbers beside each other; on a narrow terminal below each other."""
    numbers = f"{share:>8}  {turns}"
    column = min(28, page.width // 3)
    room = page.width - 2 - column - 1 - columns(numbers) - 1
    beside = room >= 12
    if beside and columns(name) <= column:
        drawn = _bar(part, min(room, 30), owned)
        yield f"  {page.style(padded(name, column), bold=True)} {drawn}{numbers}"
        return
    yield from (page.style(line, bold=True) for line in page.wrap(name, 2, 2))
    if beside:  # a long name has a line of its own, and the bars stay in their column
        yield f"  {' ' * column} {_bar(part, min(room, 30), owned)}{numbers}"
    else:
        yield f"  {_bar(part, max(min(10, page.width - 2 - columns(numbers)), 1), owned)}{numbers}"


def _bar(part: float, width: int, owned: bool) -> str:
    """A bar of eighths of a block, at least one; what nobody owns is drawn lighter."""
    if not owned:
        return f"{'░' * max(round(part * width), 1):<{width}}"
    full, rest = divmod(max(round(part * width * 8), 1), 8)
    return f"{'█' * full + _EIGHTHS[rest].strip():<{width}}"


def _beware(record: Record, found: tuple[Finding, ...], said: Words, page: _Page) -> Iterator[str]:
    places = {source.id: Lines(source.text) for source in record.sources}
    told = {spot.span for one in found if one.kind == "endings" for spot in one.spots}
    held = [one for one in warnings(remarks(record, said)) if one.span not in told]
    for damage in found:
        if damage.kind == "damage":
            yield from page.wrap(damage.text)
    for one in held[:_REMARKS]:
        line = places[one.source].number(one.span.start) if one.span else None
        where = said("record.line", n=said.number(line)) if line else ""
        yield from page.wrap(_warning(one, where, said), 2, 2)
    if len(held) > _REMARKS:
        yield from page.wrap(said("ledger.all_with", n=said.number(len(held) - _REMARKS)))
    if not held:
        yield from page.wrap(said("record.nothing_beware"))


def _warning(one: Remark, where: str, said: Words) -> str:
    times = f" (×{said.number(len(one.turns))})" if len(one.turns) > 1 else ""
    place = " · ".join(part for part in (where, one.word, *one.aside[:1]) if part)
    reason = clipped(visible.line(one.reason), _REASON)
    if not one.lead:
        return f"{place}{said.colon}{reason}"
    advice = "".join(f" · {part}" for part in one.aside[1:])
    return f"{place} · {one.lead}{times}{advice}" + (f" ({reason})" if reason else "")


def _coverage(record: Record, said: Words, page: _Page) -> Iterator[str]:
    covered = record.coverage
    counts = {name: getattr(covered, name) for name in said.table["coverage"]}
    shares = [
        f"{said(f'coverage.{name}')} {said.percent(count, covered.characters)}"
        for name, count in counts.items()
        if count
    ]
    yield from page.wrap(f"{said.count('characters', covered.characters)}{said.colon}{' · '.join(shares)}")
    if record.marks:
        yield from page.wrap(said.count("marks", len(record.marks)))
    if covered.speech:
        yield from page.wrap(floor.unattributed(record, said))
