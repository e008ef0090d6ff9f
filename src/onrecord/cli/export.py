"""`onrecord export`: a text or a stored record in the format of somebody else."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.batch import Batch
from onrecord.cli.options import say_written
from onrecord.cli.outputs import named, writable
from onrecord.errors import UsageError


@click.command()
@click.argument("path", metavar="PATH", required=True)
@click.option(
    "--to", "name", metavar="FORMAT", required=True, help="Name of the format; a wrong one lists them."
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    callback=named,
    help='Where to write it ("-", the default, is stdout).',
    default="-",
)
@click.option("--quiet", is_flag=True, help="Say nothing on stderr but errors.")
def export(path: str, name: str, output: str, quiet: bool) -> int:
    """Write one record in another format.

    PATH is a text, which is read first, or a record as JSON. Formats: tei, akn, jsonl, convokit, annotations,
    jsonld, webvtt, csv, parquet, md, html, and those of installed packages.
    """
    from onrecord.export.delivery import write, write_whole
    from onrecord.export.formats import export as written
    from onrecord.export.formats import formats

    if name not in formats():
        raise UsageError(f"no format is called {name!r}: {', '.join(formats())}")
    batch = Batch({}, None, None, True, False, quiet)
    inputs = list(batch.inputs([path]))
    if len(inputs) > 1:
        raise UsageError(f"{len(inputs)} inputs were given: export them one by one, or use `onrecord corpus`")
    writable(output, inputs)
    done = 0
    for record in batch.records(inputs):
        data = written(record, name)
        done += 1
        if output == "-":
            write(data)
        else:
            write_whole(Path(output), data)
            say_written(Path(output), quiet)
    return batch.status(done)
