"""The dataset on disk: a part of every table for each shard, and the manifest that says they are done.

    DATASET/turns/KEY.parquet        one part a shard and table; documents, people, turns, marks, quotes, statements …
    DATASET/quarantine/KEY.parquet   what is not in the others, and why
    DATASET/_manifests/KEY.json      what the parts were made from; written last
    DATASET/_work/                   what is not finished; empty after a whole run
    DATASET/_SUCCESS                 there when, and only when, the last run was whole

A file is written beside its place and moved there, so that none is ever half. Names that begin with "_" are left out by
every reader of partitioned Parquet.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from onrecord.corpus.journal import Claim, Entry, Quarantined
from onrecord.corpus.limits import Limits
from onrecord.corpus.quality import Quality, Tally
from onrecord.errors import CannotWrite, UsageError
from onrecord.export import tables
from onrecord.export.delivery import write_whole
from onrecord.sources.opening import printable

WORK, MANIFESTS, SUCCESS = "_work", "_manifests", "_SUCCESS"
REPORTS = ("report.html", "report.csv")

TABLES: dict[str, dict[str, tables.Type]] = {
    **{name: {"source": "text", **columns} for name, columns in tables.TABLES.items()},
    "quarantine": {"source": "text", "kind": "text", "reason": "text"},
}
"""The tables of a dataset. `source` is where a document stands in the inputs; it is unique, and joins the tables.
`document` is the hash of its text: two documents with the same one are copies."""
TABLES["documents"]["text"] = "text"  # spans of all tables lead into these characters

_BATCH, _CHARACTERS = 128, 8_000_000
"""Documents of a row group, and characters after which it ends: what is in memory while a part is written."""
SHOWN = 20
"""Of what is in quarantine, so many a shard are told in its manifest, and so in the report."""


class Manifest(msgspec.Struct, frozen=True):
    """What a part holds and what it was made from. `limits` are those that something was stopped by, else none."""

    key: str
    claim: Claim
    limits: Limits | None
    rows: dict[str, int]
    bytes: dict[str, int]
    tallies: list[Tally]
    quarantined: dict[str, int]
    examples: list[Quarantined]

    @property
    def documents(self) -> int:
        """Documents that are in the dataset."""
        return self.rows["documents"]

    def holds(self, out: Path, claim: Claim, limits: Limits) -> bool:
        """Whether the parts are there and need not be made again.

        What may go better now is tried again: what was missing, killed or a fault, and what was stopped by limits
        that are others now.
        """
        if self.claim != claim or self.limits not in (None, limits):
            return False
        if {"missing", "killed", "fault"} & self.quarantined.keys():
            return False
        return all(_length(out / name / f"{self.key}.parquet") == size for name, size in self.bytes.items())


def _length(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1


def prepare(out: Path) -> None:
    """Make the folders of a dataset, or take up one that is there; `UsageError` for a folder of something else."""
    if out.exists() and not out.is_dir():
        raise UsageError(f"{printable(str(out))}: a file; a dataset is a folder")
    if out.is_dir() and any(out.iterdir()) and not (out / MANIFESTS).is_dir():
        raise UsageError(
            f"{printable(str(out))}: not empty, and not a dataset of onrecord; choose another folder"
        )
    try:
        for name in (*TABLES, MANIFESTS, WORK):
            (out / name).mkdir(parents=True, exist_ok=True)
        (out / SUCCESS).unlink(missing_ok=True)
    except OSError as error:
        raise CannotWrite(f"{printable(str(out))}: {error.strerror}") from None


def manifest(out: Path, key: str) -> Manifest | None:
    """The manifest of a part; None where there is none, or none that this version can read."""
    try:
        return msgspec.json.decode((out / MANIFESTS / f"{key}.json").read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError):
        return None


def write(out: Path, key: str, claim: Claim, limits: Limits, entries: Iterable[Entry]) -> Manifest:
    """The parts of one shard, whole or not at all; the manifest comes last, and is the word that they are there."""
    beside = out / WORK / key
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir()
    writers = {name: tables.PartWriter(beside / name, columns) for name, columns in TABLES.items()}
    rows = dict.fromkeys(TABLES, 0)
    quality, kinds = Quality(), dict[str, int]()
    examples: list[Quarantined] = []
    for batch in _batches(entries):
        for name, writer in writers.items():
            found = [row for entry in batch for row in entry.tables.get(name, ())]
            if name == "quarantine":
                found = [msgspec.to_builtins(entry.quarantined) for entry in batch if entry.quarantined]
            writer.write(found)
            rows[name] += len(found)
        for entry in batch:
            if entry.tally is not None:
                quality.add(entry.tally)
            if entry.quarantined is not None:
                kinds[entry.quarantined.kind] = kinds.get(entry.quarantined.kind, 0) + 1
                examples += [entry.quarantined] if len(examples) < SHOWN else []
    sizes = {}
    for name, writer in writers.items():
        writer.close()
        sizes[name] = _settle(beside / name, out / name / f"{key}.parquet")
    beside.rmdir()
    stopped = limits if {"time", "memory"} & kinds.keys() else None
    made = Manifest(
        key, claim, stopped, rows, sizes, quality.tallies(), dict(sorted(kinds.items())), examples
    )
    write_whole(out / MANIFESTS / f"{key}.json", msgspec.json.format(msgspec.json.encode(made)) + b"\n")
    return made


def remove_others(out: Path, keys: set[str]) -> int:
    """Remove parts of shards that the inputs no longer have; how many there were."""
    gone = 0
    for path in sorted((out / MANIFESTS).glob("*.json")):
        if path.stem not in keys:
            for name in TABLES:
                (out / name / f"{path.stem}.parquet").unlink(missing_ok=True)
            path.unlink()
            gone += 1
    for path in sorted((out / WORK).iterdir()):
        if path.stem not in keys and path.suffix == ".journal":
            path.unlink()
    return gone


def _batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    batch: list[Entry] = []
    characters = 0
    for entry in entries:
        batch.append(entry)
        characters += entry.tally.characters if entry.tally else 0
        if len(batch) == _BATCH or characters >= _CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _settle(path: Path, target: Path) -> int:
    """Move a file to its place once the disk has it; its size."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
        size = os.fstat(file.fileno()).st_size
    path.replace(target)
    return size
