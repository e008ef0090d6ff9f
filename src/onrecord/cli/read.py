"""`onrecord read`: one or many texts become records, shown in the face that is asked for."""

from __future__ import annotations

from collections.abc import Mapping

import click

from onrecord.batch import Batch
from onrecord.cli.options import (
    aliases_given,
    date_given,
    face_language,
    face_options,
    language_given,
    say_place,
)
from onrecord.errors import UsageError


@click.command()
@click.argument("paths", metavar="PATH…", nargs=-1, required=True)
@click.option("--json", "form", flag_value="json", help="Write the record as JSON, one record a line.")
@click.option("--md", "form", flag_value="md", help="Write the minutes as Markdown.")
@face_options
@click.option("--fetch", "online", is_flag=True, help="Allow addresses (http, https) to be fetched.")
@click.option(
    "--alias", "aliases", metavar="LABEL=PERSON", multiple=True, callback=aliases_given,
    help="The label LABEL means PERSON; may be repeated.",
)  # fmt: skip
@click.option(
    "--language",
    metavar="CODE",
    callback=language_given,
    help="Language of the text, where it should not be guessed.",
)
@click.option("--date", metavar="DATE", callback=date_given, help="Date of the event, as 2031-03-14.")
@click.option(
    "--ledger", is_flag=True, help="Read quotations too, and what was agreed, promised, refused (a preview)."
)
def read(
    paths: tuple[str, ...], form: str | None, html: str | None, show: bool, ui: str | None, quiet: bool,
    online: bool, aliases: Mapping[str, str], language: str | None, date: str | None, ledger: bool,
) -> int:  # fmt: skip
    """Who was there, who said what, what to beware of.

    PATH is a file, a folder, an archive, "-" (stdin) or an address, which is only fetched with --fetch.
    Without --json or --md a summary is shown. Exit status 3 says that some inputs could not be read.
    """
    from onrecord.export.delivery import Faces, write

    faces = Faces(form, html, show, face_language(ui))
    batch = Batch(aliases, language, date, ledger, online, quiet)
    inputs = list(batch.inputs(paths))
    single = len(paths) == 1 and len(inputs) + len(batch.failures) == 1
    if not single and (html or show):
        raise UsageError(
            f"--html and --open show one record, {len(inputs)} inputs were given: read them one by one"
        )
    done = 0
    for record in batch.records(inputs):
        if done and form != "json":
            write(b"\n")
        say_place(faces.give(record), quiet)
        done += 1
    batch.say_unused()
    return batch.status(done)
