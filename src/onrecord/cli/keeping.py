"""Keeping the archive safe: `backup`, `export-archive`, `import-archive`, `alerts`."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.batch import say, shown
from onrecord.cli.options import date_given
from onrecord.cli.outputs import folder_fault, named
from onrecord.cli.shelf import archive_option, now, opened, write_json, write_lines
from onrecord.errors import CannotWrite, UsageError


def _free(path: str) -> str:
    """A place where there is nothing yet, in a folder that is there."""
    if Path(path).exists():
        raise CannotWrite(f"{shown(path)}: is there already; nothing was overwritten")
    if fault := folder_fault(Path(path)):
        raise CannotWrite(fault)
    return path


@click.command()
@click.argument("path", metavar="FILE", callback=named)
@archive_option
def backup(path: str, archive: str | None) -> int:
    """Copy the archive to FILE, consistent although others write meanwhile."""
    with opened(archive, readonly=True) as kept:
        kept.backup(_free(path))
    say(f"written: {path}")
    return 0


@click.command(name="export-archive")
@click.argument("path", metavar="FILE.zip", callback=named)
@archive_option
def export_archive(path: str, archive: str | None) -> int:
    """Write the whole archive as one zip of JSON lines, for any other program or database."""
    with opened(archive, readonly=True) as kept:
        kept.export(_free(path))
        if kept.keeps_meanings:
            say(
                "vectors of meanings are left out; onrecord add --meaning makes them again where it is imported"
            )
    say(f"written: {path}")
    return 0


@click.command(name="import-archive")
@click.argument("path", metavar="FILE.zip", callback=named)
@archive_option
def import_archive(path: str, archive: str | None) -> int:
    """Bring in an exported archive; after an interruption say it again."""
    from onrecord.store import transfer

    transfer.check(path)  # no archive is made for a file that cannot be brought in
    with opened(archive, create=True) as kept:
        count = kept.import_(path)
    say(f"{count} version{'' if count == 1 else 's'} new")
    return 0


@click.command()
@archive_option
@click.option("--save", metavar="NAME", help="Keep a search under this name; --for says what it looks for.")
@click.option("--for", "query", metavar="WORDS", default="", help="The words of the search that is kept.")
@click.option("--by", metavar="NAME", help="Only what this person said.")
@click.option("--since", metavar="DATE", callback=date_given, help="Only events on or after this date.")
@click.option("--forget", metavar="NAME", help="Drop the search of this name.")
@click.option("--feed", metavar="NAME", help="Write the newest matches of this search as an Atom feed.")
@click.option(
    "--at",
    metavar="ADDRESS",
    default="http://localhost:8000",
    help="Where the archive is served, for the feed; default: http://localhost:8000.",
)
@click.option("--peek", is_flag=True, help="Show what is new and leave it new.")
@click.option("--json", "as_json", is_flag=True, help="Write each new passage as JSON, one a line.")
def alerts(
    archive: str | None, save: str | None, query: str, by: str | None, since: str | None, forget: str | None,
    feed: str | None, at: str, peek: bool, as_json: bool,
) -> int:  # fmt: skip
    """What is new in the saved searches since the last look."""
    from onrecord.store import Filters

    if sum(asked is not None for asked in (save, forget, feed)) > 1:
        raise UsageError("--save, --forget and --feed: one at a time")
    if save is None and (query or by or since):
        raise UsageError("--for, --by and --since say what a search looks for: name it with --save")
    with opened(archive, readonly=bool(feed)) as kept:
        if save is not None:
            kept.save_search(save, query, Filters(speaker=by, since=since), time=now())
            say(f"kept: {shown(save)}")
        elif forget is not None:
            kept.forget_search(forget)
            say(f"dropped: {shown(forget)}")
        elif feed is not None:
            from onrecord.export.delivery import encoded, write

            write(encoded(kept.feed(feed, at)))
        else:
            found = kept.alerts(mark=not peek)
            _new(found, as_json)
            if not found:
                say(
                    "nothing new"
                    if kept.searches()
                    else "no search is kept: --save NAME --for WORDS keeps one"
                )
    return 0


def _new(found: list, as_json: bool) -> None:  # type: ignore[type-arg]
    """The new passages of every search; where there are more, that is said."""
    if as_json:
        write_json(
            [
                {
                    "search": alert.search.name,
                    "link": one.link,
                    "speaker": one.speaker,
                    "text": one.text,
                    "added": at,
                }
                for alert in found
                for one, at in zip(alert.passages, alert.times, strict=True)
            ]
        )
    else:
        write_lines(
            [f"{alert.search.name}  {one.link}  {one.text}" for alert in found for one in alert.passages]
        )
    for alert in found:
        if alert.more:
            say(f"{alert.search.name}: there are more; they come next time")
