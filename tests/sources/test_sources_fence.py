"""The child process: it is reused, confined, and replaced when it dies; the parent gets one line."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.errors import Fault, MissingExtra, Refused
from onrecord.sources import fence, limits, open_bytes
from onrecord.sources.limits import Hostile

sealed = pytest.mark.skipif(
    platform.system() != "Linux" or platform.machine() not in {"x86_64", "aarch64"},
    reason="seccomp is of Linux",
)
PAGE = b"<html><body><p>Good evening.</p></body></html>"

# A reader of formats that no one needs, put where the child finds it.
READER = """
import os, sys, time, ctypes, socket
from onrecord.sources.limits import Hostile
from onrecord.sources.reading import Declined, Reading
LIBC = ctypes.CDLL(None, use_errno=True)
def is_open(number):
    try: os.fstat(number)
    except OSError: return False
    return True
def refused(attempt):
    try: return attempt() == -1 and ctypes.get_errno() == 13
    except (PermissionError, LookupError): return True  # a name needs a codec, which is no more to be had
ESCAPES = {
    "read a file": lambda: open(os.__file__),
    "write a file": lambda: open(NAME, "w"),
    "list a folder": lambda: os.listdir("/"),
    "make a socket": lambda: socket.socket(),
    "ask a name": lambda: socket.getaddrinfo("localhost", 80),
    "run a program": lambda: os.system("true"),
    "fork": lambda: os.fork(),
    "kill": lambda: os.kill(os.getppid(), 0),
    "open past Python": lambda: LIBC.open(b"/etc/passwd", 0),
    "make a socket past Python": lambda: LIBC.socket(2, 1, 0),
    "fork past Python": lambda: LIBC.fork(),
    "kill past Python": lambda: LIBC.kill(1, 0),
    "remove past Python": lambda: LIBC.unlink(b"/nothing-of-that-name"),
    "raise the limits of another": lambda: LIBC.prlimit(1, 0, None, None),
}
def prepare(): pass
def read(name, data, declared_type):
    global NAME
    NAME, what = name, data.decode()
    if what == "hang": time.sleep(60)
    if what == "spin":
        while True: pass
    if what == "memory": bytearray(8 << 30)
    if what == "crash": ctypes.string_at(0)
    if what == "print": print("noise", flush=True); os.write(1, b"noise")
    if what == "write":
        with open(name, "w") as file: file.write("x" * 9)
    if what == "fault": raise KeyError("ours")
    if what == "decline": raise Declined("not mine")
    if what == "environment": what = " ".join(sorted(os.environ)) + " " + " ".join(map(str, filter(is_open, range(99))))
    if what == "escape": what = " ".join(name for name, attempt in ESCAPES.items() if not refused(attempt))
    if what == "process": what = str(os.getpid())
    return Reading(what, "text/x", "trial 1")
"""


@pytest.fixture(autouse=True)
def _trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A child that also knows the module `onrecord.sources.trial`."""
    (tmp_path / "trial.py").write_text(READER)
    start = "import onrecord.sources as s; s.__path__.append(" + repr(str(tmp_path)) + ");"
    monkeypatch.setattr(fence, "_PROGRAM", start + fence._PROGRAM)
    fence.close()
    yield
    fence.close()


def ask(what: str, name: str = "a") -> str:
    return fence.run("trial", name, what.encode(), None).text


DEATHS = [
    ("hang", "took longer than 1 s"),
    ("spin", "took longer than 1 s"),
    ("memory", "needs more memory than allowed"),
    ("crash", "crashed the reader"),
]


@pytest.mark.parametrize(("what", "message"), DEATHS)
def test_a_reader_that_dies_is_one_line_and_the_next_document_is_read(
    what: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        monkeypatch.context() as hurry
    ):  # and no longer: on a busy machine a second is short for the start of a child
        if "took longer" in message:
            hurry.setattr(limits, "WALL_SECONDS", 1.0)
        with pytest.raises(Hostile, match=message):
            ask(what)
    assert ask("fine") == "fine"


def test_processor_time_is_limited_in_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    hurry = "import onrecord.sources.limits as l; l.CPU_SECONDS = 0;"
    monkeypatch.setattr(fence, "_PROGRAM", hurry + fence._PROGRAM)
    with pytest.raises(Hostile, match="processor time"):
        ask("spin")


def test_one_child_serves_many_documents() -> None:
    assert ask("process") == ask("process") != str(os.getpid())


def test_a_forked_parent_gets_its_own_child() -> None:
    first = ask("process")
    pid = os.fork()
    if pid == 0:
        os._exit(0 if ask("process") != first else 1)
    assert os.waitpid(pid, 0)[1] == 0
    assert ask("process") == first


def test_noise_does_not_reach_the_pipe() -> None:
    assert ask("print") == "print"


def test_the_child_cannot_write_files_and_inherits_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARLAND_TOKEN", "secret")
    fence.close()
    with (tmp_path / "open").open("wb") as held:
        os.set_inheritable(held.fileno(), True)
        told = ask("environment")
    assert "ARLAND_TOKEN" not in told
    assert (
        len([word for word in told.split() if word.isdigit()]) <= 7
    )  # 0 1 2, two ends of pipes, the listing, urandom
    with pytest.raises(Fault, match=r"Permission|File too large"):
        ask("write", str(tmp_path / "out.txt"))
    assert not (tmp_path / "out.txt").exists() or (tmp_path / "out.txt").stat().st_size == 0


@sealed
def test_a_sealed_child_can_only_compute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        fence, "_PROGRAM", "import onrecord.sources.fence as f; f._OURS |= {'trial'};" + fence._PROGRAM
    )
    assert ask("escape", str(tmp_path / "new")) == ""


@sealed
def test_a_reader_of_another_package_may_import_but_not_reach_out(tmp_path: Path) -> None:
    assert ask("escape", str(tmp_path / "new")) == "read a file list a folder open past Python"


def test_refusals_and_faults_keep_their_kind() -> None:
    with pytest.raises(Exception, match="not mine") as declined:
        ask("decline")
    assert not declined.value.final  # type: ignore[attr-defined]
    with pytest.raises(Fault, match="please report"):
        ask("fault")


def test_a_missing_library_names_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fence, "_PROGRAM", "import sys; sys.modules['lxml'] = None;" + fence._PROGRAM)
    fence.close()
    with pytest.raises(MissingExtra, match=r"onrecord\[html\]"):
        open_bytes("a.html", PAGE)


def test_death_refuses_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fence, "_PROGRAM", "raise SystemExit(3)")
    fence.close()
    with pytest.raises(Refused, match=r"a.html: reading it crashed the reader \(status 3\)"):
        open_bytes("a.html", PAGE)
