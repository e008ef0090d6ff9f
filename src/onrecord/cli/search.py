"""`onrecord search`: words in the archive, with who said them and a link that stays."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from onrecord.batch import say
from onrecord.cli.options import date_given, face_language, ui_option
from onrecord.cli.shelf import archive_option, opened, write_json
from onrecord.errors import UsageError

if TYPE_CHECKING:
    from onrecord.store import Filters, Hit, Page
    from onrecord.ui import Words


@click.command()
@click.argument("words", metavar="WORDS…", nargs=-1)
@archive_option
@click.option("--by", metavar="NAME", help="Only what this person said (a part of the name is enough).")
@click.option(
    "--kind", metavar="KIND", help="Only passages with a statement of this kind (agreed, promised …)."
)
@click.option(
    "--flag", metavar="KIND", help="Only passages with a flag of this kind (glued, role, negation …)."
)
@click.option("--event", metavar="ID", help="Only this event.")
@click.option("--since", metavar="DATE", callback=date_given, help="Only events on or after this date.")
@click.option("--until", metavar="DATE", callback=date_given, help="Only events on or before this date.")
@click.option("--language", metavar="CODE", help="Only texts in this language.")
@click.option(
    "--limit", metavar="N", type=click.IntRange(1, 500), default=20, help="How many at once; default: 20."
)
@click.option("--after", metavar="MARK", help="Go on behind the mark that the last page ended with.")
@click.option(
    "--meaning", is_flag=True,
    help="Find what means the same, in other words and languages (needs the extra `semantic`; see add --meaning).",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Write each hit as JSON, one a line.")
@ui_option
def search(
    words: tuple[str, ...], archive: str | None, by: str | None, kind: str | None, flag: str | None,
    event: str | None, since: str | None, until: str | None, language: str | None, limit: int,
    after: str | None, meaning: bool, as_json: bool, ui: str | None,
) -> int:  # fmt: skip
    """Find passages: words, "a phrase", beginnings with a star (agree*); case and accents do not matter.

    Whatever is typed is looked for; nothing is a mistake. Without words the filters alone choose. With --meaning WORDS
    are a sentence, and every passage is ranked by how near it comes (1 is the same), wherever that ends to be of use.
    The last line on stderr says when there are more, and how to see them.
    """
    from onrecord.ui import words as words_of

    if meaning and not words:
        raise UsageError("say what it should mean: onrecord search --meaning WORDS")
    face = words_of(face_language(ui))
    filters = _filters(by, kind, flag, event, since, until, language)
    if not words and filters == type(filters)():
        raise UsageError("say what to look for: onrecord search WORDS, or a filter (--by, --kind, --since …)")
    with opened(archive, readonly=True) as kept:
        page = kept.search(" ".join(words), filters, limit=limit, after=after, meaning=meaning)
        if as_json:
            write_json([_row(hit) for hit in page.hits])
        else:
            _show(page, face)
    _say_more(page)
    return 0


def _filters(
    by: str | None, kind: str | None, flag: str | None, event: str | None, since: str | None, until: str | None,
    language: str | None,
) -> Filters:  # fmt: skip
    from typing import cast, get_args

    from onrecord.model import FlagKind, StatementKind
    from onrecord.store import Filters

    if since and until and since[: len(until)] > until[: len(since)]:
        raise UsageError(f"--since {since} lies behind --until {until}: nothing can be between them")
    for given, known, name in (
        (kind, get_args(StatementKind), "--kind"),
        (flag, get_args(FlagKind), "--flag"),
    ):
        if given is not None and given not in known:
            raise click.BadParameter(f'"{given}" is none of: {", ".join(known)}', param_hint=name)
    return Filters(
        speaker=by, statement=cast("StatementKind | None", kind), flag=flag, event=event, since=since, until=until,
        language=language,
    )  # fmt: skip


def _show(page: Page, face: Words) -> None:
    """The passages for a terminal, the words found in quotation marks of their own."""
    from onrecord.export import visible
    from onrecord.export.delivery import encoded, write

    lines = []
    for hit in page.hits:
        one = hit.passage
        said = [visible.line(one.speaker or face("record.unattributed")), one.date or ""]
        if hit.by == "meaning":
            said.append(face("record.nearness", n=f"{hit.score:.2f}"))
        lines += [f"{one.link}  {' · '.join(filter(None, said))}", f"  {_excerpt(hit)}", ""]
    write(encoded("".join(f"{line}\n" for line in lines), sys.stdout.encoding))


def _excerpt(hit: Hit) -> str:
    """The stretch around the words, each of which stands between brackets that no text loses."""
    from onrecord.export import visible

    start, end, text = hit.excerpt.start, hit.excerpt.end, hit.passage.text
    offset, at = hit.passage.span.start, start
    pieces: list[str] = []
    for match in hit.matches:
        if start <= match.start and match.end <= end:
            found = text[match.start - offset : match.end - offset]
            pieces += [text[at - offset : match.start - offset], "»", found, "«"]
            at = match.end
    pieces.append(text[at - offset : end - offset])
    before = "…" if start > offset else ""
    after = "…" if end < hit.passage.span.end else ""
    return visible.line(before + "".join(pieces) + after)


def _row(hit: Hit) -> dict[str, object]:
    one = hit.passage
    return {
        "link": one.link, "event": one.event, "version": one.version, "item": one.item, "speaker": one.speaker,
        "date": one.date, "language": one.language, "span": one.span, "text": one.text, "matches": hit.matches,
        "excerpt": hit.excerpt, "by": hit.by, "score": round(hit.score, 6),
    }  # fmt: skip


def _say_more(page: Page) -> None:
    """How many there are, and that more are not shown."""
    total = f"more than {page.total}" if page.more else str(page.total)
    if page.cut:
        say("the query was long: only its first words were looked for")
    if page.unencoded:
        say(f"{page.unencoded} passages have no meaning yet and were not compared: onrecord add --meaning")
    if page.next:
        say(f"{len(page.hits)} of {total} shown; the next: --after {page.next}")
    elif not page.hits:
        say("nothing was found")
