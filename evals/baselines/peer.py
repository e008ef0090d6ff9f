"""Somebody else's program, in a Python of its own: a question as JSON in, an answer as JSON out."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any


class NoPeer(Exception):
    """The rival could not be asked; the message says why in one line."""


def ask(python: Path | None, program: str, question: Any) -> Any:
    """What `program` prints when it reads `question` from its standard input. Raises `NoPeer`."""
    if python is None:
        raise NoPeer("no Python that has benchmarks/requirements.txt was named (--peer)")
    said = subprocess.run(
        [str(python), "-W", "ignore", "-c", program],
        input=json.dumps(question),
        capture_output=True,
        text=True,
        check=False,
    )
    if said.returncode:
        raise NoPeer((said.stderr.strip().splitlines() or ["no message"])[-1])
    return json.loads(said.stdout)
