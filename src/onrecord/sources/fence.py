"""A child process that reads dangerous formats under limits, and is replaced when it dies of one.

One worker serves many documents, because starting Python costs more than reading a page. It gets bytes
through a pipe and answers with plain values; it has no other open file, no variable of our environment, and
limits on memory, processor time and written files. The parent has a clock: a worker that does not answer in
time is killed.

    parent -> child   length (8 bytes), then msgpack [reader, name, declared type, bytes]
    child -> parent   length (8 bytes), then msgpack of one `_Answer`
"""

from __future__ import annotations

import atexit
import contextlib
import importlib
import os
import signal
import sys
import threading
from pathlib import Path
from typing import IO

import msgspec

from onrecord.errors import Fault, MissingExtra
from onrecord.sources import limits
from onrecord.sources.limits import Hostile
from onrecord.sources.reading import Declined, Reading

_ROOT = Path(__file__).parents[2]
_JOBS = 500  # then a fresh worker, so that what a library leaks does not add up
_PROGRAM = "from onrecord.sources.fence import serve; serve()"
_MAX_ANSWER = 8 * limits.MIB  # besides 8 bytes for each byte of input


# What a reader needs that may not be installed: the files, the extra, the library.
_EXTRAS = {"html": ("HTML pages", "html", "lxml"), "pdf": ("PDF files", "pdf", "pypdfium2")}


class _Answer(msgspec.Struct):
    """Exactly one of: a reading, a refusal (`hostile` or not), a missing library, or a fault of ours."""

    reading: Reading | None = None
    reason: str = ""
    final: bool = False
    hostile: bool = False
    missing: bool = False
    fault: str = ""


def run(reader: str, name: str, data: bytes, declared_type: str | None) -> Reading:
    """What `onrecord.sources.<reader>.read` makes of the document, in the child; raises what it raised."""
    with _LOCK:
        answer = _current().ask(reader, name, data, declared_type)
    if answer.reading is not None:
        return answer.reading
    if answer.missing:
        raise MissingExtra(*_EXTRAS[reader])
    if answer.fault:
        raise Fault(f"{name}: the {reader} reader failed ({answer.fault}); please report it")
    raise Hostile(answer.reason) if answer.hostile else Declined(answer.reason, final=answer.final)


# --------------------------------------------------------------------------------------------- the parent


class _Worker:
    """The parent's side of one child process."""

    def __init__(self) -> None:
        import subprocess  # only now: most runs never need the child

        known = [str(_ROOT), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
        self.owner = os.getpid()
        self.jobs = 0
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _PROGRAM],  # -P: never import from the current folder
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={
                "PYTHONPATH": os.pathsep.join(filter(None, known)),
                "LC_ALL": "C.UTF-8",
                "PYTHONHASHSEED": "0",
            },
        )

    def usable(self) -> bool:
        """Whether this process may send it one more document."""
        return self.owner == os.getpid() and self.jobs < _JOBS and self._process.poll() is None

    def ask(self, reader: str, name: str, data: bytes, declared_type: str | None) -> _Answer:
        """Send one document and wait; a child that dies or is late answers with the reason in one line."""
        # What a large document took is not given back; under the limits of a small one that would be fatal.
        self.jobs += 1 if len(data) < limits.SMALL else _JOBS
        late = threading.Event()
        clock = threading.Timer(limits.WALL_SECONDS, self._stop, [late])
        clock.daemon = True
        clock.start()
        try:
            frame = msgspec.msgpack.encode((reader, name, declared_type, data))
            assert self._process.stdin is not None and self._process.stdout is not None
            _send(self._process.stdin, frame)
            reply = _receive(self._process.stdout, _MAX_ANSWER + 8 * len(data))
            if reply is not None:
                return msgspec.msgpack.decode(reply, type=_Answer)
        except (OSError, msgspec.DecodeError):
            pass  # the child is gone or talks nonsense: told below
        finally:
            clock.cancel()
        status = self.close()
        return _Answer(reason=_epitaph(late.is_set(), status), final=True, hostile=True)

    def _stop(self, late: threading.Event) -> None:
        late.set()
        self._process.kill()

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


_LOCK = threading.Lock()
_worker: _Worker | None = None


def _after_fork() -> None:
    """A fork may happen while another thread holds the lock, which nobody would then release in the copy."""
    global _LOCK
    _LOCK = threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


def _current() -> _Worker:
    global _worker
    if _worker is None or not _worker.usable():
        close()
        _worker = _Worker()
    return _worker


@atexit.register
def close() -> None:
    """End the worker, if there is one."""
    global _worker
    if _worker is not None:
        _worker.close()
        _worker = None


def _epitaph(late: bool, status: int) -> str:
    if late:
        return f"reading it took longer than {limits.WALL_SECONDS:g} s; stopped"
    if status == -getattr(signal, "SIGXCPU", 0):
        return f"reading it took more than {limits.CPU_SECONDS} s of processor time; stopped"
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
    """The child: read documents from standard input until it closes."""
    source = os.fdopen(os.dup(0), "rb")
    sink = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):  # what a library prints must not reach the pipe
        os.dup2(nowhere, standard)
    while (frame := _receive(source, 2 * limits.MAX_BYTES)) is not None:
        _confine(len(frame))
        _send(sink, msgspec.msgpack.encode(_answer(frame)))


def _answer(frame: bytes) -> _Answer:
    reader, name, declared_type, data = msgspec.msgpack.decode(frame, type=tuple[str, str, str | None, bytes])
    try:
        module = importlib.import_module(f"onrecord.sources.{reader}")
        return _Answer(reading=module.read(name, data, declared_type))
    except Hostile as error:
        return _Answer(reason=error.reason, final=True, hostile=True)
    except Declined as error:
        return _Answer(reason=error.reason, final=error.final)
    except ImportError as error:
        return _Answer(missing=True) if reader in _EXTRAS else _Answer(fault=str(error)[:200])
    except MemoryError:
        return _Answer(reason="reading it needs more memory than allowed; stopped", final=True, hostile=True)
    except Exception as error:
        return _Answer(fault=f"{type(error).__name__}: {error}"[:200])


def _confine(size: int) -> None:
    """Set the limits for a document of `size` bytes. Where the system has none, there is still the clock."""
    try:
        import resource
    except ImportError:
        return
    memory = limits.MEMORY + limits.MEMORY_PER_BYTE * size
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + 1 + limits.CPU_SECONDS
    for kind, soft in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))
