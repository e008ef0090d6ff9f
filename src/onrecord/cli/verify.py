"""`onrecord verify`: do stored records still hold?"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.batch import say, shown
from onrecord.errors import BadData, CannotWrite, NoInput, OnrecordError

if TYPE_CHECKING:
    from onrecord.model import Record

_PROBLEMS = 20  # of one record, that are listed


@click.command()
@click.argument("records", metavar="RECORD…", nargs=-1, required=True)
@click.option("--quiet", is_flag=True, help="Print only what fails.")
def verify(records: tuple[str, ...], quiet: bool) -> int:
    """Check that records still hold: every hash, every span; of an archive also its index and its pages.

    RECORD is a file of one record as JSON, or of one record a line; "-" is stdin; or an archive. Exit status 65
    says that something does not hold, and each line what.
    """
    from onrecord.store.consulted import is_archive

    status = 0
    for path in records:
        if is_archive(path):
            status = _verify_archive(path, quiet) or status
            continue
        try:
            for name, data in _stored(path):
                status = _verify(name, data, quiet) or status
        except CannotWrite:  # that is about the answer, not about this record
            raise
        except OnrecordError as error:
            say(f"{path}: {error}")
            status = error.exit_status
    return status


def _stored(path: str) -> Iterator[tuple[str, bytes]]:
    """The records in a file with their names: one JSON document, or one a line."""
    data = _bytes(path)
    name = "standard input" if path == "-" else path
    lines = [(number, line) for number, line in enumerate(data.splitlines(), 1) if line.strip()]
    if not lines:
        raise BadData("there is no record in it")
    # The second line of one indented document is a field, that of a file of records is a record.
    if len(lines) < 2 or not lines[1][1].lstrip().startswith(b"{"):
        yield name, data
        return
    for number, line in lines:
        yield f"{name}:{number}", line


def _bytes(path: str) -> bytes:
    if path == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(path).read_bytes()
    except FileNotFoundError:
        raise NoInput("there is no such file") from None
    except IsADirectoryError:
        raise NoInput("a folder; name the files in it") from None
    except OSError as error:
        raise NoInput(error.strerror or str(error)) from None


def _verify(name: str, data: bytes, quiet: bool) -> int:
    """The exit status that one stored record deserves, after saying why."""
    from onrecord.record import decode, verify

    try:
        record = decode(data)
        problems = verify(record)
    except OnrecordError as error:
        say(f"{name}: {error}")
        return error.exit_status
    _report(name, record, problems, quiet)
    return BadData.exit_status if problems else 0


def _verify_archive(path: str, quiet: bool) -> int:
    """The exit status that an archive deserves, after saying why."""
    from onrecord import store
    from onrecord.cli.shelf import write_lines
    from onrecord.store.protocol import SERVERS

    name = path
    if path.startswith(SERVERS):
        from onrecord.store.postgres import without_password

        name = without_password(path)
    try:
        problems = store.verify(path)
    except CannotWrite:
        raise
    except OnrecordError as error:  # it names the archive
        say(str(error))
        return error.exit_status
    lines = [f"{name}: {problem}" for problem in problems[:_PROBLEMS]]
    if len(problems) > _PROBLEMS:
        lines.append(f"{name}: and {len(problems) - _PROBLEMS} more")
    if not problems and not quiet:
        lines.append(f"{name}: holds")
    write_lines(lines)
    return BadData.exit_status if problems else 0


def _report(name: str, record: Record, problems: Sequence[str], quiet: bool) -> None:
    from onrecord.export import visible
    from onrecord.export.delivery import encoded, write
    from onrecord.ui import words

    said = words("en")
    lines = [f"{shown(name)}: {visible.line(problem)}" for problem in problems[:_PROBLEMS]]
    if len(problems) > _PROBLEMS:
        lines.append(f"{shown(name)}: {said('record.more', n=said.number(len(problems) - _PROBLEMS))}")
    if not problems and not quiet:
        length = said.count("characters", sum(len(source.text) for source in record.sources))
        lines.append(f"{shown(name)}: holds ({said.count('turns', len(record.turns))}, {length})")
    write(encoded("".join(f"{line}\n" for line in lines)))
