"""Hold the lock against known weaknesses with pip-audit, and list its parts: `make audit`.

A service that cannot be reached must not look like a clean bill: then the last line says so, with exit status 69.
Status 1 means that a weakness is known. The bill of materials needs no network; it is checked against its schema.

`ADVISORIES=URL make audit` asks a mirror that answers as https://api.osv.dev/v1/query does.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

WEAK, UNAVAILABLE = 1, 69


class Found(NamedTuple):
    """What an audit came to: the exit status, and lines for people."""

    status: int
    lines: list[str]


def judged(answer: str, told: str) -> Found:
    """What pip-audit found, from its JSON and what it said on standard error.

    >>> judged("", "ConnectionError: no route to api.osv.dev").lines
    ['not audited: the service of advisories does not answer (ConnectionError: no route to api.osv.dev)']
    >>> judged('{"dependencies": [{"name": "quay", "version": "1.2", "vulns": []}]}', "")
    Found(status=0, lines=['no known weakness in 1 package'])
    """
    try:
        packages = json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError):
        last = (told.strip().splitlines() or ["it said nothing"])[-1]
        return Found(UNAVAILABLE, [f"not audited: the service of advisories does not answer ({last[:300]})"])
    weak = [
        f"{one['name']} {one['version']}: {weakness['id']}"
        + (f", repaired in {', '.join(weakness['fix_versions'])}" if weakness.get("fix_versions") else "")
        for one in packages
        for weakness in one.get("vulns", ())
    ]
    skipped = [one["name"] for one in packages if "skip_reason" in one]
    lines = weak + ([_unknown(skipped, len(packages))] if skipped else [])
    if not lines:
        lines.append(f"no known weakness in {len(packages)} package{'' if len(packages) == 1 else 's'}")
    return Found(WEAK if weak else UNAVAILABLE if skipped else 0, lines)


def _unknown(names: list[str], of: int) -> str:
    if len(names) == of:
        return f"not audited: the service of advisories has none of {of} packages, so it was not reached"
    return f"not audited: {', '.join(names)}; the service of advisories does not have them"


def listed(tools: Path, lock: Path, bill: Path) -> int:
    """Write the bill of materials, checked against the schema of CycloneDX; how many parts it has."""
    subprocess.run(
        [tools / "cyclonedx-py", "requirements", lock, "--pyproject", "pyproject.toml", "--validate",
         "--output-reproducible", "--output-file", bill],
        check=True, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    return len(json.loads(bill.read_text("utf-8"))["components"])


def audited(tools: Path, lock: Path, advisories: str | None) -> Found:
    """Ask for every package of the lock."""
    service = ["--vulnerability-service", "osv", "--osv-url", advisories] if advisories else []
    done = subprocess.run(
        [tools / "pip-audit", "--requirement", lock, "--require-hashes", "--disable-pip", "--format", "json",
         "--progress-spinner", "off", *service],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return judged(done.stdout, done.stderr)


def main() -> int:
    """List, audit, say."""
    parser = argparse.ArgumentParser("python scripts/audit.py")
    parser.add_argument("--tools", type=Path, default=Path("build/audit/bin"))
    parser.add_argument("--lock", type=Path, default=Path("requirements.lock"))
    parser.add_argument("--bill", type=Path, default=Path("build/sbom.json"))
    parser.add_argument(
        "--advisories", metavar="URL", help="a mirror that answers as api.osv.dev/v1/query does"
    )
    options = parser.parse_args()
    parts = listed(options.tools, options.lock, options.bill)
    print(f"{options.bill}: {parts} parts, valid CycloneDX")
    found = audited(options.tools, options.lock, options.advisories or None)
    print("\n".join(found.lines), file=sys.stderr if found.status else sys.stdout)
    return found.status


if __name__ == "__main__":
    sys.exit(main())
