"""Comparisons and verdicts as tables: one row for each difference, each quotation, each place where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from onrecord.errors import UsageError
from onrecord.export.tables import Row, Type
from onrecord.model import Comparison, Difference, Match, Verdict
from onrecord.spans import Span

TABLES: Mapping[str, Mapping[str, Type]] = {
    "differences": {
        "comparison": "integer", "difference": "text", "kind": "text", "severity": "text", "message": "text",
        "a_document": "text", "a_start": "integer", "a_end": "integer", "a_text": "text",
        "b_document": "text", "b_start": "integer", "b_end": "integer", "b_text": "text", "score": "number",
    },
    "verdicts": {
        "quotation": "integer", "quote": "text", "by": "text", "verdict": "text", "wording": "text",
        "speaker_match": "text", "context": "text", "setting": "text", "start": "integer", "end": "integer",
        "searched": "integer", "matches": "integer",
    },
    "matches": {
        "quotation": "integer", "role": "text", "document": "text", "start": "integer", "end": "integer",
        "text": "text", "turn": "text", "speaker": "text", "chain": "texts", "words": "text", "score": "number",
        "kinds": "texts", "differences": "texts", "citation": "text",
    },
}  # fmt: skip
"""The columns of each table. `quotation` counts the verdicts from 0 and joins the last two; `start` and `end` of a
verdict lead into the article, those of a match into the text whose hash is `document`."""


def rows(answers: Sequence[Any], table: str) -> list[Row]:
    """The rows of one table of `TABLES`; `UsageError` where an answer is not of the kind that the table is made of."""
    wanted = Comparison if table == "differences" else Verdict
    for one in answers:
        if not isinstance(one, wanted):
            needed = f"{wanted.__name__.lower()}s"
            raise UsageError(f"the table {table!r} is made of {needed}, not of a {type(one).__name__}")
    return [row for number, one in enumerate(answers) for row in _MADE[table](number, one)]


def _differences(number: int, comparison: Comparison) -> Iterator[Row]:
    hashes = {source.id: source.text_sha256 for source in comparison.sources}
    first = tuple(hashes)[:2]
    for one in comparison.differences:
        a, b = one.pair if isinstance(one.pair, tuple) else first
        yield {
            "comparison": number, "difference": one.id, "kind": one.kind, "severity": one.severity,
            "message": one.message, "a_document": hashes[a], "b_document": hashes[b], "a_text": one.a_text,
            "b_text": one.b_text, "score": one.score, **_place(one.a, "a_"), **_place(one.b, "b_"),
        }  # fmt: skip


def _verdict(number: int, verdict: Verdict) -> Iterator[Row]:
    yield {
        "quotation": number, "quote": verdict.quote, "by": verdict.by, "verdict": verdict.verdict,
        "wording": verdict.wording, "speaker_match": {True: "yes", False: "no", None: None}[verdict.speaker_match],
        "context": verdict.context, "setting": verdict.setting.text if verdict.setting else None,
        "searched": verdict.searched, "matches": len(verdict.matches),
        **_place(verdict.printed.span if verdict.printed else None),
    }  # fmt: skip


def _matches(number: int, verdict: Verdict) -> Iterator[Row]:
    for one in verdict.matches:
        yield {"quotation": number, **_match(one)}


_MADE: Mapping[str, Callable[[int, Any], Iterator[Row]]] = {
    "differences": _differences,
    "verdicts": _verdict,
    "matches": _matches,
}


def _match(one: Match) -> Row:
    return {
        "role": one.role, "document": one.document, "text": one.text, "turn": one.turn, "speaker": one.speaker,
        "chain": list(one.chain), "words": one.words.value, "score": one.score, "citation": one.citation,
        "kinds": [difference.kind for difference in one.differences],
        "differences": [_told(difference) for difference in one.differences], **_place(one.span),
    }  # fmt: skip


def _told(difference: Difference) -> str:
    return f"{difference.kind}: {difference.message}"


def _place(span: Span | None, prefix: str = "") -> Row:
    return {f"{prefix}start": span.start if span else None, f"{prefix}end": span.end if span else None}
