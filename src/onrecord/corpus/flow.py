"""The whole of a corpus on one page: inputs -> shards -> an engine -> parts, manifests -> the report."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from os import PathLike, fspath
from pathlib import Path
from typing import Any, NamedTuple

from onrecord.batch import PARTLY
from onrecord.corpus import parts, report, supervision
from onrecord.corpus.engines import cores
from onrecord.corpus.engines import engine as engine_of
from onrecord.corpus.journal import Quarantined
from onrecord.corpus.limits import Limits
from onrecord.corpus.parts import Manifest
from onrecord.corpus.quality import Quality
from onrecord.corpus.readings import DEFAULT, named
from onrecord.corpus.shards import SHARD_SIZE, Plan, Shard, is_archive
from onrecord.corpus.supervision import Outcome
from onrecord.corpus.worker import Task
from onrecord.errors import CannotWrite, UsageError
from onrecord.export.tables import pyarrow_there


class Progress(NamedTuple):
    """How far a run is: documents begun and done in this run, shards done, and the share of the input (0 to 1)."""

    begun: int
    documents: int
    shards: int
    share: float
    quarantined: int
    seconds: float


class Summary(NamedTuple):
    """What a run has made. `read` documents were read by it; the others were there from before.

    `removed` counts parts whose input is gone, `quarantined` places by kind, `rows` the lines of each table.
    """

    out: Path
    shards: int
    kept: int
    removed: int
    documents: int
    partial: int
    read: int
    rows: dict[str, int]
    quarantined: dict[str, int]
    examples: list[Quarantined]
    quality: Quality
    seconds: float

    @property
    def status(self) -> int:
        """0, or 3 where something of the input is not in the dataset."""
        return PARTLY if self.quarantined or self.partial else 0


def run(
    inputs: Sequence[str | PathLike[str]],
    out: str | PathLike[str],
    *,
    engine: str = "pool",
    workers: int | None = None,
    shard_size: int = SHARD_SIZE,
    limits: Limits | None = None,
    reading: str = DEFAULT,
    progress: Callable[[Progress], None] | None = None,
) -> Summary:
    """Make a dataset of everything in `inputs`, or bring one up to date.

    `inputs` are files, folders, JSONL (also .gz, .zst), WARC, Parquet and archives; `out` is a folder. What is done
    already, of the same input by the same program, is not done again; a document that cannot be read goes to the
    table `quarantine` with its place and the reason. `reading` names the function that makes a record
    ("package.module:function"). `progress` is called some times a second by the pool, and after each shard; what it
    raises ends the run, and the next one goes on from there. Raises `UsageError`, `NoInput`, `CannotWrite`.
    """
    began = time.monotonic()
    pyarrow_there()
    named(reading)
    plan = Plan([fspath(path) for path in inputs], shard_size)
    target = Path(fspath(out)).resolve()
    _check_apart(plan, target)
    workers = workers or cores()
    if workers < 1:
        raise UsageError("a corpus needs at least one worker")
    does = engine_of(engine)
    parts.prepare(target)
    limits = (limits or Limits()).check()
    with _alone(target):
        supervision.start()
        state = _State(target, plan.size(), progress)
        tasks = (Task(shard, str(target), limits, reading) for shard in state.noted(plan))
        for outcome in does(tasks, workers, state.watch, state.show):
            state.add(outcome)
        state.show()
        summary = state.summary(parts.remove_others(target, state.keys), time.monotonic() - began)
        report.write(summary)
        (target / parts.SUCCESS).touch()
    return summary


class _State:
    """What is known of a run while it runs; its size is that of the report and of the names of the shards."""

    def __init__(self, out: Path, size: int, progress: Callable[[Progress], None] | None) -> None:
        self._out = out
        self._size = max(size, 1)
        self._progress = progress
        self._began = time.monotonic()
        self._lock = threading.Lock()
        self._ahead: dict[int, int] = {}  # how much of its shard each working thread has behind it
        self._behind = self._begun = self._done = self._shards = self._kept = self._read = 0
        self.keys: set[str] = set()
        self._rows = dict.fromkeys(parts.TABLES, 0)
        self._kinds: dict[str, int] = {}
        self._examples: list[Quarantined] = []
        self._quality = Quality()

    def noted(self, plan: Plan) -> Iterator[Shard]:
        """The shards of the plan, each remembered by its key."""
        for shard in plan:
            self.keys.add(shard.key)
            yield shard

    def watch(self, what: str, value: Any) -> None:
        """Told by the threads that attend to children, each of one shard at a time."""
        with self._lock:
            if what == "begin":
                self._begun += 1
            elif what == "done":
                self._done += 1
                self._ahead[threading.get_ident()] = value
            else:
                self._behind += value
                self._ahead.pop(threading.get_ident(), None)

    def add(self, outcome: Outcome) -> None:
        """One more shard is done."""
        made: Manifest = outcome.manifest
        self._shards += 1
        self._kept += outcome.kept
        total = made.documents + sum(made.quarantined.values())
        self._read += 0 if outcome.kept else total - outcome.resumed
        for name, count in made.rows.items():
            self._rows[name] += count
        for kind, count in made.quarantined.items():
            self._kinds[kind] = self._kinds.get(kind, 0) + count
        # The first by name, and not the first that came, so that every engine shows the same.
        found = sorted([*self._examples, *made.examples], key=lambda one: (one.source, one.reason))
        self._examples = found[: report.SHOWN]
        for one in made.tallies:
            self._quality.add(one)
        self.show()

    def show(self) -> None:
        """Tell the caller how far it is."""
        if self._progress is not None:
            with self._lock:
                share = min((self._behind + sum(self._ahead.values())) / self._size, 1.0)
                begun, done = self._begun, max(self._done, self._read)
            held = sum(self._kinds.values())
            seconds = time.monotonic() - self._began
            self._progress(Progress(begun, done, self._shards, share, held, seconds))

    def summary(self, removed: int, seconds: float) -> Summary:
        """All of it, once the engine is done."""
        return Summary(
            self._out,
            self._shards,
            self._kept,
            removed,
            self._rows["documents"],
            self._quality.total().partial,
            self._read,
            self._rows,
            dict(sorted(self._kinds.items())),
            self._examples,
            self._quality,
            seconds,
        )


def _check_apart(plan: Plan, out: Path) -> None:
    """A dataset inside its own input would be read by the next run."""
    for path in plan.inputs:
        if not is_archive(path) and out.is_relative_to(Path(path).resolve()):
            raise UsageError(f"{out.name}: the dataset would lie inside its input; choose another folder")


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """One run at a time for a dataset. Where the system has no such locks, nothing is checked."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    try:
        file = (out / parts.WORK / "lock").open("w")
    except OSError as error:
        raise CannotWrite(f"{out}: {error.strerror}") from None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise UsageError(f"{out.name}: another run is writing this dataset; wait for it") from None
        yield
