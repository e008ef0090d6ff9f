"""Which word of a text an entry of the antonyms means: the first in order, whole or by its stem."""

from __future__ import annotations

import pytest

from onrecord.statements.opposition import _begins


@pytest.mark.parametrize(
    ("entry", "found"),
    [("open", "open"), ("ope~", "open"), ("opened", "opened"), ("clos~", None), ("zoo", None), ("ope", None)],
)
def test_the_word_that_an_entry_means(entry: str, found: str | None) -> None:
    assert _begins(["bridge", "open", "opened", "tram"], entry) == found
