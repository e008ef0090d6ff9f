"""`onrecord schema`: the contract, for programs."""

from __future__ import annotations

import click


@click.command()
def schema() -> None:
    """Print the JSON Schema of a record."""
    import msgspec

    from onrecord.export.delivery import write
    from onrecord.model import Record

    write(msgspec.json.format(msgspec.json.encode(msgspec.json.schema(Record)), indent=2) + b"\n")
