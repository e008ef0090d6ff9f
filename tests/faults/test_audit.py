"""An audit that could not be made never looks like a clean one."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "audit.py"
_spec = importlib.util.spec_from_file_location("audit", SCRIPT)
assert _spec and _spec.loader
audit = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(audit)

CLEAN = {"name": "quay", "version": "1.2", "vulns": []}
WEAK = {"name": "pier", "version": "0.9", "vulns": [{"id": "PYSEC-2031-7", "fix_versions": ["0.9.1", "1.0"]}]}
UNFIXED = {"name": "buoy", "version": "3.0", "vulns": [{"id": "PYSEC-2031-8", "fix_versions": []}]}
UNKNOWN = {"name": "mole", "skip_reason": "Dependency not found on PyPI and could not be audited: mole (1.0)"}

ANSWERS = [
    # what pip-audit says of packages, exit status, the lines
    ([CLEAN, CLEAN], 0, ["no known weakness in 2 packages"]),
    ([CLEAN, WEAK], 1, ["pier 0.9: PYSEC-2031-7, repaired in 0.9.1, 1.0"]),
    ([UNFIXED], 1, ["buoy 3.0: PYSEC-2031-8"]),
    ([UNKNOWN], 69, ["not audited: the service of advisories has none of 1 packages, so it was not reached"]),
    ([CLEAN, UNKNOWN], 69, ["not audited: mole; the service of advisories does not have them"]),
    (
        [WEAK, UNKNOWN],
        1,
        [
            "pier 0.9: PYSEC-2031-7, repaired in 0.9.1, 1.0",
            "not audited: mole; the service of advisories does not have them",
        ],
    ),
]


@pytest.mark.parametrize(("packages", "status", "lines"), ANSWERS)
def test_what_an_audit_came_to(packages: list[object], status: int, lines: list[str]) -> None:
    assert audit.judged(json.dumps({"dependencies": packages}), "") == (status, lines)


@pytest.mark.parametrize("answer", ["", "null", "[]", "{}", "Traceback (most recent call last):"])
def test_no_answer_is_one_line(answer: str) -> None:
    found = audit.judged(answer, "Traceback\n  File\nConnectionError: no route")
    line = "not audited: the service of advisories does not answer (ConnectionError: no route)"
    assert found == (69, [line])


def test_the_lock_names_no_place_to_install_from() -> None:
    lock = SCRIPT.parents[1] / "requirements.lock"
    named = [
        line
        for line in lock.read_text("utf-8").splitlines()
        if "://" in line or line.lstrip().startswith(("-i", "--index", "--extra", "--find"))
    ]
    assert named == []
