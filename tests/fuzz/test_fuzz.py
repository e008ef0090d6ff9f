"""Every input of the corpus, found bugs among them, and a few changes to each; `make fuzz MINUTES=…` goes on."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from run import mutated, seeds
from targets import CORPUS, TARGETS

KEPT = [path for target in TARGETS for path in sorted((CORPUS / target).iterdir())]


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_was_found_once(path) -> None:  # type: ignore[no-untyped-def]
    TARGETS[path.parent.name](path.read_bytes())


@pytest.mark.parametrize("target", TARGETS)
@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(choose=st.randoms(use_true_random=False))
def test_changed_inputs(target: str, choose) -> None:  # type: ignore[no-untyped-def]
    known = seeds(target)
    TARGETS[target](mutated(choose.choice(known), known, choose))
