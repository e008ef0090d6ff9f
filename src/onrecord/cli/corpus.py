"""`onrecord corpus`: millions of documents become one dataset."""

from __future__ import annotations

import click

from onrecord.batch import say
from onrecord.cli.outputs import named
from onrecord.cli.shelf import write_lines


@click.command()
@click.argument("inputs", metavar="INPUT…", nargs=-1, required=True)
@click.option(
    "-o", "--output", metavar="DIR", required=True, callback=named, help="The folder of the dataset."
)
@click.option(
    "--engine", metavar="ENGINE", default="pool",
    help="pool, daft, ray, or the address of a cluster, ray://HOST:10001; default: pool.",
)  # fmt: skip
@click.option(
    "--workers", metavar="N", type=click.IntRange(min=1), help="How many at once; default: one for each core."
)
@click.option(
    "--shard-size",
    metavar="N",
    type=click.IntRange(min=1),
    help="How many files one unit of work has; default: 500.",
)
@click.option(
    "--seconds",
    metavar="S",
    type=click.FloatRange(min=0, min_open=True),
    help="Time for one document; default: 120.",
)
@click.option(
    "--memory", metavar="MIB", type=click.IntRange(min=64), help="Memory for one document; default: 2048."
)
@click.option("--quiet", is_flag=True, help="Say nothing on stderr but errors.")
def corpus(
    inputs: tuple[str, ...], output: str, engine: str, workers: int | None, shard_size: int | None,
    seconds: float | None, memory: int | None, quiet: bool,
) -> int:  # fmt: skip
    """Read many documents into partitioned Parquet, with flat memory; after a stop say it again.

    INPUT is a file, a folder, JSONL (also .gz, .zst), WARC, Parquet or an archive. What cannot be read goes to
    the table `quarantine` with its reason, and the exit status is 3. The folder also gets a report on quality.
    """
    from contextlib import nullcontext

    from onrecord.corpus import Limits, meter, run
    from onrecord.corpus.shards import SHARD_SIZE

    given = {"seconds": seconds, "memory": memory}
    limits = Limits(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    size = shard_size or SHARD_SIZE
    with nullcontext() if quiet else meter() as progress:
        done = run(
            inputs, output, engine=engine, workers=workers, shard_size=size, limits=limits, progress=progress
        )
    rows = ", ".join(f"{count:,} {table}" for table, count in done.rows.items())
    write_lines(
        [
            f"{done.out}: {rows}",
            f"documents read now: {done.read:,}; units of work left as they were: {done.kept:,}",
        ]
    )
    for kind, count in done.quarantined.items():
        say(f"{count:,} {kind}: see the table quarantine")
    if not done.documents + sum(done.quarantined.values()):
        say("there was nothing to read in the input; the dataset is empty")
    return done.status
