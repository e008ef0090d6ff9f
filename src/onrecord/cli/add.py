"""`onrecord add`: texts into the archive, each with its record; what is there already is not read again."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.batch import Batch, progress, say, shown
from onrecord.cli.options import language_given
from onrecord.cli.shelf import archive_option, now, opened, write_lines
from onrecord.errors import CannotWrite, NoInput, OnrecordError, UsageError

if TYPE_CHECKING:
    from onrecord.store import Archive

_STATUS = ("new", "version", "revision", "same", "removed")


@click.command()
@click.argument("paths", metavar="PATH…", nargs=-1)
@archive_option
@click.option("--event", metavar="ID", help="The event they are accounts of, where likeness does not see it.")
@click.option("--fetch", "online", is_flag=True, help="Allow addresses (http, https) to be fetched.")
@click.option(
    "--language", metavar="CODE", callback=language_given,
    help="Language of all texts, where it should not be guessed.",
)  # fmt: skip
@click.option(
    "--watch", metavar="DIR", help="Go on adding what is new or changed in this folder, until interrupted."
)
@click.option(
    "--every",
    metavar="SECONDS",
    type=click.FloatRange(min=0.1),
    default=10.0,
    help="How often --watch looks; default: 10.",
)
@click.option(
    "--meaning", is_flag=True,
    help="Let the archive be searched by meaning, from now on, and make what is missing (needs the extra `semantic`).",
)  # fmt: skip
@click.option("--again", is_flag=True, help="Take in what was removed from the archive before.")
@click.option("--quiet", is_flag=True, help="Say nothing on stderr but errors.")
def add(
    paths: tuple[str, ...], archive: str | None, event: str | None, online: bool, language: str | None,
    watch: str | None, every: float, meaning: bool, again: bool, quiet: bool,
) -> int:  # fmt: skip
    """Keep texts and their records in an archive.

    PATH is a file, a folder, an archive of files, or an address (with --fetch). One line a text says what became of it:
    new, version (its source has changed), revision (read otherwise), same, removed. An interrupted run goes on where
    it stopped: bytes that are in the archive are not read again. --meaning needs no PATH.
    """
    if not paths and not watch and not meaning:
        raise UsageError("say what to add: onrecord add PATH…, or --watch DIR")
    batch = Batch({}, language, None, True, online, quiet)
    counts: Counter[str] = Counter()
    if meaning:
        _require_encoder()
    if watch and not Path(watch).exists():
        raise NoInput(f"{shown(watch)}: there is no such folder to watch")
    texts = _texts(batch.inputs(paths))
    if not (watch or meaning) and not any(map(_may_be_there, texts)):
        _say_missing(texts, batch)
        return batch.status(0)  # and no archive is made for nothing
    with opened(archive, create=True) as kept:
        _meanings(kept, meaning, quiet)
        _add(kept, batch, texts, event, again, counts)
        if watch:
            _watch(kept, batch, watch, every, event, again, counts)
        if counts.total() > counts["same"] + counts["removed"]:
            kept.settle()
    if not quiet:
        say(
            ", ".join(f"{counts[status]} {status}" for status in _STATUS if counts[status])
            or "nothing was added"
        )
    return batch.status(counts.total())


def _may_be_there(path: str) -> bool:
    """Whether there is something at a path; at an address, or on standard input, only reading it can tell."""
    from onrecord.sources import is_address
    from onrecord.sources.paths import split_member

    return path == "-" or is_address(path) or Path(split_member(path)[0]).exists()


def _say_missing(paths: Iterable[str], batch: Batch) -> None:
    for path in paths:
        say(f"{shown(path)}: no such file")
        batch.failures.append(NoInput.exit_status)


def _require_encoder() -> None:
    """Said before an archive is made that could not keep its promise."""
    from onrecord.store.meaning import require

    require()


def _meanings(kept: Archive, wanted: bool, quiet: bool) -> None:
    """Encode what is missing, if that is wanted; else say if what is added now will be missing."""
    if not wanted:
        if kept.keeps_meanings and not kept.can_encode:
            say(
                'this archive keeps meanings, and what is added now has none: pip install "onrecord[semantic]"'
            )
        return
    told = 0
    with progress(kept.unencoded(), quiet) as step:

        def advance(done: int, _: int) -> None:
            nonlocal told
            while told < done:
                told += 1
                step()

        count = kept.encode(advance)
    if count and not quiet:
        say(f"{count} passage{'' if count == 1 else 's'} encoded")


def _texts(paths: Iterable[str]) -> list[str]:
    """The paths without archives of ours and their journals: one may lie in the very folder that is added."""
    from onrecord.store.consulted import is_archive

    found = list(paths)
    ours = tuple(path for path in found if is_archive(path))
    beside = {f"{one}{end}" for one in ours for end in ("", "-wal", "-shm", "-journal")}
    return [path for path in found if path not in beside]


def _watch(
    kept: Archive,
    batch: Batch,
    folder: str,
    every: float,
    event: str | None,
    again: bool,
    counts: Counter[str],
) -> None:
    """Look into a folder until somebody interrupts; a file that changed is taken in again as a new version."""
    from onrecord.sources import expand

    seen: dict[str, tuple[int, int]] = {}
    try:
        while True:
            fresh = [path for path in _texts(expand([folder])) if _changed(path, seen)]
            _add(kept, batch, fresh, event, again, counts)
            time.sleep(every)
    except KeyboardInterrupt:
        return


def _changed(path: str, seen: dict[str, tuple[int, int]]) -> bool:
    """Whether a file is new, or has another size or time than at the last look."""
    from onrecord.sources.paths import split_member

    try:
        found = Path(split_member(path)[0]).stat()
    except OSError:  # it went away between two looks
        return False
    state = (found.st_size, found.st_mtime_ns)
    if seen.get(path) == state:
        return False
    seen[path] = state
    return True


def _add(
    kept: Archive, batch: Batch, inputs: Sequence[str], event: str | None, again: bool, counts: Counter[str]
) -> None:
    """Each text in a transaction of its own; one that fails is said, and the others go on."""
    with progress(len(inputs), batch.quiet) as step:
        for path in inputs:
            try:
                status, link = _one(kept, batch, path, event, again)
                counts[status] += 1
                write_lines([f"{status}  {link}  {shown(path)}"])
            except CannotWrite:
                raise
            except OnrecordError as error:
                say(str(error))
                batch.failures.append(error.exit_status)
            step()


def _one(kept: Archive, batch: Batch, path: str, event: str | None, again: bool) -> tuple[str, str]:
    """What became of one text, and its link."""
    from hashlib import sha256

    from onrecord.record import read_source
    from onrecord.sources import is_address, load, open_loaded
    from onrecord.sources.address import opened as opened_page
    from onrecord.store.fronts import LONG

    page = batch.retrieve(path) if is_address(path) else None
    name, data = (page.address, page.data) if page else load(path)
    if not again and event is None and (held := kept.holding(sha256(data).hexdigest())):
        return ("removed" if held.removed else "same"), f"/e/{held.event}/v/{held.id}"
    found = opened_page(page) if page else open_loaded(path, name, data)
    record = read_source(found, language=batch.language)
    added = kept.add(record, data, added=now(), address=page and page.address, event=event, again=again)
    if len(record.turns) >= LONG and added.status not in ("same", "removed"):
        from onrecord.web.opening import keep

        keep(kept, added.version)
    return added.status, added.link
