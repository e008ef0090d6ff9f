"""The child process that reads documents, one shard after the other, until its parent lets go of it.

It is a program of its own (`serve`), so that nothing of the caller is imported again, whatever the caller is: a script
without a guard, a notebook, a task on a cluster.

    parent -> child   a line of JSON: a task
    child -> parent   lines of JSON: ["start", entries found in the journal]; for each document ["begin", index, place]
                      and ["done", weight]; at last ["shard", manifest, kept], or ["leave"] to be replaced by a fresh
                      child, or ["error", kind, message]
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from onrecord import __version__, lexicon
from onrecord.corpus import parts
from onrecord.corpus.documents import Damage, Document, documents, fingerprint, opened
from onrecord.corpus.journal import Claim, Entry, Journal, Quarantined
from onrecord.corpus.limits import Limits, alarmed, confined
from onrecord.corpus.quality import tally
from onrecord.corpus.readings import DEFAULT, Reading, named
from onrecord.corpus.shards import Shard
from onrecord.errors import CannotWrite, MissingExtra, OnrecordError, Refused
from onrecord.export.tables import rows

Tell = Callable[..., None]


class Task(msgspec.Struct, frozen=True):
    """One shard and where its parts go. `skip` are the documents that cost a worker its life, by index."""

    shard: Shard
    out: str
    limits: Limits = Limits()
    reading: str = DEFAULT
    skip: dict[int, Quarantined] = {}


class _Leave(Exception):
    """This process should be replaced: a document took its memory."""


def serve() -> None:
    """The child: tasks from standard input until it closes."""
    tasks = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):  # what a library prints must not reach the pipe
        os.dup2(nowhere, standard)

    def tell(*message: Any) -> None:
        answers.write(msgspec.json.encode(message) + b"\n")
        answers.flush()

    try:
        for line in tasks:
            _answer(msgspec.json.decode(line, type=Task), tell)
    except (BrokenPipeError, KeyboardInterrupt):
        sys.exit(0)  # nobody is there any more; what is done is in the journal


def _answer(task: Task, tell: Tell) -> None:
    try:
        do(task, tell)
    except _Leave:
        tell("leave")
    except BrokenPipeError:
        raise
    except OSError as error:
        tell("error", "CannotWrite", f"{task.out}: {error.strerror or error}")
    except OnrecordError as error:
        tell("error", type(error).__name__, str(error))


def do(task: Task, tell: Tell) -> None:
    """One shard, from where it was left: every document into the journal, then the journal into parts."""
    shard, out = task.shard, Path(task.out)
    claim = Claim(fingerprint(shard), __version__, lexicon.digest(), task.reading)
    there = parts.manifest(out, shard.key)
    if there is not None and there.holds(out, claim, task.limits):
        tell("shard", there, True)
        return
    read = named(task.reading)
    journal = Journal(out / parts.WORK / f"{shard.key}.journal", claim)
    resumed = journal.next
    tell("start", resumed)
    try:
        for index, item in enumerate(documents(shard)):
            if index < resumed:
                continue
            if (entry := _known(index, item, task)) is None:
                assert isinstance(item, Document)
                tell("begin", index, item.place)
                entry, healthy = _entry(index, item, read, task.limits)
                journal.append(entry)
                tell("done", item.at)
                if not healthy:
                    raise _Leave
            else:
                journal.append(entry)
        made = parts.write(out, shard.key, claim, task.limits, journal.entries())
    finally:
        journal.close()
    journal.remove()
    tell("shard", made, False)


def _known(index: int, item: Document | Damage, task: Task) -> Entry | None:
    """The entry of what is not read: a damaged place, or a document that has killed a worker."""
    if isinstance(item, Damage):
        return Entry(index, quarantined=Quarantined(item.place, "damaged", item.reason))
    return Entry(index, quarantined=task.skip[index]) if index in task.skip else None


def _entry(index: int, document: Document, read: Reading, limits: Limits) -> tuple[Entry, bool]:
    """What becomes of one document, and whether this process may go on after it."""
    place = document.place
    try:
        with alarmed(limits.seconds), confined(limits.memory):
            return _made(index, document, read), True
    except MemoryError:
        reason = f"wanted more than {limits.memory} MiB of memory"
        return Entry(index, quarantined=Quarantined(place, "memory", reason)), False
    except CannotWrite:
        raise
    except OnrecordError as error:
        return Entry(index, quarantined=Quarantined(place, _kind(error), str(error))), True
    except Exception as error:
        reason = f"{type(error).__name__}: {str(error)[:300]}"
        return Entry(index, quarantined=Quarantined(place, "fault", reason)), True


def _made(index: int, document: Document, read: Reading) -> Entry:
    partial = False
    record = document.record
    if record is None:
        source = opened(document)
        partial = source.reading.partial
        record = read(source)
    found = {
        name: [{"source": document.place, **row} for row in table] for name, table in rows(record).items()
    }
    found["documents"][0]["text"] = record.sources[0].text
    return Entry(index, found, tally(record, partial=partial))


def _kind(error: OnrecordError) -> Any:
    if isinstance(error, MissingExtra):
        return "missing"
    if isinstance(error, Refused):
        return "refused"
    return "fault" if error.exit_status == 70 else "unreadable"
