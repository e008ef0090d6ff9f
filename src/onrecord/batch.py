"""Several inputs, read one after the other: what fails is said on stderr and counted, and the others go on."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import click

from onrecord.errors import CannotWrite, NoInput, OnrecordError, UsageError

if TYPE_CHECKING:
    from onrecord.model import Record
    from onrecord.sources import Opened
    from onrecord.sources.address import Retrieved

PARTLY = 3
"""The exit status of a batch of which some inputs could not be read."""


def shown(name: str) -> str:
    """A name from the file system or the command line, fit for a terminal."""
    from onrecord.export import visible

    return visible.path(name)


def say(message: str) -> None:
    """One line on stderr; where that cannot be written (a full disk), the exit status says it alone."""
    try:
        click.echo(f"onrecord: {shown(message)}", err=True)
    except OSError:
        # Python would try once more when it ends, and leave with a status of its own.
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


class Batch:
    """Inputs read one after the other; what fails is said and counted, and the others go on."""

    def __init__(
        self,
        aliases: Mapping[str, str],
        language: str | None,
        date: str | None,
        ledger: bool,
        online: bool,
        quiet: bool,
        others: Sequence[str] = (),
    ) -> None:
        self.aliases, self.language, self.date, self.ledger = aliases, language, date, ledger
        self.online = online
        self.others = tuple(others)
        self.quiet = quiet
        self.failures: list[int] = []
        self.partial = False
        self.unused = set(aliases)

    def inputs(self, paths: Sequence[str]) -> Iterator[str]:
        """The documents that the paths stand for; a path that stands for none is a failure."""
        from onrecord.sources import expand

        for path in paths:
            with self._one():
                found = list(expand([path]))
                if not found:
                    raise NoInput(f"{shown(path)}: nothing to read in it")
                yield from found

    def records(self, inputs: Sequence[str]) -> Iterator[Record]:
        """The record of every input that can be read."""
        from onrecord.record import read_source

        with progress(len(inputs), self.quiet) as step:
            for path in inputs:
                record = None
                with self._one():
                    opened = self._open(path)
                    record = read_source(
                        opened,
                        aliases=self.aliases,
                        language=self.language,
                        date=self.date,
                        ledger=self.ledger,
                    )
                    self._note_partial(opened)
                    if self.others:
                        record = self._beside(record)
                if record is not None:
                    self.unused -= _obeyed(record, self.unused)
                    yield record
                step()

    def _beside(self, record: Record) -> Record:
        """The record with what the other accounts of its event show of it."""
        from onrecord.record import beside, read_source

        return beside(record, [read_source(self._open(path), ledger=False) for path in self.others])

    def say_unused(self) -> None:
        """Name the aliases that no label answered to: most likely a slip of the pen."""
        if not self.quiet and not self.failures:
            for label in sorted(self.unused):
                say(f'--alias "{label}=…" changed nothing: no speaker is labelled "{label}"')

    def status(self, done: int) -> int:
        """0, the first failure's own status where nothing was read, or 3 where some of it was."""
        if self.failures and not done:
            return self.failures[0]
        return PARTLY if self.failures or self.partial else 0

    @contextmanager
    def _one(self) -> Iterator[None]:
        try:
            yield
        except CannotWrite:
            raise
        except OnrecordError as error:
            say(str(error))
            self.failures.append(error.exit_status)

    def _open(self, path: str) -> Opened:
        from onrecord.sources import is_address, open_path

        if not is_address(path):
            return open_path(path)
        from onrecord.sources.address import opened

        return opened(self.retrieve(path))

    def retrieve(self, address: str) -> Retrieved:
        """What stands at an address, if the user allowed it to be fetched."""
        from onrecord.sources.address import retrieve

        if not self.online:
            from shlex import quote

            raise UsageError(
                f"addresses are only fetched when asked: onrecord read --fetch {shown(quote(address))}"
            )
        return retrieve(address)

    def _note_partial(self, opened: Opened) -> None:
        if opened.reading.partial:
            self.partial = True
            if not self.quiet:
                say(f"{opened.name}: read in part; the notes of the record say what is missing")


def _obeyed(record: Record, labels: Collection[str]) -> set[str]:
    """The labels that name somebody in this record because the user said so."""
    from onrecord.people.names import fold

    if not labels:
        return set()
    said = {fold(alias.text) for person in record.people for alias in person.aliases if alias.kind == "user"}
    return {label for label in labels if fold(label) in said}


@contextmanager
def progress(count: int, quiet: bool) -> Iterator[Callable[[], None]]:
    """A bar on stderr for a batch, where somebody watches and rich is installed; otherwise nothing."""
    if count < 2 or quiet or not sys.stderr.isatty():
        yield lambda: None
        return
    try:
        from rich.console import Console
        from rich.progress import Progress
    except ImportError:  # the extra `progress` is not installed, and a batch runs as well without it
        yield lambda: None
        return
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("onrecord", total=count)
        yield lambda: bar.advance(task)
