"""Loss of power: what a real import asked of the disk is recorded, and any prefix of it becomes a disk that lost power.

A disk may keep, drop or tear whatever was written since the last `fsync` of that file, in any combination, and may
forget that a file was made or removed until its folder was synchronised. Here `strace` writes down what `onrecord add`
asks for; after each of these calls the disk is made as it may be then, and the archive on it is opened and verified.
A document counts as acknowledged once its line went to standard output.
"""

from __future__ import annotations

import random
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from onrecord import store
from onrecord.errors import OnrecordError

_SECTOR = 512
_WATCHED = "openat,pwrite64,write,fsync,fdatasync,ftruncate,rename,unlink"
_LINE = re.compile(r"(\w{1,20})\((.{1,400000000})\)\s{1,100}= (\d{1,20})(?:<[^>]{0,20000}>)?$", re.DOTALL)
_HANDLE = re.compile(r"\d{1,9}<([^>]{0,20000})>")
_QUOTED = re.compile(r'"([^"]*)"')


class Call(NamedTuple):
    """One thing that was asked of the disk: write, cut, sync, make, remove, or `told`: a line on standard output."""

    kind: str
    name: str
    at: int = 0
    data: bytes = b""


def recorded(folder: Path, texts: Path, archive: str) -> list[Call]:
    """What `onrecord add` asks of the disk about the files in `folder`, and when it acknowledges which document."""
    trace = folder.parent / "trace"
    subprocess.run(
        ["strace", "-y", "-xx", "-s", str(1 << 28), "-o", str(trace), "-e", f"trace={_WATCHED}",
         sys.executable, "-m", "onrecord", "add", str(texts), "--archive", str(folder / archive)],
        check=True, capture_output=True,
    )  # fmt: skip
    with trace.open(encoding="ascii") as lines:
        return list(_calls(lines, str(folder)))


def _calls(lines: Iterable[str], folder: str) -> Iterator[Call]:
    """The calls of a trace that concern one folder."""
    for line in lines:
        if not (match := _LINE.fullmatch(line.rstrip("\n"))):
            continue  # a call that failed, or the end of the process
        kind, rest = match[1], match[2]
        if kind == "write" and rest.startswith("1<"):
            yield Call("told", "", data=_bytes(_QUOTED.search(rest)))
            continue
        path = _path(kind, rest)
        if path == folder or path.startswith(f"{folder}/"):
            yield from _call(kind, rest, path.removeprefix(folder).lstrip("/"))


def _call(kind: str, rest: str, name: str) -> Iterator[Call]:
    """One call, in the words of this module; the index in shared memory is made anew after a loss of power."""
    if name.endswith("-shm"):
        return
    if kind == "pwrite64":
        yield Call("write", name, int(rest.rpartition(", ")[2]), _bytes(_QUOTED.search(rest)))
    elif kind == "ftruncate":
        yield Call("cut", name, int(rest.rpartition(", ")[2]))
    elif kind in ("fsync", "fdatasync"):
        yield Call("sync", name)
    elif kind == "openat" and "O_CREAT" in rest:
        yield Call("make", name)
    elif kind == "unlink":
        yield Call("remove", name)
    elif kind in ("write", "rename"):
        raise ValueError(f"{kind} of {name}: the replay does not know this call on an archive")


def _path(kind: str, rest: str) -> str:
    """The file that a call is about."""
    if kind in ("openat", "unlink", "rename"):
        return _bytes(_QUOTED.search(rest)).decode()
    match = _HANDLE.match(rest)
    return _unescaped(match[1]).decode("utf-8", "replace") if match else ""


def _bytes(match: re.Match[str] | None) -> bytes:
    return _unescaped(match[1]) if match else b""


def _unescaped(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", "")) if text.startswith("\\x") else text.encode()


class _File:
    """What of a file is safe, and what was asked since it was last synchronised."""

    def __init__(self) -> None:
        self.safe = bytearray()
        self.asked: list[Call] = []

    def sync(self) -> None:
        for call in self.asked:
            _apply(self.safe, call)
        self.asked.clear()

    def lost(self, choose: random.Random) -> bytes:
        """What may be in it after the power has failed."""
        content, share = bytearray(self.safe), choose.choice((0.0, 0.5, 1.0))
        for call in self.asked:
            if choose.random() < share:
                _apply(content, _torn(call, choose) if share < 1 else call)
        return bytes(content)


class Disk:
    """A disk with a cache: files, their names, and which names are safe."""

    def __init__(self) -> None:
        self.live: dict[str, _File] = {}
        self.safe: dict[str, _File] = {}
        self.asked: list[tuple[str, _File | None]] = []
        self.told: list[bytes] = []

    def take(self, call: Call) -> None:
        """Do what was asked."""
        if call.kind == "told":
            self.told.append(call.data)
        elif call.kind == "make":
            if call.name not in self.live:
                self._name(call.name, _File())
        elif call.kind == "remove":
            self._name(call.name, None)
        elif call.kind != "sync":
            self.live[call.name].asked.append(call)
        elif call.name:
            self.live[call.name].sync()
        else:  # the folder itself
            self.safe = dict(self.live)
            self.asked.clear()

    def _name(self, name: str, file: _File | None) -> None:
        _rename(self.live, name, file)
        self.asked.append((name, file))

    def lost(self, folder: Path, choose: random.Random) -> None:
        """Write the files as they may be after the power has failed now."""
        for old in folder.iterdir():
            old.unlink()
        names = dict(self.safe)
        for name, file in self.asked[
            : choose.choice((0, len(self.asked), choose.randint(0, len(self.asked))))
        ]:
            _rename(names, name, file)
        for name in sorted(names):
            (folder / name).write_bytes(names[name].lost(choose))


def _rename(names: dict[str, _File], name: str, file: _File | None) -> None:
    if file is None:
        names.pop(name, None)
    else:
        names[name] = file


def _apply(content: bytearray, call: Call) -> None:
    if call.kind == "cut":
        del content[call.at :]
        content.extend(bytes(call.at - len(content)))
        return
    content.extend(bytes(max(0, call.at - len(content))))
    content[call.at : call.at + len(call.data)] = call.data


def _torn(call: Call, choose: random.Random) -> Call:
    """Now and then only some sectors of a write arrive, at its beginning or at its end."""
    if call.kind == "cut" or choose.random() < 0.5:
        return call
    size = choose.choice((_SECTOR, 8 * _SECTOR))
    cut = size * choose.randint(0, len(call.data) // size)
    if choose.random() < 0.5:
        return call._replace(data=call.data[:cut])
    return call._replace(at=call.at + cut, data=call.data[cut:])


class Counted(NamedTuple):
    """Losses of power, and what was wrong afterwards: documents lost, archives that do not verify or do not go on."""

    points: int
    lost: int
    broken: int


def replayed(calls: list[Call], folder: Path, archive: str, points: int, seed: int = 1) -> Counted:
    """So many losses of power, spread evenly over the calls."""
    folder.mkdir(exist_ok=True)
    choose, disk, done = random.Random(seed), Disk(), 0
    lost = broken = 0
    for number, call in enumerate(calls, 1):
        disk.take(call)
        while done < points * number // len(calls):
            disk.lost(folder, choose)
            missing, wrong = _after(folder / archive, disk.told)
            done, lost, broken = done + 1, lost + missing, broken + wrong
    return Counted(done, lost, broken)


def _after(path: Path, told: list[bytes]) -> tuple[int, bool]:
    """How many acknowledged documents are missing, and whether the archive is anything but whole and usable."""
    names = [line.split()[1].rpartition(b"/")[2].decode() for line in told if line.strip()]
    if not names and not path.exists():
        return 0, False  # nothing was promised yet
    try:
        with store.open(path, create=True) as archive:
            held = {one.id for event in archive.events() for one in archive.versions(event.id)}
            archive.save_search("after", "after", time="2031-05-04T12:00:00Z")  # it can be written, too
            return len(set(names) - held), bool(archive.verify())
    except OnrecordError:
        return len(names), True
