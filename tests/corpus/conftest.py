"""What the tests of this room share: inputs of a few lines."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="the extra parquet is not installed")


@pytest.fixture
def talks(tmp_path: Path) -> Callable[..., Path]:
    """Write texts as JSONL, a document a line."""

    def write(texts: Sequence[str], name: str = "talks.jsonl") -> Path:
        path = tmp_path / name
        path.write_text(
            "".join(json.dumps({"id": f"d{n}", "text": text}) + "\n" for n, text in enumerate(texts))
        )
        return path

    return write
