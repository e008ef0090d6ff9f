"""Checked quotations for people and for spreadsheets: terminal rows, Markdown, CSV and one self-contained page.

Every face says the same: the quotation, the verdict in plain words, the passages, what differs, the citation; and,
where a text is not known to hold the words as spoken, that it does not show them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from functools import cache
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import click
import msgspec

from onrecord.export import visible
from onrecord.export.citation import in_words
from onrecord.export.columns import wrap
from onrecord.export.ledger_csv import safe
from onrecord.export.markdown import escape
from onrecord.lexicon import toml
from onrecord.model import Difference, Match, Verdict
from onrecord.ui import Words, words

NARROW = 40  # narrower terminals get these columns and wrap them
COLUMNS = (
    "quotation", "by", "verdict", "wording", "speaker_match", "context", "setting", "searched", "role", "passage",
    "turn", "start", "end", "words", "score", "differences", "citation", "document", "printed_start", "printed_end",
)  # fmt: skip
"""The columns of the CSV, in this order; a quotation joined from several places has a row for each."""


class Line(NamedTuple):
    """One difference in plain words: its kind (empty where the words say it), what is said of it, how grave it is."""

    kind: str
    text: str
    severity: str

    def told(self, colon: str) -> str:
        return f"{self.kind}{colon}{self.text}" if self.kind else self.text


class Shown(NamedTuple):
    """One place of a quotation as faces show it; `caveat` is empty where the words are those spoken."""

    role: str
    text: str
    lines: tuple[Line, ...]
    citation: str
    caveat: str

    def cited(self, said: Words) -> str:
        """The citation, and what must be said of the words, in one piece."""
        stop = str(said.table["grammar"]["semicolon"])
        return stop.join(filter(None, (self.citation, self.caveat)))


class Row(NamedTuple):
    """One checked quotation as faces show it; `elsewhere`: the article sets it at another event, so it is not wrong."""

    quote: str
    by: str
    verdict: str
    headline: str
    elsewhere: bool
    places: tuple[Shown, ...]


def rows(verdicts: Sequence[Verdict], language: str = "en") -> list[Row]:
    """The verdicts in the reader's language, in the order given; `UsageError` if no face speaks it."""
    said, check = words(language), face_words(language)
    return [
        Row(
            quote=one.quote,
            by=one.by or "",
            verdict=one.verdict,
            headline=_headline(one, said, check),
            elsewhere=one.setting is not None,
            places=tuple(_places(one, said, check)),
        )
        for one in verdicts
    ]


@cache
def face_words(language: str) -> Words:
    """The words of this face, with the grammar of the language's other faces."""
    table = toml.load(Path(__file__).with_name("verdicts.toml"))
    held = table.get(language, table["en"])
    return Words(language, {"grammar": words(language).table["grammar"], "check": held})


def short_headline(verdict: Verdict, face: Words) -> str:
    """The verdict in as few plain words as can be, for counting."""
    if verdict.setting is not None:
        return face("check.elsewhere_short")
    key = {"absent": "absent_short", "spliced": "spliced_short"}.get(verdict.verdict, verdict.verdict)
    return face(f"check.{key}")


def _headline(verdict: Verdict, said: Words, check: Words) -> str:
    """The verdict in plain words."""
    if verdict.setting is not None:
        return check("check.elsewhere", setting=said.quote(visible.line(verdict.setting.text)))
    form = "one" if verdict.searched in said.table["grammar"]["singular"] else "many"
    searched = check(f"check.texts_{form}", n=said.number(verdict.searched))
    second_hand = verdict.speaker_match is None and verdict.verdict == "misattributed"
    key = "second_hand" if second_hand else verdict.verdict
    parts = sum(match.role == "part" for match in verdict.matches)
    headline = check(f"check.{key}", n=said.number(parts), searched=searched)
    if verdict.speaker_match is False and verdict.verdict != "misattributed":
        headline += f"{said.table['grammar']['semicolon']}{check('check.misattributed')}"
    return headline


def _places(verdict: Verdict, said: Words, check: Words) -> Iterator[Shown]:
    for match in verdict.matches:
        caveat = "" if match.words.value == "original" else check("check.caveat")
        lines = tuple(_line(one, verdict, match, said, check) for one in match.differences)
        cited = in_words(match.citation, said)
        yield Shown(check(f"check.{match.role}"), match.text, lines, cited, caveat)


def _line(one: Difference, verdict: Verdict, match: Match, said: Words, check: Words) -> Line:
    a, b = (said.quote(visible.line(text or "")) for text in (one.a_text, one.b_text))
    outside = one.a is not None and not match.span.holds(one.a)
    if outside and verdict.context == "cut":
        key = "cut"
    elif not one.b_text:
        key = "left_out"
    else:
        key = "changed" if one.a_text else "added"
    plain = one.kind in ("omission", "addition")  # the words themselves say as much
    return Line("" if plain else check(f"check.{one.kind}"), check(f"check.{key}", a=a, b=b), one.severity)


# --------------------------------------------------------------------------------------------------- for people


def render(
    verdicts: Sequence[Verdict], *, width: int = 80, colour: bool = False, language: str = "en"
) -> str:
    """The rows for a terminal, as text that ends in a line end; nothing of a source reaches the terminal raw."""
    said, check, width = words(language), face_words(language), max(width, NARROW)
    written: list[str] = []
    for row in rows(verdicts, language):
        headline = click.style(row.headline, bold=True) if colour else row.headline
        by = f" ({check('check.by')}{said.colon}{visible.line(row.by)})" if row.by else ""
        written += [headline, *wrap(f"{said.quote(visible.line(row.quote))}{by}", width, "  ", "  ")]
        for place in row.places:
            text = f"{place.role}{said.colon}{said.quote(visible.line(place.text))}"
            written += wrap(text, width, "    ", "      ")
            for line in place.lines:
                written += wrap(line.told(said.colon), width, "      - ", "        ")
            for part in filter(None, (visible.line(place.citation), place.caveat)):
                written += wrap(part, width, "      ", "      ")
        written.append("")
    return "\n".join(written or [check("check.none"), ""])


def markdown(verdicts: Sequence[Verdict], *, language: str = "en") -> str:
    """The rows in Markdown (CommonMark, no raw HTML)."""
    said, check = words(language), face_words(language)
    parts = [f"# {check('check.title')}"]
    for row in rows(verdicts, language):
        by = f" ({check('check.by')}{said.colon}{escape(row.by)})" if row.by else ""
        parts.append(f"## {escape(row.headline)}\n\n> {escape(row.quote)}{by}")
        for place in row.places:
            found = [f"- **{place.role}**{said.colon}{escape(place.text)}"]
            found += [f"  - {escape(line.told(said.colon))}" for line in place.lines]
            found.append(f"  - {escape(place.cited(said))}")
            parts.append("\n".join(found))
    if len(parts) == 1:
        parts.append(check("check.none"))
    return "\n\n".join(parts) + "\n"


# --------------------------------------------------------------------------------------------------- for programs


def json_line(verdict: Verdict) -> bytes:
    """One verdict as JSON, without its line end; the same verdict gives the same bytes."""
    return msgspec.json.encode(verdict)


def as_csv(verdicts: Sequence[Verdict], *, header: bool = True) -> str:
    """The verdicts as CSV (RFC 4180); a cell that a spreadsheet would run gets an apostrophe in front."""
    written = StringIO(newline="")
    table = csv.writer(written, lineterminator="\r\n")
    if header:
        table.writerow(COLUMNS)
    for verdict in verdicts:
        for match in verdict.matches or (None,):
            table.writerow([safe(cell) for cell in _cells(verdict, match)])
    return written.getvalue()


def _cells(verdict: Verdict, match: Match | None) -> Iterator[str]:
    yield from (verdict.quote, verdict.by or "", verdict.verdict, verdict.wording)
    yield {True: "yes", False: "no", None: ""}[verdict.speaker_match]
    yield verdict.context or ""
    yield verdict.setting.text if verdict.setting else ""
    yield str(verdict.searched)
    yield from _place_cells(match) if match else [""] * 10
    printed = verdict.printed.span if verdict.printed else None
    yield from (str(printed.start), str(printed.end)) if printed else ("", "")


def _place_cells(match: Match) -> Iterator[str]:
    yield from (match.role, match.text, match.turn or "", str(match.span.start), str(match.span.end))
    yield from (match.words.value, f"{match.score:.3f}")
    yield "; ".join(f"{one.kind}: {one.message}" for one in match.differences)
    yield from (match.citation, match.document)
