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
from onrecord.cli.outputs import form_options, writable
from onrecord.errors import UsageError


@click.command()
@click.argument("paths", metavar="PATH…", nargs=-1, required=True)
@form_options(
    json="Write the record as JSON, one record a line.",
    md="Write the minutes as Markdown.",
    csv="Write the ledger as one CSV table.",
)
@face_options
@click.option("--by", metavar="NAME", help="Show only what this person put on record.")
@click.option(
    "--kind", "kinds", metavar="KIND", multiple=True,
    help="Show only statements of this kind (agreed, promised …); may be repeated.",
)  # fmt: skip
@click.option(
    "--with", "others", metavar="PATH", multiple=True,
    help="Another account of the event, in any language: where it differs, the text is flagged; may be repeated.",
)  # fmt: skip
@click.option("--fetch", "online", is_flag=True, help="Allow addresses (http, https) to be fetched.")
@click.option(
    "--alias", "aliases", metavar="LABEL=PERSON", multiple=True, callback=aliases_given,
    help="The label LABEL means PERSON; may be repeated.",
)  # fmt: skip
@click.option(
    "--language", metavar="CODE", callback=language_given,
    help="Language of the text, where it should not be guessed.",
)  # fmt: skip
@click.option("--date", metavar="DATE", callback=date_given, help="Date of the event, as 2031-03-14.")
@click.option(
    "--no-ledger", "ledger", is_flag=True, flag_value=False, default=True,
    help="Stop at who spoke: no quotations, no ledger, no flags; four times as fast.",
)  # fmt: skip
def read(
    paths: tuple[str, ...], form: str | None, html: str | None, show: bool, ui: str | None, quiet: bool,
    by: str | None, kinds: tuple[str, ...], others: tuple[str, ...], online: bool, aliases: Mapping[str, str],
    language: str | None, date: str | None, ledger: bool,
) -> int:  # fmt: skip
    """Who was there, who said what, what was agreed, promised, refused or left open, what to beware of.

    PATH is a file, a folder, an archive, "-" (stdin) or an address, which is only fetched with --fetch.
    Without --json, --md or --csv a summary is shown. Exit status 3 says that some inputs could not be read.
    """
    from onrecord.export.delivery import Faces, write

    faces = Faces(form, html, show, face_language(ui), by, kinds)
    batch = Batch(aliases, language, date, ledger, online, quiet, others)
    inputs = list(batch.inputs(paths))
    single = len(paths) == 1 and len(inputs) + len(batch.failures) == 1
    if not single and (html or show or others):
        raise UsageError(
            f"--html, --open and --with are for one record, {len(inputs)} inputs were given: read them one by one"
        )
    writable(html, [*inputs, *others])
    done = 0
    for record in batch.records(inputs):
        if done and form not in ("json", "csv"):
            write(b"\n")
        say_place(faces._replace(header=not done).give(record), quiet)
        done += 1
    batch.say_unused()
    return batch.status(done)
