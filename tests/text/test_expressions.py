"""Expressions that are made when a text first needs them."""

from __future__ import annotations

import re

import pytest

from onrecord.text.expressions import later


def test_an_expression_is_made_once_and_only_when_it_is_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[tuple[str, int]] = []
    compiled = re.compile

    def compiling(written: str, flags: int) -> re.Pattern[str]:
        made.append((written, flags))
        return compiled(written, flags)

    monkeypatch.setattr(re, "compile", compiling)
    expression = later("ferr(y|ies)", re.IGNORECASE)
    assert made == []
    assert expression.search("Two FERRIES")
    assert expression.findall("ferry, ferries") == ["y", "ies"]
    assert made == [("ferr(y|ies)", re.IGNORECASE)]


@pytest.mark.parametrize("name", ["search", "match", "fullmatch"])
def test_it_finds_what_the_made_one_finds(name: str) -> None:
    for text in ("40", "a 40", "40 b", ""):
        found = getattr(later(r"\d+"), name)(text), getattr(re.compile(r"\d+"), name)(text)
        assert [match and match.span() for match in found] == [found[1] and found[1].span()] * 2


def test_all_else_of_an_expression_is_there_too() -> None:
    expression = later(r"(?P<day>\d+)\.(\d+)")
    assert expression.groupindex == {"day": 1}
    assert (expression.pattern, expression.groups) == (r"(?P<day>\d+)\.(\d+)", 2)
    assert expression.sub("x", "1.2 3.4") == "x x"
    assert [match["day"] for match in expression.finditer("1.2 3.4")] == ["1", "3"]
