"""One archive for all these tests: nothing that an assistant can do changes it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

pytest.importorskip("mcp.server", reason='no SDK here: pip install "onrecord[mcp]"')

from assistants import filled

from onrecord.mcp.desk import Desk


class Held(NamedTuple):
    """The archive's path, its desk, and the links of its versions."""

    path: Path
    desk: Desk
    links: dict[str, str]


@pytest.fixture(scope="session")
def held(tmp_path_factory: pytest.TempPathFactory) -> Held:
    """The archive."""
    path = tmp_path_factory.mktemp("assistants") / "desk.onrecord"
    links = filled(path)
    return Held(path, Desk(path), links)
