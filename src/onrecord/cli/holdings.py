"""What the archive holds: `list`, `show`, `versions`, `remove`."""

from __future__ import annotations

import click

from onrecord.batch import shown
from onrecord.cli.options import face_language, ui_option
from onrecord.cli.outputs import form_options, named
from onrecord.cli.shelf import archive_option, fields, now, opened, write_json, write_lines
from onrecord.errors import NoInput, UsageError


@click.command(name="list")
@archive_option
@click.option("--json", "as_json", is_flag=True, help="Write each event as JSON, one a line.")
@ui_option
def list_(archive: str | None, as_json: bool, ui: str | None) -> int:
    """The events in the archive, with how many accounts of each."""
    from onrecord.ui import words

    said = words(face_language(ui))
    with opened(archive, readonly=True) as kept:
        found = [(event, kept.sources(event.id)) for event in kept.events()]
    if as_json:
        write_json(
            [{**fields(event, "id", "title", "date", "added"), "sources": len(held)} for event, held in found]
        )
    else:
        write_lines(
            [
                f"/e/{event.id}  {event.date or '–'}  {said.count('accounts', len(held))}"
                f"  {event.title or said('record.untitled')}"
                for event, held in found
            ]
        )
    return 0


@click.command()
@click.argument("link", metavar="LINK", callback=named)
@archive_option
@form_options(
    json="Write the record, as it stands corrected, as JSON.",
    md="Write the minutes as Markdown.",
    data="Write the bytes of the source as they were added.",
)
@ui_option
def show(link: str, archive: str | None, form: str | None, ui: str | None) -> int:
    """One text of the archive, or the characters that a permalink names.

    LINK is a permalink (/e/EVENT/v/VERSION/t7, /e/EVENT/t7) or the name of a version.
    """
    from onrecord.export.delivery import Faces, write

    with opened(archive, readonly=True) as kept:
        place = kept.resolve(link if link.startswith("/") else f"/e/{kept.version(link).event}/v/{link}")
        if place.removed:
            raise NoInput(f"{place.link}: removed on {place.removed}; its text is no longer here")
        if form == "data":
            write(kept.data(place.version))
        elif place.text is not None and form is None:
            write_lines([place.link, f"  {place.text}"])
        else:
            Faces(form, None, False, face_language(ui)).give(kept.record(place.version))
    return 0


@click.command()
@click.argument("event", metavar="EVENT", callback=named)
@archive_option
@click.option("--json", "as_json", is_flag=True, help="Write each version as JSON, one a line.")
def versions(event: str, archive: str | None, as_json: bool) -> int:
    """Every version of every account of an event, oldest first; what was removed is shown as removed."""
    with opened(archive, readonly=True) as kept:
        found = kept.versions(event.removeprefix("/e/").split("/")[0])
    if not found:
        raise NoInput(f"{shown(event)}: there is no such event in the archive")
    names = (
        "id",
        "event",
        "source",
        "sha256",
        "text_sha256",
        "title",
        "date",
        "language",
        "added",
        "removed",
    )
    if as_json:
        write_json([fields(version, *names) for version in found])
    else:
        write_lines(
            [
                f"/e/{one.event}/v/{one.id}  {one.added}  {one.language or '–'}  {one.sha256[:12]}"
                + (
                    f"  removed {one.removed}: {one.reason}"
                    if one.removed
                    else f"  {one.title or 'untitled'}"
                )
                for one in found
            ]
        )
    return 0


@click.command()
@click.argument("version", metavar="VERSION", callback=named)
@archive_option
@click.option("--reason", metavar="TEXT", required=True, help="Why; it is kept on the tombstone.")
def remove(version: str, archive: str | None, reason: str) -> int:
    """Erase a text from the archive; its names, hashes and links stay as a tombstone."""
    if not reason.strip():
        raise UsageError("a removal needs a reason")
    with opened(archive) as kept:
        gone = kept.remove(version.rpartition("/")[2], time=now(), reason=reason)
    write_lines([f"removed  /e/{gone.event}/v/{gone.id}"])
    return 0
