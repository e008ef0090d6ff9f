"""Who does the shards: processes of this machine, Daft on this machine, or Daft on a Ray cluster.

Every engine is a thin adapter over `supervision.do_shard`, so that all of them write the same bytes.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue

from onrecord.corpus import supervision
from onrecord.corpus.supervision import Outcome, Watch
from onrecord.corpus.worker import Task
from onrecord.errors import UsageError

Turn = Callable[[], None]
"""Called now and then, in the thread of the caller; what it raises ends the run."""
Engine = Callable[[Iterator[Task], int, Watch, Turn], Iterator[Outcome]]

NAMES = ("pool", "daft", "ray")
_PATIENCE = 0.05


def engine(name: str) -> Engine:
    """The engine of a name: `pool`, `daft`, `ray`, or the address of a cluster, as `ray://host:10001`."""
    if name == "pool":
        return pool
    if name in NAMES or name.startswith("ray://"):
        from onrecord.corpus.on_daft import on_daft

        return on_daft(name)
    raise UsageError(f"no engine is called {name!r}: {', '.join(NAMES)}, ray://HOST:PORT")


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def pool(tasks: Iterator[Task], workers: int, watch: Watch, turn: Turn) -> Iterator[Outcome]:
    """One thread for each worker, and the thread has a child process; shards come in the order of their end.

    Threads only wait and copy small messages: the work, and whatever a document does to its reader, is in the child.
    """
    line = threading.Lock()
    done: SimpleQueue[Outcome | BaseException | None] = SimpleQueue()

    def work() -> None:
        try:
            while True:
                with line:
                    task = next(tasks, None)
                if task is None:
                    break
                done.put(supervision.do_shard(task, watch))
        except BaseException as error:  # a thread has nobody to tell but the one who waits
            done.put(error)
        done.put(None)

    threads = [threading.Thread(target=work, daemon=True) for _ in range(workers)]
    for thread in threads:
        thread.start()
    left = workers
    try:
        while left:
            turn()
            try:
                answer = done.get(timeout=_PATIENCE)
            except Empty:
                continue
            if isinstance(answer, BaseException):
                raise answer
            if answer is None:
                left -= 1
            else:
                yield answer
    finally:
        if left:
            supervision.stop()
        for thread in threads:
            thread.join()
