"""Engines: Daft on this machine and on a Ray cluster write the very bytes that the pool writes.

Daft chooses its runner once in a process, and Ray starts servers; so each engine has a process of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest
from tests.corpus.datasets import content

from onrecord import corpus
from onrecord.corpus.supervision import do_shard
from onrecord.corpus.worker import Task
from onrecord.errors import CannotWrite, MissingExtra


@pytest.mark.parametrize("engine", ["daft", "ray"])
@pytest.mark.skipif(find_spec("daft") is None, reason="the extra scale is not installed")
def test_engines_write_the_same_bytes(talks: Callable[..., Path], tmp_path: Path, engine: str) -> None:
    if find_spec(engine) is None:
        pytest.skip(f"{engine} is not installed")
    path = talks([f"Vance: Berth {n} stays open.\nMorel: We agreed on that." for n in range(20)])
    program = (
        f"from onrecord import corpus; print(corpus.run([{str(path)!r}], {str(tmp_path / engine)!r}, workers=2, "
        f"shard_size=5, engine={engine!r}).read)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    answer = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, timeout=180
    )
    assert answer.stdout.split()[-1:] == ["20"], answer.stderr[-2000:]
    alone = corpus.run([path], tmp_path / "pool", workers=1, shard_size=5)
    assert content(tmp_path / engine) == content(alone.out)


def test_without_daft_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                              talks: Callable[..., Path]) -> None:  # fmt: skip
    monkeypatch.setitem(sys.modules, "daft", None)
    with pytest.raises(MissingExtra, match=r"onrecord\[scale\]"):
        corpus.run([talks(["Vance: Yes."])], tmp_path / "out", engine="daft")


def test_one_shard_is_a_call_that_any_engine_can_make(talks: Callable[..., Path], tmp_path: Path) -> None:
    """The task is JSON; doing it twice does it once."""
    import msgspec

    from onrecord.corpus import parts
    from onrecord.corpus.shards import Plan

    (shard,) = Plan([str(talks(["Vance: Yes."]))])
    parts.prepare(tmp_path / "out")
    task = msgspec.json.decode(msgspec.json.encode(Task(shard, str(tmp_path / "out"))), type=Task)
    first, second = do_shard(task), do_shard(task)
    assert (first.kept, second.kept) == (False, True) and first.manifest == second.manifest


def test_what_ends_a_shard_comes_back_as_our_own_error(talks: Callable[..., Path], tmp_path: Path) -> None:
    from onrecord.corpus.shards import Plan

    (shard,) = Plan([str(talks(["Vance: Yes."]))])
    with pytest.raises(CannotWrite):
        do_shard(Task(shard, str(tmp_path / "nowhere")))
