"""What the verbs of the archive share: which archive is meant, the time, and how an answer is written."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from onrecord.batch import shown
from onrecord.cli.outputs import named as given
from onrecord.errors import UsageError

if TYPE_CHECKING:
    from onrecord.store import Archive

ENVIRONMENT = "ONRECORD_ARCHIVE"
HERE = "archive.onrecord"
"""The archive in the folder where the program runs, where neither the option nor the environment names one."""


def archive_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option that names the archive."""
    return click.option(
        "--archive", "archive", metavar="PATH", callback=given,
        help=f"The archive: a file, or an address postgresql://…; default: ${ENVIRONMENT}, or {HERE} in this folder.",
    )(command)  # fmt: skip


def named(archive: str | None) -> str:
    """The archive that is meant; `UsageError` for an address of another kind than PostgreSQL's."""
    from onrecord.store.protocol import SERVERS

    address = archive or os.environ.get(ENVIRONMENT) or HERE
    if "://" in address and not address.startswith(SERVERS):
        raise UsageError(
            f"{shown(address)}: an archive is a file, or an address postgresql://USER@HOST/DATABASE"
        )
    return address


@contextmanager
def opened(archive: str | None, *, create: bool = False, readonly: bool = False) -> Iterator[Archive]:
    """The archive, closed again behind whatever happens."""
    from onrecord import store

    with store.open(named(archive), create=create, readonly=readonly) as found:
        yield found


def now() -> str:
    """The time, in UTC and to the second; everything below the command line is told the time."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def write_lines(lines: Sequence[str]) -> None:
    """Lines on standard output, with nothing in them that steers a terminal."""
    from onrecord.export import visible
    from onrecord.export.delivery import encoded, write

    write(encoded("".join(f"{visible.line(line)}\n" for line in lines), sys.stdout.encoding))


def write_json(rows: Sequence[object]) -> None:
    """Rows as JSON, one a line."""
    import msgspec

    from onrecord.export import visible
    from onrecord.export.delivery import write

    write(visible.json(b"".join(msgspec.json.encode(row) + b"\n" for row in rows)))


def fields(row: Any, *names: str) -> dict[str, object]:
    """Some fields of a row, by name."""
    return {name: getattr(row, name) for name in names}
