"""One archive for all these tests: nothing that an assistant can do changes it."""

from __future__ import annotations

import pytest
from assistants import Held, filled

from onrecord.mcp.desk import Desk


@pytest.fixture(scope="session")
def held(tmp_path_factory: pytest.TempPathFactory) -> Held:
    """The archive."""
    path = tmp_path_factory.mktemp("assistants") / "desk.onrecord"
    links = filled(path)
    return Held(path, Desk(path), links)
