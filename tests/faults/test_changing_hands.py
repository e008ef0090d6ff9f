"""An archive while it changes hands: to a newer schema, to a new index, to another server. A few times each."""

from __future__ import annotations

from pathlib import Path

import pytest
from migrating import killed
from standby import failed_over, pair, programs


@pytest.mark.parametrize("what", ["migrate", "reindex"])
def test_kill_9_leaves_the_old_or_the_new(what: str, tmp_path: Path) -> None:
    assert killed(tmp_path, 3, what, documents=8).between == 0


def test_a_standby_takes_over_and_nothing_is_lost(tmp_path: Path) -> None:
    found = programs()
    if found is None:
        pytest.skip("no PostgreSQL here: apt-get install postgresql")
    pytest.importorskip("psycopg", reason='no psycopg here: pip install "onrecord[postgres]"')
    with pair(found) as both:
        assert failed_over(both, tmp_path / "whole", documents=10, at=4) == (4, 0, 0, False)
