"""What a process gives up before it touches a stranger's file: the network, other processes, the file system.

Three layers, the strongest that the system has, and all of them for good:

    seccomp       Linux on x86-64 and ARM64: the kernel refuses every call but a few that compute and answer. Two calls
                  of `prctl` set it; the libraries that wrap them need a system package and gain nothing here.
    audit hook    everywhere: Python itself refuses files, sockets, processes and libraries
    limits        wherever there is `resource`: memory, processor time, no file may grow, no core is dumped

So a reader loads what it needs beforehand (`prepare` in its module), and nothing can be imported afterwards.
"""

from __future__ import annotations

import importlib
import struct
import sys
from collections.abc import Sequence

from onrecord.sources import limits

# The calls that are left: their numbers on x86-64 and ARM64 (the kernel's syscall_64.tbl and unistd.h).
_CALLS = {
    "read": (0, 63),
    "write": (1, 64),
    "close": (3, 57),
    "fstat": (5, 80),
    "lseek": (8, 62),
    "mmap": (9, 222),
    "mprotect": (10, 226),
    "munmap": (11, 215),
    "brk": (12, 214),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "readv": (19, 65),
    "writev": (20, 66),
    "sched_yield": (24, 124),
    "mremap": (25, 216),
    "madvise": (28, 233),
    "nanosleep": (35, 101),
    "getpid": (39, 172),
    "exit": (60, 93),
    "gettimeofday": (96, 169),
    "getrusage": (98, 165),
    "sigaltstack": (131, 132),
    "gettid": (186, 178),
    "futex": (202, 98),
    "restart_syscall": (219, 128),
    "clock_gettime": (228, 113),
    "clock_nanosleep": (230, 115),
    "exit_group": (231, 94),
    "getrandom": (318, 278),
}
# To import a library is to look for files and to read them; nothing can be written all the same (`limit`).
_LOADING = {
    "ioctl": (16, 29),
    "pread64": (17, 67),
    "access": (21, None),
    "dup": (32, 23),
    "fcntl": (72, 25),
    "getcwd": (79, 17),
    "readlink": (89, None),
    "getdents64": (217, 61),
    "newfstatat": (262, 79),
    "readlinkat": (267, 78),
    "faccessat": (269, 48),
    "statx": (332, 291),
    "stat": (4, None),
    "lstat": (6, None),
    "uname": (63, 160),
}
# Calls that are left with one argument alone, as (numbers, which argument, its bits that must all be zero).
_OWN_LIMITS = ((302, 261), 0, 0xFFFFFFFF)  # prlimit64 of this process: the limits of the next document
_TO_READ = ((257, 56), 2, 0o103)  # openat without O_WRONLY, O_RDWR and O_CREAT
_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}  # a column of the table, AUDIT_ARCH_*

_LOAD, _AND, _EQUAL, _RETURN = (
    0x20,
    0x54,
    0x15,
    0x06,
)  # of classic BPF: load a word, mask it, jump if equal, answer
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000 | 13, 0x80000000  # 13 is EACCES
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2

# What the standard library imports only when it is asked for the most common, a date, a width; and what sealing needs.
_IMPORTED_LATE = ("heapq", "_strptime", "unicodedata", "ctypes", "platform")

_FORBIDDEN = (
    "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.startfile", "os.system", "os.kill", "os.putenv",
    "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown",
    "socket.", "subprocess.", "shutil.", "pty.", "urllib.", "http.", "ftplib.", "smtplib.", "sqlite3.", "tempfile.",
)  # fmt: skip
_FILES = ("open", "os.", "ctypes.dlopen", "mmap.", "glob.", "pathlib.")


def seal(*, may_load: bool = False) -> str:
    """Give up everything but computing; the strongest layer that holds ("seccomp" or "audit hook").

    `may_load` leaves files that can be read, for code that imports while it works (readers of other packages).
    """
    if not may_load:
        for late in _IMPORTED_LATE:
            importlib.import_module(late)
        sys.meta_path.clear()  # what is not imported yet is not there, rather than forbidden
    filtered = _filter_calls(may_load)
    forbidden = _FORBIDDEN if may_load else (*_FORBIDDEN, *_FILES)

    def refuse(event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith(forbidden):
            raise PermissionError(13, f"a reader may not: {event}")

    sys.addaudithook(refuse)
    return "seccomp" if filtered else "audit hook"


def _filter_calls(may_load: bool) -> bool:
    """Ask the kernel to refuse all other calls; whether it does."""
    import ctypes
    import platform

    known = _MACHINES.get(platform.machine()) if sys.platform == "linux" else None
    if known is None or sys.maxsize < 2**32:
        return False
    column, architecture = known
    rows = [*_CALLS.values(), *(_LOADING.values() if may_load else ())]
    narrow = (_OWN_LIMITS, _TO_READ) if may_load else (_OWN_LIMITS,)
    code = _program(
        [row[column] for row in rows],
        [(numbers[column], argument, zero) for numbers, argument, zero in narrow],
        architecture,
    )
    buffer = ctypes.create_string_buffer(code, len(code))
    filled = struct.pack("HxxxxxxP", len(code) // 8, ctypes.addressof(buffer))
    prctl = ctypes.CDLL(None).prctl
    if prctl(_NO_NEW_PRIVILEGES, *map(ctypes.c_ulong, (1, 0, 0, 0))):
        return False
    return bool(prctl(_SECCOMP, ctypes.c_ulong(_FILTER), filled, *map(ctypes.c_ulong, (0, 0))) == 0)


def _program(calls: Sequence[int | None], narrow: Sequence[tuple[int, int, int]], architecture: int) -> bytes:
    """The filter in the kernel's own words: eight bytes an instruction, jumps counted from the next one."""
    numbers = [call for call in calls if call is not None]
    to_the_end = len(numbers) + 6 * len(narrow)
    steps = [
        (_LOAD, 0, 0, 4),  # the architecture: numbers mean something else on another
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, 0),  # the number of the call
        *((_EQUAL, to_the_end - index, 0, number) for index, number in enumerate(numbers)),
    ]
    for number, argument, zero in narrow:
        steps += [
            (_EQUAL, 0, 5, number),
            (_LOAD, 0, 0, 16 + 8 * argument),
            (_AND, 0, 0, zero),
            (_EQUAL, 0, 1, 0),
            (_RETURN, 0, 0, _ALLOW),
            (_RETURN, 0, 0, _REFUSE),
        ]
    steps += [(_RETURN, 0, 0, _REFUSE), (_RETURN, 0, 0, _ALLOW)]
    return b"".join(struct.pack("HBBI", *step) for step in steps)


def limit(size: int) -> None:
    """Set the limits for a document of `size` bytes. Where the system has none, there is still the clock."""
    try:
        import resource
    except ImportError:
        return
    memory = limits.MEMORY + limits.MEMORY_PER_BYTE * size
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + 1 + limits.cpu_seconds(size)
    for kind, soft in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))
