"""Words that name nothing are no content: the ledger then says that the text does not say what."""

from __future__ import annotations

import pytest

from onrecord.model import Block
from onrecord.spans import Text
from onrecord.statements.ledger import find_statements

CONTENTS = [
    ("en", "We agreed on most of them, I would say.", None),
    ("en", "We agreed on the bridge over the bay.", "the bridge over the bay."),
    ("en", "We agreed on most of the bridges.", "most of the bridges."),
    ("fr", "Nous nous sommes mis d'accord sur la plupart d'entre eux.", None),
]


@pytest.mark.parametrize(("language", "text", "expected"), CONTENTS)
def test_vague_words_are_no_content(language: str, text: str, expected: str | None) -> None:
    whole = Text(text)
    block = Block("s1", whole.span(0, len(text)), text, "frame")
    agreed = [one for one in find_statements(whole, language, [], [block]) if one.kind == "agreed"]
    assert agreed
    contents = [one.content and text[one.content.start : one.content.end] for one in agreed]
    assert contents == [expected]
