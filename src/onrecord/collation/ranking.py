"""The order in which to look at differences: severity first, then weight, then place."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.collation.account import Account
from onrecord.collation.findings import Finding
from onrecord.model import Difference

_GRAVITY = {"critical": 0, "major": 1, "minor": 2}


def ranked(findings: Iterable[Finding], a: Account, b: Account) -> list[Difference]:
    """Differences with ids in their order; equal findings are given once."""
    ordered = sorted(dict.fromkeys(findings), key=_order)
    return [
        Difference(
            id=f"d{number}",
            kind=finding.kind,
            a=finding.a,
            b=finding.b,
            a_text=a.text.read(finding.a) if finding.a is not None else None,
            b_text=b.text.read(finding.b) if finding.b is not None else None,
            severity=finding.severity,
            message=finding.message,
            score=round(finding.weight, 3),
        )
        for number, finding in enumerate(ordered, 1)
    ]


def _order(finding: Finding) -> tuple[int, float, int, int, str]:
    place = finding.a.start if finding.a is not None else 0
    other = finding.b.start if finding.b is not None else 0
    return _GRAVITY[finding.severity], -finding.weight, place, other, finding.message
