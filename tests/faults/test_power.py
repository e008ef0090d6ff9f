"""Loss of power, at a few dozen points; `make faults` takes more than a thousand. power.py has the disk."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from power import Call, Counted, recorded, replayed

ARCHIVE = "archive.onrecord"


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> list[Call]:
    """What adding four texts asks of the disk."""
    if not shutil.which("strace"):
        pytest.skip("no strace here: apt-get install strace")
    folder = tmp_path_factory.mktemp("power")
    (folder / "talks").mkdir()
    (folder / "live").mkdir()
    for number in range(4):
        said = f"Ida Morrow: On day {number} we open berth {number * 7}.\n\nPeter Vance: Not before the winter.\n"
        (folder / "talks" / f"{number}.txt").write_text(said, "utf-8")
    return recorded(folder / "live", folder / "talks", ARCHIVE)


def test_a_loss_of_power_loses_nothing_that_was_acknowledged(calls: list[Call], tmp_path: Path) -> None:
    assert sum(call.kind == "told" for call in calls) == 4
    assert replayed(calls, tmp_path / "lost", ARCHIVE, 40) == Counted(40, 0, 0)


@pytest.mark.parametrize("ignored", [ARCHIVE, f"{ARCHIVE}-wal"])
def test_the_replay_sees_a_disk_that_was_not_waited_for(
    calls: list[Call], ignored: str, tmp_path: Path
) -> None:
    """Without the waiting that the archive asks for, documents are lost: so the test above means something."""
    careless = [call for call in calls if call.kind != "sync" or call.name != ignored]
    found = replayed(careless, tmp_path / "lost", ARCHIVE, 40)
    assert found.lost + found.broken > 0
