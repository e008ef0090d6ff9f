"""Shards through Daft: on this machine, or on a Ray cluster whose machines see the same folders. The one file that
touches daft.

A row of the frame is a task as JSON, and one call does one row. Workers are instances of a class, each in a process
that Daft starts where it likes; there, as everywhere, `do_shard` has a child process for the documents.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from onrecord.corpus.supervision import Outcome, Watch, do_shard, error_named
from onrecord.corpus.worker import Task
from onrecord.errors import MissingExtra, OnrecordError, UsageError

if TYPE_CHECKING:
    from onrecord.corpus.engines import Engine, Turn


class _Failed(msgspec.Struct, frozen=True, tag=True):
    """A shard that could not be done, as a value: errors of ours do not survive the way back from a cluster."""

    kind: str
    reason: str


class _Done(msgspec.Struct, frozen=True, tag=True):
    outcome: Outcome


class Shards:
    """What Daft calls: one task in, one answer out, both as JSON."""

    def __call__(self, task: str) -> str:
        """Do one shard where this process happens to be."""
        answer: _Done | _Failed
        try:
            answer = _Done(do_shard(msgspec.json.decode(task, type=Task)))
        except OnrecordError as error:
            answer = _Failed(type(error).__name__, str(error))
        return msgspec.json.encode(answer).decode()


def on_daft(name: str) -> Engine:
    """The engine `daft`, `ray` (a cluster that is there, else one of this machine), or `ray://HOST:PORT`."""
    daft = _daft()

    def run(tasks: Iterator[Task], workers: int, watch: Watch, turn: Turn) -> Iterator[Outcome]:
        _choose(daft, name)
        lines = [msgspec.json.encode(task).decode() for task in tasks]
        if not lines:
            return
        frame = daft.from_pydict({"task": lines}).into_batches(1)
        does = daft.cls(Shards, max_concurrency=workers)()
        for row in frame.select(does(frame["task"]).alias("answer")).iter_rows():
            turn()
            outcome = _outcome(row["answer"])
            watch("shard", outcome.size)
            yield outcome

    return run


def _choose(daft: Any, name: str) -> None:
    """Set Daft's runner, which can be done once in a process."""
    wanted = "native" if name == "daft" else "ray"
    try:
        if wanted == "native":
            daft.set_runner_native()
        else:
            daft.set_runner_ray(name if name.startswith("ray://") else None, noop_if_initialized=True)
    except ImportError:
        raise MissingExtra("the engine ray and running it", "scale", "ray") from None
    except RuntimeError as error:
        raise UsageError(
            f"Daft is set up for another engine in this process ({error}); start a new one"
        ) from None


def _outcome(answer: str) -> Outcome:
    found = msgspec.json.decode(answer, type=_Done | _Failed)
    if isinstance(found, _Failed):
        raise error_named(found.kind, found.reason)
    return found.outcome


def _daft() -> Any:
    os.environ.setdefault(
        "DAFT_PROGRESS_BAR", "0"
    )  # progress is ours to tell, on a terminal and nowhere else
    try:
        import daft
    except ImportError:
        raise MissingExtra("with the engine daft", "scale", "daft") from None
    return daft
