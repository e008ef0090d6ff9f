"""`onrecord check`: did they say it? One quotation, or every quotation of an article."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.batch import Batch, say
from onrecord.cli.options import FOUND, date_given, face_language, face_options, listed, say_place
from onrecord.cli.outputs import form_options, writable
from onrecord.errors import NoInput, UsageError

if TYPE_CHECKING:
    from onrecord.export.delivery import Shown
    from onrecord.model import Verdict
    from onrecord.quotecheck import Corpus

VERDICTS = ("exact", "altered", "spliced", "context_cut", "misattributed", "translated", "absent")
ARCHIVE = "ONRECORD_ARCHIVE"
"""The environment variable that names the archive which is asked where no `--in` says otherwise."""


@click.command()
@click.argument("quote", metavar="QUOTE|ARTICLE")
@click.argument("more", metavar="", nargs=-1)
@click.option(
    "--in", "within", metavar="PATH…", multiple=True,
    help="Texts, stored records, folders, or an archive to look in.",
)  # fmt: skip
@click.option("--by", metavar="NAME", help="Who is said to have said it.")
@click.option("--since", metavar="DATE", callback=date_given, help="Only events on or after this date.")
@click.option("--event", metavar="TITLE", help="Only events whose title holds these words.")
@form_options(
    json="Write each verdict as JSON, one a line.",
    md="Write them as Markdown.",
    csv="Write them as one CSV table.",
)
@face_options
@click.option(
    "--semantic/--no-semantic", default=None,
    help="Across languages also compare meanings (needs the extra `semantic`), or do not; default: where installed.",
)  # fmt: skip
@click.option(
    "--fail-on", metavar="VERDICTS", callback=listed(lambda: VERDICTS, "verdict"),
    help="Exit status 1 if one of these verdicts is given, as altered,absent.",
)  # fmt: skip
def check(
    quote: str, more: tuple[str, ...], within: tuple[str, ...], by: str | None, since: str | None,
    event: str | None, form: str | None, html: str | None, show: bool, ui: str | None, quiet: bool,
    semantic: bool | None, fail_on: tuple[str, ...],
) -> int:  # fmt: skip
    """Did they say it? Exact, altered, spliced, out of context, somebody else's, translated, or not found.

    QUOTE is the words of one quotation; the path of a file there is an ARTICLE, and every quotation in it is checked.
    Without --in the archive named in ONRECORD_ARCHIVE is asked; an article that prints its transcript is checked
    against itself.
    """
    from onrecord.export.delivery import give

    batch = Batch({}, None, None, True, False, quiet)
    if more and not within:
        raise UsageError('put the quotation into quotation marks: onrecord check "the words" --in PATH')
    writable(html, (quote, *within, *more))
    found = _answers(batch, quote, (*within, *more), (by, since, event, semantic))
    if batch.failures and not found:
        return batch.failures[0]
    if not found:
        say(f"{quote}: there is no quotation in it")
    say_place(give(_shown(found, face_language(ui)), form, html, show, "quotations"), quiet)
    return FOUND if any(one.verdict in fail_on for one in found) else batch.status(len(found) or 1)


def _answers(
    batch: Batch,
    quote: str,
    within: Sequence[str],
    asked: tuple[str | None, str | None, str | None, bool | None],
) -> list[Verdict]:
    """The verdict on one quotation, or on each of an article."""
    from onrecord.quotecheck import check as judge
    from onrecord.quotecheck import check_article

    by, since, event, semantic = asked
    if _is_file(quote):
        if by or since or event:
            raise UsageError("--by, --since and --event are for one quotation; an article says these itself")
        articles = list(batch.records([quote]))
        corpus = _corpus(batch, within) if within else None
        return [one for article in articles for one in check_article(article, corpus, semantic=semantic)]
    if not quote.strip():
        raise UsageError("the quotation is empty: give the words, in quotation marks")
    if not within and not os.environ.get(ARCHIVE):
        raise UsageError(f"say where to look: --in PATH, or name an archive in {ARCHIVE}")
    corpus = _corpus(batch, within or (os.environ[ARCHIVE],))
    return [judge(quote, corpus, by=by, since=since, event=event, semantic=semantic)] if corpus else []


def _is_file(quote: str) -> bool:
    """Whether the argument names a file; words of any length and with any characters may be asked for."""
    try:
        return quote == "-" or (len(quote) < 4096 and Path(quote).is_file())
    except (OSError, ValueError):
        return False


def _corpus(batch: Batch, within: Sequence[str]) -> Corpus | None:
    """One archive, or all the texts that the paths stand for; None where none of them could be read."""
    from onrecord.quotecheck import Library
    from onrecord.store import open as open_archive
    from onrecord.store.consulted import Consulted, is_archive

    if len(within) == 1 and is_archive(within[0]):
        return Consulted(open_archive(within[0], readonly=True))
    if any(map(is_archive, within)):
        raise UsageError("one archive, or texts and folders: not both at once")
    records = list(batch.records(list(batch.inputs(within))))
    if not records and not batch.failures:
        raise NoInput("there is nothing to look in")
    return Library(records) if records else None


def _shown(found: Sequence[Verdict], language: str) -> Shown:
    """The verdicts in every form."""
    from onrecord.export import verdicts, verdicts_page
    from onrecord.export.delivery import Shown

    return Shown(
        lambda width, colour: verdicts.render(found, width=width, colour=colour, language=language),
        lambda: b"".join(verdicts.json_line(one) + b"\n" for one in found),
        lambda: verdicts.markdown(found, language=language),
        lambda: verdicts_page.render(found, language=language),
        lambda: verdicts.as_csv(found),
    )
