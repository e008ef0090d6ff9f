"""Every quotation of an article against transcripts, worst first; or against the transcript that it prints itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from onrecord.errors import UsageError
from onrecord.model import Item, Quote, Record, Verdict
from onrecord.quotecheck.corpus import Corpus, Library
from onrecord.quotecheck.naming import Named, named
from onrecord.quotecheck.narrated import with_quotes
from onrecord.quotecheck.quotation import read_quotation
from onrecord.quotecheck.setting import Narrative
from onrecord.quotecheck.verdict import check_named
from onrecord.spans import Span
from onrecord.statements.quote_marks import read_marks
from onrecord.statements.quote_words import PRON, quote_words

WORST = ("spliced", "altered", "misattributed", "context_cut", "absent", "translated", "exact")
"""Verdicts in the order in which a desk should look at them."""

FEWEST = 3  # words between marks that quote nobody in particular; fewer are a name held at arm's length
_SEVERITIES = ("critical", "major", "minor")


class Printed(NamedTuple):
    """One quotation as the article prints it: its words, their place, and the quotation of the record it is of."""

    words: str
    span: Span
    quote: Quote


def check_article(
    article: Record, within: Corpus | Sequence[Record] | None = None, *, semantic: bool | None = None
) -> list[Verdict]:
    """One verdict for each direct or mixed quotation of an article's narrative, worst first.

    Without `within` the article's own transcript is asked; `UsageError` where it has none. A quotation that no
    transcript holds and that the article sets elsewhere has `setting`: it is not from this event, and not wrong.
    """
    article = with_quotes(article)
    if within is None and not article.turns:
        raise UsageError("the article prints no transcript of its own: say where to look with --in PATH")
    corpus = (
        Library([article]) if within is None else within if isinstance(within, Corpus) else Library(within)
    )
    narrative = Narrative(article)
    found = []
    for printed in quotations(article):
        read = read_quotation(printed.words)
        if read.words:
            verdict = check_named(read, corpus, _named(article, printed.quote), semantic=semantic)
            if verdict.verdict == "absent":
                verdict = replace(verdict, setting=narrative.setting(printed.quote))
            found.append(replace(verdict, printed=_place(article, printed)))
    return sorted(found, key=badness)


def badness(verdict: Verdict) -> tuple[int, int]:
    """The place of a verdict in a list, worst first; what is not from this event comes last of what was not found."""
    gravest = min(
        (_SEVERITIES.index(one.severity) for match in verdict.matches for one in match.differences),
        default=len(_SEVERITIES),
    )
    return WORST.index(verdict.verdict) * 2 + (verdict.setting is not None), gravest


def quotations(article: Record) -> list[Printed]:
    """The quotations in marks of an article's narrative, in order; speeches quote for themselves."""
    turns = [turn.span for turn in article.turns]
    return [
        printed
        for quote in article.quotes
        if quote.type != "indirect" and not any(turn.meets(quote.span) for turn in turns)
        for printed in _printed(article.sources[0].text, quote)
    ]


def _place(article: Record, printed: Printed) -> Item:
    """Where the quotation stands in its article, with the characters that are there."""
    source, span = article.sources[0], printed.span
    return Item(source.id, span, source.text[span.start : span.end], printed.words)


def _printed(text: str, quote: Quote) -> Iterator[Printed]:
    """What stands between the marks: the whole of a direct quotation, each marked part of a mixed one."""
    if quote.type == "direct":
        pieces = [text[segment.start : segment.end] for segment in quote.segments]
        yield Printed(" … ".join(pieces), quote.span, quote)
        return
    for segment in quote.segments:
        for marked in read_marks(text, segment.start, segment.end):
            words = text[marked.start : marked.end]
            if quote.speaker or len(words.split()) >= FEWEST:
                yield Printed(words, Span(marked.start, marked.end), quote)


def _named(article: Record, quote: Quote) -> Named | None:
    """Whom the article names: the person as it knows them, or the printed name of somebody it does not know."""
    source = article.sources[0]
    person = next((one for one in article.people if one.id == quote.speaker), None)
    if person is not None:
        forms = dict.fromkeys([person.name, *(alias.text for alias in person.aliases)])
        return Named(tuple(forms), person.known)
    printed = source.text[quote.mention.start : quote.mention.end] if quote.mention else ""
    pronoun = quote_words(source.language).classes.get(printed.casefold(), 0) & PRON
    return named(printed) if printed[:1].isupper() and not pronoun else None
