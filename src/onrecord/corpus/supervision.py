"""One shard through one child process, whatever its documents do: the function that every engine calls.

The parent has the clock. A child that is late with a document is killed and replaced; the journal knows what is done,
and the document goes into quarantine. A child that dies gets a second try, because the system kills for reasons of
its own; the document on which it dies twice goes into quarantine.
"""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from onrecord import errors
from onrecord.corpus.journal import Quarantined
from onrecord.corpus.parts import Manifest
from onrecord.corpus.worker import Task
from onrecord.errors import Fault, OnrecordError

_PROGRAM = "from onrecord.corpus.worker import serve; serve()"
_SHARDS = 50  # then a fresh child, so that what a library leaks does not add up
_TRIES = 3  # of a child that dies without a document in its hands
_TICK = 0.2


class Stopped(Exception):
    """The run is over: somebody called `stop`."""


class Outcome(msgspec.Struct, frozen=True):
    """What became of a shard: its manifest; whether it was `kept` from before; how many documents were `resumed`."""

    manifest: Manifest
    kept: bool
    resumed: int
    size: int


Watch = Callable[[str, Any], None]
"""Is told of `begin` (a place), `done` (how much of the shard is behind) and `shard` (its size), in the thread that
calls."""


class _Child:
    """The parent's side of one child process and its clock."""

    def __init__(self) -> None:
        path = [str(Path(errors.__file__).parents[1]), *filter(None, sys.path)]
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-c", _PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if os.environ.get("ONRECORD_DEBUG") else subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path), "PYTHONHASHSEED": "0"},
            start_new_session=True,  # an interruption is the parent's affair, and the child's children die with it
        )
        self.folder = os.getcwd()  # noqa: PTH109  paths of tasks are seen from here
        self.shards = 0
        self.late = False
        self._deadline: float | None = None
        self._over = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def send(self, task: Task) -> None:
        assert self.process.stdin is not None
        self.shards += 1
        with suppress(OSError):  # a child that is gone answers nothing, which is told below
            self.process.stdin.write(msgspec.json.encode(task) + b"\n")
            self.process.stdin.flush()

    def receive(self) -> list[Any] | None:
        """The next message; None when the child has died."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        message: list[Any] | None = msgspec.json.decode(line) if line.endswith(b"\n") else None
        return message

    def clock(self, seconds: float | None) -> None:
        """Start the clock of a document, or stop it."""
        self._deadline = None if seconds is None else time.monotonic() + seconds

    def _watch(self) -> None:
        while not self._over.wait(_TICK):
            deadline = self._deadline
            if deadline is not None and time.monotonic() > deadline:
                self.late = True
                self.kill()
                return

    def kill(self) -> None:
        with suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(self.process.pid, signal.SIGKILL)
            else:
                self.process.kill()

    def close(self) -> int:
        """End the child; its exit status."""
        self._over.set()
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            with suppress(OSError):
                pipe.close()
        try:
            return self.process.wait(0.5)
        except subprocess.TimeoutExpired:
            self.kill()
            return self.process.wait()


_LOCK = threading.Lock()
_idle: list[_Child] = []
_busy: set[_Child] = set()
_stopped = False


def _borrow() -> _Child:
    with _LOCK:
        if _stopped:
            raise Stopped
        while _idle:
            child = _idle.pop()
            here = child.folder == os.getcwd()  # noqa: PTH109  the program may have gone elsewhere since
            if here and child.shards < _SHARDS and child.process.poll() is None:
                break
            child.close()
        else:
            child = _Child()
        _busy.add(child)
        return child


def _give_back(child: _Child, *, usable: bool) -> int:
    with _LOCK:
        _busy.discard(child)
        if usable and not _stopped:
            _idle.append(child)
            return 0
    return child.close()


def start() -> None:
    """Allow children again, after `stop`."""
    global _stopped
    with _LOCK:
        _stopped = False


@atexit.register
def stop() -> None:
    """Kill every child of this process, wherever it is; `do_shard` then raises `Stopped`."""
    global _stopped
    with _LOCK:
        _stopped = True
        busy, idle = list(_busy), list(_idle)
        _idle.clear()
    for child in busy:
        child.kill()  # whoever is waiting for its answer closes it
    for child in idle:
        child.close()


def do_shard(task: Task, watch: Watch | None = None) -> Outcome:
    """Read one shard into its parts; the same task again finds them done.

    Raises what the shard as a whole raises (`CannotWrite` above all); its documents raise nothing.
    """
    shard = _Shard(task, watch or (lambda what, value: None))
    while True:
        child = _borrow()
        outcome = None
        try:
            child.send(msgspec.structs.replace(task, skip=shard.skip))
            outcome = shard.attend(child)
        finally:
            status = _give_back(child, usable=outcome is not None)
        if outcome is not None:
            shard.watch("shard", outcome.size)
            return outcome
        if _stopped:
            raise Stopped
        shard.mourn(child, status)


class _Shard:
    """What the parent knows of a shard while children come and go."""

    def __init__(self, task: Task, watch: Watch) -> None:
        self.task = task
        self.watch = watch
        self.skip: dict[int, Quarantined] = {}
        self._hands: tuple[int, str] | None = None  # the document that the child has in its hands
        self._left = False
        self._resumed: int | None = None
        self._deaths: dict[int, int] = {}

    def attend(self, child: _Child) -> Outcome | None:
        """Listen until the shard is done; None when the child is gone before that."""
        self._hands, self._left = None, False
        while (message := child.receive()) is not None:
            match message:
                case ["start", int(resumed)]:
                    self._resumed = resumed if self._resumed is None else self._resumed
                case ["begin", int(index), str(place)]:
                    self._hands = (index, place)
                    child.clock(self.task.limits.seconds)
                    self.watch("begin", place)
                case ["done", int(weight)]:
                    child.clock(None)
                    self._hands = None
                    self.watch("done", weight)
                case ["shard", made, bool(kept)]:
                    size = self.task.shard.size
                    return Outcome(msgspec.convert(made, Manifest), kept, self._resumed or 0, size)
                case ["leave"]:
                    self._left = True
                    return None
                case ["error", str(kind), str(reason)]:
                    raise error_named(kind, reason)
        return None

    def mourn(self, child: _Child, status: int) -> None:
        """Decide what a death means: quarantine for its document, a second try, or a fault of ours."""
        if self._left:
            return
        index, place = self._hands or (-1, "")
        self._deaths[index] = self._deaths.get(index, 0) + 1
        if self._hands and child.late:
            reason = f"took longer than {self.task.limits.seconds:g} s"
            self.skip[index] = Quarantined(place, "time", reason)
        elif self._hands and self._deaths[index] > 1:
            self.skip[index] = Quarantined(place, "killed", f"the worker died of it twice ({_told(status)})")
        elif self._deaths[index] >= _TRIES:
            raise Fault(
                f"a worker died {_TRIES} times outside of any document ({_told(status)}); "
                "ONRECORD_DEBUG=1 shows what it says"
            )


def _told(status: int) -> str:
    try:
        return signal.Signals(-status).name if status < 0 else f"exit status {status}"
    except ValueError:
        return f"signal {-status}"


def error_named(kind: str, reason: str) -> OnrecordError:
    """The error that the child met, as the nearest kind that takes a ready sentence."""
    found = getattr(errors, kind, Fault)
    plain: type[OnrecordError] = next(base for base in found.__mro__ if "__init__" not in vars(base))
    return plain(reason)
