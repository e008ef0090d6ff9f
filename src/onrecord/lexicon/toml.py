"""TOML, which all our data is written in: the one place that knows the library which reads it.

A short read opens some fifty files, for which Python's own `tomllib` would take a fifth of the time, character by
character. Both read the same: tests/text/test_lexicon.py holds each file of ours against `tomllib`.

>>> parsed('[words]\\nwe = "we us"  # all of us\\n')
{'words': {'we': 'we us'}}
"""

from __future__ import annotations

from pathlib import Path
from typing import Any


def parsed(text: str) -> dict[str, Any]:
    """What a file says; `ValueError` for what is no TOML, with its line and column."""
    import rtoml

    return rtoml.loads(text)


def load(path: Path) -> dict[str, Any]:
    """What the file at a place says; `ValueError` for what is no TOML in UTF-8, `OSError` for what cannot be read."""
    return parsed(path.read_text("utf-8"))
