"""A child process for each dangerous format, sealed and under limits, and replaced when it dies of one.

One child serves many documents, because starting Python costs more than reading a page. It loads what its format
needs, seals itself (`confinement`), and from then on can do nothing but compute: bytes come through a pipe, and plain
values go back. The parent has a clock: a child that does not answer in time is killed.

    parent -> child   length (8 bytes), then msgpack [operation, name, declared type or member, bytes]
    child -> parent   length (8 bytes), then msgpack of one `_Answer`

The child of archives holds the last archive it was given, so that the next member costs its own bytes and no more.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib
import os
import signal
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import IO, Any, NamedTuple

import msgspec

from onrecord.errors import Fault, MissingExtra
from onrecord.sources import confinement, limits
from onrecord.sources.limits import Hostile
from onrecord.sources.reading import Declined, Reading

_ROOT = Path(__file__).parents[2]
_JOBS = 2000  # then a fresh child, so that what a library leaks does not add up
_PROGRAM = "from onrecord.sources.fence import serve; serve()"
_OURS = {"archive", "docx", "html", "pdf", "xml"}  # they load everything beforehand; others may not
_MAX_ANSWER = 8 * limits.MIB  # besides 8 bytes for each byte of input

# What a reader needs that may not be installed: the files, the extra, the library.
_EXTRAS = {"html": ("HTML pages", "html", "lxml"), "pdf": ("PDF files", "pdf", "pypdfium2")}


class Contents(NamedTuple):
    """What an archive holds: its documents by name, sorted, and all else as (name, why it is refused)."""

    names: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]


class _Answer(msgspec.Struct):
    """Exactly one of: a value, a refusal (`hostile` or not), a missing library or member, or a fault of ours."""

    reading: Reading | None = None
    contents: Contents | None = None
    data: bytes | None = None
    reason: str = ""
    final: bool = False
    hostile: bool = False
    missing: bool = False
    absent: bool = False
    fault: str = ""


def run(reader: str, name: str, data: bytes, declared_type: str | None) -> Reading:
    """What `onrecord.sources.<reader>.read` makes of the document, in the child; raises what it raised."""
    with _LOCKS[reader]:
        answer = _current(reader).ask("read", name, data, declared_type)
    reading = _checked(reader, name, answer).reading
    assert reading is not None
    return reading


def unzip(name: str, data: bytes) -> bytes:
    """A gzip file unpacked; `Declined` when it is damaged, cut short or a bomb."""
    with _LOCKS["archive"]:
        answer = _current("archive").ask("unzip", name, data)
    return _checked("archive", name, answer).data or b""


def contents(name: str, key: Hashable, load: Callable[[], bytes]) -> Contents:
    """What an archive holds; `key` says which archive it is, so that `load` is only called when it is not held yet."""
    with _LOCKS["archive"]:
        return _held(name, key, load).contents


def member(name: str, key: Hashable, load: Callable[[], bytes], wanted: str) -> bytes | None:
    """One document out of an archive; None when there is none of that name."""
    with _LOCKS["archive"]:
        answer = _held(name, key, load).worker.ask("member", name, b"", wanted)
    return None if answer.absent else _checked("archive", name, answer).data or b""


def _checked(reader: str, name: str, answer: _Answer) -> _Answer:
    if answer.missing:
        raise MissingExtra(*_EXTRAS[reader])
    if answer.fault:
        raise Fault(f"{name}: the {reader} reader failed ({answer.fault}); please report it")
    if answer.reason:
        raise Hostile(answer.reason) if answer.hostile else Declined(answer.reason, final=answer.final)
    return answer


# --------------------------------------------------------------------------------------------- the parent


class _Clock:
    """Ends a child that is late. A thread that looks now and then and lives while documents come, because a timer for
    each of them costs a tenth of reading a page.
    """

    def __init__(self, end: Callable[[], None]) -> None:
        self.late = False
        self._end = end
        self._deadline: float | None = None
        self._ticking = False
        self._lock = threading.Lock()

    def start(self, seconds: float) -> None:
        """From now on it has so many seconds."""
        with self._lock:
            self._deadline = time.monotonic() + seconds
            if not self._ticking:
                self._ticking = True
                threading.Thread(target=self._tick, daemon=True).start()

    def stop(self) -> None:
        """It has answered."""
        with self._lock:
            self._deadline = None

    def _tick(self) -> None:
        while True:
            time.sleep(0.1)
            with self._lock:
                if self._deadline is None or time.monotonic() > self._deadline:
                    self._ticking = False
                    self.late = self._deadline is not None
                    break
        if self.late:
            self._end()


class _Worker:
    """The parent's side of one child process."""

    def __init__(self, reader: str) -> None:
        import subprocess  # only now: most runs never need the child

        known = [str(_ROOT), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
        self.owner = os.getpid()
        self.jobs = 0
        self.held: tuple[Hashable, Contents] | None = None
        self._largest = 0
        self._process = subprocess.Popen(
            # -P: never import from the current folder; -W: a warning would import what is out of reach
            [sys.executable, "-P", "-W", "ignore", "-c", _PROGRAM, reader],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={
                "PYTHONPATH": os.pathsep.join(filter(None, known)),
                "LC_ALL": "C.UTF-8",
                "PYTHONHASHSEED": "0",
            },
        )
        self._clock = _Clock(self._process.kill)

    def usable(self) -> bool:
        """Whether this process may send it one more document."""
        return self.jobs < _JOBS and self.alive()

    def alive(self) -> bool:
        """Whether it is this process's child and still runs, however much it has read."""
        return self.owner == os.getpid() and self._process.poll() is None

    def ask(self, operation: str, name: str, data: bytes, about: str | None = None) -> _Answer:
        """Send one document and wait; a child that dies or is late answers with the reason in one line."""
        # What a large document took is not given back; under the limits of a small one that would be fatal.
        self.jobs += (operation != "member") * (1 if len(data) < limits.SMALL else _JOBS)
        self._largest = max(self._largest, len(data))
        self._clock.start(limits.wall_seconds(self._largest))
        try:
            frame = msgspec.msgpack.encode((operation, name, about, data))
            assert self._process.stdin is not None and self._process.stdout is not None
            _send(self._process.stdin, frame)
            most = _MAX_ANSWER + (8 * len(data) if operation == "read" else limits.MAX_UNPACKED)
            reply = _receive(self._process.stdout, most)
            if reply is not None:
                return msgspec.msgpack.decode(reply, type=_Answer)
        except (OSError, msgspec.DecodeError):
            pass  # the child is gone or talks nonsense: told below
        finally:
            self._clock.stop()
        status = self.close()
        return _Answer(reason=_epitaph(self._clock.late, status, self._largest), final=True, hostile=True)

    def close(self) -> int:
        """End the child and free its pipes; its exit status."""
        from subprocess import TimeoutExpired

        if self.owner != os.getpid():
            return 0  # a forked copy of the parent must not touch the child
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                assert pipe is not None
                pipe.close()
        try:
            return self._process.wait(0.5)
        except TimeoutExpired:
            self._process.kill()
            return self._process.wait()


_LOCKS: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
_workers: dict[str, _Worker] = {}


if hasattr(os, "register_at_fork"):
    # A fork may happen while another thread holds a lock, which nobody would then release in the copy.
    os.register_at_fork(after_in_child=_LOCKS.clear)


def _current(reader: str) -> _Worker:
    worker = _workers.get(reader)
    if worker is None or not worker.usable():
        if worker is not None:
            worker.close()
        worker = _workers[reader] = _Worker(reader)
    return worker


class _Holding(NamedTuple):
    worker: _Worker
    contents: Contents


def _held(name: str, key: Hashable, load: Callable[[], bytes]) -> _Holding:
    """The child that holds this archive: the one that does already, or one that is given it now."""
    worker = _workers.get("archive")
    if worker is not None and worker.held is not None and worker.held[0] == key and worker.alive():
        return _Holding(worker, worker.held[1])
    data = load()
    worker = _current("archive")
    worker.held = None
    found = _checked("archive", name, worker.ask("hold", name, data)).contents
    assert found is not None
    worker.held = (key, found)
    return _Holding(worker, found)


@atexit.register
def close() -> None:
    """End all children."""
    while _workers:
        _workers.popitem()[1].close()


def _epitaph(late: bool, status: int, size: int) -> str:
    if late:
        return f"reading it took longer than {limits.wall_seconds(size):g} s; stopped"
    if status == -getattr(signal, "SIGXCPU", 0):
        return f"reading it took more than {limits.cpu_seconds(size)} s of processor time; stopped"
    if status == -getattr(signal, "SIGKILL", 0):
        return "reading it was stopped by the system, probably for want of memory"
    return f"reading it crashed the reader (status {status}); nothing of it was used"


def _send(pipe: IO[bytes], frame: bytes) -> None:
    pipe.write(len(frame).to_bytes(8, "big"))
    pipe.write(frame)
    pipe.flush()


def _receive(pipe: IO[bytes], limit: int) -> bytes | None:
    """One frame; None at the end of the pipe or when it is longer than the limit."""
    head = pipe.read(8)
    size = int.from_bytes(head, "big")
    if len(head) < 8 or size > limit:
        return None
    frame = pipe.read(size)
    return frame if len(frame) == size else None


# ---------------------------------------------------------------------------------------------- the child


def serve() -> None:
    """The child: read documents of one format from standard input until it closes."""
    reader = sys.argv[1]
    source = os.fdopen(os.dup(0), "rb")
    sink = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):  # what a library prints must not reach the pipe
        os.dup2(nowhere, standard)
    os.close(nowhere)
    desk, lacking = _prepared(reader)
    confinement.limit(0)  # loads what limits need
    confinement.seal(may_load=reader not in _OURS)
    largest = 0
    while (frame := _receive(source, 2 * limits.MAX_BYTES)) is not None:
        largest = max(largest, len(frame))  # what is held counts along
        confinement.limit(largest)
        _send(sink, msgspec.msgpack.encode(lacking or _answer(desk, frame)))


def _prepared(reader: str) -> tuple[dict[str, Callable[..., _Answer]], _Answer | None]:
    """The operations of a child, with everything loaded that they need; or the answer to all that will be asked."""
    try:
        if reader not in _OURS:
            from onrecord.sources.readers import reader as offered

            return _of_documents(offered(reader)), None
        module = importlib.import_module(f"onrecord.sources.{reader}")
        module.prepare()
        return _of_archives(module) if reader == "archive" else _of_documents(module.read), None
    except ImportError as error:
        return {}, _Answer(missing=True) if reader in _EXTRAS else _Answer(fault=str(error)[:200])


def _of_documents(read: Callable[..., Reading]) -> dict[str, Callable[..., _Answer]]:
    return {"read": lambda name, data, about: _Answer(reading=read(name, data, about))}


def _of_archives(module: Any) -> dict[str, Callable[..., _Answer]]:
    held: list[Any] = []

    def hold(name: str, data: bytes, about: str | None) -> _Answer:
        held.clear()
        held.append(module.Archive(data))
        return _Answer(contents=Contents(held[0].names, held[0].refused))

    def member(name: str, data: bytes, about: str | None) -> _Answer:
        try:
            return _Answer(data=held[0].member(about))
        except module.Absent:
            return _Answer(absent=True)

    def unpack(name: str, data: bytes, about: str | None) -> _Answer:
        return _Answer(data=module.unzip(data))

    return {"hold": hold, "member": member, "unzip": unpack}


def _answer(desk: dict[str, Callable[..., _Answer]], frame: bytes) -> _Answer:
    operation, name, about, data = msgspec.msgpack.decode(frame, type=tuple[str, str, str | None, bytes])
    try:
        return desk[operation](name, data, about)
    except Hostile as error:
        return _Answer(reason=error.reason, final=True, hostile=True)
    except Declined as error:
        return _Answer(reason=error.reason, final=error.final)
    except MemoryError:
        return _Answer(reason="reading it needs more memory than allowed; stopped", final=True, hostile=True)
    except RecursionError:
        return _Answer(reason="nested too deeply; refused", final=True, hostile=True)
    except Exception as error:
        return _Answer(fault=f"{type(error).__name__}: {error}"[:200])
